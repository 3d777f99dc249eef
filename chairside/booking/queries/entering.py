"""Where somebody who is nobody yet may stand: in one clinic, as its page, with no more than booking takes."""

from datetime import date
from typing import NamedTuple

from chairside import tenancy
from chairside.booking.rows import BOOKING_PAGE, BookingPage
from chairside.kernel.op import SYSTEM, Op
from chairside.kernel.refusals import NoSuchThing

PAGE = f"select {BOOKING_PAGE} from booking_page"
MARK = "select set_config('app.context', 'booking page', true)"
GRANTS = frozenset({
    "clinic.read", "scheduling.read", "scheduling.book", "patients.read", "patients.register", "recalls.read", "recalls.write",
})  # fmt: skip


class Child(NamedTuple):
    first_name: str
    last_name: str
    birth_date: date | None


class Visitor(NamedTuple):
    """Who says that they are somebody: a form's three fields; and for whom they book, where it is not for themselves."""

    first_name: str
    last_name: str
    mobile: str
    child: Child | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


async def enter_page(op: Op, slug: str) -> BookingPage:
    """The clinic by its address, as long as its page is open; a clinic without one is not there. Refuses NoSuchThing."""
    clinic_id = await tenancy.find(op, slug=slug)
    if clinic_id is None:
        raise NoSuchThing()
    op.db.with_next(MARK)
    await op.act_for(clinic_id, actor_id=SYSTEM, grants=GRANTS)
    page = await op.db.one(BookingPage, PAGE)
    if page is None or not page.open:
        raise NoSuchThing()
    return page

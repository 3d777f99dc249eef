"""Who somebody on the page is, and for whom they book. They are recognised in silence: the answer is the same whether they are or
not."""

from datetime import date
from uuid import UUID

from chairside import patients
from chairside.booking.queries.entering import Visitor
from chairside.booking.rows import BookingPage
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed

# One person who sends twice at once is registered once.
QUEUE = "select pg_advisory_xact_lock(hashtextextended('visitor ' || app.clinic()::text || %(digits)s::text, 0))"
OF_AGE = "select (%(birth_date)s::date + make_interval(years => clinic.majority_age))::date <= %(today)s::date from clinic"


async def check_child(op: Op, page: BookingPage, visitor: Visitor) -> None:
    """Refuses a child without the birth date that the clinic asks for, and one who is of age: they speak for themselves."""
    if visitor.child is None:
        return
    born: date | None = visitor.child.birth_date
    if born is None:
        if page.asks_birth_date:
            raise malformed("/child/birth_date", "required", "Say when the child was born.")
        return
    if born > op.today:
        raise malformed("/child/birth_date", "not_a_birth_date", "A date of birth is not in the future.")
    if await op.db.value(OF_AGE, birth_date=born, today=op.today):
        raise malformed("/child/birth_date", "of_age", "Whoever is of age books for themselves.")


async def recognise(op: Op, visitor: Visitor) -> UUID | None:
    """Whose visit it is to be."""
    op.db.with_next(QUEUE, digits=patients.same_number(visitor.mobile))
    if visitor.child is None:
        return await _recognise(op, visitor)
    child = visitor.child
    return await patients.find_reached_child(
        op, first_name=child.first_name, last_name=child.last_name, mobile=visitor.mobile
    )  # fmt: skip


async def register(op: Op, visitor: Visitor) -> UUID:
    """As far as they have said who they are; the rest is for whoever works there to ask. Whoever books for a new child acts for
    them from then on."""
    if child := visitor.child:
        holder_id = await _recognise(op, visitor)
        patient = await patients.register_child(
            op, first_name=child.first_name, last_name=child.last_name, birth_date=child.birth_date, holder_id=holder_id,
            name=visitor.name, phone=visitor.mobile,
        )  # fmt: skip
        return patient.id
    contacts = [{"type": "mobile", "value": visitor.mobile, "is_primary": True, "safe_for_voicemail": False}]
    patient = await patients.register(
        op, first_name=visitor.first_name, last_name=visitor.last_name, birth_date=None, contacts=contacts
    )  # fmt: skip
    return patient.id


async def _recognise(op: Op, visitor: Visitor) -> UUID | None:
    return await patients.find_reached(
        op, first_name=visitor.first_name, last_name=visitor.last_name, mobile=visitor.mobile
    )  # fmt: skip

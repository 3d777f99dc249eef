"""What somebody books on the page: a visit, or where the clinic wants to say yes first, a request."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside import scheduling
from chairside.booking.actions import visitors
from chairside.booking.actions.codes import check_number
from chairside.booking.actions.holds import find_booking
from chairside.booking.actions.visitors import check_child
from chairside.booking.events import VisitRequested
from chairside.booking.queries.entering import Visitor, enter_page
from chairside.booking.queries.openings import opening_at, wanted_of
from chairside.booking.queries.request_links import token_of
from chairside.booking.rows import BookingPage, PublicBooking
from chairside.booking.rules import GRACE, WHOLE_NOTICE, lapses_at
from chairside.kernel import links
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op

BOOKED = """
    update public_booking
       set status = 'booked', appointment_id = %(appointment_id)s, newcomer = %(newcomer)s, hold_id = null,
           consented_at = %(now)s, policy_shown = %(policy_url)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = public_booking.version + 1
     where public_booking.id = %(booking_id)s
"""
REQUESTED = """
    update public_booking
       set status = 'requested', hold_id = %(hold_id)s, expires_at = %(until)s,
           first_name = %(first_name)s, last_name = %(last_name)s, mobile = %(mobile)s,
           child_first_name = %(child_first_name)s, child_last_name = %(child_last_name)s,
           child_birth_date = %(child_birth_date)s, note = %(note)s, link_salt = %(salt)s, link_hash = %(link_hash)s,
           consented_at = %(now)s, policy_shown = %(policy_url)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = public_booking.version + 1
     where public_booking.id = %(booking_id)s
"""
DONE = ("booked", "requested", "accepted", "declined", "withdrawn")


class Outcome(NamedTuple):
    """`answer_by`: until when the clinic answers a request; `link`: a token that shows how it stands."""

    requested: bool
    booking: PublicBooking
    answer_by: datetime | None
    link: str | None = None


@open_to_all("whoever holds a time may book it: the token is the proof, and the page's clinic the only place")
async def book(op: Op, *, slug: str, token: str, visitor: Visitor, note: str | None = None, proof: str | None = None) -> Outcome:
    """With the token of a time that was kept. Sent twice, it is done once, and both are told the same. When the hold ran out
    meanwhile, the time is still theirs if nobody else has taken it. Refuses NoSuchThing, NoSuchHold, TimeTaken,
    NumberNotProved, and a child without the birth date that the clinic asks for, or who is none."""
    page = await enter_page(op, slug)
    await check_child(op, page, visitor)
    booking = await find_booking(op, token)
    if booking is None or booking.status == "released":
        raise scheduling.NoSuchHold()
    if booking.status in DONE:
        return _outcome(booking)
    await check_number(op, page, visitor, proof)
    if op.now > booking.expires_at + GRACE or booking.starts_at <= op.now:
        raise scheduling.NoSuchHold()
    if page.needs_confirmation:
        return await _ask(op, page, booking, visitor, note)
    if page.asks_code and booking.hold_id:  # it waited for the code
        await scheduling.adopt_hold(op, hold_id=booking.hold_id)
    appointment_id, newcomer = await place(op, booking, visitor, note, patient_id=await visitors.recognise(op, visitor))
    await op.db.run(
        BOOKED, booking_id=booking.id, appointment_id=appointment_id, newcomer=newcomer, policy_url=page.policy_url, now=op.now
    )  # fmt: skip
    return _outcome(booking._replace(status="booked", appointment_id=appointment_id))


async def place(
    op: Op, booking: PublicBooking, visitor: Visitor, note: str | None, *, patient_id: UUID | None
) -> tuple[UUID, bool]:
    """The visit in the place of the hold; answers whether a record was made. Whoever seems to be elsewhere at that time is made a
    record of their own, to be looked at by somebody: to refuse would tell who is a patient here. Not a door."""
    if patient_id:
        try:
            return await _visit(op, booking, patient_id, note), False
        except scheduling.TimeTaken as error:
            if error.facts.get("resource") != "patient" and booking.calendar_id is None:
                raise
    return await _visit(op, booking, await visitors.register(op, visitor), note), True


async def _visit(op: Op, booking: PublicBooking, patient_id: UUID, note: str | None) -> UUID:
    try:
        visit = await scheduling.book(
            op, patient_id=patient_id, provider_id=booking.provider_id,
            operatory_id=None if booking.calendar_id else booking.operatory_id, calendar_id=booking.calendar_id,
            service_id=booking.service_id, starts_at=booking.starts_at, notes=note, hold_id=booking.hold_id,
        )  # fmt: skip
    except (scheduling.NobodyIsFree, scheduling.SessionIsFull) as error:
        raise scheduling.TimeTaken() from error
    return visit.id


async def _ask(op: Op, page: BookingPage, booking: PublicBooking, visitor: Visitor, note: str | None) -> Outcome:
    until = lapses_at(op.now, booking.starts_at, page.answer_hours)
    hold_id = booking.hold_id if booking.expires_at > op.now else None
    if hold_id is None:
        wanted = await wanted_of(op, booking.service_id, booking.provider_id)
        opening = await opening_at(op, page, wanted, booking.starts_at, WHOLE_NOTICE)
        if opening is None:
            raise scheduling.TimeTaken()
        try:
            hold = await scheduling.hold_time(
                op, provider_id=booking.provider_id, operatory_id=opening.operatory_id, service_id=booking.service_id,
                starts_at=booking.starts_at, calendar_id=booking.calendar_id,
            )  # fmt: skip
        except (scheduling.NobodyIsFree, scheduling.SessionIsFull) as error:
            raise scheduling.TimeTaken() from error
        hold_id = hold.id
    await scheduling.await_answer(op, hold_id=hold_id, until=until)
    child, salt = visitor.child, links.new_salt()
    await op.db.run(
        REQUESTED, booking_id=booking.id, hold_id=hold_id, until=until, note=note, policy_url=page.policy_url, now=op.now,
        first_name=visitor.first_name, last_name=visitor.last_name, mobile=visitor.mobile,
        child_first_name=child and child.first_name, child_last_name=child and child.last_name,
        child_birth_date=child and child.birth_date, salt=salt, link_hash=links.hashed(token_of(booking.id, salt)),
    )  # fmt: skip
    await op.emit(VisitRequested(booking.id))
    return _outcome(booking._replace(status="requested", expires_at=until, link_salt=salt))


def _outcome(booking: PublicBooking) -> Outcome:
    asked = booking.appointment_id is None
    link = token_of(booking.id, booking.link_salt) if asked and booking.link_salt else None
    return Outcome(asked, booking, booking.expires_at if asked else None, link)

"""The clinic's answer to whoever asked for a time."""

from uuid import UUID

from chairside import scheduling
from chairside.booking.actions import visitors
from chairside.booking.events import RequestAnswered
from chairside.booking.queries.entering import Child, Visitor
from chairside.booking.queries.requests import NoSuchRequest, get_request
from chairside.booking.rows import BookingRequest
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale

HOLD = """
    select public_booking.status
      from public_booking
     where public_booking.id = %(booking_id)s
       for update
"""
# From here on their record says who they are.
ACCEPTED = """
    update public_booking
       set status = 'accepted', appointment_id = %(appointment_id)s, newcomer = %(newcomer)s, hold_id = null,
           first_name = null, last_name = null, mobile = null,
           child_first_name = null, child_last_name = null, child_birth_date = null, note = null,
           answered_at = %(now)s, answered_by = app.actor(),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = public_booking.version + 1
     where public_booking.id = %(booking_id)s
"""
DECLINED = """
    update public_booking
       set status = 'declined', answer = %(reason)s, answer_words = %(words)s, hold_id = null,
           answered_at = %(now)s, answered_by = app.actor(),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = public_booking.version + 1
     where public_booking.id = %(booking_id)s
"""


class RequestIsAnswered(Conflict):
    """Somebody has answered this request already."""


class RequestWasWithdrawn(Conflict):
    """Whoever asked for this time has withdrawn the request."""


class RequestIsStale(Stale):
    """Somebody changed this request while you were looking."""


@needs("scheduling.book")
async def accept_request(
    op: Op, *, request_id: UUID, patient_id: UUID | None = None, as_new: bool = False, version: int | None = None
) -> BookingRequest:
    """The visit is booked: for the patient named, or the one who is known by that name and number, or for a new one; `as_new` for
    a new one though somebody is known by them. A new child's record names whoever asked as who acts for them; one that was there
    stays as it is, as nothing was proved. One that has lapsed has its time only if nobody else has taken it.
    Refuses NoSuchRequest, RequestIsAnswered, RequestWasWithdrawn, RequestIsStale, TimeTaken, and what booking and registering
    refuse."""
    request = await _open(op, request_id, version)
    visitor = _visitor(request)
    newcomer = False
    if patient_id is None and not as_new:
        patient_id = await visitors.recognise(op, visitor)
    if patient_id is None:
        patient_id, newcomer = await visitors.register(op, visitor), True
    hold_id = request.hold_id
    if hold_id and not await scheduling.adopt_hold(op, hold_id=hold_id):
        hold_id = None
    visit = await scheduling.book(
        op, patient_id=patient_id, provider_id=request.provider_id,
        operatory_id=None if request.calendar_id else request.operatory_id, calendar_id=request.calendar_id,
        service_id=request.service_id, starts_at=request.starts_at, notes=request.note, hold_id=hold_id,
    )  # fmt: skip
    await op.db.run(ACCEPTED, booking_id=request.id, appointment_id=visit.id, newcomer=newcomer, now=op.now)
    await op.emit(RequestAnswered(request.id))
    return await get_request(op, request_id=request_id)


@needs("scheduling.book")
async def decline_request(
    op: Op, *, request_id: UUID, reason: str | None = None, words: str | None = None, version: int | None = None
) -> BookingRequest:
    """The time is free again. `words` are said to whoever asked, the `reason` is not.
    Refuses NoSuchRequest, RequestIsAnswered, RequestWasWithdrawn, RequestIsStale."""
    request = await _open(op, request_id, version)
    if request.hold_id and await scheduling.adopt_hold(op, hold_id=request.hold_id):
        await scheduling.release_hold(op, hold_id=request.hold_id)
    await op.db.run(DECLINED, booking_id=request.id, reason=reason, words=words, now=op.now)
    await op.emit(RequestAnswered(request.id))
    return await get_request(op, request_id=request_id)


def _visitor(request: BookingRequest) -> Visitor:
    child = None
    if request.child_first_name:
        child = Child(request.child_first_name, request.child_last_name or "", request.child_birth_date)
    return Visitor(request.first_name or "", request.last_name or "", request.mobile or "", child)


async def _open(op: Op, request_id: UUID, version: int | None) -> BookingRequest:
    if await op.db.value(HOLD, booking_id=request_id) is None:
        raise NoSuchRequest()
    request = await get_request(op, request_id=request_id)
    if request.status == "withdrawn":
        raise RequestWasWithdrawn()
    if request.status != "requested":
        raise RequestIsAnswered()
    if version is not None and version != request.version:
        raise RequestIsStale(version=request.version)
    return request

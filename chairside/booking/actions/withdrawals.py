"""Whoever asked for a time does not want it any more; or has it, and wants the link of the visit."""

from chairside import scheduling
from chairside.booking.actions.links import NewLink, link_for
from chairside.booking.actions.requests import RequestIsAnswered
from chairside.booking.events import RequestWithdrawn
from chairside.booking.queries.links import NoSuchLink
from chairside.booking.queries.request_links import RequestState, enter_request, stand
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op

# Nobody is to call them back: who they were is forgotten at once.
WITHDRAWN = """
    update public_booking
       set status = 'withdrawn', hold_id = null,
           first_name = null, last_name = null, mobile = null,
           child_first_name = null, child_last_name = null, child_birth_date = null, note = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = public_booking.version + 1
     where public_booking.id = %(booking_id)s
"""


@open_to_all("the token is the proof; it withdraws one request")
async def withdraw_request(op: Op, *, token: str) -> RequestState:
    """The time is free again. Sent again, it is told again. Refuses NoSuchLink, RequestIsAnswered."""
    request = await enter_request(op, token, held=True)
    if request.status == "withdrawn":
        return await stand(op, request)
    if request.status != "requested":
        raise RequestIsAnswered()
    if request.hold_id and await scheduling.adopt_hold(op, hold_id=request.hold_id):
        await scheduling.release_hold(op, hold_id=request.hold_id)
    await op.db.run(WITHDRAWN, booking_id=request.id)
    await op.emit(RequestWithdrawn(request.id))
    return await stand(op, request._replace(status="withdrawn"))


@open_to_all("the token is the proof; it leads to the visit that came of one request")
async def link_of_request(op: Op, *, token: str) -> NewLink:
    """By which the visit is confirmed, moved or cancelled. Refuses NoSuchLink, also where there is no visit."""
    request = await enter_request(op, token, held=False)
    if request.appointment_id is None:
        raise NoSuchLink()
    return await link_for(op, appointment_id=request.appointment_id, purpose="manage")

"""Yes or no to an offer. The fill is held first, then what a visit takes: of many who say yes at once one has it."""

from typing import Any
from uuid import UUID

from chairside import booking, scheduling
from chairside.filling.actions.fills import end_fill
from chairside.filling.events import OpeningFillChanged
from chairside.filling.queries.fills import hold_fill
from chairside.filling.queries.offers import OfferState, enter_offer, state_of
from chairside.filling.queries.waiting import count_left, get_offer
from chairside.filling.rows import OfferInTurn, OpeningFill
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict

OF = "select opening_offer.fill_id from opening_offer where opening_offer.id = %(offer_id)s"
ACCEPTED = """
    update opening_offer
       set status = 'accepted', reason = null, answered_at = %(now)s, appointment_id = %(appointment_id)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_offer.version + 1
     where opening_offer.id = %(offer_id)s
"""
DECLINED = """
    update opening_offer
       set status = 'declined', reason = null, answered_at = %(now)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_offer.version + 1
     where opening_offer.id = %(offer_id)s
"""
# Nobody has the time before them any more: the next are asked at once.
HURRY = """
    update opening_fill
       set next_at = least(opening_fill.next_at, %(now)s),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_fill.version + 1
     where opening_fill.id = %(fill_id)s
       and opening_fill.next_at is not null
"""


class OfferIsGone(Conflict):
    """This time is gone: somebody else has it, or it is too late. You stay on our list."""


@open_to_all("the token is the proof; it takes one time that was offered")
async def accept_offer(op: Op, *, token: str) -> OfferState:
    """The time is theirs: a visit, or their later visit moved to it. Sent again, it is told again.
    Refuses NoSuchOffer, OfferIsGone."""
    followed = await enter_offer(op, token)
    fill = await _held(op, followed.id)
    state = await state_of(op, followed)
    if state.answer == "gone":
        raise OfferIsGone()
    if state.answer != "accepted":
        appointment_id = await _visit(op, fill, await get_offer(op, followed.id))
        await op.db.run(ACCEPTED, offer_id=followed.id, appointment_id=appointment_id, now=op.now)
        await end_fill(op, fill, "filled")
        state = await state_of(op, followed)
    assert state.time.appointment_id
    link = await booking.link_for(op, appointment_id=state.time.appointment_id, purpose="manage")
    return state._replace(link=link.token)


@open_to_all("the token is the proof; it says no to one time that was offered")
async def decline_offer(op: Op, *, token: str) -> OfferState:
    """Somebody else may have it. Sent again, it is told again; of a time that is gone it changes nothing.
    Refuses NoSuchOffer, booking.LinkUsed."""
    followed = await enter_offer(op, token)
    fill = await _held(op, followed.id)
    state = await state_of(op, followed)
    if state.answer == "accepted":
        raise booking.LinkUsed()
    if state.answer == "open":
        await op.db.run(DECLINED, offer_id=followed.id, now=op.now)
        _, offered = await count_left(op, fill.id)
        if not offered:
            await op.db.run(HURRY, fill_id=fill.id, now=op.now)
        await op.emit(OpeningFillChanged(fill.id))
        state = await state_of(op, followed)
    return state


async def _held(op: Op, offer_id: UUID) -> OpeningFill:
    fill = await hold_fill(op, await op.db.value(OF, offer_id=offer_id))
    assert fill
    return fill


async def _visit(op: Op, fill: OpeningFill, offer: OfferInTurn) -> UUID:
    """Refuses OfferIsGone, also where what they waited for has changed since they were asked."""
    if not offer.still:
        raise OfferIsGone()
    place: dict[str, Any] = {"provider_id": fill.provider_id, "operatory_id": fill.operatory_id, "starts_at": fill.starts_at}
    try:
        if offer.moving_id is None:
            session = await scheduling.find_group_session(
                op, provider_id=fill.provider_id, starts_at=fill.starts_at, ends_at=fill.ends_at
            )  # fmt: skip
            visit = await scheduling.book(
                op, patient_id=offer.patient_id, service_id=offer.service_id, duration_minutes=offer.duration_minutes,
                group_session_id=session and session.id, **place
            )  # fmt: skip
            return visit.id
        changes = place | {"duration_minutes": offer.duration_minutes}
        moved = await scheduling.reschedule(op, appointment_id=offer.moving_id, changes=changes)
        return moved.id
    except (
        scheduling.TimeTaken,
        scheduling.VisitIsOver,
        scheduling.PatientIsArchived,
        scheduling.ServiceIsInactive,
        scheduling.SessionIsFull,
    ) as error:
        raise OfferIsGone() from error

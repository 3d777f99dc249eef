"""The time of a visit that was cancelled or moved is offered without anybody asking for it."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from chairside import messaging, scheduling, tenancy
from chairside.filling.actions.fills import NobodyToAsk, TooLateToOffer, offer_time
from chairside.kernel.op import Op

FURTHEST = timedelta(days=14)  # what is further off fills as times do
IS_OFFERED = """
    select exists (select from opening_fill
                    where opening_fill.provider_id = %(provider_id)s
                      and opening_fill.starts_at < %(ends_at)s
                      and opening_fill.ends_at > %(starts_at)s
                      and opening_fill.status = 'open')
"""
LEFT = """
    select (appointment.moved_from->>'provider_id')::uuid, (appointment.moved_from->>'operatory_id')::uuid,
           (appointment.moved_from->>'starts_at')::timestamptz, (appointment.moved_from->>'ends_at')::timestamptz
      from appointment
     where appointment.id = %(appointment_id)s
       and appointment.moved_from is not null
"""


async def offer_freed(op: Op, *, appointment_id: UUID, patient_id: UUID) -> None:
    """Where the clinic wants it, and to nobody before reminders would go: until then the cancellation may be taken back.
    Repeated, nothing happens. Not a door."""
    if not (await tenancy.get(op)).fills_freed_times:
        return
    visit = await scheduling.get_appointment(op, appointment_id=appointment_id)
    if visit.status == "cancelled":
        await _offer(op, _Place(visit.provider_id, visit.operatory_id, visit.starts_at, visit.ends_at), but=patient_id)


async def offer_left(op: Op, *, appointment_id: UUID, patient_id: UUID) -> None:
    """The place that a visit gave up when it was moved, as that of a cancelled one: taken back within minutes, it is taken again.
    Not a door."""
    if not (await tenancy.get(op)).fills_freed_times:
        return
    place = await op.db.one(_Place, LEFT, appointment_id=appointment_id)
    if place:
        await _offer(op, place, but=patient_id)


class _Place(NamedTuple):
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime


async def _offer(op: Op, place: _Place, *, but: UUID) -> None:
    if not op.now < place.starts_at < op.now + FURTHEST:
        return
    if await op.db.value(IS_OFFERED, provider_id=place.provider_id, starts_at=place.starts_at, ends_at=place.ends_at):
        return
    wait = timedelta(minutes=(await messaging.get_cascade(op)).setting.undo_minutes)
    try:
        await offer_time(op, **place._asdict(), not_before=op.now + wait, but=but)
    except (NobodyToAsk, TooLateToOffer, scheduling.TimeTaken, scheduling.NoSuchOperatory, scheduling.NoSuchProvider):
        return

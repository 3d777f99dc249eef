"""The time of a visit that was cancelled is offered without anybody asking for it."""

from datetime import timedelta
from typing import Any
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


async def offer_freed(op: Op, *, appointment_id: UUID, patient_id: UUID) -> None:
    """Where the clinic wants it, and to nobody before reminders would go: until then the cancellation may be taken back.
    Repeated, nothing happens. Not a door."""
    if not (await tenancy.get(op)).fills_freed_times:
        return
    visit = await scheduling.get_appointment(op, appointment_id=appointment_id)
    if visit.status != "cancelled" or not op.now < visit.starts_at < op.now + FURTHEST:
        return
    place: dict[str, Any] = {"provider_id": visit.provider_id, "starts_at": visit.starts_at, "ends_at": visit.ends_at}
    if await op.db.value(IS_OFFERED, **place):
        return
    wait = timedelta(minutes=(await messaging.get_cascade(op)).setting.undo_minutes)
    try:
        await offer_time(op, **place, operatory_id=visit.operatory_id, not_before=op.now + wait, but=patient_id)
    except (NobodyToAsk, TooLateToOffer, scheduling.TimeTaken):
        return

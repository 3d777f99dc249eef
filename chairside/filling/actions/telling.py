"""Whoever was offered a time and has not answered hears that it is gone: only they, once, and not in their quiet hours."""

from datetime import datetime
from uuid import UUID

from chairside import messaging
from chairside.filling.rows import ToTell
from chairside.kernel.op import Op

TO_TELL = """
    select offer.id, offer.patient_id, provider.name, fill.starts_at
      from opening_offer as offer
      join opening_fill as fill on fill.id = offer.fill_id
      join provider on provider.id = fill.provider_id
     where offer.fill_id = %(fill_id)s
       and offer.tell_at <= %(now)s
     order by offer.rank, offer.id
       for update of offer
"""
TOLD = """
    update opening_offer
       set tell_at = %(tell_at)s::timestamptz,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_offer.version + 1
     where opening_offer.id = %(offer_id)s
"""


async def tell_gone(op: Op, *, fill_id: UUID) -> None:
    """By whoever holds the fill. Not a door."""
    in_vain = await op.db.all(ToTell, TO_TELL, fill_id=fill_id, now=op.now)
    if not in_vain:
        return
    know = await messaging.take_back_offers(op, offer_ids=[one.id for one in in_vain])
    for one in in_vain:
        later = await _say(op, one) if one.id in know and op.now < one.starts_at else None
        await op.db.run(TOLD, offer_id=one.id, tell_at=later)


async def _say(op: Op, one: ToTell) -> datetime | None:
    """When it may be said, if that is not now."""
    way = await messaging.reach(op, patient_id=one.patient_id)
    if isinstance(way, messaging.Wait):
        return way.until if way.until < one.starts_at else None
    if isinstance(way, messaging.Way):
        await messaging.say_of_offer(
            op, kind="offer_gone", offer_id=one.id, patient_id=one.patient_id, way=way, provider=one.provider_name,
            starts_at=one.starts_at,
        )  # fmt: skip
    return None

"""Those to whom a time is offered, or will be, with whether that still makes sense."""

from uuid import UUID

from chairside.filling.rows import OfferInTurn
from chairside.kernel.op import Op

# They wait, or are due, as they did when the time was begun to be offered, and have nothing else then.
OFFER = """
    select offer.id, offer.patient_id, offer.rank, offer.waitlist_entry_id, offer.recall_id, offer.service_id,
           offer.duration_minutes, offer.moving_id, offer.expires_at, offer.status, offer.channel, offer.appointment_id,
           provider.name as provider_name,
           coalesce(entry.closed_at is null and entry.booked_id is null
                    and (moving.id is null or (moving.status in ('requested', 'scheduled', 'confirmed')
                                               and moving.starts_at > fill.starts_at)),
                    recall.closed_at is null and (visit.id is null or visit.starts_at < %(now)s))
           and not exists (select from claim
                            where claim.resource_id = offer.patient_id
                              and claim.active
                              and claim.appointment_id is distinct from offer.moving_id
                              and claim.starts_at > fill.starts_at - interval '24 hours'
                              and claim.starts_at < fill.starts_at + make_interval(mins => offer.duration_minutes)
                              and claim.ends_at > fill.starts_at) as still
      from opening_offer as offer
      join opening_fill as fill on fill.id = offer.fill_id
      join provider on provider.id = fill.provider_id
      left join waitlist_entry as entry on entry.id = offer.waitlist_entry_id
      left join appointment as moving on moving.id = offer.moving_id
      left join recall on recall.id = offer.recall_id
      left join appointment as visit on visit.id = recall.appointment_id
"""
WAITING = f"{OFFER} where offer.fill_id = %(fill_id)s and offer.status = 'waiting' order by offer.rank, offer.id"
ONE = f"{OFFER} where offer.id = %(offer_id)s"
LEFT = """
    select count(*) filter (where offer.status = 'waiting')::int, count(*) filter (where offer.status = 'offered')::int
      from opening_offer as offer
     where offer.fill_id = %(fill_id)s
"""


async def list_waiting(op: Op, fill_id: UUID) -> list[OfferInTurn]:
    """Who was not asked yet, in order. Not a door."""
    return await op.db.all(OfferInTurn, WAITING, fill_id=fill_id, now=op.now)


async def get_offer(op: Op, offer_id: UUID) -> OfferInTurn:
    """Not a door."""
    found = await op.db.one(OfferInTurn, ONE, offer_id=offer_id, now=op.now)
    assert found
    return found


async def count_left(op: Op, fill_id: UUID) -> tuple[int, int]:
    """How many were not asked yet, and how many were and have not answered. Not a door."""
    return await op.db.one(_two, LEFT, fill_id=fill_id) or (0, 0)


def _two(waiting: int, offered: int) -> tuple[int, int]:
    return waiting, offered

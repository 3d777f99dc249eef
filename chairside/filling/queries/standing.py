"""Whether a time that was free still is."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from chairside import scheduling
from chairside.kernel.op import Op

# A hold may come to nothing; a visit or a blocked time will not. No claim is longer than a day.
STANDING = """
    select case when count(*) = 0 then 'free' when count(*) = count(claim.hold_id) then 'held' else 'taken' end
      from claim
     where claim.resource_id in (%(provider_id)s, %(operatory_id)s::uuid)
       and claim.active
       and claim.starts_at > %(starts_at)s::timestamptz - interval '24 hours'
       and claim.starts_at < %(ends_at)s
       and claim.ends_at > %(starts_at)s
       and (claim.expires_at is null or claim.expires_at > %(now)s)
"""
Standing = Literal["free", "held", "taken"]


async def standing(op: Op, *, provider_id: UUID, operatory_id: UUID | None, starts_at: datetime, ends_at: datetime) -> Standing:
    """Of a session of a group: whether a seat is free. Not a door."""
    session = await scheduling.find_group_session(op, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at)
    if session:
        return "free" if session.left else "held" if session.held else "taken"
    found: Standing = await op.db.value(
        STANDING, provider_id=provider_id, operatory_id=operatory_id, starts_at=starts_at, ends_at=ends_at, now=op.now
    )  # fmt: skip
    return found

"""Free times that are offered, and how far that is."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside import scheduling
from chairside.filling.rows import OPENING_FILL, OpeningFill, PatientOffer
from chairside.kernel.audit import shown
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

ONE = f"select {OPENING_FILL} from opening_fill where opening_fill.id = %(fill_id)s"
HOLD = f"{ONE} for update"
AT = f"""
    select {OPENING_FILL}
      from opening_fill
     where opening_fill.provider_id = %(provider_id)s
       and opening_fill.starts_at < %(ends_at)s
       and opening_fill.ends_at > %(starts_at)s
     order by opening_fill.id desc
     limit 5
"""
ASKED = shown(
    """
    select offer.id, offer.fill_id, offer.patient_id, patient.first_name, patient.last_name, offer.rank, offer.recall_id,
           offer.status, offer.reason, offer.wave, offer.channel, offer.sent_at, offer.answered_at, offer.appointment_id
      from opening_offer as offer
      join patient on patient.id = offer.patient_id
     where offer.fill_id = any(%(fills)s::uuid[])
     order by offer.rank, offer.id
""",
    entity="opening_offer",
    patient="patient_id",
)


class NoSuchFill(Missing):
    """There is no such time on offer."""


class Filling(NamedTuple):
    """A free time on offer with those who are asked, the first in rank first."""

    fill: OpeningFill
    asked: list[PatientOffer]


@needs("recalls.read")
async def list_fills(op: Op, *, provider_id: UUID, starts_at: datetime, ends_at: datetime) -> list[Filling]:
    """Those that touch this time of the provider, the newest first; five at most. Refuses scheduling.NoSuchProvider."""
    await scheduling.get_provider(op, provider_id=provider_id)
    return await _with_asked(op, await op.db.all(OpeningFill, AT, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at))


@needs("recalls.read")
async def get_fill(op: Op, *, fill_id: UUID) -> Filling:
    """Refuses NoSuchFill."""
    found = await op.db.one(OpeningFill, ONE, fill_id=fill_id)
    if found is None:
        raise NoSuchFill()
    return (await _with_asked(op, [found]))[0]


async def hold_fill(op: Op, fill_id: UUID) -> OpeningFill | None:
    """Whatever else happens to it waits until this operation ends. Not a door."""
    return await op.db.one(OpeningFill, HOLD, fill_id=fill_id)


async def _with_asked(op: Op, fills: list[OpeningFill]) -> list[Filling]:
    if not fills:
        return []
    asked = await op.db.all(PatientOffer, ASKED, fills=array(one.id for one in fills))
    return [Filling(one, [each for each in asked if each.fill_id == one.id]) for one in fills]

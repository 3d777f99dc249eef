"""The next of those whom a free time suits are asked, and whoever was asked in vain is told. All of a step is one transaction
that holds the fill: a worker that is killed has done all of it or nothing, and of two at once the second finds nothing due."""

from datetime import datetime
from uuid import UUID

from chairside import messaging
from chairside.filling.actions.fills import end_fill
from chairside.filling.actions.telling import tell_gone
from chairside.filling.events import OpeningFillChanged
from chairside.filling.queries.fills import hold_fill
from chairside.filling.queries.standing import standing
from chairside.filling.queries.waiting import count_left, list_waiting
from chairside.filling.rows import OfferInTurn, OpeningFill
from chairside.filling.rules import next_wave
from chairside.kernel import links
from chairside.kernel.db import Source
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import EVERYTHING, SYSTEM, Op, begin

CLINICS = "select clinic_id from app.clinics_with_openings(%(now)s) as clinic_id"
DUE = """
    select opening_fill.id
      from opening_fill
     where opening_fill.status = 'open'
        or exists (select from opening_offer
                    where opening_offer.fill_id = opening_fill.id
                      and opening_offer.tell_at <= %(now)s)
     order by opening_fill.id
"""
ASK = """
    update opening_offer
       set status = 'offered', wave = %(wave)s, channel = %(channel)s, sent_at = %(now)s, salt = %(salt)s,
           token_hash = %(token_hash)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_offer.version + 1
     where opening_offer.id = %(offer_id)s
"""
PASS_OVER = """
    update opening_offer
       set status = %(status)s, reason = %(reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_offer.version + 1
     where opening_offer.id = %(offer_id)s
"""
# What could not be delivered asks nobody.
LOST = """
    update opening_offer
       set status = 'unreachable', reason = coalesce(message.reason, 'rejected'),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_offer.version + 1
      from message
     where opening_offer.fill_id = %(fill_id)s
       and opening_offer.status = 'offered'
       and message.offer_id = opening_offer.id
       and message.kind = 'offer'
       and (message.status = 'failed' or message.delivery = 'undelivered')
    returning opening_offer.id
"""
GO_ON = """
    update opening_fill
       set next_at = %(next_at)s, wave = %(wave)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_fill.version + 1
     where opening_fill.id = %(fill_id)s
"""


async def send_waves(source: Source, *, now: datetime) -> None:
    """Of every clinic, what is due by now. One that fails is said, and keeps nobody else waiting."""
    async with begin(source, now, "openings") as op:
        clinics = await op.db.all(_id, CLINICS, now=now)
    for clinic_id in clinics:
        async with begin(source, now, "openings") as op:
            await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
            fills = await op.db.all(_id, DUE, now=now)
        for fill_id in fills:
            try:
                async with begin(source, now, "openings") as op:
                    await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
                    await go_on(op, fill_id=fill_id)
            except Exception as error:
                say().error("opening", clinic_id=str(clinic_id), **scrubbed(error))


async def go_on(op: Op, *, fill_id: UUID) -> None:
    """As far as it is due; repeated, nothing happens."""
    fill = await hold_fill(op, fill_id)
    if fill and fill.status == "open":
        await _advance(op, fill)
    if fill:
        await tell_gone(op, fill_id=fill_id)


async def _advance(op: Op, fill: OpeningFill) -> None:
    lost = await op.db.all(_id, LOST, fill_id=fill.id)
    is_now = await standing(
        op, provider_id=fill.provider_id, operatory_id=fill.operatory_id, starts_at=fill.starts_at, ends_at=fill.ends_at
    )  # fmt: skip
    if is_now == "taken":
        return await end_fill(op, fill, "taken")
    if op.now >= fill.closes_at:
        return await end_fill(op, fill, "exhausted")
    waiting, offered = await count_left(op, fill.id)
    due = fill.next_at is not None and (fill.next_at <= op.now or (bool(lost) and not offered))
    asked = 0
    if due and is_now == "free":
        asked, waiting = await _send_wave(op, fill)
    if not waiting and not offered and not asked:
        return await end_fill(op, fill, "exhausted")
    if asked or lost:
        await op.emit(OpeningFillChanged(fill.id))
    return None


async def _send_wave(op: Op, fill: OpeningFill) -> tuple[int, int]:
    """How many were asked, and how many are left to ask. Whoever cannot be reached is passed over; whose hours are quiet is not,
    but others are asked before."""
    asked, left, wave, quiet = 0, 0, fill.wave + 1, list[datetime]()
    for offer in await list_waiting(op, fill.id):
        if asked == fill.wave_size:
            left += 1
        elif op.now >= offer.expires_at:
            await op.db.run(PASS_OVER, offer_id=offer.id, status="expired", reason="short_notice")
        elif not offer.still:
            await op.db.run(PASS_OVER, offer_id=offer.id, status="unreachable", reason="changed")
        else:
            way = await messaging.reach(op, patient_id=offer.patient_id)
            if isinstance(way, messaging.Wait) and way.until < offer.expires_at:
                quiet.append(way.until)
                left += 1
            elif isinstance(way, messaging.Wait):
                await op.db.run(PASS_OVER, offer_id=offer.id, status="unreachable", reason="quiet")
            elif isinstance(way, messaging.Skip):
                await op.db.run(PASS_OVER, offer_id=offer.id, status="unreachable", reason=way.reason)
            else:
                await _ask(op, fill, offer, way, wave)
                asked += 1
    at = next_wave(now=op.now, minutes=fill.wave_minutes, asked=asked, quiet_until=quiet, left=bool(left))
    await op.db.run(GO_ON, fill_id=fill.id, next_at=at, wave=wave if asked else fill.wave)
    return asked, left


async def _ask(op: Op, fill: OpeningFill, offer: OfferInTurn, way: messaging.Way, wave: int) -> None:
    salt = links.new_salt()
    token = links.token("opening offer", offer.id, salt)
    await op.db.run(
        ASK, offer_id=offer.id, wave=wave, channel=way.channel, now=op.now, salt=salt, token_hash=links.hashed(token)
    )  # fmt: skip
    await messaging.say_of_offer(
        op, kind="offer", offer_id=offer.id, patient_id=offer.patient_id, way=way, provider=offer.provider_name,
        starts_at=fill.starts_at, path=f"/offer/{token}",
    )  # fmt: skip


def _id(id: UUID) -> UUID:
    return id

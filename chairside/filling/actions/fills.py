"""A free time begins to be offered, and ends to be."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.errors import ExclusionViolation, ForeignKeyViolation

from chairside import scheduling
from chairside.filling.events import OpeningFillChanged
from chairside.filling.queries.candidates import list_candidates
from chairside.filling.queries.fills import Filling, NoSuchFill, get_fill, hold_fill
from chairside.filling.queries.standing import standing
from chairside.filling.rows import Candidate, OpeningFill
from chairside.filling.rules import LAST_CALL, asked_in_order, last_moment
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict

BEGIN = """
    insert into opening_fill (provider_id, operatory_id, starts_at, ends_at, wave_size, wave_minutes, closes_at, next_at)
    values (%(provider_id)s, %(operatory_id)s::uuid, %(starts_at)s, %(ends_at)s, %(wave_size)s, %(wave_minutes)s, %(closes_at)s,
            %(now)s)
    returning opening_fill.id
"""
OFFER = """
    insert into opening_offer (fill_id, patient_id, rank, waitlist_entry_id, recall_id, service_id, duration_minutes, moving_id,
                               expires_at)
    select %(fill_id)s, one.patient_id, one.rank, one.entry_id, one.recall_id, one.service_id, one.minutes, one.moving_id,
           one.expires_at
      from unnest(%(patients)s::uuid[], %(entries)s::uuid[], %(recalls)s::uuid[], %(services)s::uuid[], %(minutes)s::int[],
                  %(moving)s::uuid[], %(expires)s::timestamptz[]) with ordinality
           as one (patient_id, entry_id, recall_id, service_id, minutes, moving_id, expires_at, rank)
"""
END = """
    update opening_fill
       set status = %(status)s, ended_at = %(now)s, next_at = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_fill.version + 1
     where opening_fill.id = %(fill_id)s
"""
# Whoever was asked and has not answered is told, unless the time itself is as good as there.
CLOSE = """
    update opening_offer
       set status = case when %(status)s::text = 'exhausted' then 'expired' else 'gone' end,
           tell_at = case when %(status)s::text <> 'exhausted' then %(now)s::timestamptz end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = opening_offer.version + 1
     where opening_offer.fill_id = %(fill_id)s
       and opening_offer.status = 'offered'
"""
Ending = Literal["filled", "taken", "exhausted", "withdrawn"]


class AlreadyOffered(Conflict):
    """This time is being offered already."""


class TooLateToOffer(Conflict):
    """This time begins too soon to be offered; call whoever could come."""


class NobodyToAsk(Conflict):
    """Nobody who waits or is due could come then."""


class FillIsOver(Conflict):
    """This time is not being offered any more."""


@needs("scheduling.book")
async def offer_time(
    op: Op, *, provider_id: UUID, starts_at: datetime, ends_at: datetime, operatory_id: UUID | None = None, wave_size: int = 3,
    wave_minutes: int = 15, not_before: datetime | None = None, but: UUID | None = None,
) -> Filling:  # fmt: skip
    """To whom it suits, the best first, `wave_size` (1 to 10) at once and `wave_minutes` between; a job sends them. The first yes
    has it. Of a session of a group it is a seat, offered to those who want its service. Nobody is asked before `not_before`;
    everybody `but` this patient. Refuses NoTimeAtAll, TooLateToOffer, scheduling.NoSuchProvider, scheduling.NoSuchOperatory,
    scheduling.TimeTaken, NobodyToAsk, AlreadyOffered."""
    op.require("messages.write")
    ranked = await list_candidates(op, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at)
    closes_at = starts_at - LAST_CALL
    if op.now >= closes_at:
        raise TooLateToOffer()
    if operatory_id:
        await scheduling.get_operatory(op, operatory_id=operatory_id)
    place: dict[str, Any] = {"provider_id": provider_id, "operatory_id": operatory_id, "starts_at": starts_at, "ends_at": ends_at}
    if await standing(op, **place) != "free":
        raise scheduling.TimeTaken()
    asked = [one for one in asked_in_order(ranked) if one.patient_id != but]
    session = await scheduling.find_group_session(op, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at)
    if session:  # a seat is of its session's service, and no later visit becomes one
        asked = [one for one in asked if one.service_id == session.service_id and one.later_visit_id is None]
    if not asked:
        raise NobodyToAsk()
    try:
        fill_id: UUID = await op.db.value(
            BEGIN, **place, wave_size=wave_size, wave_minutes=wave_minutes, closes_at=closes_at, now=not_before or op.now
        )
    except ExclusionViolation as error:
        raise AlreadyOffered() from error
    except ForeignKeyViolation as error:
        raise scheduling.NoSuchOperatory() from error
    await op.db.run(OFFER, fill_id=fill_id, **_spread(asked, starts_at))
    await op.emit(OpeningFillChanged(fill_id))
    return await get_fill(op, fill_id=fill_id)


@needs("scheduling.book")
async def stop_offering(op: Op, *, fill_id: UUID) -> Filling:
    """Whoever was asked hears that the time is gone. Again: nothing happens. Refuses NoSuchFill, FillIsOver."""
    fill = await hold_fill(op, fill_id)
    if fill is None:
        raise NoSuchFill()
    if fill.status == "open":
        await end_fill(op, fill, "withdrawn")
    elif fill.status != "withdrawn":
        raise FillIsOver()
    return await get_fill(op, fill_id=fill_id)


async def end_fill(op: Op, fill: OpeningFill, status: Ending) -> None:
    """By whoever holds it. Not a door."""
    await op.db.run(END, fill_id=fill.id, status=status, now=op.now)
    await op.db.run(CLOSE, fill_id=fill.id, status=status, now=op.now)
    await op.emit(OpeningFillChanged(fill.id))


def _spread(asked: list[Candidate], starts_at: datetime) -> dict[str, Any]:
    return {
        "patients": array(one.patient_id for one in asked),
        "entries": array(one.entry_id for one in asked),
        "recalls": array(one.recall_id for one in asked),
        "services": array(one.service_id for one in asked),
        "minutes": [one.minutes for one in asked],
        "moving": array(one.later_visit_id for one in asked),
        "expires": [last_moment(one, starts_at=starts_at) for one in asked],
    }

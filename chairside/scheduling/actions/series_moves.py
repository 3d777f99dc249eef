"""A visit of a series and all that follow, moved together: by as many days, and by as much on the clinic's clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.actions.changes import MOVE
from chairside.scheduling.actions.claims import constraint_kept, release, spread
from chairside.scheduling.actions.series import NothingLeftInSeries, clashing, hold_following, queue_for_all
from chairside.scheduling.events import AppointmentMoved
from chairside.scheduling.queries.candidates import Wanted
from chairside.scheduling.queries.series import get_series, look
from chairside.scheduling.rows import Held, Moved
from chairside.scheduling.rules.claims import claims_of, parts_of, said
from chairside.scheduling.rules.series import Turn, shifted


class MovedSeries(NamedTuple):
    """`outside`: on which of their new days nobody works then."""

    series_id: UUID
    outside: list[date]


@needs("scheduling.book", "scheduling.book_own")
async def reschedule_series(op: Op, *, series_id: UUID, number: int, starts_at: datetime) -> MovedSeries:
    """That visit begins then, and those still to come after it keep their distance, all of them or none; with whom and where
    stays. Like a single visit they may lie outside of working time.
    Refuses NoSuchSeries, NotOnCareTeam, NotOwnSchedule, NothingLeftInSeries, SeriesClashes (its facts name which)."""
    await get_series(op, series_id=series_id)
    held = await hold_following(op, series_id, number)
    if not held:
        raise NothingLeftInSeries()
    held.sort(key=lambda one: one.series_number or 0)
    zone = op.clinic.zone
    moved = [
        one._replace(starts_at=at, ends_at=at + (one.ends_at - one.starts_at))
        for one in held
        for at in [shifted(one.starts_at, was=held[0].starts_at, becomes=starts_at, zone=zone)]
    ]
    queue_for_all(op, held)
    for one in held:
        await release(op, one.id)
    outside = await _outside(op, moved)
    clashes = [one for one in moved if not await _put(op, one)]
    if clashes:
        raise clashing((one.starts_at.astimezone(zone).date(), one.starts_at) for one in clashes)
    for one in moved:
        await op.emit(AppointmentMoved(one.id, one.patient_id))
    return MovedSeries(series_id, outside)


async def _put(op: Op, one: Held) -> bool:
    claims = claims_of(
        provider_id=one.provider_id, operatory_id=one.operatory_id, patient_id=one.patient_id, starts_at=one.starts_at,
        ends_at=one.ends_at, before=timedelta(minutes=one.buffer_before_minutes),
        after=timedelta(minutes=one.buffer_after_minutes), also=parts_of(one.also),
    )  # fmt: skip
    with constraint_kept():
        done = await op.db.one(
            Moved, MOVE, appointment_id=one.id, provider_id=one.provider_id, operatory_id=one.operatory_id,
            starts_at=one.starts_at, ends_at=one.ends_at, overbooking_reason=None, now=op.now,
            also=said(parts_of(one.also)), **spread(claims),
        )  # fmt: skip
    assert done
    return done.version is not None


async def _outside(op: Op, moved: Iterable[Held]) -> list[date]:
    """After their former times were released, which are in their way no more."""
    found = list[date]()
    for (provider_id, minutes), some in groupby(moved, key=lambda one: (one.provider_id, one.appointment.duration_minutes)):
        turns = [Turn(one.starts_at.astimezone(op.clinic.zone).date(), one.starts_at) for one in some]
        wanted = Wanted(duration_minutes=minutes, provider_ids=(provider_id,))
        found += [one.on for one in await look(op, wanted, turns, suggest=False) if one.reasons]
    return found

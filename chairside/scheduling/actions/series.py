"""A visit that repeats: booked all at once or not at all, and cancelled from one of them on."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing, malformed
from chairside.scheduling.actions.bookings import Item, attempt, z_of
from chairside.scheduling.actions.claims import LET_GO, let_in, queue
from chairside.scheduling.actions.holding import hold
from chairside.scheduling.actions.steps import take_and_tell, take_back
from chairside.scheduling.events import AppointmentBooked, HoldReleased
from chairside.scheduling.queries.candidates import Wanted
from chairside.scheduling.queries.series import Occurrence, get_series, look
from chairside.scheduling.rows import Held
from chairside.scheduling.rules import steps
from chairside.scheduling.rules.claims import parts_of
from chairside.scheduling.rules.series import Rule, turns_of

BEGIN = """
    insert into visit_series (patient_id, unit, every, weekdays, month_day, first_on, local_time, times, until_on)
    values (%(patient_id)s, %(unit)s, %(every)s, %(weekdays)s::int[], %(month_day)s, %(first_on)s,
            time '00:00' + make_interval(mins => %(minute)s), %(times)s, %(until_on)s)
    returning visit_series.id
"""
# In the order of their ids, as whoever holds several visits does it.
FOLLOWING = """
    select appointment.id
      from appointment
     where appointment.series_id = %(series_id)s
       and appointment.series_number >= %(number)s
       and appointment.status = any(%(statuses)s)
     order by appointment.id
"""
OF_THE_ACT = """
    select taken.appointment_id
      from appointment_step as taken
      join appointment on appointment.id = taken.appointment_id
     where taken.act_id = %(act_id)s
       and taken.undone_at is null
       and appointment.series_id = %(series_id)s
     order by taken.appointment_id
"""


class SeriesClashes(Conflict):
    """Some of these times cannot be had; leave them out, or choose others for them."""


class NothingLeftInSeries(Conflict):
    """Nothing of this series is still to come from there on."""


class NoSuchSeriesCancellation(Missing):
    """This series was not cancelled so, or all of it was taken back."""


class BookedSeries(NamedTuple):
    """`left_out`: the times that could not be had, where they were to be left out."""

    series_id: UUID
    left_out: list[Occurrence]


class CancelledSeries(NamedTuple):
    """`id`: of the act, by which all of it is taken back."""

    id: UUID
    series_id: UUID
    appointment_ids: list[UUID]


@needs("scheduling.book", "scheduling.book_own")
async def book_series(
    op: Op, *, patient_id: UUID, provider_id: UUID, rule: Rule, operatory_id: UUID | None = None, service_id: UUID | None = None,
    duration_minutes: int | None = None, notes: str | None = None, skip: Collection[date] = (),
    instead: Mapping[date, datetime] | None = None, leave_out: bool = False, hold_id: UUID | None = None,
) -> BookedSeries:  # fmt: skip
    """All times of the rule but those of the days in `skip`, in one transaction. Each must be free, as preview_series says; a
    time that was chosen for a day (`instead`) may lie outside of working time, or be past, like that of any single visit. Without
    `leave_out` a single one that cannot be had refuses all; with it those are left out. `hold_id`: one's own hold, whose time
    goes to the series.
    Refuses SeriesClashes (its facts name them), NotOwnSchedule, and as `book` and `turns_of` do."""
    if duration_minutes is None and service_id is None:
        raise malformed("/duration_minutes", "required", "Say how long the visits take, or for which service they are.")
    turns = turns_of(rule, today=op.today, zone=op.clinic.zone)
    chosen = dict(instead or {})
    if chosen.keys() - {turn.on for turn in turns}:
        raise malformed("/instead", "not_found", "Choose other times for days of the series only.")
    turns = [turn for turn in turns if turn.on not in skip]
    if not turns:
        raise malformed("/skip", "required", "Leave at least one of them.")
    queue(op, (provider_id, operatory_id, patient_id))
    wanted = Wanted(service_id, duration_minutes, (provider_id,), operatory_id, patient_id, held=hold_id)
    looked = {one.on: one for one in await look(op, wanted, turns, suggest=False)}
    clashes = [one for one in looked.values() if one.reasons and one.on not in chosen]
    if clashes and not leave_out:
        raise clashing((one.on, one.starts_at) for one in clashes)
    if hold_id:
        op.db.with_next(LET_GO, hold_id=hold_id, now=op.now)
    whole = rule.settled()
    series_id: UUID = await op.db.value(
        BEGIN, patient_id=patient_id, unit=whole.unit, every=whole.every, weekdays=sorted(whole.weekdays),
        month_day=whole.month_day, first_on=whole.first, minute=whole.minute, times=whole.times, until_on=whole.until,
    )  # fmt: skip
    planned = [Item(service_id)] if service_id else []
    gone, booked = {one.on for one in clashes}, list[UUID]()
    for turn in turns:
        if turn.on in gone:
            continue
        at = chosen.get(turn.on, turn.starts_at)
        tried = await attempt(
            op, patient_id=patient_id, provider_id=provider_id, operatory_id=operatory_id, service_id=service_id,
            planned=planned, starts_at=at, minutes=duration_minutes, notes=notes, series_id=series_id,
            series_number=len(booked) + 1,
        )  # fmt: skip
        if tried.id is None:
            one = looked[turn.on]
            clashes.append(one._replace(starts_at=at, ends_at=at + (one.ends_at - one.starts_at)))
            continue
        booked.append(tried.id)
    if not booked or (clashes and not leave_out):
        raise clashing((one.on, one.starts_at) for one in clashes)
    for id in booked:
        await op.emit(AppointmentBooked(id, patient_id))
    if hold_id:
        let_in(op, (provider_id, operatory_id, patient_id))
        await op.emit(HoldReleased(hold_id))
    return BookedSeries(series_id, sorted(clashes, key=lambda one: one.on))


def clashing(times: Iterable[tuple[date, datetime]]) -> SeriesClashes:
    return SeriesClashes(clashes=[{"on": on, "starts_at": z_of(starts_at)} for on, starts_at in times])


@needs("scheduling.book", "scheduling.book_own")
async def cancel_series(op: Op, *, series_id: UUID, number: int, reason: str) -> CancelledSeries:
    """Those still to come, from that number on: who has arrived, and what is over, stays.
    Refuses NoSuchSeries, NotOnCareTeam, NotOwnSchedule, NothingLeftInSeries."""
    await get_series(op, series_id=series_id)
    held = await hold_following(op, series_id, number)
    if not held:
        raise NothingLeftInSeries()
    act_id = uuid4()
    queue_for_all(op, held)
    for one in held:
        await take_and_tell(op, one, "cancellation", reason, act_id=act_id)
    return CancelledSeries(act_id, series_id, [one.id for one in held])


@needs("scheduling.book", "scheduling.book_own")
async def undo_series_cancellation(op: Op, *, series_id: UUID, cancellation_id: UUID) -> list[UUID]:
    """All of them take place again, on the day on which they were cancelled and if all their times are still free; those that
    were taken back one by one stay as they are. Answers which. Refuses NoSuchSeriesCancellation, NotTheLastStep, TooLateToUndo,
    TimeTaken."""
    await get_series(op, series_id=series_id)
    ids: list[UUID] = await op.db.all(_one_id, OF_THE_ACT, series_id=series_id, act_id=cancellation_id)
    held = [one for one in [await hold(op, id, version=None) for id in ids] if one.status == "cancelled"]
    if not held:
        raise NoSuchSeriesCancellation()
    queue_for_all(op, held)
    for one in held:
        await take_back(op, one, "cancellation")
    return [one.id for one in held]


async def hold_following(op: Op, series_id: UUID, number: int) -> list[Held]:
    """Those still to come, in the order of their ids. Refuses NotOwnSchedule, NotOnCareTeam."""
    ids: list[UUID] = await op.db.all(_one_id, FOLLOWING, series_id=series_id, number=number, statuses=list(steps.WAITING))
    return [one for one in [await hold(op, id, version=None) for id in ids] if one.status in steps.WAITING]


def queue_for_all(op: Op, held: list[Held]) -> None:
    """Of every provider, place and person at once: one after the other, two who cancel could wait for each other."""
    needed = {id for one in held for id in (one.provider_id, one.operatory_id, one.patient_id)}
    queue(op, needed | {part.resource_id for one in held for part in parts_of(one.also)})


def _one_id(id: UUID) -> UUID:
    return id

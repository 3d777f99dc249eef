"""When a visit could repeat, and which visits one made."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from chairside import patients
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.scheduling.queries.candidates import Wanted, calendar_of, find, others_of, providers_of, resource_of, take_in
from chairside.scheduling.queries.explanations import Because, Kind, explained
from chairside.scheduling.rows import VISIT_SERIES, SeriesVisit, VisitSeries
from chairside.scheduling.rules import hours
from chairside.scheduling.rules.availability import MINUTE, offers
from chairside.scheduling.rules.series import Rule, Turn, turns_of

SERIES = opened(
    f"select {VISIT_SERIES} from visit_series where visit_series.id = %(series_id)s", entity="visit_series", patient="patient_id"
)
VISITS = shown(
    """
    select appointment.id, appointment.series_number as number, appointment.starts_at, appointment.ends_at, appointment.status,
           appointment.version, appointment.patient_id
      from appointment
     where appointment.series_id = %(series_id)s
     order by appointment.series_number
""",
    entity="appointment",
    patient="patient_id",
    columns="id, number, starts_at, ends_at, status, version",
)
WHOSE = "select appointment.patient_id from appointment where appointment.series_id = %(series_id)s limit 1"
AROUND = timedelta(days=8)
"""As far as another time in the same week may lie from the first or the last of them."""


class NoSuchSeries(Missing):
    """There is no such series in this clinic."""


class Obstacle(NamedTuple):
    """Why it cannot be then: of the time itself, or of the provider, the operatory or the patient."""

    kind: Kind | None
    because: Because


class Occurrence(NamedTuple):
    """One time of a series that is not booked. `instead`: the nearest free time of that day, else of that week."""

    on: date
    starts_at: datetime
    ends_at: datetime
    reasons: list[Obstacle]
    instead: datetime | None

    @property
    def free(self) -> bool:
        return not self.reasons


@needs("scheduling.book", "scheduling.book_own")
async def preview_series(op: Op, *, wanted: Wanted, rule: Rule) -> list[Occurrence]:
    """Every time of it, in order. Refuses as list_openings does, and Malformed as `turns_of` says."""
    return await look(op, wanted, turns_of(rule, today=op.today, zone=op.clinic.zone))


async def look(op: Op, wanted: Wanted, turns: Sequence[Turn], *, suggest: bool = True) -> list[Occurrence]:
    """Whether the provider, the operatory and the patient could, at each: two statements, one more for each that they cannot."""
    since, until = turns[0].starts_at - AROUND, turns[-1].starts_at + AROUND
    found = await find(op, wanted, since, until)
    taken = await take_in(op, wanted, found, since, until)
    calendar = calendar_of(wanted, found)
    at_any_minute = calendar._replace(increment=1)
    providers = [resource_of(op, one, found, taken) for one in providers_of(wanted, found) if one.active]
    others = others_of(op, wanted, found, taken)

    def nearest(turn: Turn) -> datetime | None:
        monday = turn.on - timedelta(days=turn.on.isoweekday() - 1)
        first, last = hours.instant(monday, 0, op.clinic.zone), hours.instant(monday + timedelta(days=7), 0, op.clinic.zone)
        day = hours.day_interval(turn.on, op.clinic.zone)
        offered = offers(calendar, providers, others, now=op.now, since=first, until=last)
        return min(offered, key=lambda at: (not day[0] <= at < day[1], abs(at - turn.starts_at)), default=None)

    looked = []
    for turn in turns:
        at, why = turn.starts_at, list[Obstacle]()
        if at not in offers(at_any_minute, providers, others, now=op.now, since=at, until=at + MINUTE):
            found_out = await explained(op, wanted, found, at_any_minute, at)
            why = [Obstacle(None, one) for one in found_out.reasons]
            why += [Obstacle(each.kind, one) for each in found_out.resources for one in each.reasons]
        instead = nearest(turn) if why and suggest else None
        looked.append(Occurrence(turn.on, at, at + calendar.duration * MINUTE, why, instead))
    return looked


@needs("scheduling.read")
async def get_series(op: Op, *, series_id: UUID) -> VisitSeries:
    """Refuses NoSuchSeries, NotOnCareTeam."""
    series = await op.db.one(VisitSeries, SERIES, series_id=series_id)
    if series is None:
        if op.actor.restricted and (whose := await op.db.value(WHOSE, series_id=series_id)):
            await patients.check_record(op, patient_id=whose)
        raise NoSuchSeries()
    return series


@needs("scheduling.read")
async def list_series_visits(op: Op, *, series_id: UUID) -> list[SeriesVisit]:
    """By their number, those cancelled too."""
    return await op.db.all(SeriesVisit, VISITS, series_id=series_id)

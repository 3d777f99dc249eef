"""When a visit could be, of those who could take it: two statements however many they are."""

import sys
from array import array as numbers
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside import catalog, patients
from chairside.kernel.audit import opened
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.scheduling.queries.hours import DAYS_THAT_DIFFER, ELSEWHERE
from chairside.scheduling.queries.setup import NoSuchOperatory, NoSuchProvider
from chairside.scheduling.rows import Candidate, Candidates, Place, TakenMinutes
from chairside.scheduling.rules import hours
from chairside.scheduling.rules.availability import MINUTE, Calendar, Hours, Need, Resource, Travel, edges_of, offers

OFFERED = f"""
           service.id is not null as service_known,
           service.duration_minutes, service.buffer_before_minutes, service.buffer_after_minutes,
           (select coalesce(jsonb_agg(jsonb_build_array(place.id, place.name, place.active)
                                      order by place.position, place.id), '[]')
              from operatory as place
             where place.active or place.id = %(operatory_id)s::uuid) as operatories,
           array(select holiday.date from holiday where holiday.date between %(first)s and %(last)s) as holidays,
           (select coalesce(jsonb_agg(jsonb_build_array(
                       provider.id, provider.name, provider.active, provider.timezone, provider.operatory_id,
                       coalesce(own.weekly, usual.weekly),
                       {DAYS_THAT_DIFFER}, {ELSEWHERE}
                   ) order by lower(provider.name), provider.id), '[]')
              from provider
              left join weekly_hours as own on own.provider_id = provider.id
              left join weekly_hours as usual on usual.provider_id is null
             where case when %(anybody)s then provider.active else provider.id = any(%(providers)s::uuid[]) end) as providers
"""
FROM = """
      from (select 1) as one
      left join service on service.id = %(service_id)s::uuid
"""
CANDIDATES = f"select null::uuid as id, false as archived, {OFFERED} {FROM}"
# Whose day is looked at is noted like any other record that is opened.
CANDIDATES_FOR = opened(f"""
    select patient.id, patient.archived_at is not null as archived, {OFFERED} {FROM}
      left join patient on patient.id = %(patient_id)s and patient.deleted_at is null
""")
# One row for each resource, its minutes since 1970 packed: thirty thousand rows would cost more than all the rest.
TAKEN = """
    select claim.resource_id,
           string_agg(int4send(floor(date_part('epoch', claim.starts_at) / 60)::int), '' order by claim.starts_at, claim.id),
           string_agg(int4send(ceil(date_part('epoch', claim.ends_at) / 60)::int), '' order by claim.starts_at, claim.id)
      from claim
     where claim.resource_id = any(%(resources)s::uuid[])
       and claim.starts_at > %(since)s
       and claim.starts_at < %(until)s
       and (claim.expires_at is null or claim.expires_at > %(now)s)
       and (%(moving)s::uuid is null or claim.appointment_id is distinct from %(moving)s)
     group by claim.resource_id
"""
INCREMENT = 15
MOST_DAYS = 186
LONGEST_CLAIM = timedelta(hours=24)
AROUND = timedelta(days=4)
FIRST_LOOK = timedelta(days=8)
"""Who wants the first few times is seldom kept waiting longer: what comes after is looked at only where they are not enough."""


class Wanted(NamedTuple):
    """A visit without a time yet. No providers: anybody who works here. `moving` is an appointment that is in nobody's way.
    `buffers`, before and after, where they are not the service's. Of the local day: `weekdays` (ISO; none: all), and from which
    minute until before which it may start."""

    service_id: UUID | None = None
    duration_minutes: int | None = None
    provider_ids: Sequence[UUID] = ()
    operatory_id: UUID | None = None
    patient_id: UUID | None = None
    moving: UUID | None = None
    increment: int = INCREMENT
    buffers: tuple[int, int] | None = None
    weekdays: frozenset[int] = frozenset()
    earliest: int = 0
    latest: int = hours.DAY

    def suits(self, at: datetime, zone: ZoneInfo) -> bool:
        local = at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        return self.earliest <= minute < self.latest and (not self.weekdays or local.isoweekday() in self.weekdays)


class Opening(NamedTuple):
    """`operatory_id`: the one asked for; else the provider's usual one if it is free then, or another that is."""

    starts_at: datetime
    ends_at: datetime
    provider_id: UUID
    operatory_id: UUID | None


class Openings(NamedTuple):
    """`next_from`: where to go on looking, when there are more than were asked for."""

    slots: list[Opening]
    next_from: datetime | None


@needs("scheduling.read")
async def list_openings(
    op: Op, *, wanted: Wanted, since: datetime, until: datetime, each: bool = True, limit: int = 500
) -> Openings:
    """The times from `since` until before `until`, none in the past, in order; of each provider who could take it, or with
    `each` false of the first of them. Refuses NoSuchProvider, NoSuchOperatory, NoSuchService, NoSuchPatient."""
    _check_range(since, until)
    since, until = max(since, op.now), max(until, op.now)
    found = await find(op, wanted, since, until)
    taken = await _taken(op, wanted, found, since, until)
    calendar = calendar_of(wanted, found)
    providers = [resource_of(op, one, found.holidays, taken) for one in found.providers if one.active]
    usual = {str(one.id): str(one.operatory_id) for one in found.providers}
    others, places = _others(wanted, found, taken)
    slots: list[Opening] = []
    length = calendar.duration * MINUTE
    for first, last in _looks(since, until):
        offered = offers(calendar, providers, others, places=places, now=op.now, since=first, until=last)
        for at in offered:
            if not wanted.suits(at, op.clinic.zone):
                continue
            if len(slots) >= limit:
                return Openings(slots, at)
            who = offered.who(at)
            slots += [
                Opening(at, at + length, UUID(id), wanted.operatory_id or _uuid(offered.where(at, usual[id])))
                for id in (who if each else who[:1])
            ]
    return Openings(slots, None)


async def find(op: Op, wanted: Wanted, since: datetime, until: datetime) -> Candidates:
    """Whom and what it is about."""
    if wanted.service_id is None and wanted.duration_minutes is None:
        raise malformed("/duration_minutes", "required", "Say how long the visit takes, or for which service it is.")
    asked = {
        "service_id": wanted.service_id, "operatory_id": wanted.operatory_id,
        "anybody": not wanted.provider_ids, "providers": array(wanted.provider_ids), "first": (since - AROUND).date(),
        "last": (until + AROUND).date(),
    }  # fmt: skip
    if wanted.patient_id:
        found = await op.db.one(Candidates.of, CANDIDATES_FOR, patient_id=wanted.patient_id, **asked)
    else:
        found = await op.db.one(Candidates.of, CANDIDATES, **asked)
    assert found
    if wanted.service_id and not found.service_known:
        raise catalog.NoSuchService()
    if wanted.patient_id and found.patient_id is None:
        raise patients.NoSuchPatient()
    if set(wanted.provider_ids) - {one.id for one in found.providers}:
        raise NoSuchProvider()
    if wanted.operatory_id and wanted.operatory_id not in {place.id for place in found.operatories}:
        raise NoSuchOperatory()
    return found


def calendar_of(wanted: Wanted, found: Candidates) -> Calendar:
    """A patient comes from one chair to the next without a buffer between."""
    needed = [Need((str(wanted.operatory_id),))] if wanted.operatory_id else []
    if wanted.patient_id:
        needed.append(Need((str(wanted.patient_id),), buffered=False))
    before, after = wanted.buffers or (found.buffer_before_minutes or 0, found.buffer_after_minutes or 0)
    return Calendar(
        wanted.duration_minutes or found.duration_minutes or INCREMENT, wanted.increment, before=before, after=after,
        strategy="round_robin", needs=tuple(needed),
    )  # fmt: skip


def resource_of(op: Op, one: Candidate, holidays: frozenset[date], taken: dict[UUID, Sequence[int]]) -> Resource:
    weekly = one.weekly if one.weekly is not None else hours.USUAL_WEEK
    travel = tuple(Travel(date.fromisoformat(first), date.fromisoformat(last), zone) for first, last, zone in one.travel)
    worked = Hours(one.timezone or op.clinic.timezone, weekly, one.overrides, holidays, travel)
    return Resource(str(one.id), worked.timezone, worked, taken=taken.get(one.id, ()))


def _others(wanted: Wanted, found: Candidates, taken: dict[UUID, Sequence[int]]) -> tuple[dict[str, Resource], list[Resource]]:
    def there(id: UUID) -> Resource:
        return Resource(str(id), taken=taken.get(id, ()))

    needed = {str(id): there(id) for id in (wanted.operatory_id, wanted.patient_id) if id}
    return needed, [] if wanted.operatory_id else [there(place.id) for place in found.operatories]


async def _taken(op: Op, wanted: Wanted, found: Candidates, since: datetime, until: datetime) -> dict[UUID, Sequence[int]]:
    """The minutes at which each begins to be busy and ceases to be, in turns."""
    places: Sequence[Place] = [] if wanted.operatory_id else found.operatories
    asked = (
        [one.id for one in found.providers]
        + [place.id for place in places]
        + [id for id in (wanted.operatory_id, wanted.patient_id) if id]
    )
    rows = await op.db.all(
        TakenMinutes, TAKEN, resources=array(asked), since=since - AROUND - LONGEST_CLAIM, until=until + AROUND, now=op.now,
        moving=wanted.moving,
    )  # fmt: skip
    return {row.resource_id: _edges(_unpacked(row.starts), _unpacked(row.ends)) for row in rows}


def _edges(starts: Sequence[int], ends: Sequence[int]) -> Sequence[int]:
    """In turns as they are; only what was booked over another overlaps, and has to be merged."""
    edges = numbers("i", bytes(8 * len(starts)))
    edges[::2], edges[1::2] = numbers("i", starts), numbers("i", ends)
    in_order = all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    return edges if in_order else edges_of(zip(starts, ends, strict=True))


def _unpacked(packed: bytes) -> "numbers[int]":
    found = numbers("i", packed)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _looks(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    step = FIRST_LOOK
    while since < until:
        last = min(since + step, until)
        yield since, last
        since, step = last, step * 4


def _check_range(since: datetime, until: datetime) -> None:
    if until <= since:
        raise malformed("/to", "runs_backward", "Look until after the time from which you look.")
    if until - since > timedelta(days=MOST_DAYS):
        raise malformed("/to", "too_far", f"Look at no more than {MOST_DAYS} days at once.")


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None

"""Whom and what a visit without a time could be made of, and when each of them is taken: two statements however many they are."""

from array import array as numbers
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from chairside import catalog, patients
from chairside.kernel.audit import opened
from chairside.kernel.db import array
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, malformed
from chairside.scheduling.queries.calendars import NoSuchCalendar, NoSuchResource
from chairside.scheduling.queries.hours import DAYS_THAT_DIFFER, ELSEWHERE
from chairside.scheduling.queries.setup import NoSuchOperatory, NoSuchProvider
from chairside.scheduling.rows import CALENDAR, Calendar, Candidate, Candidates, CountedMinutes, SessionAt, TakenMinutes
from chairside.scheduling.rows.sessions import HELD_SEATS, TAKEN_SEATS
from chairside.scheduling.rules import availability, calendars, hours, sessions
from chairside.scheduling.rules.availability import MINUTE, Busy, Hours, Need, Resource, Travel, edges_of

OFFERED = f"""
           service.id as service_id,
           service.duration_minutes, service.buffer_before_minutes, service.buffer_after_minutes,
           (select coalesce(jsonb_agg(jsonb_build_array(place.id, place.name, place.active)
                                      order by place.position, place.id), '[]')
              from operatory as place
             where place.active or place.id = %(operatory_id)s::uuid) as operatories,
           array(select holiday.date from holiday where holiday.date between %(first)s and %(last)s) as holidays,
           (select coalesce(jsonb_agg(jsonb_build_array(
                       provider.id, provider.name, provider.active, provider.timezone, provider.operatory_id,
                       coalesce(own.weekly, usual.weekly),
                       {DAYS_THAT_DIFFER}, {ELSEWHERE},
                       case when %(calendar_id)s::uuid is null
                            then (select visit.id
                                    from appointment as visit
                                   where visit.provider_id = provider.id
                                   order by visit.id desc
                                   limit 1)
                            else (select visit.id
                                    from appointment as visit
                                   where visit.calendar_id = %(calendar_id)s
                                     and visit.provider_id = provider.id
                                   order by visit.id desc
                                   limit 1) end
                   ) order by lower(provider.name), provider.id), '[]')
              from provider
              left join weekly_hours as own on own.provider_id = provider.id
              left join weekly_hours as usual on usual.provider_id is null
             where case when %(calendar_id)s::uuid is not null
                        then provider.id in (select named.provider_id
                                               from calendar_provider as named
                                              where named.calendar_id = %(calendar_id)s
                                              union all
                                             select one.provider_id
                                               from calendar_need as needed
                                               join calendar_resource as one on one.need_id = needed.id
                                              where needed.calendar_id = %(calendar_id)s)
                        when %(anybody)s then provider.active and not provider.assists
                        else provider.id = any(%(providers)s::uuid[]) end) as providers,
           (select to_jsonb(whole)
              from (select {CALENDAR} from calendar where calendar.id = %(calendar_id)s::uuid) as whole) as calendar,
           (select coalesce(jsonb_agg(jsonb_build_array(
                       open.id, open.service_id, open.provider_id, open.operatory_id, open.starts_at, open.ends_at, open.capacity,
                       open.taken + open.held, open.buffer_before_minutes, open.buffer_after_minutes) order by open.starts_at,
                       open.id), '[]')
              from (select group_session.*, {TAKEN_SEATS}, {HELD_SEATS}
                      from group_session
                     where group_session.calendar_id = %(calendar_id)s::uuid
                       and group_session.starts_at >= %(since)s
                       and group_session.starts_at < %(until)s
                       and group_session.ended_at is null
                       and (%(moving)s::uuid is null
                            or not exists (select
                                             from appointment as moved
                                            where moved.id = %(moving)s
                                              and moved.group_session_id = group_session.id))) as open) as sessions,
           exists (select
                     from hold as own
                    where own.id = %(held)s::uuid
                      and own.created_by = app.actor()
                      and own.starts_at >= %(since)s
                      and own.starts_at < %(until)s) as held
"""
FROM = """
      from (select 1) as one
      left join service
        on service.id = coalesce(%(service_id)s::uuid, (select named.service_id
                                                          from calendar_service as named
                                                         where named.calendar_id = %(calendar_id)s::uuid
                                                         order by named.position
                                                         limit 1))
"""
CANDIDATES = f"select null::uuid as id, false as archived, {OFFERED} {FROM}"
# Whose day is looked at is noted like any other record that is opened.
CANDIDATES_FOR = opened(f"""
    select patient.id, patient.archived_at is not null as archived, {OFFERED} {FROM}
      left join patient on patient.id = %(patient_id)s and patient.deleted_at is null
""")
# One row for each resource, its instants packed: thirty thousand rows would cost more than all the rest. In the order of the
# index, so that nothing is sorted: which of those that begin together comes first is all the same.
PACKED = """
    select claim.resource_id,
           string_agg(timestamptz_send(claim.starts_at) || timestamptz_send(claim.ends_at), '' order by claim.starts_at)"""
WHEN = """
     where claim.resource_id = any(%(resources)s::uuid[])
       and claim.starts_at > %(since)s
       and claim.starts_at < %(until)s
       and (claim.expires_at is null or claim.expires_at > %(now)s)
       and (%(moving)s::uuid is null or claim.appointment_id is distinct from %(moving)s)
       and (%(moving_session)s::uuid is null or claim.group_session_id is distinct from %(moving_session)s)
       and (%(held)s::uuid is null
            or claim.hold_id is distinct from %(held)s
            or not exists (select from hold as own where own.id = %(held)s and own.created_by = app.actor()))
     group by claim.resource_id
"""
TAKEN = f"{PACKED} from claim {WHEN}"
# With the beginnings of those visits that count where a calendar closes a day after so many: of its services, or booked by it. A
# session of a group is one of them, however many come.
COUNTED = f"""
    {PACKED},
           coalesce(string_agg(timestamptz_send(coalesce(visit.starts_at, met.starts_at)), ''), '')
      from claim
      left join appointment as visit
        on visit.id = claim.appointment_id
       and (visit.calendar_id = %(calendar_id)s::uuid or visit.service_id = any(%(services)s::uuid[]))
      left join group_session as met
        on met.id = claim.group_session_id
       and (met.calendar_id = %(calendar_id)s::uuid or met.service_id = any(%(services)s::uuid[]))
    {WHEN}
"""
INCREMENT = 15
A_MINUTE = 60_000_000  # microseconds
SINCE_1970 = 946_684_800_000_000  # of 2000, from which PostgreSQL counts
LONGEST_CLAIM = timedelta(hours=24)
AROUND = timedelta(days=4)


class CalendarIsArchived(Conflict):
    """This calendar is archived: nothing is offered by it any more."""


class ServiceNotInCalendar(Conflict):
    """This calendar does not offer that service."""


class Wanted(NamedTuple):
    """A visit without a time yet. No providers: anybody who works here, or any of the calendar. `moving` is an appointment that
    is in nobody's way, `moving_session` a session of a group with all its seats, `held` one's own hold. `buffers`, before and
    after, where they are not the service's. Of the local day: `weekdays` (ISO; none: all), and from which minute until before
    which it may start. `calendar` is one that nobody saved. `leeway`: so many minutes of a calendar's notice may have run out
    since the time was offered; of a time that is held all of it. `has`: who and what it takes already, before others of their
    kind."""

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
    calendar_id: UUID | None = None
    calendar: Calendar | None = None
    held: UUID | None = None
    moving_session: UUID | None = None
    leeway: int = 0
    has: frozenset[UUID] = frozenset()

    def notice(self, found: Candidates) -> int:
        """Minutes of the calendar's that count."""
        assert found.calendar
        return 0 if found.held else max(0, found.calendar.min_notice - self.leeway)

    def suits(self, at: datetime, zone: ZoneInfo) -> bool:
        local = at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        return self.earliest <= minute < self.latest and (not self.weekdays or local.isoweekday() in self.weekdays)


async def find(op: Op, wanted: Wanted, since: datetime, until: datetime) -> Candidates:
    """Whom and what it is about."""
    calendar = wanted.calendar
    if wanted.service_id is None and wanted.duration_minutes is None and not (wanted.calendar_id or calendar):
        raise malformed("/duration_minutes", "required", "Say how long the visit takes, or for which service it is.")
    drafted = [*(one.provider_id for one in calendar.providers), *calendar.resources] if calendar else []
    asked = {
        "service_id": wanted.service_id or (calendar and calendar.service_ids[0]), "operatory_id": wanted.operatory_id,
        "calendar_id": wanted.calendar_id, "anybody": not wanted.provider_ids and not calendar,
        "providers": array(drafted or wanted.provider_ids), "first": (since - AROUND).date(), "last": (until + AROUND).date(),
        "since": since, "until": until, "now": op.now, "moving": wanted.moving, "held": wanted.held,
    }  # fmt: skip
    if wanted.patient_id:
        found = await op.db.one(Candidates.of, CANDIDATES_FOR, patient_id=wanted.patient_id, **asked)
    else:
        found = await op.db.one(Candidates.of, CANDIDATES, **asked)
    assert found
    found = found._replace(calendar=calendar or found.calendar)
    _check(wanted, found)
    return found


def _check(wanted: Wanted, found: Candidates) -> None:
    if wanted.calendar_id and not found.calendar:
        raise NoSuchCalendar()
    if (wanted.service_id or wanted.calendar) and not found.service_id:
        raise catalog.NoSuchService()
    if wanted.patient_id and found.patient_id is None:
        raise patients.NoSuchPatient()
    providers, places = {one.id for one in found.providers}, {place.id for place in found.operatories}
    if found.calendar:
        named = {one.provider_id for one in found.calendar.providers}
        if wanted.calendar and named - providers:
            raise NoSuchProvider()
        if wanted.calendar and wanted.calendar.resources - providers - places:
            raise NoSuchResource()
        if not found.calendar.active:
            raise CalendarIsArchived()
        if wanted.service_id and wanted.service_id not in found.calendar.service_ids:
            raise ServiceNotInCalendar()
        providers = named
    if set(wanted.provider_ids) - providers:
        raise NoSuchProvider()
    if wanted.operatory_id and wanted.operatory_id not in places:
        raise NoSuchOperatory()


def calendar_of(wanted: Wanted, found: Candidates) -> availability.Calendar:
    """A patient comes from one chair to the next without a buffer between."""
    needed = [Need((str(wanted.operatory_id),))] if wanted.operatory_id else []
    if wanted.patient_id:
        needed.append(Need((str(wanted.patient_id),), buffered=False))
    before, after = wanted.buffers or (found.buffer_before_minutes or 0, found.buffer_after_minutes or 0)
    duration = wanted.duration_minutes or found.duration_minutes or INCREMENT
    if found.calendar:
        known = {str(one.id) for one in found.providers if one.active} | {str(one.id) for one in found.operatories if one.active}
        asked = calendars.asked_of(found.calendar, duration=duration, before=before, after=after, needs=needed)
        asked = asked._replace(needs=tuple(_of_those(need, known | {str(wanted.patient_id)}) for need in asked.needs))
        # a session that is open is joined, and not looked for among what is free
        return asked._replace(seats=1, notice=wanted.notice(found))
    return availability.Calendar(
        duration, wanted.increment, before=before, after=after, strategy="round_robin", needs=tuple(needed)
    )  # fmt: skip


def joinable(op: Op, wanted: Wanted, found: Candidates) -> list[SessionAt]:
    """Sessions of the calendar with seats left that suit what is wanted and may still be booked; whether the patient is free then
    is looked at by whoever knows."""
    if found.calendar is None:
        return []
    calendar = found.calendar._replace(min_notice=wanted.notice(found))
    return [
        one
        for one in of_what_is_wanted(wanted, found)
        if one.left and sessions.may_be_booked(calendar, one.starts_at, now=op.now, zone=op.clinic.zone)
    ]


def of_what_is_wanted(wanted: Wanted, found: Candidates) -> list[SessionAt]:
    """Full ones too."""
    return sessions.suiting(
        found.sessions, provider_ids=wanted.provider_ids, operatory_id=wanted.operatory_id, service_id=found.service_id,
        minutes=wanted.duration_minutes,
    )  # fmt: skip


def _of_those(need: Need, known: set[str]) -> Need:
    return need._replace(any_of=tuple(id for id in need.any_of if id in known))


def providers_of(wanted: Wanted, found: Candidates) -> list[Candidate]:
    """Who may take the visit, active or not, as they stand in the calendar."""
    if found.calendar is None:
        return found.providers
    of = {one.id: one for one in found.providers}
    everybody = found.calendar.strategy == "collective" or not wanted.provider_ids
    return [
        of[one.provider_id]
        for one in found.calendar.providers
        if one.provider_id in of and (everybody or one.provider_id in wanted.provider_ids)
    ]


def resource_of(op: Op, one: Candidate, found: Candidates, taken: "Taken") -> Resource:
    weekly = one.weekly if one.weekly is not None else hours.USUAL_WEEK
    travel = tuple(Travel(date.fromisoformat(first), date.fromisoformat(last), zone) for first, last, zone in one.travel)
    worked = Hours(one.timezone or op.clinic.timezone, weekly, one.overrides, found.holidays, travel)
    named = found.calendar.providers if found.calendar else []
    priority = next((each.priority for each in named if each.provider_id == one.id), 0)
    return Resource(
        str(one.id), worked.timezone, worked, taken.counted.get(one.id, ()), priority, taken.minutes.get(one.id, ()),
        last_booked=one.last_booked or "",
    )  # fmt: skip


def others_of(op: Op, wanted: Wanted, found: Candidates, taken: "Taken") -> dict[str, Resource]:
    """What else it needs: the operatory and the patient asked for, and what the calendar requires."""
    needed = {str(id): place_of(id, taken) for id in (wanted.operatory_id, wanted.patient_id) if id}
    if found.calendar:
        people = {one.id: one for one in found.providers}
        for id in found.calendar.resources:
            needed[str(id)] = resource_of(op, people[id], found, taken) if id in people else place_of(id, taken)
    return needed


def place_of(id: UUID, taken: "Taken") -> Resource:
    return Resource(str(id), taken=taken.minutes.get(id, ()))


def places_of(wanted: Wanted, found: Candidates) -> list[UUID]:
    """Of these one is named: those that the calendar needs from beginning to end, or any where it says nothing of them."""
    if wanted.operatory_id:
        return []
    places = [place.id for place in found.operatories if place.active]
    if found.calendar is None:
        return places
    if found.calendar.modality != calendars.IN_PERSON:
        return []
    whole = {id for one in found.calendar.requires if (one.from_minute, one.to_minute) == (0, None) for id in one.any_of}
    needed = found.calendar.resources
    return [id for id in places if id in whole] if needed & set(places) else places


class Taken(NamedTuple):
    """Of each, the minutes at which they begin to be busy and cease to be, in turns; and the visits that a day's limit counts."""

    minutes: dict[UUID, Sequence[int]]
    counted: dict[UUID, list[Busy]]


async def take_in(op: Op, wanted: Wanted, found: Candidates, since: datetime, until: datetime) -> Taken:
    ids = [one.id for one in found.providers] + [place.id for place in found.operatories]
    ids = [*(id for id in ids if id != wanted.operatory_id), *(id for id in (wanted.operatory_id, wanted.patient_id) if id)]
    asked = {
        "resources": array(dict.fromkeys(ids)), "since": since - AROUND - LONGEST_CLAIM, "until": until + AROUND, "now": op.now,
        "moving": wanted.moving, "held": wanted.held, "moving_session": wanted.moving_session,
    }  # fmt: skip
    calendar = found.calendar
    if calendar is None or calendar.per_day_limit is None:
        rows = await op.db.all(TakenMinutes, TAKEN, **asked)
        return Taken({row.resource_id: _edges(row.edges) for row in rows}, {})
    counts = await op.db.all(
        CountedMinutes, COUNTED, calendar_id=calendar.id, services=array(calendar.service_ids), **asked
    )  # fmt: skip
    return Taken(
        {row.resource_id: _edges(row.edges) for row in counts},
        {row.resource_id: [_counted(minute) for minute in (_instants(row.counted) // A_MINUTE).tolist()] for row in counts},
    )


def _counted(minute: int) -> Busy:
    at = availability.EPOCH + minute * MINUTE
    return Busy(at, at + MINUTE, counts=True)


def _edges(packed: bytes) -> Sequence[int]:
    """In minutes since 1970: whoever begins within a minute takes all of it. In turns as they are; only what was booked over
    another overlaps, and has to be merged."""
    found = _instants(packed)
    starts, ends = found[::2] // A_MINUTE, -(-found[1::2] // A_MINUTE)
    if (ends[:-1] > starts[1:]).any():
        return edges_of(zip(starts.tolist(), ends.tolist(), strict=True))
    edges = np.empty(len(found), np.int32)
    edges[::2], edges[1::2] = starts, ends
    return numbers("i", edges.tobytes())


def _instants(packed: bytes) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """In microseconds since 1970."""
    return np.frombuffer(packed, ">i8").astype(np.int64) + SINCE_1970

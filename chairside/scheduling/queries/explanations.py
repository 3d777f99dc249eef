"""Why a time is not offered, of everybody whom the visit would need."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.queries.candidates import (
    LONGEST_CLAIM,
    Taken,
    Wanted,
    calendar_of,
    find,
    joinable,
    of_what_is_wanted,
    providers_of,
    resource_of,
    take_in,
)
from chairside.scheduling.rows import Candidates, InTheWay, SessionAt
from chairside.scheduling.rules.availability import MINUTE, Busy, Calendar, Need, Resource, reasons

# A claim holds the buffers of its visit; the visit itself says where they end.
IN_THE_WAY = """
    select claim.resource_id, claim.starts_at, claim.ends_at, claim.appointment_id, claim.hold_id, claim.group_session_id,
           blockout.reason,
           claim.outside_calendar_id is not null,
           coalesce(appointment.starts_at, hold.starts_at, met.starts_at, claim.starts_at),
           coalesce(appointment.ends_at, hold.ends_at, met.ends_at, claim.ends_at)
      from claim
      left join appointment on appointment.id = claim.appointment_id
      left join hold on hold.id = claim.hold_id
      left join blockout on blockout.id = claim.blockout_id
      left join group_session as met on met.id = claim.group_session_id
     where claim.resource_id = any(%(resources)s::uuid[])
       and claim.starts_at > %(since)s
       and claim.starts_at < %(until)s
       and claim.ends_at > %(at)s
       and (claim.expires_at is null or claim.expires_at > %(now)s)
       and (%(moving)s::uuid is null or claim.appointment_id is distinct from %(moving)s)
     order by claim.starts_at, claim.id
     limit 1000
"""
NOTHING = Taken({}, {})
Kind = Literal["provider", "operatory", "patient"]
Code = reasons.Code | Literal["held", "blocked", "busy_elsewhere", "inactive", "archived", "full"]


class Because(NamedTuple):
    """`starts_at`, `ends_at`: of what is in the way, without its buffers; `appointment_id` where it is a visit; `reason` why it
    is blocked; `hours`: when they work on that day; `seats` taken of the `capacity` of a session that is full."""

    code: Code
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    appointment_id: UUID | None = None
    hours: list[tuple[datetime, datetime]] = []
    reason: str | None = None
    group_session_id: UUID | None = None
    seats: int | None = None
    capacity: int | None = None


class Explained(NamedTuple):
    """Of one who would be needed; no reasons: they could."""

    kind: Kind
    id: UUID
    name: str | None
    reasons: list[Because]


class Explanation(NamedTuple):
    """`reasons` are those that stand whoever would be there."""

    starts_at: datetime
    ends_at: datetime
    offered: bool
    reasons: list[Because]
    resources: list[Explained]


@needs("scheduling.read")
async def explain_time(op: Op, *, wanted: Wanted, at: datetime) -> Explanation:
    """Every reason, of every provider, of what a calendar requires, and of the operatory and the patient asked for. It is offered
    where a provider has none (of a collective calendar: all of them) and nobody else keeps it away.
    Refuses as list_openings does."""
    found = await find(op, wanted, at, at + MINUTE)
    return await explained(op, wanted, found, calendar_of(wanted, found), at)


async def explained(op: Op, wanted: Wanted, found: Candidates, calendar: Calendar, at: datetime) -> Explanation:
    """Of those who were found already, for a range in which `at` lies."""
    busy = await _busy(op, wanted, found, calendar, at)
    time = _because(reasons.of_the_time(calendar, at, now=op.now), busy)
    limited = calendar.per_day is not None
    visits = (await take_in(op, wanted, found, at, at + MINUTE)).counted if limited else {}
    joined = next((one for one in joinable(op, wanted, found) if one.starts_at == at), None)
    full = {one.id: one for one in of_what_is_wanted(wanted, found) if one.starts_at == at and not one.left}

    def of(id: UUID) -> list[Busy]:
        return [each.busy for each in busy.get(id, ())]

    providers = []
    for one in providers_of(wanted, found):
        resource = resource_of(op, one, found, NOTHING)._replace(busy=[*of(one.id), *visits.get(one.id, ())])
        why = _because(reasons.of_provider(calendar, resource, at, now=op.now), busy)
        providers.append(Explained("provider", one.id, one.name, why if one.active else [Because("inactive"), *why]))
    others, equipped = _of_needs(op, wanted, found, calendar, busy, at)
    if wanted.patient_id:
        why = _because(reasons.of_what_is_busy(calendar, of(wanted.patient_id), at, buffered=False), busy)
        others.append(
            Explained("patient", wanted.patient_id, None, [Because("archived"), *why] if found.patient_archived else why)
        )
        equipped = equipped and not others[-1].reasons
    if joined:  # its provider, its room and its time are settled
        alone = [one for one in others if one.kind == "patient"]
        gives = [one._replace(reasons=[]) for one in providers if one.id == joined.provider_id]
        return Explanation(at, joined.ends_at, not time and not any(one.reasons for one in alone), time, [*gives, *alone])
    providers = [one._replace(reasons=[_full(why, full) for why in one.reasons]) for one in providers]
    could = [not one.reasons for one in providers]
    offered = not time and bool(could) and (all(could) if calendar.strategy == "collective" else any(could)) and equipped
    return Explanation(at, at + calendar.duration * MINUTE, offered, time, [*providers, *others])


def _of_needs(
    op: Op, wanted: Wanted, found: Candidates, calendar: Calendar, busy: "dict[UUID, list[_Named]]", at: datetime
) -> tuple[list[Explained], bool]:
    """Of everything that is needed besides, and whether enough of each is free."""
    people = {one.id: one for one in found.providers}
    places = {one.id: one for one in found.operatories}
    explained, equipped = [], True
    for need in calendar.needs:
        free = 0
        for id in (UUID(id) for id in need.any_of if UUID(id) != wanted.patient_id):
            one = people.get(id) or places[id]
            resource = resource_of(op, people[id], found, NOTHING) if id in people else Resource(str(id))
            resource = resource._replace(busy=[each.busy for each in busy.get(id, ())])
            why = _because(reasons.of_need(calendar, need, resource, at), busy)
            why = why if one.active else [Because("inactive"), *why]
            free += not why
            explained.append(Explained("provider" if id in people else "operatory", id, one.name, why))
        equipped = equipped and (free >= need.many or _is_of_patient(need, wanted))
    return explained, equipped


def _is_of_patient(need: Need, wanted: Wanted) -> bool:
    return need.any_of == (str(wanted.patient_id),)


class _Named(NamedTuple):
    busy: Busy
    claim: InTheWay


async def _busy(op: Op, wanted: Wanted, found: Candidates, calendar: Calendar, at: datetime) -> dict[UUID, list[_Named]]:
    needed = found.calendar.resources if found.calendar else set[UUID]()
    others = {id for id in (wanted.operatory_id, wanted.patient_id, *needed) if id}
    asked = {one.id for one in found.providers} | others
    before, after = calendar.before * MINUTE, (calendar.duration + calendar.after) * MINUTE
    rows = await op.db.all(
        InTheWay, IN_THE_WAY, resources=array(asked), since=at - before - LONGEST_CLAIM, until=at + after, at=at - before,
        now=op.now, moving=wanted.moving,
    )  # fmt: skip
    busy: dict[UUID, list[_Named]] = {}
    for row in rows:
        around = Busy(
            row.from_, row.to, before=(row.from_ - row.starts_at) // MINUTE, after=(row.ends_at - row.to) // MINUTE
        )  # fmt: skip
        busy.setdefault(row.resource_id, []).append(_Named(around, row))
    return busy


def _because(found: Iterable[reasons.Reason], busy: dict[UUID, list[_Named]]) -> list[Because]:
    claims = {id(each.busy): each.claim for some in busy.values() for each in some}
    return [_said(one, claims) for one in found if one.busy is None or id(one.busy) in claims]


def _full(why: Because, sessions: dict[UUID, SessionAt]) -> Because:
    session = sessions.get(why.group_session_id) if why.group_session_id else None
    return why._replace(code="full", seats=session.taken, capacity=session.capacity) if session else why


def _code(found: Code, claim: InTheWay) -> Code:
    if claim.elsewhere:
        return "busy_elsewhere"
    return found if claim.appointment_id or claim.group_session_id else "blocked" if claim.reason is not None else "held"


def _said(one: reasons.Reason, claims: dict[int, InTheWay]) -> Because:
    if one.busy is None:
        return Because(one.code, hours=list(one.hours))
    claim = claims[id(one.busy)]
    return Because(
        _code(one.code, claim), one.busy.starts_at, one.busy.ends_at, claim.appointment_id, reason=claim.reason,
        group_session_id=claim.group_session_id,
    )  # fmt: skip

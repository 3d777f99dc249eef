"""Why a time is not offered, of everybody whom the visit would need."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.queries.availability import LONGEST_CLAIM, Wanted, calendar_of, find, resource_of
from chairside.scheduling.rows import Candidates, InTheWay
from chairside.scheduling.rules.availability import MINUTE, Busy, Calendar, reasons

# A claim holds the buffers of its visit; the visit itself says where they end.
IN_THE_WAY = """
    select claim.resource_id, claim.starts_at, claim.ends_at, claim.appointment_id, claim.hold_id, blockout.reason,
           coalesce(appointment.starts_at, hold.starts_at, claim.starts_at),
           coalesce(appointment.ends_at, hold.ends_at, claim.ends_at)
      from claim
      left join appointment on appointment.id = claim.appointment_id
      left join hold on hold.id = claim.hold_id
      left join blockout on blockout.id = claim.blockout_id
     where claim.resource_id = any(%(resources)s::uuid[])
       and claim.starts_at > %(since)s
       and claim.starts_at < %(until)s
       and claim.ends_at > %(at)s
       and (claim.expires_at is null or claim.expires_at > %(now)s)
       and (%(moving)s::uuid is null or claim.appointment_id is distinct from %(moving)s)
     order by claim.starts_at, claim.id
     limit 1000
"""
Kind = Literal["provider", "operatory", "patient"]
Code = reasons.Code | Literal["held", "blocked", "inactive", "archived"]


class Because(NamedTuple):
    """`starts_at`, `ends_at`: of what is in the way, without its buffers; `appointment_id` where it is a visit; `reason` why it
    is blocked; `hours`: when they work on that day."""

    code: Code
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    appointment_id: UUID | None = None
    hours: list[tuple[datetime, datetime]] = []
    reason: str | None = None


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
    """Every reason, of every provider and of the operatory and the patient asked for. It is offered where a provider has none and
    neither has anybody else. Refuses NoSuchProvider, NoSuchOperatory, NoSuchService, NoSuchPatient."""
    found = await find(op, wanted, at, at + MINUTE)
    calendar = calendar_of(wanted, found)
    busy = await _busy(op, wanted, found, calendar, at)
    time = _because(reasons.of_the_time(calendar, at, now=op.now), busy)
    providers = []
    for one in found.providers:
        resource = resource_of(op, one, found.holidays, {})._replace(busy=[each.busy for each in busy.get(one.id, ())])
        why = _because(reasons.of_provider(calendar, resource, at, now=op.now), busy)
        providers.append(Explained("provider", one.id, one.name, why if one.active else [Because("inactive"), *why]))
    others = []
    for place in (one for one in found.operatories if one.id == wanted.operatory_id):
        why = _because(reasons.of_what_is_busy(calendar, [each.busy for each in busy.get(place.id, ())], at), busy)
        others.append(Explained("operatory", place.id, place.name, why if place.active else [Because("inactive"), *why]))
    if wanted.patient_id:
        own = [each.busy for each in busy.get(wanted.patient_id, ())]
        why = _because(reasons.of_what_is_busy(calendar, own, at, buffered=False), busy)
        others.append(
            Explained("patient", wanted.patient_id, None, [Because("archived"), *why] if found.patient_archived else why)
        )
    offered = not time and any(not one.reasons for one in providers) and not any(one.reasons for one in others)
    return Explanation(at, at + calendar.duration * MINUTE, offered, time, [*providers, *others])


class _Named(NamedTuple):
    busy: Busy
    claim: InTheWay


async def _busy(op: Op, wanted: Wanted, found: Candidates, calendar: Calendar, at: datetime) -> dict[UUID, list[_Named]]:
    asked = [one.id for one in found.providers] + [id for id in (wanted.operatory_id, wanted.patient_id) if id]
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
    return [_said(one, claims) for one in found]


def _said(one: reasons.Reason, claims: dict[int, InTheWay]) -> Because:
    if one.busy is None:
        return Because(one.code, hours=list(one.hours))
    claim = claims[id(one.busy)]
    code: Code = one.code if claim.appointment_id else "blocked" if claim.reason is not None else "held"
    return Because(code, one.busy.starts_at, one.busy.ends_at, claim.appointment_id, reason=claim.reason)

"""Who takes a visit that is booked by a calendar, where, and with whom and what else."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict
from chairside.scheduling.actions.claims import queue
from chairside.scheduling.actions.holding import check_own
from chairside.scheduling.queries.candidates import (
    Wanted,
    calendar_of,
    find,
    others_of,
    place_of,
    places_of,
    providers_of,
    resource_of,
    take_in,
)
from chairside.scheduling.rules.availability import MINUTE, Calendar, Resource, free_for, in_turn, offers
from chairside.scheduling.rules.claims import Part


class NobodyIsFree(Conflict):
    """Nobody of this calendar can take that time; choose one that it offers."""


class Assigned(NamedTuple):
    """`also`: what it takes besides. `minutes` and the buffers where the calendar says them."""

    provider_id: UUID
    operatory_id: UUID | None
    service_id: UUID | None
    also: list[Part]
    minutes: int | None = None
    before: int | None = None
    after: int | None = None


async def assigned(op: Op, wanted: Wanted, at: datetime) -> Assigned:
    """Stands in the queue of the calendar, so that turns are taken one after the other, and then of everybody and everything
    among which it chooses: what is free when it looks is free until the visit is there.
    Refuses NobodyIsFree, NotOwnSchedule, and as list_openings does."""
    queue(op, (wanted.calendar_id,))
    found = await find(op, wanted, at, at + MINUTE)
    assert found.calendar
    could, spots = providers_of(wanted, found), places_of(wanted, found)
    needed = (wanted.operatory_id, wanted.patient_id, *found.calendar.resources)
    queue(op, (*(one.id for one in could), *spots, *needed))
    taken = await take_in(op, wanted, found, at, at + MINUTE)
    calendar = calendar_of(wanted, found)
    providers = in_turn(calendar.strategy, [resource_of(op, one, found, taken) for one in could if one.active])
    together = calendar.strategy == "collective"
    if together:
        check_own(op, None)  # it takes the time of others, too
    others = others_of(op, wanted, found, taken)
    places = [place_of(id, taken) for id in spots]
    offered = offers(calendar, providers, others, places=places, now=op.now, since=at, until=at + MINUTE)
    if not providers or at not in offered or (together and len(providers) < len(could)):
        raise NobodyIsFree()
    first, *rest = [UUID(id) for id in offered.who(at)]
    usual = next((one.operatory_id for one in could if one.id == first), None)
    people = {one.id for one in found.providers}
    operatory_id, also = _needed(calendar, others, at, wanted, usual, people)
    if operatory_id is None and (place := offered.where(at, str(usual))) and not found.calendar.resources & set(spots):
        operatory_id = UUID(place)
    return Assigned(
        first, operatory_id, found.service_id, [*(Part(id) for id in rest if together), *also], calendar.duration,
        calendar.before, calendar.after,
    )  # fmt: skip


def _needed(
    calendar: Calendar, others: Mapping[str, Resource], at: datetime, wanted: Wanted, usual: UUID | None, people: set[UUID]
) -> tuple[UUID | None, list[Part]]:
    """Of each group as many as it takes: the operatory asked for or the usual one before the others. The first that is needed
    from beginning to end is where the visit takes place."""
    operatory_id, also = wanted.operatory_id, list[Part]()
    for need in calendar.needs:
        free = [UUID(id) for id in free_for(calendar, need, others, at)]
        free.sort(key=lambda id: (id != wanted.operatory_id, id != usual))
        for id in free[: need.many]:
            if id in (operatory_id, wanted.patient_id):
                continue
            if operatory_id is None and id not in people and (need.start, need.end) == (0, None):
                operatory_id = id
            else:
                also.append(Part(id, need.start, need.end))
    return operatory_id, also

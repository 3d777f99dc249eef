"""The time that a visit takes of its provider, operatory and patient.

Whoever takes or releases time first stands in the queue of every resource concerned, so that what is looked at stays as it
is until the end; the exclusion constraint is the promise behind it.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from psycopg.errors import ExclusionViolation

from chairside.kernel.db import array
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict
from chairside.scheduling.rows import Claim

QUEUE = "select app.queue_for(%(resources)s::uuid[], %(now)s)"
# Of one's own hold; what it took goes with it.
LET_GO = "delete from hold where hold.id = %(hold_id)s and hold.created_by = app.actor() returning hold.expires_at > %(now)s"
GIVEN = """
    wanted as materialized (
        select wanted.resource_id, wanted.starts_at, wanted.ends_at, wanted.starts_at - interval '24 hours' as since
          from unnest(%(resources)s::uuid[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
               as wanted (resource_id, starts_at, ends_at)
    )"""
# Every live claim counts, those booked over others too. No claim is longer than a day, so `since` bounds the index on both
# sides; it is computed apart because a condition that computes is not leakproof, and behind the fence uses no index.
BUSY = """
    busy as (
        select wanted.resource_id
          from wanted,
               lateral (select 1
                          from claim as taken
                         where taken.resource_id = wanted.resource_id
                           and taken.starts_at > wanted.since
                           and taken.starts_at < wanted.ends_at
                           and taken.ends_at > wanted.starts_at
                         limit 1) as found
    )"""
CLAIM = """
        insert into claim (resource_id, appointment_id, starts_at, ends_at, active)
        select wanted.resource_id, owner.id, wanted.starts_at, wanted.ends_at,
               wanted.resource_id not in (select busy.resource_id from busy)
          from owner, wanted"""
RECLAIM = f"""
    with {GIVEN}, {BUSY}, owner as (
        select %(appointment_id)s::uuid as id where %(overbooked)s::boolean or not exists (select from busy)
    ), claimed as (
        {CLAIM}
    )
    select array(select busy.resource_id from busy)
"""
RELEASE = "delete from claim where claim.appointment_id = %(appointment_id)s returning claim.resource_id"
# Of a visit that moves: the place it gives up. One in which it stood for a few minutes only was free before and is none.
LEAVES = """
               moved_from = case when coalesce(appointment.moved_at, appointment.created_at)
                                      < %(now)s::timestamptz - interval '10 minutes'
                                 then jsonb_build_object('provider_id', appointment.provider_id,
                                                         'operatory_id', appointment.operatory_id,
                                                         'starts_at', appointment.starts_at, 'ends_at', appointment.ends_at)
                                 else appointment.moved_from end,
               moved_at = %(now)s"""
LET_IN = "select app.let_in(%(resources)s::uuid[], %(now)s)"


class TimeTaken(Conflict):
    """That time is taken."""


def taken(
    busy: Iterable[UUID], *, provider_id: UUID, operatory_id: UUID | None, others: Collection[UUID] = (), **facts: Any
) -> TimeTaken:
    """The refusal, naming whose time it is: provider (`others` among them), operatory or patient."""
    resources = set(busy)
    resource = "provider" if resources & {provider_id, *others} else "operatory" if operatory_id in resources else "patient"
    return TimeTaken(resource=resource, **facts)


def queue(op: Op, resources: Iterable[UUID | None]) -> None:
    """Before the next statement: wait for one's turn with every one of them, always in the same order."""
    op.db.with_next(QUEUE, resources=array(id for id in resources if id), now=op.now)


async def reclaim(op: Op, appointment_id: UUID, claims: list[Claim], *, overbooked: bool) -> list[UUID]:
    """Take the time, unless something else has it; answers what is busy. With `overbooked`, over whatever has it."""
    with constraint_kept():
        busy: list[UUID] = await op.db.value(RECLAIM, appointment_id=appointment_id, overbooked=overbooked, **spread(claims))
    return busy


async def release(op: Op, appointment_id: UUID) -> None:
    """Give the time back, and to whoever was booked over it, oldest first, as far as it now fits."""
    let_in(op, await op.db.all(_one_id, RELEASE, appointment_id=appointment_id))


def let_in(op: Op, resources: Iterable[UUID | None]) -> None:
    """With the next statement: what was booked over a time that is released by then has it, oldest first. Of resources in whose
    queue one stands; of others whoever enters it next does the same."""
    op.db.with_next(LET_IN, resources=array(id for id in resources if id), now=op.now)


def _one_id(id: UUID) -> UUID:
    return id


def spread(claims: list[Claim]) -> dict[str, list[Any]]:
    return {
        "resources": [claim.resource_id for claim in claims],
        "starts": [claim.starts_at for claim in claims],
        "ends": [claim.ends_at for claim in claims],
    }


@contextmanager
def constraint_kept() -> Iterator[None]:
    try:
        yield
    except ExclusionViolation as error:
        raise TimeTaken() from error

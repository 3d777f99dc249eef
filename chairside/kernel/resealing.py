"""Rotation: what lies under an older data key is sealed anew under the newest, a few rows at a time, until nothing is left.

Whoever writes meanwhile is never refused and never waits: a row is exchanged only if it still is what was read. Broken off, it
goes on where rows are left. A key is retired when no process can write under it any more and nothing lies under it, and destroyed
an hour later, if that is still so.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import UUID

from chairside.kernel import clock, vault
from chairside.kernel.db import Source
from chairside.kernel.keys.keeping import NEWEST_SECONDS
from chairside.kernel.log import say
from chairside.kernel.op import EVERYTHING, SYSTEM, Op, begin

BATCH = 50
PAUSE_SECONDS = 0.02
SEEN_SECONDS = NEWEST_SECONDS + 5
"""After so long every process has seen the newest key."""
WAITING = "select clinic_id from app.clinics_to_reseal() as clinic_id"
LIVE = """
    select clinic_key.version, clinic_key.retired_at is not null as retired
      from clinic_key
     where clinic_key.wrapped is not null
     order by clinic_key.version desc
"""
LIVE_OF_DEPLOYMENT = """
    select deployment_key.version, deployment_key.retired_at is not null as retired
      from deployment_key
     where deployment_key.wrapped is not null
     order by deployment_key.version desc
"""
# Nobody who began before everybody had seen the newest key is still at it.
SETTLED = """
    select %(made_at)s::timestamptz + make_interval(secs => %(seconds)s::float8) < clock_timestamp()
           and not exists (
               select from pg_stat_activity
                where pg_stat_activity.datname = current_database()
                  and pg_stat_activity.usename = 'chairside_app'
                  and pg_stat_activity.xact_start < %(made_at)s::timestamptz + make_interval(secs => %(seconds)s::float8))
"""
MADE = "select clinic_key.created_at from clinic_key where clinic_key.version = %(version)s"
MADE_OF_DEPLOYMENT = "select deployment_key.created_at from deployment_key where deployment_key.version = %(version)s"
RETIRE = """
    update clinic_key set retired_at = clock_timestamp()
     where clinic_key.version < %(newest)s
       and clinic_key.retired_at is null
"""
DESTROY = """
    update clinic_key set wrapped = null
     where clinic_key.version < %(newest)s
       and clinic_key.retired_at < clock_timestamp() - make_interval(secs => %(seconds)s::float8)
       and clinic_key.wrapped is not null
"""
RETIRE_OF_DEPLOYMENT = """
    update deployment_key set retired_at = clock_timestamp()
     where deployment_key.version < %(newest)s
       and deployment_key.retired_at is null
"""
DESTROY_OF_DEPLOYMENT = """
    update deployment_key set wrapped = null
     where deployment_key.version < %(newest)s
       and deployment_key.retired_at < clock_timestamp() - make_interval(secs => %(seconds)s::float8)
       and deployment_key.wrapped is not null
"""
NOTE = "insert into audit_event (action, entity) values (%(action)s, 'clinic_key')"
KEPT_SECONDS = 3600


class Stale(NamedTuple):
    """A row that lies under another key than the newest, or in plain. `at`: the key of its row, as JSON."""

    at: Any
    row: str
    patient_id: UUID | None
    sealed: bytes | None
    plain: bytes | None


class Column:
    """A column that lies sealed, and how it is gone through in the order of its rows."""

    table: str
    column: str
    first: Any = None
    """Before the first row."""
    ours = False

    async def left(self, op: Op, *, version: int) -> int:
        """How many rows lie under another key than this version, or in plain."""
        raise NotImplementedError

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        """Those rows, after one of them."""
        raise NotImplementedError

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        """With the next statement, and only if the row still is what it was; in the place of what lay there in plain."""
        raise NotImplementedError

    async def go_on(self, op: Op, *, version: int, after: Any) -> tuple[int, Any]:
        """Some of them: how many it were, and the last of those, if there was one."""
        rows = await self.stale(op, version=version, after=after, limit=BATCH)
        for one in rows:
            where: Any = {
                "table": self.table, "column": self.column, "row": one.row, "patient_id": one.patient_id, "ours": self.ours,
            }  # fmt: skip
            if one.plain is None and one.sealed is not None and vault.is_sealed(one.sealed):
                value = await vault.open_(op, sealed=one.sealed, **where)
            else:
                value = bytes((one.sealed if one.plain is None else one.plain) or b"")
            sealed = await vault.seal(op, value=value, **where)
            self.put(op, at=one.at, was=one.sealed, sealed=sealed)
        await op.db.now()
        return len(rows), rows[-1].at if rows else None


COLUMNS: dict[tuple[str, str], Column] = {}


def goes_along(column: type[Column]) -> type[Column]:
    """The column is gone through when its key is followed by another. Every sealed column must be (a test looks)."""
    COLUMNS[column.table, column.column] = column()
    return column


async def reseal_all(pool: Source) -> None:
    """Whatever waits: the deployment, and every clinic whose key was followed by another or where something lies in plain."""
    await reseal(pool, None)
    async with begin(pool, clock.now(), "reseal") as op:
        waiting = await op.db.all(_id, WAITING)
    for clinic_id in waiting:
        await reseal(pool, clinic_id)


async def reseal(pool: Source, clinic_id: UUID | None) -> bool:
    """One pass, for a clinic or the deployment; true when nothing lies under an older key and none is waiting to be retired."""
    async with _begun(pool, clinic_id) as op:
        vault.keeping().look_again(clinic_id or vault.DEPLOYMENT)
        newest = (await vault.key_of(op, ours=clinic_id is None)).version
    for column in COLUMNS.values():
        if column.ours == (clinic_id is None):
            await _go_through(pool, clinic_id, column, newest)
    async with _begun(pool, clinic_id) as op:
        return await _retire(op, clinic_id)


async def _go_through(pool: Source, clinic_id: UUID | None, column: Column, newest: int) -> None:
    after, done = column.first, 0
    while after is not None:
        async with _begun(pool, clinic_id) as op:
            count, after = await column.go_on(op, version=newest, after=after)
        done += count
        await asyncio.sleep(PAUSE_SECONDS)
    if done:
        say().info("sealed anew", name=f"{column.table}.{column.column}", count=done, clinic_id=str(clinic_id or ""))


async def count_left(op: Op, *, ours: bool = False) -> int:
    """How many rows lie under another key than the newest, or in plain."""
    newest = next(iter(await vault.versions(op, ours=ours)), 0)
    return sum([await column.left(op, version=newest) for column in COLUMNS.values() if column.ours == ours])


async def _retire(op: Op, clinic_id: UUID | None) -> bool:
    ours = clinic_id is None
    live = await op.db.all(_Live, LIVE_OF_DEPLOYMENT) if ours else await op.db.all(_Live, LIVE)
    newest, older = live[0].version, live[1:]
    if not older:
        return await count_left(op, ours=ours) == 0
    made_at = await op.db.value(MADE_OF_DEPLOYMENT, version=newest) if ours else await op.db.value(MADE, version=newest)
    settled = await op.db.value(SETTLED, made_at=made_at, seconds=SEEN_SECONDS)
    if not settled or await count_left(op, ours=ours):
        return False
    if ours:
        await op.db.run(RETIRE_OF_DEPLOYMENT, newest=newest)
        await op.db.run(DESTROY_OF_DEPLOYMENT, newest=newest, seconds=KEPT_SECONDS)
        return True
    if any(not key.retired for key in older):
        await op.db.run(NOTE, action="retire")
    await op.db.run(RETIRE, newest=newest)
    await op.db.run(DESTROY, newest=newest, seconds=KEPT_SECONDS)
    return True


async def rotate(op: Op, *, ours: bool = False) -> int:
    """Another data key, under which everything is sealed from now on; a job seals what lies there. Its version."""
    keeping = vault.keeping()
    owner = vault.DEPLOYMENT if ours else op.clinic.id
    keeping.look_again(owner)
    newest = (await vault.key_of(op, ours=ours)).version
    await keeping.add(op, owner, newest + 1)
    keeping.look_again(owner)
    if not ours:
        await op.db.run(NOTE, action="rotate")
    return newest + 1


class _Live(NamedTuple):
    version: int
    retired: bool


def _id(clinic_id: UUID) -> UUID:
    return clinic_id


@asynccontextmanager
async def _begun(pool: Source, clinic_id: UUID | None) -> AsyncIterator[Op]:
    """An operation of the system's, for the clinic or for none."""
    async with begin(pool, clock.now(), "reseal") as op:
        if clinic_id:
            await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        yield op

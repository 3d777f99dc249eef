"""An import while something is done with it. Not doors."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar
from uuid import UUID

from psycopg.errors import DeadlockDetected, QueryCanceled

from chairside.exchange.queries import NoSuchImport, get
from chairside.exchange.rows import IMPORT, Import
from chairside.kernel.op import Op, begin
from chairside.kernel.refusals import Busy, Conflict, Stale

LOCK = f"select {IMPORT} from import where import.id = %(import_id)s for no key update"

# One worker has it; a second finds nothing to do. The lock goes with the worker, however that ends.
CLAIM = f"""
    select {IMPORT}
      from import
     where import.id = %(import_id)s
       and import.status = %(status)s
       for no key update skip locked
"""
BEGIN_PROGRESS = """
    insert into import_progress (import_id, done, total)
    values (%(import_id)s, 0, %(total)s)
    on conflict (clinic_id, import_id) do update
        set done = 0, total = excluded.total, began_at = null, at = excluded.at
"""
ON_BEHALF_OF = "select nullif(current_setting('app.on_behalf_of', true), '')::uuid"

# A file is read between statements, and all its rows are one transaction, whose deferred constraints are looked at when it
# commits.
PATIENCE = """
    select set_config('statement_timeout', '15min', true), set_config('idle_in_transaction_session_timeout', '5min', true)
"""


TRIES = 3
T = TypeVar("T")


class ImportIsStale(Stale):
    """Somebody changed this import while you were looking at it."""


class ImportIsRunning(Conflict):
    """The import is running; wait until it is done."""


class ImportIsBeingUndone(Conflict):
    """This import is being undone; wait until it is done."""


class AnotherImportRuns(Conflict):
    """Another import of this clinic is running or being undone; wait until it is done."""


class AlreadyAtWork(Busy):
    """Somebody else is at work on this import."""


class ImportIsOver(Conflict):
    """This import is over; begin a new one."""


async def hold(op: Op, import_id: UUID, version: int | None) -> Import:
    """Nobody else does anything with it until this operation ends. Refuses NoSuchImport; at once, instead of waiting for the
    job, ImportIsRunning and ImportIsBeingUndone; ImportIsStale."""
    _check_still(await get(op, import_id=import_id))
    found = await op.db.one(Import, LOCK, import_id=import_id)
    if found is None:
        raise NoSuchImport()
    _check_still(found)
    if version not in (None, found.version):
        raise ImportIsStale(version=found.version)
    return found


async def hold_open(op: Op, import_id: UUID, version: int | None = None) -> Import:
    """The same; refuses ImportIsOver, too."""
    found = await hold(op, import_id, version)
    if found.status in ("done", "undone"):
        raise ImportIsOver()
    return found


async def claim(op: Op, import_id: UUID, status: str) -> Import | None:
    """For the job that works on it, until this operation ends; nothing when it is no longer in this status.
    Refuses AlreadyAtWork."""
    found = await op.db.one(Import, CLAIM, import_id=import_id, status=status)
    if found is None and (await get(op, import_id=import_id)).status == status:
        raise AlreadyAtWork()
    return found


@asynccontextmanager
async def beside(op: Op) -> AsyncIterator[Op]:
    """A transaction of its own, which commits on leaving whatever becomes of this operation; by and on behalf of the same."""
    behalf = await op.db.value(ON_BEHALF_OF)
    async with begin(op.db.pool, op.now, op.request_id) as other:
        await other.act_for(op.clinic.id, actor_id=op.actor.id, grants=op.actor.grants, behalf=behalf)
        yield other


async def settle_beside(op: Op, act: Callable[[Op], Awaitable[T]]) -> T:
    """The same for one short act, which is tried again where it lost a race, or ran out of time because the machine stood still:
    neither is a reason to break off what takes minutes."""
    for turn in range(TRIES):
        try:
            async with beside(op) as other:
                return await act(other)
        except (DeadlockDetected, QueryCanceled):
            if turn == TRIES - 1:
                raise
            await asyncio.sleep(0.1)
    raise AssertionError("the last turn returns or raises")


def _check_still(found: Import) -> None:
    if found.status == "running":
        raise ImportIsRunning()
    if found.status == "undoing":
        raise ImportIsBeingUndone()

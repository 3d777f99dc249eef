import time
from collections.abc import Awaitable, Callable
from uuid import UUID

from psycopg import OperationalError
from psycopg.errors import QueryCanceled

from chairside.exchange.actions.analysis import analyse, keep_looked
from chairside.exchange.actions.holding import AlreadyAtWork, beside
from chairside.exchange.actions.runs import bring_in, fail
from chairside.exchange.actions.undoing import break_off, take_out
from chairside.exchange.queries import get
from chairside.kernel.guard import needs
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import Op, begin
from chairside.kernel.refusals import Refusal

PROGRESS = """
    update import_progress
       set done = %(done)s, began_at = coalesce(import_progress.began_at, clock_timestamp()), at = clock_timestamp()
     where import_progress.import_id = %(import_id)s
"""
COUNT_ANEW = "select app.count_anew()"
PROGRESS_SECONDS = 0.5


class RunBroke(Refusal):
    """Something went wrong on our side; nothing was imported."""


class UndoBroke(Refusal):
    """Something went wrong on our side before everybody was taken out; undo the import again to go on."""


class LookBroke(Refusal):
    """Something went wrong on our side while the file was read; nothing was imported."""


@needs("imports.run")
async def look_through(op: Op, *, import_id: UUID) -> None:
    """One attempt at the analysis of a file, to its end. Raises what another attempt may get over."""
    try:
        await analyse(op, import_id=import_id)
    except Exception as error:
        refusal = await _give_up(op, error, LookBroke())
        await keep_looked(op, await get(op, import_id=import_id), refusal)


@needs("imports.run")
async def carry_out(op: Op, *, import_id: UUID, tell: Callable[[int], None] | None = None) -> None:
    """One attempt at a run that was started, to its end: it commits with everything or, where another attempt would not help,
    fails with the reason. Raises what another attempt may get over: the database went away, a lock was not given, somebody
    else is at work on it (AlreadyAtWork). `tell` hears how many rows are done."""
    try:
        await bring_in(op, import_id=import_id, report=_reporter(op, import_id, tell))
        await op.db.commit()  # here, so that what only shows when it commits is answered for, too
    except Exception as error:
        await fail(op, import_id=import_id, refusal=await _give_up(op, error, RunBroke()))
    else:
        await _count_anew(op)


@needs("imports.run")
async def carry_out_undo(op: Op, *, import_id: UUID) -> None:
    """One attempt at an undo that was started, to its end. What it has taken out stays out, so that another attempt goes on from
    there. Raises what another attempt may get over, as `carry_out`."""
    try:
        await take_out(op, import_id=import_id, report=_reporter(op, import_id, None))
        await op.db.commit()
    except Exception as error:
        await break_off(op, import_id=import_id, refusal=await _give_up(op, error, UndoBroke()))
    else:
        await _count_anew(op)


async def _give_up(op: Op, error: Exception, broken: Refusal) -> Refusal:
    """What the import says of it, in a transaction that begins anew. Raises the error again where time may mend it."""
    if isinstance(error, AlreadyAtWork) or (isinstance(error, OperationalError) and not isinstance(error, QueryCanceled)):
        raise error
    if not isinstance(error, Refusal):
        say().error("import", request_id=op.request_id, **scrubbed(error))
    await op.db.undo()
    await op.act_for(op.clinic.id, actor_id=op.actor.id, grants=op.actor.grants)
    return error if isinstance(error, Refusal) else broken


def _reporter(op: Op, import_id: UUID, tell: Callable[[int], None] | None) -> Callable[[int], Awaitable[None]]:
    """Writes beside the run, in transactions of its own, now and then."""
    due = 0.0

    async def report(done: int) -> None:
        nonlocal due
        if time.monotonic() < due:
            return
        due = time.monotonic() + PROGRESS_SECONDS
        try:
            async with beside(op) as other:
                await other.db.run(PROGRESS, import_id=import_id, done=done)
        except OperationalError as error:  # whether the work itself goes on is for its own statements to say
            say().warning("progress", **scrubbed(error))
        if tell:
            tell(done)

    return report


async def _count_anew(op: Op) -> None:
    """So that whoever asks next has plans for what is there now. Should it fail, autovacuum does it later."""
    try:
        async with begin(op.db.pool, op.now, op.request_id) as other:
            await other.db.run(COUNT_ANEW)
    except OperationalError as error:
        say().warning("statistics", **scrubbed(error))

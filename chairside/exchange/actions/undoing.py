from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside import billing, patients
from chairside.exchange.actions.analysis import told
from chairside.exchange.actions.holding import BEGIN_PROGRESS, PATIENCE, AnotherImportRuns, claim, hold, settle_beside
from chairside.exchange.actions.sifting import Report
from chairside.exchange.events import ImportFailed, ImportUndone, ImportUndoStarted
from chairside.exchange.queries import LEDGER, find_touched, get, portions
from chairside.exchange.rows import IMPORT, Import
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Refusal

START_UNDO = f"""
    update import
       set status = 'undoing', refusal = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
    returning {IMPORT}
"""
UNDONE = """
    update import
       set status = 'undone', undone_at = clock_timestamp(), undoing = %(undoing)s, summary = %(summary)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
"""
BREAK_OFF = """
    update import
       set status = 'done', refusal = %(refusal)s, summary = %(summary)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
"""
Remove = Callable[[UUID, Sequence[UUID]], Awaitable[None]]
AT_ONCE = 2000
"""So many patients are taken out while the person waits, half a second; a job does it for more."""


class NothingToUndo(Conflict):
    """Only an import that is done can be undone."""


class AlreadyUndone(Conflict):
    """This import was undone before."""


@needs("imports.run")
async def undo(op: Op, *, import_id: UUID, version: int | None = None) -> Import:
    """Remove the patients of an import with whom nothing was done since, and reverse their opening balances: few at once, for
    many a job does it. Who was changed, booked, billed, paid or answers for somebody who stays is kept, balance and all, and
    named by the import.
    Refuses NoSuchImport, ImportIsStale, ImportIsRunning, ImportIsBeingUndone, AnotherImportRuns, NothingToUndo, AlreadyUndone."""
    found = await hold(op, import_id, version)
    if found.status == "undone":
        raise AlreadyUndone()
    if found.status != "done" or not found.summary:
        raise NothingToUndo()
    try:
        started = await op.db.one(Import, START_UNDO, import_id=import_id)
    except UniqueViolation as error:
        raise AnotherImportRuns() from error
    assert started
    total = found.summary["counts"]["accepted"]
    await op.db.run(BEGIN_PROGRESS, import_id=import_id, total=total)
    if total > AT_ONCE:
        await op.emit(ImportUndoStarted(import_id))
        return started
    await _empty(op, found, remove=partial(_remove, op), report=_nobody_waits)
    return await get(op, import_id=import_id)


@needs("imports.run")
async def take_out(op: Op, *, import_id: UUID, report: Report) -> None:
    """The work of an undo, some hundreds of patients at a time, each time in a transaction of its own: nobody who works with one
    of them waits longer than that, and what was done stays done. `report` is told how many were looked at. Safe to repeat.
    Refuses AlreadyAtWork."""
    found = await claim(op, import_id, "undoing")
    if found is None:
        return
    await op.db.run(PATIENCE)
    await _empty(op, found, remove=partial(_remove_beside, op), report=report)


@needs("imports.run")
async def break_off(op: Op, *, import_id: UUID, refusal: Refusal) -> None:
    """Some were taken out, some not; the import says why, and may be undone again."""
    if found := await claim(op, import_id, "undoing"):
        summary = await _summary(op, found)
        await op.db.run(BREAK_OFF, import_id=import_id, refusal=Jsonb(told(refusal)), summary=Jsonb(summary))
        await op.emit(ImportFailed(import_id))


async def _empty(op: Op, found: Import, *, remove: Remove, report: Report) -> None:
    import_id = found.id
    assert found.summary
    total = found.summary["counts"]["accepted"]
    while True:
        left = await patients.list_imported(op, import_id=import_id)
        kept = await find_touched(op, import_id, left)
        if len(kept) == len(left):
            break
        # Whoever answers for those who go is free to go after them: that shows when it is their turn.
        going = [id for id in left if kept.get(id, "guarantor") == "guarantor"]
        done = total - len(going)
        for some in portions(going):
            await remove(import_id, some)
            done += len(some)
            await report(done)
    undoing = {"removed": total - len(left), "kept": [{"id": str(id), "why": why} for id, why in kept.items()]}
    await op.db.run(UNDONE, import_id=import_id, undoing=Jsonb(undoing), summary=Jsonb(await _summary(op, found)))
    await op.emit(ImportUndone(import_id))


async def _remove_beside(op: Op, import_id: UUID, patient_ids: Sequence[UUID]) -> None:
    # Somebody may reverse a charge of theirs meanwhile, which locks in the other order.
    await settle_beside(op, lambda other: _remove(other, import_id, patient_ids))


async def _remove(op: Op, import_id: UUID, patient_ids: Sequence[UUID]) -> None:
    held = await patients.hold_many(op, patient_ids=patient_ids)
    kept = await find_touched(op, import_id, held)
    gone = [id for id in held if id not in kept]
    stayed = await billing.reverse_opening_balances(op, source=import_id, patient_ids=gone)
    assert not stayed, "what was billed or spent is an invoice or a ledger entry, and they were kept"
    await patients.remove_many(op, patient_ids=gone)


async def _nobody_waits(_: int) -> None:
    """The answer itself says when it is done."""


async def _summary(op: Op, found: Import) -> dict[str, object]:
    """With what is left in the ledger."""
    assert found.summary
    return found.summary | {"balances": found.summary["balances"] | {"ledger": await op.db.value(LEDGER, import_id=found.id)}}

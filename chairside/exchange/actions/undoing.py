from uuid import UUID

from chairside import billing, patients
from chairside.exchange.actions.holding import PATIENCE, hold
from chairside.exchange.events import ImportUndone
from chairside.exchange.queries import LEDGER, find_touched, portions
from chairside.exchange.rows import IMPORT, Import
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict

UNDO = f"""
    update import
       set status = 'undone', undone_at = %(now)s, undoing = %(undoing)s, summary = %(summary)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
    returning {IMPORT}
"""


class NothingToUndo(Conflict):
    """Only an import that is done can be undone."""


class AlreadyUndone(Conflict):
    """This import was undone before."""


@needs("imports.run")
async def undo(op: Op, *, import_id: UUID, version: int | None = None) -> Import:
    """Remove the patients of an import with whom nothing was done since, and reverse their opening balances. Who was changed,
    booked, billed, paid or answers for somebody who stays is kept, balance and all, and named by the import.
    Refuses NoSuchImport, ImportIsStale, ImportIsRunning, NothingToUndo, AlreadyUndone."""
    found = await hold(op, import_id, version)
    if found.status == "undone":
        raise AlreadyUndone()
    if found.status != "done" or not found.summary:
        raise NothingToUndo()
    await op.db.run(PATIENCE)
    everyone = await patients.hold_imported(op, import_id=import_id)
    kept = await find_touched(op, import_id, everyone)
    gone = [id for id in everyone if id not in kept]
    for some in portions(gone):
        stayed = await billing.reverse_opening_balances(op, source=import_id, patient_ids=some)
        assert not stayed, "what was billed or spent is an invoice or a ledger entry, and they were kept"
        await patients.remove_many(op, patient_ids=some)
    summary = found.summary | {"balances": found.summary["balances"] | {"ledger": await op.db.value(LEDGER, import_id=import_id)}}
    undoing = {"removed": len(gone), "kept": [{"id": str(id), "why": why} for id, why in kept.items()]}
    undone = await op.db.one(Import, UNDO, import_id=import_id, now=op.now, undoing=Jsonb(undoing), summary=Jsonb(summary))
    assert undone
    await op.emit(ImportUndone(import_id))
    return undone

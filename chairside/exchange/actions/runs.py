from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside import patients
from chairside.exchange.actions.analysis import told
from chairside.exchange.actions.bringing import Run
from chairside.exchange.actions.holding import BEGIN_PROGRESS, PATIENCE, AnotherImportRuns, claim, hold_open
from chairside.exchange.actions.sifting import Report
from chairside.exchange.events import ImportFailed, ImportFinished, ImportStarted
from chairside.exchange.queries import LEDGER, FileForgotten, finding, get_state, read_file
from chairside.exchange.rows import IMPORT, Import
from chairside.exchange.rules import LABELS, Reading, Setting, listed, summed
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Invalid, Refusal

START = f"""
    update import
       set status = 'running', started_at = %(now)s, finished_at = null, refusal = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
    returning {IMPORT}
"""
FINISH = f"""
    update import
       set status = 'done', finished_at = clock_timestamp(), summary = %(summary)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
    returning {IMPORT}
"""
LIST_FINDING = """
    update import_finding
       set found = import_finding.found || %(listed)s, at = transaction_timestamp()
     where import_finding.import_id = %(import_id)s
"""
FAIL = """
    update import
       set status = 'failed', refusal = %(refusal)s, finished_at = clock_timestamp(),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
       and import.status = 'running'
"""


class NotAnalysed(Conflict):
    """The file cannot be imported before it was looked at and could be read."""


class ColumnsMissing(Invalid):
    """No column is read as {missing}. Choose the columns, then import."""


class DoesNotReconcile(Conflict):
    """The balances in the ledger do not sum to those of the file; nothing was imported."""


@needs("imports.run")
async def start(op: Op, *, import_id: UUID, version: int | None = None) -> Import:
    """Import what the analysis said; a job does it. Refuses NoSuchImport, ImportIsStale, ImportIsRunning, ImportIsOver,
    ImportIsBeingUndone, NotAnalysed, ColumnsMissing, AnotherImportRuns, FileForgotten."""
    found = await hold_open(op, import_id, version)
    if found.status != "analysed" or not found.summary:
        raise NotAnalysed()
    found_out = (await finding(op, import_id)).found
    if missing := found_out["missing"]:
        raise ColumnsMissing(missing=", ".join(LABELS[target] for target in missing))
    if not (await get_state(op, import_id=import_id)).file_kept:
        raise FileForgotten()
    try:
        started = await op.db.one(Import, START, import_id=import_id, now=op.now)
    except UniqueViolation as error:
        raise AnotherImportRuns() from error
    assert started
    await op.db.run(BEGIN_PROGRESS, import_id=import_id, total=found.summary["counts"]["rows"])
    if numbers := found_out.get("numbers"):  # from now on the desk gives none of the file's to somebody else
        await patients.reserve_numbers(op, import_id=import_id, above=numbers["highest"], count=numbers["unnumbered"])
    await op.emit(ImportStarted(import_id))
    return started


@needs("imports.run")
async def bring_in(op: Op, *, import_id: UUID, report: Report) -> None:
    """Everything that the file says, in this transaction: patients, families, opening balances. `report` is told how many rows
    are done. Safe to repeat: does nothing when it is done. Refuses AlreadyAtWork, DoesNotReconcile."""
    if await claim(op, import_id, "running") is None:
        return
    await op.db.run(PATIENCE)
    with await read_file(op, import_id) as content:
        kept = await finding(op, import_id)
        reading = Reading.from_json(kept.found["reading"])
        run = Run(op, import_id, content, reading, Setting(kept.read_on, op.clinic.locale, op.clinic.currency), report)
        await run.bring_in()
    trial = run.sifted.tally.result()
    ledger = await op.db.value(LEDGER, import_id=import_id)
    if run.added != trial.counts.accepted or ledger != trial.totals.accepted:
        raise DoesNotReconcile(accepted=trial.totals.accepted, ledger=ledger)
    summary = summed(trial)
    summary["balances"]["ledger"] = ledger
    await op.db.run(LIST_FINDING, import_id=import_id, listed=Jsonb(listed(trial)))
    await op.db.one(Import, FINISH, import_id=import_id, summary=Jsonb(summary))
    await patients.release_numbers(op, import_id=import_id)
    await op.emit(ImportFinished(import_id))


@needs("imports.run")
async def fail(op: Op, *, import_id: UUID, refusal: Refusal) -> None:
    """The run was undone as a whole; the import says why, and may be corrected and run again."""
    await op.db.run(FAIL, import_id=import_id, refusal=Jsonb(told(refusal)))
    await op.emit(ImportFailed(import_id))
    await patients.release_numbers(op, import_id=import_id)

from collections.abc import Iterator
from contextlib import aclosing
from itertools import count
from typing import BinaryIO
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside import billing, patients
from chairside.exchange.actions.analysis import told
from chairside.exchange.actions.holding import BEGIN_PROGRESS, PATIENCE, AnotherImportRuns, beside, claim, hold_open
from chairside.exchange.actions.sifting import Report, Sifted, batches, look_up, sift
from chairside.exchange.events import ImportFinished, ImportStarted
from chairside.exchange.queries import LEDGER, FileForgotten, finding, get_state, read_file
from chairside.exchange.rows import IMPORT, Import
from chairside.exchange.rules import LABELS, Outcome, Reading, Setting, listed, summed
from chairside.exchange.rules.newcomers import newcomer
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
        run = _Run(op, import_id, content, reading, Setting(kept.read_on, op.clinic.locale, op.clinic.currency), report)
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
    await patients.release_numbers(op, import_id=import_id)


class _Run:
    """Three passes over the file: who is in it, then those who answer for themselves, then those for whom they answer.
    Each patient is written once; memory holds a batch of rows, and of the rest register numbers."""

    def __init__(self, op: Op, import_id: UUID, content: BinaryIO, reading: Reading, setting: Setting, report: Report) -> None:
        self.op = op
        self.import_id = import_id
        self.content, self.reading, self.setting = content, reading, setting
        self.report = report
        self.sifted = Sifted()
        self.ids: dict[str, UUID] = {}  # of those who answer for others
        self.promised = 0  # the highest number that is kept for this run
        self.added = 0

    async def bring_in(self) -> None:
        self.sifted = await sift(self.op, self.content, self.reading, self.setting, self.report)
        self.promised = self.sifted.tally.highest
        self.numbers = await self._reserve_numbers(self.sifted.tally.unnumbered)
        await self._pass(dependents=False)
        if self.sifted.tally.answering:
            await look_up(self.op, self.sifted.tally.answering - self.ids.keys(), self.sifted.registered)
            await self._pass(dependents=True)

    async def _pass(self, *, dependents: bool) -> None:
        tally = self.sifted.tally
        async with aclosing(batches(self.content, self.reading, self.setting)) as found:
            async for batch in found:
                mine = [
                    (outcome, head)
                    for outcome in batch
                    if outcome.patient and outcome.row not in self.sifted.present
                    if ((head := self._head(outcome)) is not None) == dependents
                ]
                if mine:
                    await self._add(mine, self.numbers)
                await self.report(tally.refused + tally.already + self.added)

    def _head(self, outcome: Outcome) -> str | None:
        """The register number of whoever answers for this patient."""
        assert outcome.patient
        if outcome.patient.guarantor is None:
            return None
        return self.sifted.tally.head(outcome.register_number, outcome.patient.guarantor).number

    async def _reserve_numbers(self, number: int) -> Iterator[int]:
        """So many numbers for patients without one. Beside the run, so that the desk need not wait for its end."""
        async with beside(self.op) as other:
            first = await patients.reserve_numbers(other, import_id=self.import_id, above=self.promised, count=number)
        self.promised = first + number - 1
        return count(first)

    async def _add(self, rows: list[tuple[Outcome, str | None]], numbers: Iterator[int]) -> None:
        tally = self.sifted.tally
        newcomers = []
        for outcome, head in rows:
            assert outcome.patient
            guarantor_id = (self.ids.get(head) or self.sifted.registered.get(head)) if head else None
            number = outcome.register_number or str(next(numbers))
            newcomers.append(newcomer(outcome.patient, number=number, guarantor_id=guarantor_id))
        ids = await patients.add_many(self.op, import_id=self.import_id, newcomers=newcomers)
        again = [row for row, id in zip(rows, ids, strict=True) if id is None and row[0].register_number is None]
        balances: dict[UUID, int] = {}
        for (outcome, _), id in zip(rows, ids, strict=True):
            assert outcome.patient
            if id is None:
                if outcome.register_number is not None:
                    tally.turn_present(outcome)
                continue
            self.added += 1
            if outcome.register_number in tally.answering:
                self.ids[outcome.register_number] = id
            if outcome.patient.balance:
                balances[id] = outcome.patient.balance
        if balances:
            await billing.add_opening_balances(self.op, balances=balances, source=self.import_id)
        if again:  # somebody typed a number that was kept for them
            await self._add(again, await self._reserve_numbers(len(again)))

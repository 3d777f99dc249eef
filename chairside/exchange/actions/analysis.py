import asyncio
from contextlib import suppress
from typing import Any, BinaryIO
from uuid import UUID

from chairside.exchange.actions.holding import PATIENCE, hold_open
from chairside.exchange.actions.sifting import sift
from chairside.exchange.events import FileLookedAt, FileUploaded
from chairside.exchange.queries import FileForgotten, NoFile, finding, get, read_file
from chairside.exchange.rows import IMPORT, Import
from chairside.exchange.rules import IGNORE, Corrections, Setting, listed, said, summed, survey
from chairside.exchange.rules.columns import Guess, correct
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Invalid, Refusal, TooLarge

CORRECTED = f"""
    update import
       set status = 'uploaded', corrections = %(corrections)s, summary = null, refusal = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
    returning {IMPORT}
"""
# Unless another file or mapping came meanwhile.
ANALYSED = f"""
    update import
       set status = %(status)s, summary = %(summary)s, refusal = %(refusal)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
       and import.version = %(version)s
       and import.status = 'uploaded'
    returning {IMPORT}
"""
KEEP_FINDING = """
    insert into import_finding (import_id, found, read_on)
    values (%(import_id)s, %(found)s, %(read_on)s)
    on conflict (clinic_id, import_id) do update
        set found = excluded.found, read_on = excluded.read_on, at = excluded.at
"""
AT_ONCE_BYTES = 1 << 20  # about a third of a second


Looked = tuple[dict[str, Any], dict[str, Any]]


@needs("imports.run")
async def correct_mapping(op: Op, *, import_id: UUID, corrections: Corrections, version: int | None = None) -> Import:
    """Read the file with these decisions over the guesses, in the place of earlier ones. What does not fit is refused and
    nothing is changed; of a large file, at which a job looks, that holds for its columns, and the rest fails later.
    Refuses NoSuchImport, NoFile, FileForgotten, ImportIsRunning, ImportIsOver, ImportIsStale, and as `rules/refusals.py`."""
    found = await hold_open(op, import_id, version)
    with await read_file(op, import_id) as content:
        corrected = await op.db.one(Import, CORRECTED, import_id=import_id, corrections=Jsonb(corrections.as_json()))
        assert corrected
        if found.size <= AT_ONCE_BYTES:
            return await keep_looked(op, corrected, await _look(op, content, corrections))
    if corrections.encoding is None and corrections.separator is None:
        await _check_columns(op, import_id, corrections)
    await op.emit(FileUploaded(import_id))
    return corrected


@needs("imports.run")
async def analyse(op: Op, *, import_id: UUID) -> None:
    """Look at a file that was uploaded and not looked at yet. Safe to repeat."""
    found = await get(op, import_id=import_id)
    if found.status == "uploaded":
        await op.db.run(PATIENCE)
        with await read_file(op, import_id) as content:
            await look_at(op, found, content)


@needs("imports.run")
async def try_out(op: Op, *, content: BinaryIO) -> dict[str, Any]:
    """What an import of this file would do, as `rules/shown.py` says it; nothing is kept. Refuses as `rules/refusals.py`."""
    await op.db.run(PATIENCE)
    said_of_it, summary = await _look(op, content, Corrections())
    return said_of_it | summary


async def look_at(op: Op, found: Import, content: BinaryIO) -> Import:
    """What makes the file unreadable is told by the import."""
    try:
        looked: Looked | Refusal = await _look(op, content, Corrections(**found.corrections))
    except (Invalid, TooLarge) as refusal:
        looked = refusal
    return await keep_looked(op, found, looked)


def told(refusal: Refusal) -> dict[str, Any]:
    """A refusal as an import keeps it."""
    return {"code": refusal.code, "detail": str(refusal), "facts": refusal.facts}


async def _look(op: Op, content: BinaryIO, corrections: Corrections) -> Looked:
    """What the file says, and the dry run. Refuses as `rules/refusals.py`."""
    setting = Setting(op.today, op.clinic.locale, op.clinic.currency)
    seen = await asyncio.to_thread(survey, content, setting, corrections)
    tally = (await sift(op, content, seen.reading, setting)).tally
    trial = tally.result()
    numbers = {"highest": tally.highest, "unnumbered": tally.unnumbered}
    return {**said(seen), **listed(trial), "numbers": numbers}, summed(trial)


async def keep_looked(op: Op, found: Import, looked: Looked | Refusal) -> Import:
    """What was found, or why nothing was."""
    if isinstance(looked, Refusal):
        status, said_of_it, summary, refusal = "failed", None, None, told(looked)
    else:
        status, (said_of_it, summary), refusal = "analysed", looked, None
    analysed = await op.db.one(
        Import, ANALYSED, import_id=found.id, version=found.version, status=status,
        summary=Jsonb(summary) if summary else None, refusal=Jsonb(refusal) if refusal else None,
    )  # fmt: skip
    if analysed is None:
        return await get(op, import_id=found.id)
    if said_of_it:
        await op.db.run(KEEP_FINDING, import_id=found.id, found=Jsonb(said_of_it), read_on=op.today)
    await op.emit(FileLookedAt(found.id))
    return analysed


async def _check_columns(op: Op, import_id: UUID, corrections: Corrections) -> None:
    """Against the columns that were found before. Refuses UnknownColumn, UnknownTarget, TargetTwice."""
    with suppress(NoFile, FileForgotten):
        header = (await finding(op, import_id)).found["reading"]["header"]
        correct(header, [Guess(IGNORE, "unsure")] * len(header), corrections.columns)

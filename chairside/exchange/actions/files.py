from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from chairside.exchange.actions.analysis import AT_ONCE_BYTES, look_at
from chairside.exchange.actions.holding import hold_open
from chairside.exchange.events import FileUploaded
from chairside.exchange.rows import IMPORT, Import
from chairside.exchange.rules import MAX_BYTES
from chairside.exchange.rules.refusals import FileTooLarge
from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

CREATE = f"""
    insert into import (kind, filename, size)
    values (%(kind)s, %(filename)s, %(size)s)
    returning {IMPORT}
"""
FORGET_CHUNKS = "delete from import_chunk where import_chunk.import_id = %(import_id)s"
FORGET_FINDING = "delete from import_finding where import_finding.import_id = %(import_id)s"
KEEP_CHUNK = "insert into import_chunk (import_id, number, sealed) values (%(import_id)s, %(number)s, %(sealed)s)"
RECEIVED = f"""
    update import
       set status = 'uploaded', size = %(size)s, uploaded_at = %(now)s, corrections = '{{}}', summary = null, refusal = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = import.version + 1
     where import.id = %(import_id)s
    returning {IMPORT}
"""
CHUNK_BYTES = 1 << 20


@needs("imports.run")
async def create(op: Op, *, filename: str, size: int, kind: str = "patients") -> Import:
    """Announce a file of so many bytes. Refuses FileTooLarge."""
    check_size(size)
    created = await op.db.one(Import, CREATE, kind=kind, filename=filename, size=size)
    assert created
    return created


@needs("imports.run")
async def await_file(op: Op, *, import_id: UUID) -> None:
    """May a file come? Refuses NoSuchImport, ImportIsRunning, ImportIsOver."""
    await hold_open(op, import_id)


@needs("imports.run")
async def keep_file(op: Op, *, import_id: UUID, content: BinaryIO) -> Import:
    """The file, in the place of any that was there, and of what was decided over its guesses. A small one is looked at before
    this answers, a larger one by a job; what makes it unreadable is then told by the import.
    Refuses NoSuchImport, ImportIsRunning, ImportIsOver, FileTooLarge."""
    size = content.seek(0, 2)
    check_size(size)
    await hold_open(op, import_id)
    await op.db.run(FORGET_FINDING, import_id=import_id)
    await seal_file(op, import_id, content)
    received = await op.db.one(Import, RECEIVED, import_id=import_id, size=size, now=op.now)
    assert received
    if size <= AT_ONCE_BYTES:
        return await look_at(op, received, content)
    await op.emit(FileUploaded(import_id))
    return received


async def seal_file(op: Op, import_id: UUID, content: BinaryIO) -> None:
    """In the place of what was kept; never in the database as it is."""
    await op.db.run(FORGET_CHUNKS, import_id=import_id)
    content.seek(0)
    plain = iter(lambda: content.read(CHUNK_BYTES), b"")
    sealed = await vault.seal_file(op, table="import_chunk", column="sealed", row=import_id, pieces=plain)
    for number, chunk in enumerate(_chunks(sealed)):
        await op.db.run(KEEP_CHUNK, import_id=import_id, number=number, sealed=chunk)


def _chunks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= CHUNK_BYTES:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise FileTooLarge(limit_mb=MAX_BYTES // (1024 * 1024), size=size)

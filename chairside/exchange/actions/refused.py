from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from chairside.exchange.queries import finding, get, read_file
from chairside.exchange.rules import Reading, Setting, refused_csv
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

# Names, birth dates and notes leave in it.
NOTE_READ = "insert into audit_event (action, entity, entity_id) values ('read', 'import', %(import_id)s)"


@needs("imports.run")
async def open_refused(op: Op, *, import_id: UUID) -> tuple[str, Iterator[bytes]]:
    """A name for the file of refused rows, and the file, which no longer needs this operation.
    Refuses NoSuchImport, NoFile, FileForgotten."""
    found = await get(op, import_id=import_id)
    kept = await finding(op, import_id)
    reading = Reading.from_json(kept.found["reading"])
    setting = Setting(kept.read_on, op.clinic.locale, op.clinic.currency)
    content = await read_file(op, import_id)
    await op.db.run(NOTE_READ, import_id=import_id)
    return f"refused-{found.filename}", _closing(content, reading, setting)


def _closing(content: BinaryIO, reading: Reading, setting: Setting) -> Iterator[bytes]:
    with content:
        yield from refused_csv(content, reading, setting)

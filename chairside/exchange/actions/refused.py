from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from chairside.exchange.queries import finding, get, read_file
from chairside.exchange.rules import Reading, Setting, refused_csv
from chairside.kernel.audit import EXPORTED
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op


@needs("imports.run")
@way_out(
    "bulk_export",
    "import_chunk.sealed",
    "import.filename",
)
async def open_refused(op: Op, *, import_id: UUID) -> tuple[str, Iterator[bytes]]:
    """A name for the file of refused rows, and the file, which no longer needs this operation.
    Refuses NoSuchImport, NoFile, FileForgotten."""
    found = await get(op, import_id=import_id)
    kept = await finding(op, import_id)
    reading = Reading.from_json(kept.found["reading"])
    setting = Setting(kept.read_on, op.clinic.locale, op.clinic.currency)
    content = await read_file(op, import_id)
    await op.db.run(EXPORTED, what="import", id=import_id)  # names, birth dates and notes leave in it
    return f"refused-{found.filename}", _closing(content, reading, setting)


def _closing(content: BinaryIO, reading: Reading, setting: Setting) -> Iterator[bytes]:
    with content:
        yield from refused_csv(content, reading, setting)

"""A file is sealed anew as a whole; while somebody is at the import, it is left for the next pass."""

from typing import Any
from uuid import UUID

from chairside.exchange.actions.files import seal_file
from chairside.exchange.queries import read_file
from chairside.kernel.op import Op
from chairside.kernel.resealing import Column, goes_along

LEFT = """
    select count(*)
      from import_chunk
     where import_chunk.number = 0
       and app.key_version(import_chunk.sealed) is distinct from %(version)s
"""
NEXT = """
    select import_chunk.import_id
      from import_chunk
     where import_chunk.number = 0
       and app.key_version(import_chunk.sealed) is distinct from %(version)s
       and import_chunk.import_id > %(after)s::uuid
     order by import_chunk.import_id
     limit 1
"""
LOCK = "select import.id from import where import.id = %(import_id)s for no key update skip locked"


@goes_along
class Files(Column):
    table, column = "import_chunk", "sealed"
    first = UUID(int=0)

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT, version=version))

    async def go_on(self, op: Op, *, version: int, after: Any) -> tuple[int, Any]:
        found: UUID | None = await op.db.value(NEXT, version=version, after=after)
        if found is None:
            return 0, None
        if await op.db.value(LOCK, import_id=found) is None:
            return 0, found
        with await read_file(op, found) as content:
            await seal_file(op, found, content)
        return 1, found

"""A file is sealed under a key of its own, and that key under the clinic's: when that one is followed by another, keys are sealed
anew, and no file is touched."""

from typing import Any
from uuid import UUID

from chairside.imaging.queries.files import COLUMN, TABLE
from chairside.kernel.db import Jsonb
from chairside.kernel.op import Op
from chairside.kernel.resealing import Column, Stale, goes_along

LEFT = """
    select count(*)
      from stored_file
     where stored_file.secret is not null
       and app.key_version(stored_file.secret) <> %(version)s
"""
STALE = """
    select to_jsonb(stored_file.id), stored_file.id::text, null::uuid, stored_file.secret, null::bytea
      from stored_file
     where stored_file.secret is not null
       and app.key_version(stored_file.secret) <> %(version)s
       and stored_file.id > (%(after)s::jsonb #>> '{}')::uuid
     order by stored_file.id
     limit %(limit)s
"""
PUT = """
    update stored_file set secret = %(sealed)s
     where stored_file.id = (%(at)s::jsonb #>> '{}')::uuid
       and stored_file.secret = %(was)s
"""


@goes_along
class FileKeys(Column):
    table, column = TABLE, COLUMN
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT, at=Jsonb(at), was=was, sealed=sealed)

from typing import Any
from uuid import UUID

from chairside.kernel.db import Jsonb
from chairside.kernel.op import Op
from chairside.kernel.resealing import Column, Stale, goes_along

LEFT = "select app.count_stale_totp(%(version)s)"
STALE = """
    select to_jsonb(totp.id), totp.id::text, null, totp.secret, null
      from app.stale_totp(%(version)s, (%(after)s::jsonb #>> '{}')::uuid, %(limit)s) as totp
"""
PUT = "select app.reseal_totp((%(at)s::jsonb #>> '{}')::uuid, %(was)s, %(sealed)s)"


@goes_along
class Secrets(Column):
    table, column, ours = "totp", "secret", True
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT, at=Jsonb(at), was=was, sealed=sealed)

from typing import Any
from uuid import UUID

from chairside.kernel.db import Jsonb
from chairside.kernel.op import Op
from chairside.kernel.resealing import Column, Stale, goes_along
from chairside.messaging.bodies import COLUMN, TABLE

LEFT = """
    select count(*)
      from message
     where app.key_version(message.body_sealed) <> %(version)s
        or message.body is not null
"""
STALE = """
    select to_jsonb(message.id), message.id::text, message.patient_id, message.body_sealed, convert_to(message.body, 'UTF8')
      from message
     where (app.key_version(message.body_sealed) <> %(version)s or message.body is not null)
       and message.id > (%(after)s::jsonb #>> '{}')::uuid
     order by message.id
     limit %(limit)s
"""
PUT = """
    update message set body_sealed = %(sealed)s, body = null
     where message.id = (%(at)s::jsonb #>> '{}')::uuid
       and message.body_sealed is not distinct from %(was)s
"""


@goes_along
class Bodies(Column):
    table, column = TABLE, COLUMN
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT, at=Jsonb(at), was=was, sealed=sealed)


INBOUND_LEFT = """
    select count(*)
      from inbound_text
     where app.key_version(inbound_text.body_sealed) <> %(version)s
"""
INBOUND_STALE = """
    select to_jsonb(inbound_text.id), inbound_text.id::text, null::uuid, inbound_text.body_sealed, null::bytea
      from inbound_text
     where app.key_version(inbound_text.body_sealed) <> %(version)s
       and inbound_text.id > (%(after)s::jsonb #>> '{}')::uuid
     order by inbound_text.id
     limit %(limit)s
"""
INBOUND_PUT = """
    update inbound_text set body_sealed = %(sealed)s
     where inbound_text.id = (%(at)s::jsonb #>> '{}')::uuid
       and inbound_text.body_sealed is not distinct from %(was)s
"""


@goes_along
class Inbound(Column):
    table, column = "inbound_text", "body_sealed"
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(INBOUND_LEFT, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, INBOUND_STALE, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(INBOUND_PUT, at=Jsonb(at), was=was, sealed=sealed)

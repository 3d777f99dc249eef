from typing import Any
from uuid import UUID

from chairside.kernel.db import Jsonb
from chairside.kernel.op import Op
from chairside.kernel.resealing import Column, Stale, goes_along

LEFT = """
    select count(*)
      from clinic
     where app.key_version(clinic.tax_id_sealed) <> %(version)s
        or clinic.tax_id is not null
"""
STALE = """
    select to_jsonb(clinic.id), clinic.id::text, null::uuid, clinic.tax_id_sealed, convert_to(clinic.tax_id, 'UTF8')
      from clinic
     where (app.key_version(clinic.tax_id_sealed) <> %(version)s or clinic.tax_id is not null)
       and clinic.id > (%(after)s::jsonb #>> '{}')::uuid
     limit %(limit)s
"""
PUT = """
    update clinic set tax_id_sealed = %(sealed)s, tax_id = null
     where clinic.id = (%(at)s::jsonb #>> '{}')::uuid
       and clinic.tax_id_sealed is not distinct from %(was)s
"""


@goes_along
class TaxIds(Column):
    table, column = "clinic", "tax_id_sealed"
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT, at=Jsonb(at), was=was, sealed=sealed)

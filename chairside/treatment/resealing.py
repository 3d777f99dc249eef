"""Signatures of patients, sealed anew when their key is followed by another."""

from typing import Any
from uuid import UUID

from chairside.kernel.db import Jsonb
from chairside.kernel.op import Op
from chairside.kernel.resealing import Column, Stale, goes_along

LEFT = "select count(*) from treatment_signature where app.key_version(treatment_signature.sealed) <> %(version)s"
STALE = """
    select to_jsonb(treatment_signature.acceptance_id), treatment_signature.acceptance_id::text, null::uuid,
           treatment_signature.sealed, null::bytea
      from treatment_signature
     where app.key_version(treatment_signature.sealed) <> %(version)s
       and treatment_signature.acceptance_id > (%(after)s::jsonb #>> '{}')::uuid
     order by treatment_signature.acceptance_id
     limit %(limit)s
"""
PUT = """
    update treatment_signature set sealed = %(sealed)s
     where treatment_signature.acceptance_id = (%(at)s::jsonb #>> '{}')::uuid
       and treatment_signature.sealed = %(was)s
"""


@goes_along
class PatientSignatures(Column):
    table, column = "treatment_signature", "sealed"
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT, at=Jsonb(at), was=was, sealed=sealed)

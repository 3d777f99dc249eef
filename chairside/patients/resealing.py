"""Files of proofs follow a new key one by one."""

from typing import Any
from uuid import UUID

from chairside.kernel.op import Op
from chairside.kernel.resealing import Column, goes_along
from chairside.patients.actions.proofs import seal_proof
from chairside.patients.queries.proofs import COLUMN, TABLE, unsealed

LEFT = """
    select count(*)
      from proxy_proof_file
     where app.key_version(proxy_proof_file.sealed) is distinct from %(version)s
"""
NEXT = """
    select proxy_proof_file.proof_id
      from proxy_proof_file
     where app.key_version(proxy_proof_file.sealed) is distinct from %(version)s
       and proxy_proof_file.proof_id > %(after)s::uuid
     order by proxy_proof_file.proof_id
     limit 1
"""
# Of one that somebody removes at this moment there is nothing to seal.
TAKE = "delete from proxy_proof_file where proxy_proof_file.proof_id = %(proof_id)s returning proxy_proof_file.sealed"


@goes_along
class Proofs(Column):
    table, column = TABLE, COLUMN
    first = UUID(int=0)

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT, version=version))

    async def go_on(self, op: Op, *, version: int, after: Any) -> tuple[int, Any]:
        found: UUID | None = await op.db.value(NEXT, version=version, after=after)
        if found is None:
            return 0, None
        sealed: bytes | None = await op.db.value(TAKE, proof_id=found)
        if sealed is None:
            return 0, found
        await seal_proof(op, found, await unsealed(op, found, sealed))
        return 1, found

from typing import NamedTuple
from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.audit import EXPORTED, opened
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.patients.queries.proxies import get_proxy

TABLE, COLUMN = "proxy_proof_file", "sealed"
OPEN = opened("""
    select proof.id, proof.name, proof.kind, file.sealed, proof.patient_id
      from proxy_proof as proof
      join proxy_proof_file as file on file.proof_id = proof.id
     where proof.proxy_id = %(proxy_id)s
       and proof.patient_id = %(patient_id)s
       and proof.removed_at is null
""", entity="proxy_proof", patient="patient_id")  # fmt: skip


class NoProof(Missing):
    """No file of what was shown is kept here."""


class ProofRow(NamedTuple):
    id: UUID
    name: str
    kind: str
    sealed: bytes
    patient_id: UUID


class ProofFile(NamedTuple):
    """`kind`: application/pdf, image/jpeg, image/png."""

    name: str
    kind: str
    content: bytes


@needs("patients.read")
@way_out("paper", "proxy_proof.name", "proxy_proof_file.sealed")
async def open_proof(op: Op, *, patient_id: UUID, proxy_id: UUID) -> ProofFile:
    """What was shown for it that they act for the patient. Refuses NoSuchPatient, NotOnCareTeam, NoSuchProxy, NoProof."""
    op.db.with_next(EXPORTED, what="proxy_proof", id=proxy_id)
    await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)
    row = await op.db.one(ProofRow, OPEN, patient_id=patient_id, proxy_id=proxy_id)
    if row is None:
        raise NoProof()
    return ProofFile(row.name, row.kind, await unsealed(op, row.id, row.sealed))


async def unsealed(op: Op, proof_id: UUID, sealed: bytes) -> bytes:
    """Not a door."""
    opening = await vault.opening(op, table=TABLE, column=COLUMN, row=proof_id, beginning=sealed)
    return b"".join([*opening.feed(sealed), opening.finish()])

from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import TooLarge, UnsupportedType
from chairside.patients.events import ProxiesChanged
from chairside.patients.queries.proofs import COLUMN, TABLE, NoProof
from chairside.patients.queries.proxies import get_proxy
from chairside.patients.rows import Proxy
from chairside.patients.rules import kind_of

MOST_BYTES = 10 * 1024 * 1024
ADD = """
    insert into proxy_proof (proxy_id, patient_id, name, kind, size)
    values (%(proxy_id)s, %(patient_id)s, %(name)s, %(kind)s, %(size)s)
    returning proxy_proof.id
"""
KEEP = "insert into proxy_proof_file (proof_id, sealed) values (%(proof_id)s, %(sealed)s)"
# Two at once: the second takes away what the first has kept.
ONE_BY_ONE = "select proxy.id from proxy where proxy.id = %(proxy_id)s for no key update"
# The bytes go; that there was one, who brought it and who took it away stays.
REMOVE = """
    with gone as (
        update proxy_proof
           set removed_at = %(at)s, removed_by = app.actor(),
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = proxy_proof.version + 1
         where proxy_proof.proxy_id = %(proxy_id)s
           and proxy_proof.removed_at is null
        returning proxy_proof.id
    ), bytes as (
        delete from proxy_proof_file using gone where proxy_proof_file.proof_id = gone.id
    )
    select gone.id from gone
"""


class ProofTooLarge(TooLarge):
    """The file is larger than {most_mb} MB."""


class NotAProof(UnsupportedType):
    """Bring a PDF, or a picture as JPEG or PNG."""


@needs("patients.write")
async def keep_proof(op: Op, *, patient_id: UUID, proxy_id: UUID, name: str, content: bytes) -> Proxy:
    """The file of what was shown, in the place of any that was there. What it is follows from its content, not from its name.
    Refuses NoSuchPatient, NotOnCareTeam, NoSuchProxy, ProofTooLarge, NotAProof."""
    await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)
    check_size(len(content))
    kind = kind_of(content)
    if kind is None:
        raise NotAProof()
    await op.db.value(ONE_BY_ONE, proxy_id=proxy_id)
    await op.db.value(REMOVE, proxy_id=proxy_id, at=op.now)
    proof_id: UUID = await op.db.value(ADD, proxy_id=proxy_id, patient_id=patient_id, name=name, kind=kind, size=len(content))
    await seal_proof(op, proof_id, content)
    await op.emit(ProxiesChanged(patient_id))
    return await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)


@needs("patients.write")
async def remove_proof(op: Op, *, patient_id: UUID, proxy_id: UUID) -> Proxy:
    """For good. Refuses NoSuchPatient, NotOnCareTeam, NoSuchProxy, NoProof."""
    await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)
    if await op.db.value(REMOVE, proxy_id=proxy_id, at=op.now) is None:
        raise NoProof()
    await op.emit(ProxiesChanged(patient_id))
    return await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)


async def seal_proof(op: Op, proof_id: UUID, content: bytes) -> None:
    """Never in the database as it is. Not a door."""
    sealed = await vault.seal_file(op, table=TABLE, column=COLUMN, row=proof_id, pieces=[content])
    await op.db.run(KEEP, proof_id=proof_id, sealed=b"".join(sealed))


def check_size(size: int) -> None:
    """Refuses ProofTooLarge."""
    if size > MOST_BYTES:
        raise ProofTooLarge(most_mb=MOST_BYTES // 1024 // 1024)

"""Looking through every chain by the clock, and saying what was found where the clinic and the operator can see it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.compliance.places import Place
from chairside.compliance.queries.chain import Verified, look_through
from chairside.compliance.rules.checkpoints import Ring
from chairside.kernel.db import Db, Source
from chairside.kernel.log import say
from chairside.kernel.op import EVERYTHING, SYSTEM, begin

CLINICS = "select id, slug from app.sealed_clinics()"
FOUND = """
    insert into audit_verification (seq, sealed_at, problem, problem_seq, problem_id)
    values (%(seq)s, %(sealed_at)s, %(problem)s, %(problem_seq)s, %(problem_id)s)
"""


class Chained(NamedTuple):
    clinic_id: UUID
    slug: str


async def list_clinics(source: Source) -> list[Chained]:
    db = Db(source)
    try:
        return await db.all(Chained, CLINICS)
    finally:
        await db.undo()


async def verify_all(source: Source, *, place: Place, ring: Ring, now: datetime) -> list[Verified]:
    return [await verify(source, clinic_id=one.clinic_id, place=place, ring=ring, now=now) for one in await list_clinics(source)]


async def verify(source: Source, *, clinic_id: UUID, place: Place, ring: Ring, now: datetime) -> Verified:
    async with begin(source, now, "audit verify") as op:
        await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        found = await look_through(op.db, clinic_id=clinic_id, place=place, ring=ring)
        wrong = found.finding
        await op.db.run(
            FOUND, seq=found.seq, sealed_at=found.at, problem=wrong and wrong.problem, problem_seq=wrong and wrong.seq,
            problem_id=wrong and wrong.audit_id,
        )  # fmt: skip
    if wrong:
        say().error("audit is not what was sealed", clinic_id=str(clinic_id), code=wrong.problem, count=wrong.seq)
    return found

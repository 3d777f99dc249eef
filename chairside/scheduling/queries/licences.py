from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.scheduling.rows import LICENCE, Licence

LIST = f"""
    select {LICENCE}
      from licence
     where (%(provider_id)s::uuid is null or licence.provider_id = %(provider_id)s)
     order by licence.expires_on nulls last, licence.id
     limit 400
"""
GET = f"select {LICENCE} from licence where licence.id = %(licence_id)s"


class NoSuchLicence(Missing):
    """There is no such licence in this clinic."""


@needs("clinic.write")
async def list_licences(op: Op, *, provider_id: UUID | None = None) -> list[Licence]:
    """Of one provider or of all, at most 400, those that run out first first. Refuses vault.KeysAway."""
    return [await unsealed(op, one) for one in await op.db.all(Licence, LIST, provider_id=provider_id)]


@needs("clinic.write")
async def get_licence(op: Op, *, licence_id: UUID) -> Licence:
    """Refuses NoSuchLicence, vault.KeysAway."""
    licence = await op.db.one(Licence, GET, licence_id=licence_id)
    if licence is None:
        raise NoSuchLicence()
    return await unsealed(op, licence)


async def unsealed(op: Op, licence: Licence) -> Licence:
    """With its number. Not a door."""
    number = await vault.open_(op, table="licence", column="number_sealed", row=licence.id, sealed=licence.number_sealed)
    return licence._replace(number=number.decode())

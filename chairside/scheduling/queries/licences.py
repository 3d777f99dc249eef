from typing import NamedTuple
from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.scheduling.queries.setup import get_provider, opened_dea
from chairside.scheduling.rows import LICENCE, Licence, Provider

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


class Prescriber(NamedTuple):
    """A provider, with what a pharmacy asks of them: the licences that are good today."""

    provider: Provider
    licences: list[Licence]


@needs("prescribing.read")
async def get_prescriber(op: Op, *, provider_id: UUID) -> Prescriber:
    """As it stands on their prescriptions; the DEA number for themselves and for whoever runs the practice. Refuses
    NoSuchProvider, vault.KeysAway."""
    provider = await get_provider(op, provider_id=provider_id)
    if provider.member_id == op.actor.id or op.may("clinic.write"):
        provider = await opened_dea(op, provider)
    licences = await op.db.all(Licence, LIST, provider_id=provider_id)
    good = [one for one in licences if one.expires_on is None or one.expires_on >= op.today]
    return Prescriber(provider, [await unsealed(op, one) for one in good])


async def unsealed(op: Op, licence: Licence) -> Licence:
    """With its number. Not a door."""
    number = await vault.open_(op, table="licence", column="number_sealed", row=licence.id, sealed=licence.number_sealed)
    return licence._replace(number=number.decode())

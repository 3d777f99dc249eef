from datetime import date
from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.scheduling.rows import HOLIDAY, OPERATORY, OVERRIDE, PROVIDER, Holiday, HoursOverride, Operatory, Provider

GET_PROVIDER = f"select {PROVIDER} from provider where provider.id = %(provider_id)s"
LIST_PROVIDERS = f"""
    select {PROVIDER}
      from provider
     where (lower(provider.name), provider.id) > (lower(%(name)s), %(id)s::uuid)
       and (%(active)s::boolean is null or provider.active = %(active)s)
     order by lower(provider.name), provider.id
     limit %(limit)s
"""
GET_OPERATORY = f"select {OPERATORY} from operatory where operatory.id = %(operatory_id)s"
LIST_OPERATORIES = f"""
    select {OPERATORY}
      from operatory
     where (operatory.position, operatory.id) > (%(position)s, %(id)s::uuid)
       and (%(active)s::boolean is null or operatory.active = %(active)s)
     order by operatory.position, operatory.id
     limit %(limit)s
"""
LIST_OVERRIDES = f"""
    select {OVERRIDE}
      from hours_override
     where hours_override.provider_id = %(provider_id)s
       and hours_override.date between %(first)s and %(last)s
     order by hours_override.date
     limit 400
"""
LIST_HOLIDAYS = f"""
    select {HOLIDAY}
      from holiday
     where holiday.date between %(first)s and %(last)s
     order by holiday.date
     limit 400
"""
START = ("", UUID(int=0))
FIRST_PLACE = (0, UUID(int=0))


class NoSuchProvider(Missing):
    """There is no such provider in this clinic."""


class NoSuchOperatory(Missing):
    """There is no such operatory in this clinic."""


@needs("clinic.read")
async def get_provider(op: Op, *, provider_id: UUID) -> Provider:
    """Refuses NoSuchProvider."""
    provider = await op.db.one(Provider, GET_PROVIDER, provider_id=provider_id)
    if provider is None:
        raise NoSuchProvider()
    return provider


@needs("clinic.read")
async def get_whole_provider(op: Op, *, provider_id: UUID) -> Provider:
    """With the DEA number, for whoever may change it. Refuses NoSuchProvider, vault.KeysAway."""
    provider = await get_provider(op, provider_id=provider_id)
    return await opened_dea(op, provider) if op.may("clinic.write") else provider


async def opened_dea(op: Op, provider: Provider) -> Provider:
    """Not a door."""
    if provider.dea_sealed is None:
        return provider
    dea = await vault.open_(op, table="provider", column="dea_sealed", row=provider.id, sealed=provider.dea_sealed)
    return provider._replace(dea=dea.decode())


@needs("clinic.read")
async def list_providers(
    op: Op, *, active: bool | None = None, after: tuple[str, UUID] = START, limit: int = 200
) -> list[Provider]:
    """By name, beginning after a (name, id)."""
    name, id = after
    return await op.db.all(Provider, LIST_PROVIDERS, active=active, name=name, id=id, limit=limit)


@needs("clinic.read")
async def get_operatory(op: Op, *, operatory_id: UUID) -> Operatory:
    """Refuses NoSuchOperatory."""
    operatory = await op.db.one(Operatory, GET_OPERATORY, operatory_id=operatory_id)
    if operatory is None:
        raise NoSuchOperatory()
    return operatory


@needs("clinic.read")
async def list_operatories(
    op: Op, *, active: bool | None = None, after: tuple[int, UUID] = FIRST_PLACE, limit: int = 200
) -> list[Operatory]:
    """As they stand in the clinic, beginning after a (position, id)."""
    position, id = after
    return await op.db.all(Operatory, LIST_OPERATORIES, active=active, position=position, id=id, limit=limit)


@needs("clinic.read")
async def list_overrides(op: Op, *, provider_id: UUID, first: date = date.min, last: date = date.max) -> list[HoursOverride]:
    """The provider's days that differ, both ends included, at most 400. Refuses NoSuchProvider."""
    await get_provider(op, provider_id=provider_id)
    return await op.db.all(HoursOverride, LIST_OVERRIDES, provider_id=provider_id, first=first, last=last)


@needs("clinic.read")
async def list_holidays(op: Op, *, first: date = date.min, last: date = date.max) -> list[Holiday]:
    """Both ends included, at most 400."""
    return await op.db.all(Holiday, LIST_HOLIDAYS, first=first, last=last)

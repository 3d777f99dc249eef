"""What a clinic offers on its page, for those who run it and for everybody."""

from typing import NamedTuple
from uuid import UUID

from chairside.booking.queries.entering import PAGE, enter_page
from chairside.booking.rows import BookingPage, OfferedProvider, OfferedService, Shopfront
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import NoSuchThing

OFFERED = """
    select service.id, service.name, service.duration_minutes, service.price, service.currency,
           array(select named.provider_id
                   from booking_provider as named
                   join provider on provider.id = named.provider_id
                  where named.service_id = service.id
                    and (provider.active or not %(active)s)
                  order by lower(provider.name), provider.id)
      from booking_service as offered
      join service on service.id = offered.service_id
     where (service.active or not %(active)s)
       and (%(service_id)s::uuid is null or service.id = %(service_id)s)
       and (not %(active)s
            or not exists (select from booking_provider as named where named.service_id = service.id)
            or exists (select
                         from booking_provider as named
                         join provider on provider.id = named.provider_id
                        where named.service_id = service.id
                          and provider.active))
     order by offered.position, service.id
"""
PROVIDERS = """
    select provider.id, provider.name, provider.title
      from provider
     where provider.active
       and not provider.assists
     order by lower(provider.name), provider.id
"""
SHOPFRONT = """
    select clinic.name, clinic.phone, clinic.address, exists (select from operatory where operatory.active) from clinic
"""
USUAL = BookingPage(
    open=False, needs_confirmation=False, asks_birth_date=False, asks_code=False, shows_prices=True, notice_hours=2,
    days_ahead=60, change_hours=24, answer_hours=24, policy_url=None, policy_words=None, embedders=[], version=0,
)  # fmt: skip


class Offered(NamedTuple):
    """What the page shows before anything is chosen."""

    page: BookingPage
    clinic: Shopfront
    services: list[OfferedService]
    providers: list[OfferedProvider]


class PageSettings(NamedTuple):
    page: BookingPage
    services: list[OfferedService]


@needs("clinic.read")
async def get_page(op: Op) -> PageSettings:
    """As the clinic has set it; closed, with nothing offered, until it has. `version` is 0 until then."""
    page = await op.db.one(BookingPage, PAGE)
    return PageSettings(page or USUAL, await op.db.all(OfferedService, OFFERED, active=False, service_id=None))


@open_to_all("what a clinic shows on its booking page it shows to everybody")
async def list_offered(op: Op, *, slug: str) -> Offered:
    """Refuses NoSuchThing, also where a page is closed."""
    page = await enter_page(op, slug)
    shopfront = await get_shopfront(op)
    services = await op.db.all(OfferedService, OFFERED, active=True, service_id=None)
    providers = await op.db.all(OfferedProvider, PROVIDERS)
    named = {id for service in services for id in service.provider_ids}
    anybody = any(not service.provider_ids for service in services)
    return Offered(page, shopfront, services, [one for one in providers if anybody or one.id in named])


@open_to_all("who may show a booking page in a frame is said to every browser")
async def list_embedders(op: Op, *, slug: str) -> list[str]:
    """Origins; none where there is no page."""
    try:
        return (await enter_page(op, slug)).embedders
    except NoSuchThing:
        return []


async def get_shopfront(op: Op) -> Shopfront:
    """Not a door."""
    found = await op.db.one(Shopfront, SHOPFRONT)
    assert found
    return found


async def find_offered(op: Op, service_id: UUID) -> OfferedService | None:
    """Not a door."""
    return await op.db.one(OfferedService, OFFERED, active=True, service_id=service_id)

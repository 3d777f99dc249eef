from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation

from chairside import catalog, scheduling
from chairside.booking.events import BookingPageChanged
from chairside.booking.queries.pages import PageSettings, get_page
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Stale

SET = """
    insert into booking_page (open, needs_confirmation, asks_birth_date, asks_code, shows_prices, notice_hours, days_ahead,
                              change_hours, answer_hours, policy_url, policy_words, embedders)
    values (%(open)s, %(needs_confirmation)s, %(asks_birth_date)s, %(asks_code)s, %(shows_prices)s, %(notice_hours)s,
            %(days_ahead)s, %(change_hours)s, %(answer_hours)s, %(policy_url)s, %(policy_words)s, %(embedders)s::text[])
        on conflict (clinic_id) do update
       set open = excluded.open, needs_confirmation = excluded.needs_confirmation,
           asks_birth_date = excluded.asks_birth_date, asks_code = excluded.asks_code, shows_prices = excluded.shows_prices,
           notice_hours = excluded.notice_hours, days_ahead = excluded.days_ahead, change_hours = excluded.change_hours,
           answer_hours = excluded.answer_hours, policy_url = excluded.policy_url, policy_words = excluded.policy_words,
           embedders = excluded.embedders,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = booking_page.version + 1
     where %(version)s::int is null
        or booking_page.version = %(version)s
    returning booking_page.version
"""
CLEAR = "delete from booking_service where booking_service.service_id <> all(%(services)s::uuid[])"
CLEAR_PROVIDERS = "delete from booking_provider where booking_provider.service_id = any(%(services)s::uuid[])"
OFFER = """
    insert into booking_service (service_id, position)
    select offered.service_id, offered.place
      from unnest(%(services)s::uuid[]) with ordinality as offered (service_id, place)
        on conflict (clinic_id, service_id) do update set position = excluded.position
"""
NAME = """
    insert into booking_provider (service_id, provider_id)
    select named.service_id, named.provider_id
      from unnest(%(services)s::uuid[], %(providers)s::uuid[]) as named (service_id, provider_id)
        on conflict do nothing
"""


class BookingPageIsStale(Stale):
    """Somebody changed the booking page while you were editing."""


@needs("clinic.write")
async def set_page(op: Op, *, page: dict[str, Any], services: dict[UUID, list[UUID]], version: int | None = None) -> PageSettings:
    """All of it: the settings, and of every service offered with whom (nobody named: anybody), in the order of the page.
    Refuses BookingPageIsStale, NoSuchService, NoSuchProvider."""
    if await op.db.value(SET, **page, version=version) is None:
        raise BookingPageIsStale(version=(await get_page(op)).page.version)
    named = [(service, provider) for service, providers in services.items() for provider in providers]
    try:
        await op.db.run(CLEAR, services=array(services))
        await op.db.run(CLEAR_PROVIDERS, services=array(services))
        await op.db.run(OFFER, services=array(services))
        await op.db.run(NAME, services=array(s for s, _ in named), providers=array(p for _, p in named))
    except ForeignKeyViolation as error:
        of_provider = error.diag.constraint_name == "booking_provider_is_known"
        raise (scheduling.NoSuchProvider() if of_provider else catalog.NoSuchService()) from error
    await op.emit(BookingPageChanged())
    return await get_page(op)

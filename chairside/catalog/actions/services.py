from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.catalog.events import ServiceAdded, ServiceChanged
from chairside.catalog.queries.services import get_service
from chairside.catalog.rows.services import SERVICE, Service
from chairside.catalog.rules import codes
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed

# The first of the codes that is free; when none is, the constraint says so.
ADD = f"""
    insert into service (code, name, duration_minutes, price, currency, buffer_before_minutes, buffer_after_minutes, active)
    select coalesce(
               (select wanted.code
                  from unnest(%(codes)s::text[]) with ordinality as wanted (code, place)
                 where not exists (select 1 from service where lower(service.code) = lower(wanted.code))
                 order by wanted.place
                 limit 1),
               (%(codes)s::text[])[1]),
           %(name)s, %(duration_minutes)s, %(price)s, %(currency)s, %(buffer_before_minutes)s, %(buffer_after_minutes)s,
           %(active)s
    returning {SERVICE}
"""
CHANGE = f"""
    update service
       set code = %(code)s, name = %(name)s, duration_minutes = %(duration_minutes)s, price = %(price)s,
           buffer_before_minutes = %(buffer_before_minutes)s, buffer_after_minutes = %(buffer_after_minutes)s,
           active = %(active)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = service.version + 1
     where service.id = %(service_id)s
       and service.version = %(version)s
    returning {SERVICE}
"""
CHANGEABLE = ("code", "name", "duration_minutes", "price", "buffer_before_minutes", "buffer_after_minutes", "active")


class CodeTaken(Conflict):
    """Another service already has this code."""


class ServiceIsStale(Stale):
    """Somebody changed this service while you were editing."""


@needs("clinic.write")
async def add_service(
    op: Op, *, name: str, duration_minutes: int, price: Money, code: str | None = None, buffer_before_minutes: int = 0,
    buffer_after_minutes: int = 0, active: bool = True,
) -> Service:  # fmt: skip
    """Without a code, one made of the name. The price is in minor units of the clinic's currency, refused in another.
    Refuses CodeTaken."""
    _check_currency(op, price)
    with _promises(code):
        service = await op.db.one(
            Service, ADD, codes=[code] if code else codes.codes_for(name), name=name, duration_minutes=duration_minutes,
            price=price.amount, currency=price.currency, buffer_before_minutes=buffer_before_minutes,
            buffer_after_minutes=buffer_after_minutes, active=active,
        )  # fmt: skip
    assert service
    await op.emit(ServiceAdded(service.id))
    return service


@needs("clinic.write")
async def change_service(op: Op, *, service_id: UUID, version: int, changes: dict[str, Any]) -> Service:
    """Change the named fields, among CHANGEABLE; `price` is Money. What was booked and charged before stays as it was.
    Refuses NoSuchService, ServiceIsStale, CodeTaken."""
    service = await get_service(op, service_id=service_id)
    values = {field: changes.get(field, getattr(service, field)) for field in CHANGEABLE}
    if isinstance(price := values["price"], Money):
        _check_currency(op, price)
        values["price"] = price.amount
    with _promises(values["code"]):
        changed = await op.db.one(Service, CHANGE, service_id=service_id, version=version, **values)
    if changed is None:
        raise ServiceIsStale(version=service.version)
    await op.emit(ServiceChanged(service_id))
    return changed


def _check_currency(op: Op, price: Money) -> None:
    if price.currency != op.clinic.currency:
        raise malformed("/price/currency", "wrong_currency", f"This clinic's prices are in {op.clinic.currency}.")


@contextmanager
def _promises(code: str | None) -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise CodeTaken(**{"code": code} if code else {}) from error

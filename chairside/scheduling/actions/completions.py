from typing import Any, NamedTuple
from uuid import UUID

from chairside import catalog
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.kernel.refusals import FieldError, Malformed
from chairside.scheduling.actions.holding import hold
from chairside.scheduling.actions.steps import take
from chairside.scheduling.events import VisitCompleted
from chairside.scheduling.rows import Appointment, ListedService

LISTED = """
    select service.id, service.name, service.price, service.currency
      from service
     where service.id = any(%(services)s)
"""
ADD_ITEMS = """
    insert into completed_item (appointment_id, step_id, patient_id, provider_id, position, service_id, description, quantity,
                                unit_price, list_price, currency, price_reason)
    select %(appointment_id)s, %(step_id)s, %(patient_id)s, %(provider_id)s, item.place, item.service_id, item.description,
           item.quantity, item.unit_price, item.list_price, %(currency)s, item.price_reason
      from unnest(%(services)s::uuid[], %(descriptions)s::text[], %(quantities)s::int[], %(unit_prices)s::bigint[],
                  %(list_prices)s::bigint[], %(price_reasons)s::text[])
           with ordinality as item (service_id, description, quantity, unit_price, list_price, price_reason, place)
"""


class Done(NamedTuple):
    """What was done. Without a price, the list price; another one (in minor units, for one) needs a reason."""

    service_id: UUID
    quantity: int = 1
    price: Money | None = None
    price_reason: str | None = None


@needs("scheduling.book", "scheduling.book_own")
async def complete(op: Op, *, appointment_id: UUID, items: list[Done], version: int | None = None) -> Appointment:
    """The visit is over, and this was done; whatever charges it does so in the same transaction.
    Refuses NoSuchAppointment, AppointmentIsStale, NotOwnSchedule, StepNotPossible, NoSuchService; a price in another
    currency, and one that was changed without a reason."""
    held = await hold(op, appointment_id, version=version)
    listed = {service.id: service for service in await _listed(op, items)}
    if any(item.service_id not in listed for item in items):
        raise catalog.NoSuchService()
    if errors := _check_prices(items, listed, op.clinic.currency):
        raise Malformed(errors=tuple(errors))
    step_id, appointment = await take(op, held, "completion", None)
    if items:
        await op.db.run(
            ADD_ITEMS, appointment_id=held.id, step_id=step_id, patient_id=held.patient_id, provider_id=held.provider_id,
            currency=op.clinic.currency, **_spread(items, listed),
        )  # fmt: skip
    await op.emit(VisitCompleted(held.id, held.patient_id))
    return appointment


async def _listed(op: Op, items: list[Done]) -> list[ListedService]:
    return await op.db.all(ListedService, LISTED, services=[item.service_id for item in items]) if items else []


def _check_prices(items: list[Done], listed: dict[UUID, ListedService], currency: str) -> list[FieldError]:
    errors: list[FieldError] = []
    for index, item in enumerate(items):
        if item.price is None:
            continue
        if item.price.currency != currency:
            errors.append((f"/items/{index}/price/currency", "wrong_currency", f"This clinic's prices are in {currency}."))
        elif item.price.amount != listed[item.service_id].price and not item.price_reason:
            sentence = "Say why the price differs from the list."
            errors.append((f"/items/{index}/price_reason", "required", sentence))
    return errors


def _spread(items: list[Done], listed: dict[UUID, ListedService]) -> dict[str, list[Any]]:
    return {
        "services": [item.service_id for item in items],
        "descriptions": [listed[item.service_id].name for item in items],
        "quantities": [item.quantity for item in items],
        "unit_prices": [item.price.amount if item.price else listed[item.service_id].price for item in items],
        "list_prices": [listed[item.service_id].price for item in items],
        "price_reasons": [item.price_reason for item in items],
    }

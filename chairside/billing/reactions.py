"""What was done on a visit is charged in the same commit, and taken back with it."""

from chairside import billing, scheduling
from chairside.kernel.events import on
from chairside.kernel.op import Op


@on(scheduling.VisitCompleted)
async def charge_what_was_done(op: Op, event: scheduling.VisitCompleted) -> None:
    done = await scheduling.list_completed_items(op, appointment_id=event.appointment_id)
    items = [
        billing.NewCharge(
            patient_id=item.patient_id,
            service_id=item.service_id,
            provider_id=item.provider_id,
            completed_item_id=item.id,
            description=item.description,
            quantity=item.quantity,
            unit_price=item.unit_price,
            list_price=item.list_price,
            price_reason=item.price_reason,
        )
        for item in done
    ]
    await billing.charge_visit(op, appointment_id=event.appointment_id, items=items)


@on(scheduling.CompletionUndone)
async def take_the_charges_back(op: Op, event: scheduling.CompletionUndone) -> None:
    await billing.reverse_visit(op, appointment_id=event.appointment_id, reason="the completion was undone")

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import billing
from chairside.billing.schemas.ledger import ChargePage, ChargeView, EntryView, LedgerView, NewAdjustment, NewCharge
from chairside.billing.schemas.shapes import Reason, money
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion

router = APIRouter(prefix="/api/v1/clinics/{clinic}/patients/{patient_id}/ledger", tags=["billing"], route_class=Route)
KEYED = {"x-idempotency": "required"}
Cursor = Annotated[str, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("", response_model=LedgerView)
async def get_ledger(op: InOp, patient_id: UUID, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """The newest first. What moved nothing for this patient is not listed."""
    before = billing.LATEST
    if cursor:
        day, id = pages.unseal(cursor, date.fromisoformat, UUID)
        before = (day, id)
    standing = await billing.get_standing(op, patient_id=patient_id)
    entries = await billing.list_entries(op, patient_id=patient_id, before=before, limit=limit)
    last = entries[-1] if len(entries) == limit else None
    next_cursor = pages.seal(last.on_day, last.id) if last else None
    return LedgerView.of(standing, entries, currency=op.clinic.currency, next_cursor=next_cursor)


@router.get("/charges", response_model=ChargePage)
async def list_open_charges(op: InOp, patient_id: UUID, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """What is on no invoice yet, the oldest first."""
    after = pages.unseal(cursor, UUID)[0] if cursor else billing.FIRST
    charges = await billing.list_open_charges(op, patient_id=patient_id, after=after, limit=limit)
    last = charges[-1] if len(charges) == limit else None
    return {"items": [ChargeView.of(charge) for charge in charges], "next_cursor": pages.seal(last.id) if last else None}


@router.post("/charges", status_code=201, response_model=ChargeView, openapi_extra=KEYED)
async def add_charge(op: InOp, patient_id: UUID, new: NewCharge) -> Any:
    words = new.model_dump(exclude={"price"})
    price = money(new.price) if new.price else None
    return ChargeView.of(await billing.charge(op, patient_id=patient_id, **words, price=price))


@router.post("/charges/{charge_id}/reversal", response_model=ChargeView, openapi_extra=KEYED)
async def reverse_charge(op: InOp, patient_id: UUID, charge_id: UUID, version: SeenVersion, why: Reason) -> Any:
    """Takes a mistaken charge back while it is on no invoice."""
    reversed_ = await billing.reverse_charge(op, patient_id=patient_id, charge_id=charge_id, reason=why.reason, version=version)
    return ChargeView.of(reversed_)


@router.post("/adjustments", status_code=201, response_model=EntryView, openapi_extra=KEYED)
async def add_adjustment(op: InOp, patient_id: UUID, new: NewAdjustment) -> Any:
    entry = await billing.adjust(op, patient_id=patient_id, amount=money(new.amount), reason=new.reason, kind=new.kind)
    return EntryView.of(entry)

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from chairside import billing
from chairside.billing.schemas.closes import (
    DayClosePage,
    DayCloseView,
    DrawerSettings,
    DrawerSettingsView,
    DrawerView,
    NewDayClose,
    WholeDayCloseView,
)
from chairside.billing.schemas.shapes import Reason, money
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion
from chairside.kernel.op import Op

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["billing"], route_class=Route)
KEYED = {"x-idempotency": "required"}


@router.get("/drawer", response_model=DrawerView)
async def get_drawer(op: InOp, date: date | None = None, begins_on: date | None = None) -> Any:
    """What there is to count at the end of a day, today's when none is named."""
    return DrawerView.of(await billing.get_drawer(op, day=date, begins_on=begins_on), op.clinic.currency)


@router.put("/drawer", response_model=DrawerSettingsView)
async def set_drawer(op: InOp, version: SeenVersion, new: DrawerSettings) -> Any:
    """What stays in the drawer overnight, and the account that deposits go to."""
    drawer = await billing.set_cash_drawer(op, kept=money(new.float), bank_account=new.bank_account, version=version)
    return DrawerSettingsView.of(drawer, op.clinic.currency)


@router.post("/day-closes", status_code=201, response_model=WholeDayCloseView, openapi_extra=KEYED)
async def close_day(op: InOp, new: NewDayClose) -> Any:
    close_id = await billing.close_day(
        op, day=new.date, begins_on=new.begins_on, follows_id=new.follows_id, through=new.through, seen=new.seen(),
        cash=money(new.cash) if new.cash else None, notes=new.cash_count, checks=frozenset(new.checks), card=money(new.card),
        kept=money(new.kept) if new.kept else None, note=new.note,
    )  # fmt: skip
    return await _view(op, close_id)


@router.get("/day-closes", response_model=DayClosePage)
async def list_day_closes(
    op: InOp,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The newest first, those that were reopened too."""
    before = pages.unseal(cursor, UUID)[0] if cursor else billing.NEWEST
    closes = await billing.list_day_closes(op, before=before, limit=limit)
    last = closes[-1] if len(closes) == limit else None
    return {"items": [DayCloseView.of(close) for close in closes], "next_cursor": pages.seal(last.id) if last else None}


@router.get("/day-closes/{close_id}", response_model=WholeDayCloseView)
async def get_day_close(op: InOp, close_id: UUID) -> Any:
    return await _view(op, close_id)


@router.post("/day-closes/{close_id}/reversal", response_model=WholeDayCloseView, openapi_extra=KEYED)
async def reverse_day_close(op: InOp, close_id: UUID, why: Reason) -> Any:
    """Reopens the last close: what it covered is to be counted again."""
    await billing.reverse_day_close(op, close_id=close_id, reason=why.reason)
    return await _view(op, close_id)


@router.get("/day-closes/{close_id}/deposit-slip", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def draw_deposit_slip(op: InOp, close_id: UUID) -> Response:
    paper = await billing.draw_deposit_slip(op, close_id=close_id)
    headers = {"content-disposition": f'inline; filename="{paper.name}"'}
    return Response(paper.pdf, media_type="application/pdf", headers=headers)


async def _view(op: Op, close_id: UUID) -> Any:
    return WholeDayCloseView.of(await billing.get_day_close(op, close_id=close_id))

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import scheduling
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.kernel.op import Op
from chairside.scheduling.schemas.setup import (
    ChosenHolidays,
    Day,
    Holidays,
    HolidaySuggestions,
    HolidayView,
    HoursView,
    NewHoliday,
    NewHours,
    NewOperatory,
    NewOverride,
    NewProvider,
    NewProviderHours,
    OperatoryPage,
    OperatoryPatch,
    OperatoryView,
    Overrides,
    OverrideView,
    ProviderPage,
    ProviderPatch,
    WholeProviderView,
)

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["scheduling"], route_class=Route)
Cursor = Annotated[str, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=200)]
Year = Annotated[int, Query(ge=2000, le=2099)]
Country = Annotated[str | None, Query(pattern="^[A-Z]{2}$")]
From = Annotated[Day | None, Query(alias="from")]


@router.post("/providers", status_code=201, response_model=WholeProviderView)
async def add_provider(op: InOp, new: NewProvider) -> Any:
    return await scheduling.add_provider(op, **new.model_dump())


@router.get("/providers", response_model=ProviderPage)
async def list_providers(op: InOp, active: bool | None = None, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """By name."""
    after = pages.unseal(cursor, str, UUID) if cursor else scheduling.START
    items = await scheduling.list_providers(op, active=active, after=after, limit=limit)
    last = items[-1] if len(items) == limit else None
    return {"items": items, "next_cursor": pages.seal(last.name, last.id) if last else None}


@router.get("/providers/{provider_id}", response_model=WholeProviderView)
async def get_provider(op: InOp, provider_id: UUID) -> Any:
    return await scheduling.get_whole_provider(op, provider_id=provider_id)


@router.patch("/providers/{provider_id}", response_model=WholeProviderView)
async def change_provider(op: InOp, provider_id: UUID, version: Version, patch: ProviderPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    return await scheduling.change_provider(op, provider_id=provider_id, version=version, changes=changes)


@router.post("/operatories", status_code=201, response_model=OperatoryView)
async def add_operatory(op: InOp, new: NewOperatory) -> Any:
    return await scheduling.add_operatory(op, **new.model_dump())


@router.get("/operatories", response_model=OperatoryPage)
async def list_operatories(op: InOp, active: bool | None = None, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """As they stand in the clinic."""
    after = pages.unseal(cursor, int, UUID) if cursor else scheduling.FIRST_PLACE
    items = await scheduling.list_operatories(op, active=active, after=after, limit=limit)
    last = items[-1] if len(items) == limit else None
    return {"items": items, "next_cursor": pages.seal(last.position, last.id) if last else None}


@router.get("/operatories/{operatory_id}", response_model=OperatoryView)
async def get_operatory(op: InOp, operatory_id: UUID) -> Any:
    return await scheduling.get_operatory(op, operatory_id=operatory_id)


@router.patch("/operatories/{operatory_id}", response_model=OperatoryView)
async def change_operatory(op: InOp, operatory_id: UUID, version: Version, patch: OperatoryPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    return await scheduling.change_operatory(op, operatory_id=operatory_id, version=version, changes=changes)


@router.get("/hours", response_model=HoursView)
async def get_hours(op: InOp) -> Any:
    """When the clinic is usually open."""
    return _shown(op, await scheduling.get_hours(op))


@router.put("/hours", response_model=HoursView)
async def set_hours(op: InOp, version: SeenVersion, new: NewHours) -> Any:
    return _shown(op, await scheduling.set_hours(op, weekly=new.weekly, version=version))


@router.get("/providers/{provider_id}/hours", response_model=HoursView)
async def get_provider_hours(op: InOp, provider_id: UUID) -> Any:
    """When the provider usually works: as the clinic does, unless they keep other hours."""
    provider = await scheduling.get_provider(op, provider_id=provider_id)
    return _shown(op, await scheduling.get_provider_hours(op, provider_id=provider_id), provider.timezone)


@router.put("/providers/{provider_id}/hours", response_model=HoursView)
async def set_provider_hours(op: InOp, provider_id: UUID, version: SeenVersion, new: NewProviderHours) -> Any:
    provider = await scheduling.get_provider(op, provider_id=provider_id)
    found = await scheduling.set_provider_hours(op, provider_id=provider_id, weekly=new.weekly, version=version)
    return _shown(op, found, provider.timezone)


@router.post("/providers/{provider_id}/overrides", status_code=201, response_model=OverrideView)
async def add_override(op: InOp, provider_id: UUID, new: NewOverride) -> Any:
    """Another day than usual: its blocks replace the whole local day, none of them is a day off."""
    return await scheduling.add_override(op, provider_id=provider_id, **new.model_dump())


@router.get("/providers/{provider_id}/overrides", response_model=Overrides)
async def list_overrides(op: InOp, provider_id: UUID, from_: From = None, to: Day | None = None) -> Any:
    """Both ends included."""
    return {"items": await scheduling.list_overrides(op, provider_id=provider_id, **_between(from_, to))}


@router.delete("/providers/{provider_id}/overrides/{override_id}", status_code=204)
async def remove_override(op: InOp, provider_id: UUID, override_id: UUID) -> None:
    await scheduling.remove_override(op, provider_id=provider_id, override_id=override_id)


@router.post("/holidays", status_code=201, response_model=HolidayView)
async def add_holiday(op: InOp, new: NewHoliday) -> Any:
    """Nobody works, except who has other hours that day."""
    return await scheduling.add_holiday(op, **new.model_dump())


@router.get("/holiday-suggestions", response_model=HolidaySuggestions)
async def suggest_holidays(
    op: InOp, year: Year, country: Country = None, region: Annotated[str | None, Query(max_length=60)] = None
) -> Any:
    """The public holidays of a year in the clinic's country, or another one: days to choose from. `region`: a part of
    it; empty for none."""
    found = await scheduling.suggest_holidays(op, year=year, country=country, region=region)
    items = [day._asdict() | {"closed": day.date in found.closed} for day in found.days]
    regions = [one._asdict() for one in found.regions]
    return found._asdict() | {"items": items, "regions": regions}


@router.post("/holiday-choices", status_code=201, response_model=Holidays)
async def add_holidays(op: InOp, chosen: ChosenHolidays) -> Any:
    """Several at once; the answer names those that were none before."""
    return {"items": await scheduling.add_holidays(op, days=[(one.date, one.name) for one in chosen.holidays])}


@router.get("/holidays", response_model=Holidays)
async def list_holidays(op: InOp, from_: From = None, to: Day | None = None) -> Any:
    """Both ends included."""
    return {"items": await scheduling.list_holidays(op, **_between(from_, to))}


@router.delete("/holidays/{holiday_id}", status_code=204)
async def remove_holiday(op: InOp, holiday_id: UUID) -> None:
    await scheduling.remove_holiday(op, holiday_id=holiday_id)


def _shown(op: Op, found: scheduling.Hours, timezone: str | None = None) -> dict[str, Any]:
    return found._asdict() | {"timezone": timezone or op.clinic.timezone}


def _between(first: Day | None, last: Day | None) -> dict[str, Any]:
    return {name: day for name, day in (("first", first), ("last", last)) if day}

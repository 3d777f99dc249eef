from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query

from chairside import history
from chairside.history.schemas import (
    HistoryDifference,
    HistoryEnd,
    HistoryEntryPatch,
    HistoryEntryView,
    HistoryStrike,
    HistoryVersionLine,
    HistoryVersions,
    HistoryVersionView,
    HistoryView,
    Kind,
    NewHistoryEntry,
    PatientAlerts,
)
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version

router = APIRouter(prefix="/api/v1/clinics/{clinic}/patients/{patient_id}", tags=["history"], route_class=Route)
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/alerts", response_model=PatientAlerts)
async def get_alerts(op: InOp, patient_id: UUID) -> Any:
    """Allergies, the worst first, blood thinners, premedication, a pregnancy; and whether the history is due for a review."""
    return PatientAlerts.of(op, await history.get(op, patient_id=patient_id))


@router.get("/medical-history", response_model=HistoryView)
async def get_medical_history(op: InOp, patient_id: UUID) -> Any:
    """Everything that was ever recorded, also what is over or struck through."""
    return HistoryView.of(op, await history.get(op, patient_id=patient_id))


@router.post("/medical-history/entries", status_code=201, response_model=HistoryEntryView)
async def add_history_entry(op: InOp, patient_id: UUID, new: NewHistoryEntry) -> Any:
    facts = new.model_dump(exclude={"kind"})
    return HistoryEntryView.of(op, await history.add_entry(op, patient_id=patient_id, kind=new.kind, facts=facts))


@router.patch("/medical-history/entries/{entry_id}", response_model=HistoryEntryView)
async def change_history_entry(op: InOp, patient_id: UUID, entry_id: UUID, version: Version, patch: HistoryEntryPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    entry = await history.change_entry(op, patient_id=patient_id, entry_id=entry_id, version=version, changes=changes)
    return HistoryEntryView.of(op, entry)


@router.post("/medical-history/entries/{entry_id}/end", status_code=201, response_model=HistoryEntryView)
async def end_history_entry(op: InOp, patient_id: UUID, entry_id: UUID, version: SeenVersion, end: HistoryEnd) -> Any:
    """It is over, and stays on record."""
    return HistoryEntryView.of(
        op,
        await history.end_entry(
            op, patient_id=patient_id, entry_id=entry_id, until=end.until, reason=end.reason, version=version
        ),
    )


@router.delete("/medical-history/entries/{entry_id}/end", response_model=HistoryEntryView)
async def resume_history_entry(op: InOp, patient_id: UUID, entry_id: UUID, version: SeenVersion) -> Any:
    return HistoryEntryView.of(op, await history.resume_entry(op, patient_id=patient_id, entry_id=entry_id, version=version))


@router.post("/medical-history/entries/{entry_id}/strike", status_code=201, response_model=HistoryEntryView)
async def strike_history_entry(op: InOp, patient_id: UUID, entry_id: UUID, version: SeenVersion, strike: HistoryStrike) -> Any:
    """It should never have stood here: it stays, struck through, and is of no effect."""
    entry = await history.strike_entry(op, patient_id=patient_id, entry_id=entry_id, reason=strike.reason, version=version)
    return HistoryEntryView.of(op, entry)


@router.delete("/medical-history/entries/{entry_id}/strike", response_model=HistoryEntryView)
async def restore_history_entry(op: InOp, patient_id: UUID, entry_id: UUID, version: SeenVersion) -> Any:
    return HistoryEntryView.of(op, await history.restore_entry(op, patient_id=patient_id, entry_id=entry_id, version=version))


@router.put("/medical-history/none/{kind}", response_model=HistoryView)
async def say_none(op: InOp, patient_id: UUID, kind: Kind, version: SeenVersion) -> Any:
    """The patient was asked, and there is none."""
    return HistoryView.of(op, await history.say_none(op, patient_id=patient_id, kind=kind, version=version))


@router.delete("/medical-history/none/{kind}", response_model=HistoryView)
async def ask_again(op: InOp, patient_id: UUID, kind: Kind, version: SeenVersion) -> Any:
    """As if nobody had asked."""
    return HistoryView.of(op, await history.ask_again(op, patient_id=patient_id, kind=kind, version=version))


@router.post("/medical-history/reviews", status_code=201, response_model=HistoryView)
async def review_medical_history(op: InOp, patient_id: UUID, version: SeenVersion) -> Any:
    """Looked through with the patient, at the version that was seen."""
    return HistoryView.of(op, await history.review(op, patient_id=patient_id, version=version))


@router.get("/medical-history/versions", response_model=HistoryVersions)
async def list_history_versions(
    op: InOp,
    patient_id: UUID,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The latest first."""
    before = pages.unseal(cursor, int)[0] if cursor else history.LATEST
    items = await history.list_versions(op, patient_id=patient_id, before=before, limit=limit)
    last = items[-1] if len(items) == limit else None
    return {"items": [HistoryVersionLine.of(one) for one in items], "next_cursor": pages.seal(last.number) if last else None}


@router.get("/medical-history/versions/{number}", response_model=HistoryVersionView)
async def get_history_version(op: InOp, patient_id: UUID, number: Number) -> Any:
    return HistoryVersionView.of(await history.get_version(op, patient_id=patient_id, number=number))


@router.get("/medical-history/versions/{number}/difference", response_model=HistoryDifference)
async def compare_history_versions(
    op: InOp, patient_id: UUID, number: Number, since: Annotated[int, Query(ge=1, le=2**31 - 1)]
) -> Any:
    """What became of the history from version `since` to this one."""
    return HistoryDifference.of(await history.compare(op, patient_id=patient_id, before=since, after=number))

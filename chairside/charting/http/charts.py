from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import charting
from chairside.charting.rules.teeth import check_tooth
from chairside.charting.schemas.charts import (
    Correction,
    FindingView,
    Fulfilment,
    NewFinding,
    NewStage,
    RecordedView,
    Strike,
    ToothChart,
)
from chairside.kernel.http import InOp, Route, SeenVersion
from chairside.kernel.http.shapes import NewInstant

router = APIRouter(prefix="/api/v1/clinics/{clinic}/patients/{patient_id}/tooth-chart", tags=["charting"], route_class=Route)


@router.get("", response_model=ToothChart)
async def get_tooth_chart(op: InOp, patient_id: UUID, at: Annotated[NewInstant | None, Query()] = None) -> Any:
    """`at`: as the record stood at that instant."""
    return ToothChart.of(await charting.get_chart(op, patient_id=patient_id, at=at), op.today)


@router.put("/stage", response_model=ToothChart)
async def set_stage(op: InOp, patient_id: UUID, new: NewStage) -> Any:
    """Which teeth are expected: of the age, or as somebody says."""
    await charting.set_stage(op, patient_id=patient_id, stage=new.stage)
    return ToothChart.of(await charting.get_chart(op, patient_id=patient_id), op.today)


@router.post("/findings", status_code=201, response_model=RecordedView)
async def record_findings(op: InOp, patient_id: UUID, new: NewFinding) -> Any:
    return RecordedView.of(*await charting.record(op, patient_id=patient_id, new=_new(new)))


@router.post("/findings/{finding_id}/strike", status_code=201, response_model=FindingView)
async def strike_finding(op: InOp, patient_id: UUID, finding_id: UUID, version: SeenVersion, strike: Strike) -> Any:
    """It was wrong; it stays to be read, struck through."""
    return await charting.strike(op, patient_id=patient_id, finding_id=finding_id, reason=strike.reason, version=version)


@router.delete("/findings/{finding_id}/strike", response_model=FindingView)
async def restore_finding(op: InOp, patient_id: UUID, finding_id: UUID, version: SeenVersion) -> Any:
    return await charting.restore(op, patient_id=patient_id, finding_id=finding_id, version=version)


@router.post("/findings/{finding_id}/correction", status_code=201, response_model=RecordedView)
async def correct_finding(op: InOp, patient_id: UUID, finding_id: UUID, version: SeenVersion, correction: Correction) -> Any:
    """Struck through, and written anew, in one act."""
    corrected = await charting.correct(
        op, patient_id=patient_id, finding_id=finding_id, reason=correction.reason, new=_new(correction), version=version
    )
    return RecordedView.of(*corrected)


@router.post("/findings/{finding_id}/completion", status_code=201, response_model=RecordedView)
async def fulfil_finding(op: InOp, patient_id: UUID, finding_id: UUID, version: SeenVersion, done: Fulfilment) -> Any:
    """What was planned is done; the plan stays beside it."""
    fulfilled = await charting.fulfil(
        op, patient_id=patient_id, finding_id=finding_id, done_on=done.done_on, note=done.note, provider_id=done.provider_id,
        version=version,
    )  # fmt: skip
    return RecordedView.of(*fulfilled)


def _new(body: NewFinding) -> charting.New:
    return charting.New(
        teeth=[check_tooth(id) for id in body.teeth], condition=body.condition, layer=body.layer, surfaces=body.surfaces,
        material=body.material, detail=body.detail, pontics=body.pontics, note=body.note or None, noted_on=body.noted_on,
        provider_id=body.provider_id, plan=(body.plan.condition, body.plan.material) if body.plan else None,
        even_if_absent=body.even_if_absent,
    )  # fmt: skip

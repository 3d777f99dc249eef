from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import charting
from chairside.charting.schemas.perio import (
    NewPerioExam,
    PerioCells,
    PerioComparison,
    PerioExams,
    PerioHead,
    PerioRecord,
    PerioStrike,
    StagingAsked,
    StagingSuggestion,
)
from chairside.kernel.http import InOp, Route, SeenVersion, Version

router = APIRouter(prefix="/api/v1/clinics/{clinic}/patients/{patient_id}/perio-exams", tags=["charting"], route_class=Route)


@router.get("", response_model=PerioExams)
async def list_perio_exams(op: InOp, patient_id: UUID) -> Any:
    """The newest first, with their indices."""
    return PerioExams(items=[PerioHead.of(exam) for exam in await charting.list_exams(op, patient_id=patient_id)])


@router.post("", status_code=201, response_model=PerioRecord)
async def begin_perio_exam(op: InOp, patient_id: UUID, new: NewPerioExam) -> Any:
    """One at a time: while one is open, `PerioExamIsOpen` names it."""
    made = await charting.begin_exam(op, patient_id=patient_id, said=new.said(), skip_absent=new.skip_missing)
    return PerioRecord.probed(await charting.get_exam(op, patient_id=patient_id, exam_id=made))


@router.get("/comparison", response_model=PerioComparison)
async def compare_perio_exams(op: InOp, patient_id: UUID, exam: Annotated[list[UUID], Query(min_length=1, max_length=6)]) -> Any:
    """Up to six exams side by side, the first first."""
    return PerioComparison.of(await charting.compare_exams(op, patient_id=patient_id, exam_ids=exam))


@router.get("/{exam_id}", response_model=PerioRecord)
async def get_perio_exam(op: InOp, patient_id: UUID, exam_id: UUID) -> Any:
    """With the signed exam before it, and what changed since."""
    return PerioRecord.probed(await charting.get_exam(op, patient_id=patient_id, exam_id=exam_id))


@router.get("/{exam_id}/staging", response_model=StagingSuggestion)
async def suggest_stage(op: InOp, patient_id: UUID, exam_id: UUID, asked: Annotated[StagingAsked, Query()]) -> Any:
    """An aid by the classification of 2017, never a diagnosis; nothing of it is kept."""
    probed = await charting.get_exam(op, patient_id=patient_id, exam_id=exam_id)
    return StagingSuggestion.of(probed.exam, asked)


@router.patch("/{exam_id}", response_model=PerioHead)
async def measure_perio_exam(op: InOp, patient_id: UUID, exam_id: UUID, version: Version, cells: PerioCells) -> Any:
    """Sites and teeth that are named, however many."""
    return PerioHead.made(
        await charting.measure(op, patient_id=patient_id, exam_id=exam_id, version=version, said=cells.said())
    )  # fmt: skip


@router.post("/{exam_id}/signature", status_code=201, response_model=PerioHead)
async def sign_perio_exam(op: InOp, patient_id: UUID, exam_id: UUID, version: SeenVersion) -> Any:
    """Nothing of it changes from now on."""
    return PerioHead.made(await charting.sign_exam(op, patient_id=patient_id, exam_id=exam_id, version=version))


@router.post("/{exam_id}/strike", status_code=201, response_model=PerioHead)
async def strike_perio_exam(op: InOp, patient_id: UUID, exam_id: UUID, version: SeenVersion, strike: PerioStrike) -> Any:
    """An open exam is discarded; it stays to be read."""
    return PerioHead.made(
        await charting.strike_exam(op, patient_id=patient_id, exam_id=exam_id, reason=strike.reason, version=version)
    )  # fmt: skip


@router.delete("/{exam_id}/strike", response_model=PerioHead)
async def restore_perio_exam(op: InOp, patient_id: UUID, exam_id: UUID, version: SeenVersion) -> Any:
    return PerioHead.made(await charting.restore_exam(op, patient_id=patient_id, exam_id=exam_id, version=version))

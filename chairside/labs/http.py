from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from chairside import labs
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.labs.schemas import (
    LabCasePatch,
    LabCases,
    LabCaseView,
    Laboratories,
    LaboratoryPatch,
    LaboratoryView,
    NewLabCase,
    NewLaboratory,
    NewLabStep,
    Status,
)

of_patient = APIRouter(prefix="/api/v1/clinics/{clinic}/patients/{patient_id}/lab-cases", tags=["labs"], route_class=Route)
of_clinic = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["labs"], route_class=Route)
Limit = Annotated[int, Query(ge=1, le=200)]


@of_clinic.get("/labs", response_model=Laboratories)
async def list_laboratories(op: InOp) -> Any:
    """Those that work for the clinic, then those that did."""
    return {"items": await labs.list_laboratories(op)}


@of_clinic.post("/labs", status_code=201, response_model=LaboratoryView)
async def add_laboratory(op: InOp, new: NewLaboratory) -> Any:
    return await labs.add_laboratory(op, **new.model_dump())


@of_clinic.patch("/labs/{laboratory_id}", response_model=LaboratoryView)
async def change_laboratory(op: InOp, laboratory_id: UUID, version: Version, patch: LaboratoryPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    return await labs.change_laboratory(op, laboratory_id=laboratory_id, version=version, changes=changes)


@of_clinic.get("/lab-cases", response_model=LabCases)
async def list_lab_cases(
    op: InOp, which: Literal["away", "overdue", "all"] = "away", status: Status | None = None, laboratory_id: UUID | None = None,
    appointment_id: UUID | None = None, cursor: Annotated[str, Query(max_length=2000)] = "", limit: Limit = 100,
) -> Any:  # fmt: skip
    """By the day on which they are due: those that are not back, or of them those `overdue`,
    or all; of one `status`. Of one visit,
    all that must be back for it."""
    if appointment_id:
        found = await labs.list_of_visit(op, appointment_id=appointment_id)
        return {"items": [LabCaseView.of(op, one) for one in found]}
    statuses = (status,) if status else labs.STATUSES if which == "all" else labs.AWAY
    after = pages.unseal(cursor, date.fromisoformat, UUID) if cursor else labs.FIRST
    found = await labs.list_cases(
        op, statuses=statuses, laboratory_id=laboratory_id, overdue=which == "overdue", after=(after[0], after[1]), limit=limit
    )
    last = found[-1] if len(found) == limit else None
    return {
        "items": [LabCaseView.of(op, one) for one in found],
        "next_cursor": pages.seal(last.due_on, last.id) if last else None,
    }


@of_patient.get("", response_model=LabCases)
async def list_lab_cases_of_patient(op: InOp, patient_id: UUID) -> Any:
    """The newest first."""
    return {"items": [LabCaseView.of(op, one) for one in await labs.list_of_patient(op, patient_id=patient_id)]}


@of_patient.post("", status_code=201, response_model=LabCaseView)
async def plan_lab_case(op: InOp, patient_id: UUID, new: NewLabCase) -> Any:
    return LabCaseView.of(op, await labs.plan_case(op, patient_id=patient_id, facts=new.model_dump()))


@of_patient.get("/{case_id}", response_model=LabCaseView)
async def get_lab_case(op: InOp, patient_id: UUID, case_id: UUID) -> Any:
    return LabCaseView.of(op, await labs.get_case(op, patient_id=patient_id, case_id=case_id))


@of_patient.patch("/{case_id}", response_model=LabCaseView)
async def change_lab_case(op: InOp, patient_id: UUID, case_id: UUID, version: Version, patch: LabCasePatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    changed = await labs.change_case(op, patient_id=patient_id, case_id=case_id, version=version, changes=changes)
    return LabCaseView.of(op, changed)


@of_patient.post("/{case_id}/steps", status_code=201, response_model=LabCaseView)
async def take_lab_step(op: InOp, patient_id: UUID, case_id: UUID, version: SeenVersion, new: NewLabStep) -> Any:
    """Sent, received, checked, returned to the laboratory, cancelled; whoever only follows cases marks the first two."""
    taken = await labs.take_step(
        op, patient_id=patient_id, case_id=case_id, step=new.step, reason=new.reason, version=version
    )  # fmt: skip
    return LabCaseView.of(op, taken)


@of_patient.delete("/{case_id}/steps/last", response_model=LabCaseView)
async def take_lab_step_back(op: InOp, patient_id: UUID, case_id: UUID, version: SeenVersion) -> Any:
    """It stands as before."""
    return LabCaseView.of(op, await labs.take_step_back(op, patient_id=patient_id, case_id=case_id, version=version))


@of_patient.get("/{case_id}/slip", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def draw_lab_slip(op: InOp, patient_id: UUID, case_id: UUID) -> Response:
    """What goes to the laboratory with it."""
    paper = await labs.draw_lab_slip(op, patient_id=patient_id, case_id=case_id)
    headers = {"content-disposition": f'inline; filename="{paper.name}"'}
    return Response(paper.pdf, media_type="application/pdf", headers=headers)

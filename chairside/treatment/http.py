from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from chairside import treatment
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.treatment.queries.unscheduled import Order
from chairside.treatment.schemas.asked import (
    NewAcceptance,
    NewBooking,
    NewTreatmentItems,
    Performing,
    PlannedFindings,
    PlanOrder,
    PlanTitle,
    TreatmentItemPatch,
)
from chairside.treatment.schemas.shown import (
    BookedItem,
    BroughtView,
    PresentationView,
    TreatmentPlans,
    TreatmentPlanView,
    UnscheduledTreatment,
    UnscheduledView,
)

HOME = "/api/v1/clinics/{clinic}"
of_patient = APIRouter(prefix=f"{HOME}/patients/{{patient_id}}/treatment-plans", tags=["treatment"], route_class=Route)
of_clinic = APIRouter(prefix=f"{HOME}/unscheduled-treatment", tags=["treatment"], route_class=Route)
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
PDF: Any = {200: {"content": {"application/pdf": {}}}}


@of_patient.get("", response_model=TreatmentPlans)
async def list_treatment_plans(op: InOp, patient_id: UUID) -> Any:
    """With their items; the newest first, those put away last."""
    return TreatmentPlans.of(await treatment.list_plans(op, patient_id=patient_id))


@of_patient.post("", status_code=201, response_model=TreatmentPlanView)
async def begin_treatment_plan(op: InOp, patient_id: UUID, new: PlanTitle) -> Any:
    return TreatmentPlanView.of(await treatment.begin_plan(op, patient_id=patient_id, title=new.title))


@of_patient.get("/{plan_id}", response_model=TreatmentPlanView)
async def get_treatment_plan(op: InOp, patient_id: UUID, plan_id: UUID) -> Any:
    return TreatmentPlanView.of(await treatment.get_plan(op, patient_id=patient_id, plan_id=plan_id))


@of_patient.patch("/{plan_id}", response_model=TreatmentPlanView)
async def change_treatment_plan(op: InOp, patient_id: UUID, plan_id: UUID, version: Version, patch: PlanTitle) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    changed = await treatment.change_plan(op, patient_id=patient_id, plan_id=plan_id, version=version, changes=changes)
    return TreatmentPlanView.of(changed)


@of_patient.post("/{plan_id}/archival", status_code=201, response_model=TreatmentPlanView)
async def put_treatment_plan_away(op: InOp, patient_id: UUID, plan_id: UUID, version: SeenVersion) -> Any:
    return TreatmentPlanView.of(await treatment.put_away(op, patient_id=patient_id, plan_id=plan_id, version=version))


@of_patient.delete("/{plan_id}/archival", response_model=TreatmentPlanView)
async def bring_treatment_plan_back(op: InOp, patient_id: UUID, plan_id: UUID, version: SeenVersion) -> Any:
    return TreatmentPlanView.of(await treatment.bring_back(op, patient_id=patient_id, plan_id=plan_id, version=version))


@of_patient.post("/{plan_id}/items", status_code=201, response_model=TreatmentPlanView)
async def add_treatment_items(op: InOp, patient_id: UUID, plan_id: UUID, version: SeenVersion, new: NewTreatmentItems) -> Any:
    """All of them or none; `If-Match` names the plan's version."""
    items = [one.said() for one in new.items]
    plan = await treatment.add_items(op, patient_id=patient_id, plan_id=plan_id, items=items, version=version)
    return TreatmentPlanView.of(plan)


@of_patient.post("/{plan_id}/planned-findings", status_code=201, response_model=BroughtView)
async def bring_planned_findings(op: InOp, patient_id: UUID, plan_id: UUID, version: SeenVersion, new: PlannedFindings) -> Any:
    """What is planned in the tooth chart and in no plan yet becomes items."""
    brought = await treatment.bring_planned(op, patient_id=patient_id, plan_id=plan_id, phase=new.phase, version=version)
    return BroughtView.of(brought)


@of_patient.put("/{plan_id}/order", response_model=TreatmentPlanView)
async def arrange_treatment_plan(op: InOp, patient_id: UUID, plan_id: UUID, version: SeenVersion, order: PlanOrder) -> Any:
    plan = await treatment.arrange(op, patient_id=patient_id, plan_id=plan_id, places=order.said(), version=version)
    return TreatmentPlanView.of(plan)


@of_patient.patch("/{plan_id}/items/{item_id}", response_model=TreatmentPlanView)
async def change_treatment_item(
    op: InOp, patient_id: UUID, plan_id: UUID, item_id: UUID, version: Version, patch: TreatmentItemPatch
) -> Any:  # fmt: skip
    """`If-Match` names the plan's version. What was accepted is asked for anew."""
    plan = await treatment.change_item(
        op, patient_id=patient_id, plan_id=plan_id, item_id=item_id, changes=patch.said(), version=version
    )
    return TreatmentPlanView.of(plan)


@of_patient.post("/{plan_id}/items/{item_id}/removal", status_code=201, response_model=TreatmentPlanView)
async def remove_treatment_item(op: InOp, patient_id: UUID, plan_id: UUID, item_id: UUID, version: SeenVersion) -> Any:
    """Out of the plan; what was shown and signed keeps it."""
    return TreatmentPlanView.of(
        await treatment.remove_item(op, patient_id=patient_id, plan_id=plan_id, item_id=item_id, version=version)
    )


@of_patient.delete("/{plan_id}/items/{item_id}/removal", response_model=TreatmentPlanView)
async def restore_treatment_item(op: InOp, patient_id: UUID, plan_id: UUID, item_id: UUID, version: SeenVersion) -> Any:
    return TreatmentPlanView.of(
        await treatment.restore_item(op, patient_id=patient_id, plan_id=plan_id, item_id=item_id, version=version)
    )


@of_patient.post("/{plan_id}/items/{item_id}/appointments", status_code=201, response_model=BookedItem)
async def book_treatment_item(
    op: InOp, patient_id: UUID, plan_id: UUID, item_id: UUID, version: SeenVersion, new: NewBooking
) -> Any:  # fmt: skip
    """A visit for what was accepted; completing it performs and charges the item. `If-Match` names the item's version."""
    visit = await treatment.book_item(
        op, patient_id=patient_id, plan_id=plan_id, item_id=item_id, version=version, **new.model_dump()
    )
    return BookedItem.model_validate(visit)


@of_patient.post("/{plan_id}/items/{item_id}/completion", status_code=201, response_model=TreatmentPlanView)
async def perform_treatment_item(
    op: InOp, patient_id: UUID, plan_id: UUID, item_id: UUID, version: SeenVersion, done: Performing
) -> Any:  # fmt: skip
    """Done without a visit of its own: the chart has it, and the ledger once. `If-Match` names the item's version."""
    plan = await treatment.perform(
        op, patient_id=patient_id, plan_id=plan_id, item_id=item_id, version=version, **done.model_dump()
    )
    return TreatmentPlanView.of(plan)


@of_patient.delete("/{plan_id}/items/{item_id}/completion", response_model=TreatmentPlanView)
async def undo_treatment_item(op: InOp, patient_id: UUID, plan_id: UUID, item_id: UUID, version: SeenVersion) -> Any:
    return TreatmentPlanView.of(
        await treatment.undo_performing(op, patient_id=patient_id, plan_id=plan_id, item_id=item_id, version=version)
    )


@of_patient.post("/{plan_id}/presentation", status_code=201, response_model=PresentationView)
async def present_treatment_plan(op: InOp, patient_id: UUID, plan_id: UUID, version: SeenVersion) -> Any:
    """Freezes a version, which is what is signed."""
    return PresentationView.of(await treatment.present(op, patient_id=patient_id, plan_id=plan_id, version=version))


@of_patient.get("/{plan_id}/presentation", response_model=PresentationView)
async def get_treatment_presentation(op: InOp, patient_id: UUID, plan_id: UUID) -> Any:
    """The latest."""
    return PresentationView.of(await treatment.get_presentation(op, patient_id=patient_id, plan_id=plan_id))


@of_patient.get("/{plan_id}/presentation/{number}", response_model=PresentationView)
async def get_treatment_plan_version(op: InOp, patient_id: UUID, plan_id: UUID, number: Number) -> Any:
    return PresentationView.of(await treatment.get_presentation(op, patient_id=patient_id, plan_id=plan_id, number=number))


@of_patient.get("/{plan_id}/presentation/{number}/pdf", response_class=Response, responses=PDF)
async def draw_treatment_plan(op: InOp, patient_id: UUID, plan_id: UUID, number: Number) -> Response:
    paper = await treatment.draw_presentation(op, patient_id=patient_id, plan_id=plan_id, number=number)
    return Response(paper.pdf, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{paper.name}"'})


@of_patient.post("/{plan_id}/acceptance", status_code=201, response_model=PresentationView)
async def accept_treatment_plan(op: InOp, patient_id: UUID, plan_id: UUID, version: SeenVersion, new: NewAcceptance) -> Any:
    """What the patient says of each item of the version they were shown, signed."""
    signed = await treatment.accept(
        op, patient_id=patient_id, plan_id=plan_id, number=new.number,
        decisions={one.item_id: one.accepted for one in new.decisions}, signer_name=new.signer_name, picture=new.picture,
        version=version,
    )  # fmt: skip
    return PresentationView.of(signed)


@of_clinic.get("", response_model=UnscheduledTreatment)
async def list_unscheduled_treatment(
    op: InOp, sort: Order = "value", limit: Annotated[int, Query(ge=1, le=500)] = 200
) -> Any:  # fmt: skip
    """Accepted, not done, and with no visit before it: the dearest first, or those that wait longest."""
    found = await treatment.list_unscheduled(op, order=sort, limit=limit)
    return {"items": [UnscheduledView.of(one) for one in found]}

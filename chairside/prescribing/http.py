from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from chairside import prescribing
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.prescribing.schemas import (
    DrugToCheck,
    DrugWarnings,
    Favourites,
    FavouriteView,
    NewFavourite,
    NewPrescription,
    PrescriptionCancellation,
    PrescriptionIssue,
    PrescriptionPatch,
    Prescriptions,
    PrescriptionView,
)

of_patient = APIRouter(
    prefix="/api/v1/clinics/{clinic}/patients/{patient_id}/prescriptions", tags=["prescribing"], route_class=Route
)
of_clinic = APIRouter(prefix="/api/v1/clinics/{clinic}/prescription-favourites", tags=["prescribing"], route_class=Route)
Cursor = Annotated[str, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=200)]


@of_patient.get("", response_model=Prescriptions)
async def list_prescriptions(op: InOp, patient_id: UUID, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """The newest first; drafts and cancelled ones among them."""
    before = pages.unseal(cursor, UUID)[0] if cursor else prescribing.LATEST
    items = await prescribing.list_prescriptions(op, patient_id=patient_id, before=before, limit=limit)
    last = items[-1] if len(items) == limit else None
    return {"items": [PrescriptionView.of(one) for one in items], "next_cursor": pages.seal(last.id) if last else None}


@of_patient.post("", status_code=201, response_model=PrescriptionView)
async def draft_prescription(op: InOp, patient_id: UUID, new: NewPrescription) -> Any:
    facts = new.model_dump(exclude={"provider_id"})
    return PrescriptionView.of(await prescribing.draft(op, patient_id=patient_id, provider_id=new.provider_id, facts=facts))


@of_patient.post("/warnings", response_model=DrugWarnings)
async def check_drug(op: InOp, patient_id: UUID, wanted: DrugToCheck) -> Any:
    """What of the patient's own list speaks against a drug, by a small list of ours; nothing is written."""
    return await prescribing.check(op, patient_id=patient_id, drug=wanted.drug)


@of_patient.get("/{prescription_id}", response_model=PrescriptionView)
async def get_prescription(op: InOp, patient_id: UUID, prescription_id: UUID) -> Any:
    return PrescriptionView.of(await prescribing.get_prescription(op, patient_id=patient_id, prescription_id=prescription_id))


@of_patient.patch("/{prescription_id}", response_model=PrescriptionView)
async def change_prescription(
    op: InOp, patient_id: UUID, prescription_id: UUID, version: Version, patch: PrescriptionPatch
) -> Any:
    """Writes over a draft."""
    changes = patch.model_dump(exclude_unset=True)
    return PrescriptionView.of(
        await prescribing.change(
            op, patient_id=patient_id, prescription_id=prescription_id, version=version, changes=changes
        )
    )  # fmt: skip


@of_patient.post("/{prescription_id}/issue", status_code=201, response_model=PrescriptionView)
async def issue_prescription(
    op: InOp, patient_id: UUID, prescription_id: UUID, version: SeenVersion, asked: PrescriptionIssue
) -> Any:
    """From then on nobody changes it."""
    return PrescriptionView.of(
        await prescribing.issue(
            op, patient_id=patient_id, prescription_id=prescription_id, version=version, override_reason=asked.override_reason
        )
    )


@of_patient.post("/{prescription_id}/cancellation", status_code=201, response_model=PrescriptionView)
async def cancel_prescription(
    op: InOp, patient_id: UUID, prescription_id: UUID, version: SeenVersion, why: PrescriptionCancellation
) -> Any:
    """It does not count any more, and stays to be read."""
    return PrescriptionView.of(
        await prescribing.cancel(
            op, patient_id=patient_id, prescription_id=prescription_id, reason=why.reason, version=version
        )
    )  # fmt: skip


@of_patient.delete("/{prescription_id}/cancellation", response_model=PrescriptionView)
async def restore_prescription(op: InOp, patient_id: UUID, prescription_id: UUID, version: SeenVersion) -> Any:
    """It counts again."""
    return PrescriptionView.of(
        await prescribing.restore(op, patient_id=patient_id, prescription_id=prescription_id, version=version)
    )


@of_patient.get(
    "/{prescription_id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}}
)  # fmt: skip
async def draw_prescription(op: InOp, patient_id: UUID, prescription_id: UUID) -> Response:
    """Of an issued one; with the drawn signature where the provider prints their own."""
    paper = await prescribing.draw_prescription(op, patient_id=patient_id, prescription_id=prescription_id)
    headers = {"content-disposition": f'inline; filename="{paper.name}"'}
    return Response(paper.pdf, media_type="application/pdf", headers=headers)


@of_clinic.get("", response_model=Favourites)
async def list_prescription_favourites(op: InOp) -> Any:
    """By the drug's name."""
    return {"items": await prescribing.list_favourites(op)}


@of_clinic.post("", status_code=201, response_model=FavouriteView)
async def add_prescription_favourite(op: InOp, new: NewFavourite) -> Any:
    return await prescribing.add_favourite(op, facts=new.model_dump())


@of_clinic.post("/starting-list", status_code=201, response_model=Favourites)
async def begin_prescription_favourites(op: InOp) -> Any:
    """Substances that dentists prescribe often, with usual directions; what is there already is left."""
    return {"items": await prescribing.begin_favourites(op)}


@of_clinic.delete("/{favourite_id}", status_code=204)
async def remove_prescription_favourite(op: InOp, favourite_id: UUID) -> None:
    await prescribing.remove_favourite(op, favourite_id=favourite_id)

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import patients
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.kernel.op import Op
from chairside.kernel.refusals import Malformed
from chairside.patients.rules import sort_key
from chairside.patients.schemas.patients import (
    CareTeam,
    Contact,
    Family,
    Likeness,
    NewPatient,
    NewTeamMember,
    PatientPage,
    PatientPatch,
    Registered,
    SearchWords,
)

router = APIRouter(prefix="/api/v1/clinics/{clinic}/patients", tags=["patients"], route_class=Route)
NEVER_EMPTY = ("first_name", "last_name", "birth_date", "sex", "register_number", "contacts")


@router.post("", status_code=201, response_model=Registered)
async def register_patient(op: InOp, new: NewPatient) -> Any:
    """Never refused for a likeness: who may be the same person is in the answer."""
    _check(op, new)
    facts = new.model_dump()
    alike = await patients.list_resembling(
        op, first_name=new.first_name, last_name=new.last_name, birth_date=new.birth_date, contacts=facts["contacts"]
    )
    patient = await patients.register(op, **facts)
    return {**asdict(patient), "possible_duplicates": alike}


@router.get("", response_model=PatientPage)
async def list_patients(
    op: InOp,
    q: Annotated[str, Query(max_length=100)] = "",
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    archived: bool = False,
) -> Any:
    """By name; with `q`, the search of `…/searches`."""
    if q.strip():
        return {"items": await patients.search(op, text=q, limit=limit), "next_cursor": None}
    after = patients.START
    if cursor:
        key, id = pages.unseal(cursor, str, UUID)
        after = (key, id)
    items = await patients.list_(op, after=after, limit=limit, archived=archived)
    last = items[-1] if len(items) == limit else None
    return {"items": items, "next_cursor": pages.seal(sort_key(last.last_name, last.first_name), last.id) if last else None}


@router.post("/searches", response_model=PatientPage, openapi_extra={"x-changes-nothing": True})
async def search_patients(op: InOp, words: SearchWords) -> Any:
    """The same search for callers behind proxies that log addresses."""
    return {"items": await patients.search(op, text=words.q, limit=words.limit), "next_cursor": None}


@router.post("/duplicate-checks", response_model=PatientPage, openapi_extra={"x-changes-nothing": True})
async def check_duplicates(op: InOp, like: Likeness) -> Any:
    alike = await patients.list_resembling(op, **like.model_dump())
    return {"items": alike, "next_cursor": None}


@router.get("/{patient_id}", response_model=patients.Patient, openapi_extra={"x-ahead": True})
async def get_patient(op: InOp, patient_id: UUID) -> Any:
    """One that was merged into another is shown as it was; `merged_into_id` says where to go on."""
    return await patients.look_up(op, patient_id=patient_id)


@router.patch("/{patient_id}", response_model=patients.Patient)
async def change_patient(op: InOp, patient_id: UUID, version: Version, patch: PatientPatch) -> Any:
    _check(op, patch)
    changes = patch.model_dump(exclude_unset=True)
    return await patients.change(op, patient_id=patient_id, version=version, changes=changes)


@router.get("/{patient_id}/family", response_model=Family)
async def list_family(op: InOp, patient_id: UUID) -> Any:
    family = await patients.list_family(op, patient_id=patient_id)
    if not family:
        raise patients.NoSuchPatient()
    return {"items": family}


@router.get("/{patient_id}/care-team", response_model=CareTeam)
async def list_care_team(op: InOp, patient_id: UUID) -> Any:
    return {"items": await patients.list_care_team(op, patient_id=patient_id)}


@router.post("/{patient_id}/care-team", status_code=201, response_model=CareTeam)
async def add_to_care_team(op: InOp, patient_id: UUID, new: NewTeamMember) -> Any:
    """The whole team is in the answer."""
    await patients.add_to_care_team(op, patient_id=patient_id, member_id=new.member_id)
    return {"items": await patients.list_care_team(op, patient_id=patient_id)}


@router.delete("/{patient_id}/care-team/{member_id}", status_code=204)
async def remove_from_care_team(op: InOp, patient_id: UUID, member_id: UUID) -> None:
    await patients.remove_from_care_team(op, patient_id=patient_id, member_id=member_id)


@router.post("/{patient_id}/archival", response_model=patients.Patient)
async def archive_patient(op: InOp, patient_id: UUID, version: SeenVersion) -> Any:
    return await patients.archive(op, patient_id=patient_id, version=version)


@router.delete("/{patient_id}/archival", response_model=patients.Patient)
async def restore_patient(op: InOp, patient_id: UUID, version: SeenVersion) -> Any:
    return await patients.restore(op, patient_id=patient_id, version=version)


def _check(op: Op, given: NewPatient | PatientPatch) -> None:
    """What one field alone cannot tell. Refuses Malformed, naming every field at once."""
    errors = [
        wrong
        for index, contact in enumerate(given.contacts or ())
        if isinstance(contact, Contact) and (wrong := contact.check(f"/contacts/{index}/value"))
    ]
    if given.birth_date and given.birth_date > op.today:
        errors.append(("/birth_date", "in_the_future", "The date of birth is in the future."))
    for field in given.model_fields_set & set(NEVER_EMPTY) if isinstance(given, PatientPatch) else ():
        if getattr(given, field) is None:
            errors.append((f"/{field}", "required", "This cannot be empty."))
    if errors:
        raise Malformed(errors=tuple(errors))

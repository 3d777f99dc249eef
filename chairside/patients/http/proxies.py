from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import patients
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.kernel.refusals import malformed
from chairside.patients.schemas.proxies import NewProxy, Proxies, ProxyPatch, ProxyView

router = APIRouter(prefix="/api/v1/clinics/{clinic}/patients/{patient_id}/proxies", tags=["patients"], route_class=Route)


@router.get("", response_model=Proxies)
async def list_proxies(op: InOp, patient_id: UUID) -> Any:
    found = await patients.list_proxies(op, patient_id=patient_id)
    shown = [ProxyView.of(proxy, op.today) for proxy in found]
    return {
        "items": [one for one in shown if one.patient_id == patient_id],
        "acts_for": [one for one in shown if one.patient_id != patient_id],
    }


@router.post("", status_code=201, response_model=ProxyView)
async def add_proxy(op: InOp, patient_id: UUID, new: NewProxy) -> Any:
    if new.holder_id is None and new.name is None:
        raise malformed("/name", "required", "This cannot be empty.")
    if new.holder_id and (new.name or new.phone or new.email):
        raise malformed("/name", "one_of", "Name a patient or somebody else, not both.")
    proxy = await patients.add_proxy(op, patient_id=patient_id, **new.model_dump())
    return ProxyView.of(proxy, op.today)


@router.patch("/{proxy_id}", response_model=ProxyView)
async def change_proxy(op: InOp, patient_id: UUID, proxy_id: UUID, version: Version, patch: ProxyPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    proxy = await patients.change_proxy(op, patient_id=patient_id, proxy_id=proxy_id, version=version, changes=changes)
    return ProxyView.of(proxy, op.today)


@router.post("/{proxy_id}/revocation", status_code=201, response_model=ProxyView)
async def revoke_proxy(op: InOp, patient_id: UUID, proxy_id: UUID, version: SeenVersion) -> Any:
    """They act for the patient no more; it stays on record."""
    proxy = await patients.revoke_proxy(op, patient_id=patient_id, proxy_id=proxy_id, version=version)
    return ProxyView.of(proxy, op.today)


@router.delete("/{proxy_id}/revocation", response_model=ProxyView)
async def restore_proxy(op: InOp, patient_id: UUID, proxy_id: UUID, version: SeenVersion) -> Any:
    proxy = await patients.restore_proxy(op, patient_id=patient_id, proxy_id=proxy_id, version=version)
    return ProxyView.of(proxy, op.today)

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request

from chairside import messaging
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion
from chairside.kernel.http.limits import count
from chairside.kernel.op import Op
from chairside.messaging.schemas import Inbox, Log, NewPreference, NewText, PreferenceView, TextSent, Whose

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["messaging"], route_class=Route)
PATIENT, INBOUND = "/patients/{patient_id}", "/inbound-texts/{text_id}"


@router.get(PATIENT + "/messages", response_model=Log)
async def list_patient_messages(op: InOp, patient_id: UUID) -> Any:
    """What was sent to them, what came from them, what is to be sent, and what was not and why; the newest first."""
    said = await messaging.list_log(op, patient_id=patient_id)
    return {"items": [one.line._asdict() | {"text": one.text} for one in said]}


@router.get(PATIENT + "/contact-preference", response_model=PreferenceView)
async def get_contact_preference(op: InOp, patient_id: UUID) -> Any:
    """Version 0: they have not said."""
    return await _shown(op, patient_id, await messaging.get_preference(op, patient_id=patient_id))


@router.put(PATIENT + "/contact-preference", response_model=PreferenceView)
async def set_contact_preference(op: InOp, patient_id: UUID, version: SeenVersion, new: NewPreference) -> Any:
    """To turn e-mail on again for somebody who unsubscribed, ask them."""
    kept = await messaging.set_preference(op, patient_id=patient_id, version=version, wish=new.model_dump())
    return await _shown(op, patient_id, kept)


@router.delete(PATIENT + "/stopped-addresses/{stop_id}", status_code=204)
async def lift_stopped_address(op: InOp, patient_id: UUID, stop_id: UUID) -> None:
    """Letters go there again, until one comes back."""
    await messaging.lift_stop(op, patient_id=patient_id, stop_id=stop_id)


@router.post(PATIENT + "/texts", status_code=201, response_model=TextSent)
async def send_text(op: InOp, patient_id: UUID, new: NewText, request: Request) -> Any:
    settings = request.app.state.settings
    await count(request, "texts of", op.clinic.id, most=settings.texts_per_clinic, window=3600)
    sent = await messaging.send_text(op, patient_id=patient_id, body=new.text)
    return {"id": sent.id, "number": sent.recipient, "status": sent.status}


@router.get("/inbound-texts", response_model=Inbox)
async def list_inbound_texts(
    op: InOp,
    unread: bool = False,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The newest first."""
    (before,) = pages.unseal(cursor, UUID) if cursor else (messaging.NEWEST,)
    found = await messaging.list_inbox(op, unread=unread, before=before, limit=limit)
    last = found[-1].inbound if len(found) == limit else None
    items = [one.inbound._asdict() | {"text": one.text} for one in found]
    return {"items": items, "next_cursor": pages.seal(last.id) if last else None}


@router.post(INBOUND + "/reading", status_code=204)
async def read_inbound_text(op: InOp, text_id: UUID) -> None:
    """Somebody has seen to it."""
    await messaging.read_text(op, text_id=text_id)


@router.put(INBOUND + "/patient", status_code=204)
async def tie_inbound_text(op: InOp, text_id: UUID, whose: Whose) -> None:
    await messaging.tie_text(op, text_id=text_id, patient_id=whose.patient_id)


async def _shown(op: Op, patient_id: UUID, wish: messaging.ContactPreference) -> Any:
    stopped = (
        [one._asdict() for one in await messaging.list_stopped(op, patient_id=patient_id)] if op.may("messages.read") else []
    )
    return wish._asdict() | {"stopped": stopped}

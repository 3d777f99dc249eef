"""The development phone: texts that would have gone out, and what their readers answer. Elsewhere there is nothing here."""

from asyncio import to_thread
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request

from chairside import messaging
from chairside.kernel.http import InOp, Polled
from chairside.kernel.op import EVERYTHING, SYSTEM
from chairside.kernel.refusals import NoSuchThing
from chairside.messaging import kept
from chairside.messaging.schemas import KeptTexts, NewText
from chairside.tenancy.http.session import from_our_pages

router = APIRouter(prefix="/api/v1/phone", tags=["messaging"], route_class=Polled)


@router.get("", response_model=KeptTexts)
async def list_texts(request: Request) -> Any:
    """The newest first, a hundred at most."""
    return {"items": await to_thread(kept.newest_texts, _folder(request), 100)}


@router.post("/{text_id}/answer", status_code=204)
async def answer_text(op: InOp, text_id: UUID, new: NewText, request: Request) -> None:
    """As whoever holds the phone would."""
    from_our_pages(request)
    found = await to_thread(kept.text, _folder(request), text_id)
    if found is None:
        raise NoSuchThing()
    await op.act_for(UUID(found["clinic_id"]), actor_id=SYSTEM, grants=EVERYTHING)
    await messaging.receive(op, number=found["number"], body=new.text, provider_message_id=f"phone-{uuid4()}")


def _folder(request: Request) -> str:
    """Refuses NoSuchThing wherever there is no phone."""
    settings = request.app.state.settings
    if not (settings.development and settings.phone):
        raise NoSuchThing()
    return str(settings.phone)

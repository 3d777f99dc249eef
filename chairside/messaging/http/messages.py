from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request

from chairside import messaging
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.limits import count
from chairside.kernel.op import Op
from chairside.messaging.schemas import InvitationLetters, Messages, MessageView, NewMessage, ProposalView

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["messaging"], route_class=Route)
KEYED = {"x-idempotency": "required"}
INVOICE, PAYMENT = "/invoices/{invoice_id}", "/payments/{payment_id}"


@router.get(INVOICE + "/message-proposal", response_model=ProposalView)
async def propose_invoice_message(op: InOp, invoice_id: UUID) -> Any:
    """The letter as it would go, for a person to change first."""
    return _proposed(await messaging.propose_invoice(op, invoice_id=invoice_id))


@router.get(INVOICE + "/messages", response_model=Messages)
async def list_invoice_messages(op: InOp, invoice_id: UUID) -> Any:
    return {"items": [_shown(one) for one in await messaging.list_messages(op, invoice_id=invoice_id)]}


@router.post(INVOICE + "/messages", status_code=201, response_model=MessageView, openapi_extra=KEYED)
async def send_invoice(op: InOp, invoice_id: UUID, new: NewMessage, request: Request) -> Any:
    """By e-mail, as a PDF. An issued invoice only."""
    await _count(request, op)
    words = {"recipient": new.to, "subject": new.subject, "body": new.text}
    sent = await messaging.send_invoice(op, invoice_id=invoice_id, **words)
    return next(_shown(one) for one in await messaging.list_messages(op, invoice_id=invoice_id) if one.id == sent.id)


@router.get(PAYMENT + "/message-proposal", response_model=ProposalView)
async def propose_receipt_message(op: InOp, payment_id: UUID) -> Any:
    return _proposed(await messaging.propose_receipt(op, payment_id=payment_id))


@router.get(PAYMENT + "/messages", response_model=Messages)
async def list_payment_messages(op: InOp, payment_id: UUID) -> Any:
    return {"items": [_shown(one) for one in await messaging.list_messages(op, payment_id=payment_id)]}


@router.post(PAYMENT + "/messages", status_code=201, response_model=MessageView, openapi_extra=KEYED)
async def send_receipt(op: InOp, payment_id: UUID, new: NewMessage, request: Request) -> Any:
    await _count(request, op)
    words = {"recipient": new.to, "subject": new.subject, "body": new.text}
    sent = await messaging.send_receipt(op, payment_id=payment_id, **words)
    return next(_shown(one) for one in await messaging.list_messages(op, payment_id=payment_id) if one.id == sent.id)


@router.get("/invitation-letters", response_model=InvitationLetters)
async def list_invitation_letters(op: InOp) -> Any:
    return {"items": await messaging.list_invitation_letters(op)}


async def _count(request: Request, op: Op) -> None:
    """Whoever has somebody's session must not be able to flood the world through us."""
    settings = request.app.state.settings
    await count(request, "letters of", op.clinic.id, most=settings.letters_per_clinic, window=3600)


def _shown(message: messaging.Sent) -> dict[str, Any]:
    return message._asdict() | {"to": message.recipient}


def _proposed(found: messaging.Proposal) -> dict[str, Any]:
    return found._asdict() | {"to": found.recipient, "text": found.body}

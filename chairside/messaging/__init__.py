"""Letters: what is sent to whom, and what became of it."""

from chairside.messaging.actions.queueing import InvoiceNotIssued, send_invoice, send_receipt
from chairside.messaging.events import MessageQueued
from chairside.messaging.queries.messages import list_invitation_letters, list_messages, propose_invoice, propose_receipt
from chairside.messaging.rows import Message, Proposal, Sent

__all__ = [
    "InvoiceNotIssued", "Message", "MessageQueued", "Proposal", "Sent", "list_invitation_letters", "list_messages",
    "propose_invoice", "propose_receipt", "send_invoice", "send_receipt",
]  # fmt: skip

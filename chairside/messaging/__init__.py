"""Letters and texts: what is sent to whom, what became of it, and what was answered; reminders of visits."""

from chairside.messaging.actions.cascade import NewRule, RemindersAreStale, set_cascade
from chairside.messaging.actions.hearing import hear
from chairside.messaging.actions.offering import Way, reach, say_of_offer, take_back_offers
from chairside.messaging.actions.owning import give_number, list_numbers, take_number
from chairside.messaging.actions.preferences import PreferenceIsStale, set_preference
from chairside.messaging.actions.queueing import (
    AddressIsStopped,
    DoNotContact,
    InvoiceNotIssued,
    NotTheSafeAddress,
    send_invoice,
    send_receipt,
)
from chairside.messaging.actions.stopping import NoSuchStop, StoppedAddress, lift_stop, list_stopped
from chairside.messaging.actions.templates import TemplateIsStale, reset_template, set_template
from chairside.messaging.actions.texts import (
    NoMobileNumber,
    NoSuchText,
    NumberIsStopped,
    read_text,
    receive,
    send_text,
    tie_text,
)
from chairside.messaging.actions.unsubscribing import NoSuchSubscription, unsubscribe
from chairside.messaging.events import MessageQueued, PreferenceChanged, RemindersChanged, TextRead, TextReceived
from chairside.messaging.queries.conversations import NEWEST, Received, Said, list_inbox, list_log
from chairside.messaging.queries.messages import list_invitation_letters, list_messages, propose_invoice, propose_receipt
from chairside.messaging.queries.preferences import get_preference
from chairside.messaging.queries.previews import Preview, preview
from chairside.messaging.queries.settings import Cascade, get_cascade
from chairside.messaging.queries.templates import Saying, list_templates
from chairside.messaging.rows import ContactPreference, Logged, Message, MessageTemplate, Proposal, Sent
from chairside.messaging.rules.reminders import Skip, Wait
from chairside.messaging.rules.templates import FIELDS as TEMPLATE_FIELDS

__all__ = [
    "NEWEST", "TEMPLATE_FIELDS", "AddressIsStopped", "Cascade", "ContactPreference", "DoNotContact", "InvoiceNotIssued", "Logged",
    "Message", "MessageQueued", "MessageTemplate", "NewRule", "NoMobileNumber", "NoSuchStop", "NoSuchSubscription", "NoSuchText",
    "NotTheSafeAddress", "NumberIsStopped", "PreferenceChanged", "PreferenceIsStale", "Preview", "Proposal", "Received",
    "RemindersAreStale", "RemindersChanged", "Said", "Saying", "Sent", "Skip", "StoppedAddress", "TemplateIsStale", "TextRead",
    "TextReceived", "Wait", "Way", "get_cascade", "get_preference", "give_number", "hear", "lift_stop", "list_inbox",
    "list_invitation_letters", "list_log", "list_messages", "list_numbers", "list_stopped", "list_templates", "preview",
    "propose_invoice", "propose_receipt", "reach", "read_text", "receive", "reset_template", "say_of_offer", "send_invoice",
    "send_receipt", "send_text", "set_cascade", "set_preference", "set_template", "take_back_offers", "take_number", "tie_text",
    "unsubscribe",
]  # fmt: skip

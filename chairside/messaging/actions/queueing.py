from uuid import UUID

from chairside import billing, tenancy
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, malformed
from chairside.messaging.actions.stopping import why_stopped
from chairside.messaging.bodies import seal_body
from chairside.messaging.events import MessageQueued
from chairside.messaging.queries.preferences import preference_of
from chairside.messaging.rows import MESSAGE, Message
from chairside.messaging.rules.letters import is_address
from chairside.messaging.rules.safe import is_safe_email

QUEUE = f"""
    insert into message (
        id, kind, invitation_id, sign_up_id, invoice_id, payment_id, person_link_id, reminder_id, offer_id, booking_code_id,
        booking_id, patient_id, channel, recipient, locale, subject, body_sealed
    )
    values (%(id)s, %(kind)s, %(invitation_id)s, %(sign_up_id)s, %(invoice_id)s, %(payment_id)s, %(person_link_id)s,
            %(reminder_id)s, %(offer_id)s, %(booking_code_id)s, %(booking_id)s, %(patient_id)s, %(channel)s, %(recipient)s,
            %(locale)s, %(subject)s, %(body)s)
    returning {MESSAGE}
"""


NEW_ID = "select uuidv7()"
# Whoever pays for them, where the address is that one's and not the patient's own.
PAYER_AT = """
    select payer.id
      from patient
      join patient as payer on payer.id = patient.guarantor_id and payer.deleted_at is null
     where patient.id = %(patient_id)s
       and exists (select from jsonb_array_elements(payer.contacts) as one
                    where one ->> 'type' = 'email' and lower(one ->> 'value') = lower(%(email)s))
       and not exists (select from jsonb_array_elements(patient.contacts) as one
                        where one ->> 'type' = 'email' and lower(one ->> 'value') = lower(%(email)s))
"""


class InvoiceNotIssued(Conflict):
    """Only an issued invoice is sent; issue it first."""


class DoNotContact(Conflict):
    """This patient does not want to be contacted, or must not be; nothing is sent to them."""


class NotTheSafeAddress(Conflict):
    """It is not safe to write to this patient there; use the address that is named as safe."""


class AddressIsStopped(Conflict):
    """A letter to this address came back, or was reported as unwanted; the patient's messages say how to write there again."""


async def queue_invitation(op: Op, *, invitation_id: UUID) -> Message:
    invitation = await tenancy.get_invitation(op, invitation_id=invitation_id)
    return await _queue(op, "invitation", recipient=invitation.email, locale=op.clinic.locale, invitation_id=invitation_id)


async def queue_sign_up(op: Op, *, sign_up_id: UUID) -> Message:
    asked = await tenancy.get_sign_up(op, sign_up_id=sign_up_id)
    return await _queue(op, "sign_up", recipient=asked.email, locale=asked.locale, sign_up_id=sign_up_id)


async def queue_account_letter(op: Op, *, kind: str, link_id: UUID) -> Message | None:
    """About somebody's own account: to the address that is theirs, or, with the link that proves it, to the one to be. To nobody
    where nobody signs in with the address."""
    link = await tenancy.get_person_link(op, link_id=link_id)
    if link.principal_id is None:
        return None
    recipient = link.former_email if kind == "email_changed" and link.former_email else link.email
    return await _queue(op, kind, recipient=recipient, locale=link.locale, person_link_id=link_id)


@needs("billing.invoice")
@way_out(
    "paper",
    "message.subject",
    "message.body_sealed",
    "invoice.number",
    "invoice.parties",
    "invoice.total",
    "invoice.due_on",
)
async def send_invoice(op: Op, *, invoice_id: UUID, recipient: str, subject: str, body: str) -> Message:
    """The invoice as it is when the letter goes, attached.
    Refuses billing.NoSuchInvoice, InvoiceNotIssued, DoNotContact, NotTheSafeAddress,
    AddressIsStopped."""
    sheet = await billing.get_invoice(op, invoice_id=invoice_id)
    if sheet.status in ("draft", "void"):
        raise InvoiceNotIssued()
    _check(recipient)
    await check_wanted(op, patient_id=sheet.patient_id, email=recipient)
    return await _queue(
        op, "invoice", recipient=recipient, locale=op.clinic.locale, invoice_id=invoice_id, patient_id=sheet.patient_id,
        subject=subject, body=body,
    )  # fmt: skip


@needs("billing.collect")
@way_out(
    "paper",
    "message.subject",
    "message.body_sealed",
    "credit.amount",
    "credit.method",
    "credit.reference",
    "credit.on_day",
)
async def send_receipt(op: Op, *, payment_id: UUID, recipient: str, subject: str, body: str) -> Message:
    """Refuses billing.NoSuchPayment, DoNotContact, NotTheSafeAddress, AddressIsStopped."""
    paid = await billing.get_payment(op, payment_id=payment_id)
    _check(recipient)
    await check_wanted(op, patient_id=paid.patient_id, email=recipient)
    return await _queue(
        op, "receipt", recipient=recipient, locale=op.clinic.locale, payment_id=payment_id, patient_id=paid.patient_id,
        subject=subject, body=body,
    )  # fmt: skip


@way_out(
    "paper",
    "message.subject",
    "message.body_sealed",
    "clinic.name",
    "clinic.phone",
    "patient.first_name",
    "provider.name",
    "appointment.starts_at",
    "appointment.ends_at",
)
async def queue_reminder(
    op: Op, *, reminder_id: UUID, patient_id: UUID, channel: str, recipient: str, locale: str, subject: str | None, body: str
) -> Message:
    return await _queue(
        op, "reminder", channel=channel, recipient=recipient, locale=locale, reminder_id=reminder_id, patient_id=patient_id,
        subject=subject, body=body,
    )  # fmt: skip


@way_out(
    "paper",
    "message.subject",
    "message.body_sealed",
    "clinic.name",
    "clinic.phone",
    "patient.first_name",
    "provider.name",
    "opening_fill.starts_at",
)
async def queue_offer(
    op: Op, *, kind: str, offer_id: UUID, patient_id: UUID, channel: str, recipient: str, locale: str, subject: str | None,
    body: str,
) -> Message:  # fmt: skip
    """`kind`: offer, or offer_gone."""
    return await _queue(
        op, kind, channel=channel, recipient=recipient, locale=locale, offer_id=offer_id, patient_id=patient_id, subject=subject,
        body=body,
    )  # fmt: skip


async def queue_text(op: Op, *, patient_id: UUID, number: str, body: str) -> Message:
    """What somebody wrote."""
    return await _queue(op, "text", channel="sms", recipient=number, locale=op.clinic.locale, patient_id=patient_id, body=body)


async def queue_booking_code(op: Op, *, code_id: UUID, number: str, locale: str) -> Message:
    """The code itself is made when the text goes."""
    return await _queue(op, "booking_code", channel="sms", recipient=number, locale=locale, booking_code_id=code_id)


async def queue_booking_text(op: Op, *, kind: str, booking_id: UUID, number: str) -> Message:
    """`kind`: booking_request, or booking_answer. What it says is made when it goes."""
    return await _queue(op, kind, channel="sms", recipient=number, locale=op.clinic.locale, booking_id=booking_id)


async def check_wanted(op: Op, *, patient_id: UUID, email: str) -> None:
    """What the patient wishes, and whoever pays for them where it is that one's address.
    Refuses DoNotContact, NotTheSafeAddress, AddressIsStopped."""
    email = email.strip()
    payer: UUID | None = await op.db.value(PAYER_AT, patient_id=patient_id, email=email)
    for wish in [await preference_of(op, one) for one in (patient_id, payer) if one]:
        if wish.do_not_contact:
            raise DoNotContact()
        if not is_safe_email(wish, email):
            raise NotTheSafeAddress()
    if await why_stopped(op, address=email):
        raise AddressIsStopped()


def _check(recipient: str) -> None:
    if not is_address(recipient):
        raise malformed("/to", "not_an_email", "This is no e-mail address.")


async def _queue(
    op: Op, kind: str, *, recipient: str, locale: str, invitation_id: UUID | None = None, sign_up_id: UUID | None = None,
    invoice_id: UUID | None = None, payment_id: UUID | None = None, person_link_id: UUID | None = None,
    reminder_id: UUID | None = None, offer_id: UUID | None = None, booking_code_id: UUID | None = None,
    booking_id: UUID | None = None, patient_id: UUID | None = None, channel: str = "email",
    subject: str | None = None, body: str | None = None,
) -> Message:  # fmt: skip
    message_id: UUID = await op.db.value(NEW_ID)
    sealed = await seal_body(op, message_id=message_id, body=body, patient_id=patient_id) if body else None
    message = await op.db.one(
        Message, QUEUE, id=message_id, kind=kind, recipient=recipient, locale=locale, invitation_id=invitation_id,
        sign_up_id=sign_up_id, invoice_id=invoice_id, payment_id=payment_id, person_link_id=person_link_id,
        reminder_id=reminder_id, offer_id=offer_id, booking_code_id=booking_code_id,
        booking_id=booking_id, patient_id=patient_id, channel=channel, subject=subject, body=sealed,
    )  # fmt: skip
    assert message
    await op.emit(MessageQueued(message.id))
    return message

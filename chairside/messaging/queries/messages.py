from uuid import UUID

from babel import Locale
from babel.dates import format_date

from chairside import billing, documents, patients, tenancy
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.messaging.rows import MESSAGE, Message, Proposal, Sent
from chairside.messaging.rules.words import language_of, words

OF = """
    select message.id, message.kind, message.recipient, message.subject, message.status, message.reason, message.reply,
           message.attempts, message.sent_at, message.created_at, message.created_by, membership.name
      from message
      left join membership on membership.principal_id = message.created_by
     where message.invoice_id = %(invoice_id)s
        or message.payment_id = %(payment_id)s
     order by message.id desc
     limit 50
"""
OF_INVITATIONS = f"""
    select distinct on (message.invitation_id) {MESSAGE}
      from message
     where message.invitation_id is not null
     order by message.invitation_id, message.id desc
"""


@needs("billing.read")
async def list_messages(op: Op, *, invoice_id: UUID | None = None, payment_id: UUID | None = None) -> list[Sent]:
    """What was sent of an invoice or of a payment, the newest first. Refuses billing.NoSuchInvoice, billing.NoSuchPayment."""
    if invoice_id:
        await billing.get_invoice(op, invoice_id=invoice_id)
    if payment_id:
        await billing.get_payment(op, payment_id=payment_id)
    return await op.db.all(Sent, OF, invoice_id=invoice_id, payment_id=payment_id)


@needs("members.read")
async def list_invitation_letters(op: Op) -> list[Message]:
    """The newest letter of each invitation."""
    return await op.db.all(Message, OF_INVITATIONS)


@needs("billing.invoice")
async def propose_invoice(op: Op, *, invoice_id: UUID) -> Proposal:
    """The letter as it would go, in the clinic's language. Refuses billing.NoSuchInvoice."""
    sheet = await billing.get_invoice(op, invoice_id=invoice_id)
    clinic = await tenancy.get(op)
    said = words(language_of(clinic.locale))["invoice"]
    money, day = _writers(op)
    due = sheet.balance_due
    facts = {
        "clinic": clinic.name,
        "name": (sheet.parties.get("payer") or sheet.parties["patient"])["name"],
        "number": sheet.number or "",
        "issued_on": day(sheet.issued_on) if sheet.issued_on else "",
        "total": money(sheet.total, sheet.currency),
        "due": money(due, sheet.currency),
        "due_on": day(sheet.due_on) if sheet.due_on else "",
    }
    body = said["body_paid" if due <= 0 else "body_by" if sheet.due_on else "body"]
    subject = said["subject"].format(**facts)
    return await _proposal(op, sheet.patient_id, subject, body.format(**facts), f"{sheet.number or 'draft'}.pdf")


@needs("billing.collect")
async def propose_receipt(op: Op, *, payment_id: UUID) -> Proposal:
    """Refuses billing.NoSuchPayment."""
    paid = await billing.get_payment(op, payment_id=payment_id)
    clinic = await tenancy.get(op)
    said = words(language_of(clinic.locale))["receipt"]
    money, day = _writers(op)
    facts = {
        "clinic": clinic.name,
        "name": paid.party["name"],
        "amount": money(paid.amount, paid.currency),
        "on": day(paid.on_day),
    }
    subject = said["subject"].format(**facts)
    return await _proposal(op, paid.patient_id, subject, said["body"].format(**facts), f"receipt-{paid.on_day}.pdf")


async def _proposal(op: Op, patient_id: UUID, subject: str, body: str, attachment: str) -> Proposal:
    """To the patient, or whoever answers for them, if only that one has an address."""
    patient = await patients.get(op, patient_id=patient_id)
    addresses = _emails(patient)
    if patient.guarantor_id:
        addresses += _emails(await patients.get(op, patient_id=patient.guarantor_id))
    addresses = list(dict.fromkeys(addresses))
    return Proposal(addresses[0] if addresses else None, addresses, subject, body, op.clinic.locale, attachment)


def _emails(patient: patients.Patient) -> list[str]:
    found = [contact for contact in patient.contacts if contact["type"] == "email"]
    return [contact["value"] for contact in sorted(found, key=lambda one: not one.get("is_primary"))]


def _writers(op: Op):  # type: ignore[no-untyped-def]
    locale = Locale.parse(op.clinic.locale, sep="-")
    return (
        lambda amount, currency: documents.write_money(Money(amount, currency), locale=op.clinic.locale),
        lambda day: format_date(day, "long", locale=locale),
    )

import asyncio
from typing import Any, NamedTuple
from uuid import UUID

from babel import Locale

from chairside import documents, patients, scheduling, tenancy
from chairside.kernel.audit import EXPORTED
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict
from chairside.prescribing.queries.prescriptions import get_prescription
from chairside.prescribing.rows import Prescription
from chairside.prescribing.rules.papers import UNITS, in_words


class PrintingIsOff(Conflict):
    """This clinic prints no prescriptions: the law requires electronic prescribing here."""


class PrescriptionIsADraft(Conflict):
    """This prescription is not issued yet; there is nothing to print."""


class Paper(NamedTuple):
    name: str
    pdf: bytes


@needs("prescribing.read")
@way_out(
    "paper",
    "prescription.drug",
    "prescription.strength",
    "prescription.dose",
    "prescription.directions",
    "prescription.quantity",
    "prescription.cancel_reason",
    "patient.first_name",
    "patient.last_name",
    "patient.birth_date",
    "patient.address",
    "provider.npi",
    "provider.dea_sealed",
    "licence.number_sealed",
)
async def draw_prescription(op: Op, *, patient_id: UUID, prescription_id: UUID) -> Paper:
    """An issued one as a PDF. Providers who print their own have their drawn signature and their DEA number on it. Refuses
    PrintingIsOff, PrescriptionIsADraft, NoSuchPrescription, NotOnCareTeam, vault.KeysAway."""
    one = await get_prescription(op, patient_id=patient_id, prescription_id=prescription_id)
    clinic = await tenancy.get(op)
    if not clinic.prints_prescriptions:
        raise PrintingIsOff()
    if one.issued_at is None:
        raise PrescriptionIsADraft()
    op.db.with_next(EXPORTED, what="prescription", id=prescription_id)
    patient = await patients.get(op, patient_id=patient_id)
    prescriber = await scheduling.get_prescriber(op, provider_id=one.provider_id)
    own = prescriber.provider.member_id is not None and prescriber.provider.member_id == op.actor.id
    signature = await scheduling.get_signature(op, provider_id=one.provider_id) if own else None
    locale = op.clinic.locale
    language = documents.language_of(locale)
    words = documents.words(language)
    named = [prescriber.provider.name, prescriber.provider.title]
    numbers = [("npi", prescriber.provider.npi), ("dea", prescriber.provider.dea)]
    lines = [f"{words[word]} {number}" for word, number in numbers if number]
    lines += [f"{words['licence']} {licence.authority} {licence.number}" for licence in prescriber.licences]
    address = dict(patient.address) if patient.address else None
    unit = UNITS[one.form]
    facts: dict[str, Any] = {
        "clinic": documents.sender(clinic._asdict(), locale),
        "patient": [f"{patient.first_name} {patient.last_name}", *documents.address_lines(address, locale)],
        "details": _details(op, one, patient.birth_date),
        "drug": one.drug,
        "form": one.form,
        "strength": one.strength,
        "directions": _directions(one, locale),
        "figures": f"{one.quantity}" if unit == "piece" else f"{one.quantity} {unit}",
        "in_words": in_words(one.quantity, language),
        "refills": str(one.refills),
        "refills_in_words": in_words(one.refills, language),
        "generic_allowed": one.generic_allowed,
        "prescriber": [" · ".join(filter(None, named)), *lines],
        "signature": list(signature.picture) if signature else None,
        "code": one.hash.hex()[:16] if one.hash else "",
        "void": {"on": one.cancelled_at.astimezone(op.clinic.zone).date(), "reason": one.cancel_reason}
        if one.cancelled_at
        else None,
    }
    async with op.apart():
        pdf = await asyncio.to_thread(documents.render, "prescription", facts, locale=locale, dated=one.issued_at)
    return Paper(f"prescription-{one.issued_at.astimezone(op.clinic.zone).date()}.pdf", pdf)


def _details(op: Op, one: Prescription, birth_date: Any) -> list[tuple[str, Any]]:
    assert one.issued_at
    born: list[tuple[str, Any]] = [("born", birth_date)] if birth_date else []
    return [("prescribed_on", one.issued_at.astimezone(op.clinic.zone).date()), *born]


def _directions(one: Prescription, locale: str) -> list[str]:
    """`1 tablet · 3 times a day · for 5 days`, and what was typed besides."""
    words = documents.words(documents.language_of(locale))
    many = Locale.parse(locale, sep="-").plural_form
    parts = [one.dose]
    for name, count in (("times", one.times_a_day), ("days", one.days)):
        if count is not None:
            parts.append(words.get(f"{name}_{many(count)}", words[f"{name}_other"]).replace("{count}", str(count)))
    return [" · ".join(parts), *filter(None, [one.directions])]

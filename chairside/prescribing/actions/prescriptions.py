"""A draft is one row that is written over; issuing puts the provider's name to exactly what it says then, and locks it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chairside import patients, scheduling
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Stale, malformed
from chairside.prescribing.events import PrescriptionChanged
from chairside.prescribing.queries.prescriptions import NoSuchPrescription, check, get_prescription
from chairside.prescribing.rows import HeldPrescription, Prescription
from chairside.prescribing.rules import drugs, papers
from chairside.prescribing.rules.warnings import is_severe

DRAFT = """
    insert into prescription (patient_id, provider_id, drug, form, strength, dose, times_a_day, days, directions,
    quantity, refills,
                              generic_allowed)
    select patient.id, %(provider_id)s, %(drug)s, %(form)s, %(strength)s, %(dose)s, %(times_a_day)s, %(days)s, %(directions)s,
           %(quantity)s, %(refills)s, %(generic_allowed)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning prescription.id
"""
HOLD = f"""
    select {", ".join(f"prescription.{column}" for column in HeldPrescription._fields)}
      from prescription
     where prescription.id = %(prescription_id)s
       and prescription.patient_id = %(patient_id)s
       for update
"""
CHANGE = """
    update prescription
       set provider_id = %(provider_id)s, drug = %(drug)s, form = %(form)s, strength = %(strength)s, dose = %(dose)s,
           times_a_day = %(times_a_day)s, days = %(days)s, directions = %(directions)s, quantity = %(quantity)s,
           refills = %(refills)s, generic_allowed = %(generic_allowed)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = prescription.version + 1
     where prescription.id = %(prescription_id)s
"""
ISSUE = """
    update prescription
       set issued_at = %(at)s, issued_by = app.actor(), hash = %(hash)s, of_patient_id = prescription.patient_id,
           warnings = %(warnings)s, override_reason = %(override_reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = prescription.version + 1
     where prescription.id = %(prescription_id)s
"""
SET_CANCELLED = """
    update prescription
       set cancelled_at = %(at)s, cancelled_by = case when %(at)s::timestamptz is not null then app.actor() end,
           cancel_reason = %(reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = prescription.version + 1
     where prescription.id = %(prescription_id)s
"""


class PrescriptionIsStale(Stale):
    """Somebody changed this prescription while you were editing."""


class PrescriptionIsIssued(Conflict):
    """This prescription is issued and does not change any more; cancel it and write another."""


class PrescriptionIsCancelled(Conflict):
    """This prescription was cancelled; write another."""


class ControlledDrug(Conflict):
    """{drug} is a controlled drug. These are not prescribed here: the law asks for a way of its own for them."""


class SevereWarnings(Conflict):
    """There is a severe warning about this drug and this patient; say why it is prescribed all the same."""


class NotThePrescriber(Forbidden):
    """Only the provider whose name a prescription bears issues it."""


class OnlyPeoplePrescribe(Forbidden):
    """Only a person issues prescriptions; a program cannot."""


@needs("prescribing.write")
async def draft(op: Op, *, patient_id: UUID, provider_id: UUID, facts: Mapping[str, Any]) -> Prescription:
    """`facts`: rules.papers.SAID. Refuses NoSuchPatient, NotOnCareTeam, ControlledDrug, and in words a provider who is not
    there and what says neither how often nor how."""
    await patients.check_record(op, patient_id=patient_id)
    _check(facts)
    await _check_provider(op, provider_id)
    prescription_id: UUID | None = await op.db.value(DRAFT, patient_id=patient_id, provider_id=provider_id, **facts)
    if prescription_id is None:
        raise patients.NoSuchPatient()
    await op.emit(PrescriptionChanged(prescription_id, patient_id))
    return await get_prescription(op, patient_id=patient_id, prescription_id=prescription_id)


@needs("prescribing.write")
async def change(op: Op, *, patient_id: UUID, prescription_id: UUID, version: int, changes: dict[str, Any]) -> Prescription:
    """Writes over a draft. Refuses NotOnCareTeam, NoSuchPrescription, PrescriptionIsStale, PrescriptionIsIssued,
    PrescriptionIsCancelled, ControlledDrug."""
    held = await _hold(op, patient_id, prescription_id, version)
    _check_draft(held)
    facts = {name: changes.get(name, getattr(held, name)) for name in (*papers.SAID, "provider_id")}
    _check(facts)
    if facts["provider_id"] != held.provider_id:
        await _check_provider(op, facts["provider_id"])
    await op.db.run(CHANGE, prescription_id=prescription_id, **facts)
    return await _became(op, held)


@needs("prescribing.write")
async def issue(
    op: Op, *, patient_id: UUID, prescription_id: UUID, version: int | None = None, override_reason: str | None = None
) -> Prescription:
    """The provider puts their name to what it says; from then on nobody changes it. Asks for a proof of who one is. What speaks
    against it is kept with it, and why it was written all the same. Refuses NotOnCareTeam, NoSuchPrescription,
    PrescriptionIsStale, PrescriptionIsIssued, PrescriptionIsCancelled, NotThePrescriber, ControlledDrug, SevereWarnings,
    StepUpNeeded, OnlyPeoplePrescribe, NotAllowed."""
    held = await _hold(op, patient_id, prescription_id, version)
    _check_draft(held)
    check_drug(held.drug)
    if op.actor.program:
        raise OnlyPeoplePrescribe()
    provider = await scheduling.get_provider(op, provider_id=held.provider_id)
    if provider.member_id != op.actor.id:
        raise NotThePrescriber()
    checked = await check(op, patient_id=patient_id, drug=held.drug)
    reason = (override_reason or "").strip() or None
    if is_severe(checked.warnings) and reason is None:
        raise SevereWarnings()
    op.require_proof()
    said = [one._asdict() for one in checked.warnings]
    content = {
        **{name: getattr(held, name) for name in papers.SAID}, "prescription": held.id, "patient": patient_id,
        "provider": held.provider_id, "signer": op.actor.id, "warnings": said, "override_reason": reason,
    }  # fmt: skip
    await op.db.run(
        ISSUE, prescription_id=prescription_id, at=op.now, hash=papers.issued_hash(content, op.now), warnings=Jsonb(said),
        override_reason=reason,
    )  # fmt: skip
    return await _became(op, held)


@needs("prescribing.write")
async def cancel(op: Op, *, patient_id: UUID, prescription_id: UUID, reason: str, version: int | None = None) -> Prescription:
    """A draft that comes to nothing, or an issued one that does not count any more; it stays to be read. Refuses NotOnCareTeam,
    NoSuchPrescription, PrescriptionIsStale."""
    held = await _hold(op, patient_id, prescription_id, version)
    if held.cancelled_at is None:
        await op.db.run(SET_CANCELLED, prescription_id=prescription_id, at=op.now, reason=reason)
    return await _became(op, held)


@needs("prescribing.write")
async def restore(op: Op, *, patient_id: UUID, prescription_id: UUID, version: int | None = None) -> Prescription:
    """It counts again. Refuses NotOnCareTeam, NoSuchPrescription, PrescriptionIsStale."""
    held = await _hold(op, patient_id, prescription_id, version)
    if held.cancelled_at is not None:
        await op.db.run(SET_CANCELLED, prescription_id=prescription_id, at=None, reason=None)
    return await _became(op, held)


def check_drug(drug: str) -> None:
    """Refuses ControlledDrug."""
    if drugs.controlled_in(drug):
        raise ControlledDrug(drug=drug)


def check_how(facts: Mapping[str, Any]) -> None:
    if facts["times_a_day"] is None and not facts["directions"]:
        raise malformed("/directions", "how_is_missing", "Say how often it is taken, or how.")


def _check(facts: Mapping[str, Any]) -> None:
    check_drug(facts["drug"])
    check_how(facts)


async def _check_provider(op: Op, provider_id: UUID) -> None:
    try:
        await scheduling.get_provider(op, provider_id=provider_id)
    except scheduling.NoSuchProvider as error:
        raise malformed("/provider_id", "not_found", "There is no such provider in this clinic.") from error


async def _hold(op: Op, patient_id: UUID, prescription_id: UUID, version: int | None) -> HeldPrescription:
    await patients.check_record(op, patient_id=patient_id)
    held = await op.db.one(HeldPrescription, HOLD, prescription_id=prescription_id, patient_id=patient_id)
    await op.settle()
    if held is None:
        raise NoSuchPrescription()
    if version not in (None, held.version):
        # Of two who issue at once, the second hears what became of it rather than that something did.
        if held.issued_at is not None:
            raise PrescriptionIsIssued()
        raise PrescriptionIsStale(version=held.version)
    return held


def _check_draft(held: HeldPrescription) -> None:
    if held.issued_at is not None:
        raise PrescriptionIsIssued()
    if held.cancelled_at is not None:
        raise PrescriptionIsCancelled()


async def _became(op: Op, held: HeldPrescription) -> Prescription:
    await op.emit(PrescriptionChanged(held.id, held.patient_id))
    return await get_prescription(op, patient_id=held.patient_id, prescription_id=held.id)

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation, LockNotAvailable, UniqueViolation

from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed
from chairside.patients import rules
from chairside.patients.actions.care_teams import ADD
from chairside.patients.actions.numbers import next_number
from chairside.patients.events import PatientArchived, PatientChanged, PatientRegistered, PatientRestored
from chairside.patients.queries.patients import get
from chairside.patients.rows import PATIENT, Guarantee, Patient

# Without waiting for an import, which may have written the same number and not yet committed.
IMPATIENCE = "select set_config('lock_timeout', '500ms', true)"
REGISTER = f"""
    insert into patient (register_number, first_name, middle_name, last_name, preferred_name, birth_date, sex,
                         address, note, contacts, guarantor_id, search, sort_key)
    values (%(register_number)s, %(first_name)s, %(middle_name)s, %(last_name)s, %(preferred_name)s, %(birth_date)s, %(sex)s,
            %(address)s, %(note)s, %(contacts)s, %(guarantor_id)s, %(search)s, %(sort_key)s)
    returning {PATIENT}
"""
# Also found by the number of whoever was merged into them.
CHANGE = f"""
    update patient
       set register_number = %(register_number)s, first_name = %(first_name)s, middle_name = %(middle_name)s,
           last_name = %(last_name)s, preferred_name = %(preferred_name)s, birth_date = %(birth_date)s, sex = %(sex)s,
           address = %(address)s, note = %(note)s, contacts = %(contacts)s, guarantor_id = %(guarantor_id)s,
           search = %(search)s || coalesce((select string_agg(merge.search, '' order by merge.id)
                                              from patient_merge as merge
                                             where merge.patient_id = patient.id
                                               and merge.undone_at is null), ''),
           sort_key = %(sort_key)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = patient.version + 1
     where patient.id = %(patient_id)s
       and patient.version = %(version)s
    returning {PATIENT}
"""
SET_ARCHIVED = f"""
    update patient
       set archived_at = %(at)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = patient.version + 1
     where patient.id = %(patient_id)s
       and patient.version = coalesce(%(version)s, patient.version)
    returning {PATIENT}
"""
# A family has one who answers for it: they answer for themselves, and nobody answers for a guarantor.
GUARANTORS = """
    select (select payer.guarantor_id is not null
              from patient as payer
             where payer.id = %(guarantor_id)s and payer.deleted_at is null) as answered_for,
           exists (select from patient as dependent
                    where dependent.guarantor_id = %(patient_id)s and dependent.deleted_at is null) as answers
"""
CHANGEABLE = (
    "register_number", "first_name", "middle_name", "last_name", "preferred_name", "birth_date", "sex", "address", "note",
    "contacts", "guarantor_id",
)  # fmt: skip


class NumberTaken(Conflict):
    """Another patient already has this register number."""


class NumberMayCome(Conflict):
    """An import that is running may bring this register number; leave it empty, or try again when the import is done."""


class PatientIsStale(Stale):
    """Somebody changed this patient while you were editing."""


class GuarantorAnsweredFor(Conflict):
    """Somebody else answers for that person's bills; choose whoever answers for the whole family."""


class AnswersForOthers(Conflict):
    """This patient answers for others' bills; give those another guarantor first."""


@needs("patients.register")
async def register(
    op: Op, *, first_name: str, last_name: str, birth_date: date | None, sex: str = "unknown", middle_name: str | None = None,
    preferred_name: str | None = None, register_number: str | None = None, address: dict[str, Any] | None = None,
    note: str | None = None, contacts: list[dict[str, Any]] | None = None, guarantor_id: UUID | None = None,
) -> Patient:  # fmt: skip
    """Without a number, the next one. Refuses NumberTaken, NumberMayCome, GuarantorAnsweredFor, and a guarantor that is not
    there."""
    if guarantor_id:
        await _check_guarantor(op, patient_id=None, guarantor_id=guarantor_id)
    if register_number is None:
        register_number = await next_number(op)
    else:
        op.db.with_next(IMPATIENCE)
    values = stored({
        "register_number": register_number, "first_name": first_name, "middle_name": middle_name, "last_name": last_name,
        "preferred_name": preferred_name, "birth_date": birth_date, "sex": sex, "address": address, "note": note,
        "contacts": contacts or [], "guarantor_id": guarantor_id,
    })  # fmt: skip
    with _promises(values):
        patient = await op.db.one(Patient, REGISTER, **values)
    assert patient
    if op.actor.restricted and not op.actor.program:  # or they could not open what they have just written
        await op.db.run(ADD, patient_id=patient.id, member_id=op.actor.id)
    await op.emit(PatientRegistered(patient.id))
    return patient


@needs("patients.write")
async def change(op: Op, *, patient_id: UUID, version: int, changes: dict[str, Any]) -> Patient:
    """Change the named fields, among CHANGEABLE; `address` is merged, None taking a line away.
    Refuses NoSuchPatient, PatientIsStale, NumberTaken, NumberMayCome, GuarantorAnsweredFor, AnswersForOthers."""
    patient = await get(op, patient_id=patient_id)
    if patient.version != version:
        raise PatientIsStale(version=patient.version)
    wanted = {field: changes.get(field, getattr(patient, field)) for field in CHANGEABLE}
    if changes.get("address") and patient.address:
        wanted["address"] = {**patient.address, **changes["address"]}
    if changes.get("guarantor_id"):
        await _check_guarantor(op, patient_id=patient_id, guarantor_id=changes["guarantor_id"])
    if wanted["register_number"] != patient.register_number:
        op.db.with_next(IMPATIENCE)
    values = stored(wanted)
    with _promises(values):
        changed = await op.db.one(Patient, CHANGE, **values, patient_id=patient_id, version=version)
    if changed is None:
        raise PatientIsStale(version=patient.version)
    await op.emit(PatientChanged(patient_id))
    return changed


@needs("patients.archive")
async def archive(op: Op, *, patient_id: UUID, version: int | None = None) -> Patient:
    """No longer active; still found and shown. Refuses NoSuchPatient, PatientIsStale."""
    return await _set_archived(op, patient_id, version, archived=True)


@needs("patients.archive")
async def restore(op: Op, *, patient_id: UUID, version: int | None = None) -> Patient:
    """Active again. Refuses NoSuchPatient, PatientIsStale."""
    return await _set_archived(op, patient_id, version, archived=False)


async def _set_archived(op: Op, patient_id: UUID, version: int | None, *, archived: bool) -> Patient:
    patient = await get(op, patient_id=patient_id)
    if version is not None and version != patient.version:
        raise PatientIsStale(version=patient.version)
    if (patient.archived_at is not None) == archived:
        return patient
    changed = await op.db.one(
        Patient, SET_ARCHIVED, patient_id=patient_id, at=op.now if archived else None, version=patient.version
    )
    if changed is None:
        raise PatientIsStale(version=patient.version)
    await op.emit(PatientArchived(patient_id) if archived else PatientRestored(patient_id))
    return changed


async def _check_guarantor(op: Op, *, patient_id: UUID | None, guarantor_id: UUID) -> None:
    if guarantor_id == patient_id:
        raise malformed("/guarantor_id", "self", "A patient without a guarantor answers for themselves; leave this empty.")
    found = await op.db.one(Guarantee, GUARANTORS, patient_id=patient_id, guarantor_id=guarantor_id)
    if found is None or found.answered_for is None:
        raise malformed("/guarantor_id", "not_found", "There is no such patient in this clinic.")
    if found.answered_for:
        raise GuarantorAnsweredFor()
    if found.answers:
        raise AnswersForOthers()


def stored(values: dict[str, Any]) -> dict[str, Any]:
    """The columns that follow from the others, and JSON as the driver wants it."""
    address = {line: text for line, text in (values["address"] or {}).items() if text}
    return values | rules.folded(values) | {"address": Jsonb(address) if address else None, "contacts": Jsonb(values["contacts"])}


@contextmanager
def _promises(values: dict[str, Any]) -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise NumberTaken(register_number=values["register_number"]) from error
    except LockNotAvailable as error:
        raise NumberMayCome() from error
    except ForeignKeyViolation as error:
        raise malformed("/guarantor_id", "not_found", "There is no such patient in this clinic.") from error

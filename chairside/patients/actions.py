import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation, UniqueViolation

from chairside.kernel.audit import shown
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed
from chairside.patients import rules
from chairside.patients.events import PatientArchived, PatientChanged, PatientRegistered, PatientRestored
from chairside.patients.queries import get
from chairside.patients.rows import PATIENT, Added, Guarantee, Patient

# Whoever registers waits here for the other who does: two must not be given the same next number.
QUEUE = "select pg_advisory_xact_lock(hashtextextended('register ' || app.clinic()::text, 0))"
NEXT_NUMBER = """
    select coalesce(max(case when patient.register_number ~ '^[0-9]{1,15}$' then patient.register_number::bigint end), 0) + 1
      from patient
"""
REGISTER = f"""
    insert into patient (register_number, first_name, middle_name, last_name, preferred_name, birth_date, sex,
                         address, note, contacts, guarantor_id, search, sort_key)
    values (%(register_number)s, %(first_name)s, %(middle_name)s, %(last_name)s, %(preferred_name)s, %(birth_date)s, %(sex)s,
            %(address)s, %(note)s, %(contacts)s, %(guarantor_id)s, %(search)s, %(sort_key)s)
    returning {PATIENT}
"""
CHANGE = f"""
    update patient
       set register_number = %(register_number)s, first_name = %(first_name)s, middle_name = %(middle_name)s,
           last_name = %(last_name)s, preferred_name = %(preferred_name)s, birth_date = %(birth_date)s, sex = %(sex)s,
           address = %(address)s, note = %(note)s, contacts = %(contacts)s, guarantor_id = %(guarantor_id)s,
           search = %(search)s, sort_key = %(sort_key)s,
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
    select (select payer.guarantor_id is not null from patient as payer where payer.id = %(guarantor_id)s) as answered_for,
           exists (select from patient as dependent where dependent.guarantor_id = %(patient_id)s) as answers
"""
# `import_id` is the file's that they come from.
ADD_MANY = """
    insert into patient (register_number, first_name, middle_name, last_name, preferred_name, birth_date, sex,
                         address, note, contacts, guarantor_id, archived_at, import_id, search, sort_key)
    select newcomer.register_number, newcomer.first_name, newcomer.middle_name, newcomer.last_name, newcomer.preferred_name,
           newcomer.birth_date, newcomer.sex, newcomer.address, newcomer.note, newcomer.contacts, newcomer.guarantor_id,
           case when newcomer.archived then %(now)s::timestamptz end, %(import_id)s, newcomer.search, newcomer.sort_key
      from jsonb_to_recordset(%(newcomers)s) as newcomer (
               register_number text, first_name text, middle_name text, last_name text, preferred_name text, birth_date date,
               sex text, address jsonb, note text, contacts jsonb, guarantor_id uuid, archived boolean, search text,
               sort_key text)
        on conflict (clinic_id, register_number) where deleted_at is null do nothing
    returning patient.id, patient.register_number
"""
# Whoever books or charges for one of them meanwhile waits here, and is seen by what is asked next.
HOLD = shown("""
    select patient.id
      from patient
     where patient.import_id = %(import_id)s
       and patient.deleted_at is null
       for update
""")
REMOVE_MANY = """
    update patient
       set deleted_at = %(now)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = patient.version + 1
     where patient.id = any(%(patient_ids)s)
       and patient.deleted_at is null
"""
CHANGEABLE = (
    "register_number", "first_name", "middle_name", "last_name", "preferred_name", "birth_date", "sex", "address", "note",
    "contacts", "guarantor_id",
)  # fmt: skip


class NumberTaken(Conflict):
    """Another patient already has this register number."""


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
    """Without a number, the next one. Refuses NumberTaken, GuarantorAnsweredFor, and a guarantor that is not there."""
    if guarantor_id:
        await _check_guarantor(op, patient_id=None, guarantor_id=guarantor_id)
    if register_number is None:
        await op.db.run(QUEUE)
        register_number = str(await op.db.value(NEXT_NUMBER))
    values = _stored({
        "register_number": register_number, "first_name": first_name, "middle_name": middle_name, "last_name": last_name,
        "preferred_name": preferred_name, "birth_date": birth_date, "sex": sex, "address": address, "note": note,
        "contacts": contacts or [], "guarantor_id": guarantor_id,
    })  # fmt: skip
    with _promises(values):
        patient = await op.db.one(Patient, REGISTER, **values)
    assert patient
    await op.emit(PatientRegistered(patient.id))
    return patient


@needs("patients.write")
async def change(op: Op, *, patient_id: UUID, version: int, changes: dict[str, Any]) -> Patient:
    """Change the named fields, among CHANGEABLE; `address` is merged, None taking a line away.
    Refuses NoSuchPatient, PatientIsStale, NumberTaken, GuarantorAnsweredFor, AnswersForOthers."""
    patient = await get(op, patient_id=patient_id)
    if patient.version != version:
        raise PatientIsStale(version=patient.version)
    wanted = {field: changes.get(field, getattr(patient, field)) for field in CHANGEABLE}
    if changes.get("address") and patient.address:
        wanted["address"] = {**patient.address, **changes["address"]}
    if changes.get("guarantor_id"):
        await _check_guarantor(op, patient_id=patient_id, guarantor_id=changes["guarantor_id"])
    values = _stored(wanted)
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


@needs("imports.run")
async def add_many(op: Op, *, import_id: UUID, newcomers: Sequence[dict[str, Any]], above: int = 0) -> list[UUID | None]:
    """Patients out of a file, some hundreds at a time, each with the facts that `register` takes and `archived`; every
    guarantor answers for themselves. In their order the ids; None for whose register number the clinic has already, which
    stays as it is. Whoever has no number gets the next, above `above`, the highest of those to come."""
    await op.db.run(QUEUE)
    if any(newcomer["register_number"] is None for newcomer in newcomers):
        number = max(await op.db.value(NEXT_NUMBER), above + 1)
        numbered = []
        for newcomer in newcomers:
            if newcomer["register_number"] is None:
                newcomer = newcomer | {"register_number": str(number)}
                number += 1
            numbered.append(newcomer)
        newcomers = numbered
    rows = [newcomer | _folded(newcomer) for newcomer in newcomers]
    added = await op.db.all(Added, ADD_MANY, import_id=import_id, newcomers=Jsonb(rows, dumps=_dumps), now=op.now)
    ids = {each.register_number: each.id for each in added}
    return [ids.get(newcomer["register_number"]) for newcomer in newcomers]


@needs("imports.run")
async def hold_imported(op: Op, *, import_id: UUID) -> list[UUID]:
    """Those who came from a file and are still here; until this operation ends nobody else does anything with them."""
    return await op.db.all(_id, HOLD, import_id=import_id)


@needs("imports.run")
async def remove_many(op: Op, *, patient_ids: Sequence[UUID]) -> None:
    """As if they had never been registered; the audit remembers. Their register numbers are free again."""
    await op.db.run(REMOVE_MANY, patient_ids=list(patient_ids), now=op.now)


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


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    """The columns that follow from the others, and JSON as the driver wants it."""
    address = {line: text for line, text in (values["address"] or {}).items() if text}
    return values | _folded(values) | {"address": Jsonb(address) if address else None, "contacts": Jsonb(values["contacts"])}


def _folded(values: dict[str, Any]) -> dict[str, Any]:
    """The columns by which a patient is found."""
    names = {f: values[f] for f in ("first_name", "middle_name", "last_name", "preferred_name", "register_number", "contacts")}
    return {
        "search": rules.search_text(**names),
        "sort_key": rules.sort_key(values["last_name"], values["first_name"]),
    }


def _dumps(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _id(id: UUID) -> UUID:
    return id


@contextmanager
def _promises(values: dict[str, Any]) -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise NumberTaken(register_number=values["register_number"]) from error
    except ForeignKeyViolation as error:
        raise malformed("/guarantor_id", "not_found", "There is no such patient in this clinic.") from error

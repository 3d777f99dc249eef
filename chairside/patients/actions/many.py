"""Patients of a file: many at once."""

from collections.abc import Sequence
from uuid import UUID

from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.patients.rows import Added
from chairside.patients.rules import Newcomers

# `import_id` is the file's that they come from.
ADD_MANY = """
    insert into patient (register_number, first_name, middle_name, last_name, preferred_name, birth_date, sex,
                         address, note, contacts, guarantor_id, archived_at, import_id, search, sort_key)
    select newcomer.register_number, newcomer.first_name, newcomer.middle_name, newcomer.last_name, newcomer.preferred_name,
           newcomer.birth_date, newcomer.sex, newcomer.address, newcomer.note, newcomer.contacts, newcomer.guarantor_id,
           case when newcomer.archived then %(now)s::timestamptz end, %(import_id)s, newcomer.search, newcomer.sort_key
      from jsonb_to_recordset(%(newcomers)s::jsonb) as newcomer (
               register_number text, first_name text, middle_name text, last_name text, preferred_name text, birth_date date,
               sex text, address jsonb, note text, contacts jsonb, guarantor_id uuid, archived boolean, search text,
               sort_key text)
        on conflict (clinic_id, register_number) where deleted_at is null do nothing
    returning patient.id, patient.register_number
"""
# Whoever books or charges for one of them meanwhile waits here, and is seen by what is asked next; or waits for this to end,
# and then finds them removed.
HOLD = shown("""
    select patient.id
      from patient
     where patient.id = any(%(patient_ids)s)
       and patient.deleted_at is null
     order by patient.id
       for update
""")
REMOVE_MANY = """
    update patient
       set deleted_at = %(now)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = patient.version + 1
     where patient.id = any(%(patient_ids)s)
       and patient.deleted_at is null
"""


@needs("imports.run")
async def add_many(op: Op, *, import_id: UUID, newcomers: Newcomers) -> list[UUID | None]:
    """Patients out of a file, some hundreds at a time; every guarantor answers for themselves. In their order the ids; None for
    whose register number the clinic has already, which stays as it is."""
    added = await op.db.all(Added, ADD_MANY, import_id=import_id, newcomers=newcomers.rows, now=op.now)
    ids = {each.register_number: each.id for each in added}
    return [ids.get(number) for number in newcomers.numbers]


@needs("imports.run")
async def hold_many(op: Op, *, patient_ids: Sequence[UUID]) -> list[UUID]:
    """Those of them who are still here; until this operation ends nobody else does anything with them."""
    return await op.db.all(_id, HOLD, patient_ids=list(patient_ids))


@needs("imports.run")
async def remove_many(op: Op, *, patient_ids: Sequence[UUID]) -> None:
    """As if they had never been registered; the audit remembers. Their register numbers are free again."""
    await op.db.run(REMOVE_MANY, patient_ids=list(patient_ids), now=op.now)


def _id(id: UUID) -> UUID:
    return id

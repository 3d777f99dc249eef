from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from chairside import patients
from chairside.history import rules
from chairside.history.rows import ENTRY, HistoryEntry, MedicalHistory
from chairside.history.rules import Alert
from chairside.kernel.audit import opened, shown
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

# Also of somebody of whom nothing was said yet: that is an answer.
GET = opened(
    """
    select coalesce(history.id, patient.id) as id, patient.id as patient_id, coalesce(history.none_of, '{}') as none_of,
           history.reviewed_at, reviewer.name as reviewed_by_name, clinic.history_review_months as review_months,
           coalesce(history.version, 0) as version
      from patient
      cross join clinic
      left join medical_history as history on history.patient_id = patient.id
      left join membership as reviewer on reviewer.principal_id = history.reviewed_by
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
""",
    entity="medical_history",
    patient="patient_id",
)
ENTRIES = shown(
    f"""
    select {ENTRY}
      from history_entry as entry
     where entry.patient_id = %(patient_id)s
     order by entry.id
""",
    entity="history_entry",
    patient="patient_id",
)
ENTRY_OF = opened(
    f"""
    select {ENTRY}
      from history_entry as entry
     where entry.id = %(entry_id)s
       and entry.patient_id = %(patient_id)s
""",
    entity="history_entry",
    patient="patient_id",
)


# Of many at once: what stands on their visits. Whose it is is noted; of whom there is nothing, nothing.
ALERTING = f"""
    with shown as (
        select {ENTRY}
          from history_entry as entry
         where entry.patient_id = any(%(patient_ids)s::uuid[])
           and entry.struck_at is null
           and entry.ended_at is null
           and (entry.kind in ('allergy', 'premedication', 'pregnancy') or entry.anticoagulant)
    ), noted as (
        insert into audit_event (action, entity, patient_ids)
        select 'read', 'history_entry', array_agg(distinct shown.patient_id) from shown having count(*) > 0
    )
    select * from shown order by id
"""


class NoSuchHistoryEntry(Missing):
    """There is no such entry in this medical history."""


class Whole(NamedTuple):
    """A medical history with every entry, also those that are over or struck through."""

    history: MedicalHistory
    entries: list[HistoryEntry]

    def alerts(self, op: Op) -> list[Alert]:
        return rules.alerts(self.entries, op.today)

    def known(self, op: Op) -> dict[str, str]:
        """Of each kind: `some`, `none`, `not_asked`."""
        return {kind: rules.known_of(kind, self.entries, self.history.none_of, op.today) for kind in rules.KINDS}


@needs("history.read")
async def get(op: Op, *, patient_id: UUID) -> Whole:
    """Entries in the order in which they were recorded. Refuses NoSuchPatient, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    history = await op.db.one(MedicalHistory, GET, patient_id=patient_id)
    if history is None:
        raise patients.NoSuchPatient()
    return Whole(history, await op.db.all(HistoryEntry, ENTRIES, patient_id=patient_id))


@needs("history.read")
async def list_alerts(op: Op, *, patient_ids: Collection[UUID]) -> dict[UUID, list[Alert]]:
    """Of those who have any: of a day's patients. Whose records are closed to whoever asks must not be among them."""
    if not patient_ids:
        return {}
    found: dict[UUID, list[HistoryEntry]] = {}
    for entry in await op.db.all(HistoryEntry, ALERTING, patient_ids=array(patient_ids)):
        found.setdefault(entry.patient_id, []).append(entry)
    alerting = {patient_id: rules.alerts(entries, op.today) for patient_id, entries in found.items()}
    return {patient_id: alerts for patient_id, alerts in alerting.items() if alerts}


@needs("history.read")
async def get_entry(op: Op, *, patient_id: UUID, entry_id: UUID) -> HistoryEntry:
    """Refuses NotOnCareTeam, NoSuchHistoryEntry."""
    await patients.check_record(op, patient_id=patient_id)
    entry = await op.db.one(HistoryEntry, ENTRY_OF, patient_id=patient_id, entry_id=entry_id)
    if entry is None:
        raise NoSuchHistoryEntry()
    return entry

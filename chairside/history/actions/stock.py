"""Every change of a medical history leaves the whole as it stands behind, as a version."""

from uuid import UUID

from chairside import patients
from chairside.history.events import HistoryChanged
from chairside.history.rows import HeldHistory
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Stale

BEGIN = """
    insert into medical_history (patient_id)
    select patient.id
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    on conflict (clinic_id, patient_id) do nothing
"""
HOLD = """
    select history.none_of, history.version
      from medical_history as history
      join patient on patient.id = history.patient_id and patient.deleted_at is null
     where history.patient_id = %(patient_id)s
       for no key update of history
"""
TURN = """
    with turned as (
        update medical_history
           set version = medical_history.version + 1, updated_at = transaction_timestamp(), updated_by = app.actor()
         where medical_history.patient_id = %(patient_id)s
        returning medical_history.*
    )
    insert into history_version (patient_id, number, why, none_of, reviewed_at, reviewed_by, entries)
    select turned.patient_id, turned.version, %(why)s, turned.none_of, turned.reviewed_at, turned.reviewed_by,
           coalesce((select jsonb_agg(jsonb_build_object(
                                'id', entry.id, 'kind', entry.kind, 'name', entry.name, 'code_system', entry.code_system,
                                'code', entry.code, 'severity', entry.severity, 'reaction', entry.reaction, 'dose', entry.dose,
                                'anticoagulant', entry.anticoagulant, 'controlled', entry.controlled, 'reason', entry.reason,
                                'due_on', entry.due_on, 'since', entry.since, 'until', entry.until, 'note', entry.note,
                                'ended_at', entry.ended_at, 'end_reason', entry.end_reason, 'struck_at', entry.struck_at,
                                'strike_reason', entry.strike_reason) order by entry.id)
                       from history_entry as entry
                      where entry.patient_id = turned.patient_id), '[]')
      from turned
"""
# Of what is there it is not said any longer that there is none.
CORRECT = """
    update medical_history
       set none_of = array(select said.kind
                             from unnest(medical_history.none_of) as said (kind)
                            where not exists (select
                                                from history_entry as entry
                                               where entry.patient_id = medical_history.patient_id
                                                 and entry.kind = said.kind
                                                 and entry.struck_at is null
                                                 and entry.ended_at is null
                                                 and (entry.until is null
                                                      or entry.until >= left(%(today)s::text, length(entry.until)))))
     where medical_history.patient_id = %(patient_id)s
       and medical_history.none_of <> '{}'
"""


class HistoryIsStale(Stale):
    """Somebody changed this medical history since you opened it; look at what is new first."""


async def hold(op: Op, patient_id: UUID, version: int | None = None) -> HeldHistory:
    """Nobody else changes anything of it until this transaction ends. Refuses NoSuchPatient, NotOnCareTeam, HistoryIsStale."""
    await patients.check_record(op, patient_id=patient_id)
    await op.db.run(BEGIN, patient_id=patient_id)
    held = await op.db.one(HeldHistory, HOLD, patient_id=patient_id)
    if held is None:
        raise patients.NoSuchPatient()
    if version not in (None, held.version):
        raise HistoryIsStale(version=held.version)
    return held


async def turn(op: Op, patient_id: UUID, why: str) -> None:
    """The whole as it stands becomes the next version."""
    op.db.with_next(CORRECT, patient_id=patient_id, today=op.today.isoformat())
    await op.db.run(TURN, patient_id=patient_id, why=why)
    await op.emit(HistoryChanged(patient_id))


@needs("patients.merge")
async def take_stock(op: Op, *, patient_ids: tuple[UUID, ...]) -> None:
    """Entries came from one record to another, or went back: of each that has a history, or entries now, a version."""
    for patient_id in sorted(patient_ids):
        await op.db.run(BEGIN_WITH_ENTRIES, patient_id=patient_id)
        await turn(op, patient_id, "merged")


BEGIN_WITH_ENTRIES = """
    insert into medical_history (patient_id)
    select entry.patient_id
      from history_entry as entry
      join patient on patient.id = entry.patient_id and patient.deleted_at is null
     where entry.patient_id = %(patient_id)s
     limit 1
    on conflict (clinic_id, patient_id) do nothing
"""

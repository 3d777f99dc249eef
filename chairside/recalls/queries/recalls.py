from datetime import date, datetime
from typing import Any
from uuid import UUID

from chairside import patients, scheduling
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.recalls.rows import ATTEMPT, Recall, RecallAttempt

# A visit that nobody said anything about answers a recall until its day is over.
STATUS = """
           case when recall.closed_at is not null then 'closed'
                when visit.starts_at >= %(since)s or visit.status in ('arrived', 'in_chair') then 'booked'
                when recall.snoozed_until > greatest(%(today)s::date, recall.due_on) then 'snoozed'
                else 'due' end"""
RECALL = f"""
    select recall.id, recall.patient_id, patient.first_name, patient.last_name, patient.birth_date,
           calling.phone, calling.safe_for_voicemail,
           recall.type_id, type.name as type_name,
           (select answering.service_id
              from recall_type_service as answering
             where answering.type_id = type.id
             order by answering.position
             limit 1) as service_id,
           coalesce(recall.every, type.every) as every, coalesce(recall.unit, type.unit) as unit,
           recall.every is not null as own_interval,
           recall.due_on, recall.set_due_on, recall.previous_on, recall.note, {STATUS} as status,
           recall.snoozed_until, visit.id as appointment_id, visit.starts_at as appointment_at,
           recall.closed_at, recall.closing_reason,
           coalesce(attempts.number, 0) as attempts, attempts.latest as last_attempt, recall.version
      from recall
      join recall_type as type on type.id = recall.type_id
      join patient on patient.id = recall.patient_id
      left join appointment as visit on visit.id = recall.appointment_id
      left join lateral (
           select contact ->> 'value' as phone, (contact ->> 'safe_for_voicemail')::boolean as safe_for_voicemail
             from jsonb_array_elements(patient.contacts) as contact
            where contact ->> 'type' <> 'email'
            order by (contact ->> 'is_primary')::boolean desc
            limit 1) as calling on true
      left join lateral (
           select count(*)::int as number,
                  (array_agg(jsonb_build_object('id', attempt.id, 'kind', attempt.kind, 'outcome', attempt.outcome,
                                                'note', attempt.note, 'at', attempt.at, 'by', attempt.by)
                             order by attempt.id desc))[1] as latest
             from recall_attempt as attempt
            where attempt.recall_id = recall.id
              and attempt.undone_at is null) as attempts on true
"""
GET = opened(f"{RECALL} where recall.id = %(recall_id)s", entity="recall", patient="patient_id")
IN_ORDER = f"""
       and ({STATUS}) = any(%(statuses)s::text[])
     order by recall.due_on, recall.id
     limit %(limit)s
"""
# Who is archived is not called in.
LIST = shown(
    f"""
    {RECALL}
     where (recall.due_on, recall.id) > (%(day)s::date, %(id)s::uuid)
       and (%(due_before)s::date is null or recall.due_on < %(due_before)s)
       and (%(type_id)s::uuid is null or recall.type_id = %(type_id)s)
       and patient.archived_at is null
       and patient.deleted_at is null
       {IN_ORDER}
""",
    entity="recall",
    patient="patient_id",
)
OF_PATIENT = shown(
    f"""
    {RECALL}
     where recall.patient_id = %(patient_id)s
       and (recall.due_on, recall.id) > (%(day)s::date, %(id)s::uuid)
       and (%(due_before)s::date is null or recall.due_on < %(due_before)s)
       and (%(type_id)s::uuid is null or recall.type_id = %(type_id)s)
       {IN_ORDER}
""",
    entity="recall",
    patient="patient_id",
)
ATTEMPTS = shown(
    f"""
    select {ATTEMPT}, attempt.patient_id
      from recall_attempt as attempt
     where attempt.recall_id = %(recall_id)s
       and attempt.undone_at is null
     order by attempt.id desc
     limit 200
""",
    entity="recall",
    patient="patient_id",
    columns="id, kind, outcome, note, at, by",
)
OPEN = ("due", "booked", "snoozed")
START = (date(1, 1, 1), UUID(int=0))


class NoSuchRecall(Missing):
    """There is no such recall in this clinic."""


@needs("recalls.read")
async def get(op: Op, *, recall_id: UUID) -> Recall:
    """Refuses NoSuchRecall."""
    recall = await op.db.one(Recall, GET, recall_id=recall_id, **as_of(op))
    if recall is None:
        raise NoSuchRecall()
    return recall


@needs("recalls.read")
async def list_(
    op: Op, *, patient_id: UUID | None = None, due_before: date | None = None, type_id: UUID | None = None,
    statuses: tuple[str, ...] = OPEN, after: tuple[date, UUID] = START, limit: int = 50,
) -> list[Recall]:  # fmt: skip
    """The call list: by the day on which they are due, going on after a (day, id); those before `due_before`. Only of those who
    are not archived, unless one patient is asked about. Refuses NotOnCareTeam."""
    day, id = after
    wanted = {"due_before": due_before, "type_id": type_id, "statuses": list(statuses), "day": day, "id": id, "limit": limit}
    if patient_id:
        await patients.check_record(op, patient_id=patient_id)
        return await op.db.all(Recall, OF_PATIENT, patient_id=patient_id, **wanted, **as_of(op))
    return await op.db.all(Recall, LIST, **wanted, **as_of(op))


@needs("recalls.read")
async def list_attempts(op: Op, *, recall_id: UUID) -> list[RecallAttempt]:
    """The latest first, at most 200. Refuses NoSuchRecall."""
    await get(op, recall_id=recall_id)
    return await op.db.all(RecallAttempt, ATTEMPTS, recall_id=recall_id)


def as_of(op: Op) -> dict[str, Any]:
    """The day it is in the clinic, and the instant with which it began."""
    return {"today": op.today, "since": day_begins(op)}


def day_begins(op: Op) -> datetime:
    return scheduling.day_interval(op.today, op.clinic.zone)[0]

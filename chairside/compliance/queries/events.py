"""Who saw and changed what. Reading it is on record, too."""

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from chairside import patients
from chairside.compliance.rows import Health, Noted, Opened, Values
from chairside.compliance.rules import showing
from chairside.kernel.egress import class_of
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

LATEST = (datetime(2200, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class NoSuchEvent(Missing):
    """There is no such event in this clinic's record."""


NAME = "(select concat_ws(' ', p.first_name, p.last_name) from patient p where p.id = e.patient_id)"


WHOLE = "audit_event e"
ABOUT = "app.audit_about(%(patient)s::uuid, %(since)s, %(until)s) f join audit_event e on e.at = f.at and e.id = f.id"
FILTERED = """
           e.at >= %(since)s
           and e.at < %(until)s
           and (e.at, e.id) < (%(at)s::timestamptz, %(id)s::uuid)
           and (%(entity)s::text is null or e.entity = %(entity)s)
           and (%(action)s::text is null or e.action = %(action)s)
           and (%(outcome)s::text is null or e.outcome = %(outcome)s)
"""
NEWEST = "order by e.at desc, e.id desc limit %(limit)s"
# Two walks, each in the order of its index, instead of one through everything that others did since.
BY = f"""
    (
        (select e.* from audit_event e where e.actor_id = %(actor)s::uuid and {FILTERED.strip()} {NEWEST})
        union all
        (select e.*
           from audit_event e
          where e.on_behalf_of = %(actor)s::uuid
            and e.actor_id is distinct from %(actor)s::uuid
            and {FILTERED.strip()}
          {NEWEST})
    ) e
"""
# What is rare is found by its index, what is frequent on the way back in time: only the values tell which.
PLAN = "select set_config('plan_cache_mode', 'force_custom_plan', true)"


def _listing(*, named: bool, source: str) -> str:
    """With the patients' names, or without."""
    name = (
        "(select concat_ws(' ', p.first_name, p.last_name) from patient p where p.id = e.patient_id)" if named else "null::text"
    )
    seen = "array_agg(distinct shown.patient_id) filter (where shown.patient_id is not null)" if named else "null::uuid[]"
    return f"""
    with chosen as materialized (
        select e.*
          from {source}
         where {FILTERED.strip()}
           and (%(actor)s::uuid is null or e.actor_id = %(actor)s or e.on_behalf_of = %(actor)s)
         {NEWEST}
    ), shown as (
        select e.id, e.at, e.actor_id, coalesce(person.name, program.name) as actor_name, e.actor_type, e.on_behalf_of,
               behalf.name as behalf_name, e.action, e.entity, e.entity_id, e.patient_id, {name} as patient_name,
               cardinality(e.patient_ids) as patients, e.outcome, e.changed_fields, e.request_id, e.purpose, e.context,
               e.session_id, host(e.ip) as ip, seal.seq
          from chosen e
          left join membership person on person.principal_id = e.actor_id
          left join service_account program on program.id = e.actor_id
          left join membership behalf on behalf.principal_id = e.on_behalf_of
          left join audit_seal seal on seal.clinic_id = e.clinic_id and seal.at = e.at and seal.audit_id = e.id
         order by e.at desc, e.id desc
    ), noted as (
        insert into audit_event (action, entity, patient_id, patient_ids)
        select %(reading)s::text, 'audit_event', %(patient)s::uuid, {seen} from shown
    )
    select * from shown
    """


LIST = _listing(named=False, source=WHOLE)
LIST_NAMED = _listing(named=True, source=WHOLE)
LIST_BY = _listing(named=False, source=BY)
LIST_NAMED_BY = _listing(named=True, source=BY)
LIST_ABOUT = _listing(named=False, source=ABOUT)
LIST_NAMED_ABOUT = _listing(named=True, source=ABOUT)
# An id says when it was made; the event is of the transaction around it.
FIND = f"""
    with shown as (
        select e.id, e.at, e.actor_id, coalesce(person.name, program.name) as actor_name, e.actor_type, e.on_behalf_of,
               behalf.name as behalf_name, e.action, e.entity, e.entity_id, e.patient_id,
               case when %(named)s::bool then {NAME} end as patient_name,
               cardinality(e.patient_ids) as patients, e.outcome, e.changed_fields, e.request_id, e.purpose, e.context,
               e.session_id, host(e.ip) as ip, seal.seq
          from audit_event e
          left join membership person on person.principal_id = e.actor_id
          left join service_account program on program.id = e.actor_id
          left join membership behalf on behalf.principal_id = e.on_behalf_of
          left join audit_seal seal on seal.clinic_id = e.clinic_id and seal.at = e.at and seal.audit_id = e.id
         where e.id = %(event)s::uuid
           and e.at > uuid_extract_timestamp(%(event)s::uuid) - interval '1 day'
           and e.at < uuid_extract_timestamp(%(event)s::uuid) + interval '1 minute'
    ), noted as (
        insert into audit_event (action, entity, entity_id, patient_id)
        select 'read', 'audit_event', shown.id, shown.patient_id from shown
    )
    select * from shown
"""
VALUES = "select v.old, v.new from audit_value v where v.at = %(at)s and v.audit_id = %(event)s"
# With those that were merged into the patient: they were records of the same person.
OPENED = """
    with recursive record (id) as (
        select %(patient)s::uuid
         union
        select merged.id
          from patient as merged
          join record on record.id = merged.merged_into_id
    ), mine as (
        select (e.at at time zone %(zone)s)::date as day, e.actor_id, e.actor_type, e.at, e.entity,
               case when e.action <> 'read' then 'changed' when e.patient_id = record.id then 'opened' else 'listed' end as way
          from record,
               lateral app.audit_about(record.id, %(since)s, %(until)s) f
          join audit_event e on e.at = f.at and e.id = f.id
         where e.entity <> 'audit_event'
           and e.outcome = 'done'
    ), noted as (
        insert into audit_event (action, entity, patient_id) values ('read', 'audit_event', %(patient)s)
    )
    select mine.day, mine.actor_id, coalesce(person.name, program.name), mine.actor_type,
           array(select mr.role_slug from membership_role mr where mr.principal_id = mine.actor_id order by 1),
           mine.way, array_agg(distinct mine.entity), count(*), min(mine.at), max(mine.at)
      from mine
      left join membership person on person.principal_id = mine.actor_id
      left join service_account program on program.id = mine.actor_id
     group by mine.day, mine.actor_id, person.name, program.name, mine.actor_type, mine.way
     order by max(mine.at) desc
     limit 500
"""
IS_THERE = "select exists (select from patient where patient.id = %(patient)s)"
HEALTH = """
    select coalesce((select max(s.seq) from audit_seal s), 0),
           (select max(k.at) from audit_checkpoint k),
           last.at, last.seq, last.sealed_at, last.problem, last.problem_seq
      from (select) as always
      left join lateral (select v.* from audit_verification v order by v.id desc limit 1) last on true
"""


class Wanted(NamedTuple):
    """What is asked for; `until` is not in it."""

    patient_id: UUID | None = None
    actor_id: UUID | None = None
    entity: str | None = None
    action: str | None = None
    outcome: str | None = None
    since: datetime = BEGINNING
    until: datetime = LATEST[0]


@needs("audit.read")
async def list_events(op: Op, *, wanted: Wanted, before: tuple[datetime, UUID] = LATEST, limit: int = 50) -> list[Noted]:
    """Newest first, beginning before an (instant, id). Patients have names for those who may know them. A patient is looked
    for in lists, too."""
    return await page(op, wanted, before, limit)


async def page(op: Op, wanted: Wanted, before: tuple[datetime, UUID], limit: int, *, reading: str = "read") -> list[Noted]:
    at, id_ = before
    given: dict[str, Any] = {
        "patient": wanted.patient_id, "actor": wanted.actor_id, "entity": wanted.entity, "action": wanted.action,
        "outcome": wanted.outcome, "since": wanted.since, "until": wanted.until, "at": at, "id": id_, "limit": limit,
        "reading": reading,
    }  # fmt: skip
    op.db.with_next(PLAN)
    if op.may("patients.read"):
        if wanted.patient_id:
            return await op.db.all(Noted, LIST_NAMED_ABOUT, **given)
        if wanted.actor_id:
            return await op.db.all(Noted, LIST_NAMED_BY, **given)
        return await op.db.all(Noted, LIST_NAMED, **given)
    if wanted.patient_id:
        return await op.db.all(Noted, LIST_ABOUT, **given)
    if wanted.actor_id:
        return await op.db.all(Noted, LIST_BY, **given)
    return await op.db.all(Noted, LIST, **given)


@needs("audit.read")
async def get_event(op: Op, *, event_id: UUID) -> tuple[Noted, list[showing.Changed]]:
    """One, with what was before and after as far as the reader may see it. Refuses NoSuchEvent."""
    named = op.may("patients.read")
    event = await op.db.one(Noted, FIND, event=event_id, named=named)
    if event is None:
        raise NoSuchEvent()
    closed = event.patient_id in await patients.list_closed(op, patient_ids=[event.patient_id] if event.patient_id else [])
    values = await op.db.one(Values, VALUES, at=event.at, event=event_id)
    return event, showing.changes(
        event.changed_fields, values and values.old, values and values.new, kept=values is not None,
        class_of=lambda field: None if closed else class_of(event.entity, field), patients=named,
    )  # fmt: skip


@needs("audit.read")
async def list_opened(op: Op, *, patient_id: UUID, since: datetime, until: datetime) -> list[Opened]:
    """Who opened, changed or was shown a patient's record, day by day, the latest first; at most 500. Refuses NoSuchPatient."""
    if not await op.db.value(IS_THERE, patient=patient_id):
        raise patients.NoSuchPatient()
    return await op.db.all(Opened, OPENED, patient=patient_id, since=since, until=until, zone=op.clinic.timezone)


@needs("audit.read")
async def get_health(op: Op) -> Health:
    """How far it is sealed, signed and looked through."""
    found = await op.db.one(Health, HEALTH)
    assert found
    return found

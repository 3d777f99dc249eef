from datetime import datetime, timedelta
from uuid import UUID

from chairside import scheduling
from chairside.filling.rows import Candidate
from chairside.filling.rules import Ranked, rank
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Invalid

LONGEST = timedelta(hours=12)
MOST = 200
# The clinic's own words for the parts of a day, as on the waiting list.
PARTS = ((12, "morning"), (17, "afternoon"), (24, "evening"))
CANDIDATES = shown(
    """
    select wish.entry_id, wish.recall_id, patient.id as patient_id, patient.first_name, patient.last_name, patient.birth_date,
           calling.phone, calling.safe_for_voicemail, coalesce(preference.do_not_contact, false) as do_not_contact,
           service.id as service_id, service.name as service_name, wish.minutes, service.price,
           wish.urgent, wish.since, wish.asked_for, wish.later_visit_id, past.kept, past.missed, wish.tried_on,
           wish.notice_hours
      from (
           select entry.id as entry_id, null::uuid as recall_id, entry.patient_id, entry.service_id,
                  coalesce((extract(epoch from sooner.ends_at - sooner.starts_at) / 60)::int, entry.duration_minutes,
                           service.duration_minutes) as minutes, entry.urgent,
                  (entry.created_at at time zone %(zone)s)::date as since,
                  exists (select from waitlist_provider as preferred
                           where preferred.entry_id = entry.id and preferred.provider_id = %(provider_id)s) as asked_for,
                  entry.appointment_id as later_visit_id, null::date as tried_on, entry.notice_hours
             from waitlist_entry as entry
             join service on service.id = entry.service_id
             left join appointment as sooner on sooner.id = entry.appointment_id
            where entry.closed_at is null
              and entry.booked_id is null
              and %(day)s between coalesce(entry.from_on, %(day)s) and coalesce(least(entry.until_on, entry.expires_on), %(day)s)
              and (entry.weekdays = '{}' or extract(isodow from %(day)s)::int = any(entry.weekdays))
              and (entry.parts = '{}' or %(part)s = any(entry.parts))
              and make_interval(hours => entry.notice_hours)
                  <= greatest(%(starts_at)s::timestamptz - %(now)s::timestamptz, interval '0')
              and (sooner.id is null or sooner.starts_at > %(starts_at)s)
              and not exists (select from waitlist_provider as preferred
                               where preferred.entry_id = entry.id
                              having count(*) > 0 and bool_and(preferred.provider_id <> %(provider_id)s))
            union all
           select null, recall.id, recall.patient_id, answering.service_id,
                  coalesce(type.duration_minutes, service.duration_minutes), false, recall.due_on, false, null,
                  (select max((attempt.at at time zone %(zone)s)::date)
                     from recall_attempt as attempt
                    where attempt.recall_id = recall.id and attempt.undone_at is null), 0
             from recall
             join recall_type as type on type.id = recall.type_id
             join lateral (
                  select one.service_id
                    from recall_type_service as one
                   where one.type_id = type.id
                   order by one.position
                   limit 1) as answering on true
             join service on service.id = answering.service_id
             left join appointment as visit on visit.id = recall.appointment_id
            where recall.closed_at is null
              and recall.due_on <= %(day)s
              and (recall.snoozed_until is null or recall.snoozed_until <= %(day)s)
              and (visit.id is null or visit.starts_at < %(now)s)
           ) as wish
      join patient on patient.id = wish.patient_id
      join service on service.id = wish.service_id
      left join contact_preference as preference on preference.patient_id = patient.id
      left join lateral (
           select contact ->> 'value' as phone, (contact ->> 'safe_for_voicemail')::boolean as safe_for_voicemail
             from jsonb_array_elements(patient.contacts) as contact
            where contact ->> 'type' <> 'email'
            order by (contact ->> 'is_primary')::boolean desc
            limit 1) as calling on true
      left join lateral (
           select count(*) filter (where visit.status = 'completed')::int as kept,
                  count(*) filter (where visit.status = 'no_show')::int as missed
             from appointment as visit
            where visit.patient_id = patient.id) as past on true
     where patient.archived_at is null
       and patient.deleted_at is null
       and service.active
       and wish.minutes <= %(minutes)s
       and not exists (select from claim
                        where claim.resource_id = patient.id
                          and claim.active
                          and claim.during && tstzrange(%(starts_at)s, %(starts_at)s + make_interval(mins => wish.minutes)))
     order by wish.urgent desc, wish.since, patient.id
     limit %(most)s
""",
    entity="candidate",
    patient="patient_id",
)


class NoTimeAtAll(Invalid):
    """A time to fill is to come, ends after it begins, and is at most twelve hours long."""


@needs("recalls.read")
async def list_candidates(op: Op, *, provider_id: UUID, starts_at: datetime, ends_at: datetime) -> list[Ranked]:
    """Of the waiting list and of those who are due, whom this time suits, whom to ask first: at most two hundred are weighed, the
    urgent and those who wait longest. Refuses NoTimeAtAll, scheduling.NoSuchProvider."""
    if not op.now < ends_at or not timedelta() < ends_at - starts_at <= LONGEST:
        raise NoTimeAtAll()
    await scheduling.get_provider(op, provider_id=provider_id)
    local = starts_at.astimezone(op.clinic.zone)
    minutes = int((ends_at - starts_at).total_seconds() // 60)
    part = next(name for hour, name in PARTS if local.hour < hour)
    found = await op.db.all(
        Candidate, CANDIDATES, provider_id=provider_id, starts_at=starts_at, minutes=minutes, day=local.date(), part=part,
        zone=op.clinic.timezone, now=op.now, most=MOST,
    )  # fmt: skip
    return rank(found, minutes=minutes, today=op.today)

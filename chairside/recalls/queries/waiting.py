from uuid import UUID

from chairside import patients
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.recalls.rows import Waiting

# Whoever could come only until a day that is past waits no longer, though nobody has said so.
STATUS = """
           case when entry.closed_at is not null then 'closed'
                when booked.id is not null then 'booked'
                when least(entry.expires_on, entry.until_on) < %(today)s::date then 'expired'
                else 'waiting' end"""
WAITING = f"""
    select entry.id, entry.patient_id, patient.first_name, patient.last_name, patient.birth_date,
           calling.phone, calling.safe_for_voicemail, entry.service_id, service.name as service_name, entry.duration_minutes,
           array(select preferred.provider_id
                   from waitlist_provider as preferred
                  where preferred.entry_id = entry.id
                  order by preferred.id) as provider_ids,
           entry.weekdays, entry.parts, entry.from_on, entry.until_on, entry.notice_hours, entry.urgent,
           entry.appointment_id, sooner.starts_at as appointment_at, entry.earlier_than, entry.expires_on, {STATUS} as status,
           booked.id as booked_id, booked.starts_at as booked_at,
           entry.closed_at, entry.closing_reason, entry.note, entry.created_at, entry.version
      from waitlist_entry as entry
      join patient on patient.id = entry.patient_id
      join service on service.id = entry.service_id
      left join appointment as booked on booked.id = entry.booked_id
      left join appointment as sooner on sooner.id = entry.appointment_id
      left join lateral (
           select contact ->> 'value' as phone, (contact ->> 'safe_for_voicemail')::boolean as safe_for_voicemail
             from jsonb_array_elements(patient.contacts) as contact
            where contact ->> 'type' <> 'email'
            order by (contact ->> 'is_primary')::boolean desc
            limit 1) as calling on true
"""
GET = opened(f"{WAITING} where entry.id = %(entry_id)s", entity="waitlist_entry", patient="patient_id")


def _list(whose: str) -> str:
    return shown(
        f"""
    {WAITING}
     where {whose}
       and (not entry.urgent, entry.id) > (%(calm)s::boolean, %(id)s::uuid)
       and (%(service_id)s::uuid is null or entry.service_id = %(service_id)s)
       and ({STATUS}) = any(%(statuses)s::text[])
     order by not entry.urgent, entry.id
     limit %(limit)s
""",
        entity="waitlist_entry",
        patient="patient_id",
    )


LIST = _list("patient.archived_at is null and patient.deleted_at is null")
OF_PATIENT = _list("entry.patient_id = %(patient_id)s")
STILL = ("waiting",)
FIRST = (False, UUID(int=0))


class NoSuchWaiting(Missing):
    """There is no such entry on the waiting list of this clinic."""


@needs("recalls.read")
async def get_waiting(op: Op, *, entry_id: UUID) -> Waiting:
    """Refuses NoSuchWaiting."""
    entry = await op.db.one(Waiting, GET, entry_id=entry_id, today=op.today)
    if entry is None:
        raise NoSuchWaiting()
    return entry


@needs("recalls.read")
async def list_waiting(
    op: Op, *, patient_id: UUID | None = None, service_id: UUID | None = None, statuses: tuple[str, ...] = STILL,
    after: tuple[bool, UUID] = FIRST, limit: int = 50,
) -> list[Waiting]:  # fmt: skip
    """Who is urgent first, then who has waited longest; going on after a (not urgent, id). Only of those who are not archived,
    unless one patient is asked about. Refuses NotOnCareTeam."""
    calm, id = after
    wanted = {"service_id": service_id, "statuses": list(statuses), "calm": calm, "id": id, "limit": limit, "today": op.today}
    if patient_id:
        await patients.check_record(op, patient_id=patient_id)
        return await op.db.all(Waiting, OF_PATIENT, patient_id=patient_id, **wanted)
    return await op.db.all(Waiting, LIST, **wanted)

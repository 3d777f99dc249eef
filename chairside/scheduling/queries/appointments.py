from datetime import UTC, date, datetime
from uuid import UUID

from chairside import patients
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.scheduling.rows import APPOINTMENT, COMPLETED_ITEM, Appointment, CompletedItem, Happened
from chairside.scheduling.rules import hours

GET = opened(
    f"""
    select {APPOINTMENT}
      from appointment
     where appointment.id = %(appointment_id)s
""",
    entity="appointment",
    patient="patient_id",
)
DAY = shown(
    f"""
    select {APPOINTMENT}
      from appointment
     where appointment.starts_at > %(starts_at)s::timestamptz - interval '24 hours'
       and appointment.starts_at < %(ends_at)s
       and appointment.ends_at > %(starts_at)s
     order by appointment.starts_at, appointment.id
""",
    entity="appointment",
    patient="patient_id",
)
COMPLETED = shown(
    f"""
    select {COMPLETED_ITEM}
      from completed_item
     where completed_item.appointment_id = %(appointment_id)s
       and completed_item.undone_at is null
     order by completed_item.position
""",
    entity="appointment",
    patient="patient_id",
)

HISTORY = shown(
    """
    select 'booking' as step, appointment.created_at as at, appointment.created_by as by,
           appointment.overbooking_reason as reason, null::timestamptz as undone_at, null::uuid as undone_by,
           appointment.patient_id
      from appointment
     where appointment.id = %(appointment_id)s
     union all
    select taken.step, taken.at, taken.by, taken.reason, taken.undone_at, taken.undone_by, taken.patient_id
      from appointment_step as taken
     where taken.appointment_id = %(appointment_id)s
     order by at
""",
    entity="appointment",
    patient="patient_id",
    columns="step, at, by, reason, undone_at, undone_by",
)


def _list(beyond: str, order: str, whose: str) -> str:
    return shown(
        f"""
    select {APPOINTMENT}
      from appointment
     where appointment.starts_at >= %(since)s
       and appointment.starts_at < %(until)s
       and (appointment.starts_at, appointment.id) {beyond} (%(starts_at)s, %(id)s::uuid)
       and {whose}
       and (%(provider_id)s::uuid is null or appointment.provider_id = %(provider_id)s)
       and (%(operatory_id)s::uuid is null or appointment.operatory_id = %(operatory_id)s)
       and (%(statuses)s::text[] is null or appointment.status = any(%(statuses)s))
     order by appointment.starts_at {order}, appointment.id {order}
     limit %(limit)s
""",
        entity="appointment",
        patient="patient_id",
    )


# A condition that also holds when nothing is given uses no index: a patient's visits have statements of their own, or their page
# reads every visit that the clinic ever had.
PATIENT = "appointment.patient_id = %(patient_id)s::uuid"
ANYBODY = "%(patient_id)s::uuid is null"
LIST = _list(">", "asc", ANYBODY)
LIST_LATEST = _list("<", "desc", ANYBODY)
OF_PATIENT = _list(">", "asc", PATIENT)
OF_PATIENT_LATEST = _list("<", "desc", PATIENT)
EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, tzinfo=UTC)
BEGINNING = (EARLIEST, UUID(int=0))
END = (LATEST, UUID(int=2**128 - 1))


class NoSuchAppointment(Missing):
    """There is no such appointment in this clinic."""


@needs("scheduling.read")
async def get_appointment(op: Op, *, appointment_id: UUID) -> Appointment:
    """Refuses NoSuchAppointment."""
    appointment = await op.db.one(Appointment, GET, appointment_id=appointment_id)
    if appointment is None:
        raise NoSuchAppointment()
    return (await closed_to(op, [appointment]))[0]


@needs("scheduling.read")
async def list_appointments(
    op: Op, *, patient_id: UUID | None = None, provider_id: UUID | None = None, operatory_id: UUID | None = None,
    statuses: list[str] | None = None, since: datetime = EARLIEST, until: datetime = LATEST,
    latest_first: bool = False, after: tuple[datetime, UUID] | None = None, limit: int = 50,
) -> list[Appointment]:  # fmt: skip
    """Those that start from `since` until before `until`, going on after a (starts_at, id); of every status if none is named."""
    starts_at, id = after or (END if latest_first else BEGINNING)
    wanted = {
        "patient_id": patient_id, "provider_id": provider_id, "operatory_id": operatory_id, "statuses": statuses,
        "since": since, "until": until, "starts_at": starts_at, "id": id, "limit": limit,
    }  # fmt: skip
    if patient_id:
        await patients.check_record(op, patient_id=patient_id)
        if latest_first:
            return await op.db.all(Appointment, OF_PATIENT_LATEST, **wanted)
        return await op.db.all(Appointment, OF_PATIENT, **wanted)
    if latest_first:
        return await closed_to(op, await op.db.all(Appointment, LIST_LATEST, **wanted))
    return await closed_to(op, await op.db.all(Appointment, LIST, **wanted))


@needs("scheduling.read")
async def list_day(op: Op, *, date: date) -> list[Appointment]:
    """Every appointment that touches a day of the clinic, by time, those cancelled and missed too."""
    starts_at, ends_at = hours.day_interval(date, op.clinic.zone)
    return await closed_to(op, await op.db.all(Appointment, DAY, starts_at=starts_at, ends_at=ends_at))


@needs("scheduling.read")
async def list_completed_items(op: Op, *, appointment_id: UUID) -> list[CompletedItem]:
    """What was done at a visit, in order; nothing before its completion or after that was undone."""
    return await op.db.all(CompletedItem, COMPLETED, appointment_id=appointment_id)


@needs("scheduling.read")
async def list_history(op: Op, *, appointment_id: UUID) -> list[Happened]:
    """That it was booked, and every step since, those taken back too, by time. Refuses NoSuchAppointment, NotOnCareTeam."""
    if op.actor.restricted:
        await patients.check_record(op, patient_id=(await get_appointment(op, appointment_id=appointment_id)).patient_id)
    lines = await op.db.all(Happened, HISTORY, appointment_id=appointment_id)
    if not lines:
        raise NoSuchAppointment()
    return lines


async def closed_to(op: Op, found: list[Appointment]) -> list[Appointment]:
    """As whoever asks may see them. Not a door."""
    closed = await patients.list_closed(op, patient_ids=[one.patient_id for one in found])
    return [one.glimpse() if one.patient_id in closed else one for one in found] if closed else found

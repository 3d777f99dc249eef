from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import TRAVEL, VACATION, BookedVisit, Travel, Vacation
from chairside.scheduling.rules import hours

VACATIONS = f"""
    select {VACATION}
      from vacation
     where vacation.provider_id = %(provider_id)s
       and vacation.last_on >= %(first)s
       and vacation.first_on <= %(last)s
     order by vacation.first_on
     limit 400
"""
TRAVELS = f"""
    select {TRAVEL}
      from travel
     where travel.provider_id = %(provider_id)s
       and travel.last_on >= %(first)s
       and travel.first_on <= %(last)s
     order by travel.first_on
     limit 400
"""
BOOKED = shown(
    """
    select appointment.id, appointment.patient_id, patient.first_name, patient.last_name, appointment.starts_at,
           appointment.ends_at, appointment.status
      from appointment
      join patient on patient.id = appointment.patient_id
     where appointment.provider_id = %(provider_id)s
       and appointment.starts_at > %(starts_at)s::timestamptz - interval '24 hours'
       and appointment.starts_at < %(ends_at)s
       and appointment.ends_at > %(starts_at)s
       and appointment.status in ('requested', 'scheduled', 'confirmed', 'arrived', 'in_chair')
     order by appointment.starts_at, appointment.id
     limit 200
""",
    entity="appointment",
    patient="patient_id",
)


@needs("clinic.read")
async def list_vacations(op: Op, *, provider_id: UUID, first: date = date.min, last: date = date.max) -> list[Vacation]:
    """Those that touch the days from `first` to `last`, at most 400. Refuses NoSuchProvider."""
    await get_provider(op, provider_id=provider_id)
    return await op.db.all(Vacation, VACATIONS, provider_id=provider_id, first=first, last=last)


@needs("clinic.read")
async def list_travels(op: Op, *, provider_id: UUID, first: date = date.min, last: date = date.max) -> list[Travel]:
    """Those that touch the days from `first` to `last`, at most 400. Refuses NoSuchProvider."""
    await get_provider(op, provider_id=provider_id)
    return await op.db.all(Travel, TRAVELS, provider_id=provider_id, first=first, last=last)


@needs("scheduling.read")
async def list_booked(op: Op, *, provider_id: UUID, first: date, last: date) -> list[BookedVisit]:
    """The visits that touch the provider's local days from `first` to `last` and were neither cancelled, missed nor completed:
    whom to call before the provider goes away. At most 200. Of a record that is closed to the one who asks the name and the time,
    as on the schedule. Refuses NoSuchProvider, Malformed for days at the end of time."""
    provider = await get_provider(op, provider_id=provider_id)
    travels = await op.db.all(Travel, TRAVELS, provider_id=provider_id, first=first, last=last)
    elsewhere = [(one.first_on.isoformat(), one.last_on.isoformat(), one.timezone) for one in travels]
    usual = ZoneInfo(provider.timezone) if provider.timezone else op.clinic.zone
    starts_at, _ = hours.day_interval(first, hours.zone_on(first, elsewhere, usual))
    _, ends_at = hours.day_interval(last, hours.zone_on(last, elsewhere, usual))
    return await op.db.all(BookedVisit, BOOKED, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at)

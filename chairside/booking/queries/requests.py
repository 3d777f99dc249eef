from uuid import UUID

from chairside.booking.rows import BookingRequest, Newcomer
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

REQUEST = """
           public_booking.id, public_booking.status, public_booking.first_name, public_booking.last_name, public_booking.mobile,
           public_booking.child_first_name, public_booking.child_last_name, public_booking.child_birth_date, public_booking.note,
           public_booking.service_id, service.name, public_booking.provider_id, provider.name,
           public_booking.operatory_id, public_booking.starts_at, public_booking.ends_at, public_booking.hold_id,
           public_booking.expires_at, public_booking.created_at, public_booking.appointment_id, public_booking.calendar_id,
           public_booking.version
      from public_booking
      join service on service.id = public_booking.service_id
      join provider on provider.id = public_booking.provider_id
"""
OPEN = f"""
    select {REQUEST}
     where public_booking.status = 'requested'
       and public_booking.starts_at > %(now)s
     order by public_booking.starts_at, public_booking.id
     limit 200
"""
ONE = f"""
    select {REQUEST}
     where public_booking.id = %(booking_id)s
       and public_booking.status in ('requested', 'accepted', 'declined', 'withdrawn')
"""
NEWCOMERS = shown("""
    select patient.id, patient.first_name, patient.last_name, appointment.id as appointment_id, appointment.starts_at
      from public_booking
      join appointment on appointment.id = public_booking.appointment_id
      join patient on patient.id = appointment.patient_id
     where public_booking.newcomer
       and public_booking.created_at > %(now)s::timestamptz - interval '400 days'
       and patient.birth_date is null
       and patient.deleted_at is null
       and patient.archived_at is null
     order by appointment.starts_at, appointment.id
     limit 200
""")


class NoSuchRequest(Missing):
    """There is no such request."""


@needs("scheduling.read")
async def list_requests(op: Op) -> list[BookingRequest]:
    """Those that wait for an answer, by time; the ones that have lapsed too, as long as their time is still to come: it is kept
    no longer."""
    return await op.db.all(BookingRequest, OPEN, now=op.now)


@needs("scheduling.read")
async def get_request(op: Op, *, request_id: UUID) -> BookingRequest:
    """Also one that was answered or withdrawn. Refuses NoSuchRequest."""
    found = await op.db.one(BookingRequest, ONE, booking_id=request_id)
    if found is None:
        raise NoSuchRequest()
    return found


@needs("patients.read")
async def list_newcomers(op: Op) -> list[Newcomer]:
    """Whose record the page made and nobody has completed: without a birth date, by their visit."""
    return await op.db.all(Newcomer, NEWCOMERS, now=op.now)

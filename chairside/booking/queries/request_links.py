"""What whoever asked for a time sees of it. Looking changes nothing."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.booking.queries.entering import GRANTS
from chairside.booking.queries.links import MARK, NoSuchLink
from chairside.booking.queries.requests import NoSuchRequest
from chairside.booking.rows import AskedVisit, FollowedLink, LinkedRequest
from chairside.booking.rules import stand_of
from chairside.kernel import links
from chairside.kernel.audit import opened
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import SYSTEM, Op

PURPOSE = "booking request"
FIND = "select clinic_id, id from app.find_booking_request(%(hash)s, %(now)s)"
REQUEST = """
    select public_booking.id, public_booking.status, public_booking.hold_id, public_booking.expires_at,
           public_booking.appointment_id, public_booking.answer_words, clinic.name, clinic.slug, clinic.phone, clinic.address,
           coalesce(page.open, false), service.name, provider.name, public_booking.starts_at, public_booking.ends_at
      from public_booking
      join clinic on clinic.id = public_booking.clinic_id
      join service on service.id = public_booking.service_id
      join provider on provider.id = public_booking.provider_id
      left join booking_page as page on page.clinic_id = public_booking.clinic_id
     where public_booking.id = %(booking_id)s
"""
HOLD = f"{REQUEST.rstrip()}\n       for update of public_booking"
VISIT = opened(
    """
    select appointment.status, appointment.starts_at, appointment.ends_at, appointment.patient_id, appointment.id
      from appointment
     where appointment.id = %(appointment_id)s
""",
    entity="appointment",
    patient="patient_id",
)
SALT = "select public_booking.link_salt from public_booking where public_booking.id = %(booking_id)s"


class RequestState(NamedTuple):
    """`stand`: waiting, lapsed, accepted, cancelled, declined or withdrawn. Times are the visit's, once there is one."""

    request: LinkedRequest
    stand: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    locale: str


@open_to_all("the token in the address is the proof, and it shows how one request stands")
async def read_request(op: Op, *, token: str) -> RequestState:
    """Whoever opens it changes nothing. Refuses NoSuchLink."""
    return await stand(op, await enter_request(op, token, held=False))


@needs("scheduling.read")
async def path_of_request(op: Op, *, request_id: UUID) -> str:
    """On this deployment's own origin, for a text to whoever asked. Refuses NoSuchRequest."""
    salt: bytes | None = await op.db.value(SALT, booking_id=request_id)
    if salt is None:
        raise NoSuchRequest()
    return f"/request/{token_of(request_id, salt)}"


def token_of(booking_id: UUID, salt: bytes) -> str:
    """Not a door."""
    return links.token(PURPOSE, booking_id, salt)


async def enter_request(op: Op, token: str, *, held: bool) -> LinkedRequest:
    """The clinic that it leads to, as nobody in particular; with `held`, whoever else answers it waits. Refuses NoSuchLink. Not a
    door."""
    found = await op.db.one(FollowedLink, FIND, hash=links.hashed(token), now=op.now)
    if found is None:
        raise NoSuchLink()
    op.db.with_next(MARK)
    await op.act_for(found.clinic_id, actor_id=SYSTEM, grants=GRANTS)
    if held:
        request = await op.db.one(LinkedRequest, HOLD, booking_id=found.id)
    else:
        request = await op.db.one(LinkedRequest, REQUEST, booking_id=found.id)
    assert request
    return request


async def stand(op: Op, request: LinkedRequest) -> RequestState:
    """Not a door."""
    visit = None
    if request.appointment_id:
        visit = await op.db.one(AskedVisit, VISIT, appointment_id=request.appointment_id)
    how = stand_of(request.status, expires_at=request.expires_at, visit=visit.status if visit else None, now=op.now)
    starts_at, ends_at = (visit.starts_at, visit.ends_at) if visit else (request.starts_at, request.ends_at)
    return RequestState(request, how, starts_at, ends_at, op.clinic.timezone, op.clinic.locale)

"""What whoever holds a link sees: the visit, and what may still be done about it. Looking changes nothing."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from chairside import scheduling
from chairside.booking.queries.entering import GRANTS
from chairside.booking.queries.openings import is_apart
from chairside.booking.queries.pages import get_shopfront
from chairside.booking.rows import PATIENT_LINK, FollowedLink, LinkedVisit, PatientLink
from chairside.booking.rules import first_and_last, local_midnight, may, until_when
from chairside.kernel import links
from chairside.kernel.audit import opened
from chairside.kernel.egress import way_out
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import SYSTEM, Op
from chairside.kernel.refusals import Missing, malformed
from chairside.scheduling.rows import FeedVisit

FIND = "select clinic_id, id from app.find_patient_link(%(hash)s, %(now)s)"
MARK = "select set_config('app.context', 'patient link', true)"
LINK = f"select {PATIENT_LINK} from patient_link where patient_link.id = %(link_id)s"
HOLD_LINK = f"{LINK} for update"
VISIT = opened(
    """
    select clinic.name as clinic_name, clinic.slug as clinic_slug, clinic.phone, clinic.address,
           appointment.status, service.name as service_name, provider.id as provider_id, provider.name as provider_name,
           appointment.starts_at, appointment.ends_at, appointment.created_at, appointment.updated_at, appointment.version,
           coalesce(page.change_hours, 24) as change_hours, coalesce(page.days_ahead, 60) as days_ahead,
           coalesce(page.notice_hours, 2) as notice_hours, coalesce(page.open, false) as page_open,
           appointment.patient_id, appointment.id, appointment.calendar_id, appointment.group_session_id,
           appointment.service_id
      from appointment
      join clinic on clinic.id = appointment.clinic_id
      join provider on provider.id = appointment.provider_id
      left join service on service.id = appointment.service_id
      left join booking_page as page on page.clinic_id = appointment.clinic_id
     where appointment.id = %(appointment_id)s
""",
    entity="appointment",
    patient="patient_id",
)
OUT = (
    "clinic.name", "clinic.address", "service.name", "appointment.id", "appointment.starts_at", "appointment.ends_at",
    "appointment.status", "appointment.created_at", "appointment.updated_at", "appointment.version",
)  # fmt: skip
MOST_DAYS = 31
MOST = 400
A_MINUTE = timedelta(minutes=1)


class NoSuchLink(Missing):
    """This link is not good any more; please call the clinic."""


class LinkedState(NamedTuple):
    """`acts`: what may still be done with it. `changes_until`: the last moment at which it is moved or cancelled here. `again`: a
    link in the place of one that was used."""

    link: PatientLink
    visit: LinkedVisit
    timezone: str
    locale: str
    acts: list[str]
    changes_until: datetime
    again: str | None = None


@open_to_all("the token in the address is the proof, and it shows one visit")
async def read_link(op: Op, *, token: str) -> LinkedState:
    """What it is about. Whoever opens it, a program that looks through mail too, changes nothing. Refuses NoSuchLink."""
    return await state_of(op, await enter_link(op, token, held=False))


@open_to_all("the token in the address is the proof, and it shows one visit")
@way_out("calendar_feed", *OUT)
async def read_visit(op: Op, *, token: str) -> bytes:
    """The visit as its patient's calendar takes it in: nobody is named. Refuses NoSuchLink, MayNotLeave."""
    state = await state_of(op, await enter_link(op, token, held=False))
    visit = state.visit
    address = visit.address or {}
    where = ", ".join(filter(None, [visit.clinic_name, address.get("line1"), address.get("line2"), address.get("city")]))
    what = " · ".join(filter(None, [visit.service_name, visit.clinic_name]))
    entry = FeedVisit(
        visit.id, visit.starts_at, visit.ends_at, visit.status, where, what, visit.created_at, visit.updated_at, visit.version
    )  # fmt: skip
    return scheduling.write_calendar([entry], name=visit.clinic_name, locale=state.locale)


@open_to_all("the token in the address is the proof; when a provider has time is shown, and nobody's visit")
async def list_times_for_link(op: Op, *, token: str, from_on: date | None = None, days: int = 7) -> scheduling.Openings:
    """When the visit could be instead, with the same provider. Refuses NoSuchLink, and more than MOST_DAYS."""
    if not 1 <= days <= MOST_DAYS:
        raise malformed("/days", "too_far", f"Look at no more than {MOST_DAYS} days at once.")
    state = await state_of(op, await enter_link(op, token, held=False))
    if "move" not in state.acts:
        return scheduling.Openings([], None)
    first = max(from_on or op.today, op.today)
    since = local_midnight(first, op.clinic.zone)
    until = local_midnight(first + timedelta(days=days), op.clinic.zone)
    return await times_within(op, state.visit, since, until)


async def times_within(
    op: Op, visit: LinkedVisit, since: datetime, until: datetime, leeway: timedelta = timedelta()
) -> scheduling.Openings:
    """Not a door."""
    first, last = first_and_last(
        now=op.now, zone=op.clinic.zone, notice=visit.notice_hours, days=visit.days_ahead, leeway=leeway
    )  # fmt: skip
    since, until = max(since, first), min(until, last)
    if until <= since:
        return scheduling.Openings([], None)
    wanted = scheduling.Wanted(
        duration_minutes=(visit.ends_at - visit.starts_at) // A_MINUTE, provider_ids=(visit.provider_id,),
        patient_id=visit.patient_id, moving=visit.id, leeway=leeway // A_MINUTE,
    )  # fmt: skip
    found = await _openings(op, visit, wanted, since, until)
    rooms = (await get_shopfront(op)).has_rooms and not await is_apart(op, visit.calendar_id)
    slots = [
        one for one in found.slots if (one.operatory_id or one.group_session_id or not rooms) and one.starts_at != visit.starts_at
    ]
    return scheduling.Openings(slots, found.next_from)


async def _openings(
    op: Op, visit: LinkedVisit, wanted: scheduling.Wanted, since: datetime, until: datetime
) -> scheduling.Openings:
    """Of its calendar: of a seat other sessions, of another visit when all that it needs is free. Of its provider where the
    calendar offers that no more."""
    if visit.calendar_id:
        by_calendar = wanted._replace(calendar_id=visit.calendar_id, service_id=visit.service_id)
        try:
            return await scheduling.list_openings(op, wanted=by_calendar, since=since, until=until, each=False, limit=MOST)
        except (scheduling.CalendarIsArchived, scheduling.ServiceNotInCalendar, scheduling.NoSuchProvider):
            if visit.group_session_id:
                return scheduling.Openings([], None)
    return await scheduling.list_openings(op, wanted=wanted, since=since, until=until, each=False, limit=MOST)


async def enter_link(op: Op, token: str, *, held: bool) -> PatientLink:
    """The clinic that it leads to, as nobody in particular; with `held`, whoever else uses it waits. Refuses NoSuchLink. Not a
    door."""
    found = await op.db.one(FollowedLink, FIND, hash=links.hashed(token), now=op.now)
    if found is None:
        raise NoSuchLink()
    op.db.with_next(MARK)
    await op.act_for(found.clinic_id, actor_id=SYSTEM, grants=GRANTS)
    if held:
        link = await op.db.one(PatientLink, HOLD_LINK, link_id=found.id)
    else:
        link = await op.db.one(PatientLink, LINK, link_id=found.id)
    assert link
    return link


async def state_of(op: Op, link: PatientLink) -> LinkedState:
    """Not a door."""
    visit = await op.db.one(LinkedVisit, VISIT, appointment_id=link.appointment_id)
    assert visit
    acts = may(link.purpose, status=visit.status, starts_at=visit.starts_at, hours=visit.change_hours, now=op.now)
    until = until_when(visit.starts_at, visit.change_hours)
    return LinkedState(link, visit, op.clinic.timezone, op.clinic.locale, [] if link.used_at else acts, until)

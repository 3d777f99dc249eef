import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.errors import ForeignKeyViolation

from chairside import catalog, patients
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, malformed
from chairside.scheduling.actions.assigning import Assigned, SessionIsFull, assigned, joining
from chairside.scheduling.actions.claims import BUSY, CLAIM, LET_GO, constraint_kept, let_in, queue, taken
from chairside.scheduling.actions.holding import check_own
from chairside.scheduling.actions.sessions import SessionHasEnded, open_session, seats_kept
from chairside.scheduling.events import AppointmentBooked, HoldReleased
from chairside.scheduling.queries.availability import list_openings
from chairside.scheduling.queries.candidates import Wanted
from chairside.scheduling.queries.sessions import get_group_session, held_beside
from chairside.scheduling.queries.setup import NoSuchOperatory, NoSuchProvider
from chairside.scheduling.rows import Appointment, Tried
from chairside.scheduling.rules.claims import Part

# One statement: what is asked for, what stands against it, and unless something does, the appointment with its claims.
BOOK = f"""
    with asked as (
        select item.place, item.service_id, item.quantity, item.tooth, item.surfaces,
               service.id is not null as known, service.active, service.duration_minutes,
               service.buffer_before_minutes, service.buffer_after_minutes
          from unnest(%(services)s::uuid[], %(quantities)s::int[], %(teeth)s::int[], %(surfaces)s::text[])
               with ordinality as item (service_id, quantity, tooth, surfaces, place)
          left join service on service.id = item.service_id
    ), needed as (
        select count(*) filter (where not asked.known) as unknown_services,
               count(*) filter (where not asked.active) as inactive_services,
               coalesce(%(minutes)s::int, sum(asked.duration_minutes * asked.quantity)::int) as minutes,
               coalesce(%(before)s::int, max(asked.buffer_before_minutes), 0) as before,
               coalesce(%(after)s::int, max(asked.buffer_after_minutes), 0) as after
          from asked
    ), visit as (
        select needed.*, patient.id is not null as patient_known, patient.archived_at is not null as patient_archived,
               provider.active as provider_active, provider.member_id, operatory.active as operatory_active,
               %(starts_at)s::timestamptz as starts_at,
               %(starts_at)s::timestamptz + make_interval(mins => needed.minutes) as ends_at
          from needed
          left join patient on patient.id = %(patient_id)s and patient.deleted_at is null
          left join provider on provider.id = %(provider_id)s
          left join operatory on operatory.id = %(operatory_id)s::uuid
    ), wanted as materialized (
        select place.resource_id,
               visit.starts_at - make_interval(mins => place.buffered * visit.before) as starts_at,
               visit.ends_at + make_interval(mins => place.buffered * visit.after) as ends_at,
               visit.starts_at - make_interval(mins => place.buffered * visit.before, hours => 24) as since
          from visit,
               (values (%(provider_id)s, 1), (%(operatory_id)s, 1), (%(patient_id)s, 0)) as place (resource_id, buffered)
         where place.resource_id is not null
           and (%(group_session_id)s::uuid is null or place.resource_id = %(patient_id)s)
         union all
        select part.resource_id,
               visit.starts_at + make_interval(mins => case part.first when 0 then -visit.before else part.first end),
               visit.starts_at + make_interval(mins => coalesce(part.last, visit.minutes + visit.after)),
               visit.starts_at + make_interval(mins => part.first - visit.before, hours => -24)
          from visit, unnest(%(also)s::uuid[], %(firsts)s::int[], %(lasts)s::int[]) as part (resource_id, first, last)
    ), {BUSY}, owner as (
        insert into appointment (patient_id, provider_id, operatory_id, service_id, starts_at, ends_at,
                                 buffer_before_minutes, buffer_after_minutes, overbooking_reason, notes, calendar_id, also,
                                 series_id, series_number, group_session_id)
        select %(patient_id)s, %(provider_id)s, %(operatory_id)s, %(service_id)s, visit.starts_at, visit.ends_at,
               visit.before, visit.after, case when exists (select from busy) then %(overbooking_reason)s end, %(notes)s,
               %(calendar_id)s::uuid, %(parts)s::jsonb, %(series_id)s::uuid, %(series_number)s::int,
               %(group_session_id)s::uuid
          from visit
         where visit.patient_known
           and not visit.patient_archived
           and visit.provider_active
           and (%(operatory_id)s::uuid is null or visit.operatory_active)
           and visit.unknown_services = 0
           and visit.inactive_services = 0
           and visit.minutes between 5 and 720
           and (%(overbooking_reason)s::text is not null or not exists (select from busy))
        returning *
    ), claimed as (
        {CLAIM}
    ), planned as (
        insert into appointment_item (appointment_id, patient_id, position, service_id, quantity, tooth, surfaces)
        select owner.id, owner.patient_id, asked.place, asked.service_id, asked.quantity, asked.tooth, asked.surfaces
          from owner, asked
    )
    select visit.patient_known, visit.patient_archived, visit.provider_active, visit.member_id, visit.operatory_active,
           visit.unknown_services, visit.inactive_services, visit.minutes, visit.before, visit.after,
           array(select busy.resource_id from busy),
           owner.id, owner.service_id, visit.ends_at, owner.status, owner.overbooking_reason, owner.version
      from visit
      left join owner on true
"""
SHORTEST, LONGEST = 5, 720
MINUTE = timedelta(minutes=1)
SUGGESTED, SUGGESTED_WITHIN = 3, timedelta(days=28)


class PatientIsArchived(Conflict):
    """This patient is archived; restore them before booking."""


class ProviderIsInactive(Conflict):
    """This provider does not take appointments any more."""


class OperatoryIsInactive(Conflict):
    """This operatory is not in use any more."""


class ServiceIsInactive(Conflict):
    """A service among these is not offered any more."""


class Item(NamedTuple):
    """A service planned for a visit; `tooth` in FDI numbers."""

    service_id: UUID
    quantity: int = 1
    tooth: int | None = None
    surfaces: str | None = None


@needs("scheduling.book", "scheduling.book_own")
async def book(
    op: Op, *, patient_id: UUID, starts_at: datetime, provider_id: UUID | None = None, operatory_id: UUID | None = None,
    calendar_id: UUID | None = None, service_id: UUID | None = None, items: list[Item] | None = None,
    duration_minutes: int | None = None, notes: str | None = None, overbooking_reason: str | None = None,
    suggest: bool = False, hold_id: UUID | None = None, group_session_id: UUID | None = None,
) -> Appointment:  # fmt: skip
    """Book a visit for the services named (`service_id` is the main reason, the first of `items` if absent), as long as they
    take unless `duration_minutes` says otherwise. A reason books it over whatever has the time; it is kept when something
    has. `suggest` lets the refusal name the next free times. `hold_id` is one's own hold, which the visit takes the place of;
    one that has expired is no longer there, and its time is had if nobody else has it. By a calendar whoever's turn it is among
    the free takes it, with what the calendar requires; never over others. Of a calendar with more than one seat it is a seat: in
    the session that is open then, or in one that is opened by it; `group_session_id` names a session, late as it may be.
    Refuses TimeTaken, NobodyIsFree, SessionIsFull, SessionHasEnded, NoSuchGroupSession, NotOwnSchedule, NoSuchPatient,
    NoSuchProvider, NoSuchOperatory, NoSuchService, NoSuchCalendar, CalendarIsArchived, ServiceNotInCalendar, PatientIsArchived,
    ProviderIsInactive, OperatoryIsInactive, ServiceIsInactive."""
    planned = items or ([Item(service_id)] if service_id else [])
    main = service_id or (planned[0].service_id if planned else None)
    if group_session_id:
        found, calendar_id = await _seat_of(op, group_session_id, patient_id, starts_at, overbooking_reason, hold_id)
        main = found.service_id
        planned = planned or ([Item(main)] if main else [])
    elif calendar_id:
        if overbooking_reason:
            raise malformed("/overbooking_reason", "one_of", "Book over others with a provider, and without a calendar.")
        if duration_minutes is None and sum(item.quantity for item in planned) > 1:
            raise malformed("/duration_minutes", "required", "Say how long all of it takes together.")
        wanted = Wanted(
            main, duration_minutes, (provider_id,) if provider_id else (), operatory_id, patient_id, calendar_id=calendar_id,
            held=hold_id,
        )  # fmt: skip
        found = await assigned(op, wanted, starts_at)
        main = found.service_id
        planned = planned or ([Item(main)] if main else [])
    elif provider_id is None:
        raise malformed("/provider_id", "required", "Say with whom, or by which calendar.")
    elif duration_minutes is None and not planned:
        raise malformed("/duration_minutes", "required", "Say how long the visit takes, or for which service it is.")
    else:
        found = Assigned(provider_id, operatory_id, main, [])
        queue(op, (provider_id, operatory_id, patient_id))
    provider_id, operatory_id = found.provider_id, found.operatory_id
    if hold_id:
        op.db.with_next(LET_GO, hold_id=hold_id, now=op.now)
    session_id = found.session_id
    if found.opens and calendar_id:
        session_id = await open_session(op, found, calendar_id=calendar_id, starts_at=starts_at)
        found = found._replace(also=[])  # they are the session's
    tried = await attempt(
        op, patient_id=patient_id, provider_id=provider_id, operatory_id=operatory_id, service_id=main, planned=planned,
        group_session_id=session_id, starts_at=starts_at, minutes=found.minutes or duration_minutes,
        notes=notes, overbooking_reason=overbooking_reason, calendar_id=calendar_id, before=found.before, after=found.after,
        also=found.also,
    )  # fmt: skip
    if tried.id is None or tried.status is None or tried.version is None:
        facts: dict[str, Any] = {}
        if suggest:
            facts["next_free"] = await suggested(
                op, provider_id=provider_id, operatory_id=operatory_id, patient_id=patient_id, starts_at=starts_at,
                length=tried.ends_at - starts_at, before=tried.buffer_before_minutes, after=tried.buffer_after_minutes,
            )  # fmt: skip
        raise taken(tried.busy, provider_id=provider_id, operatory_id=operatory_id, **facts)
    await op.emit(AppointmentBooked(tried.id, patient_id))
    if hold_id:
        also = [part.resource_id for part in found.also]
        # It may have held another time than the visit takes; for a seat one stands in the patient's queue only.
        let_in(op, (patient_id,) if found.session_id else (provider_id, operatory_id, patient_id, *also))
        await op.emit(HoldReleased(hold_id))
    return Appointment(
        tried.id, patient_id, provider_id, operatory_id, tried.service_id, [item._asdict() for item in planned], starts_at,
        tried.ends_at, tried.status, tried.overbooking_reason, notes, None, calendar_id, [part.said() for part in found.also],
        None, None, session_id, tried.version,
    )  # fmt: skip


async def _seat_of(
    op: Op, session_id: UUID, patient_id: UUID, starts_at: datetime, overbooking_reason: str | None, hold_id: UUID | None
) -> tuple[Assigned, UUID]:  # fmt: skip
    """Of a session that somebody chose: nothing but its seats is looked at."""
    if overbooking_reason:
        raise malformed("/overbooking_reason", "one_of", "A seat is never booked over others: give the session more seats.")
    calendar_id = (await get_group_session(op, session_id=session_id)).calendar_id
    queue(op, (calendar_id,))
    session = await held_beside(op, session_id, hold_id)
    if session.ended_at:
        raise SessionHasEnded()
    if session.starts_at != starts_at:
        raise malformed("/starts_at", "one_of", "This session begins at another time; look at it again.")
    if not session.left:
        raise SessionIsFull(capacity=session.capacity)
    return await joining(op, Wanted(patient_id=patient_id), session.seen()), calendar_id


async def attempt(
    op: Op, *, operatory_id: UUID | None, planned: list[Item], also: Collection[Part] = (), before: int | None = None,
    after: int | None = None, calendar_id: UUID | None = None, overbooking_reason: str | None = None,
    series_id: UUID | None = None, series_number: int | None = None, group_session_id: UUID | None = None, **visit: Any,
) -> Tried:  # fmt: skip
    """The statement that books, after its queue was entered; without an id the time is taken. Refuses whatever else stands
    against it, as `book` says."""
    with constraint_kept(), seats_kept():
        try:
            tried = await op.db.one(
                Tried, BOOK, operatory_id=operatory_id, calendar_id=calendar_id, before=before, after=after,
                overbooking_reason=overbooking_reason, series_id=series_id, series_number=series_number,
                group_session_id=group_session_id, **visit,
                **_spread(planned), **_parts(also),
            )  # fmt: skip
        except ForeignKeyViolation as error:  # a main reason that is not among the items
            raise catalog.NoSuchService() from error
    assert tried
    _check(op, tried, operatory_id=operatory_id)
    return tried


async def suggested(
    op: Op, *, provider_id: UUID, operatory_id: UUID | None, patient_id: UUID, starts_at: datetime, length: timedelta,
    before: int, after: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """The next free times at the same place, as a refusal shows them."""
    wanted = Wanted(
        duration_minutes=length // MINUTE, provider_ids=(provider_id,), operatory_id=operatory_id, patient_id=patient_id,
        buffers=(before, after),
    )  # fmt: skip
    since = max(starts_at, op.now)
    found = await list_openings(op, wanted=wanted, since=since, until=since + SUGGESTED_WITHIN, limit=SUGGESTED)
    place = {"provider_id": provider_id, "operatory_id": operatory_id}
    return [{"starts_at": z_of(one.starts_at), "ends_at": z_of(one.ends_at), **place} for one in found.slots]


def _check(op: Op, tried: Tried, *, operatory_id: UUID | None) -> None:
    if tried.provider_active is None:
        raise NoSuchProvider()
    check_own(op, tried.member_id)
    if not tried.patient_known:
        raise patients.NoSuchPatient()
    if operatory_id and tried.operatory_active is None:
        raise NoSuchOperatory()
    if tried.unknown_services:
        raise catalog.NoSuchService()
    if tried.patient_archived:
        raise PatientIsArchived()
    if not tried.provider_active:
        raise ProviderIsInactive()
    if operatory_id and not tried.operatory_active:
        raise OperatoryIsInactive()
    if tried.inactive_services:
        raise ServiceIsInactive()
    if not SHORTEST <= (tried.minutes or 0) <= LONGEST:
        raise malformed("/items", "too_long", "A visit takes between 5 minutes and 12 hours.")


def _spread(items: list[Item]) -> dict[str, Any]:
    return {
        "services": array(item.service_id for item in items),
        "quantities": array(item.quantity for item in items),
        "teeth": array(item.tooth for item in items),
        "surfaces": [item.surfaces for item in items],
    }


def _parts(also: Collection[Part]) -> dict[str, Any]:
    return {
        "also": array(part.resource_id for part in also),
        "firsts": array(part.first for part in also),
        "lasts": array(part.last for part in also),
        "parts": json.dumps([part.said() for part in also]),
    }


def z_of(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")

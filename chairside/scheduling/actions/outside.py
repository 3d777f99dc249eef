"""Calendars that a provider keeps elsewhere: named, taken away and had back, asked now."""

from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Missing, malformed
from chairside.scheduling.actions.claims import queue
from chairside.scheduling.events import OutsideCalendarAsked, OutsideCalendarChanged, OutsideTimeChanged
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import OUTSIDE_CALENDAR, OutsideCalendar
from chairside.scheduling.rules import outside as rules

MOST = 10
NEW_ID = "select uuidv7()"
ADD = f"""
    insert into outside_calendar (id, provider_id, kind, name, hint, secret_sealed, due_at)
    select %(id)s, %(provider_id)s, %(kind)s, %(name)s, %(hint)s, %(secret_sealed)s, %(now)s
     where (select count(*)
              from outside_calendar
             where outside_calendar.provider_id = %(provider_id)s
               and outside_calendar.removed_at is null) < %(most)s
    returning {OUTSIDE_CALENDAR}
"""
WHOSE = "select outside_calendar.provider_id from outside_calendar where outside_calendar.id = %(calendar_id)s"
REMOVE = """
    update outside_calendar
       set removed_at = %(now)s, updated_at = transaction_timestamp(), updated_by = app.actor()
     where outside_calendar.id = %(calendar_id)s
       and outside_calendar.removed_at is null
    returning true
"""
FREE = "delete from claim where claim.outside_calendar_id = %(calendar_id)s"
RESTORE = f"""
    update outside_calendar
       set removed_at = null, due_at = %(now)s, tried_at = null, read_at = null,
           updated_at = transaction_timestamp(), updated_by = app.actor()
     where outside_calendar.id = %(calendar_id)s
       and outside_calendar.removed_at is not null
    returning {OUTSIDE_CALENDAR}
"""
# One that is being asked, or was a moment ago, is left alone; and so is one whose account nobody may ask any more.
ASK = """
    update outside_calendar
       set due_at = %(now)s
     where outside_calendar.id = %(calendar_id)s
       and outside_calendar.removed_at is null
       and outside_calendar.state <> 'revoked'
       and (outside_calendar.tried_at is null or outside_calendar.tried_at < %(now)s::timestamptz - interval '15 seconds')
    returning true
"""
GET = f"""
    select {OUTSIDE_CALENDAR}
      from outside_calendar
     where outside_calendar.id = %(calendar_id)s
       and outside_calendar.removed_at is null
"""


class NotYourOutsideCalendar(Forbidden):
    """Your role lets you connect calendars of your own only."""


class NoSuchOutsideCalendar(Missing):
    """There is no such outside calendar; somebody may have removed it already."""


class TooManyOutsideCalendars(Conflict):
    """A provider has at most ten outside calendars; remove one first."""


@needs("scheduling.read")
async def add_outside_calendar(op: Op, *, provider_id: UUID, name: str, address: str) -> OutsideCalendar:
    """An ICS calendar by its address, which whoever has it can read: it is kept sealed and never shown again. The worker asks it
    at once. Refuses NoSuchProvider, NotYourOutsideCalendar, TooManyOutsideCalendars, Malformed by pointer, vault.KeysAway."""
    asked = rules.address_of(address)
    if asked is None:
        raise malformed("/address", "not_an_address", "Give the address of a calendar, which begins with https:// or webcal://.")
    return await connect(op, provider_id=provider_id, kind="ics", name=name, hint=rules.hint_of(asked), secret=asked)


async def connect(op: Op, *, provider_id: UUID, kind: str, name: str, hint: str, secret: str) -> OutsideCalendar:
    """Not a door. Refuses as the doors do that call it."""
    await check_own(op, provider_id)
    id = await op.db.value(NEW_ID)
    sealed = await vault.seal(op, table="outside_calendar", column="secret_sealed", row=id, value=secret.encode())
    queue(op, [provider_id])  # so that no two are the tenth
    added = await op.db.one(
        OutsideCalendar, ADD, id=id, provider_id=provider_id, kind=kind, name=name, hint=hint, secret_sealed=sealed, most=MOST,
        now=op.now,
    )  # fmt: skip
    if added is None:
        raise TooManyOutsideCalendars()
    await op.emit(OutsideCalendarAsked(added.id))
    return added


@needs("scheduling.read")
async def remove_outside_calendar(op: Op, *, calendar_id: UUID) -> None:
    """Its times keep nobody away any more. For a day it may be had back; then its address is forgotten.
    Refuses NoSuchOutsideCalendar, NotYourOutsideCalendar."""
    provider_id = await _whose(op, calendar_id)
    if not await op.db.value(REMOVE, calendar_id=calendar_id, now=op.now):
        raise NoSuchOutsideCalendar()
    op.db.with_next(FREE, calendar_id=calendar_id)
    await op.emit(OutsideCalendarChanged(calendar_id))
    await op.emit(OutsideTimeChanged(provider_id))


@needs("scheduling.read")
async def restore_outside_calendar(op: Op, *, calendar_id: UUID) -> OutsideCalendar:
    """It was removed by mistake: it is asked anew at once. Refuses NoSuchOutsideCalendar, NotYourOutsideCalendar."""
    await _whose(op, calendar_id)
    restored = await op.db.one(OutsideCalendar, RESTORE, calendar_id=calendar_id, now=op.now)
    if restored is None:
        raise NoSuchOutsideCalendar()
    await op.emit(OutsideCalendarAsked(calendar_id))
    return restored


@needs("scheduling.read")
async def ask_outside_calendar(op: Op, *, calendar_id: UUID) -> OutsideCalendar:
    """Not in ten minutes: the worker asks it now, unless it did within these fifteen seconds. As it stands until then. Refuses
    NoSuchOutsideCalendar, NotYourOutsideCalendar."""
    await _whose(op, calendar_id)
    if await op.db.value(ASK, calendar_id=calendar_id, now=op.now):
        await op.emit(OutsideCalendarAsked(calendar_id))
    found = await op.db.one(OutsideCalendar, GET, calendar_id=calendar_id)
    if found is None:
        raise NoSuchOutsideCalendar()
    return found


async def check_own(op: Op, provider_id: UUID) -> None:
    """Refuses NoSuchProvider, NotYourOutsideCalendar."""
    provider = await get_provider(op, provider_id=provider_id)
    if provider.member_id != op.actor.id and not op.may("clinic.write"):
        raise NotYourOutsideCalendar(permission="clinic.write")


async def _whose(op: Op, calendar_id: UUID) -> UUID:
    provider_id: UUID | None = await op.db.value(WHOSE, calendar_id=calendar_id)
    if provider_id is None:
        raise NoSuchOutsideCalendar()
    await check_own(op, provider_id)
    return provider_id

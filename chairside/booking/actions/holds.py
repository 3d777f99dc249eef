"""A time kept for somebody in a browser: a hold of the schedule's, and a token that only that browser has."""

import secrets
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside import scheduling
from chairside.booking.queries.entering import enter_page
from chairside.booking.queries.openings import opening_at, wanted_of
from chairside.booking.rows import PUBLIC_BOOKING, PublicBooking
from chairside.kernel import links
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import TooMany

KEEP = f"""
    insert into public_booking (token_hash, service_id, provider_id, operatory_id, starts_at, ends_at, hold_id, expires_at,
                                calendar_id)
    values (%(token_hash)s, %(service_id)s, %(provider_id)s, %(operatory_id)s, %(starts_at)s, %(ends_at)s, %(hold_id)s,
            %(expires_at)s, %(calendar_id)s)
    returning {PUBLIC_BOOKING}
"""
FIND = f"""
    select {PUBLIC_BOOKING}
      from public_booking
     where public_booking.token_hash = %(token_hash)s
       for update
"""
EXTENDED = """
    update public_booking
       set expires_at = %(expires_at)s, extended = true
     where public_booking.id = %(booking_id)s
"""
LET_GO = """
    update public_booking
       set status = 'released', hold_id = null
     where public_booking.id = %(booking_id)s
"""
# What came to nothing is no fact of anybody; with every new one a few of the old go.
FORGET = """
    delete from public_booking
     where public_booking.id = any(array(
               select old.id
                 from public_booking as old
                where old.status in ('held', 'released')
                  and old.expires_at < %(now)s::timestamptz - interval '1 day'
                limit 20
                  for update skip locked))
"""

# Who asked, and was never given a visit, is remembered as long as somebody may want to call them back.
UNNAME = """
    update public_booking
       set first_name = null, last_name = null, mobile = null,
           child_first_name = null, child_last_name = null, child_birth_date = null, note = null
     where public_booking.id = any(array(
               select old.id
                 from public_booking as old
                where old.mobile is not null
                  and old.starts_at < %(now)s::timestamptz - interval '90 days'
                limit 20
                  for update skip locked))
"""


class PageIsBusy(TooMany):
    """Many people are choosing a time here at this moment; please try again in a few minutes."""


class HeldTime(NamedTuple):
    booking: PublicBooking
    token: str


@open_to_all("whoever books on a page chooses a time first: kept for minutes, and known by a token that only their browser has")
async def keep_time(
    op: Op, *, slug: str, service_id: UUID, starts_at: datetime, provider_id: UUID | None = None, instead_of: str | None = None
) -> HeldTime:
    """One of the times that the page offers, in the place of the one chosen before (`instead_of`, its token).
    Refuses NoSuchThing, NoSuchService, NoSuchProvider, TimeTaken, PageIsBusy."""
    page = await enter_page(op, slug)
    wanted = await wanted_of(op, service_id, provider_id)
    if instead_of and (former := await find_booking(op, instead_of)):
        await _let_go(op, former)
    opening = await opening_at(op, page, wanted, starts_at)
    if opening is None:
        raise scheduling.TimeTaken()
    try:
        hold = await scheduling.hold_time(
            op, provider_id=opening.provider_id, operatory_id=opening.operatory_id, service_id=service_id, starts_at=starts_at,
            calendar_id=wanted.calendar_id,
        )  # fmt: skip
    except (scheduling.NobodyIsFree, scheduling.SessionIsFull) as error:
        raise scheduling.TimeTaken() from error
    except scheduling.TooManyHolds as error:
        raise PageIsBusy() from error
    token = secrets.token_urlsafe(32)
    op.db.with_next(FORGET, now=op.now)
    op.db.with_next(UNNAME, now=op.now)
    booking = await op.db.one(
        PublicBooking, KEEP, token_hash=links.hashed(token), service_id=service_id, provider_id=hold.provider_id,
        operatory_id=hold.operatory_id, starts_at=hold.starts_at, ends_at=hold.ends_at, hold_id=hold.id,
        expires_at=hold.expires_at, calendar_id=wanted.calendar_id,
    )  # fmt: skip
    assert booking
    return HeldTime(booking, token)


@open_to_all("the token is the proof")
async def keep_longer(op: Op, *, slug: str, token: str) -> PublicBooking:
    """Five minutes from now, once. Refuses NoSuchThing, NoSuchHold, HoldWasExtended."""
    await enter_page(op, slug)
    booking = await find_booking(op, token)
    if booking is None or booking.hold_id is None or booking.status != "held":
        raise scheduling.NoSuchHold()
    longer = await scheduling.extend_hold(op, hold_id=booking.hold_id)
    await op.db.run(EXTENDED, booking_id=booking.id, expires_at=longer.expires_at)
    return booking._replace(expires_at=longer.expires_at, extended=True)


@open_to_all("the token is the proof")
async def let_time_go(op: Op, *, slug: str, token: str) -> None:
    """The time is free again; again does no harm. Refuses NoSuchThing, NoSuchHold."""
    await enter_page(op, slug)
    booking = await find_booking(op, token)
    if booking is None:
        raise scheduling.NoSuchHold()
    await _let_go(op, booking)


async def find_booking(op: Op, token: str) -> PublicBooking | None:
    """Whoever else comes with the same token waits until this operation ends. Not a door."""
    return await op.db.one(PublicBooking, FIND, token_hash=links.hashed(token))


async def _let_go(op: Op, booking: PublicBooking) -> None:
    if booking.status != "held":
        return
    await op.db.run(LET_GO, booking_id=booking.id)
    if booking.hold_id:
        try:
            await scheduling.release_hold(op, hold_id=booking.hold_id)
        except scheduling.NoSuchHold:  # it had run out
            return

"""Whose number it is: six digits are sent there, and whoever reads them there says them here. They are asked of everybody alike,
so that nobody learns which numbers are patients'."""

import hmac
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from chairside import scheduling
from chairside.booking.actions.holds import find_booking
from chairside.booking.events import CodeWanted
from chairside.booking.queries.codes import code_of
from chairside.booking.queries.entering import Visitor, enter_page
from chairside.booking.rows import BOOKING_CODE, BookingCode, BookingPage
from chairside.kernel import links
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing, NoSuchThing

MAKE = """
    insert into booking_code (id, salt, token_hash, mobile, locale, expires_at)
    values (%(code_id)s, %(salt)s, %(token_hash)s, %(mobile)s, %(locale)s, %(expires_at)s)
"""
FIND = f"""
    select {BOOKING_CODE}
      from booking_code
     where booking_code.token_hash = %(token_hash)s
       and booking_code.expires_at > %(now)s
       for update
"""
MISS = "update booking_code set tries = booking_code.tries + 1 where booking_code.id = %(code_id)s"
PROVE = """
    update booking_code
       set proved_at = %(now)s, expires_at = %(until)s
     where booking_code.id = %(code_id)s
"""
WAIT = """
    update public_booking
       set expires_at = later.at
      from (select booking.id,
                   least(%(until)s::timestamptz, booking.created_at + %(longest)s::interval, booking.starts_at) as at
              from public_booking as booking
             where booking.id = %(booking_id)s) as later
     where public_booking.id = later.id
       and public_booking.expires_at < later.at
    returning public_booking.expires_at
"""
FORGET = """
    delete from booking_code
     where booking_code.id = any(array(
               select old.id
                 from booking_code as old
                where old.expires_at < %(now)s
                limit 20
                  for update skip locked))
"""
GOOD_FOR = timedelta(minutes=10)
LONGEST = timedelta(minutes=30)
"""However many codes are asked for, no time is kept longer than that."""
REMEMBERED = timedelta(days=30)
"""How long the same browser need not prove the same number again."""
TRIES = 5


class NoSuchCode(Missing):
    """This code is over; ask for a new one."""


class NumberNotProved(Conflict):
    """Ask for the code that is sent to this number first."""


class CodeSent(NamedTuple):
    """`kept_until`: how long the time that was chosen is kept now."""

    token: str
    expires_at: datetime
    kept_until: datetime | None


class Proof(NamedTuple):
    proved: bool
    tries_left: int


@open_to_all("whoever books where the clinic wants to know that a number is theirs is sent a code, whoever they are")
async def send_code(op: Op, *, slug: str, mobile: str, locale: str | None = None, hold: str | None = None) -> CodeSent:
    """To the number, good for ten minutes; the time that was kept (`hold`, its token) waits as long, at most half an hour in all.
    Refuses NoSuchThing, also where the clinic asks for no code, NoSuchHold, and what is no number."""
    page = await enter_page(op, slug)
    if not page.asks_code:
        raise NoSuchThing()
    code_id, salt, expires_at = uuid4(), links.new_salt(), op.now + GOOD_FOR
    token = links.token("booking code", code_id, salt)
    op.db.with_next(FORGET, now=op.now)
    await op.db.run(
        MAKE, code_id=code_id, salt=salt, token_hash=links.hashed(token), mobile=mobile, locale=locale or op.clinic.locale,
        expires_at=expires_at,
    )  # fmt: skip
    kept_until = await _wait(op, hold, expires_at) if hold else None
    await op.emit(CodeWanted(code_id))
    return CodeSent(token, expires_at, kept_until)


@open_to_all("the token is half of the proof, and the code the other")
async def prove_number(op: Op, *, slug: str, token: str, code: str) -> Proof:
    """Five tries. Said again, a right one is told again. A wrong one is no refusal: that would undo the count.
    Refuses NoSuchThing, NoSuchCode."""
    await enter_page(op, slug)
    found = await op.db.one(BookingCode, FIND, token_hash=links.hashed(token), now=op.now)
    if found is None or found.tries >= TRIES:
        raise NoSuchCode()
    if not hmac.compare_digest(code_of(found), code):
        await op.db.run(MISS, code_id=found.id)
        return Proof(False, TRIES - found.tries - 1)
    if found.proved_at is None:
        await op.db.run(PROVE, code_id=found.id, now=op.now, until=op.now + REMEMBERED)
    return Proof(True, TRIES - found.tries)


async def check_number(op: Op, page: BookingPage, visitor: Visitor, proof: str | None) -> None:
    """Refuses NumberNotProved, where the clinic wants it proved. Not a door."""
    if not page.asks_code:
        return
    found = await op.db.one(BookingCode, FIND, token_hash=links.hashed(proof), now=op.now) if proof else None
    if found is None or found.proved_at is None or _digits(found.mobile) != _digits(visitor.mobile):
        raise NumberNotProved()


async def _wait(op: Op, token: str, until: datetime) -> datetime | None:
    booking = await find_booking(op, token)
    if booking is None or booking.status != "held":
        raise scheduling.NoSuchHold()
    later: datetime | None = await op.db.value(WAIT, booking_id=booking.id, until=until, longest=LONGEST)
    if later is None or booking.hold_id is None or booking.expires_at <= op.now:
        return booking.expires_at
    await scheduling.await_answer(op, hold_id=booking.hold_id, until=later)
    return later


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit())

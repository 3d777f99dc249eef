"""Closing the day and reopening it. What two people may do at once is settled by the database: closes form a chain, and
nothing is in two of them that stand."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.billing.events import DayClosed, DayReopened
from chairside.billing.queries.closes import get_day_close
from chairside.billing.queries.drawer import PLACE, Drawer, get_drawer
from chairside.billing.rows import CashDrawer
from chairside.billing.rules.charges import in_currency
from chairside.billing.rules.drawer import Sums, checks_in_hand, differences, tally
from chairside.billing.rules.refusals import CashDrawerIsStale, DayClosedMeanwhile, DrawerChanged, NotTheLastClose
from chairside.kernel.db import Jsonb, array
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed

# The queue of those who close or reopen here; what is read afterwards is what stands.
QUEUE = "select app.last_day_close(app.clinic(), %(location_id)s)"
CLOSE = """
    with closed as (
        insert into day_close (location_id, number, follows_id, begins_on, on_day, currency, opening_float,
                               expected_cash, expected_check, expected_card, expected_transfer,
                               counted_cash, counted_check, counted_card, cash_count, kept_cash, note)
        select %(location_id)s, coalesce(max(before.number), 0) + 1, %(follows_id)s, %(begins_on)s, %(day)s, %(currency)s,
               %(opening_float)s, %(cash)s, %(check)s, %(card)s, %(transfer)s,
               %(counted_cash)s, %(counted_check)s, %(counted_card)s, %(cash_count)s, %(kept_cash)s, %(note)s
          from day_close as before
         where before.location_id = %(location_id)s
        returning day_close.id
    ), covered as (
        insert into day_close_item (close_id, payment_id, refund_id, counted)
        select closed.id, case when item.kind = 'payment' then item.id end, case when item.kind = 'refund' then item.id end,
               item.counted
          from closed, unnest(%(ids)s::uuid[], %(kinds)s::text[], %(counted)s::boolean[]) as item (id, kind, counted)
    )
    select closed.id from closed
"""
REVERSE = "insert into day_close_reversal (close_id, reason) values (%(close_id)s, %(reason)s)"
SET_DRAWER = """
    insert into cash_drawer (location_id, float_amount, bank_account)
    values (%(location_id)s, %(float_amount)s, %(bank_account)s)
    on conflict on constraint cash_drawer_is_one do update
       set float_amount = excluded.float_amount, bank_account = excluded.bank_account,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = cash_drawer.version + 1
     where %(version)s::int is null or cash_drawer.version = %(version)s::int
    returning cash_drawer.float_amount, cash_drawer.bank_account, cash_drawer.version
"""
ONE_WINS = {"day_close_follows_the_last", "day_close_number_is_free"}
COVERED_ALREADY = {"day_close_item_payment_is_closed_once", "day_close_item_refund_is_closed_once"}


@needs("billing.close_day")
async def close_day(
    op: Op, *, day: date, begins_on: date | None = None, follows_id: UUID | None, through: UUID | None, seen: Sums,
    cash: Money | None = None, notes: Mapping[int, int] | None = None, checks: frozenset[UUID] = frozenset(), card: Money,
    kept: Money | None = None, note: str | None = None,
) -> UUID:  # fmt: skip
    """Close a day with what was counted. `follows_id`, `through` and `seen` (minor units by method) are those of the drawer
    that was counted: what came in since then falls into the next close. Cash is a sum, or how many of each denomination,
    the float with it; `checks` are those that are there; `card` is what the terminal says; `kept` stays in the drawer, the
    float when none is named. Refuses DayClosedMeanwhile, DrawerChanged, and a difference without a note."""
    currency = op.clinic.currency
    await op.db.run(QUEUE, location_id=await op.db.value(PLACE))
    drawer = await get_drawer(op, day=day, begins_on=begins_on, through=through)
    if (drawer.follows.id if drawer.follows else None) != follows_id:
        raise DayClosedMeanwhile()
    moved = drawer.moved if through else []
    if drawer.sums != seen if through else any(seen):
        raise DrawerChanged()
    counted_notes, counted_cash = _cash(cash, notes, currency)
    counted_checks, counted_card = checks_in_hand(moved, checks), in_currency(card, currency, "/card")
    kept_cash = min(drawer.settings.float_amount, counted_cash) if kept is None else in_currency(kept, currency, "/kept")
    if not 0 <= kept_cash <= counted_cash:
        raise malformed("/kept/amount", "more_than_counted", "No more can stay in the drawer than was counted.")
    apart = differences(seen, opening_float=drawer.opening_float, cash=counted_cash, checks=counted_checks, card=counted_card)
    if any(apart) and not note:
        raise malformed("/note", "required", "Say why what was counted is not what was expected.")
    close_id = await _enter(
        op, drawer, seen=seen, counted_cash=counted_cash, counted_check=counted_checks, counted_card=counted_card,
        cash_count=counted_notes, kept_cash=kept_cash, note=note, checks=checks, covered=bool(through),
    )  # fmt: skip
    await op.emit(DayClosed(close_id))
    return close_id


def _cash(cash: Money | None, notes: Mapping[int, int] | None, currency: str) -> tuple[tuple[tuple[int, int], ...] | None, int]:
    if notes is not None:
        counted, total = tally(notes, currency)
        return counted, total
    if cash is None:
        raise malformed("/cash", "required", "Count the cash, or enter what it comes to.")
    amount = in_currency(cash, currency, "/cash")
    if amount < 0:
        raise malformed("/cash/amount", "negative", "Cash is counted from zero up.")
    return None, amount


async def _enter(
    op: Op, drawer: Drawer, *, seen: Sums, counted_cash: int, counted_check: int, counted_card: int,
    cash_count: tuple[tuple[int, int], ...] | None, kept_cash: int, note: str | None, checks: frozenset[UUID], covered: bool,
) -> UUID:  # fmt: skip
    moved = drawer.moved if covered else []
    try:
        close_id: UUID = await op.db.value(
            CLOSE, location_id=drawer.location_id, follows_id=drawer.follows.id if drawer.follows else None,
            begins_on=drawer.begins_on, day=drawer.day, currency=op.clinic.currency, opening_float=drawer.opening_float,
            **seen._asdict(), counted_cash=counted_cash, counted_check=counted_check, counted_card=counted_card,
            cash_count=None if cash_count is None else Jsonb(cash_count), kept_cash=kept_cash, note=note,
            ids=array(one.id for one in moved), kinds=[one.kind for one in moved],
            counted=[one.method != "check" or one.id in checks for one in moved],
        )  # fmt: skip
    except UniqueViolation as error:
        if error.diag.constraint_name in ONE_WINS:
            raise DayClosedMeanwhile() from error
        if error.diag.constraint_name in COVERED_ALREADY:
            raise DrawerChanged() from error
        raise
    return close_id


@needs("billing.close_day")
async def reverse_day_close(op: Op, *, close_id: UUID, reason: str) -> None:
    """Reopen the last close: what it covered is to be counted again. Refuses NoSuchDayClose, NotTheLastClose."""
    closed = await get_day_close(op, close_id=close_id)
    if not closed.close.last:
        raise NotTheLastClose()
    try:
        await op.db.run(REVERSE, close_id=close_id, reason=reason)
    except UniqueViolation as error:
        if error.diag.constraint_name in ("day_close_reversed_is_the_last", "day_close_is_reversed_once"):
            raise NotTheLastClose() from error
        raise
    await op.emit(DayReopened(close_id))


@needs("clinic.write")
async def set_cash_drawer(op: Op, *, kept: Money, bank_account: str | None, version: int | None = None) -> CashDrawer:
    """What stays in the drawer overnight, and the account that the deposit slip names. Refuses CashDrawerIsStale."""
    amount = in_currency(kept, op.clinic.currency, "/float")
    if amount < 0:
        raise malformed("/float/amount", "negative", "What stays in the drawer is zero or more.")
    changed = await op.db.one(
        CashDrawer, SET_DRAWER, location_id=await op.db.value(PLACE), float_amount=amount, bank_account=bank_account,
        version=version or None,
    )  # fmt: skip
    if changed is None:
        raise CashDrawerIsStale()
    return changed

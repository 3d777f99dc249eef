"""How the drawer of an invented clinic is counted at the end of a day."""

from datetime import date, datetime
from random import Random

from chairside import billing
from chairside.demo.setting import Setting
from chairside.kernel.money import Money
from chairside.kernel.op import Op


async def close(op: Op, setting: Setting, *, day: date, at: datetime, chance: Random) -> None:
    """Nearly always it fits; now and then something is missing, and somebody says why. A day without money is not closed."""
    op.now = at
    drawer = await billing.get_drawer(op, day=day)
    if not drawer.moved:
        return
    there = drawer.opening_float + drawer.sums.cash
    missing = 500 if there > setting.float_amount + 2000 and chance.random() < 0.04 else 0
    notes = _notes(max(0, there - missing), setting.currency)
    off = sum(value * many for value, many in notes.items()) != there
    await billing.close_day(
        op, day=day, follows_id=drawer.follows.id if drawer.follows else None, through=drawer.through, seen=drawer.sums,
        notes=notes, checks=frozenset(one.id for one in drawer.moved if one.method == "check"),
        card=Money(drawer.sums.card, setting.currency), note=setting.words.short if off else None,
    )  # fmt: skip


def _notes(amount: int, currency: str) -> dict[int, int]:
    """As few notes and coins as there can be."""
    counted = {}
    for value in billing.denominations(currency):
        counted[value], amount = divmod(amount, value)
    return {value: many for value, many in counted.items() if many}

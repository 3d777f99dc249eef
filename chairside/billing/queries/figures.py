from dataclasses import dataclass
from datetime import date

from chairside.billing.rows import Taken
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

METHODS = ("cash", "card", "check", "transfer")
ON_A_DAY = """
    select ledger_posting.account, sum(ledger_posting.amount)::bigint as amount
      from ledger_transaction
      join ledger_posting on ledger_posting.transaction_id = ledger_transaction.id
     where ledger_transaction.on_day = %(day)s
       and ledger_posting.account in ('income', 'cash', 'card', 'check', 'transfer')
     group by ledger_posting.account
"""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Minor units of the clinic's currency."""

    produced: int
    """Charges for what was done, less those taken back."""
    collected: int
    """Payments less refunds."""
    by_method: dict[str, int]


@needs("reports.day", "reports.read")
async def get_day_figures(op: Op, *, day: date) -> DayFigures:
    """What was produced and collected on a day of the clinic, by the day on which it was entered."""
    sums = dict(await op.db.all(Taken, ON_A_DAY, day=day))
    by_method = {method: sums.get(method, 0) for method in METHODS}
    return DayFigures(-sums.get("income", 0), sum(by_method.values()), by_method)

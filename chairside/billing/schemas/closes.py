from datetime import date as Day
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from chairside.billing.queries.closes import Closed
from chairside.billing.queries.drawer import Drawer
from chairside.billing.rows import CashDrawer, ClosedItem, DayClose, Movement
from chairside.billing.rules.drawer import Sums, denominations
from chairside.billing.schemas.shapes import Amount, Method
from chairside.kernel.http.shapes import Instant, Line, MoneyShape, Page, Strict, View

Many = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
ByMethod = dict[Method, MoneyShape]
Note = Annotated[str, Field(min_length=1, max_length=2000)]


class NewDayClose(Strict):
    """What was counted, and of which drawer: `follows_id`, `through` and `expected` as the drawer said them. Cash is `cash`, or
    `cash_count`: how many of each denomination (minor units). `checks` are the ids of those that are there."""

    date: Day
    begins_on: Day | None = None
    follows_id: UUID | None
    through: UUID | None
    expected: ByMethod
    cash: MoneyShape | None = None
    cash_count: Annotated[dict[Annotated[int, Field(ge=1)], Many], Field(max_length=30)] | None = None
    checks: Annotated[list[UUID], Field(max_length=5000)] = []
    card: MoneyShape
    kept: MoneyShape | None = None
    note: Note | None = None

    def seen(self) -> Sums:
        return Sums(**{method: sum_.amount for method, sum_ in self.expected.items()})


class DrawerSettings(Strict):
    """`float` stays in the drawer overnight."""

    float: MoneyShape
    bank_account: Line | None = None


class DrawerSettingsView(View):
    float: Amount
    bank_account: str | None
    version: int

    @classmethod
    def of(cls, drawer: CashDrawer, currency: str) -> Self:
        kept = {"amount": drawer.float_amount, "currency": currency}
        return cls.model_validate({"float": kept, "bank_account": drawer.bank_account, "version": drawer.version})


class MovementView(View):
    """A payment, or a refund with its amount below zero; `reference` is what was noted of it, of a refund the reason."""

    id: UUID
    kind: Literal["payment", "refund"]
    patient_id: UUID
    patient_name: str
    method: Method
    amount: Amount
    reference: str | None
    on: Day
    at: Instant

    @classmethod
    def of(cls, moved: Movement | ClosedItem, currency: str) -> Self:
        amount = {"amount": moved.amount, "currency": currency}
        return cls.model_validate(moved._asdict() | {"amount": amount, "on": moved.on_day})


class ClosedItemView(MovementView):
    counted: bool


class LastCloseView(View):
    id: UUID
    number: int
    on: Day
    closed_at: Instant
    closed_by: str | None


class DrawerView(View):
    """What there is to count. `denominations` in minor units, the largest first. `earliest`, before the first close: the first
    day with payments that it leaves out unless it begins there."""

    date: Day
    begins_on: Day
    earliest: Day | None
    follows: LastCloseView | None
    through: UUID | None
    opening_float: Amount
    expected: dict[Method, Amount]
    denominations: list[int]
    items: list[MovementView]
    settings: DrawerSettingsView

    @classmethod
    def of(cls, drawer: Drawer, currency: str) -> Self:
        last = drawer.follows
        return cls.model_validate({
            "date": drawer.day, "begins_on": drawer.begins_on, "earliest": drawer.earliest, "through": drawer.through,
            "follows": last and {
                "id": last.id, "number": last.number, "on": last.on_day, "closed_at": last.created_at,
                "closed_by": last.closed_by,
            },
            "opening_float": {"amount": drawer.opening_float, "currency": currency},
            "expected": _by_method(drawer.sums, currency),
            "denominations": denominations(currency),
            "items": [MovementView.of(moved, currency) for moved in drawer.moved],
            "settings": DrawerSettingsView.of(drawer.settings, currency),
        })  # fmt: skip


class ReversalView(View):
    reason: str
    at: Instant
    by: str | None


class NoteCount(View):
    denomination: int
    count: int


class DayCloseView(View):
    """Counted cash holds the float, expected cash does not: `difference` is counted less float less expected. Transfers are the
    bank's to count. `last` when it stands and nothing follows it: then it can be reopened."""

    id: UUID
    number: int
    date: Day
    begins_on: Day
    opening_float: Amount
    expected: dict[Method, Amount]
    counted: dict[Method, Amount]
    difference: dict[Method, Amount]
    cash_count: list[NoteCount] | None
    kept: Amount
    deposited: Amount
    note: str | None
    closed_at: Instant
    closed_by: str | None
    reversal: ReversalView | None
    last: bool
    version: int

    @classmethod
    def of(cls, closed: Closed | DayClose) -> Any:
        close = closed.close if isinstance(closed, Closed) else closed

        def sum_(value: int) -> dict[str, Any]:
            return {"amount": value, "currency": close.currency}

        counts = None if close.cash_count is None else [
            {"denomination": value, "count": many} for value, many in close.cash_count
        ]  # fmt: skip
        facts = close._asdict() | {
            "date": close.on_day, "opening_float": sum_(close.opening_float), "cash_count": counts,
            "expected": {method: sum_(getattr(close, f"expected_{method}")) for method in Sums._fields},
            "counted": {method: sum_(getattr(close, f"counted_{method}")) for method in ("cash", "check", "card")},
            "difference": {method: sum_(getattr(close, f"difference_{method}")) for method in ("cash", "check", "card")},
            "kept": sum_(close.kept_cash), "deposited": sum_(close.deposited_cash), "closed_at": close.created_at,
        }  # fmt: skip
        if isinstance(closed, Closed):
            facts["items"] = [
                {**MovementView.of(item, close.currency).model_dump(), "counted": item.counted} for item in closed.items
            ]
        return cls.model_validate(facts)


class WholeDayCloseView(DayCloseView):
    items: list[ClosedItemView]


class DayClosePage(Page):
    items: list[DayCloseView]


def _by_method(sums: Sums, currency: str) -> dict[str, Any]:
    return {method: {"amount": value, "currency": currency} for method, value in sums._asdict().items()}

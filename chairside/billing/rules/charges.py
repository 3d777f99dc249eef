"""What a charge is and what it may cost."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from chairside.kernel.money import MOST, Money
from chairside.kernel.refusals import malformed

Kind = Literal["service", "opening_balance", "adjustment"]
LEDGER_KIND = {"service": "charge", "opening_balance": "opening_balance", "adjustment": "adjustment"}
CONTRA = {"service": "income", "opening_balance": "opening_balances", "adjustment": "adjustments"}
"""The account on the other side of a charge, or of a credit, of each kind."""

BROUGHT_FORWARD = "balance brought forward"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCharge:
    """`unit_price` and `list_price` in minor units of the clinic's currency."""

    patient_id: UUID
    description: str
    unit_price: int
    quantity: int = 1
    list_price: int | None = None
    price_reason: str | None = None
    service_id: UUID | None = None
    provider_id: UUID | None = None
    completed_item_id: UUID | None = None


def in_currency(money: Money, currency: str, pointer: str) -> int:
    """The amount, which is in the clinic's currency; refused in another, at the pointer of the money."""
    if money.currency != currency:
        raise malformed(f"{pointer}/currency", "wrong_currency", f"This clinic's money is {currency}.")
    return money.amount


def price_of(quantity: int, asked: int | None, listed: int | None, reason: str | None) -> int:
    """What one costs: what is asked, else what the list says. Another price than the list's has its reason, and the whole is
    no more than is accepted anywhere."""
    price = listed if asked is None else asked
    if price is None:
        raise malformed("/price", "required", "Say what it costs, or choose a service.")
    if listed is not None and price != listed and not reason:
        raise malformed("/reason", "required", "Say why the price is not the list's.")
    if price * quantity > MOST:
        raise malformed("/price", "too_large", "This is more than can be charged at once.")
    return price

"""What stands on an invoice and on a receipt, in the words that the documents know."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chairside.billing.rows import ClosedItem, DayClose, Paid, Sheet
from chairside.documents import address_lines, sender
from chairside.kernel.money import Money


def invoice_facts(sheet: Sheet, *, zone: ZoneInfo, locale: str) -> dict[str, Any]:
    """The facts of the template `invoice`."""
    parties, money = sheet.parties, _in(sheet.currency)
    payer = parties.get("payer")
    dates: list[tuple[str, Any]] = [("issued_on", sheet.issued_on)] if sheet.issued_on else []
    dates += [("due_on", sheet.due_on)] if sheet.due_on else []
    dates += [("patient", parties["patient"]["name"])] if payer else []
    dates += [("register_number", parties["patient"]["register_number"])]
    totals = [("total", money(sheet.total))]
    if sheet.status not in ("draft", "void"):
        totals += [("paid", money(sheet.allocated)), ("balance_due", money(sheet.balance_due))]
    return {
        "clinic": sender(parties["clinic"], locale),
        "patient": _addressee(payer or parties["patient"], locale),
        "number": sheet.number,
        "draft": sheet.status == "draft",
        "void": {"on": sheet.voided_at.astimezone(zone).date(), "reason": sheet.void_reason} if sheet.voided_at else None,
        "dates": dates,
        "lines": [
            {
                "on": date.fromisoformat(line["on"]),
                "word": "opening_balance" if line["kind"] == "opening_balance" else None,
                "description": line["description"],
                "quantity": line["quantity"],
                "unit_price": money(line["unit_price"]),
                "total": money(line["total"]),
            }
            for line in sheet.lines
        ],
        "totals": totals,
        "payments": [
            {"on": date.fromisoformat(paid["on"]), "word": paid["method"] or "credit", "amount": money(paid["amount"])}
            for paid in sheet.payments
        ],
        "note": sheet.note,
    }


def receipt_facts(paid: Paid, clinic: dict[str, Any], *, locale: str) -> dict[str, Any]:
    """The facts of the template `receipt`."""
    money = _in(paid.currency)
    details = [("received_on", paid.on_day), ("method", paid.method)]
    details += [("reference", paid.reference)] if paid.reference else []
    details += [("register_number", paid.party["register_number"])]
    totals = [("received", money(paid.amount))]
    totals += [("refunded", money(-paid.refunded))] if paid.refunded else []
    totals += [("unapplied", money(paid.remaining))] if paid.remaining else []
    return {
        "clinic": sender(clinic, locale),
        "patient": _addressee(paid.party, locale),
        "details": details,
        "applied": [{"number": share["number"], "amount": money(share["amount"])} for share in paid.allocations],
        "refunds": [
            {"on": date.fromisoformat(refund["on"]), "reason": refund["reason"], "amount": money(refund["amount"])}
            for refund in paid.refunds
        ],
        "totals": totals,
    }


def _in(currency: str) -> Any:
    return lambda amount: Money(amount, currency)


def _addressee(party: dict[str, Any], locale: str) -> list[str]:
    return [party["name"], *address_lines(party["address"], locale)]


def deposit_facts(
    close: DayClose, items: Sequence[ClosedItem], clinic: dict[str, Any], bank_account: str | None, *, zone: ZoneInfo, locale: str
) -> dict[str, Any]:
    """The facts of the template `deposit-slip`."""
    money = _in(close.currency)
    checks = [item for item in items if item.method == "check" and item.counted]
    details: list[tuple[str, Any]] = [("closed_on", close.on_day), ("drawn_up_on", close.created_at.astimezone(zone).date())]
    details += [("closed_by", close.closed_by)] if close.closed_by else []
    details += [("bank_account", bank_account)] if bank_account else []
    listed = sum(item.amount for item in checks)
    return {
        "clinic": sender(clinic, locale),
        "number": str(close.number),
        "details": details,
        "void": {"on": _day_of(close.reversal["at"], zone), "reason": close.reversal["reason"]} if close.reversal else None,
        "notes": [
            {"denomination": money(value), "count": str(many), "sum": money(value * many)}
            for value, many in close.cash_count or []
        ],
        "cash": [
            ("counted_cash", money(close.counted_cash)),
            ("kept_in_drawer", money(-close.kept_cash)),
            ("cash_to_deposit", money(close.deposited_cash)),
        ],
        "checks": [
            {"on": item.on_day, "number": item.reference or "", "payer": item.patient_name, "amount": money(item.amount)}
            for item in checks
        ],
        "totals": [
            ("cash_to_deposit", money(close.deposited_cash)),
            ("checks_total", money(listed)),
            ("deposit_total", money(close.deposited_cash + listed)),
        ],
        "note": close.note,
    }


def _day_of(instant: str, zone: ZoneInfo) -> date:
    return datetime.fromisoformat(instant).astimezone(zone).date()

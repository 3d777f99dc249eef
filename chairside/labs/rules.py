"""How a lab case goes on, and whether it comes back in time. No database, no clock."""

from datetime import date

WORKS = (
    "crown", "bridge", "denture", "partial_denture", "inlay", "veneer", "implant", "aligner", "night_guard", "retainer", "model",
    "other",
)  # fmt: skip
FOLLOWS = {
    "sent": ("planned",),
    "received": ("sent", "returned"),
    "checked": ("received",),
    "returned": ("received", "checked"),
    "cancelled": ("planned", "sent", "received", "returned"),
}
"""Each step, and where a case stands before it."""
TRACKED = ("sent", "received")
"""Steps that the front desk marks."""
AWAY = ("planned", "sent", "returned")
"""Not back yet."""
OUT = ("sent", "returned")
"""At the laboratory."""
CLOSED = ("checked", "cancelled")


def may_follow(step: str, status: str) -> bool:
    return status in FOLLOWS[step]


def is_overdue(status: str, due_on: date, today: date) -> bool:
    return status in AWAY and due_on < today


def trouble(status: str, due_on: date, visit_on: date | None, visit_status: str | None, today: date) -> str | None:
    """Why it will not be there for its visit: that was `visit_cancelled`, it is `due_after_visit`, or it is not back though the
    visit is today or past (`not_back`)."""
    if status not in AWAY or visit_on is None:
        return None
    if visit_status in ("cancelled", "no_show"):
        return "visit_cancelled"
    if visit_status == "completed" or visit_on <= today:
        return "not_back"
    return "due_after_visit" if due_on > visit_on else None

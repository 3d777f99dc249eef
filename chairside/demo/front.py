"""What patients meet without coming: the booking page is open, and visits are reminded of."""

from datetime import time
from typing import Any

from chairside import booking, messaging
from chairside.demo.days import Life
from chairside.messaging import NewRule

OFFERED = 6
CASCADE = (NewRule("email", 7, "days", False), NewRule("sms", 2, "days", False), NewRule("sms", 2, "hours", True))


async def open_up(life: Life) -> None:
    """With what is booked most; whoever works there takes it."""
    often = {service.id: weight for one in life.practice.staff for service, weight in zip(one.services, one.weights, strict=True)}
    page: dict[str, Any] = {
        "open": True, "needs_confirmation": False, "asks_birth_date": False, "asks_code": False, "shows_prices": True,
        "notice_hours": 2, "days_ahead": 60, "change_hours": 24, "answer_hours": 24, "policy_url": None, "policy_words": None,
        "embedders": [],
    }  # fmt: skip
    who = {id: [s.provider.id for s in life.practice.staff if any(one.id == id for one in s.services)] for id in often}
    most = sorted(often, key=lambda id: (-often[id], id))[:OFFERED]
    await booking.set_page(life.op, page=page, services={id: who[id] for id in most})
    await messaging.set_cascade(
        life.op, version=None, undo_minutes=10, quiet_from=time(20), quiet_until=time(8), tell_changes=True, rules=CASCADE
    )

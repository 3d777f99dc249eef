"""Whether a reminder goes now, later or never."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from chairside.messaging.rows import Due, Recipient, ReminderSetting
from chairside.messaging.rules.numbers import number_of

EXPECTED = ("scheduled", "confirmed")
"""Visits that somebody is reminded of."""


class Go(NamedTuple):
    """`schedules`: whoever is there may move and cancel the visit; who only receives messages for the patient may not."""

    address: str
    schedules: bool = True


class Wait(NamedTuple):
    """The hours are quiet until then."""

    until: datetime


class Skip(NamedTuple):
    """`reason`, as a code: changed, begun, overtaken, confirmed, archived, do_not_contact, unsubscribed, preference,
    no_address."""

    reason: str


def decide(due: Due, *, now: datetime, zone: ZoneInfo, region: str, setting: ReminderSetting) -> Go | Wait | Skip:
    """`zone` is the clinic's, for whom it counts where the patient's own is not known; `region` the country that a number without
    one is of."""
    if reason := _pointless(due, now):
        return Skip(reason)
    what = decide_way(due, now=now, zone=zone, region=region, setting=setting)
    return Skip("begun") if isinstance(what, Wait) and what.until >= due.visit_at else what


def decide_way(to: Due | Recipient, *, now: datetime, zone: ZoneInfo, region: str, setting: ReminderSetting) -> Go | Wait | Skip:
    """By their channel, whatever is to be said."""
    if reason := _unwanted(to):
        return Skip(reason)
    go = _reached(to, region)
    if go is None:
        return Skip("do_not_contact" if is_refused(to, region) else "no_address")
    until = loud_at(now, zone=ZoneInfo(to.timezone) if to.timezone else zone, quiet=(setting.quiet_from, setting.quiet_until))
    return Wait(until) if until > now else go


def _pointless(due: Due, now: datetime) -> str | None:
    if not holds(due.kind, spoken_of=due.starts_at, visit_at=due.visit_at, status=due.status):
        return "changed"
    if now >= due.visit_at:
        return "begun"
    if due.overtaken:
        return "overtaken"
    return "confirmed" if due.until_confirmed and due.status == "confirmed" else None


def holds(kind: str, *, spoken_of: datetime, visit_at: datetime, status: str) -> bool:
    """What is said is so: the visit is at that time, and takes place or does not."""
    return spoken_of == visit_at and (status == "cancelled" if kind == "cancelled" else status in EXPECTED)


def _unwanted(due: Due | Recipient) -> str | None:
    if due.gone:
        return "archived"
    if due.do_not_contact:
        return "do_not_contact"
    if due.channel == "email" and due.unsubscribed:
        return "unsubscribed"
    return None if (due.email if due.channel == "email" else due.sms) else "preference"


def _reached(due: Due | Recipient, region: str) -> Go | None:
    """The address that is safe; else their own or of whoever acts for them, of a minor the other way round; else of who pays."""
    if due.only_email or due.only_phone:
        address = _reach(due._asdict(), due.channel, region)
        return Go(address) if address else None
    acting, paying = ([one for one in due.others if bool(one["acts"]) == acts and not one["refuses"]] for acts in (True, False))
    own = [{"contacts": due.contacts, "only_email": None, "only_phone": None}]
    everybody = [*acting, *own, *paying] if due.minor else [*own, *acting, *paying]
    reached = ((one, address) for one in everybody if (address := _reach(one, due.channel, region)))
    return next((Go(address, one.get("schedules", True)) for one, address in reached), None)


def is_refused(due: Due | Recipient, region: str) -> bool:
    """Whoever could be reached for them wants to hear nothing."""
    return any(one["refuses"] and _reach(one, due.channel, region) for one in due.others)


def _reach(one: Mapping[str, Any], channel: str, region: str) -> str | None:
    """The address that alone is safe, else the primary one. Where another way alone is safe there is none."""
    if one["only_email"] or one["only_phone"]:
        if channel == "email":
            return one["only_email"] or None
        return number_of(one["only_phone"], region) if one["only_phone"] else None
    for contact in sorted((one for one in one["contacts"] if _fits(one, channel)), key=lambda one: not one.get("is_primary")):
        address = contact["value"] if channel == "email" else number_of(contact["value"], region)
        if address:
            return str(address)
    return None


def _fits(contact: dict[str, object], channel: str) -> bool:
    return contact["type"] == ("email" if channel == "email" else "mobile")


def loud_at(now: datetime, *, zone: ZoneInfo, quiet: tuple[time, time]) -> datetime:
    """Now, or when the quiet hours end. The night a clock is set, too: what is quiet is what the clock on the wall says."""
    start, end = quiet
    local = now.astimezone(zone)
    if not is_quiet(local.time(), start, end):
        return now
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    for fold in (0, 1):
        until = datetime.combine(day, end, zone).replace(fold=fold).astimezone(UTC)
        if until > now:
            return until
    raise AssertionError("a quiet hour ends after it began")


def is_quiet(at: time, start: time, end: time) -> bool:
    return start <= at < end if start <= end else at >= start or at < end

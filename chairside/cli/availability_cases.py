"""Answers a file of cases with times that fit, as JSON: {case id: [starts, UTC]}. Needs no database.

The file has {"cases": [{"id", "input"}]}: weekly hours, overrides, holidays, travel, busy times, specialists, resources and
what a visit requires.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from chairside.kernel.stop import Stop

Case = dict[str, Any]


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)


def run(given: Namespace) -> None:
    try:
        cases = json.loads(given.file.read_text())["cases"]
        answers = {case["id"]: [_written(at) for at in offered(case["input"])] for case in cases}
    except OSError as reason:
        raise Stop(f"{given.file} cannot be read: {reason.strerror}.") from None
    except (ValueError, KeyError, TypeError) as reason:
        raise Stop(f"{given.file} is not a file of cases: {reason!r}.") from None
    json.dump(answers, sys.stdout, indent=1)
    print()


def offered(case: Case) -> Any:
    """Of one case: the offers of the engine."""
    from chairside.scheduling.rules import availability

    calendar = availability.Calendar(
        duration=case["duration"], increment=case.get("increment") or case["duration"], grid=case.get("grid", "hours"),
        before=case.get("buffer_before", 0), after=case.get("buffer_after", 0),
        buffers_inside_hours=case.get("buffers_inside_hours", False), notice=case.get("min_notice", 0),
        days_ahead=case.get("max_days_ahead"), window=_window(case.get("window")), per_day=case.get("per_day_limit"),
        seats=case.get("capacity", 1), strategy=case.get("strategy", "single"),
        needs=tuple(
            availability.Need(tuple(need["any_of"]), need.get("need", 1), need.get("from", 0), need.get("to"))
            for need in case.get("requires", ())
        ),
    )  # fmt: skip
    providers = [_resource(case, one["id"], one) for one in case.get("specialists", ())] or [_resource(case, "one", case)]
    resources = {id: _resource(case, id, one) for id, one in case.get("resources", {}).items()}
    return availability.offers(
        calendar, providers, resources, now=_at(case["now"]), since=_at(case["from"]), until=_at(case["to"])
    )


def _resource(case: Case, id: str, one: Case) -> Any:
    from chairside.scheduling.rules import availability

    hours = None
    if "weekly" in one or "overrides" in one:
        travel = tuple(
            availability.Travel(date.fromisoformat(span["from"]), _day(span.get("to")), span["timezone"])
            for span in one.get("travel", ())
        )
        holidays = frozenset(map(date.fromisoformat, one.get("holidays", ())))
        hours = availability.Hours(one["timezone"], one.get("weekly", {}), one.get("overrides", {}), holidays, travel)
    busy = [_busy(item) for item in one.get("busy", ()) if _blocks(case, item)]
    return availability.Resource(id, one.get("timezone", "UTC"), hours, busy, one.get("priority", 0))


def _blocks(case: Case, item: Case) -> bool:
    from chairside.scheduling.rules import availability

    own = (item.get("token") is not None and item.get("token") == case.get("own_token")) or (
        item.get("id") is not None and item.get("id") == case.get("exclude_id")
    )
    expires_at = _at(item["expires_at"]) if item.get("expires_at") else None
    return availability.blocks(_busy(item), now=_at(case["now"]), status=item.get("status", ""), expires_at=expires_at, own=own)


def _busy(item: Case) -> Any:
    from chairside.scheduling.rules import availability

    seats = item.get("seats", 0) if item.get("kind") == "session" else None
    return availability.Busy(
        _at(item["start"]), _at(item["end"]), item.get("before", 0), item.get("after", 0), seats, item.get("counts", False)
    )


def _window(given: Case | None) -> tuple[date, date] | None:
    return (date.fromisoformat(given["start"]), date.fromisoformat(given["end"])) if given else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _written(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"

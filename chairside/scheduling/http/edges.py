"""From where to where: days of the clinic, or instants; and why not then."""

from datetime import UTC, date, datetime
from typing import Any

from chairside import scheduling
from chairside.kernel.op import Op


def instant_of(op: Op, edge: Any, *, end: bool) -> datetime:
    """Of a day its beginning, or where it is the `end`, the end of it."""
    if isinstance(edge, datetime):
        return edge.astimezone(UTC)
    assert isinstance(edge, date)
    return scheduling.day_interval(edge, op.clinic.zone)[end]


def shown(one: scheduling.Because) -> dict[str, Any]:
    return one._asdict() | {"hours": [{"starts_at": start, "ends_at": end} for start, end in one.hours]}

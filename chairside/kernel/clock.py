"""What time it is. Only the edge asks; everyone else is told."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)

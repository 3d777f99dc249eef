"""What makes sense in a calendar, and what the engine is asked for by it."""

from collections.abc import Iterable
from uuid import UUID

from chairside.kernel.refusals import malformed
from chairside.scheduling.rows import Calendar
from chairside.scheduling.rules import availability

IN_PERSON = "in_person"


def check(calendar: Calendar) -> None:
    """Nobody is needed twice, no group is smaller than what is needed of it, and every range runs forward."""
    named = [one.provider_id for one in calendar.providers]
    if _twice(named):
        raise malformed("/providers", "duplicate", "A provider stands here twice.")
    for number, required in enumerate(calendar.requires):
        named += required.any_of
        if _twice(named):
            raise malformed(
                f"/requires/{number}/any_of", "duplicate", "An operatory or a provider stands in this calendar twice."
            )
        if required.need > len(required.any_of):
            raise malformed(f"/requires/{number}/need", "too_large", "More are needed than there are to choose from.")
        if required.to_minute is not None and required.to_minute <= required.from_minute:
            raise malformed(f"/requires/{number}/to", "ends_too_early", "It ends before it begins.")
    if calendar.window_start and calendar.window_end and calendar.window_end < calendar.window_start:
        raise malformed("/window/end", "runs_backward", "The last day is before the first.")


def asked_of(
    calendar: Calendar, *, duration: int, before: int, after: int, needs: Iterable[availability.Need] = ()
) -> availability.Calendar:
    """For a visit of so many minutes, with the buffers of its service where the calendar has none of its own."""
    required = [
        availability.Need(tuple(map(str, one.any_of)), one.need, one.from_minute, _within(one.to_minute, duration))
        for one in calendar.requires
        if one.from_minute < duration
    ]
    first, last = calendar.window_start, calendar.window_end
    return availability.Calendar(
        duration, calendar.increment, calendar.grid,  # type: ignore[arg-type]
        before=before if calendar.buffer_before is None else calendar.buffer_before,
        after=after if calendar.buffer_after is None else calendar.buffer_after,
        buffers_inside_hours=calendar.buffers_inside_hours, notice=calendar.min_notice, days_ahead=calendar.max_days_ahead,
        window=(first, last) if first and last else None, per_day=calendar.per_day_limit, seats=calendar.capacity,
        strategy=calendar.strategy,  # type: ignore[arg-type]
        needs=(*required, *needs),
    )  # fmt: skip


def _within(minute: int | None, duration: int) -> int | None:
    """A visit may be shorter than what it needs somebody for."""
    return None if minute is None or minute >= duration else minute


def _twice(ids: list[UUID]) -> bool:
    return len(set(ids)) < len(ids)

"""The working time of many days as bits. A local day of 1,440 minutes is 180 bytes: each weekday is written once, and the bytes
of days are laid one after the other."""

from collections.abc import Iterator, Sequence

from chairside.scheduling.rules.availability.days import Day, on, spans_of
from chairside.scheduling.rules.availability.shapes import Hours
from chairside.scheduling.rules.availability.ticks import Bits, Frame, every
from chairside.scheduling.rules.hours import DAY, Span

BYTES = DAY // 8
NOTHING = bytes(BYTES)


def laid(hours: Hours, days: Sequence[Day], frame: Frame, *, increment: int | None = None) -> tuple[Bits, Bits]:
    """The minutes worked; and, with an increment, those on the grid that begins with each block."""
    worked = grid = 0
    written: dict[Sequence[Span], tuple[bytes, bytes]] = {}
    first, works, grids = 0, list[bytes](), list[bytes]()
    for day, midnight, spans, clipped in _placed(hours, days, frame):
        if works and (not day.regular or midnight != first + DAY * len(works)):
            worked |= _joined(works, first)
            grid |= _joined(grids, first)
            works, grids = [], []
        if not day.regular or (spans and spans[-1].to > DAY):
            for start, end in on(day, spans, frame, clipped=clipped):
                worked |= frame.span(start, end)
                if increment:
                    grid |= every(increment, start=start, end=min(end, frame.size))
            spans = ()
        if not day.regular:
            continue
        if not works:
            first = midnight
        if spans not in written:
            written[spans] = _written(spans, increment)
        here, on_grid = written[spans]
        works.append(here)
        grids.append(on_grid)
    return worked | _joined(works, first), grid | _joined(grids, first)


def _placed(hours: Hours, days: Sequence[Day], frame: Frame) -> Iterator[tuple[Day, int, Sequence[Span], bool]]:
    """A day, its midnight in minutes of the frame, and its spans."""
    midnight, before = 0, None
    for day, spans, clipped in spans_of(hours, days):
        # Instants are subtracted where days do not follow each other: it costs more than all the rest of a day.
        midnight = midnight + DAY if before and before.regular and before.end == day.start else frame.floor(day.start)
        before = day
        yield day, midnight, spans, clipped


def _written(spans: Sequence[Span], increment: int | None) -> tuple[bytes, bytes]:
    worked = grid = 0
    for start, to in spans:
        worked |= ((1 << (to - start)) - 1) << start
        if increment:
            grid |= every(increment, start=start, end=to)
    return (worked.to_bytes(BYTES, "little"), grid.to_bytes(BYTES, "little")) if spans else (NOTHING, NOTHING)


def _joined(days: Sequence[bytes], first: int) -> Bits:
    bits = int.from_bytes(b"".join(days), "little")
    return bits << first if first >= 0 else bits >> -first

"""Times that are still free: the grid of working time, less what is claimed."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from chairside.scheduling.rows import Claim
from chairside.scheduling.rules.hours import Interval, merge

STEP = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
"""No claim is longer: whoever looks for what overlaps a time looks back so far."""


class Wanted(NamedTuple):
    """A visit without a time yet. The buffers keep the provider and the operatory busy, not the patient."""

    length: timedelta
    before: timedelta
    after: timedelta
    patient_id: UUID


def claims_of(
    *, provider_id: UUID, operatory_id: UUID | None, patient_id: UUID, starts_at: datetime, ends_at: datetime,
    before: timedelta, after: timedelta,
) -> list[Claim]:  # fmt: skip
    """What a visit takes: of the provider and the operatory with its buffers, of the patient without."""
    places = [provider_id] if operatory_id is None else [provider_id, operatory_id]
    return [*(Claim(place, starts_at - before, ends_at + after) for place in places), Claim(patient_id, starts_at, ends_at)]


def next_free(
    wanted: Wanted, *, working: Sequence[Interval], claims: Iterable[Claim], earliest: datetime, most: int
) -> list[Interval]:
    """The first times, at `earliest` or later, that lie within working time and touch no claim of another.
    A claim is stored with its own buffers, so buffers add."""
    busy = merge(
        (claim.starts_at, claim.ends_at)
        if claim.resource_id == wanted.patient_id
        else (claim.starts_at - wanted.after, claim.ends_at + wanted.before)
        for claim in claims
    )
    begins = [start for start, _ in busy]
    free = ((start, start + wanted.length) for start in _grid(working, wanted.length, earliest))
    return list(islice((slot for slot in free if not _touches(slot, busy, begins)), most))


def _grid(working: Sequence[Interval], length: timedelta, earliest: datetime) -> Iterator[datetime]:
    for opens_at, closes_at in working:
        start = opens_at
        if start < earliest:
            start += -((start - earliest) // STEP) * STEP
        while start + length <= closes_at:
            yield start
            start += STEP


def _touches(slot: Interval, busy: Sequence[Interval], begins: Sequence[datetime]) -> bool:
    """`busy` is merged and in order, so only the last that begins before the slot ends can touch it."""
    index = bisect_left(begins, slot[1])
    return bool(index) and busy[index - 1][1] > slot[0]

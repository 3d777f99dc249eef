"""When could a visit be, with fifty providers, a month and twenty things a day in each one's way: processor time of the engine alone."""

import time
from datetime import UTC, datetime, timedelta

from chairside.scheduling.rules.availability import Calendar, Hours, Resource, edges_of, offers

PROVIDERS, DAYS, A_DAY, ROUNDS = 50, 30, 20, 15
MOST_MS, MOST_ALONE_MS = 15.0, 6.0
SINCE = datetime(2027, 3, 1, tzinfo=UTC)
ZONE = "America/New_York"
WEEK = {str(day): [["08:00", "12:00"], ["13:00", "18:00"]] for day in range(1, 7)}


def provider(number: int) -> Resource:
    """Busy for ten minutes every half an hour, a little shifted from one to the next."""
    first = int(SINCE.timestamp()) // 60
    starts = [first + day * 1440 + 13 * 60 + 30 * n + number % 20 for day in range(DAYS) for n in range(A_DAY)]
    week = {weekday: [list(block) for block in blocks] for weekday, blocks in WEEK.items()}  # each has hours of their own
    return Resource(str(number), ZONE, Hours(ZONE, week), taken=edges_of((at, at + 10) for at in starts))


def measured(providers: list[Resource], *, days: int = DAYS) -> tuple[float, int]:
    """Milliseconds of processor time, the median; and how many times were found."""
    took, found = [], 0
    for _ in range(ROUNDS):
        began = time.process_time()
        found = sum(1 for _ in offers(CALENDAR, providers, now=SINCE, since=SINCE, until=SINCE + timedelta(days=days)))
        took.append((time.process_time() - began) * 1000)
    return sorted(took)[ROUNDS // 2], found


CALENDAR = Calendar(30, 15, strategy="round_robin")


async def main() -> None:
    all_ = [provider(n) for n in range(PROVIDERS)]
    took, found = measured(all_)
    alone, _ = measured(all_[:1])
    half, _ = measured(all_[: PROVIDERS // 2])
    print(f"{PROVIDERS} providers, {DAYS} days, {A_DAY} a day: {took:.1f} ms, {found} times  {_met(took, MOST_MS)}")
    print(f"one provider: {alone:.2f} ms  {_met(alone, MOST_ALONE_MS)}; half of the providers cost {half / took:.2f} of all")


def _met(value: float, most: float) -> str:
    return f"(at most {most:g}: {'met' if value <= most else 'MISSED'})"

"""When could a visit be, with fifty providers, a month and twenty visits a day of each: processor time of the engine alone, and of the
whole request, PostgreSQL included, against real rows.

The provider who works alone is asked for in the same clinic; so is the first time that is free within six months where a provider is
booked out for the first three of them.
"""

import statistics
import sys
import time
import uuid
from array import array
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg.types.json import Jsonb

from bench import wire
from bench.running import MANY, Running, Somebody, running, seconds, sign_up
from chairside.scheduling.rules.availability import Calendar, Hours, Resource, edges_of, offers

PROVIDERS, DAYS, A_DAY, ROUNDS = 50, 30, 20, 15
MOST_MS, MOST_ALONE_MS = 15.0, 6.0
SINCE = datetime(2027, 3, 1, tzinfo=UTC)
ZONE = "America/New_York"
WEEK = {str(day): [["08:00", "12:00"], ["13:00", "18:00"]] for day in range(1, 7)}


def provider(number: int) -> Resource:
    """Busy for ten minutes every half an hour, a little shifted from one to the next; packed as a request has it."""
    first = int(SINCE.timestamp()) // 60
    starts = [first + day * 1440 + 13 * 60 + 30 * n + number % 20 for day in range(DAYS) for n in range(A_DAY)]
    week = {weekday: [list(block) for block in blocks] for weekday, blocks in WEEK.items()}  # each has hours of their own
    return Resource(str(number), ZONE, Hours(ZONE, week), taken=array("i", edges_of((at, at + 10) for at in starts)))


def measured(providers: list[Resource], *, days: int = DAYS) -> tuple[float, int]:
    """Milliseconds of processor time, the median; and how many times were found."""
    took, found = [], 0
    for _ in range(ROUNDS):
        began = time.process_time()
        found = sum(1 for _ in offers(CALENDAR, providers, now=SINCE, since=SINCE, until=SINCE + timedelta(days=days)))
        took.append((time.process_time() - began) * 1000)
    return sorted(took)[ROUNDS // 2], found


CALENDAR = Calendar(30, 15, strategy="round_robin")


MOST_HTTP_MS, MOST_FIRST_MS = 60.0, 20.0
REQUESTS, TURNS = 20, 7
MISSED: list[float] = []
CLAIMS = """
    insert into claim (clinic_id, resource_id, starts_at, ends_at, expires_at, created_by)
    select %(clinic)s, provider, %(since)s + make_interval(days => day, hours => 13, mins => (30 * n + place %% 20)::int),
           %(since)s + make_interval(days => day, hours => 13, mins => (30 * n + place %% 20 + 10)::int), '2100-01-01', %(by)s
      from unnest(%(providers)s::uuid[]) with ordinality as one (provider, place),
           generate_series(0, %(days)s - 1) as day, generate_series(0, %(a_day)s - 1) as n
"""
FULL = """
    insert into claim (clinic_id, resource_id, starts_at, ends_at, expires_at, created_by)
    select %(clinic)s, %(provider)s, %(since)s + make_interval(days => day), %(since)s + make_interval(days => day, hours => 23),
           '2100-01-01', %(by)s
      from generate_series(0, 90) as day
"""
PROVIDERS_MADE = """
    insert into provider (clinic_id, id, name, colour, timezone, created_by, updated_by)
    select %(clinic)s, id, 'Dr. ' || place, 1, 'America/New_York', %(by)s, %(by)s
      from unnest(%(ids)s::uuid[]) with ordinality as one (id, place)
"""
HOURS_MADE = """
    insert into weekly_hours (clinic_id, provider_id, weekly, created_by, updated_by)
    select %(clinic)s, id, %(weekly)s, %(by)s, %(by)s from unnest(%(ids)s::uuid[]) as id
"""


async def main() -> None:
    all_ = [provider(n) for n in range(PROVIDERS)]
    took, found = measured(all_)
    alone, _ = measured(all_[:1])
    half, _ = measured(all_[: PROVIDERS // 2])
    print(f"engine: {PROVIDERS} providers, {DAYS} days, {A_DAY} a day: {took:.1f} ms, {found} times  {_met(took, MOST_MS)}")
    print(f"one provider: {alone:.2f} ms  {_met(alone, MOST_ALONE_MS)}; half of the providers cost {half / took:.2f} of all")
    with running(CHAIRSIDE_REQUESTS_PER_CLINIC=MANY) as server:
        somebody = sign_up(server.url)
        ids = [uuid.uuid4() for _ in range(PROVIDERS + 1)]
        fill(server, somebody, ids)
        until = SINCE + timedelta(days=DAYS)
        month = f"duration_minutes=30&from={_z(SINCE)}&to={_z(until)}"
        everybody = "".join(f"&provider_id={id}" for id in ids[:PROVIDERS])
        some = "".join(f"&provider_id={id}" for id in ids[: PROVIDERS // 2])
        questions = {
            "all": f"{month}{everybody}&who=any&limit=5000",
            "half": f"{month}{some}&who=any&limit=5000",
            "fifteen days": f"duration_minutes=30&from={_z(SINCE)}&to={_z(SINCE + timedelta(days=DAYS / 2))}{everybody}&who=any&limit=5000",
            "one": f"{month}&provider_id={ids[0]}&limit=5000",
            "first": f"duration_minutes=30&from={_z(SINCE)}&to={_z(SINCE + timedelta(days=184))}&provider_id={ids[-1]}&limit=1",
        }
        costs = {name: await asked(server, somebody, query) for name, query in questions.items()}
    print(f"request, {PROVIDERS} providers: {_ms(costs['all'])}  {_met(sum(costs['all']), MOST_HTTP_MS)}")
    print(
        f"  half of them {sum(costs['half']) / sum(costs['all']):.2f}, half of the days {sum(costs['fifteen days']) / sum(costs['all']):.2f}"
    )
    print(f"request, one provider: {_ms(costs['one'])}  {_met(sum(costs['one']), MOST_ALONE_MS)}")
    print(
        f"request, first time within six months, three of them full: {_ms(costs['first'])}  {_met(sum(costs['first']), MOST_FIRST_MS)}"
    )
    if MISSED:
        sys.exit(1)


def fill(server: Running, somebody: Somebody, ids: list[uuid.UUID]) -> None:
    with psycopg.connect(server.admin, autocommit=True) as db:
        clinic, by = db.execute(
            "select c.id, m.principal_id from clinic c join membership m on m.clinic_id = c.id where c.slug = %s", [somebody.slug]
        ).fetchone() or ("", "")
        place = {"clinic": clinic, "by": by, "since": SINCE, "days": DAYS, "a_day": A_DAY, "ids": ids}
        db.execute("set session_replication_role = replica")
        db.execute(PROVIDERS_MADE, place)
        db.execute(HOURS_MADE, place | {"weekly": Jsonb(WEEK)})
        db.execute(CLAIMS, place | {"providers": ids[:PROVIDERS]})
        db.execute(FULL, place | {"provider": ids[-1]})
        db.execute("vacuum analyze")


async def asked(server: Running, somebody: Somebody, query: str) -> tuple[float, float]:
    """Milliseconds of processor time, of the app and of PostgreSQL: medians of the turns."""
    request = wire.request("GET", f"/api/v1/clinics/{somebody.slug}/availability?{query}", {"cookie": somebody.cookie})
    turns = []
    for _ in range(TURNS + 1):
        before = [seconds([one]) for one in (server.app, server.postmaster)]
        statuses = await wire.drive(server.port, [request] * REQUESTS, connections=1)
        if set(statuses) != {200}:
            raise RuntimeError(str(statuses))
        after = [seconds([one]) for one in (server.app, server.postmaster)]
        turns.append([(now - was) / REQUESTS * 1000 for now, was in zip(after, before, strict=True)])
    app, postgres = (statistics.median(part) for part in zip(*turns[1:], strict=True))
    return app, postgres


def _z(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _ms(cost: tuple[float, float]) -> str:
    return f"{cost[0]:.1f} ms in the app, {cost[1]:.1f} in PostgreSQL"


def _met(value: float, most: float) -> str:
    if value > most:
        MISSED.append(value)
    return f"(at most {most:g}: {'met' if value <= most else 'MISSED'})"

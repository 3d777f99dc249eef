"""64 people book, hold, confirm, put off, move, repeat and block overlapping times of two providers at once: 10,000 acts over HTTP, no
answer that is no answer, no deadlock, nobody booked twice in the end, and of each series all visits or none.

A series is of three days on end, the first of them the day that everybody wants. Anybody moves or cancels it, or the rest of it, while
whoever booked it moves and cancels its visits one by one. Holds live for two seconds here (a trigger cuts them short), so that many
expire while they are confirmed.
"""

import asyncio
import collections
import json
import random
import sys
import time
from datetime import date, timedelta
from typing import Any

import psycopg

from bench import wire
from bench.one_slot import DEADLOCK, PERSON, PRICE
from bench.running import Running, Somebody, running, sign_up

CLIENTS, ACTS = 64, 10_000
FINE = {(201, ""), (204, ""), (409, "TimeTaken"), (409, "HoldWasExtended"), (404, "NoSuchHold"), (412, "AppointmentIsStale"),
        (409, "TooManyHolds"), (404, "NoSuchBlockout"), (409, "SeriesClashes"), (409, "NothingLeftInSeries"),
        (409, "VisitIsOver"), (409, "StepNotPossible")}  # fmt: skip
TIMES = 3
# The day that everybody wants; series end within two years from today.
MONDAY = date.today() + timedelta(days=91 - date.today().weekday())
# Two visits of one provider, operatory or patient at once, none of them on purpose.
TWICE = """
    select count(*)
      from appointment as one
      join appointment as other
        on other.clinic_id = one.clinic_id
       and other.id > one.id
       and (other.provider_id = one.provider_id or other.operatory_id = one.operatory_id or other.patient_id = one.patient_id)
       and other.starts_at < one.ends_at
       and one.starts_at < other.ends_at
     where one.status = 'scheduled'
       and other.status = 'scheduled'
"""
SERIES = "select count(*) from visit_series"
# Series without one of their visits, those that were cancelled counted, or with one too many.
PARTIAL = """
    select count(*)
      from visit_series
     where visit_series.times is distinct from (select count(*)
                                                  from appointment
                                                 where appointment.series_id = visit_series.id
                                                   and appointment.series_number between 1 and visit_series.times)
"""
SHORT = """
    create function public.cut_short() returns trigger language plpgsql as $$
    begin
        if new.expires_at is not null then
            new.expires_at := clock_timestamp() + interval '2 seconds';
        end if;
        return new;
    end $$;
    create trigger cut_short before insert on hold for each row execute function public.cut_short();
    create trigger cut_short before insert on claim for each row execute function public.cut_short()
"""
UNCLAIMED = """
    select count(*)
      from appointment
     where appointment.status = 'scheduled'
       and (select count(*) from claim where claim.appointment_id = appointment.id and claim.active) <> 3
"""


class Client:
    """One connection; what it has booked, held and blocked. `series` are everybody's."""

    def __init__(
        self, port: int, somebody: Somebody, patient: str, places: list[tuple[str, str]], service: str, series: list[str]
    ) -> None:
        self.port, self.somebody, self.patient, self.places, self.service = port, somebody, patient, places, service
        self.series = series
        self.answers: collections.Counter[tuple[int, str]] = collections.Counter()
        self.visits: dict[str, int] = {}
        self.holds: list[tuple[str, dict[str, Any]]] = []
        self.blocks: list[str] = []

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        sent = json.dumps(body).encode() if body is not None else b""
        path = f"/api/v1/clinics/{self.somebody.slug}{path}"
        self.writer.write(wire.request(method, path, {**self.somebody.headers(), **headers}, sent))
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0]) if b"content-length: " in head else 0
        text = await self.reader.readexactly(length)
        status, answer = int(head[9:12]), json.loads(text) if text else {}
        self.answers[status, answer.get("code", "") if status >= 400 else ""] += 1
        return status, answer

    def time(self, *, later: int = 0) -> dict[str, Any]:
        """A quarter of an hour of one day, or so many days later, with one of the two."""
        provider, operatory = random.choice(self.places)
        quarter = random.randrange(4 * 8)
        at = f"{MONDAY + timedelta(days=later)}T{8 + quarter // 4:02}:{quarter % 4 * 15:02}:00Z"
        return {"provider_id": provider, "operatory_id": operatory, "service_id": self.service, "starts_at": at}

    async def act(self) -> None:
        what = random.random()
        if what < 0.15:
            await self.book(self.time())
        elif what < 0.26:
            await self.repeat()
        elif what < 0.32 and self.series:
            await self.act_on_series()
        elif what < 0.50:
            status, held = await self.ask("POST", "/holds", self.time())
            if status == 201:
                self.holds.append(
                    (held["id"], {name: held[name] for name in ("provider_id", "operatory_id", "service_id", "starts_at")})
                )
        elif what < 0.65 and self.holds:
            hold, place = self.holds.pop(0)
            await self.book({**place, "hold_id": hold})
        elif what < 0.70 and self.holds:
            await self.ask("POST", f"/holds/{self.holds[0][0]}/extension")
        elif what < 0.77 and self.visits:
            place = self.time()
            del place["service_id"]
            await self.change("rescheduling", place)
        elif what < 0.93 and self.visits:
            await self.change("cancellation", {"reason": "x"})
        elif what < 0.93:  # nothing to confirm, move or cancel; blocks would fill the day
            await (self.repeat() if what < 0.75 else self.book(self.time()))
        elif self.blocks:
            await self.ask("DELETE", f"/blockouts/{self.blocks.pop()}")
        else:
            place = self.time()
            end = place["starts_at"].replace(":00Z", ":10Z")
            body = {"provider_id": place["provider_id"], "starts_at": place["starts_at"], "ends_at": end, "reason": "x"}
            status, blocked = await self.ask("POST", "/blockouts", body)
            if status == 201:
                self.blocks.append(blocked["id"])

    async def change(self, what: str, body: dict[str, Any]) -> None:
        """Whoever finds that the visit was changed tries again another time."""
        visit, version = random.choice(list(self.visits.items()))
        status, answer = await self.ask("POST", f"/appointments/{visit}/{what}", body, **{"if-match": f'"{version}"'})
        if status == 412:
            self.visits[visit] = answer["facts"]["version"]
        elif what == "cancellation" or answer.get("code") == "VisitIsOver":
            del self.visits[visit]
        elif status == 201:
            self.visits[visit] = answer["version"]

    async def repeat(self) -> None:
        """From a time on at which they work: outside of it no series begins."""
        place = self.time()
        while place["starts_at"][11:13] == "08":
            place = self.time()
        at = place.pop("starts_at")
        rule = {"unit": "day", "starts_on": at[:10], "time": at[11:16], "times": TIMES}
        status, booked = await self.ask("POST", "/series", {"patient_id": self.patient, "repeat": rule, **place})
        if status == 201:
            self.series.append(booked["series"]["id"])
            self.visits |= {visit["id"]: visit["version"] for visit in booked["series"]["visits"]}

    async def act_on_series(self) -> None:
        """Of anybody's, one of its visits and all that follow."""
        series, number = random.choice(self.series), random.choice((1, 1, 2, 3))
        if random.random() < 0.5:
            body = {"number": number, "starts_at": self.time(later=number - 1)["starts_at"]}
            what = "reschedulings"
        else:
            body, what = {"number": number, "reason": "x"}, "cancellations"
        _, answer = await self.ask("POST", f"/series/{series}/{what}", body)
        if answer.get("code") == "NothingLeftInSeries" and number == 1 and series in self.series:
            self.series.remove(series)

    async def book(self, place: dict[str, Any]) -> None:
        status, visit = await self.ask("POST", "/appointments", {"patient_id": self.patient, **place})
        if status == 201:
            self.visits[visit["id"]] = visit["version"]


async def main() -> None:
    with running() as server:
        with psycopg.connect(server.admin, autocommit=True) as db:
            db.execute(SHORT)
        somebody = sign_up(server.url)
        places = [
            (somebody.ask("POST", "/providers", {"name": name})["id"], somebody.ask("POST", "/operatories", {"name": name})["id"])
            for name in ("Dr. Ioana Marin", "Dr. Radu Popa")
        ]
        service = somebody.ask("POST", "/services", {"name": "Check-up", "duration_minutes": 40, "price": PRICE})["id"]
        series: list[str] = []
        people = [somebody.ask("POST", "/patients", PERSON)["id"] for _ in range(CLIENTS)]
        clients = [Client(server.port, somebody, patient, places, service, series) for patient in people]
        left = iter(range(ACTS))

        async def go(client: Client) -> None:
            await client.open()
            for _ in left:
                await client.act()
            client.writer.close()

        started = time.perf_counter()
        await asyncio.gather(*map(go, clients))
        judge(server, sum((client.answers for client in clients), collections.Counter()), time.perf_counter() - started)


def judge(server: Running, answers: collections.Counter[tuple[int, str]], seconds: float) -> None:
    with psycopg.connect(server.admin) as db:
        twice, unclaimed, series, partial = (
            count for query in (TWICE, UNCLAIMED, SERIES, PARTIAL) for count in db.execute(query).fetchone() or [-1]
        )
    deadlocks = server.log().count(DEADLOCK)
    for (status, code), count in sorted(answers.items()):
        print(f"{count:6} × {status} {code}")
    met = set(answers) <= FINE and series > 0 and not (twice or unclaimed or partial or deadlocks)
    print(
        f"{seconds:.1f} s; {twice} twice, {unclaimed} without their time, {partial} of {series} series in part, {deadlocks} deadlocks  "
        f"{'met' if met else 'MISSED'}",
        flush=True,
    )
    if not met:
        sys.exit(1)

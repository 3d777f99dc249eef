"""Whether a request costs the same with a million patients as with a thousand: processor time of app and PostgreSQL, and time.

Four clinics with answers of the same length, in one run and in turns: the one of a thousand patients in an installation of its own;
another just like it, which shows the noise; one of a thousand among a thousand clinics with a million; and the one of 400,000 there.
Each request names one of 300 patients drawn at random, as many as a busy day sees. Data: see million.py.
"""

import json
import os
import random
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import psutil
import psycopg

from bench import million, wire
from bench.running import Running, Somebody, known, running, seconds
from chairside.kernel import pages

CONNECTIONS = 4
REQUESTS = int(os.environ.get("REQUESTS", "400"))
TURNS = int(os.environ.get("TURNS", "9"))
DRAWN = 300
MOST = 1.2
CASES = {
    "GET patient": MOST, "GET 50 patients": MOST, "GET a page far down": MOST, "GET the schedule of a day": MOST,
    "GET a patient's visits": MOST, "POST appointment": MOST, "search: beginning of a name": MOST,
    "search: a common first name": None, "search: a phone number": None, "search: nobody": None, "POST patient": None,
}  # fmt: skip
TOLD = ("1,000", "again", "among a million", "400,000")


@dataclass
class Place:
    """One of the four clinics."""

    server: Running
    somebody: Somebody
    patients: list[tuple[str, str]]  # ids and the digits of their phones
    providers: list[str]
    service: str
    day: str
    deep: str
    booked: count = field(default_factory=lambda: count(int(time.time()) * 40 % 16_000_000))  # type: ignore[type-arg]

    @property
    def processes(self) -> tuple[list[psutil.Process], list[psutil.Process]]:
        return [self.server.app], [self.server.postmaster]

    def request(self, case: str, chance: random.Random) -> bytes:
        base = f"/api/v1/clinics/{self.somebody.slug}"
        patient, phone = chance.choice(self.patients)
        get = {
            "GET patient": f"/patients/{patient}",
            "GET 50 patients": "/patients",
            "GET a page far down": f"/patients?cursor={self.deep}",
            "GET the schedule of a day": f"/schedule?date={self.day}",
            "GET a patient's visits": f"/appointments?patient_id={patient}&sort=-starts_at",
        }.get(case)
        if get:
            return wire.request("GET", base + get, {"cookie": self.somebody.cookie})
        words = {"beginning of a name": "po", "a common first name": "maria", "a phone number": phone, "nobody": "xqzw"}
        if case.startswith("search: "):
            return self._post(f"{base}/patients/searches", {"q": words[case.removeprefix("search: ")], "limit": 10})
        if case == "POST patient":
            name = {"first_name": chance.choice("ABCDEF") * 3, "last_name": f"Bench{chance.randrange(10**6)}"}
            return self._post(f"{base}/patients", name | {"birth_date": "1980-05-01", "sex": "female"})
        n = next(self.booked)
        # Fifteen minutes for each of four providers from 2030 on; every patient has visits long before.
        starts_at = datetime(2030, 1, 1, tzinfo=UTC) + n // 4 % 4_000_000 * timedelta(minutes=15)
        body = {"patient_id": self.patients[n % DRAWN][0], "provider_id": self.providers[n % 4], "service_id": self.service}
        return self._post(f"{base}/appointments", body | {"starts_at": starts_at.isoformat(), "duration_minutes": 15})

    def _post(self, path: str, body: object) -> bytes:
        return wire.request("POST", path, self.somebody.headers(), json.dumps(body).encode())


@dataclass
class Spent:
    """Of one request, in microseconds."""

    app: float
    postgres: float
    time: float

    @property
    def processor(self) -> float:
        return self.app + self.postgres


def place(server: Running, made: million.Made, slug: str) -> Place:
    somebody = known(server.url, slug, million.session(made, server.admin))
    with psycopg.connect(server.admin) as db:
        ids = db.execute("""
            select patient.id::text, regexp_replace(contacts -> 0 ->> 'value', '\\D', '', 'g')
              from patient tablesample system (100) join clinic on clinic.id = clinic_id
             where slug = %s and patient.archived_at is null and patient.deleted_at is null and import_id is null
               and last_name not like 'Bench%%'
             order by md5(patient.id::text) limit %s""", [slug, DRAWN]).fetchall()  # fmt: skip
        key, last = db.execute("""
            select sort_key, patient.id from patient join clinic on clinic.id = clinic_id
             where slug = %s and archived_at is null and patient.deleted_at is null
             order by sort_key, patient.id offset (select count(*) * 3 / 4 from patient join clinic on clinic.id = clinic_id
                                                    where slug = %s) limit 1""", [slug, slug]).fetchone()  # fmt: skip
    pages.sign_with((server.folder / "secret").read_text())
    providers = [one["id"] for one in somebody.ask("GET", "/providers?active=true")["items"]]
    service = somebody.ask("GET", "/services")["items"][0]["id"]
    return Place(server, somebody, ids, providers, service, made.day, pages.seal(key, last))


async def turn(case: str, place: Place, chance: random.Random) -> Spent:
    requests = [place.request(case, chance) for _ in range(REQUESTS)]
    before, began = [seconds(part) for part in place.processes], time.perf_counter()
    statuses = await wire.drive(place.server.port, requests, connections=CONNECTIONS)
    took = time.perf_counter() - began
    wanted = {201} if case in ("POST appointment", "POST patient") else {200}
    if set(statuses) != wanted:
        raise RuntimeError(f"{case}: {statuses}")
    app, postgres = (seconds(part) - first for part, first in zip(place.processes, before, strict=True))
    return Spent(*(figure / REQUESTS * 1e6 for figure in (app, postgres, took)))


async def main() -> None:
    with ExitStack() as stack:
        small, again, large = stack.enter_context(million.installations("small", "again", "million"))
        servers = [stack.enter_context(running(made.path)) for made in (small, again, large)]
        places = [
            place(servers[0], small, million.EQUAL), place(servers[1], again, million.EQUAL),
            place(servers[2], large, million.EQUAL), place(servers[2], large, million.BIG),
        ]  # fmt: skip
        print("µs of processor time for a request (app, PostgreSQL), then processor time and time over the first clinic's")
        print(f"{'':28} {'1,000':>13}  {'again':>11}  {'among a million':>15}  {'400,000':>25}", flush=True)
        figures = [await _measure(case, most, places) for case, most in CASES.items()]
    print(json.dumps(figures))


async def _measure(case: str, most: float | None, places: list[Place]) -> dict:
    chance = random.Random(1)
    for one in places:
        await turn(case, one, chance)
    rounds = [[await turn(case, one, chance) for one in places] for _ in range(TURNS)]
    columns = list(zip(*rounds, strict=True))
    middle = [Spent(*(statistics.median(getattr(one, part) for one in column) for part in ("app", "postgres", "time")))
              for column in columns]  # fmt: skip
    ratios = [
        (
            statistics.median(mine.processor / first.processor for first, mine in zip(columns[0], column, strict=True)),
            statistics.median(mine.time / first.time for first, mine in zip(columns[0], column, strict=True)),
        )
        for column in columns
    ]
    worst = max(ratio for ratio, _ in ratios[2:])
    verdict = "" if most is None else f"at most {most}  {'met' if worst <= most else 'MISSED'}"
    shown = "  ".join(f"{processor:5.2f} {elapsed:5.2f}" for processor, elapsed in ratios[1:])
    last = f"({middle[3].app:.0f}, {middle[3].postgres:.0f})"
    print(f"{case:28} {middle[0].app:6.0f} {middle[0].postgres:6.0f}  {shown} {last:>14}  {verdict}", flush=True)
    return {"case": case, "most": most, "ratios": [[round(part, 3) for part in pair] for pair in ratios],
            "first": vars(middle[0]), "large": vars(middle[3])}  # fmt: skip

"""64 people want the same hour: of 10,000 attempts over HTTP exactly one may succeed, in 30 seconds, without a deadlock.

As part of `make bench` it runs on a server of its own. Against one that is running:

    CHAIRSIDE_REQUESTS_PER_PRINCIPAL=1000000000 chairside run --data DIR --port 8000
    python -m bench.one_slot http://127.0.0.1:8000 DIR/postgres.log

The limit on requests must be raised, or most attempts are answered 429. It signs up a clinic of its own; the second argument,
the log of PostgreSQL, is searched for deadlocks that came since.
"""

import asyncio
import collections
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench import wire
from bench.running import Somebody, running, sign_up

CLIENTS, ATTEMPTS, MOST_SECONDS = 64, 10_000, 30
PERSON = {"first_name": "Ana", "last_name": "Dinu", "birth_date": "1980-05-01"}
PRICE = {"amount": 100_00, "currency": "USD"}
DEADLOCK = "deadlock detected"


async def race(port: int, somebody: Somebody) -> tuple[collections.Counter[tuple[int, str]], float]:
    """How many attempts were answered how, and the seconds it took."""
    provider = somebody.ask("POST", "/providers", {"name": "Dr. Ioana Marin"})["id"]
    operatory = somebody.ask("POST", "/operatories", {"name": "Chair 1"})["id"]
    service = somebody.ask("POST", "/services", {"name": "Check-up", "duration_minutes": 60, "price": PRICE})["id"]
    people = [somebody.ask("POST", "/patients", PERSON)["id"] for _ in range(CLIENTS)]
    place = {"provider_id": provider, "operatory_id": operatory, "service_id": service, "starts_at": "2030-01-07T09:00:00Z"}
    path, left = f"/api/v1/clinics/{somebody.slug}/appointments", iter(range(ATTEMPTS))
    answers: collections.Counter[tuple[int, str]] = collections.Counter()

    async def insist(patient: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = json.dumps({"patient_id": patient, **place}).encode()
        for _ in left:
            writer.write(wire.request("POST", path, somebody.headers(), body))
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
            answer = json.loads(await reader.readexactly(length))
            answers[int(head[9:12]), answer.get("code", "")] += 1
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*map(insist, people))
    return answers, time.perf_counter() - started


def judge(answers: collections.Counter[tuple[int, str]], seconds: float, deadlocks: int) -> None:
    met = answers == {(201, ""): 1, (409, "TimeTaken"): ATTEMPTS - 1} and seconds <= MOST_SECONDS and deadlocks == 0
    counted = ", ".join(f"{count} × {status} {code}".rstrip() for (status, code), count in sorted(answers.items()))
    print(f"{counted}; {seconds:.1f} s, at most {MOST_SECONDS}; {deadlocks} deadlocks  {'met' if met else 'MISSED'}", flush=True)
    if not met:
        sys.exit(1)


async def main() -> None:
    with running() as server:
        answers, seconds = await race(server.port, sign_up(server.url))
        judge(answers, seconds, server.log().count(DEADLOCK))


async def against(url: str, log: str | None) -> None:
    before = deadlocks_in(log)
    answers, seconds = await race(urlsplit(url).port or 80, sign_up(url))
    judge(answers, seconds, deadlocks_in(log) - before)


def deadlocks_in(log: str | None) -> int:
    return Path(log).read_text(errors="replace").count(DEADLOCK) if log else 0


if __name__ == "__main__":
    url, log, *_ = [*sys.argv[1:], None, None]
    asyncio.run(against(url, log) if url else main())

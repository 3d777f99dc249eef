"""Twenty people sign in at the same time, again and again: how long do the others' requests take meanwhile?

Argon2 costs what it is meant to cost; it runs off the event loop and a few at a time, so the others wait for a core, not for it.
"""

import asyncio
import json
import secrets
import statistics
import time
import urllib.request

import psycopg

from bench import wire
from bench.running import Running, running, sign_up

AT_ONCE = 20
PASSWORD = "three blue otters sing"
GETS = 400
PROMISE = 3.0
PAIRS = 200


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


async def _gets(port: int, request: bytes, wanted: int) -> list[float]:
    """One after the other on one connection: seconds of each."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took = []
    for _ in range(wanted):
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
        took.append(time.perf_counter() - began)
        assert b" 200 " in head[:20], head[:60]
        await asyncio.sleep(0.005)
    writer.close()
    return took


def _open_account(url: str) -> str:
    """The address of somebody new."""
    email = f"{secrets.token_hex(6)}@example.test"
    owner = {"name": "Ana Dinu", "email": email, "password": PASSWORD}
    clinic = {"name": "Signs in", "slug": f"signs-{secrets.token_hex(4)}", "timezone": "UTC", "owner": owner}
    asked = urllib.request.Request(
        f"{url}/api/v1/clinics", data=json.dumps(clinic).encode(), headers={"content-type": "application/json"}
    )
    with urllib.request.urlopen(asked):
        pass
    return email


def _sign_in(email: str, password: str = PASSWORD) -> bytes:
    body = json.dumps({"email": email, "password": password}).encode()
    return wire.request("POST", "/api/v1/session", {"content-type": "application/json"}, body)


async def main() -> None:
    with running() as server:
        somebody = sign_up(server.url)
        sign_ins = [_sign_in(_open_account(server.url)) for _ in range(AT_ONCE)]
        one = _open_account(server.url)
        guesses = [_sign_in(one, f"guess number {n}") for n in range(AT_ONCE)]
        made = somebody.ask("POST", "/patients", {"first_name": "Ana", "last_name": "Pop", "birth_date": "1980-01-01"})
        path = f"/api/v1/clinics/{somebody.slug}/patients/{made['id']}"
        get = wire.request("GET", path, {"cookie": somebody.cookie})
        await _gets(server.port, get, 100)
        idle = _p95(await _gets(server.port, get, GETS))
        print(f"  GET patient, p95: idle {idle * 1000:.1f} ms", flush=True)
        await _beside(server, get, idle, "sign-ins", sign_ins, most=PROMISE)
        await _alike(server, one)
        await _beside(server, get, idle, "guesses at one account", guesses, most=None)  # as fast as they are refused


async def _alike(server: Running, known: str) -> None:
    """A wrong password of somebody known and of nobody, in turns, with what was counted forgotten before each: which of them a
    clock could tell apart."""
    apart = []
    with psycopg.connect(server.admin, autocommit=True) as db:
        for turn in range(PAIRS):
            took = {}
            for email in sorted((known, f"nobody-{turn}@example.test"), reverse=bool(turn % 2)):
                db.execute("delete from guess")
                began = time.perf_counter()
                (status,) = await wire.drive(server.port, [_sign_in(email, "wrong horse battery")], connections=1)
                took[email == known] = time.perf_counter() - began
                assert status == 401, status
            apart.append((took[True] - took[False]) * 1000)
    first, middle, last = statistics.quantiles(apart)
    print(
        f"  refused: somebody known takes {middle:+.2f} ms more than nobody (half of {PAIRS} pairs: {first:+.1f} to {last:+.1f})",
        flush=True,
    )


async def _beside(server: Running, get: bytes, idle: float, what: str, asked: list[bytes], *, most: float | None) -> None:
    statuses: dict[int, int] = {}
    others = asyncio.create_task(wire.drive(server.port, asked * 2000, connections=AT_ONCE, statuses=statuses))
    await asyncio.sleep(0.5)
    began = server.app.cpu_times()
    beside = _p95(await _gets(server.port, get, GETS))
    spent = server.app.cpu_times()
    others.cancel()
    ratio = beside / idle
    answered = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    print(f"  beside {AT_ONCE} {what} at once ({answered}): {beside * 1000:.1f} ms")
    met = "" if most is None else f" (at most {most}: {'met' if ratio <= most else 'MISSED'})"
    print(f"  ratio {ratio:.2f}{met}")
    print(f"  the app meanwhile: {spent.user - began.user:.1f} s of processor time", flush=True)

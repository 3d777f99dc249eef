"""Clinics share two connections through aborts, time-outs and killed backends: no answer may carry another clinic's data.

    python -m bench two_connections            # 200,000 requests
    REQUESTS=20000 SEED=7 python -m bench two_connections

Everything runs in one process, the app without a socket: a request can then be cut off at any point, while it waits for a connection, for
the database, or for its commit. What a server sees of a reader who goes away is among them, and so is what it does not see.
"""

import asyncio
import json
import os
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from chairside import identity, tenancy
from chairside.app import build, enveloped
from chairside.kernel import clock, embedded, migrate, vault
from chairside.kernel.keys import Ring
from chairside.kernel.op import begin
from chairside.kernel.pool import Pool
from chairside.kernel.settings import Settings

REQUESTS = 200_000
CLINICS, PATIENTS, AT_ONCE = 8, 5, 12
KILL_EVERY, LOCK_EVERY = 100, 80  # requests
LOCK_SECONDS, STATEMENT = 0.06, "25ms"
CUT, GONE = 0.06, 0.04  # of all requests: cancelled at some point, left by their reader
KILL = """
    select pg_terminate_backend(pid) from pg_stat_activity
     where usename = 'chairside_app' and application_name = 'two' order by random() limit 1
"""
HOLD = "select from patient where id = any(%s) for update"
ANSWERED = {200, 201, 409, 412, 503, 504}


@dataclass
class Tenant:
    """A clinic whose every name carries its mark."""

    slug: str
    mark: str
    token: str
    patients: list[str]


@dataclass
class Told:
    """What came of it: statuses, what was done to requests and connections, and what should not have been."""

    statuses: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    locks: int = 0
    kills: int = 0

    def judge(self, asker: Tenant, tenants: list[Tenant], what: str, status: int, body: bytes) -> None:
        self.statuses[str(status)] += 1
        if any(other.mark.encode() in body for other in tenants if other is not asker):
            self.leaks.append(f"{what}: {body[:300]!r}")
        if status not in ANSWERED or (status in (200, 201) and asker.mark.encode() not in body):
            self.wrong.append(f"{what}: {status} {body[:300]!r}")


async def tenant(pool: Pool, life: Settings) -> Tenant:
    mark = f"mark{secrets.token_hex(5)}"
    slug = f"clinic-{mark}"
    async with begin(pool, clock.now()) as op:
        _, owner = await tenancy.sign_up(
            op, name=mark, slug=slug, timezone="UTC", locale="en-US", currency="USD", owner_name=mark, email=f"{mark}@example.test",
            password=secrets.token_urlsafe(16),
        )  # fmt: skip
        lasting = identity.Life(idle_minutes=life.idle_minutes, hours=life.session_hours)
        session = await identity.open_session(op, principal_id=owner, life=lasting, address=None, agent="bench")
    return Tenant(slug, mark, session.token, [])


async def ask(
    app: Any, asker: Tenant, method: str, path: str, body: bytes, *, version: int | None = None, leaves: float | None = None
) -> tuple[int, bytes]:
    """Raises CancelledError when it was cut off. `leaves`: the reader is gone after so many seconds."""
    status, chunks, sent = 0, [], False

    async def receive() -> Any:
        nonlocal sent
        if sent or (leaves is not None and leaves < 0.001):
            await asyncio.sleep(leaves or 3600)
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            chunks.append(message.get("body", b""))

    headers = [
        (b"authorization", f"Bearer {asker.token}".encode()),
        (b"content-type", b"application/json"),
        (b"host", b"two.test"),
    ]
    if version is not None:
        headers.append((b"if-match", f'"{version}"'.encode()))
    path = f"/api/v1/clinics/{asker.slug}{path}"
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers, "client": ("127.0.0.1", 1),
        "server": ("two.test", 80),
    }  # fmt: skip
    await app(scope, receive, send)
    return status, b"".join(chunks)


def question(chance: random.Random, asker: Tenant) -> tuple[str, str, bytes, int | None]:
    patient = chance.choice(asker.patients)
    return chance.choice([
        ("GET", "/patients", b"", None), ("GET", f"/patients/{patient}", b"", None), ("GET", f"/patients/{patient}", b"", None),
        ("GET", "", b"", None), ("POST", "/patients/searches", json.dumps({"q": asker.mark}).encode(), None),
        ("PATCH", f"/patients/{patient}", json.dumps({"note": asker.mark}).encode(), chance.randint(1, 40)),
        ("PATCH", f"/patients/{patient}", json.dumps({"note": asker.mark}).encode(), chance.randint(1, 40)),
    ])  # fmt: skip


async def storm(app_url: str, admin: str, *, requests: int, seed: int) -> Told:
    """`admin` administers the same database."""
    many = 10**9
    settings = Settings(
        app_url=app_url, requests_per_principal=many, requests_per_address=many, idle_minutes=480, session_hours=72,
        request_seconds=2,
    )  # fmt: skip
    app, told, chance = build(settings), Told(), random.Random(seed)
    whole = enveloped(app)
    async with Pool(app_url, size=2) as calm:
        app.state.pool = calm
        tenants = [await tenant(calm, settings) for _ in range(CLINICS)]
        for one in tenants:
            for _ in range(PATIENTS):
                person = {"first_name": one.mark, "last_name": one.mark, "birth_date": "1980-05-01", "note": one.mark}
                _, made = await ask(whole, one, "POST", "/patients", json.dumps(person).encode())
                one.patients.append(json.loads(made)["id"])
    left = iter(range(requests))

    async def insist(troubles: asyncio.TaskGroup) -> None:
        for turn in left:
            if turn % KILL_EVERY == KILL_EVERY - 1:
                troubles.create_task(kill())
            if turn % LOCK_EVERY == LOCK_EVERY - 1:
                troubles.create_task(lock())
            asker = chance.choice(tenants)
            method, path, body, version = question(chance, asker)
            fate = chance.random()
            leaves = chance.choice([0.0001, 0.002, 0.005]) if CUT < fate < CUT + GONE else None
            asking = asyncio.create_task(ask(whole, asker, method, path, body, version=version, leaves=leaves))
            if fate < CUT:
                await asyncio.sleep(chance.uniform(0, 0.012))
                asking.cancel()
            try:
                status, answer = await asking
            except asyncio.CancelledError:
                told.statuses["cut off"] += 1
                continue
            if leaves is not None and status in (0, 422):
                told.statuses["left"] += 1
                continue
            told.judge(asker, tenants, f"{turn} {method} {path}", status, answer)

    async def kill() -> None:
        async with await psycopg.AsyncConnection.connect(admin, autocommit=True) as db:
            told.kills += (await db.execute(KILL)).rowcount

    async def lock() -> None:
        """Whoever changes these patients meanwhile runs out of their statement's time."""
        everyone = [patient for one in tenants for patient in one.patients]
        async with await psycopg.AsyncConnection.connect(admin) as db:
            await db.execute(HOLD, [chance.sample(everyone, len(everyone) // 2)])
            await asyncio.sleep(LOCK_SECONDS)
            told.locks += 1

    short = make_conninfo(app_url, application_name="two", options=f"-c statement_timeout={STATEMENT}")
    async with Pool(short, size=2, wait_seconds=2) as app.state.pool:
        async with asyncio.TaskGroup() as troubles:
            await asyncio.gather(*(insist(troubles) for _ in range(AT_ONCE)))
        await _nothing_stayed(app.state.pool, told)
    return told


async def _nothing_stayed(pool: Pool, told: Told) -> None:
    """No clinic on a connection that rests; one that the last kill met while it rested is told of by its end."""
    looked = 0
    for _ in range(6):
        try:
            async with pool.connection() as connection:
                found = await (
                    await connection.execute("select count(*), coalesce(current_setting('app.clinic_id', true), '') from patient")
                ).fetchone()
        except psycopg.OperationalError:
            continue
        looked += 1
        if found != (0, ""):
            told.leaks.append(f"a resting connection knew a clinic: {found}")
    if not looked:
        told.wrong.append("no connection that rests could be looked at")


async def main() -> None:
    requests, seed = int(os.environ.get("REQUESTS", REQUESTS)), int(os.environ.get("SEED", "1"))
    with tempfile.TemporaryDirectory(prefix="chairside-bench-", ignore_cleanup_errors=True) as name:
        os.chmod(name, 0o755)  # PostgreSQL, when started by root, runs as somebody else
        with embedded.running(Path(name) / "data", fsync="off") as admin:
            password = secrets.token_urlsafe(24)
            migrate.prepare(admin, "chairside", password)
            migrate.migrate(admin, "chairside")
            url = make_conninfo(admin, dbname="chairside", user="chairside_app", password=password)
            vault.open_with(Ring(None))
            silent = open(os.devnull, "w")  # noqa: SIM115, ASYNC230 - a line of the log for every request
            sys.stderr, shown = silent, sys.stderr
            began = time.perf_counter()
            try:
                told = await storm(url, make_conninfo(admin, dbname="chairside"), requests=requests, seed=seed)
            finally:
                sys.stderr = shown
    counted = ", ".join(f"{count} × {status}" for status, count in sorted(told.statuses.items()))
    met = not told.leaks and not told.wrong
    print(
        f"{sum(told.statuses.values())} requests of {CLINICS} clinics over 2 connections, {time.perf_counter() - began:.0f} s: {counted}"
    )
    print(f"{told.kills} backends killed, {told.locks} times half the patients locked past a statement's {STATEMENT}")
    print(
        f"{len(told.leaks)} answers with another clinic's data, {len(told.wrong)} other than expected  {'met' if met else 'MISSED'}",
        flush=True,
    )
    for line in (told.leaks + told.wrong)[:10]:
        print("  ", line)
    if not met:
        sys.exit(1)

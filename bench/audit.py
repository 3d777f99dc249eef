"""Sealing keeps up with 2,000 rows of the audit a second on two cores; what the trigger costs an update; pages of its list.

Durable commits, one PostgreSQL of its own. Writers write as the app does, in transactions of their own, at the rate that is
promised; the sealer looks once a second, as the worker does. The trigger's cost is a ratio of interleaved turns of one client.
"""

import asyncio
import os
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from chairside.compliance.actions.sealing import seal
from chairside.kernel import embedded, migrate
from chairside.kernel.pool import Pool

DATABASE = "chairside"
ROWS, BACKLOG, EVENTS = 2000, 100_000, 400_000
SECONDS, TURNS, UPDATES = 15, 9, 150
MOST_LAG, MOST_RATIO, MOST_MS = 5.0, 2.2, (300.0, 30.0, 30.0)
CLINIC = "insert into clinic (id, slug, name, timezone, locale, currency, created_by, updated_by) values (%s, %s, 'x', 'UTC', 'en', 'EUR', %s, %s)"
READS = "insert into audit_event (action, entity, patient_ids) select 'read', 'schedule', array[uuidv7(), uuidv7()] from generate_series(1, %s)"
PATIENT = """
    insert into patient (register_number, first_name, last_name, birth_date, sex, search, sort_key)
    values ('1', 'Ana', 'Dinu', '1980-01-01', 'female', 'ana dinu', 'dinu ana') returning id
"""
MANY = """
    insert into audit_event (clinic_id, at, actor_id, actor_type, action, entity, patient_id, patient_ids)
    select %(clinic)s, now() - (n * interval '1 second'), %(clinic)s, 'human', 'read', 'patient',
           case when n %% 400 = 0 then %(patient)s::uuid end,
           case when n %% 10 = 0 then array(select case when n %% 500 = 0 and i = 1 then %(patient)s::uuid else gen_random_uuid() end
                                              from generate_series(1, 30) i) end
      from generate_series(1, %(many)s::int) n
"""
LAG = "select unsealed, oldest_seconds from app.sealing()"


def act(db: psycopg.Connection, clinic: UUID) -> None:
    db.execute("select app.act(%s, %s, null, 'human', 'bench')", [clinic, clinic])


def write(url: str, clinic: UUID, until: float, rate: float) -> int:
    """Transactions of four rows, so many rows a second."""
    done, began = 0, time.perf_counter()
    with psycopg.connect(url) as db:
        while (now := time.perf_counter()) < until:
            if done > (now - began) * rate:
                time.sleep(0.002)
                continue
            act(db, clinic)
            db.execute(READS, [4])
            db.commit()
            done += 4
    return done


def used(postmaster: psutil.Process) -> float:
    """Seconds of the processor, of the server as it stands and of us."""
    mine = os.times()
    total = mine.user + mine.system
    for one in [postmaster, *postmaster.children(recursive=True)]:
        times = one.cpu_times()
        total += times.user + times.system
    return total


async def keeping_up(pool: Pool, url: str, admin: str) -> tuple[float, float]:
    """Rows written a second, and the longest that one waited to be sealed."""
    clinics = [new_clinic(admin) for _ in range(4)]
    until = time.perf_counter() + SECONDS
    writers = [asyncio.create_task(asyncio.to_thread(write, url, clinic, until, ROWS / 4)) for clinic in clinics]
    longest = 0.0
    with psycopg.connect(admin, autocommit=True) as db:
        while time.perf_counter() < until:
            await asyncio.sleep(1)
            row = db.execute(LAG).fetchone()
            longest = max(longest, row[1] if row else 0.0)
            await seal(pool)
    return sum([await one for one in writers]) / SECONDS, longest


def new_clinic(admin: str) -> UUID:
    clinic = uuid4()
    with psycopg.connect(admin) as db:
        act(db, clinic)
        db.execute(CLINIC, [clinic, f"x{clinic.hex[:20]}", clinic, clinic])
    return clinic


def trigger_cost(url: str, admin: str) -> float:
    """An update with the audit over one without, wall time, medians of neighbouring turns."""
    clinic = new_clinic(admin)
    with psycopg.connect(url) as db:
        act(db, clinic)
        [patient] = db.execute(PATIENT).fetchone() or [None]
        db.commit()

        def turn(audited: bool) -> float:
            with psycopg.connect(admin, autocommit=True) as owner:
                owner.execute(f"alter table patient {'enable' if audited else 'disable'} trigger audit")
            began = time.perf_counter()
            for number in range(UPDATES):
                act(db, clinic)
                db.execute("update patient set note = %s, version = version + 1 where id = %s", [f"{audited} {number}", patient])
                db.commit()
            return time.perf_counter() - began

        turn(True), turn(False)
        ratio = statistics.median(turn(True) / turn(False) for _ in range(TURNS))
        turn(True)
    return ratio


def pages(url: str, admin: str) -> tuple[float, float, float]:
    """Milliseconds among 400,000 events for a patient's first page, lists included; somebody's who did nothing; of a thing to which
    nothing happened."""
    from chairside.compliance.queries.events import BEGINNING, LATEST, LIST_NAMED, LIST_NAMED_ABOUT, LIST_NAMED_BY, PLAN

    clinic, patient = new_clinic(admin), uuid4()
    with psycopg.connect(admin) as db:
        db.execute(MANY, {"clinic": clinic, "patient": patient, "many": EVENTS})
        db.commit()
        db.autocommit = True
        db.execute("vacuum analyze audit_event")
    asked = {
        "patient": None, "actor": None, "entity": None, "action": None, "outcome": None, "since": BEGINNING,
        "until": LATEST[0], "at": LATEST[0], "id": LATEST[1], "limit": 50, "reading": "read",
    }  # fmt: skip
    with psycopg.connect(url) as db:

        def page(query: str, rows: int, **given: object) -> float:
            times = []
            for _ in range(9):
                act(db, clinic)
                db.execute(PLAN)
                began = time.perf_counter()
                assert len(db.execute(query, {**asked, **given}, prepare=True).fetchall()) == rows
                times.append((time.perf_counter() - began) * 1000)
                db.rollback()
            return statistics.median(times)

        return (
            page(LIST_NAMED_ABOUT, 50, patient=patient),
            page(LIST_NAMED_BY, 0, actor=uuid4()),
            page(LIST_NAMED, 0, entity="role"),
        )


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="chairside-bench-", ignore_cleanup_errors=True) as name:
        os.chmod(name, 0o755)  # PostgreSQL, when started by root, runs as somebody else
        data = Path(name) / "data"
        with embedded.running(data) as server:
            password = secrets.token_urlsafe(24)
            migrate.prepare(server, DATABASE, password)
            migrate.migrate(server, DATABASE)
            admin = make_conninfo(server, dbname=DATABASE)
            url = make_conninfo(admin, user="chairside_app", password=password)
            async with Pool(url, size=2) as pool:
                met = await measure(pool, url, admin, data)
    if not met:
        sys.exit(1)


async def measure(pool: Pool, url: str, admin: str, data: Path) -> bool:
    postmaster = psutil.Process(int((data / "postgres/postmaster.pid").read_text().splitlines()[0]))
    written, longest = await keeping_up(pool, url, admin)
    kept = written >= ROWS * 0.95 and longest <= MOST_LAG
    print(
        f"{written:.0f} rows a second written and sealed beside it, none waited longer than {longest:.1f} s  {said(kept)}",
        flush=True,
    )

    clinic = new_clinic(admin)
    with psycopg.connect(url) as db:
        for _ in range(BACKLOG // 1000):
            act(db, clinic)
            db.execute(READS, [1000])
            db.commit()
    await asyncio.sleep(0.5)  # until the writer's backend has ended
    began, cpu = time.perf_counter(), used(postmaster)
    rows = await seal(pool)
    seconds, cpu = time.perf_counter() - began, used(postmaster) - cpu
    fast = rows / seconds >= ROWS
    print(
        f"{rows} rows sealed at {rows / seconds:.0f} a second, {cpu / rows * 1e6:.0f} µs of a core each  {said(fast)}", flush=True
    )

    ratio = trigger_cost(url, admin)
    cheap = ratio <= MOST_RATIO
    print(f"an update takes {ratio:.2f} times as long with the audit, at most {MOST_RATIO}  {said(cheap)}", flush=True)

    found = pages(url, admin)
    for whose, took, most in zip(("a patient's", "one person's", "a rare thing's"), found, MOST_MS, strict=True):
        print(f"{whose} page among {EVENTS} events: {took:.0f} ms, at most {most:.0f}  {said(took <= most)}", flush=True)
    return kept and fast and cheap and all(took <= most for took, most in zip(found, MOST_MS, strict=True))


def said(met: bool) -> str:
    return "met" if met else "MISSED"


if __name__ == "__main__":
    asyncio.run(main())

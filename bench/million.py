"""An installation of a million patients in a thousand clinics, one of them with 400,000; and beside it one of a thousand in one.

    python -m bench.million DIR        makes DIR/million, DIR/small and DIR/again, unless they are there already
    CHAIRSIDE_BENCH_DATA=DIR make bench ARGS=growth        measures on them, and keeps them

Names, sort keys and search columns come from the product's own functions; constraints are as the migrations leave them. Five
visits for each patient with their claims and a planned service, an opening balance each; of this month two read records and an
event for each patient, and of these days an answer for one in ten. Older audit, steps and charges of single visits are absent.
A clinic's last day has 40 visits of four providers, however large it is.
"""

import asyncio
import hashlib
import json
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg
from psycopg.conninfo import make_conninfo

from bench import invented, million_sql
from chairside import tenancy
from chairside.cli import reach
from chairside.kernel import clock, embedded, folder, migrate
from chairside.kernel.op import begin
from chairside.kernel.pool import Pool
from chairside.patients import rules

DATA = "CHAIRSIDE_BENCH_DATA"
BIG, EQUAL = "big", "equal"  # the clinics that are measured: one of 400,000, and one as large as the small installation's
SMALL, MILLION = {EQUAL: 1_000}, {BIG: 400_000, EQUAL: 1_000, **{f"clinic-{n:03}": 0 for n in range(998)}}
TOGETHER = 1_000_000
YEARS = 7
# The data is made once and never lost in part: no log, no waiting for the disk.
LOADING = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "wal_level": "minimal", "max_wal_senders": "0",
    "max_wal_size": "8GB", "shared_buffers": "1GB", "maintenance_work_mem": "1GB", "work_mem": "256MB", "autovacuum": "off",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What a bench needs to know of an installation."""

    folder: str
    person: str
    day: str  # the last, with 40 visits in each clinic
    clinics: dict[str, int]

    @property
    def path(self) -> Path:
        return Path(self.folder)


@contextmanager
def installations(*names: str) -> Iterator[list[Made]]:
    """Those named (`million`, `small`, `again`), under $CHAIRSIDE_BENCH_DATA, where they stay; or made anew and deleted."""
    if given := os.environ.get(DATA):
        yield [make(Path(given), name) for name in names]
        return
    with tempfile.TemporaryDirectory(prefix="chairside-bench-", ignore_cleanup_errors=True) as parent:
        os.chmod(parent, 0o755)  # PostgreSQL, when started by root, runs as somebody else
        yield [make(Path(parent), name) for name in names]


def make(parent: Path, name: str) -> Made:
    """The installation in parent/name: as it was made before, or made now; what was left half-made is made anew."""
    target, mark = (parent / name).resolve(), parent / f"{name}.json"
    if mark.exists() and target.exists():
        return Made(**{**json.loads(mark.read_text()), "folder": str(target)})
    shutil.rmtree(target, ignore_errors=True)
    began = time.monotonic()
    clinics = _sizes(MILLION) if name == "million" else SMALL
    embedded.prepare(target)
    with folder.held(target, "bench"), embedded.running(target, **LOADING) as admin:
        migrate.prepare(admin, reach.DATABASE, folder.new_secret(target / reach.APP_PASSWORD))
        migrate.migrate(admin, reach.DATABASE)
        with psycopg.connect(make_conninfo(admin, dbname=reach.DATABASE), autocommit=True) as db:
            person = db.execute("select app.add_principal('owner@bench.example', 'Ana Dinu', null)").fetchone()[0]
            with ThreadPoolExecutor(1) as apart:  # a bench has a loop of its own
                ids = apart.submit(asyncio.run, _open(reach.app_url(target), person, list(clinics))).result()
            made = Made(str(target), str(person), str(datetime.now(UTC).date() + timedelta(days=3)), clinics)
            _fill(db, made, ids)
    made = replace(made, clinics={name: clinics[name] for name in (BIG, EQUAL) if name in clinics})
    mark.write_text(json.dumps(asdict(made)))
    _say(f"{name}: {_gigabytes(target):.1f} GB in {time.monotonic() - began:.0f} s")
    return made


def session(made: Made, admin: str) -> str:
    """The token of a new session of the installation's one person, who owns every clinic."""
    token = secrets.token_urlsafe(32)
    with psycopg.connect(admin) as db:
        db.execute("select app.open_session(%s, %s, 600, 12, null, 'bench')",
                   [made.person, hashlib.sha256(token.encode()).digest()])  # fmt: skip
    return token


def _sizes(clinics: dict[str, int]) -> dict[str, int]:
    """Those without a number share what is left of the million."""
    rest = [name for name, patients in clinics.items() if not patients]
    each, more = divmod(TOGETHER - sum(clinics.values()), len(rest))
    return clinics | {name: each + (place < more) for place, name in enumerate(rest)}


async def _open(app_url: str, person: UUID, names: list[str]) -> dict[str, UUID]:
    """The clinics, by the product's own door."""
    ids = {}
    async with Pool(app_url, size=1) as pool:
        for name in names:
            async with begin(pool, clock.now(), "bench") as op:
                clinic = await tenancy.add_clinic(
                    op, principal_id=person, owner_name="Ana Dinu", email="owner@bench.example", name=name.title(), slug=name,
                    timezone="UTC", locale="en-US", currency="USD",
                )  # fmt: skip
                ids[name] = clinic.id
    return ids


def _fill(db: psycopg.Connection, made: Made, ids: dict[str, UUID]) -> None:
    """With indexes made afterwards, and neither triggers nor foreign keys meanwhile: what they would find is looked at in the end."""
    db.execute("set session_replication_role = replica")
    db.execute("select set_config('app.actor_id', %s, false)", [made.person])
    later = [row[0] for row in db.execute(million_sql.INDEXES)]
    for (drop,) in db.execute(million_sql.DROPS).fetchall():
        db.execute(drop)
    db.execute(million_sql.CLINICS)
    for name, id in ids.items():
        db.execute("insert into bench_clinic values (%s, %s, %s)", [id, made.clinics[name], 100 if name == BIG else 4])
    with _step("providers and services"):
        db.execute(million_sql.FURNISH)
    with _step("patients", sum(made.clinics.values())):
        _patients(db, made, ids)
    for name, statement in million_sql.STEPS.items():
        with _step(name):
            db.execute(statement, {"day": made.day} if "%(day)s" in statement else None)
    for statement in later:
        with _step(statement.split(" USING ")[0]):
            db.execute(statement)
    with _step("vacuum and statistics"):
        db.execute("vacuum (freeze, analyze)")
    with _step("what foreign keys and triggers would have found"):
        for name, statement in million_sql.CHECKS.items():
            if wrong := db.execute(statement).fetchone()[0]:
                raise RuntimeError(f"{wrong} of {name}")
    db.execute("drop table bench_clinic, bench_provider, bench_patient")
    db.execute("checkpoint")


def _patients(db: psycopg.Connection, made: Made, ids: dict[str, UUID]) -> None:
    """In the order in which they registered over the years, the clinics mixed; a third belong to the family of the one before."""
    chance = Random(1)
    today = date.fromisoformat(made.day)
    turns = [name for name, patients in made.clinics.items() for _ in range(patients)]
    chance.shuffle(turns)
    began = datetime.combine(today, datetime.min.time(), UTC) - timedelta(days=365 * YEARS)
    apart = timedelta(days=365 * YEARS) / len(turns)
    numbers = dict.fromkeys(made.clinics, 0)
    heads: dict[str, tuple[UUID, str]] = {}
    with db.cursor().copy(million_sql.COPY) as copy:
        for place, name in enumerate(turns):
            at = began + place * apart
            numbers[name] += 1
            id = UUID(
                int=int(at.timestamp() * 1000) << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62)
            )
            head = heads.get(name) if chance.random() < 0.33 else None
            facts = invented.person(chance, numbers[name], today=today, last_name=head and head[1])
            if head is None:
                heads[name] = id, facts["last_name"]
            copy.write_row((
                ids[name], id, *(facts[column] for column in million_sql.PLAIN), json.dumps(facts["address"]),
                json.dumps(facts["contacts"]), head and head[0], at if chance.random() < 0.03 else None,
                *rules.folded(facts).values(), at, at,
            ))  # fmt: skip


@contextmanager
def _step(name: str, count: int | None = None) -> Iterator[None]:
    began = time.monotonic()
    yield
    if (took := time.monotonic() - began) > 0.5:
        _say(f"{took:6.1f} s  {name}" + (f" ({count:,})" if count else ""))


def _say(what: str) -> None:
    print(f"  {what}", file=sys.stderr, flush=True)


def _gigabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e9


if __name__ == "__main__":
    os.umask(0o022)
    where = Path(sys.argv[1])
    where.mkdir(parents=True, exist_ok=True)
    for name in ("small", "again", "million"):
        make(where, name)

"""Dated, forward only, and never waiting long for a lock."""

import re
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from chairside.kernel import migrate

VERSIONS = Path(__file__).parents[2] / "migrations/versions"
NAME = re.compile(r"20\d\d-\d\d-\d\d-\d{4}_[a-z_]+\.(?:py|sql)")
FORBIDDEN = re.compile(r"(?i)\b(?:lock_timeout|statement_timeout)\b|\bset\s+role\b(?!\s+chairside)|\bdrop\s+table\b|\btruncate\b")

DROPPING = {
    "2026-11-29-0920_audit_archiving.sql": "a function that drops archived months, with a patience of its own; nothing is dropped now"
}


def test_every_migration_is_a_dated_pair():
    files = {path.name for path in VERSIONS.iterdir() if path.is_file()}
    assert {name for name in files if not NAME.fullmatch(name)} == set()
    assert {name[:-3] for name in files if name.endswith(".py")} == {name[:-4] for name in files if name.endswith(".sql")}


def test_none_goes_back_or_sets_its_own_patience():
    guilty = {path.name for path in VERSIONS.glob("*.py") if "downgrade" in path.read_text()}
    guilty |= {path.name for path in VERSIONS.glob("*.sql") if FORBIDDEN.search(path.read_text())} - set(DROPPING)
    assert guilty == set()


def test_all_run_with_lock_timeouts_as_the_owner(admin, conninfo):
    with psycopg.connect(make_conninfo(admin, dbname="chairside"), autocommit=True) as db:
        db.execute(migrate.GUARDS)
        settings = db.execute(
            "select current_user, current_setting('lock_timeout'), current_setting('statement_timeout')"
        ).fetchone()
    assert settings == ("chairside_owner", "5s", "1min")
    assert "GUARDS" in (VERSIONS.parent / "env.py").read_text()


def test_the_app_waits_for_nothing_for_ever(conninfo):
    wanted = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with psycopg.connect(conninfo) as db:
        assert all(db.execute("select current_setting(%s) <> '0'", [name]).fetchone() == (True,) for name in wanted)
        assert db.execute("select current_setting('TimeZone')").fetchone() == ("UTC",)

"""The whole database as a stream of bytes, and back: PostgreSQL's own dump, behind a manifest that says what must be in it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from tempfile import TemporaryFile
from typing import IO, Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic_core import from_json, to_json

from chairside.kernel import clock, embedded, migrate
from chairside.kernel.sealed import Sealing
from chairside.kernel.stop import Stop

PIECE = 64 * 1024
MOST_MANIFEST = 1_000_000
SEES_ALL = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
SNAPSHOT = "select pg_export_snapshot()"
TABLES = """
    select relname from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace
     order by relname
"""
GUARDS = """
    select (select count(*) from pg_class where relforcerowsecurity)::int as fences,
           (select count(*) from pg_policy)::int as policies,
           (select count(*) from pg_trigger where not tgisinternal)::int as triggers,
           (select count(*) from pg_constraint where connamespace = 'public'::regnamespace)::int as constraints
"""
END_SESSIONS = "update session set revoked_at = clock_timestamp(), revoked_reason = 'restored' where revoked_at is null"

Manifest = dict[str, Any]


def write(admin: str, database: str, to: Sealing) -> Manifest:
    """One moment of the database, while it goes on working. Refuses Stop."""
    conninfo = make_conninfo(admin, dbname=database)
    with psycopg.connect(conninfo) as db:
        db.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        db.read_only = True
        migrate.check_server(db)
        if db.execute(SEES_ALL).fetchone() != (True,):
            raise Stop(f"A backup must see every clinic, and {db.info.user} does not: give a superuser's DATABASE_URL.")
        snapshot = _one(db, SNAPSHOT)[0]
        manifest: Manifest = {
            "version": version("chairside"), "revision": migrate.revision(db), "at": clock.now().isoformat(timespec="seconds"),
            "server": db.info.server_version, **contents(db),
        }  # fmt: skip
        if manifest["revision"] is None:
            raise Stop("There is nothing to back up: the database has not been migrated yet.")
        words = to_json(manifest)
        to.write(len(words).to_bytes(4, "big") + words)
        with _running("pg_dump", conninfo, "--format=custom", f"--snapshot={snapshot}", stdout=subprocess.PIPE) as dumping:
            assert dumping.stdout
            while piece := dumping.stdout.read(PIECE):
                to.write(piece)
    return manifest


def contents(db: psycopg.Connection) -> Manifest:
    """Rows of each table, and how many promises guard them."""
    rows: dict[str, int] = {}
    for (name,) in db.execute(TABLES).fetchall():
        rows[name] = _one(db, sql.SQL("select count(*) from {}").format(sql.Identifier("public", name)))[0]
    names = "fences", "policies", "triggers", "constraints"
    return {"rows": rows, **dict(zip(names, _one(db, GUARDS), strict=True))}


def read_manifest(pieces: Iterator[bytes]) -> tuple[Manifest, bytes]:
    """It, and what of the dump came along. Refuses Stop when a newer release wrote it."""
    begun = b""
    for piece in pieces:
        begun += piece
        size = int.from_bytes(begun[:4], "big")
        if size > MOST_MANIFEST:
            break
        if len(begun) >= 4 + size:
            manifest: Manifest = from_json(begun[4 : 4 + size])
            if manifest["revision"] > migrate.newest():
                raise Stop(
                    f"The backup is of release {manifest['version']} ({manifest['revision']}); this one knows"
                    f" {migrate.newest()}: restore it with that release or a newer one."
                )
            return manifest, begun[4 + size :]
    raise Stop("The backup has no manifest.")


def read(admin: str, database: str, pieces: Iterator[bytes]) -> Manifest:
    """Into a database that is not there yet; gone again when anything goes wrong. Refuses Stop."""
    manifest, begun = read_manifest(pieces)
    migrate.prepare(admin, database)
    conninfo = make_conninfo(admin, dbname=database)
    try:
        with _running("pg_restore", conninfo, "--exit-on-error", stdin=subprocess.PIPE) as restoring:
            assert restoring.stdin
            with suppress(BrokenPipeError):  # then it says itself why it ended
                restoring.stdin.write(begun)
                for piece in pieces:
                    restoring.stdin.write(piece)
                restoring.stdin.close()
        with psycopg.connect(conninfo) as db:
            found = contents(db)
            if wrong := [name for name in found if found[name] != manifest[name]]:
                raise Stop(f"What was restored is not what was backed up: {', '.join(wrong)} differ.")
    except BaseException:
        migrate.drop(admin, database)
        raise
    return manifest


def take_place(admin: str, restored: str, database: str) -> None:
    """Of the database of that name, if there is one, which is gone afterwards."""
    aside = f"{database}_replaced"
    migrate.drop(admin, aside)
    with psycopg.connect(make_conninfo(admin, dbname="postgres"), autocommit=True) as db:
        names = {"old": sql.Identifier(database), "new": sql.Identifier(restored), "aside": sql.Identifier(aside)}
        if db.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
            db.execute(sql.SQL("alter database {old} rename to {aside}").format(**names))
        db.execute(sql.SQL("alter database {new} rename to {old}").format(**names))
    migrate.drop(admin, aside)


def end_sessions(admin: str, database: str) -> None:
    """Whoever had signed out since must not be signed in again."""
    with psycopg.connect(make_conninfo(admin, dbname=database)) as db:
        db.execute("set local role chairside_owner")
        db.execute(END_SESSIONS)


@contextmanager
def _running(name: str, conninfo: str, *words: str, **pipes: int) -> "Iterator[subprocess.Popen[bytes]]":
    """A program of PostgreSQL's, on this database. The password is nowhere that other users of the machine see it."""
    given = conninfo_to_dict(conninfo)
    password = str(given.pop("password", "") or "")
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    with TemporaryFile() as said:
        process = subprocess.Popen(
            [_program(name), *words, "--no-password", f"--dbname={make_conninfo('', **given)}"],
            env=environment,
            stderr=said,
            **pipes,
        )  # type: ignore[call-overload]
        try:
            yield process
            code = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            for pipe in (process.stdin, process.stdout):
                _closed(pipe)
        if code:
            said.seek(0)
            first = said.read(2000).decode(errors="replace").strip().splitlines()[:1]
            raise Stop(f"{name} failed: {''.join(first).rstrip('.')}.")


def _closed(pipe: IO[bytes] | None) -> None:
    with suppress(OSError):
        if pipe:
            pipe.close()


def _program(name: str) -> str:
    """The one that came with us, or one on the path that is new enough. Refuses Stop."""
    with suppress(Stop):
        if (ours := embedded.programs() / name).exists():
            return str(ours)
    found = shutil.which(name)
    if found is None:
        raise Stop(f"{name} is needed, of PostgreSQL 18 or newer, and was not found.")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+", told)
    if not number or int(number[0]) < migrate.OLDEST_SERVER // 10000:
        raise Stop(f"{found} is too old: PostgreSQL 18 or newer is needed.")
    return found


def _one(db: psycopg.Connection, query: Any) -> Any:
    return db.execute(query).fetchone()

"""How a command reaches the database: a server of the operator's, the embedded one that runs already, or one of its own."""

import errno
import os
import socket
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from chairside.kernel import addresses, embedded, folder
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop

DATABASE = "chairside"
APP_PASSWORD = "app.password"
KEYRING = "keyring"
AUDIT_KEY, AUDIT = "audit.key", "audit"
STARTING_SECONDS = 60
POWERFUL = """
    select rolsuper or rolbypassrls or pg_has_role(current_user, 'chairside_owner', 'member')
      from pg_roles
     where rolname = current_user
"""


class Reached(NamedTuple):
    """The administrator's connection string, and the database in it that is Chairside's."""

    admin: str
    database: str


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=folder.default(), metavar="DIR", help="the data folder (%(default)s)")


@contextmanager
def administrator(data: Path) -> Iterator[Reached]:
    """As the administrator: DATABASE_URL, or the embedded server. Refuses Stop."""
    if url := os.environ.get("DATABASE_URL"):
        yield Reached(url, named(url))
        return
    with server(data):
        yield Reached(embedded.admin(data.resolve()), DATABASE)


@contextmanager
def app(data: Path) -> Iterator[str]:
    """As chairside_app: CHAIRSIDE_APP_URL; or DATABASE_URL, with CHAIRSIDE_APP_PASSWORD when that is given; or the
    embedded server, whose database is brought to this release when nobody runs it. Refuses Stop."""
    if url := os.environ.get("CHAIRSIDE_APP_URL"):
        yield url
        return
    if url := os.environ.get("DATABASE_URL"):
        password = os.environ.get("CHAIRSIDE_APP_PASSWORD")
        yield as_app(url, password) if password else url
        return
    with server(data) as ours:
        if ours:
            from chairside.cli import schema

            schema.bring(embedded.admin(data.resolve()), DATABASE)
        yield app_url(data.resolve())


@contextmanager
def server(data: Path) -> Iterator[bool]:
    """The embedded server on this folder: attached to when it runs, started for as long as this lasts when it does not;
    true when it was started here."""
    data = embedded.prepare(data)
    with ExitStack() as stack:
        try:
            stack.enter_context(folder.held(data, "a command"))
        except folder.Held:
            _await(data)
            yield False
        else:
            from chairside.kernel import migrate

            admin = stack.enter_context(embedded.running(data))
            migrate.prepare(admin, DATABASE, folder.new_secret(data / APP_PASSWORD))
            yield True


def app_url(data: Path) -> str:
    password = (data / APP_PASSWORD).read_text()
    return f"{embedded.address(data)} user=chairside_app password={password} dbname={DATABASE}"


def as_app(url: str, password: str) -> str:
    from psycopg.conninfo import make_conninfo

    return make_conninfo(url, user="chairside_app", password=password)


def named(url: str) -> str:
    """The database that a connection string names; refuses Stop when it names none."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        name = conninfo_to_dict(url).get("dbname")
    except ProgrammingError:
        raise Stop("DATABASE_URL is not a connection string, like postgresql://user:password@host/chairside.") from None
    if not name:
        raise Stop("DATABASE_URL names no database: end it with one, like postgresql://user:password@host/chairside.")
    return str(name)


def _await(data: Path) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while not embedded.is_ready(data):
        if time.monotonic() > deadline:
            raise Stop(f"The database on {data} is held but does not answer; {data / 'postgres.log'} says why.")
        time.sleep(0.1)


def settings(data: Path, url: str) -> Settings:
    """What the operator set, for a process of the app; its database was looked at once. Refuses Stop."""
    import psycopg

    from chairside.kernel import migrate

    given = Settings.from_environment()
    with psycopg.connect(url) as db:
        migrate.check_server(db)
        if db.execute(POWERFUL).fetchone() != (False,):
            raise Stop(f"The app must not run as {db.info.user}, who passes the fences: give chairside_app's CHAIRSIDE_APP_URL.")
        if (at := migrate.revision(db)) is None or at < migrate.newest():
            raise Stop(
                f"The database is at {at or 'its beginning'}, this release needs {migrate.newest()}: run chairside migrate."
            )
    if given.development or not given.secret:
        data = folder.private(data)  # in production nothing of it is needed: a container may have nowhere to write
    given = replace(given, keyring=_keyring(given, data))
    keys_open(given, url)
    mailbox = given.mailbox or (str(data / "mailbox") if given.development and not given.sends_mail else "")
    phone = given.phone or (str(data / "phone") if given.development and not given.sms else "")
    signing = audit(given, data)
    secret = given.secret or folder.secret(data, "secret")
    files = given.files or (str(data / "files") if given.development else "")
    return replace(signing, app_url=url, secret=secret, mailbox=mailbox, phone=phone, files=files)


def audit(given: Settings, data: Path) -> Settings:
    """Development signs with a key in the data folder, and keeps the checkpoints there; production says where else."""
    if not given.development:
        return given
    from chairside.compliance.rules.checkpoints import new_key

    key = given.audit_key or folder.secret(data, AUDIT_KEY, new_key)
    return replace(given, audit_key=key, audit_place=given.audit_place or str(data / AUDIT))


def _keyring(given: Settings, ours: Path) -> str:
    """The file of the keys: development makes one on its first start. Refuses Stop."""
    if given.keyring or given.kms_key:
        return given.keyring
    if not given.development:
        raise Stop(
            "CHAIRSIDE_KEYRING or CHAIRSIDE_KMS_KEY must be set in production: "
            "the file of the keys (`chairside keys new FILE` makes one), or a key in AWS KMS."
        )
    folder.secret(ours, KEYRING)
    return str(ours / KEYRING)


def keys_open(given: Settings, url: str) -> None:
    """The deployment's own data key, made on the first start, tells whether these are the keys of this database. Refuses Stop."""
    import asyncio

    from chairside.kernel import clock, keys, vault
    from chairside.kernel.op import begin
    from chairside.kernel.pool import Pool

    async def look() -> None:
        async with Pool(url, size=1, prepare=given.prepare) as pool, begin(pool, clock.now()) as op:
            await vault.key_of(op, ours=True)

    vault.open_with(keys.chosen(given))
    try:
        asyncio.run(look())
    except vault.DoesNotOpen as reason:
        where = "CHAIRSIDE_KMS_KEY" if given.kms_key else given.keyring
        raise Stop(
            f"The keys of this database are not in {where} ({reason}). Put the keyring it was made with in its place: "
            "without it, what lies encrypted cannot be read."
        ) from None
    except keys.KeysAway:
        pass  # it goes on by itself once they are back


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Refuses Stop when somebody else does, or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES) and not addresses.is_here(host):
            raise Stop(f"{host} is no address of this machine ({error.strerror}); choose one with --host.") from None
        reason = "is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise Stop(f"Port {port} {reason}; choose one with --port.") from None
    return listening

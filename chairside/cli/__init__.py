"""chairside COMMAND: one module for each command, imported only when it is the one.

A command's module has `arguments(parser)` and `run(given)`; its docstring is its help. What stops it is raised as Stop.
"""

import errno
import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from importlib import import_module
from pathlib import Path

from chairside.kernel.stop import Stop

FULL = (errno.ENOSPC, errno.EDQUOT)
COMMANDS = {
    "run": "PostgreSQL, app and worker on this machine, in one process tree",
    "serve": "the app alone",
    "worker": "the jobs alone",
    "import patients": "patients out of a CSV file into a clinic",
    "migrate": "the database, brought to this release",
    "availability cases": "when visits could be, for a file of cases",
    "password-link": "a link for a new password, for somebody whom no letter reaches",
    "clinic create": "a clinic with its owner, made by the operator",
    "clinic numbers": "a clinic's own numbers for texts, given and taken",
    "audit verify": "the audit, looked through from its first row",
    "audit restored": "a backup took the database's place: said, and signed",
    "audit archive": "months of the audit that are old enough, put elsewhere",
    "audit key": "a new key for the audit's checkpoints",
    "audit roll-forward": "tables for the months ahead",
    "backup verify": "a backup, restored beside everything and looked through",
    "backup key": "a new key for backups",
    "backup": "the whole database in one encrypted file, while it works",
    "restore": "a backup, back in its place",
    "keys status": "which keys wrap what, and which clinics are on their way to a new one",
    "keys rotate": "every data key wrapped by the newest key; or a new data key for a clinic",
    "keys new": "a new key on top of a keyring, made when it is not there",
    "seed": "the invented clinic, added when it is absent (development only)",
    "reset": "the database anew: schema, migrations, invented clinic (development only)",
}


SECRETS = ("CHAIRSIDE_", "DATABASE_URL", "PGPASSWORD")


def main(arguments: list[str] | None = None) -> None:
    words = sys.argv[1:] if arguments is None else arguments
    command = next((name for name in COMMANDS if words[: len(name.split())] == name.split()), None)
    if command is None:
        print("usage: chairside COMMAND [--help]\n")
        print("\n".join(f"  {name:<20} {what}" for name, what in COMMANDS.items()))
        sys.exit(0 if words in ([], ["--help"], ["-h"]) else 2)
    module = import_module(f"chairside.cli.{command.replace(' ', '_').replace('-', '_')}")
    try:
        _read_secrets()
    except Stop as stop:
        sys.exit(f"chairside: {stop}")
    parser = ArgumentParser(f"chairside {command}", description=module.__doc__, formatter_class=RawDescriptionHelpFormatter)
    module.arguments(parser)
    given = parser.parse_args(words[len(command.split()) :])
    try:
        sys.exit(module.run(given))
    except Stop as stop:
        sys.exit(f"chairside: {stop}")
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            sys.exit(f"chairside: There is no room to write {error.filename or 'its files'}: make some, and start it again.")
        if (reason := _unreachable(error)) is None:
            raise
        sys.exit(f"chairside: The database cannot be reached: {reason}.")
    except KeyboardInterrupt:
        sys.exit(130)


def _read_secrets() -> None:
    """NAME_FILE stands for NAME, so that a secret need not be in the environment that started us. Refuses Stop."""
    for name, path in list(os.environ.items()):
        wanted = name.removesuffix("_FILE")
        if wanted != name and wanted.startswith(SECRETS) and wanted not in os.environ:
            try:
                os.environ[wanted] = Path(path).read_text().strip()
            except OSError as error:
                raise Stop(f"{name} names {path}, which cannot be read: {error.strerror}.") from None


def _unreachable(error: Exception) -> str | None:
    """The driver's own reason, when it is that. Not imported for it: not every command has a driver."""
    driver = sys.modules.get("psycopg")
    if driver is None or not isinstance(error, driver.OperationalError):
        return None
    return str(error).strip().splitlines()[-1].strip().rstrip(".?")

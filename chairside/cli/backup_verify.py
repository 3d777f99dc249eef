"""A backup, restored into a PostgreSQL that lives as long as this takes, and looked through: every row is there, every fence and
constraint stands, the books balance. Nothing of yours is touched. Needs room for the database in the temporary folder."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from chairside.kernel.stop import Stop

SCRATCH = "scratch"
BOOKS = {
    "transactions that do not balance": """
        select count(*)
          from (select from ledger_posting group by clinic_id, transaction_id having sum(amount) <> 0 or count(*) < 2) as unequal
    """,
    "times that are taken twice": """
        select count(*)
          from claim one
          join claim other on other.clinic_id = one.clinic_id and other.resource_id = one.resource_id
           and other.during && one.during and other.id > one.id and one.active and other.active
    """,
}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE")


def run(given: Namespace) -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    from chairside.kernel import dump, embedded, migrate, sealed

    key = sealed.read_key(given.key)
    with open_backup(given.file) as file, TemporaryDirectory(prefix="chairside-verify-", ignore_cleanup_errors=True) as above:
        Path(above).chmod(0o711)  # as root PostgreSQL runs as nobody, who must pass; the folder inside is closed
        with embedded.running(Path(above) / "data", fsync="off") as admin:
            manifest = dump.read(admin, SCRATCH, sealed.opened(file, key))
            with psycopg.connect(make_conninfo(admin, dbname=SCRATCH)) as db:
                for what, query in BOOKS.items():
                    if (found := db.execute(query).fetchone()) != (0,):
                        raise Stop(f"The backup restores, but holds {found[0] if found else '?'} {what}.")
                clinics = db.execute("select count(*) from clinic").fetchone()
            migrate.migrate(admin, SCRATCH)
    print(f"{given.file} restores: of {manifest['at']}, release {manifest['version']} at {manifest['revision']},")
    rows, fences = sum(manifest["rows"].values()), manifest["fences"]
    print(f"{clinics[0] if clinics else 0} clinics, {rows} rows, {fences} fences; the books balance.")


def open_backup(path: Path) -> BinaryIO:
    """Refuses Stop."""
    try:
        return path.open("rb")
    except OSError as error:
        raise Stop(f"{path} cannot be read: {error.strerror}.") from None

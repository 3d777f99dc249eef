"""The whole database in one encrypted file, taken while Chairside works: everything that was answered before it began.

FILE is written under another name until it is whole. Given a folder, the file is named for the moment, and --keep removes
the oldest of ours in it. Without its key nobody opens a backup, you neither: keep the key elsewhere, and more than once.
"""

import os
import shutil
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from chairside.cli import reach
from chairside.kernel.stop import Stop

ENDING = ".chairside"


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("file", type=Path, metavar="FILE|DIR")
    parser.add_argument(
        "--key", type=Path, required=True, metavar="FILE", help="a key of `chairside backup key`, or a passphrase"
    )
    parser.add_argument(
        "--files", type=Path, metavar="DIR", help="copy files of patients that are missing there, sealed as they lie"
    )
    parser.add_argument("--keep", type=int, metavar="N", help="in DIR, keep this many of the newest")


def run(given: Namespace) -> None:
    from chairside.kernel import dump, sealed

    key = sealed.read_key(given.key)
    into: Path = given.file
    if given.keep is not None and (given.keep < 1 or not into.is_dir()):
        raise Stop("--keep needs a folder, and keeps at least one.")
    file = into / f"{datetime.now().astimezone():%Y-%m-%dT%H%M%S%z}{ENDING}" if into.is_dir() else into
    if file.exists():
        raise Stop(f"{file} is there already.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        with open(unfinished, "wb", opener=_private) as out, reach.administrator(given.data) as (admin, database):
            sealing = sealed.Sealing(out, key)
            manifest = dump.write(admin, database, sealing)
            sealing.finish()
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    except OSError as error:
        raise Stop(f"{file} cannot be written: {error.strerror}.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    rows = sum(manifest["rows"].values())
    print(
        f"{file}: {rows} rows at {manifest['revision']}, {file.stat().st_size / 1e6:.1f} MB. Verify it: chairside backup verify"
    )
    if given.files is not None:
        print(_copied(given.data, given.files))
    if given.keep is not None:
        for old in sorted(into.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime)[: -given.keep]:
            old.unlink()
            print(f"{old} removed")


def _copied(data: Path, into: Path) -> str:
    """Files are never changed once they are there: what has the name is the same. After the database, so that of each file it
    knows the bytes are there. Refuses Stop."""
    from chairside.kernel.settings import Settings

    where = Settings.from_environment().files or str(data.expanduser() / "files")
    if where.startswith("s3://"):
        raise Stop("Files lie in a bucket: keep its versions, or have it replicated.")
    place, copied = Path(where), 0
    try:
        for path in sorted(place.rglob("*")) if place.is_dir() else ():
            copy = into / path.relative_to(place)
            if path.suffix == ".new" or not path.is_file() or copy.exists():
                continue
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            whole = copy.with_name(f"{copy.name}.new")
            with open(path, "rb") as source, open(whole, "wb", opener=_private) as out:
                shutil.copyfileobj(source, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
            whole.replace(copy)
            copied += 1
    except OSError as error:
        raise Stop(f"Files cannot be copied to {into}: {error.strerror}.") from None
    return f"{into}: {copied} objects copied"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

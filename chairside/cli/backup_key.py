"""A new key for backups, in a file that only you can read. Keep copies of it apart from the backups: without it they are lost."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from chairside.kernel import folder
from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def run(given: Namespace) -> None:
    if given.file.exists():
        raise Stop(f"{given.file} is there already; backups made with it would be lost.")
    try:
        folder.new_secret(given.file)
    except OSError as error:
        raise Stop(f"{given.file} cannot be written: {error.strerror}.") from None
    print(f"{given.file} is the key. Keep a copy of it apart from the backups: without it they cannot be opened.")

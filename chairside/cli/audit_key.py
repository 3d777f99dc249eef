"""A new key for the audit's checkpoints, in a file that only you can read. Keep it away from the database: whoever has both can
rewrite the audit. The file ends with the public half, which is enough to verify."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from chairside.kernel import folder
from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def run(given: Namespace) -> None:
    from chairside.compliance.rules.checkpoints import new_key

    if given.file.exists():
        raise Stop(f"{given.file} is there already; what it signed could not be verified any more.")
    try:
        folder.new_secret(given.file, new_key)
    except OSError as error:
        raise Stop(f"{given.file} cannot be written: {error.strerror}.") from None
    print(f"{given.file} is the key: name it in CHAIRSIDE_AUDIT_KEY_FILE, and keep it away from the database.")

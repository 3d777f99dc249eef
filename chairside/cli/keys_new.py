"""A new key-encryption key on top of a keyring, in a file that only you can read; it is made when it is not there.

The older keys stay below it and still open. `chairside keys rotate` then wraps every data key anew; after that the older
lines may go. Keep a copy of the keyring apart from the backups: without it, what lies encrypted in them cannot be read.
"""

import os
import secrets
from argparse import ArgumentParser, Namespace
from pathlib import Path

from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def run(given: Namespace) -> None:
    from chairside.kernel.keys import KEY_BYTES, ring

    path: Path = given.file
    before = ""
    if path.exists():
        ring.read(path)
        before = path.read_text().strip() + "\n"
    whole = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with open(whole, "x", opener=_private) as file:
            file.write(f"{secrets.token_urlsafe(KEY_BYTES)}\n{before}")
            file.flush()
            os.fsync(file.fileno())
        whole.replace(path)
    except OSError as error:
        raise Stop(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        whole.unlink(missing_ok=True)
    print(f"{next(iter(ring.read(path)))} is the newest key of {path}. Keep a copy of the file apart from the backups.")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

"""The data folder: where it is, who holds it, and the secrets in it."""

import fcntl
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chairside.kernel.stop import Stop

LOCK = "lock"
OURS = {LOCK, "postgres", "admin.password", "secret", "keyring", "audit", "audit.key", "mailbox", "phone", "files"}


def default() -> Path:
    """/var/lib/chairside for root, the user's own data folder otherwise."""
    if os.geteuid() == 0:
        return Path("/var/lib/chairside")
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Chairside"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "chairside"


def private(folder: Path) -> Path:
    """The folder, made if need be, closed to everyone else. Refuses Stop, also what holds others' things: closing
    somebody's home or /tmp would be no kindness."""
    try:
        folder = folder.expanduser().resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        holds = {entry.name for entry in folder.iterdir()}
        if holds and not holds & OURS:
            raise Stop(f"{folder} holds other things: choose a new or an empty folder with --data.")
        folder.chmod(0o700)
    except OSError as error:
        raise Stop(f"{folder} cannot be the data folder: {error.strerror}; choose another with --data.") from None
    return folder


@contextmanager
def held(folder: Path, who: str) -> Iterator[None]:
    """For this process alone, for as long as it lives: the lock goes with the process, however it ends.
    Refuses Held when somebody has it."""
    with open(folder / LOCK, "a+", opener=_closed) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Held(f"Chairside is already running on {folder} ({file.read().strip() or 'starting'}).") from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, {who}")
        file.flush()
        yield
        file.truncate(0)


class Held(Stop):
    """Another process works on this folder."""


def random() -> str:
    return secrets.token_urlsafe(32)


def secret(folder: Path, name: str, make: Callable[[], str] = random) -> str:
    """Made on first use, by whoever comes first; survives restarts."""
    path = folder / name
    with suppress(FileExistsError):
        if not path.exists():
            with _written(path, make) as (whole, _):
                path.hardlink_to(whole)
    return path.read_text()


def new_secret(path: Path, make: Callable[[], str] = random) -> str:
    """A random one in this file, in the place of any that was there."""
    with _written(path, make) as (whole, value):
        whole.replace(path)
    return value


@contextmanager
def _written(path: Path, make: Callable[[], str]) -> Iterator[tuple[Path, str]]:
    """A secret in a file of another name, never readable by others: what is at the path is always whole."""
    value = make()
    whole = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with open(whole, "x", opener=_closed) as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())  # a password that a power loss made empty would lock everybody out
        yield whole, value
    finally:
        whole.unlink(missing_ok=True)


def _closed(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

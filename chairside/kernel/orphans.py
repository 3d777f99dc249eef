"""Processes and their parents: children that end with whoever started them, and what to do with those that did not."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
LEAVING_SECONDS = 2.0


def dies_with_parent(how: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the child gets this signal when its parent ends, even by kill -9. Linux only, harmless elsewhere.

    The parent may already be gone when the child asks for it; then the child, seeing another parent, does not begin."""
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def ask() -> None:
        if sys.platform == "linux":
            libc.prctl(PR_SET_PDEATHSIG, how)
            if os.getppid() != parent:
                os._exit(1)

    return ask


def tenants(folder: Path) -> list[int]:
    """Processes that work in this folder. PostgreSQL's all do, in its database; nobody else's has a reason to."""
    if sys.platform != "linux":
        postmaster = _postmaster(folder)
        return [postmaster] if postmaster and alive(postmaster) else []
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(folder):
                found.append(int(process.name))
        except OSError:  # ended meanwhile, or somebody else's
            continue
    return found


def end(database: Path, *, seconds: float) -> None:
    """Ends a server, or the backends of a killed one, that still works in this database: it belongs to nobody now.

    A postmaster is asked, and waited for. Without one its backends leave by themselves, if they can, in a moment. What is
    still there then is killed. The shared memory and the files are surely nobody's when this returns."""
    left = tenants(database)
    deadline = time.monotonic() + min(seconds, LEAVING_SECONDS)
    if left and (postmaster := _postmaster(database)) in left:
        _signal(postmaster, signal.SIGINT)
        deadline = time.monotonic() + seconds
    while left := tenants(database):
        if time.monotonic() >= deadline:
            for process in left:
                _signal(process, signal.SIGKILL)
        time.sleep(0.02)


def _postmaster(database: Path) -> int | None:
    try:
        return int((database / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # alive, and somebody else's
        return True
    return True


def _signal(process: int, how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, how)

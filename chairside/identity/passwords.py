"""Argon2id, off the event loop and never while a connection is held. Each computation takes 64 MiB and a core for a while, so few
run at once, and what others wait for goes first: sign-ins are the last to be given a core."""

import asyncio
import os
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

AT_ONCE = max(1, (os.cpu_count() or 2) // 2)
LATER = 5  # of 19: behind the others, and still soon where both cores are busy
# One lane each: four, the library's own, would be four threads of one sign-in in front of everybody's requests.
hasher = PasswordHasher(parallelism=1)


def _step_back() -> None:
    """On Linux each thread has a priority of its own; elsewhere it is the process', and stays."""
    if os.uname().sysname == "Linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LATER)


_WORKERS = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2", initializer=_step_back)


@cache
def _nobodys() -> str:
    return hasher.hash(secrets.token_hex())


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, hasher.hash, password)


async def matches(password_hash: str | None, password: str) -> bool:
    """Does the same work when there is nothing to compare with, so that the time taken tells nothing."""
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, _matches, password_hash, password)


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        return hasher.verify(password_hash or _nobodys(), password) and password_hash is not None
    except VerifyMismatchError:
        return False

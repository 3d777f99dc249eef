"""Argon2id, off the event loop and never while a connection is held. Each computation takes 64 MiB, so few run at once."""

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

AT_ONCE = asyncio.Semaphore(4)
hasher = PasswordHasher()


@cache
def _nobodys() -> str:
    return hasher.hash(secrets.token_hex())


async def hashed(password: str) -> str:
    async with AT_ONCE:
        return await asyncio.to_thread(hasher.hash, password)


async def matches(password_hash: str | None, password: str) -> bool:
    """Does the same work when there is nothing to compare with, so that the time taken tells nothing."""
    async with AT_ONCE:
        return await asyncio.to_thread(_matches, password_hash, password)


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        return hasher.verify(password_hash or _nobodys(), password) and password_hash is not None
    except VerifyMismatchError:
        return False

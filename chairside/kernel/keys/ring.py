"""A key file: one key a line, the newest first. `chairside keys new` puts one on top; the older ones still open.

A running process sees a new key when it meets one it does not know, without being started again.
"""

import base64
import binascii
import hashlib
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chairside.kernel.keys.port import KEY_BYTES, Context, KeysAway, Wrapped, WrongKey, said
from chairside.kernel.stop import Stop

NONCE = 12


class Ring:
    """The keys of a file, or of this process alone when there is none."""

    def __init__(self, path: Path | None) -> None:
        """Refuses Stop when the file is missing, may be read by others, or holds what is no key."""
        self.path = path
        self._keys = read(path) if path else _named([os.urandom(KEY_BYTES)])
        self._seen = _seen(path)

    async def newest(self) -> str:
        self._look_again()
        return next(iter(self._keys))

    async def generate(self, context: Context) -> tuple[bytes, Wrapped]:
        plain = os.urandom(KEY_BYTES)
        return plain, await self._wrap(plain, context)

    async def unwrap(self, wrapped: Wrapped, context: Context) -> bytes:
        if wrapped.kek not in self._keys:
            self._look_again()
        if (key := self._keys.get(wrapped.kek)) is None:
            raise WrongKey(wrapped.kek)
        try:
            return AESGCM(key).decrypt(wrapped.bytes[:NONCE], wrapped.bytes[NONCE:], said(context))
        except (InvalidTag, ValueError):
            raise WrongKey(wrapped.kek) from None

    async def rewrap(self, wrapped: Wrapped, context: Context) -> Wrapped:
        return await self._wrap(await self.unwrap(wrapped, context), context)

    async def _wrap(self, plain: bytes, context: Context) -> Wrapped:
        kek, nonce = await self.newest(), os.urandom(NONCE)
        return Wrapped(kek, nonce + AESGCM(self._keys[kek]).encrypt(nonce, plain, said(context)))

    def _look_again(self) -> None:
        """Only when the file is another one than it was: this is asked for every data key."""
        if self.path and (seen := _seen(self.path)) != self._seen:
            try:
                self._keys, self._seen = read(self.path), seen
            except Stop as reason:  # somebody is at it; the keys that are known are still good
                if not self._keys:
                    raise KeysAway() from reason


def read(path: Path) -> dict[str, bytes]:
    """The keys of a file by their ids, the newest first. Refuses Stop."""
    try:
        with open(path, "rb") as file:
            mode, text = os.fstat(file.fileno()).st_mode, file.read(64 * 1024)
    except OSError as error:
        raise Stop(f"The keyring {path} cannot be read: {error.strerror}; `chairside keys new {path}` makes one.") from None
    if mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP):
        raise Stop(f"The keyring {path} may be read or changed by others: chmod 600 {path}.")
    keys = [_key(line, path) for line in text.split() if line]
    if not keys:
        raise Stop(f"The keyring {path} is empty; `chairside keys new {path}` puts a key into it.")
    return _named(keys)


def _key(line: bytes, path: Path) -> bytes:
    try:
        plain = line.rstrip(b"=").translate(bytes.maketrans(b"+/", b"-_"))  # of `openssl rand -base64 32`, too
        key = base64.b64decode(plain + b"=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES or not any(key):
        raise Stop(f"The keyring {path} holds a line that is no key of {KEY_BYTES} bytes; `chairside keys new` makes them.")
    return key


def _named(keys: list[bytes]) -> dict[str, bytes]:
    """An id says which key it is and nothing of it."""
    return {f"ring:{hashlib.sha256(b'chairside key id' + key).hexdigest()[:16]}": key for key in keys}


def _seen(path: Path | None) -> tuple[int, int, int]:
    try:
        found = path.stat() if path else None
    except OSError:
        found = None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if found else (0, 0, 0)

"""A file that only its key opens: AES-256-GCM in frames of 64 KiB, written and read in constant memory.

    header   "chairside backup 2\\n", 16 bytes of salt
    frames   64 KiB each, the last may be shorter; each with a tag of 16 bytes

The key of a file is made by scrypt from the operator's and the salt, so that no nonce is ever used twice under it. A frame's
nonce is its number and whether it is the last, and the header is bound to each: what was changed, exchanged, left out or cut
off does not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Files of version 1 differ in the work
that a guess costs, and open.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chairside.kernel.stop import Stop

MAGIC = b"chairside backup 2\n"
WORK = {MAGIC: 2**17, b"chairside backup 1\n": 2**15}
"""scrypt's N, with r = 8 and p = 1: the operator's key may be a passphrase. ASVS 5.0 asks for 2^17 at least (appendix C)."""
SALT = 16
FRAME = 64 * 1024
TAG = 16
FEWEST_CHARACTERS = 20


def read_key(path: Path) -> bytes:
    """What the key file holds: a key made by `chairside backup key`, or a passphrase. Refuses Stop."""
    try:
        words = path.read_bytes().strip()
    except OSError as error:
        raise Stop(f"The key {path} cannot be read: {error.strerror}; `chairside backup key {path}` makes one.") from None
    if len(words) < FEWEST_CHARACTERS:
        raise Stop(f"The key in {path} is too short: it needs at least {FEWEST_CHARACTERS} characters.")
    return words


def _cipher(key: bytes, header: bytes) -> AESGCM:
    magic, salt = header[: len(MAGIC)], header[len(MAGIC) :]
    return AESGCM(hashlib.scrypt(key, salt=salt, n=WORK[magic], r=8, p=1, maxmem=2**28, dklen=32))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealing:
    """Writes into a file; whole once `finish` was called."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self.file = file
        self.header = MAGIC + os.urandom(SALT)
        self.cipher = _cipher(key, self.header)
        self.number = 0
        self.waiting = bytearray()
        file.write(self.header)

    def write(self, plain: bytes) -> None:
        self.waiting += plain
        while len(self.waiting) > FRAME:
            self._frame(FRAME, last=False)

    def finish(self) -> None:
        self._frame(FRAME, last=True)

    def _frame(self, size: int, *, last: bool) -> None:
        plain = bytes(self.waiting[:size])
        del self.waiting[:size]
        self.file.write(self.cipher.encrypt(_nonce(self.number, last=last), plain, self.header))
        self.number += 1


def opened(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """What was written, piece by piece. Refuses Stop: nothing may be made final before the last piece was seen."""
    header = file.read(len(MAGIC) + SALT)
    if header[: len(MAGIC)] not in WORK or len(header) < len(MAGIC) + SALT:
        raise Stop("This is no backup of Chairside's, or its beginning is missing.")
    cipher = _cipher(key, header)
    number, sealed = 0, file.read(FRAME + TAG)
    while True:
        after = file.read(FRAME + TAG)
        try:
            plain = cipher.decrypt(_nonce(number, last=not after), sealed, header)
        except (InvalidTag, ValueError):
            if number == 0 and len(sealed) > TAG:
                raise Stop("The backup does not open: this is not its key, or its beginning was changed.") from None
            raise Stop(f"The backup is damaged or cut off, after {number * FRAME} bytes.") from None
        yield plain
        if not after:
            return
        number, sealed = number + 1, after

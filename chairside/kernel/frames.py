"""A file that lies encrypted: AES-256-GCM in frames of 64 KiB, written and read in constant memory. Pure: no database.

    header   version 1, algorithm 1, key version 4, salt 16 bytes
    frames   64 KiB each, the last may be shorter; each with a tag of 16 bytes

Each file has a key of its own, made from the data key and the salt, so that frames may be counted: a nonce is the frame's number
and whether it is the last. Bound to each are the header, the place of the file and the length of the frame: what was changed,
exchanged, left out, cut off or put elsewhere does not open (the STREAM construction, as in `sealed`).
"""

import os
import struct
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chairside.kernel.envelope import TAG, VERSION, DoesNotOpen, Key, Place

HEADER = struct.Struct(">BBI16s")
FILE = 3
"""The algorithm, beside those of `envelope`."""
FRAME = 64 * 1024


def seal(key: Key, place: Place, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed file, piece by piece: the header, then a frame at a time."""
    salt = os.urandom(16)
    header = HEADER.pack(VERSION, FILE, key.version, salt)
    cipher, number, waiting = key.of_file(salt), 0, bytearray()
    yield header
    for piece in pieces:
        waiting += piece
        while len(waiting) > FRAME:
            yield _sealed(cipher, header, place, number, bytes(waiting[:FRAME]), last=False)
            del waiting[:FRAME]
            number += 1
    yield _sealed(cipher, header, place, number, bytes(waiting), last=True)


def open_(key: Key, place: Place, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What was sealed. Raises DoesNotOpen: nothing may be made final before the last piece was seen."""
    opening = Opening(key, place)
    for piece in pieces:
        yield from opening.feed(piece)
    yield opening.finish()


class Opening:
    """The same for pieces that come when they come."""

    def __init__(self, key: Key, place: Place) -> None:
        self._key, self._place = key, place
        self._header = b""
        self._cipher: AESGCM | None = None
        self._waiting = bytearray()
        self._number = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        self._waiting += piece
        if self._cipher is None and len(self._waiting) >= HEADER.size:
            self._begin()
        while self._cipher and len(self._waiting) > FRAME + TAG:
            yield self._frame(FRAME + TAG, last=False)

    def finish(self) -> bytes:
        if self._cipher is None:
            raise DoesNotOpen(f"{self._place.table}.{self._place.column}")
        return self._frame(len(self._waiting), last=True)

    def _begin(self) -> None:
        self._header = bytes(self._waiting[: HEADER.size])
        del self._waiting[: HEADER.size]
        if version_of(self._header) != self._key.version:
            raise DoesNotOpen(f"{self._place.table}.{self._place.column}")
        self._cipher = self._key.of_file(self._header[-16:])

    def _frame(self, size: int, *, last: bool) -> bytes:
        assert self._cipher
        sealed = bytes(self._waiting[:size])
        del self._waiting[:size]
        bound = _bound(self._header, self._place, size - TAG)
        try:
            plain = self._cipher.decrypt(_nonce(self._number, last=last), sealed, bound)
        except (InvalidTag, ValueError):
            raise DoesNotOpen(f"{self._place.table}.{self._place.column}, after {self._number} frames") from None
        self._number += 1
        return plain


def version_of(beginning: bytes) -> int:
    """Of the key, from a file's first bytes. Raises DoesNotOpen."""
    if not is_file(beginning):
        raise DoesNotOpen("no sealed file")
    return int(HEADER.unpack_from(beginning)[2])


def is_file(beginning: bytes) -> bool:
    return len(beginning) >= HEADER.size and beginning[0] == VERSION and beginning[1] == FILE


def _sealed(cipher: AESGCM, header: bytes, place: Place, number: int, plain: bytes, *, last: bool) -> bytes:
    return cipher.encrypt(_nonce(number, last=last), plain, _bound(header, place, len(plain)))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _bound(header: bytes, place: Place, length: int) -> bytes:
    words = (header, place.owner.bytes, place.table.encode(), place.column.encode(), place.row.encode())
    return b"".join(len(word).to_bytes(4, "big") + word for word in words) + max(length, 0).to_bytes(4, "big")

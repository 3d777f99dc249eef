"""A sealed value: AES-256-GCM, bound to the place where it lies. Pure: no database, no clock.

    header   version 1, algorithm 1, key version 4, nonce 12 bytes
    body     the value, encrypted, and a tag of 16 bytes

The tag covers version, algorithm, key version, whose it is, table, column and row: a value that was changed, cut off or put
elsewhere does not open. Nonces are random; one key may seal 2^32 values (NIST SP 800-38D, 8.3), far more than a clinic writes.
"""

import os
import struct
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HEADER = struct.Struct(">BBI12s")
VERSION = 1
OWN, PATIENTS = 1, 2
"""Algorithms: under the key itself, or under the key of a patient that is derived from it."""
TAG = 16
LEAST = HEADER.size + TAG
INDEX_BYTES = 16


class DoesNotOpen(Exception):
    """A sealed value is damaged, was moved, or its key is gone. Never says what was in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value lies."""

    owner: UUID
    table: str
    column: str
    row: str


@dataclass(frozen=True, eq=False)
class Key:
    """A data key. What it is used for never uses it directly."""

    version: int
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.version})"

    @cached_property
    def cells(self) -> AESGCM:
        return AESGCM(derived(self.secret, b"cells"))

    @cached_property
    def indexing(self) -> bytes:
        return derived(self.secret, b"index")

    def of_patient(self, salt: bytes) -> AESGCM:
        """Gone for good once the salt is."""
        return AESGCM(derived(self.secret, b"patient", salt))

    def of_file(self, salt: bytes) -> AESGCM:
        """One file's own, so that its frames may be counted instead of given random nonces."""
        return AESGCM(derived(self.secret, b"file", salt))


def derived(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, b"chairside " + purpose).derive(secret)


def seal(key: Key, place: Place, value: bytes, salt: bytes | None = None) -> bytes:
    """`salt`: of the patient whose key it is to be sealed under."""
    algorithm, cipher = (OWN, key.cells) if salt is None else (PATIENTS, key.of_patient(salt))
    nonce = os.urandom(12)
    header = HEADER.pack(VERSION, algorithm, key.version, nonce)
    return header + cipher.encrypt(nonce, value, _bound(header, place))


def open_(key: Key, place: Place, sealed: bytes, salt: bytes | None = None) -> bytes:
    """Refuses DoesNotOpen."""
    algorithm, version = read(sealed)
    if version != key.version or (algorithm == PATIENTS) != (salt is not None):
        raise DoesNotOpen(f"{place.table}.{place.column}")
    cipher = key.cells if salt is None else key.of_patient(salt)
    header = sealed[: HEADER.size]
    try:
        return cipher.decrypt(header[-12:], sealed[HEADER.size :], _bound(header, place))
    except InvalidTag:
        raise DoesNotOpen(f"{place.table}.{place.column}") from None


def read(sealed: bytes) -> tuple[int, int]:
    """The algorithm and the version of the key. Refuses DoesNotOpen."""
    if not is_sealed(sealed):
        raise DoesNotOpen("no sealed value")
    _, algorithm, version, _ = HEADER.unpack_from(sealed)
    return algorithm, version


def is_sealed(value: bytes) -> bool:
    """Whether it looks like one; only opening it tells. No JSON and no text of ours begins so."""
    return len(value) >= LEAST and value[0] == VERSION and value[1] in (OWN, PATIENTS)


def index(key: Key, table: str, column: str, value: bytes) -> bytes:
    """By which an encrypted value is found again: equal values of one clinic have equal indexes, and say no more."""
    mac = hmac.HMAC(key.indexing, hashes.SHA256())
    mac.update(_joined(table.encode(), column.encode(), value))
    return mac.finalize()[:INDEX_BYTES]


def _bound(header: bytes, place: Place) -> bytes:
    return _joined(header[:6], place.owner.bytes, place.table.encode(), place.column.encode(), place.row.encode())


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)

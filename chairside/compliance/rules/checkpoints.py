"""A place in a clinic's chain, signed. Whoever rewrites the whole chain, as the owner of the tables can, cannot sign it."""

import base64
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Self, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from chairside.kernel.stop import Stop

SIGNED, RESTORED = "signed", "restored"
END = "-----END "


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`number` counts a clinic's checkpoints without a gap. One of the kind `restored` says that a backup took the database's
    place: checkpoints before it that lie further than its `seq` are void."""

    clinic_id: UUID
    number: int
    kind: str
    seq: int
    hash: bytes
    at: datetime
    key_id: str = ""
    signature: bytes = b""

    @property
    def body(self) -> bytes:
        """What is signed."""
        words = (
            "chairside audit 1",
            self.clinic_id,
            self.number,
            self.kind,
            self.seq,
            self.hash.hex(),
            self.instant,
            self.key_id,
        )
        return "\n".join(map(str, words)).encode()

    @property
    def instant(self) -> str:
        return self.at.astimezone(UTC).isoformat(timespec="microseconds")

    def line(self) -> str:
        """As JSON, on one line."""
        return json.dumps({
            "clinic": str(self.clinic_id), "number": self.number, "kind": self.kind, "seq": self.seq, "hash": self.hash.hex(),
            "at": self.instant, "key": self.key_id, "signature": base64.b64encode(self.signature).decode(),
        })  # fmt: skip

    @classmethod
    def read(cls, line: str) -> Self | None:
        """None of what is no checkpoint: a line that a crash cut short."""
        try:
            found = json.loads(line)
            return cls(
                UUID(found["clinic"]), int(found["number"]), str(found["kind"]), int(found["seq"]), bytes.fromhex(found["hash"]),
                datetime.fromisoformat(found["at"]), str(found["key"]), base64.b64decode(found["signature"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def is_void(one: Checkpoint, restored: list[Checkpoint]) -> bool:
    """Of a time that a restored backup undid, as a later checkpoint says."""
    return any(one.number < mark.number and one.seq > mark.seq for mark in restored)


@dataclass(frozen=True, slots=True)
class Archive:
    """A clinic's month whose events lie in a file: how many, the last of them in the chain, and the file's SHA-256."""

    clinic_id: UUID
    month: date
    events: int
    last_seq: int
    digest: bytes
    at: datetime
    key_id: str = ""
    signature: bytes = b""

    @property
    def name(self) -> str:
        return f"{self.clinic_id}/{self.month:%Y-%m}.events.jsonl.gz"

    @property
    def body(self) -> bytes:
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        words = (self.clinic_id, f"{self.month:%Y-%m}", self.events, self.last_seq, self.digest.hex(), at, self.key_id)
        return "\n".join(map(str, ("chairside archive 1", *words))).encode()


Signable = TypeVar("Signable", Checkpoint, Archive)


class Ring:
    """The key that signs, and those that signed before it."""

    def __init__(self, private: Ed25519PrivateKey | None, public: list[Ed25519PublicKey]) -> None:
        self.private = private
        self.known = {_name(key): key for key in [*([private.public_key()] if private else []), *public]}

    @classmethod
    def read(cls, pem: str) -> Self:
        """Of a file that holds one private key, and public keys as many as there were. Refuses Stop."""
        private: Ed25519PrivateKey | None = None
        public: list[Ed25519PublicKey] = []
        for block in _blocks(pem):
            try:
                key = load_pem_private_key(block, None) if b"PRIVATE" in block else load_pem_public_key(block)
            except (ValueError, TypeError):
                raise Stop("The key of the audit cannot be read: it is PEM, as `chairside audit key` writes it.") from None
            if isinstance(key, Ed25519PrivateKey) and private is None:
                private = key
            elif isinstance(key, Ed25519PublicKey):
                public.append(key)
            else:
                raise Stop("The key of the audit is one private Ed25519 key; public ones, of the keys before it, may follow.")
        ring = cls(private, public)
        if not ring.known:
            raise Stop("The audit has no key: `chairside audit key FILE` makes one, CHAIRSIDE_AUDIT_KEY_FILE names it.")
        return ring

    def sign(self, what: Signable) -> Signable:
        assert self.private, "only public keys are here"
        named = replace(what, key_id=_name(self.private.public_key()))
        return replace(named, signature=self.private.sign(named.body))

    def knows(self, what: Checkpoint | Archive) -> bool:
        """Signed by one of ours, and as it was signed."""
        key = self.known.get(what.key_id)
        try:
            if key:
                key.verify(what.signature, what.body)
        except InvalidSignature:
            return False
        return key is not None


def new_key() -> str:
    """A private key as PEM, and its public half, for whoever only looks."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return (private + key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)).decode()


def _blocks(pem: str) -> list[bytes]:
    blocks, block = [], ""
    for line in pem.splitlines():
        block += line + "\n"
        if line.startswith(END):
            blocks.append(block.encode())
            block = ""
    return blocks


def _name(key: Ed25519PublicKey) -> str:
    hashed = Hash(SHA256())
    hashed.update(key.public_bytes(Encoding.Raw, PublicFormat.Raw))
    return hashed.finalize().hex()[:16]

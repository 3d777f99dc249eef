"""The second place, where checkpoints are kept out of reach of whoever owns the database: a folder, or a bucket."""

import base64
import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from chairside.compliance.rules.checkpoints import Checkpoint
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop

BUCKET_SECONDS = 10


def _make(folder: Path) -> None:
    """Closed to everyone else, and so is what leads there, as far as it is new."""
    for one in reversed([folder, *folder.parents]):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)


class Place(Protocol):
    """Everything here waits for a disk or a network: call it in a thread."""

    def keep(self, checkpoints: list[Checkpoint]) -> None: ...
    def read(self, clinic_id: UUID) -> Iterator[Checkpoint]:
        """Those of a clinic, in the order in which they were written; what cannot be read is left out."""
        ...

    def clinics(self) -> set[UUID]: ...
    def store(self, name: str, file: BinaryIO) -> None:
        """An archived month."""
        ...

    def fetch(self, name: str) -> BinaryIO | None: ...


def last(place: Place, clinic_id: UUID) -> int:
    """The number of the newest checkpoint there; 0 when there is none."""
    return max((one.number for one in place.read(clinic_id)), default=0)


def file_digest(place: Place, name: str) -> bytes | None:
    """SHA-256 of an archived month; none when it is not there."""
    file = place.fetch(name)
    if file is None:
        return None
    hashed = hashlib.sha256()
    while piece := file.read(1 << 20):
        hashed.update(piece)
    file.close()
    return hashed.digest()


def open_place(settings: Settings) -> Place:
    """Refuses Stop."""
    where = settings.audit_place
    if not where:
        raise Stop("CHAIRSIDE_AUDIT_PLACE is not set: a folder on another disk, or s3://bucket/prefix.")
    if where.startswith("s3://"):
        parts = urlsplit(where)
        return Bucket(parts.netloc, parts.path.strip("/"), lock_days=settings.audit_lock_days)
    return Folder(Path(where))


class Folder:
    """One file for each clinic and month, a line for each checkpoint. Lines are added, never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, checkpoints: list[Checkpoint]) -> None:
        for one in checkpoints:
            path = self.folder / str(one.clinic_id) / f"{one.at.astimezone(UTC):%Y-%m}.jsonl"
            _make(path.parent)
            with open(path, "a+b", opener=_closed) as file:
                torn = file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
                file.write((b"\n" if torn else b"") + one.line().encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())

    def read(self, clinic_id: UUID) -> Iterator[Checkpoint]:
        for path in sorted((self.folder / str(clinic_id)).glob("????-??.jsonl")):
            with path.open(encoding="utf-8", errors="replace") as file:
                yield from filter(None, map(Checkpoint.read, file))

    def clinics(self) -> set[UUID]:
        return {UUID(path.name) for path in self.folder.glob("*-*-*-*-*") if path.is_dir()}

    def store(self, name: str, file: BinaryIO) -> None:
        path = self.folder / name
        _make(path.parent)
        whole = path.with_suffix(".part")
        with open(whole, "wb", opener=_closed) as copy:
            while piece := file.read(1 << 20):
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        whole.replace(path)

    def fetch(self, name: str) -> BinaryIO | None:
        path = self.folder / name
        return path.open("rb") if path.exists() else None


class Bucket:
    """An object for each checkpoint, whose name says it all: a thousand are read by one listing. With `lock_days` nobody can
    delete one before (Object Lock, which the bucket must have been made with)."""

    def __init__(self, bucket: str, prefix: str, *, lock_days: int, client: Any = None) -> None:
        self.bucket, self.prefix, self.lock_days = bucket, f"{prefix}/" if prefix else "", lock_days
        self._client = client

    @property
    def client(self) -> Any:
        if self._client is None:
            import boto3
            from botocore.config import Config

            patience = Config(connect_timeout=BUCKET_SECONDS, read_timeout=BUCKET_SECONDS, retries={"total_max_attempts": 3})
            self._client = boto3.client("s3", config=patience)
        return self._client

    def keep(self, checkpoints: list[Checkpoint]) -> None:
        for one in checkpoints:
            words = (one.kind, one.seq, one.instant, one.key_id, _text(one.hash), _text(one.signature))
            name = f"{self.prefix}{one.clinic_id}/{one.number:012}/" + "/".join(map(str, words))
            self._put(name, one.line().encode())

    def read(self, clinic_id: UUID) -> Iterator[Checkpoint]:
        for name in self._names(f"{self.prefix}{clinic_id}/"):
            if one := _read(clinic_id, name):
                yield one

    def clinics(self) -> set[UUID]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix, Delimiter="/")
        names = [one["Prefix"].removeprefix(self.prefix).rstrip("/") for page in pages for one in page.get("CommonPrefixes", ())]
        return {UUID(name) for name in names if name.count("-") == 4}

    def store(self, name: str, file: BinaryIO) -> None:
        self._put(self.prefix + name, file)

    def fetch(self, name: str) -> BinaryIO | None:
        try:
            body: BinaryIO = self.client.get_object(Bucket=self.bucket, Key=self.prefix + name)["Body"]
        except self.client.exceptions.NoSuchKey:
            return None
        return body

    def _names(self, prefix: str) -> Iterator[str]:
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix):
            for one in page.get("Contents", ()):
                yield one["Key"].removeprefix(prefix)

    def _put(self, name: str, body: bytes | BinaryIO) -> None:
        lock: dict[str, Any] = {}
        if self.lock_days:
            until = datetime.now(UTC) + timedelta(days=self.lock_days)
            lock = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until, "ChecksumAlgorithm": "SHA256"}
        self.client.put_object(Bucket=self.bucket, Key=name, Body=body, **lock)


def _read(clinic_id: UUID, name: str) -> Checkpoint | None:
    try:
        number, kind, seq, at, key_id, hash, signature = name.split("/")
        return Checkpoint(
            clinic_id, int(number), kind, int(seq), _bytes(hash), datetime.fromisoformat(at), key_id, _bytes(signature)
        )
    except ValueError:
        return None


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)


def _closed(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

"""Where files lie: a folder, or a bucket. Objects have names like `clinic/file/part`, are written whole and never changed; what
is in them is sealed before it comes here (`frames`), so that neither disk nor bucket is told anything.

App and worker call `open_with` once, at their edge. Everything here waits for a disk or a network: call it in a thread.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from chairside.kernel.refusals import Busy
from chairside.kernel.settings import Settings

PIECE = 256 * 1024
BUCKET_SECONDS = 20


class FilesAway(Busy):
    """The place where files are kept cannot be reached; please try again in a moment."""


class NotThere(Exception):
    """No object of this name."""


class Store(Protocol):
    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """In the place of any of the name; there whole, or not at all. Refuses FilesAway."""
        ...

    def get(self, name: str) -> Iterator[bytes]:
        """In pieces of bounded size. Raises NotThere; refuses FilesAway."""
        ...

    def remove(self, folder: str) -> None:
        """Every object whose name begins with `folder/`. Refuses FilesAway."""
        ...


class Folder:
    """A file for each object, closed to everyone else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        path = self.folder / name
        whole = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with open(whole, "xb", opener=_closed) as file:
                    for piece in pieces:
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                whole.replace(path)
            finally:
                whole.unlink(missing_ok=True)
        except OSError as error:
            raise FilesAway() from error

    def get(self, name: str) -> Iterator[bytes]:
        try:
            with open(self.folder / name, "rb") as file:
                while piece := file.read(PIECE):
                    yield piece
        except FileNotFoundError as error:
            raise NotThere(name) from error
        except OSError as error:
            raise FilesAway() from error

    def remove(self, folder: str) -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(self.folder / folder)


class Bucket:
    """An object for each, in S3 or what speaks like it; with `key`, also encrypted there under that key of KMS (SSE-KMS)."""

    def __init__(self, bucket: str, prefix: str = "", *, region: str = "", endpoint: str = "", key: str = "") -> None:
        self.bucket, self.prefix = bucket, f"{prefix}/" if prefix else ""
        self.region, self.endpoint, self.key = region, endpoint, key
        self._client: Any = None

    @property
    def client(self) -> Any:
        if self._client is None:
            import boto3
            from botocore.config import Config

            patience = Config(connect_timeout=5, read_timeout=BUCKET_SECONDS, retries={"total_max_attempts": 3})
            self._client = boto3.client(
                "s3", config=patience, region_name=self.region or None, endpoint_url=self.endpoint or None
            )
        return self._client

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        sealed = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": self.key} if self.key else {}
        with _reached():
            self.client.put_object(Bucket=self.bucket, Key=self.prefix + name, Body=b"".join(pieces), **sealed)

    def get(self, name: str) -> Iterator[bytes]:
        with _reached():
            try:
                body = self.client.get_object(Bucket=self.bucket, Key=self.prefix + name)["Body"]
            except self.client.exceptions.NoSuchKey as error:
                raise NotThere(name) from error
            yield from body.iter_chunks(PIECE)

    def remove(self, folder: str) -> None:
        with _reached():
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=f"{self.prefix}{folder}/")
            for page in pages:
                for one in page.get("Contents", ()):
                    self.client.delete_object(Bucket=self.bucket, Key=one["Key"])


class _reached:
    """What the network or the bucket refuses is said in one way."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        if isinstance(error, BotoCoreError | ClientError):
            raise FilesAway() from error


_OPEN: list[Store] = []


def open_with(settings: Settings) -> None:
    """From now on files lie there."""
    _OPEN[:] = [chosen(settings)] if settings.files else []


def chosen(settings: Settings) -> Store:
    where = settings.files
    if where.startswith("s3://"):
        parts = urlsplit(where)
        return Bucket(
            parts.netloc, parts.path.strip("/"), region=settings.files_region, endpoint=settings.files_endpoint,
            key=settings.files_key,
        )  # fmt: skip
    return Folder(Path(where))


def store() -> Store:
    """Refuses FilesAway where no place was named."""
    if not _OPEN:
        raise FilesAway()
    return _OPEN[0]


def _closed(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

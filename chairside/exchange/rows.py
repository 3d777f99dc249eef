from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class Import(NamedTuple):
    """A file that is brought in. Its `summary` has counts, balances in minor units and reasons; `undoing` what was removed
    and who was kept."""

    id: UUID
    kind: str
    filename: str
    size: int
    status: str
    corrections: dict[str, Any]
    summary: dict[str, Any] | None
    refusal: dict[str, Any] | None
    undoing: dict[str, Any] | None
    uploaded_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    undone_at: datetime | None
    created_at: datetime
    version: int


IMPORT = ", ".join(f"import.{column}" for column in Import._fields)


class ImportState(NamedTuple):
    """What is found in the file, how far the run is, and whether a worker lives to go on with it."""

    found: dict[str, Any] | None
    done: int | None
    total: int | None
    began_at: datetime | None
    file_kept: bool
    worker_lives: bool


class ImportFinding(NamedTuple):
    found: dict[str, Any]
    read_on: date


class ImportChunk(NamedTuple):
    """A piece of the file, sealed; in plain when it was kept before they were."""

    sealed: bytes | None
    bytes: bytes | None


class Touched(NamedTuple):
    """A patient of an import who stayed, and why."""

    id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date | None
    why: str


class Touch(NamedTuple):
    """Why a patient of an import stays when it is undone; the first reason of each is told."""

    id: UUID
    place: int
    why: str

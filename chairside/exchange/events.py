from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

IMPORTS = Topic("imports", "imports.run")


@dataclass(frozen=True)
class FileUploaded(Event):
    """It is too large to be looked at while somebody waits."""

    name = "exchange.file_uploaded"
    topic = IMPORTS

    import_id: UUID


@dataclass(frozen=True)
class FileLookedAt(Event):
    """What it says is known, or why it cannot be read."""

    name = "exchange.file_looked_at"
    topic = IMPORTS

    import_id: UUID


@dataclass(frozen=True)
class ImportStarted(Event):
    name = "exchange.import_started"
    topic = IMPORTS

    import_id: UUID


@dataclass(frozen=True)
class ImportFinished(Event):
    """All its patients and opening balances are there; none of them is announced by itself."""

    name = "exchange.import_finished"
    topic = IMPORTS

    import_id: UUID


@dataclass(frozen=True)
class ImportFailed(Event):
    """A run or an undo came to nothing; the import says why."""

    name = "exchange.import_failed"
    topic = IMPORTS

    import_id: UUID


@dataclass(frozen=True)
class ImportUndoStarted(Event):
    name = "exchange.import_undo_started"
    topic = IMPORTS

    import_id: UUID


@dataclass(frozen=True)
class ImportUndone(Event):
    name = "exchange.import_undone"
    topic = IMPORTS

    import_id: UUID

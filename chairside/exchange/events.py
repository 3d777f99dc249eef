from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event


@dataclass(frozen=True)
class FileUploaded(Event):
    """It is too large to be looked at while somebody waits."""

    name = "exchange.file_uploaded"

    import_id: UUID


@dataclass(frozen=True)
class ImportStarted(Event):
    name = "exchange.import_started"

    import_id: UUID


@dataclass(frozen=True)
class ImportFinished(Event):
    """All its patients and opening balances are there; none of them is announced by itself."""

    name = "exchange.import_finished"

    import_id: UUID


@dataclass(frozen=True)
class ImportUndoStarted(Event):
    name = "exchange.import_undo_started"

    import_id: UUID


@dataclass(frozen=True)
class ImportUndone(Event):
    name = "exchange.import_undone"

    import_id: UUID

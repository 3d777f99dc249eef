"""What comes in from other programs, and what goes out to them."""

from chairside.exchange.actions.analysis import analyse, correct_mapping, try_out
from chairside.exchange.actions.attempts import carry_out, carry_out_undo, look_through
from chairside.exchange.actions.files import await_file, check_size, create, keep_file
from chairside.exchange.actions.holding import (
    AlreadyAtWork,
    AnotherImportRuns,
    ImportIsBeingUndone,
    ImportIsOver,
    ImportIsRunning,
    ImportIsStale,
)
from chairside.exchange.actions.refused import open_refused
from chairside.exchange.actions.runs import (
    ColumnsMissing,
    DoesNotReconcile,
    NotAnalysed,
    bring_in,
    start,
)
from chairside.exchange.actions.undoing import AlreadyUndone, NothingToUndo, take_out, undo
from chairside.exchange.events import FileUploaded, ImportFinished, ImportStarted, ImportUndone, ImportUndoStarted
from chairside.exchange.queries import LATEST, FileForgotten, NoFile, NoSuchImport, get, get_state, list_, list_kept
from chairside.exchange.rows import Import, ImportState, Touched
from chairside.exchange.rules import LABELS, MAX_BYTES, Corrections, explain, refuses
from chairside.exchange.rules.refusals import FileTooLarge

__all__ = [
    "LABELS", "LATEST", "MAX_BYTES", "AlreadyAtWork", "AlreadyUndone", "AnotherImportRuns", "ColumnsMissing", "Corrections",
    "DoesNotReconcile", "FileForgotten", "FileTooLarge", "FileUploaded", "Import", "ImportFinished", "ImportIsBeingUndone",
    "ImportIsOver", "ImportIsRunning", "ImportIsStale", "ImportStarted", "ImportState", "ImportUndoStarted", "ImportUndone",
    "NoFile", "NoSuchImport", "NotAnalysed", "NothingToUndo", "Touched", "analyse", "await_file", "bring_in", "carry_out",
    "carry_out_undo", "check_size", "correct_mapping", "create", "explain", "get", "get_state", "keep_file", "list_", "list_kept",
    "look_through", "open_refused", "refuses", "start", "take_out", "try_out", "undo",
]  # fmt: skip

"""Two records of one person become one, and can be taken apart again."""

from chairside.merging.actions import (
    FamiliesDiffer,
    MergedIntoArchived,
    MergeIsBuiltOn,
    VisitsAtTheSameTime,
    merge,
    preview,
    take_apart,
)
from chairside.merging.events import MergeTakenApart, PatientsMerged
from chairside.merging.queries import NoSuchMerge, Preview, list_merges
from chairside.merging.rows import Merged, Moving, PatientMerge

__all__ = [
    "FamiliesDiffer", "MergeIsBuiltOn", "MergeTakenApart", "Merged", "MergedIntoArchived", "Moving", "NoSuchMerge",
    "PatientMerge", "PatientsMerged", "Preview", "VisitsAtTheSameTime", "list_merges", "merge", "preview", "take_apart",
]  # fmt: skip

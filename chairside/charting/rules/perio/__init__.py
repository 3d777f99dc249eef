"""Periodontal measurements and what follows from them; pure."""

from chairside.charting.rules.perio.cells import AtSite, AtTooth, Cells, Misfit, Mouth, exam_of, written
from chairside.charting.rules.perio.changes import Change, changes
from chairside.charting.rules.perio.indices import Indices, attachment_loss, gingivitis, indices_of, percent
from chairside.charting.rules.perio.sites import SITES, Exam, Site, ToothExam, entrances_of, is_interdental
from chairside.charting.rules.perio.staging import Grading, Staging, extent, grade, stage

__all__ = [
    "SITES", "AtSite", "AtTooth", "Cells", "Change", "Exam", "Grading", "Indices", "Misfit", "Mouth", "Site", "Staging",
    "ToothExam", "attachment_loss", "changes", "entrances_of", "exam_of", "extent", "gingivitis", "grade", "indices_of",
    "is_interdental", "percent", "stage", "written",
]  # fmt: skip

"""The tooth chart: what was found at each tooth, is there, was done and is planned; never erased, only struck through.
Periodontal exams: what was probed around each tooth, and signed."""

from chairside.charting.actions.exams import (
    NotYourPerioExam,
    PerioExamIsEmpty,
    PerioExamIsOpen,
    PerioExamIsSigned,
    PerioExamIsStale,
    PerioExamIsStruck,
    Said,
    begin_exam,
    measure,
    restore_exam,
    sign_exam,
    strike_exam,
)
from chairside.charting.actions.findings import (
    FindingIsStale,
    FindingIsStruck,
    MayNotPlan,
    New,
    NothingPlanned,
    NotYourFinding,
    PlanIsDone,
    Recorded,
    ToothIsAbsent,
    correct,
    fulfil,
    record,
    restore,
    strike,
)
from chairside.charting.actions.stages import set_stage
from chairside.charting.events import ChartChanged, PerioChanged
from chairside.charting.queries.charts import NoSuchFinding, get_chart, get_finding
from chairside.charting.queries.exams import NoSuchPerioExam, compare_exams, get_exam, list_exams
from chairside.charting.rows import Chart, Finding, PerioExam
from chairside.charting.rules.teeth import check_tooth, notation_of, number_of

__all__ = [
    "Chart", "ChartChanged", "Finding", "FindingIsStale", "FindingIsStruck", "MayNotPlan", "New", "NoSuchFinding",
    "NoSuchPerioExam", "NotYourFinding", "NotYourPerioExam", "NothingPlanned", "PerioChanged", "PerioExam", "PerioExamIsEmpty",
    "PerioExamIsOpen", "PerioExamIsSigned", "PerioExamIsStale", "PerioExamIsStruck", "PlanIsDone", "Recorded", "Said",
    "ToothIsAbsent", "begin_exam", "check_tooth", "compare_exams", "correct", "fulfil", "get_chart", "get_exam", "get_finding",
    "list_exams", "measure", "notation_of", "number_of", "record", "restore", "restore_exam", "set_stage", "sign_exam",
    "strike", "strike_exam",
]  # fmt: skip

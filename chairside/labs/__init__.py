"""What laboratories make: the laboratories, cases that go there and come back, and whether they are back for their visits."""

from chairside.kernel.op import Op
from chairside.labs.actions.cases import (
    DueBeforeSent,
    LabCaseIsClosed,
    LabCaseIsStale,
    LabStepDoesNotFollow,
    NoLabStep,
    change_case,
    plan_case,
    take_step,
    take_step_back,
)
from chairside.labs.actions.laboratories import LaboratoryIsStale, add_laboratory, change_laboratory
from chairside.labs.events import LABS, LabCaseChanged, LaboratoryChanged
from chairside.labs.queries.cases import FIRST, STATUSES, NoSuchLabCase, get_case, list_cases, list_of_patient, list_of_visit
from chairside.labs.queries.laboratories import NoSuchLaboratory, get_laboratory, list_laboratories
from chairside.labs.queries.slips import draw_lab_slip
from chairside.labs.rows import LabCase, Laboratory
from chairside.labs.rules import AWAY, is_overdue, trouble

__all__ = [
    "AWAY", "FIRST", "LABS", "STATUSES", "DueBeforeSent", "LabCase", "LabCaseChanged", "LabCaseIsClosed", "LabCaseIsStale",
    "LabStepDoesNotFollow", "Laboratory", "LaboratoryChanged", "LaboratoryIsStale", "NoLabStep", "NoSuchLabCase",
    "NoSuchLaboratory", "add_laboratory", "change_case", "change_laboratory", "draw_lab_slip", "get_case", "get_laboratory",
    "is_overdue", "list_cases", "list_laboratories", "list_of_patient", "list_of_visit", "plan_case", "take_step",
    "take_step_back", "trouble_of",
]  # fmt: skip


def trouble_of(op: Op, case: LabCase) -> str | None:
    """Why it will not be there for its visit, as that stands now."""
    visit_on = case.visit_at.astimezone(op.clinic.zone).date() if case.visit_at else None
    return trouble(case.status, case.due_on, visit_on, case.visit_status, op.today)

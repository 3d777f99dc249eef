"""Treatment plans: what is to be done in which order, what the patient was shown and signed, and what was done of it."""

from chairside.treatment.actions.bringing import Brought, Waiting, bring_planned
from chairside.treatment.actions.deciding import accept, present
from chairside.treatment.actions.doing import book_item, perform, undo_performing
from chairside.treatment.actions.items import NewItem, Place, add_items, arrange, change_item, remove_item, restore_item
from chairside.treatment.actions.plans import begin_plan, bring_back, change_plan, put_away
from chairside.treatment.estimates import Estimate
from chairside.treatment.events import TREATMENT, PlanChanged, WorkDone, WorkUndone
from chairside.treatment.queries.plans import get_plan, list_plans
from chairside.treatment.queries.presentations import PlanPaper, Shown, draw_presentation, get_presentation
from chairside.treatment.queries.unscheduled import list_unscheduled
from chairside.treatment.rows import PlanRow, TreatmentAcceptance, TreatmentPresentation, Unscheduled
from chairside.treatment.rules.refusals import (
    ItemIsNotAccepted,
    ItemIsPerformed,
    ItemIsRemoved,
    ItemIsScheduled,
    ItemIsStale,
    ItemIsUnderWay,
    NoSuchItem,
    NoSuchPlan,
    NoSuchPresentation,
    NotAPatientSignature,
    NothingPerformed,
    PlanChangedSinceShown,
    PlanIsArchived,
    PlanIsEmpty,
    PlanIsStale,
    PlannedAlready,
    PresentationIsOld,
    PresentationIsSigned,
    ProcedureIsArchived,
    WorkIsOfVisit,
)
from chairside.treatment.rules.where import Where

__all__ = [
    "TREATMENT", "Brought", "Estimate", "ItemIsNotAccepted", "ItemIsPerformed", "ItemIsRemoved", "ItemIsScheduled",
    "ItemIsStale", "ItemIsUnderWay", "NewItem", "NoSuchItem", "NoSuchPlan", "NoSuchPresentation", "NotAPatientSignature",
    "NothingPerformed", "Place", "PlanChanged", "PlanChangedSinceShown", "PlanIsArchived", "PlanIsEmpty", "PlanIsStale",
    "PlanPaper", "PlanRow", "PlannedAlready", "PresentationIsOld", "PresentationIsSigned", "ProcedureIsArchived", "Shown",
    "TreatmentAcceptance", "TreatmentPresentation", "Unscheduled", "Waiting", "Where", "WorkDone", "WorkIsOfVisit",
    "WorkUndone", "accept", "add_items", "arrange", "begin_plan", "book_item", "bring_back", "bring_planned", "change_item",
    "change_plan", "draw_presentation", "get_plan", "get_presentation", "list_plans", "list_unscheduled",
    "perform", "present", "put_away", "remove_item", "restore_item", "undo_performing",
]  # fmt: skip

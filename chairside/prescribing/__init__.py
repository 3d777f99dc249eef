"""Prescriptions: drafts, what speaks against a drug, issued ones that nobody changes, their paper, and what the clinic prescribes
usually."""

from chairside.prescribing.actions.favourites import add_favourite, begin_favourites, remove_favourite
from chairside.prescribing.actions.prescriptions import (
    ControlledDrug,
    NotThePrescriber,
    OnlyPeoplePrescribe,
    PrescriptionIsCancelled,
    PrescriptionIsIssued,
    PrescriptionIsStale,
    SevereWarnings,
    cancel,
    change,
    draft,
    issue,
    restore,
)
from chairside.prescribing.events import PRESCRIBING, FavouritesChanged, PrescriptionChanged
from chairside.prescribing.queries.favourites import NoSuchFavourite, list_favourites
from chairside.prescribing.queries.papers import PrescriptionIsADraft, PrintingIsOff, draw_prescription
from chairside.prescribing.queries.prescriptions import (
    LATEST,
    Checked,
    NoSuchPrescription,
    check,
    get_prescription,
    is_intact,
    list_prescriptions,
)
from chairside.prescribing.rows import Prescription, PrescriptionFavourite

__all__ = [
    "LATEST", "PRESCRIBING", "Checked", "ControlledDrug", "FavouritesChanged", "NoSuchFavourite",
    "NoSuchPrescription", "NotThePrescriber", "OnlyPeoplePrescribe", "Prescription", "PrescriptionChanged",
    "PrescriptionFavourite", "PrescriptionIsADraft", "PrescriptionIsCancelled", "PrescriptionIsIssued", "PrescriptionIsStale",
    "PrintingIsOff", "SevereWarnings", "add_favourite", "begin_favourites", "cancel", "change", "check", "draft",
    "draw_prescription", "get_prescription", "is_intact", "issue", "list_favourites", "list_prescriptions", "remove_favourite",
    "restore",
]  # fmt: skip

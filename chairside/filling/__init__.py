"""A time that is free: who could come, of all who wait and of all who are due; and the time offered to them, in waves."""

from chairside.filling.actions.answering import OfferIsGone, accept_offer, decline_offer
from chairside.filling.actions.fills import (
    AlreadyOffered,
    FillIsOver,
    NobodyToAsk,
    TooLateToOffer,
    offer_time,
    stop_offering,
)
from chairside.filling.events import OpeningFillChanged
from chairside.filling.queries.candidates import NoTimeAtAll, list_candidates
from chairside.filling.queries.fills import Filling, NoSuchFill, get_fill, list_fills
from chairside.filling.queries.offers import NoSuchOffer, OfferState, read_offer
from chairside.filling.rows import Candidate, OpeningFill, PatientOffer
from chairside.filling.rules import Ranked

__all__ = [
    "AlreadyOffered",
    "Candidate",
    "FillIsOver",
    "Filling",
    "NoSuchFill",
    "NoSuchOffer",
    "NoTimeAtAll",
    "NobodyToAsk",
    "OfferIsGone",
    "OfferState",
    "OpeningFill",
    "OpeningFillChanged",
    "PatientOffer",
    "Ranked",
    "TooLateToOffer",
    "accept_offer",
    "decline_offer",
    "get_fill",
    "list_candidates",
    "list_fills",
    "offer_time",
    "read_offer",
    "stop_offering",
]  # fmt: skip

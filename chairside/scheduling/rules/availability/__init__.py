"""When a visit could be."""

from chairside.scheduling.rules.availability import reasons
from chairside.scheduling.rules.availability.assignment import assigned, in_turn
from chairside.scheduling.rules.availability.engine import Offers, blocks, free_for, offers
from chairside.scheduling.rules.availability.shapes import Busy, Calendar, Hours, Need, Resource, Travel
from chairside.scheduling.rules.availability.ticks import EPOCH, MINUTE, edges_of

__all__ = [
    "EPOCH", "MINUTE", "Busy", "Calendar", "Hours", "Need", "Offers", "Resource", "Travel", "assigned", "blocks", "edges_of",
    "free_for", "in_turn", "offers", "reasons",
]  # fmt: skip

"""When a visit could be."""

from chairside.scheduling.rules.availability import reasons
from chairside.scheduling.rules.availability.engine import Offers, assigned, blocks, offers
from chairside.scheduling.rules.availability.shapes import Busy, Calendar, Hours, Need, Resource, Travel
from chairside.scheduling.rules.availability.ticks import MINUTE, edges_of

__all__ = [
    "MINUTE", "Busy", "Calendar", "Hours", "Need", "Offers", "Resource", "Travel", "assigned", "blocks", "edges_of", "offers",
    "reasons",
]  # fmt: skip

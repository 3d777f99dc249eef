"""Who works in the invented clinic, where, when, and what they do."""

from dataclasses import dataclass
from random import Random

from chairside import catalog, scheduling
from chairside.kernel.money import Money
from chairside.kernel.op import Op

CURRENCY = "USD"
WEEK = {str(day): [["08:00", "12:00"], ["13:00", "17:00"]] for day in range(1, 6)} | {
    "6": [["09:00", "14:00"]],
    "7": [["10:00", "14:00"]],
}
SERVICES = (
    # name, code, minutes, price in cents, minutes after, how often
    ("Check-up", "EXAM", 30, 9500, 0, 9),
    ("New patient exam", "NEW", 45, 14500, 5, 3),
    ("Hygiene recall", "HYG", 45, 12800, 5, 12),
    ("Deep cleaning, one quadrant", "SRP", 60, 24000, 10, 3),
    ("Composite filling", "FILL", 45, 21000, 5, 8),
    ("Crown preparation", "CROWN", 90, 98000, 10, 3),
    ("Root canal, molar", "ENDO", 90, 115000, 10, 2),
    ("Extraction", "EXT", 45, 19500, 10, 2),
    ("Emergency visit", "URG", 30, 11000, 0, 2),
    ("Whitening", "WHITE", 60, 32000, 5, 1),
    ("Bitewing radiographs", "XRAY", 10, 5200, 0, 0),
    ("Fluoride varnish", "FLUOR", 10, 3800, 0, 0),
)
STAFF = (
    # name, title, operatory, where they do hygiene
    ("Maya Lindqvist", "DDS", "Op 1", False),
    ("Daniel Okoye", "DMD", "Op 2", False),
    ("Ruth Ferreira", "DDS", "Surgery", False),
    ("Tom Nakagawa", "RDH", "Hygiene", True),
)
HYGIENE = ("HYG", "SRP", "WHITE")


@dataclass(frozen=True)
class Staff:
    provider: scheduling.Provider
    services: list[catalog.Service]
    weights: list[int]

    def pick(self, chance: Random) -> catalog.Service:
        return chance.choices(self.services, self.weights)[0]


@dataclass(frozen=True)
class Practice:
    staff: list[Staff]
    extras: list[catalog.Service]


async def furnish(op: Op) -> Practice:
    """Hours, operatories, services, providers."""
    await scheduling.set_hours(op, weekly=WEEK)
    services = {}
    for name, code, minutes, price, after, often in SERVICES:
        service = await catalog.add_service(
            op, name=name, code=code, duration_minutes=minutes, price=Money(price, CURRENCY), buffer_after_minutes=after
        )
        services[code] = (service, often)
    rooms = {name: await scheduling.add_operatory(op, name=name) for _, _, name, _ in STAFF}
    staff = []
    for name, title, room, hygiene in STAFF:
        provider = await scheduling.add_provider(op, name=name, title=title, operatory_id=rooms[room].id)
        offered = [(s, often) for code, (s, often) in services.items() if often and (code in HYGIENE) == hygiene]
        staff.append(Staff(provider, [service for service, _ in offered], [often for _, often in offered]))
    return Practice(staff, [services["XRAY"][0], services["FLUOR"][0]])

from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

PRESCRIBING = Topic("prescriptions", "prescribing.read")


@dataclass(frozen=True)
class PrescriptionChanged(Event):
    """A prescription was drafted, changed, issued or cancelled."""

    name = "prescribing.prescription_changed"
    topic = PRESCRIBING

    prescription_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class FavouritesChanged(Event):
    """What the clinic prescribes usually was added to or taken from."""

    name = "prescribing.favourites_changed"
    topic = PRESCRIBING

    favourite_id: UUID

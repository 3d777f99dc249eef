from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from typing_extensions import TypedDict


class Contact(TypedDict):
    type: str
    value: str
    is_primary: bool
    safe_for_voicemail: bool


class Address(TypedDict, total=False):
    line1: str
    line2: str
    city: str
    region: str
    postal_code: str
    country: str


@dataclass(slots=True)
class Patient:
    """Also what HTTP shows: a page of rows goes to the serialiser as it is."""

    id: UUID
    register_number: str
    first_name: str
    middle_name: str | None
    last_name: str
    preferred_name: str | None
    birth_date: date | None
    sex: Literal["female", "male", "other", "unknown"]
    address: Address | None
    note: str | None
    contacts: list[Contact]
    guarantor_id: UUID | None
    archived_at: datetime | None
    merged_into_id: UUID | None
    created_at: datetime
    version: int
    restricted: bool = False
    """Not for whoever asks, beyond the name and the date of birth."""

    def glimpse(self) -> "Patient":
        """What whoever is not on the care team sees in a list."""
        return replace(
            self, register_number="", middle_name=None, preferred_name=None, sex="unknown", address=None, note=None,
            contacts=[], guarantor_id=None, restricted=True,
        )  # fmt: skip


COLUMNS = tuple(field.name for field in fields(Patient) if field.name != "restricted")
PATIENT = ", ".join(f"patient.{column}" for column in COLUMNS)


class Relative(NamedTuple):
    """Somebody of the same family: the one who answers for it, or one they answer for."""

    id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date | None
    guarantor_id: UUID | None


class Glimpse(NamedTuple):
    first_name: str
    last_name: str
    birth_date: date | None
    open: bool


class TeamMember(NamedTuple):
    """Of a care team: named on it, or there by a visit of theirs."""

    member_id: UUID
    name: str
    named_at: datetime | None
    has_visits: bool


class Proxy(NamedTuple):
    """Who acts for a patient: `holder_id` when they are a patient here, too. `majority_on`, the patient's coming of age, is when
    one that `ends_at_majority` is over; None where no date of birth is known."""

    id: UUID
    patient_id: UUID
    patient_name: str
    holder_id: UUID | None
    name: str
    phone: str | None
    email: str | None
    relationship: str
    scopes: list[str]
    proof: str | None
    starts_on: date
    ends_on: date | None
    ends_at_majority: bool
    majority_on: date | None
    revoked_at: datetime | None
    version: int
    proof_file: dict[str, Any] | None
    """Of what was shown: its name, kind, size in bytes, and when it was brought."""

    @property
    def last_on(self) -> date | None:
        """The last day on which they act for the patient: from the birthday of their coming of age, a patient does so alone."""
        of_age = self.majority_on - timedelta(days=1) if self.ends_at_majority and self.majority_on else None
        return min((day for day in (self.ends_on, of_age) if day), default=None)

    def state(self, today: date) -> Literal["to_come", "in_force", "over", "of_age", "revoked"]:
        if self.revoked_at:
            return "revoked"
        if self.ends_on and self.ends_on < today:
            return "over"
        if self.last_on and self.last_on < today:
            return "of_age"
        return "to_come" if today < self.starts_on else "in_force"


class Guarantee(NamedTuple):
    """Whether the wanted guarantor is answered for by another, and whether the patient answers for others."""

    answered_for: bool | None
    answers: bool


class Known(NamedTuple):
    """A patient as far as it takes to recognise them, with whoever answers for them."""

    id: UUID
    register_number: str
    sort_key: str
    birth_date: date | None
    guarantor_id: UUID | None


class Added(NamedTuple):
    id: UUID
    register_number: str

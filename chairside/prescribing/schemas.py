from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.prescribing import Prescription, is_intact

Form = Literal["tablet", "capsule", "lozenge", "suspension", "solution", "mouthwash", "drops", "spray", "gel", "ointment"]
Short = Annotated[str, StringConstraints(max_length=60)]
Dose = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Directions = Annotated[str, StringConstraints(max_length=500)]
Times = Annotated[int, Field(strict=True, ge=1, le=12)]
Days = Annotated[int, Field(strict=True, ge=1, le=90)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=500)]
Refills = Annotated[int, Field(strict=True, ge=0, le=11)]
Flag = Annotated[bool, Field(strict=True)]
ABSENT: Any = Field(default_factory=lambda: None)


class NewFavourite(Strict):
    """`dose`: what is taken at once. `quantity` counts pieces of tablets, capsules and lozenges, grams of gels and ointments,
    millilitres of the rest. Either `times_a_day` or `directions` says how."""

    drug: Line
    form: Form
    strength: Short = ""
    dose: Dose
    times_a_day: Times | None = None
    days: Days | None = None
    directions: Directions | None = None
    quantity: Quantity
    refills: Refills = 0


class NewPrescription(NewFavourite):
    provider_id: UUID
    generic_allowed: Flag = True


class PrescriptionPatch(Strict):
    """What is left out stays."""

    provider_id: UUID = ABSENT
    drug: Line = ABSENT
    form: Form = ABSENT
    strength: Short = ABSENT
    dose: Dose = ABSENT
    times_a_day: Times | None = None
    days: Days | None = None
    directions: Directions | None = None
    quantity: Quantity = ABSENT
    refills: Refills = ABSENT
    generic_allowed: Flag = ABSENT


class DrugToCheck(Strict):
    drug: Line


class PrescriptionIssue(Strict):
    """`override_reason`: why all the same, where a warning is severe."""

    override_reason: Line | None = None


class PrescriptionCancellation(Strict):
    reason: Line


class DrugWarning(View):
    """`group`: the class of the drug by which it is so, none where it is the substance itself; `against`: what the medical
    history says, as it was typed, and `against_group` its class."""

    kind: Literal["allergy", "interaction", "duplicate", "condition", "pregnancy"]
    severity: Literal["severe", "moderate"]
    group: str | None
    against: str
    against_group: str | None


class DrugWarnings(View):
    """By a small list of ours, not a drug database: no warning is no promise. `allergies`, `medications`: whether the history has
    `some`, `none`, or nobody asked (`not_asked`)."""

    controlled: bool
    warnings: list[DrugWarning]
    allergies: Literal["some", "none", "not_asked"]
    medications: Literal["some", "none", "not_asked"]


class PrescriptionView(View):
    """`warnings`: what was said against it when it was issued. `hash`: SHA-256 in hexadecimal of exactly what was issued;
    `intact`: it is what stands here."""

    id: UUID
    patient_id: UUID
    provider_id: UUID
    provider_name: str
    status: Literal["draft", "issued", "cancelled"]
    drug: str
    form: Form
    strength: str
    dose: str
    times_a_day: int | None
    days: int | None
    directions: str | None
    quantity: int
    refills: int
    generic_allowed: bool
    warnings: list[DrugWarning]
    override_reason: str | None
    issued_at: Instant | None
    issued_by_name: str | None
    hash: str | None
    intact: bool
    cancelled_at: Instant | None
    cancelled_by_name: str | None
    cancel_reason: str | None
    created_at: Instant
    version: int

    @classmethod
    def of(cls, one: Prescription) -> Self:
        status = "cancelled" if one.cancelled_at else "issued" if one.issued_at else "draft"
        more = {"status": status, "hash": one.hash.hex() if one.hash else None, "intact": is_intact(one)}
        return cls.model_validate(one._asdict() | more)


class Prescriptions(View):
    items: list[PrescriptionView]
    next_cursor: str | None = None


class FavouriteView(View):
    id: UUID
    drug: str
    form: Form
    strength: str
    dose: str
    times_a_day: int | None
    days: int | None
    directions: str | None
    quantity: int
    refills: int
    version: int


class Favourites(View):
    items: list[FavouriteView]

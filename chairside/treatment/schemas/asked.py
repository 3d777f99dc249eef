from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Base64Bytes, Field, StringConstraints

from chairside.kernel.http.shapes import Line, NewInstant, Strict
from chairside.kernel.money import MOST, Money
from chairside.treatment.actions.items import NewItem, Place
from chairside.treatment.rules.where import Where

Tooth = Annotated[str, StringConstraints(min_length=1, max_length=4)]
Surface = Annotated[str, StringConstraints(min_length=1, max_length=2)]
Phase = Annotated[int, Field(strict=True, ge=1, le=20)]
Visits = Annotated[int, Field(strict=True, ge=1, le=20)]
Minutes = Annotated[int, Field(strict=True, ge=5, le=720)]
Note = Annotated[str, StringConstraints(max_length=2_000)]
Flag = Annotated[bool, Field(strict=True)]
Picture = Annotated[Base64Bytes, Field(max_length=200_000, description="A PNG, in Base64.")]


class AskedPrice(Strict):
    """Minor units, zero or more."""

    amount: Annotated[int, Field(strict=True, ge=0, le=MOST)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class PlanTitle(Strict):
    title: Line


class NewTreatmentItem(Strict):
    """What the procedure asks for of tooth (FDI), the last of a row of teeth, surfaces, quadrant and arch, and no more.
    `alternative_to`: an item of the plan instead of which this may be done. `finding_id`: a planned finding that is done
    with it."""

    procedure_id: UUID
    tooth: Tooth | None = None
    through: Tooth | None = None
    surfaces: Annotated[list[Surface], Field(max_length=9)] = []
    quadrant: Annotated[int, Field(strict=True, ge=1, le=8)] | None = None
    arch: Literal["upper", "lower"] | None = None
    phase: Phase = 1
    visits: Visits = 1
    price: AskedPrice | None = None
    note: Note | None = None
    finding_id: UUID | None = None
    alternative_to: UUID | None = None

    def said(self) -> NewItem:
        where = Where(self.tooth, self.through, self.surfaces, self.quadrant, self.arch)
        price = Money(self.price.amount, self.price.currency) if self.price else None
        return NewItem(
            self.procedure_id, where, self.phase, self.visits, price, self.note or None, self.finding_id, self.alternative_to
        )


class NewTreatmentItems(Strict):
    """All of them or none."""

    items: Annotated[list[NewTreatmentItem], Field(min_length=1, max_length=52)]


class TreatmentItemPatch(Strict):
    """Where it is done is said whole: what is left out of tooth, through, surfaces, quadrant and arch once one of them is named
    is not said."""

    procedure_id: UUID = UUID(int=0)
    tooth: Tooth | None = None
    through: Tooth | None = None
    surfaces: Annotated[list[Surface], Field(max_length=9)] = []
    quadrant: Annotated[int, Field(strict=True, ge=1, le=8)] | None = None
    arch: Literal["upper", "lower"] | None = None
    visits: Visits = 1
    price: AskedPrice = AskedPrice(amount=0, currency="XXX")
    note: Note | None = None

    def said(self) -> dict[str, Any]:
        said = self.model_fields_set & {"procedure_id", "visits"}
        changes: dict[str, Any] = {name: getattr(self, name) for name in said}
        if "note" in self.model_fields_set:
            changes["note"] = self.note or None
        if "price" in self.model_fields_set:
            changes["price"] = Money(self.price.amount, self.price.currency)
        if {"tooth", "through", "surfaces", "quadrant", "arch"} & self.model_fields_set:
            changes["where"] = Where(self.tooth, self.through, self.surfaces, self.quadrant, self.arch)
        return changes


class ItemPlace(Strict):
    item_id: UUID
    phase: Phase
    choice: UUID | None = None


class PlanOrder(Strict):
    """Every item of the plan, each once; those with one `choice` are alternatives."""

    items: Annotated[list[ItemPlace], Field(max_length=500)]

    def said(self) -> list[Place]:
        return [Place(one.item_id, one.phase, one.choice) for one in self.items]


class PlannedFindings(Strict):
    phase: Phase = 1


class Decision(Strict):
    item_id: UUID
    accepted: Flag


class NewAcceptance(Strict):
    """Of the version by its number; each item of it that is not under way."""

    number: Annotated[int, Field(strict=True, ge=1, le=100_000)]
    decisions: Annotated[list[Decision], Field(max_length=500)]
    signer_name: Line
    picture: Picture


class NewBooking(Strict):
    """As long as the procedure takes, unless said otherwise."""

    starts_at: NewInstant
    provider_id: UUID
    operatory_id: UUID | None = None
    duration_minutes: Minutes | None = None


class Performing(Strict):
    """`finished`: nothing is left to be done to it, though more visits were planned."""

    done_on: date | None = None
    provider_id: UUID | None = None
    finished: Flag = False

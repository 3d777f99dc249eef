from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, LongText, MoneyShape, NewInstant, Strict, View
from chairside.kernel.refusals import Wrong

Status = Literal["requested", "scheduled", "confirmed", "arrived", "in_chair", "completed", "cancelled", "no_show"]
StepName = Literal["confirmation", "arrival", "seating", "completion", "cancellation", "no_show"]


def _fdi(tooth: int) -> int:
    quadrant, place = divmod(tooth, 10)
    last = 8 if quadrant <= 4 else 5
    if not (1 <= quadrant <= 8 and 1 <= place <= last):
        raise Wrong("not_a_tooth", "A tooth by its FDI number, such as 16 or 55.")
    return tooth


def _not_negative(price: MoneyShape) -> MoneyShape:
    if price.amount < 0:
        raise Wrong("below_zero", "A price is zero or more.")
    return price


Minutes = Annotated[int, Field(strict=True, ge=5, le=720)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=100)]
Tooth = Annotated[int, Field(strict=True), AfterValidator(_fdi)]
Surfaces = Annotated[str, StringConstraints(max_length=12, pattern=r"^[MDLOBIFVP5 ]+$")]
Price = Annotated[MoneyShape, AfterValidator(_not_negative)]
Flag = Annotated[bool, Field(strict=True)]


class NewItem(Strict):
    service_id: UUID
    quantity: Quantity = 1
    tooth: Tooth | None = None
    surfaces: Surfaces | None = None


class NewAppointment(Strict):
    """`service_id`, or `items` of which the first is the main reason; `duration_minutes` where it differs from their sum.
    `provider_id`, or a `calendar_id` by which somebody is assigned, or both; or a `group_session_id`, of which it takes a
    seat."""

    patient_id: UUID
    provider_id: UUID | None = None
    operatory_id: UUID | None = None
    calendar_id: UUID | None = None
    group_session_id: UUID | None = None
    service_id: UUID | None = None
    items: Annotated[list[NewItem], Field(max_length=50)] | None = None
    starts_at: NewInstant
    duration_minutes: Minutes | None = None
    notes: LongText | None = None
    overbooking_reason: Line | None = None
    suggest: Flag = False
    hold_id: UUID | None = None


class AppointmentPatch(Strict):
    notes: LongText | None = None
    items: Annotated[list[NewItem], Field(max_length=50)] = Field(default_factory=list)


class Rescheduling(Strict):
    """What is not named stays; an operatory of null is none."""

    starts_at: NewInstant | None = None
    provider_id: UUID | None = None
    operatory_id: UUID | None = None
    duration_minutes: Minutes | None = None
    overbooking_reason: Line | None = None
    suggest: Flag = False


class StepNote(Strict):
    reason: Line | None = None


class Cancellation(Strict):
    reason: Line


class DoneItem(Strict):
    """Without a price, the list price; with another, a reason."""

    service_id: UUID
    quantity: Quantity = 1
    price: Price | None = None
    price_reason: Line | None = None


class Completion(Strict):
    items: Annotated[list[DoneItem], Field(max_length=100)]


class ItemView(View):
    service_id: UUID
    quantity: int
    tooth: int | None
    surfaces: str | None


class StepView(View):
    step: StepName
    at: Instant
    by: UUID
    reason: str | None


class HappenedView(View):
    step: Literal["booking"] | StepName
    at: Instant
    by: UUID
    reason: str | None
    undone_at: Instant | None
    undone_by: UUID | None


class History(View):
    items: list[HappenedView]
    next_cursor: str | None = None


class AlsoView(View):
    """What a visit takes besides its provider and operatory: from a minute of it to another, or to its end."""

    resource_id: UUID
    from_: Annotated[int, Field(alias="from")]
    to: int | None


class AppointmentView(View):
    id: UUID
    patient_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    service_id: UUID | None
    items: list[ItemView]
    starts_at: Instant
    ends_at: Instant
    duration_minutes: int
    status: Status
    overbooking_reason: str | None
    notes: str | None
    last_step: StepView | None
    calendar_id: UUID | None
    also: list[AlsoView]
    series_id: UUID | None
    series_number: int | None
    group_session_id: UUID | None
    version: int


class AppointmentPage(View):
    items: list[AppointmentView]
    next_cursor: str | None = None


class CompletedItemView(View):
    id: UUID
    service_id: UUID
    description: str
    quantity: int
    unit_price: MoneyShape
    list_price: MoneyShape
    price_reason: str | None


class CompletedItems(View):
    items: list[CompletedItemView]
    next_cursor: str | None = None


def _edge(text: str) -> date | datetime:
    """A day of the clinic, or an instant."""
    try:
        edge = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise Wrong("not_a_moment", "A day such as 2026-03-29, or an instant such as 2026-03-29T09:00:00Z.") from error
    if isinstance(edge, datetime) and edge.tzinfo is None:
        raise Wrong("not_a_moment", "An instant needs its offset or Z.")
    if not 1900 <= edge.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return edge


Edge = Annotated[str, StringConstraints(max_length=40), AfterValidator(_edge)]

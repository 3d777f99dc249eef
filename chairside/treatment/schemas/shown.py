from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from chairside.kernel.http.shapes import Instant, MoneyShape, Page, View
from chairside.treatment.actions.bringing import Brought
from chairside.treatment.queries.presentations import Shown
from chairside.treatment.rows import PlanRow, Unscheduled
from chairside.treatment.rules.sums import range_of

Status = Literal["proposed", "accepted", "declined", "in_progress", "performed"]


class BookedItem(View):
    """The visit that was booked for it."""

    id: UUID
    patient_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: Instant
    ends_at: Instant
    status: str
    version: int


class ItemBooking(View):
    appointment_id: UUID
    starts_at: Instant
    status: str


class ItemWork(View):
    id: UUID
    number: int
    last: bool
    done_on: date
    amount: MoneyShape
    appointment_id: UUID | None


class EstimateView(View):
    insurance: MoneyShape
    patient: MoneyShape


class TreatmentItemView(View):
    """`choice`: those with the same are alternatives. `estimate` null: nobody knows yet what an insurance pays. `version` is of
    what became of it, and not the plan's."""

    id: UUID
    phase: int
    position: int
    choice: UUID | None
    procedure_id: UUID
    procedure_version_id: UUID
    code: str
    name: str
    tooth: str | None
    through: str | None
    surfaces: list[str]
    quadrant: int | None
    arch: Literal["upper", "lower"] | None
    price: MoneyShape
    estimate: EstimateView | None
    duration_minutes: int
    visits: int
    note: str | None
    finding_id: UUID | None
    status: Status
    bookings: list[ItemBooking]
    work: list[ItemWork]
    version: int

    @classmethod
    def of(cls, item: dict[str, Any]) -> Self:
        currency = item["currency"]
        work = [one | {"amount": {"amount": one["amount"], "currency": currency}} for one in item["work"]]
        price = {"amount": item["price"], "currency": currency}
        return cls.model_validate(item | {"price": price, "work": work, "estimate": None})


class PlanVersionLine(View):
    number: int
    shown_at: Instant
    hash: str
    current: bool
    signed_at: Instant | None
    signer_name: str | None


class TreatmentPlanView(View):
    """`least` and `most`: what it may come to, by which alternative is done. `versions`: what was shown, the latest first; a
    `current` one is of the plan as it stands."""

    id: UUID
    title: str
    archived_at: Instant | None
    created_at: Instant
    created_by: UUID
    items: list[TreatmentItemView]
    versions: list[PlanVersionLine]
    least: MoneyShape | None
    most: MoneyShape | None
    version: int

    @classmethod
    def of(cls, plan: PlanRow) -> Self:
        least, most = range_of(plan.items)
        currency = plan.items[0]["currency"] if plan.items else None
        return cls(
            id=plan.id, title=plan.title, archived_at=plan.archived_at, created_at=plan.created_at, created_by=plan.created_by,
            items=[TreatmentItemView.of(item) for item in plan.items],
            versions=[
                PlanVersionLine.model_validate(one | {"current": one["plan_version"] == plan.version}) for one in plan.versions
            ],
            least=MoneyShape(amount=least, currency=currency) if currency else None,
            most=MoneyShape(amount=most, currency=currency) if currency else None, version=plan.version,
        )  # fmt: skip


class TreatmentPlans(Page):
    items: list[TreatmentPlanView]

    @classmethod
    def of(cls, plans: Iterable[PlanRow]) -> Self:
        return cls(items=[TreatmentPlanView.of(plan) for plan in plans])


class UnmatchedFinding(View):
    id: UUID
    teeth: list[str]
    surfaces: list[str]
    condition: str
    material: str | None


class BroughtView(View):
    """`unmatched`: for these the clinic's list has no procedure that fits."""

    plan: TreatmentPlanView
    unmatched: list[UnmatchedFinding]

    @classmethod
    def of(cls, brought: Brought) -> Self:
        unmatched = [UnmatchedFinding.model_validate(one) for one in brought.unmatched]
        return cls(plan=TreatmentPlanView.of(brought.plan), unmatched=unmatched)


class ShownItem(View):
    """As it was when it was shown; `decision`, what was said of it."""

    id: UUID
    phase: int
    choice: UUID | None
    code: str
    name: str
    tooth: str | None
    through: str | None
    surfaces: list[str]
    quadrant: int | None
    arch: Literal["upper", "lower"] | None
    price: MoneyShape
    estimate: EstimateView | None
    duration_minutes: int
    visits: int
    status: Status
    decision: Literal["accepted", "declined"] | None


class AcceptanceView(View):
    """`picture`: how they signed, a PNG in Base64."""

    signer_name: str
    signed_at: Instant
    hash: str
    picture: str | None


class PresentationView(View):
    """`intact`: by its hashes it is what was shown and signed."""

    plan_id: UUID
    number: int
    title: str
    shown_at: Instant
    hash: str
    items: list[ShownItem]
    least: MoneyShape
    most: MoneyShape
    acceptance: AcceptanceView | None
    intact: bool

    @classmethod
    def of(cls, shown: Shown) -> Self:
        one, signed = shown.presentation, shown.acceptance
        decisions = signed.decisions if signed else {}
        least, most = range_of([item | {"status": decisions.get(item["id"], item["status"])} for item in one.body])
        items = [
            ShownItem.model_validate(
                item | {"price": {"amount": item["price"], "currency": one.currency}, "decision": decisions.get(item["id"])}
                | {"estimate": _estimate(item["estimate"], one.currency)}
            )
            for item in one.body
        ]  # fmt: skip
        acceptance = signed and AcceptanceView(
            signer_name=signed.signer_name, signed_at=signed.signed_at, hash=signed.hash.hex(),
            picture=b64encode(shown.picture).decode() if shown.picture else None,
        )  # fmt: skip
        return cls(
            plan_id=one.plan_id, number=one.number, title=one.title, shown_at=one.created_at, hash=one.hash.hex(), items=items,
            least=MoneyShape(amount=least, currency=one.currency), most=MoneyShape(amount=most, currency=one.currency),
            acceptance=acceptance or None, intact=shown.intact,
        )  # fmt: skip


class UnscheduledView(View):
    id: UUID
    plan_id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    register_number: str
    code: str
    name: str
    tooth: str | None
    through: str | None
    surfaces: list[str]
    quadrant: int | None
    arch: Literal["upper", "lower"] | None
    status: Status
    amount: MoneyShape
    duration_minutes: int
    visits: int
    visits_done: int
    accepted_at: Instant
    version: int

    @classmethod
    def of(cls, one: Unscheduled) -> Self:
        return cls.model_validate(one._asdict() | {"amount": {"amount": one.amount, "currency": one.currency}})


class UnscheduledTreatment(View):
    items: list[UnscheduledView]


def _estimate(known: dict[str, int] | None, currency: str) -> dict[str, Any] | None:
    return known and {side: {"amount": known[side], "currency": currency} for side in ("insurance", "patient")}

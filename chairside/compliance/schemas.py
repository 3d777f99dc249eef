"""The audit as HTTP shows it."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from chairside.kernel.http import Page, View
from chairside.kernel.http.shapes import Instant


class ActorView(View):
    """Without a name, who it was works here no longer or never did; `kind` is human, service_account or system."""

    id: UUID | None
    name: str | None
    kind: str | None


class EventBrief(View):
    id: UUID
    at: Instant
    actor: ActorView
    on_behalf_of: ActorView | None
    action: str
    entity: str
    entity_id: UUID | None
    patient_id: UUID | None
    patient_name: str | None
    """For those who may know who patients are."""
    patients: int | None
    """How many a list named."""
    outcome: str
    changed_fields: list[str]
    request_id: str | None
    purpose: str | None
    context: str | None
    session_id: UUID | None
    ip: str | None
    seq: int | None
    """Its place in the sealed chain; none for a moment after it happened."""


class EventPage(Page):
    items: list[EventBrief]


class ChangedView(View):
    """`hidden`: there are values, not for this reader; `kept` is false once they were erased."""

    field: str
    before: Any
    after: Any
    hidden: bool
    kept: bool


class EventView(EventBrief):
    changes: list[ChangedView]


class OpenedView(View):
    """What one person did with a record on one day: opened it, changed it, or was shown it in lists."""

    day: date
    actor: ActorView
    roles: list[str]
    way: Literal["opened", "changed", "listed"]
    entities: list[str]
    times: int
    first_at: Instant
    last_at: Instant


class OpenedList(View):
    items: list[OpenedView]


class HealthView(View):
    """`verified` rows were looked through and are well; `problem` names what is not, behind them."""

    sealed: int
    signed_at: Instant | None
    looked_at: Instant | None
    verified: int | None
    verified_until: Instant | None
    problem: str | None
    problem_seq: int | None

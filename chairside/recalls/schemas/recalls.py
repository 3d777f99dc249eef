from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.kernel.refusals import Wrong
from chairside.recalls.rows import Recall
from chairside.recalls.schemas.types import IntervalView, NewInterval

Status = Literal["due", "booked", "snoozed", "closed"]
Kind = Literal["call", "letter", "email", "sms"]
Outcome = Literal["no_answer", "left_message", "will_call_back", "declined", "booked", "sent"]
Note = Annotated[str, StringConstraints(max_length=2_000)]


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return day


Day = Annotated[date, AfterValidator(_sensible)]


class NewRecall(Strict):
    """Without `due_on`, counted from the last visit for it, or from today where there was none."""

    patient_id: UUID
    type_id: UUID
    interval: NewInterval | None = None
    due_on: Day | None = None
    note: Note | None = None


class RecallPatch(Strict):
    """`interval`: null is the type's. `due_on`: null is counted from the last visit."""

    interval: NewInterval | None = None
    due_on: Day | None = None
    note: Note | None = None


class Snooze(Strict):
    until: Day


class Closure(Strict):
    reason: Line


class NewAttempt(Strict):
    kind: Kind
    outcome: Outcome
    note: Note | None = None


class AttemptView(View):
    id: UUID
    kind: Kind
    outcome: Outcome
    note: str | None
    at: Instant
    by: UUID


class Attempts(View):
    items: list[AttemptView]
    next_cursor: str | None = None


class CalledPatient(View):
    """Who is called, on the number that is theirs first; `safe_for_voicemail`: a message may be left there."""

    id: UUID
    first_name: str
    last_name: str
    birth_date: date | None
    phone: str | None
    safe_for_voicemail: bool | None


class BookedVisit(View):
    id: UUID
    starts_at: Instant


class RecallView(View):
    """`own_interval`: the interval is this patient's own. `set_due_on`: somebody chose the day; otherwise it follows the visits.
    `service_id`: what is booked for it."""

    id: UUID
    patient: CalledPatient
    type_id: UUID
    type_name: str
    service_id: UUID | None
    interval: IntervalView
    own_interval: bool
    due_on: date
    set_due_on: date | None
    previous_on: date | None
    note: str | None
    status: Status
    snoozed_until: date | None
    appointment: BookedVisit | None
    closed_at: Instant | None
    closing_reason: str | None
    attempts: int
    last_attempt: AttemptView | None
    version: int

    @classmethod
    def of(cls, recall: Recall) -> Self:
        facts = recall._asdict()
        patient = {name: facts[name] for name in CalledPatient.model_fields if name != "id"} | {"id": recall.patient_id}
        booked = recall.status == "booked" and {"id": recall.appointment_id, "starts_at": recall.appointment_at}
        interval = {"every": recall.every, "unit": recall.unit}
        return cls.model_validate(facts | {"patient": patient, "appointment": booked or None, "interval": interval})


class RecallPage(View):
    items: list[RecallView]
    next_cursor: str | None = None

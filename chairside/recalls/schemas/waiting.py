from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from chairside.kernel.http.shapes import Instant, Strict, View
from chairside.recalls.rows import Waiting
from chairside.recalls.schemas.recalls import BookedVisit, CalledPatient, Day, Note
from chairside.recalls.schemas.types import ABSENT, Flag, Minutes

WaitingStatus = Literal["waiting", "booked", "expired", "closed"]
Part = Literal["morning", "afternoon", "evening"]
Weekday = Annotated[int, Field(strict=True, ge=1, le=7)]
Hours = Annotated[int, Field(strict=True, ge=0, le=720)]
Providers = Annotated[list[UUID], Field(max_length=50)]
Weekdays = Annotated[list[Weekday], Field(max_length=7)]
Parts = Annotated[list[Part], Field(max_length=3)]


class NewWaiting(Strict):
    """`provider_ids`, `weekdays` (1 is Monday) and `parts` of the day: any of them, and any at all when none is named.
    `notice_hours`: how long before they must know. `appointment_id`: a visit of theirs that they would like earlier."""

    patient_id: UUID
    service_id: UUID
    duration_minutes: Minutes | None = None
    provider_ids: Providers = []
    weekdays: Weekdays = []
    parts: Parts = []
    from_on: Day | None = None
    until_on: Day | None = None
    notice_hours: Hours = 0
    urgent: Flag = False
    appointment_id: UUID | None = None
    expires_on: Day | None = None
    note: Note | None = None


class WaitingPatch(Strict):
    service_id: UUID = ABSENT
    duration_minutes: Minutes | None = None
    provider_ids: Providers = ABSENT
    weekdays: Weekdays = ABSENT
    parts: Parts = ABSENT
    from_on: Day | None = None
    until_on: Day | None = None
    notice_hours: Hours = ABSENT
    urgent: Flag = ABSENT
    expires_on: Day | None = None
    note: Note | None = None


class WaitingView(View):
    """`appointment`: the visit that they would like earlier; `booked`: the one that ended the waiting. `expired`: the last day on
    which they could come, or wait, is past."""

    id: UUID
    patient: CalledPatient
    service_id: UUID
    service_name: str
    duration_minutes: int | None
    provider_ids: list[UUID]
    weekdays: list[int]
    parts: list[Part]
    from_on: date | None
    until_on: date | None
    notice_hours: int
    urgent: bool
    appointment: BookedVisit | None
    expires_on: date | None
    status: WaitingStatus
    booked: BookedVisit | None
    closed_at: Instant | None
    closing_reason: str | None
    note: str | None
    created_at: Instant
    version: int

    @classmethod
    def of(cls, entry: Waiting) -> Self:
        facts = entry._asdict()
        patient = {name: facts[name] for name in CalledPatient.model_fields if name != "id"} | {"id": entry.patient_id}
        sooner = entry.appointment_id and {"id": entry.appointment_id, "starts_at": entry.appointment_at}
        booked = entry.booked_id and {"id": entry.booked_id, "starts_at": entry.booked_at}
        return cls.model_validate(facts | {"patient": patient, "appointment": sooner, "booked": booked})


class WaitingPage(View):
    items: list[WaitingView]
    next_cursor: str | None = None

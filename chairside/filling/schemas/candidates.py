from datetime import date
from typing import Self
from uuid import UUID

from chairside.filling.rules import Ranked, Reason
from chairside.kernel.http.shapes import MoneyShape, View


class AskedPatient(View):
    id: UUID
    first_name: str
    last_name: str
    birth_date: date | None
    phone: str | None
    safe_for_voicemail: bool | None
    do_not_contact: bool


class CandidateView(View):
    """`waitlist_entry_id` or `recall_id`: for what they would come. `since`: the day since which they wait or are due.
    `instead_of`: their later visit. `reasons`: what their place in the list came of, the weightiest first."""

    patient: AskedPatient
    waitlist_entry_id: UUID | None
    recall_id: UUID | None
    service_id: UUID
    service_name: str
    duration_minutes: int
    price: MoneyShape
    urgent: bool
    since: date
    instead_of: UUID | None
    reasons: list[Reason]

    @classmethod
    def of(cls, ranked: Ranked, currency: str) -> Self:
        one = ranked.candidate
        patient = AskedPatient(
            id=one.patient_id, first_name=one.first_name, last_name=one.last_name, birth_date=one.birth_date, phone=one.phone,
            safe_for_voicemail=one.safe_for_voicemail, do_not_contact=one.do_not_contact,
        )  # fmt: skip
        return cls(
            patient=patient, waitlist_entry_id=one.entry_id, recall_id=one.recall_id, service_id=one.service_id,
            service_name=one.service_name, duration_minutes=one.minutes, price=MoneyShape(amount=one.price, currency=currency),
            urgent=one.urgent, since=one.since, instead_of=one.later_visit_id, reasons=ranked.reasons,
        )  # fmt: skip


class Candidates(View):
    items: list[CandidateView]
    next_cursor: str | None = None

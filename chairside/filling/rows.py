from datetime import date
from typing import NamedTuple
from uuid import UUID


class Candidate(NamedTuple):
    """Somebody whom the time suits. `entry_id` of the waiting list or `recall_id` says for what; `since` they wait, or are due;
    `asked_for` the provider by name; `later_visit_id` is the visit that they would rather have now. `price` in minor units of
    the clinic's currency; `kept` and `missed` visits of theirs."""

    entry_id: UUID | None
    recall_id: UUID | None
    patient_id: UUID
    first_name: str
    last_name: str
    birth_date: date | None
    phone: str | None
    safe_for_voicemail: bool | None
    do_not_contact: bool
    service_id: UUID
    service_name: str
    minutes: int
    price: int
    urgent: bool
    since: date
    asked_for: bool
    later_visit_id: UUID | None
    kept: int
    missed: int
    tried_on: date | None

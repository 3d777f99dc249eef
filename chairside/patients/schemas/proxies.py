from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Strict, View
from chairside.kernel.refusals import Wrong
from chairside.patients.rows import Proxy
from chairside.patients.schemas.patients import a_phone, an_email

Relationship = Literal["parent", "guardian", "spouse", "child", "relative", "caregiver", "attorney", "other"]
Scope = Literal["view_clinical", "view_billing", "schedule", "message", "manage"]
State = Literal["to_come", "in_force", "over", "of_age", "revoked"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Scopes = Annotated[list[Scope], Field(min_length=1, max_length=5)]
Proof = Annotated[str, StringConstraints(max_length=500)]
Flag = Annotated[bool, Field(strict=True)]
ABSENT: Any = Field(default_factory=lambda: None)


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return day


Day = Annotated[date, AfterValidator(_sensible)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(a_phone)]
Email = Annotated[str, Field(max_length=254), AfterValidator(an_email)]


class NewProxy(Strict):
    """Who acts for the patient: `holder_id`, a patient here themselves, or a `name`. Without `starts_on`, from today;
    `ends_at_majority`: until the patient is as old as the clinic's `majority_age`. `proof`: what was shown for it."""

    holder_id: UUID | None = None
    name: Line | None = None
    phone: Phone | None = None
    email: Email | None = None
    relationship: Relationship
    scopes: Scopes
    proof: Proof | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    ends_at_majority: Flag = False


class ProxyPatch(Strict):
    """Who it is stays as it was; a name and how they are reached are of somebody who is no patient here."""

    name: Line = ABSENT
    phone: Phone | None = None
    email: Email | None = None
    relationship: Relationship = ABSENT
    scopes: Scopes = ABSENT
    proof: Proof | None = None
    starts_on: Day = ABSENT
    ends_on: Day | None = None
    ends_at_majority: Flag = ABSENT


class ProofFileView(View):
    """What was shown, as a file: `size` in bytes. `/proof-file` gives it."""

    name: str
    kind: Literal["application/pdf", "image/jpeg", "image/png"]
    size: int
    added_at: Instant


class ProxyView(View):
    """`holder_id`: a patient here, too. `last_on`: the last day on which they act for the patient, by `ends_on` or the patient's
    coming of age. `revoked_at`: taken back before that."""

    id: UUID
    patient_id: UUID
    patient_name: str
    holder_id: UUID | None
    name: str
    phone: str | None
    email: str | None
    relationship: Relationship
    scopes: list[Scope]
    proof: str | None
    starts_on: date
    ends_on: date | None
    ends_at_majority: bool
    last_on: date | None
    state: State
    revoked_at: Instant | None
    version: int
    proof_file: ProofFileView | None

    @classmethod
    def of(cls, proxy: Proxy, today: date) -> Self:
        return cls(**proxy._asdict() | {"last_on": proxy.last_on, "state": proxy.state(today)})


class Proxies(View):
    """`items` act for the patient; for those in `acts_for` the patient acts."""

    items: list[ProxyView]
    acts_for: list[ProxyView]
    next_cursor: str | None = None

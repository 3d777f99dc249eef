from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Instant, LongText, Strict, View
from chairside.kernel.refusals import Wrong
from chairside.patients.rows import Address, Patient
from chairside.patients.rows import Contact as ContactRow

Sex = Literal["female", "male", "other", "unknown"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Optional = Annotated[str, StringConstraints(max_length=200)]
RegisterNumber = Annotated[str, StringConstraints(min_length=1, max_length=30, pattern=r"^[^\s].*$")]


def _lived(day: date) -> date:
    if not 1850 <= day.year <= 2200:
        raise Wrong("not_a_birth_date", "Enter a date of birth between 1850 and today.")
    return day


BirthDate = Annotated[date, AfterValidator(_lived)]


def an_email(text: str) -> str:
    before, at, after = text.partition("@")
    if not (before and at and "." in after.strip(".") and "@" not in after and " " not in text):
        raise Wrong("not_an_email", "This is not an e-mail address.")
    return text


def a_phone(text: str) -> str:
    if not 3 <= sum(letter.isdigit() for letter in text) <= 20:
        raise Wrong("not_a_phone", "Write a phone number, with its digits.")
    return text


class Contact(Strict):
    type: Literal["mobile", "home", "work", "email"]
    value: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    is_primary: bool = False
    safe_for_voicemail: bool = False

    def check(self, pointer: str) -> tuple[str, str, str] | None:
        """What is wrong with it, or nothing."""
        try:
            (an_email if self.type == "email" else a_phone)(self.value)
        except Wrong as wrong:
            return pointer, wrong.code, str(wrong)
        return None


class PostalAddress(Strict):
    line1: Optional | None = None
    line2: Optional | None = None
    city: Optional | None = None
    region: Optional | None = None
    postal_code: Annotated[str, Field(max_length=20)] | None = None
    country: Optional | None = None


class PatientFacts(Strict):
    middle_name: Optional | None = None
    preferred_name: Optional | None = None
    address: PostalAddress | None = None
    note: LongText | None = None
    guarantor_id: UUID | None = None


class NewPatient(PatientFacts):
    first_name: Name
    last_name: Name
    birth_date: BirthDate
    sex: Sex = "unknown"
    register_number: RegisterNumber | None = None
    contacts: Annotated[list[Contact], Field(max_length=20)] = []


class PatientPatch(PatientFacts):
    first_name: Name | None = None
    last_name: Name | None = None
    birth_date: BirthDate | None = None
    sex: Sex | None = None
    register_number: RegisterNumber | None = None
    contacts: Annotated[list[Contact], Field(max_length=20)] | None = None


class Likeness(Strict):
    """What is known of somebody who may already be registered."""

    first_name: Optional
    last_name: Optional
    birth_date: BirthDate | None = None
    contacts: Annotated[list[Contact], Field(max_length=20)] = []


class SearchWords(Strict):
    q: Annotated[str, Field(max_length=100)]
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class Registered(View):
    """The patient, and who may be the same person."""

    id: UUID
    register_number: str
    first_name: str
    middle_name: str | None
    last_name: str
    preferred_name: str | None
    birth_date: date | None
    sex: Sex
    address: Address | None
    note: str | None
    contacts: list[ContactRow]
    guarantor_id: UUID | None
    archived_at: Instant | None
    created_at: Instant
    version: int
    possible_duplicates: list[Patient]


class PatientPage(View):
    items: list[Patient]
    next_cursor: str | None = None


class RelativeView(View):
    id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date | None
    guarantor_id: UUID | None


class Family(View):
    items: list[RelativeView]
    next_cursor: str | None = None


class NewTeamMember(Strict):
    member_id: UUID


class TeamMemberView(View):
    """`named_at`: since when they are named on the team. Those with visits are on it in any case."""

    member_id: UUID
    name: str
    named_at: Instant | None
    has_visits: bool


class CareTeam(View):
    items: list[TeamMemberView]
    next_cursor: str | None = None

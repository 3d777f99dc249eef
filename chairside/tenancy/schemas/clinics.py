from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.kernel.refusals import Wrong
from chairside.tenancy import rules
from chairside.tenancy.schemas.outside import WayInView


def _slug(slug: str) -> str:
    if not rules.slug_is_an_address(slug):
        raise Wrong(
            "not_a_slug", "Use 3 to 40 small letters, digits and hyphens, beginning with a letter; some words are reserved."
        )
    return slug


def _timezone(zone: str) -> str:
    if zone not in rules.timezones():
        raise Wrong("not_a_time_zone", "Choose a time zone such as Europe/Bucharest.")
    return zone


def _locale(locale: str) -> str:
    if not rules.is_locale(locale):
        raise Wrong("not_a_language", "Choose a language such as en-US or ro.")
    return locale


def _currency(currency: str) -> str:
    if currency not in rules.currencies():
        raise Wrong("not_a_currency", "Choose a currency such as USD.")
    return currency


Slug = Annotated[str, StringConstraints(max_length=64), AfterValidator(_slug)]
Timezone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_timezone)]
LocaleName = Annotated[str, StringConstraints(max_length=16), AfterValidator(_locale)]
Currency = Annotated[str, StringConstraints(max_length=3), AfterValidator(_currency)]
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=12, max_length=200)]


class NewOwner(Strict):
    name: Line
    email: Email
    password: Password


class NewClinic(Strict):
    name: Line
    slug: Slug
    timezone: Timezone
    locale: LocaleName = "en-US"
    currency: Currency = "USD"
    owner: NewOwner | None = None


class Address(Strict):
    line1: Annotated[str, Field(max_length=200)] | None = None
    line2: Annotated[str, Field(max_length=200)] | None = None
    city: Annotated[str, Field(max_length=100)] | None = None
    region: Annotated[str, Field(max_length=100)] | None = None
    postal_code: Annotated[str, Field(max_length=20)] | None = None
    country: Annotated[str, Field(max_length=60)] | None = None


Notation = Literal["fdi", "universal", "palmer"]
Charging = Literal["at_start", "at_end", "by_share"]


class ClinicPatch(Strict):
    """`tooth_notation` null: as the clinic's country has it. `treatment_charging`: when work of several visits is charged."""

    name: Line = ""
    timezone: Timezone = ""
    locale: LocaleName = ""
    address: Address | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None
    email: Email | None = None
    tax_id: Annotated[str, Field(max_length=40)] | None = None
    feeds_name_services: Annotated[bool, Field(strict=True)] = False
    majority_age: Annotated[int, Field(strict=True, ge=12, le=25)] = 18
    fills_freed_times: Annotated[bool, Field(strict=True)] = False
    tooth_notation: Notation | None = None
    history_review_months: Annotated[int, Field(strict=True, ge=1, le=60)] | None = None
    holiday_region: Annotated[str, Field(max_length=60)] | None = None
    prints_prescriptions: Annotated[bool, Field(strict=True)] = True
    treatment_charging: Charging = "at_end"


class ClinicView(View):
    id: UUID
    slug: str
    name: str
    timezone: str
    locale: str
    currency: str
    address: Address | None
    phone: str | None
    email: str | None
    tax_id: str | None
    logo_file_id: UUID | None
    feeds_name_services: bool
    majority_age: int
    fills_freed_times: bool
    tooth_notation: Notation | None
    history_review_months: int | None
    holiday_region: str | None
    prints_prescriptions: bool
    treatment_charging: Charging
    version: int


class SignUpMailed(View):
    """A letter is on its way to this address, whoever has it."""

    email: str


class ClinicHere(ClinicView):
    """The clinic, and what the one who asks may do in it."""

    permissions: list[str]


class Credentials(Strict):
    email: Annotated[str, Field(max_length=254)]
    password: Annotated[str, StringConstraints(strip_whitespace=False, max_length=200)]
    code: Annotated[str, Field(max_length=20)] | None = None


class PrincipalView(View):
    id: UUID
    name: str
    email: str


class WorkplaceView(View):
    id: UUID
    slug: str
    name: str
    roles: list[str]
    second_factor_from: Instant | None
    """From then on one works there only with a second factor."""


class SessionView(View):
    """`proved_at`: when its person last proved who they are. `second_factor`: in this session; `enrolled`: the person has one.
    `locked`: nothing is answered until it is unlocked."""

    principal: PrincipalView
    clinics: list[WorkplaceView]
    expires_at: Instant
    idle_expires_at: Instant
    proved_at: Instant
    second_factor: bool
    enrolled: bool
    locked: bool
    has_pin: bool


class ColleagueView(View):
    id: UUID
    name: str


class Colleagues(View):
    items: list[ColleagueView]
    next_cursor: str | None = None


class DeploymentView(View):
    """What anyone may know of this deployment before signing in."""

    sign_up: bool
    single_clinic: bool
    mail: bool
    """Letters reach people: a sign-up is confirmed by one."""
    mailbox: bool
    """Development only: letters are kept on this machine, and can be read at /mailbox."""
    invitation_hours: int
    """How long the link of an invitation is good."""
    providers: list[WayInView]
    """Who else may vouch for people, in the order in which to offer them."""

"""How people prove who they are, what a clinic asks of them, and the programs that it lets in."""

from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from chairside.kernel.http.shapes import Instant, Line, NewInstant, Strict, View
from chairside.kernel.refusals import Wrong
from chairside.tenancy.schemas.clinics import ColleagueView
from chairside.tenancy.schemas.outside import WayInView

GivenPassword = Annotated[str, StringConstraints(strip_whitespace=False, max_length=200)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Pin = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


Permissions = Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=100), AfterValidator(_once)]


class Signed(Strict):
    """What `navigator.credentials` gave for a challenge, as its toJSON() writes it."""

    challenge_id: UUID
    credential: dict[str, Any]


class Challenge(View):
    """`options` are for `navigator.credentials`, read by parseRequestOptionsFromJSON or parseCreationOptionsFromJSON."""

    id: UUID
    options: dict[str, Any]


class NewProof(Strict):
    """One of them: a passkey, a code of the authenticator app or a recovery code; of somebody who has neither, the password."""

    password: GivenPassword | None = None
    code: Code | None = None
    passkey: Signed | None = None

    @model_validator(mode="after")
    def _one(self) -> "NewProof":
        if sum(given is not None for given in (self.password, self.code, self.passkey)) != 1:
            raise Wrong("one_of", "Send exactly one of password, code and passkey.")
        return self


class NewPin(Strict):
    pin: Pin


class NewPasskey(Signed):
    name: Line


class PasskeyPatch(Strict):
    name: Line


class PasskeyView(View):
    """`backed_up`: it is kept by an account of its own and survives the device."""

    id: UUID
    name: str
    backed_up: bool
    created_at: Instant
    last_used_at: Instant | None


class SecurityView(View):
    """What one proves oneself with. `enrolled_at`: since when with more than a password. `providers`: with which one has linked
    an account."""

    has_password: bool
    has_totp: bool
    codes_left: int
    enrolled_at: Instant | None
    passkeys: list[PasskeyView]
    providers: list[WayInView]


class Square(View):
    """A QR code as an SVG path of dark squares in a field of so many squares a side, quiet border included."""

    side: int
    path: str


class NewAuthenticator(View):
    """For the app: the picture, or the secret typed by hand."""

    uri: str
    secret: str
    qr: Square


class GivenCode(Strict):
    code: Code


class RecoveryCodes(View):
    """Shown this once."""

    codes: list[str]


class OpenSessionView(View):
    """`proved_by`: password, passkey, or the provider that vouched; `current`: the one that asks."""

    id: UUID
    ip: IPv4Address | IPv6Address | None
    agent: str | None
    proved_by: str
    second_factor: bool
    locked: bool
    created_at: Instant
    seen_at: Instant
    ends_at: Instant
    current: bool


class OpenSessions(View):
    items: list[OpenSessionView]
    next_cursor: str | None = None


class MemberSessionView(OpenSessionView):
    member_id: UUID
    name: str


class MemberSessions(View):
    items: list[MemberSessionView]
    next_cursor: str | None = None


class SignInRulesView(View):
    """`mfa_from`: from then on nobody works here without a second factor, newcomers after `mfa_grace_days`. Without
    `idle_minutes` and `session_hours` the deployment's hold, which are shown beside them."""

    mfa_from: Instant | None
    mfa_grace_days: int
    idle_minutes: int | None
    session_hours: int | None
    usual_idle_minutes: int
    usual_session_hours: int
    without_factor: int
    """How many who work here have none yet."""
    version: int


class SignInRulesPatch(Strict):
    mfa_from: NewInstant | None = None
    mfa_grace_days: Annotated[int, Field(strict=True, ge=0, le=90)] = 7
    idle_minutes: Annotated[int, Field(strict=True, ge=2, le=480)] | None = None
    session_hours: Annotated[int, Field(strict=True, ge=1, le=72)] | None = None


class RecordRulesView(View):
    """`care_teams`: besides those who may open every record, only its care team opens a patient's."""

    care_teams: bool
    restricted: list[ColleagueView]
    """Who opens only some records then, programs after people."""
    version: int


class RecordRulesPatch(Strict):
    care_teams: Annotated[bool, Field(strict=True)]


class NewServiceAccount(Strict):
    name: Line
    permissions: Permissions
    expires_at: NewInstant | None = None


class ServiceAccountPatch(Strict):
    name: Line | None = None
    permissions: Permissions | None = None


class NewServiceKey(Strict):
    expires_at: NewInstant | None = None


class ServiceKeyView(View):
    """`hint`: its last characters."""

    id: UUID
    hint: str
    expires_at: Instant | None
    revoked_at: Instant | None
    last_used_at: Instant | None
    created_at: Instant
    created_by: UUID


class ShownKey(ServiceKeyView):
    """`key`: shown this once."""

    key: str


class ServiceAccountView(View):
    id: UUID
    name: str
    permissions: list[str]
    revoked_at: Instant | None
    created_at: Instant
    created_by: UUID
    version: int
    keys: list[ServiceKeyView]


class NewServiceAccountView(ServiceAccountView):
    """`key`: of the program's first key, shown this once."""

    key: str


class ServiceAccounts(View):
    items: list[ServiceAccountView]
    next_cursor: str | None = None

from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

SETUP = Topic("setup", "clinic.read")
"""Everything that is set up once and read everywhere: the clinic itself, its providers, rooms, services and hours."""
MEMBERS = Topic("members", "members.read")


@dataclass(frozen=True)
class ClinicDetailsChanged(Event):
    """Its name, address, time zone or language."""

    name = "tenancy.clinic_details_changed"
    topic = SETUP

    clinic_id: UUID


@dataclass(frozen=True)
class MemberInvited(Event):
    """For the first time, or once more."""

    name = "tenancy.member_invited"
    topic = MEMBERS

    invitation_id: UUID


@dataclass(frozen=True)
class InvitationRevoked(Event):
    name = "tenancy.invitation_revoked"
    topic = MEMBERS

    invitation_id: UUID


@dataclass(frozen=True)
class MemberJoined(Event):
    name = "tenancy.member_joined"
    topic = MEMBERS

    member_id: UUID


@dataclass(frozen=True)
class MemberChanged(Event):
    """Their roles, or whether they are suspended."""

    name = "tenancy.member_changed"
    topic = MEMBERS

    member_id: UUID


@dataclass(frozen=True)
class RoleChanged(Event):
    """Made, changed or removed: whoever has it may do something else from now on."""

    name = "tenancy.role_changed"
    topic = MEMBERS

    role_id: UUID


@dataclass(frozen=True)
class SignUpAsked(Event):
    """The clinic does not exist yet; its future id fences the fact."""

    name = "tenancy.sign_up_asked"
    topic = MEMBERS

    sign_up_id: UUID


@dataclass(frozen=True)
class ServiceAccountChanged(Event):
    """A program was let in, changed or shut out, or its keys were."""

    name = "tenancy.service_account_changed"
    topic = MEMBERS

    account_id: UUID


@dataclass(frozen=True)
class PasswordResetAsked(Event):
    """Somebody has forgotten a password. No clinic's: an id of the link's own fences the fact."""

    name = "tenancy.password_reset_asked"
    topic = MEMBERS

    link_id: UUID


@dataclass(frozen=True)
class PasswordReset(Event):
    """By the link of a letter."""

    name = "tenancy.password_reset"
    topic = MEMBERS

    link_id: UUID


@dataclass(frozen=True)
class EmailChangeAsked(Event):
    """To an address that is not proved yet."""

    name = "tenancy.email_change_asked"
    topic = MEMBERS

    link_id: UUID


@dataclass(frozen=True)
class EmailChanged(Event):
    """The new address was proved."""

    name = "tenancy.email_changed"
    topic = MEMBERS

    link_id: UUID

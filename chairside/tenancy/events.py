from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event


@dataclass(frozen=True)
class MemberInvited(Event):
    """For the first time, or once more."""

    name = "tenancy.member_invited"

    invitation_id: UUID


@dataclass(frozen=True)
class InvitationRevoked(Event):
    name = "tenancy.invitation_revoked"

    invitation_id: UUID


@dataclass(frozen=True)
class MemberJoined(Event):
    name = "tenancy.member_joined"

    member_id: UUID


@dataclass(frozen=True)
class MemberChanged(Event):
    """Their roles, or whether they are suspended."""

    name = "tenancy.member_changed"

    member_id: UUID


@dataclass(frozen=True)
class SignUpAsked(Event):
    """The clinic does not exist yet; its future id fences the fact."""

    name = "tenancy.sign_up_asked"

    sign_up_id: UUID

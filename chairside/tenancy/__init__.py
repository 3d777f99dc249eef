"""Clinics, who works in them, and what their roles permit."""

from chairside.tenancy.actions.clinics import ClinicChanged, SlugTaken, add_clinic, change, sign_up, sign_up_key
from chairside.tenancy.actions.invitations import (
    AlreadyInvited,
    AlreadyMember,
    InvitationExpired,
    InvitationIsStale,
    InvitationRevokedAlready,
    InvitationUsed,
    accept_invitation,
    get_invitation_link,
    invite,
    read_invitation,
    revoke_invitation,
    send_invitation_again,
)
from chairside.tenancy.actions.members import (
    LastOwner,
    MemberIsStale,
    MoreThanYours,
    NotYourself,
    OnlyAnOwner,
    change_roles,
    end_sessions,
    rename,
    restore,
    suspend,
)
from chairside.tenancy.actions.sign_ups import SignUpExpired, SignUpUsed, ask_to_sign_up, confirm_sign_up
from chairside.tenancy.events import MEMBERS, SETUP, InvitationRevoked, MemberChanged, MemberInvited, MemberJoined, SignUpAsked
from chairside.tenancy.permissions import CATALOGUE, TEMPLATES
from chairside.tenancy.queries.clinics import count, find, get, list_colleagues, list_workplaces
from chairside.tenancy.queries.invitations import (
    INVITING,
    OPENING,
    LinkUnknown,
    NoSuchInvitation,
    get_invitation,
    get_sign_up,
    list_invitations,
)
from chairside.tenancy.queries.members import NoSuchMember, get_member, list_members, list_roles
from chairside.tenancy.rows import Clinic, Colleague, Invitation, Member, Role, Workplace

__all__ = [
    "CATALOGUE", "INVITING", "MEMBERS", "OPENING", "SETUP", "TEMPLATES", "AlreadyInvited", "AlreadyMember", "Clinic",
    "ClinicChanged", "Colleague", "Invitation", "InvitationExpired", "InvitationIsStale", "InvitationRevoked",
    "InvitationRevokedAlready", "InvitationUsed", "LastOwner", "LinkUnknown", "Member", "MemberChanged", "MemberInvited",
    "MemberIsStale", "MemberJoined", "MoreThanYours", "NoSuchInvitation", "NoSuchMember", "NotYourself", "OnlyAnOwner",
    "Role", "SignUpAsked", "SignUpExpired", "SignUpUsed", "SlugTaken", "Workplace", "accept_invitation", "add_clinic",
    "ask_to_sign_up", "change", "change_roles", "confirm_sign_up", "count", "end_sessions", "find", "get", "get_invitation",
    "get_invitation_link", "get_member", "get_sign_up", "invite", "list_colleagues", "list_invitations", "list_members",
    "list_roles", "list_workplaces", "read_invitation", "rename", "restore", "revoke_invitation", "send_invitation_again",
    "sign_up", "sign_up_key", "suspend",
]  # fmt: skip

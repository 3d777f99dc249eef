"""Clinics, who works in them, and what their roles permit."""

from chairside.tenancy.actions.accepting import (
    InvitationOutdated,
    InvitedAtAnotherAddress,
    InvitedHasAccount,
    accept_by_provider,
    accept_invitation,
)
from chairside.tenancy.actions.clinics import ClinicChanged, SlugTaken, add_clinic, change, sign_up, sign_up_key
from chairside.tenancy.actions.invitations import (
    AlreadyInvited,
    AlreadyMember,
    InvitationExpired,
    InvitationIsStale,
    InvitationRevokedAlready,
    InvitationUsed,
    get_invitation_link,
    invite,
    read_invitation,
    revoke_invitation,
    send_invitation_again,
)
from chairside.tenancy.actions.looking import begin_looking, see_as
from chairside.tenancy.actions.members import (
    EmployeeIdTaken,
    LastOwner,
    MemberIsStale,
    MoreThanYours,
    NotYourself,
    OnlyAnOwner,
    change_member,
    end_session,
    end_sessions,
    rename,
    restore,
    suspend,
)
from chairside.tenancy.actions.person_links import (
    NoSuchPerson,
    PasswordLink,
    PersonLinkUsed,
    ask_new_email,
    ask_new_password,
    change_email,
    confirm_new_email,
    give_password_link,
    reset_password,
)
from chairside.tenancy.actions.record_rules import change_record_rules
from chairside.tenancy.actions.roles import (
    BeyondYours,
    RoleInUse,
    RoleIsStale,
    RoleIsTheProducts,
    RoleNameTaken,
    TooManyRoles,
    add_role,
    change_role,
    remove_role,
)
from chairside.tenancy.actions.service_accounts import (
    MoreThanYouMay,
    NoSuchKey,
    OnlyAPerson,
    ServiceAccountIsStale,
    ServiceAccountRevoked,
    TooManyKeys,
    TooManyServiceAccounts,
    add_service_account,
    add_service_key,
    change_service_account,
    revoke_service_account,
    revoke_service_key,
)
from chairside.tenancy.actions.sign_in_rules import change_sign_in_rules
from chairside.tenancy.actions.sign_ups import ask_to_sign_up, confirm_sign_up
from chairside.tenancy.events import (
    MEMBERS,
    SETUP,
    EmailChangeAsked,
    EmailChanged,
    InvitationRevoked,
    MemberChanged,
    MemberInvited,
    MemberJoined,
    PasswordReset,
    PasswordResetAsked,
    RoleChanged,
    ServiceAccountChanged,
    SignUpAsked,
)
from chairside.tenancy.permissions import CATALOGUE, GROUPS, TEMPLATES, group_of
from chairside.tenancy.queries.clinics import (
    count,
    find,
    get,
    get_record_rules,
    get_sign_in_rules,
    list_colleagues,
    list_workplaces,
)
from chairside.tenancy.queries.invitations import (
    INVITING,
    OPENING,
    LinkUnknown,
    NoSuchInvitation,
    get_invitation,
    get_sign_up,
    list_invitations,
)
from chairside.tenancy.queries.members import NoSuchMember, count_without_factor, get_member, list_members
from chairside.tenancy.queries.person_links import CHANGING, RESETTING, get_person_link
from chairside.tenancy.queries.roles import (
    NoSuchRole,
    compare_role,
    get_role,
    list_permissions,
    list_restricted,
    list_roles,
    may_give,
)
from chairside.tenancy.queries.service_accounts import NoSuchServiceAccount, get_service_account, list_service_accounts
from chairside.tenancy.queries.sessions import list_sessions
from chairside.tenancy.rows import (
    Clinic,
    Colleague,
    Invitation,
    Member,
    Permission,
    PersonLink,
    RecordRules,
    Role,
    RoleChange,
    ServiceAccount,
    ServiceKey,
    SignInRules,
    Workplace,
)

__all__ = [
    "CATALOGUE", "CHANGING", "GROUPS", "INVITING", "MEMBERS", "OPENING", "RESETTING", "SETUP", "TEMPLATES", "AlreadyInvited",
    "AlreadyMember", "BeyondYours", "Clinic", "ClinicChanged", "Colleague", "EmailChangeAsked", "EmailChanged",
    "EmployeeIdTaken", "Invitation", "InvitationExpired", "InvitationIsStale", "InvitationOutdated", "InvitationRevoked",
    "InvitationRevokedAlready", "InvitationUsed", "InvitedAtAnotherAddress", "InvitedHasAccount", "LastOwner", "LinkUnknown",
    "Member", "MemberChanged", "MemberInvited", "MemberIsStale", "MemberJoined", "MoreThanYouMay", "MoreThanYours",
    "NoSuchInvitation", "NoSuchKey", "NoSuchMember", "NoSuchPerson", "NoSuchRole", "NoSuchServiceAccount", "NotYourself",
    "OnlyAPerson", "OnlyAnOwner", "PasswordLink", "PasswordReset", "PasswordResetAsked", "Permission", "PersonLink",
    "PersonLinkUsed", "RecordRules", "Role", "RoleChange", "RoleChanged", "RoleInUse", "RoleIsStale", "RoleIsTheProducts",
    "RoleNameTaken", "ServiceAccount", "ServiceAccountChanged", "ServiceAccountIsStale", "ServiceAccountRevoked",
    "ServiceKey", "SignInRules", "SignUpAsked", "SlugTaken", "TooManyKeys", "TooManyRoles",
    "TooManyServiceAccounts", "Workplace", "accept_by_provider", "accept_invitation", "add_clinic", "add_role",
    "add_service_account", "add_service_key", "ask_new_email", "ask_new_password", "ask_to_sign_up", "begin_looking",
    "change", "change_email", "change_member", "change_record_rules", "change_role", "change_service_account",
    "change_sign_in_rules", "compare_role", "confirm_new_email", "confirm_sign_up", "count", "count_without_factor",
    "end_session", "end_sessions", "find", "get", "get_invitation", "get_invitation_link", "get_member", "get_person_link",
    "get_record_rules", "get_role", "get_service_account", "get_sign_in_rules", "get_sign_up", "give_password_link",
    "group_of", "invite", "list_colleagues", "list_invitations", "list_members", "list_permissions", "list_restricted",
    "list_roles", "list_service_accounts", "list_sessions", "list_workplaces", "may_give", "read_invitation", "remove_role",
    "rename", "reset_password", "restore", "revoke_invitation", "revoke_service_account", "revoke_service_key", "see_as",
    "send_invitation_again", "sign_up", "sign_up_key", "suspend",
]  # fmt: skip

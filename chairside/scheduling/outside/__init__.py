"""Calendars that providers keep elsewhere. App and worker call `ask_with` once, at their edge."""

from chairside.kernel.outbound import Outbound
from chairside.kernel.settings import Settings
from chairside.scheduling.outside.accounts import Account, accounts
from chairside.scheduling.outside.asking import BYTES, SECONDS, Asked, Elsewhere, NotRefreshed, Revoked, Told
from chairside.scheduling.outside.google import Google
from chairside.scheduling.outside.ics import Ics
from chairside.scheduling.outside.microsoft import Microsoft

__all__ = ["Account", "Asked", "Elsewhere", "NotRefreshed", "Revoked", "Told", "account_of", "ask_with", "kinds", "of_kind"]

_ASKED: dict[str, Elsewhere] = {}
_ACCOUNTS: dict[str, Account] = {}


def ask_with(settings: Settings) -> None:
    """From now on calendars are asked for as these say. Refuses AccountsRefused."""
    own = frozenset(host.strip().lower() for host in settings.calendar_hosts.split(",") if host.strip())
    outbound = Outbound(own=own, ca=settings.calendar_ca, seconds=SECONDS, most=BYTES)
    _ASKED.clear()
    _ASKED["ics"] = Ics(outbound)
    _ACCOUNTS.clear()
    for one in accounts(settings.calendar_accounts):
        _ACCOUNTS[one.kind] = one
        _ASKED[one.kind] = Google(one) if one.kind == "google" else Microsoft(one)


def of_kind(kind: str) -> Elsewhere:
    """Refuses NotRefreshed of a kind that the operator has not set up."""
    if kind not in _ASKED:
        raise NotRefreshed("not_configured")
    return _ASKED[kind]


def account_of(kind: str) -> Account | None:
    return _ACCOUNTS.get(kind)


def kinds() -> list[str]:
    """Those that can be connected here."""
    return list(_ASKED)

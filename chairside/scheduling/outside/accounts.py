"""Calendars behind an account: where a person is sent to grant a look at when they are busy, and what comes of it (OAuth 2 with
a code and PKCE, RFC 6749, 7636). An operator's file names the clients; without it there are none."""

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from chairside.kernel.log import say
from chairside.kernel.outbound import NotReached, Outbound
from chairside.kernel.stop import Stop
from chairside.scheduling.outside.asking import BYTES, SECONDS, NotRefreshed, Revoked, not_reached

FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
CLIENT = ("client_id", "client_secret", "client_secret_file", "authorize", "token", "api", "local", "ca")


class AccountsRefused(Stop):
    """The file of the calendar accounts is missing or wrong; its sentence is for the operator."""


@dataclass(frozen=True, slots=True)
class Account:
    """A kind of account, as the operator has registered with whoever keeps it."""

    kind: str
    authorize: str
    token: str
    api: str
    scope: str
    params: tuple[tuple[str, str], ...] = ()
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    local: bool = False
    """Its endpoints stand in the operator's own network."""
    ca: str = ""

    @property
    def outbound(self) -> Outbound:
        hosts = {urlsplit(one).hostname or "" for one in (self.token, self.api)}
        return Outbound(own=frozenset(hosts if self.local else ()), ca=self.ca, seconds=SECONDS, most=BYTES)

    def address(self, *, redirect_uri: str, state: str, verifier: str) -> str:
        """Where the browser goes."""
        where: str = prepare_grant_uri(
            self.authorize, client_id=self.client_id, response_type="code", redirect_uri=redirect_uri, scope=self.scope,
            state=state, code_challenge=create_s256_code_challenge(verifier), code_challenge_method="S256", **dict(self.params),
        )  # fmt: skip
        return where

    async def granted(self, *, code: str, redirect_uri: str, verifier: str) -> str:
        """The token with which they are asked from now on. Refuses NotRefreshed, Revoked."""
        given = await self._tokens(grant_type="authorization_code", code=code, redirect_uri=redirect_uri, code_verifier=verifier)
        if not isinstance(token := given.get("refresh_token"), str):
            raise NotRefreshed("refused")
        return token

    async def entered(self, refresh_token: str) -> tuple[str, str | None]:
        """A token for this once, and another for the times to come where they gave one. Refuses NotRefreshed, Revoked."""
        given = await self._tokens(grant_type="refresh_token", refresh_token=refresh_token)
        access, another = given.get("access_token"), given.get("refresh_token")
        if not isinstance(access, str) or not access.isprintable():
            raise NotRefreshed("unreadable")
        return access, another if isinstance(another, str) and another != refresh_token else None

    async def _tokens(self, **form: str) -> dict[str, Any]:
        body = urlencode(form | {"client_id": self.client_id, "client_secret": self.client_secret}).encode()
        try:
            answer = await self.outbound.post(self.token, body=body, headers=FORM)
            given = answer.json()
        except NotReached as error:
            raise not_reached(error) from error
        if answer.status == 200:
            return given
        if given.get("error") == "invalid_grant":
            raise Revoked()
        say().warning("calendar_refuses_us", kind=self.kind, code=str(answer.status))
        ours = given.get("error") in ("invalid_client", "unauthorized_client")
        raise NotRefreshed("not_configured" if ours else "away")


KNOWN = {
    "google": Account(
        "google", "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token",
        "https://www.googleapis.com/calendar/v3", "https://www.googleapis.com/auth/calendar.freebusy",
        (("access_type", "offline"), ("prompt", "consent")),
    ),
    "microsoft": Account(
        "microsoft", "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token", "https://graph.microsoft.com/v1.0",
        "offline_access https://graph.microsoft.com/Calendars.ReadBasic", (("prompt", "select_account"),),
    ),
}  # fmt: skip


def accounts(path: str) -> list[Account]:
    """Of the operator's file. Refuses AccountsRefused."""
    if not path:
        return []
    try:
        read = tomllib.loads(Path(path).read_text())
    except OSError as error:
        raise AccountsRefused(f"CHAIRSIDE_CALENDAR_ACCOUNTS: {path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise AccountsRefused(f"CHAIRSIDE_CALENDAR_ACCOUNTS: {path} is no TOML: {error}.") from None
    return [_account(kind, table, Path(path).parent) for kind, table in read.items()]


def _account(kind: str, given: Any, beside: Path) -> Account:
    if kind not in KNOWN or not isinstance(given, dict):
        raise AccountsRefused(f"CHAIRSIDE_CALENDAR_ACCOUNTS: a table is [google] or [microsoft]; [{kind}] is neither.")
    texts = {name: value for name, value in given.items() if name != "local"}
    if set(given) - set(CLIENT) or not all(isinstance(one, str) for one in texts.values()):
        raise AccountsRefused(f"CHAIRSIDE_CALENDAR_ACCOUNTS: [{kind}] has texts, {', '.join(CLIENT)}, and nothing else.")
    secret = texts.pop("client_secret", "")
    if file := texts.pop("client_secret_file", ""):
        try:
            secret = (beside / file).read_text().strip()
        except (OSError, ValueError):
            raise AccountsRefused(f"CHAIRSIDE_CALENDAR_ACCOUNTS: the client_secret_file of [{kind}] cannot be read.") from None
    if not texts.get("client_id") or not secret:
        raise AccountsRefused(f"CHAIRSIDE_CALENDAR_ACCOUNTS: [{kind}] needs client_id, and client_secret or client_secret_file.")
    account = replace(KNOWN[kind], **texts, client_secret=secret, local=given.get("local") is True)
    if not all(urlsplit(one).scheme == "https" for one in (account.authorize, account.token, account.api)):
        raise AccountsRefused(f"CHAIRSIDE_CALENDAR_ACCOUNTS: the addresses of [{kind}] begin with https://.")
    return replace(account, ca=str(beside / account.ca) if account.ca else "")

"""Providers over the network: what they publish of themselves, kept for a while; a code exchanged for whom they recognised."""

import asyncio
import base64
import hashlib
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from chairside.identity.outside.tokens import Vouched, VouchedWrongly, believe, key_named
from chairside.kernel.log import say
from chairside.kernel.outbound import NotReached, Outbound
from chairside.kernel.providers import Provider

KEPT = 3600.0  # seconds
AGAIN = 10.0  # before a provider that was away, or has no such key, is asked anew
ANEW = {"prompt": "login", "max_age": "0"}  # OpenID Connect Core 1.0, 3.1.2.1; with the second, auth_time is told
FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}


class ProviderAway(Exception):
    """Its machines cannot be reached, or do not answer as the standard says."""


class Secrets(NamedTuple):
    """Of one trip, made from what the browser holds and what the provider gives back: nobody else can make them, and nothing of
    them is kept here."""

    verifier: str
    nonce: str

    @classmethod
    def of(cls, browser: str, state: str) -> "Secrets":
        def made(purpose: str) -> str:
            digest = hashlib.sha256(f"{purpose}\0{browser}\0{state}".encode()).digest()
            return base64.urlsafe_b64encode(digest).decode().rstrip("=")

        return cls(made("verifier"), made("nonce"))


class Asking:
    """One provider."""

    def __init__(self, provider: Provider, outbound: Outbound | None = None) -> None:
        self.provider = provider
        own = frozenset({provider.host} if provider.local else ())
        self.outbound = outbound or Outbound(own=own, ca=provider.ca)
        self._known: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, list[dict[str, Any]]] | None = None
        self._away_until = 0.0
        self._one = asyncio.Lock()

    async def address(self, *, redirect_uri: str, state: str, browser: str, anew: bool = False, hint: str | None = None) -> str:
        """Where the browser goes. `anew`: whoever the provider remembers is asked all the same, and it says when that was;
        `hint`: the address of whom we expect. Refuses ProviderAway."""
        known = await self._discovered()
        secrets = Secrets.of(browser, state)
        where: str = prepare_grant_uri(
            known["authorization_endpoint"], client_id=self.provider.client_id, response_type="code", redirect_uri=redirect_uri,
            scope=self.provider.scopes, state=state, nonce=secrets.nonce,
            code_challenge=create_s256_code_challenge(secrets.verifier), code_challenge_method="S256",
            **({"login_hint": hint} if hint else {}) | dict(self.provider.params) | (ANEW if anew else {}),
        )  # fmt: skip
        return where

    async def exchange(
        self, *, code: str, issuer: str | None, redirect_uri: str, state: str, browser: str, now: datetime
    ) -> Vouched:
        """Whom the provider recognised. `issuer` as the browser brought it (RFC 9207). Refuses ProviderAway, VouchedWrongly."""
        known = await self._discovered()
        if issuer != self.provider.issuer and (issuer or known.get("authorization_response_iss_parameter_supported") is True):
            raise VouchedWrongly("iss")
        secrets = Secrets.of(browser, state)
        given = await self._tokens(known, code=code, redirect_uri=redirect_uri, verifier=secrets.verifier)
        token, access = given.get("id_token"), given.get("access_token")
        if not isinstance(token, str) or not (access is None or isinstance(access, str)):
            raise VouchedWrongly("token")
        keys = await self._keys_for(known, key_named(token))
        return believe(token, keys=keys, provider=self.provider, nonce=secrets.nonce, access_token=access, now=now)

    async def _tokens(self, known: dict[str, Any], *, code: str, redirect_uri: str, verifier: str) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
        headers = dict(FORM)
        ours, secret = self.provider.client_id, self.provider.client_secret
        ways = known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if secret and "client_secret_basic" in ways:
            both = f"{quote(ours, safe='')}:{quote(secret, safe='')}"  # RFC 6749, 2.3.1
            headers["authorization"] = "Basic " + base64.b64encode(both.encode()).decode()
        else:
            form |= {"client_id": ours} | ({"client_secret": secret} if secret else {})
        try:
            answer = await self.outbound.post(known["token_endpoint"], body=urlencode(form).encode(), headers=headers)
            given = answer.json()
        except NotReached as error:
            raise self._away("token_endpoint", error.reason) from error
        if answer.status != 200:
            # A code that was used, ran out, or belongs to another verifier; all else is between the operator and the provider.
            if given.get("error") in ("invalid_grant", "invalid_request"):
                raise VouchedWrongly(given["error"])
            code = "invalid_client" if given.get("error") == "invalid_client" else str(answer.status)
            say().warning("provider_refuses_us", name=self.provider.key, code=code)
            raise ProviderAway()
        return given

    async def _discovered(self) -> dict[str, Any]:
        async with self._one:
            at = time.monotonic()
            if self._known and at - self._known[0] < KEPT:
                return self._known[1]
            if at < self._away_until:
                raise ProviderAway()
            found = await self._read(self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
            endpoints = [found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
            if found.get("issuer") != self.provider.issuer or not all(map(_is_https, endpoints)):
                raise self._away("discovery", "issuer or endpoints")
            self._known = at, found
            return found

    async def _keys_for(self, known: dict[str, Any], kid: str | None) -> list[dict[str, Any]]:
        """A key that is new is looked for once more: providers change them."""
        async with self._one:
            at = time.monotonic()
            if self._keys:
                fetched, keys = self._keys
                there = kid is None or any(key.get("kid") == kid for key in keys)
                if at - fetched < (KEPT if there else AGAIN):
                    return keys
            if at < self._away_until:
                raise ProviderAway()
            found = (await self._read(known["jwks_uri"])).get("keys")
            keys = [key for key in found if isinstance(key, dict)] if isinstance(found, list) else []
            self._keys = at, keys
            return keys

    async def _read(self, url: str) -> dict[str, Any]:
        try:
            answer = await self.outbound.get(url, headers={"accept": "application/json"})
            if answer.status == 200:
                return answer.json()
            reason = str(answer.status)
        except NotReached as error:
            reason = error.reason
        raise self._away("reading", reason)

    def _away(self, what: str, reason: str) -> ProviderAway:
        self._away_until = time.monotonic() + AGAIN
        say().warning("provider_away", name=self.provider.key, kind=what, code=reason)
        return ProviderAway()


class Providers:
    """Those of a deployment, by their keys."""

    def __init__(self, known: Iterable[Provider]) -> None:
        self.all = [Asking(one) for one in known]

    def find(self, key: str) -> Asking | None:
        return next((one for one in self.all if one.provider.key == key), None)

    def name_of(self, issuer: str) -> str | None:
        return next((one.provider.name for one in self.all if one.provider.issuer == issuer), None)


def _is_https(url: object) -> bool:
    return isinstance(url, str) and urlsplit(url).scheme == "https"

"""Who may vouch for people (OpenID Connect), as an operator's file says: a TOML table for each, named by a short word."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chairside.kernel.stop import Stop

KEY = re.compile(r"[a-z][a-z0-9-]{0,30}")
OURS = {"password", "passkey", "code", "recovery", "session"}  # how a session says that it was opened otherwise
SET_BY_US = {
    "client_id", "client_secret", "code", "code_challenge", "code_challenge_method", "code_verifier", "nonce", "redirect_uri",
    "request", "request_uri", "response_mode", "response_type", "scope", "state",
}  # fmt: skip


class ProvidersRefused(Stop):
    """The file of the providers is missing or wrong; its sentence is for the operator."""


@dataclass(frozen=True, slots=True)
class Provider:
    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: str = "openid email profile"
    params: tuple[tuple[str, str], ...] = ()
    second_factor: frozenset[str] = frozenset()
    """What the provider says in `amr` or `acr` that counts as a second factor here."""
    local: bool = False
    """The issuer stands in the operator's own network."""
    ca: str = ""
    """The file of the authority that vouches for its certificate."""

    @property
    def host(self) -> str:
        return urlsplit(self.issuer).hostname or ""


@lru_cache(4)
def providers(path: str) -> tuple[Provider, ...]:
    """In the order of the file; none without one. Refuses ProvidersRefused."""
    if not path:
        return ()
    try:
        read = tomllib.loads(Path(path).read_text())
    except OSError as error:
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: {path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: {path} is no TOML: {error}.") from None
    return tuple(_provider(key, table, Path(path).parent) for key, table in read.items())


def _provider(key: str, table: Any, beside: Path) -> Provider:
    if not isinstance(table, dict) or not KEY.fullmatch(key) or key in OURS:
        raise ProvidersRefused(
            f"CHAIRSIDE_OIDC: each provider is a table named by small letters, digits and hyphens, like [google]; [{key}] is not."
        )
    given = dict(table)
    texts = {name: _text(key, given, name) for name in ("name", "issuer", "client_id")}
    secret, file = given.pop("client_secret", ""), given.pop("client_secret_file", "")
    if secret and file:
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: [{key}] has client_secret or client_secret_file, not both.")
    if file:
        secret = _secret(key, beside / str(file))
    scopes, local, ca = given.pop("scopes", "openid email profile"), given.pop("local", False), given.pop("ca", "")
    params, factors = given.pop("params", {}), given.pop("second_factor", [])
    if given:
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: [{key}] does not know {', '.join(sorted(given))}.")
    if not isinstance(scopes, str) or "openid" not in scopes.split():
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: scopes of [{key}] is a text with openid among its words.")
    if not isinstance(params, dict) or not all(isinstance(one, str) for one in params.values()) or SET_BY_US & set(params):
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: params of [{key}] are texts, and none that the program itself sends.")
    if not isinstance(factors, list) or not all(isinstance(one, str) for one in factors):
        raise ProvidersRefused(f'CHAIRSIDE_OIDC: second_factor of [{key}] is a list of amr or acr values, like ["mfa"].')
    if not all(isinstance(one, kind) for one, kind in ((secret, str), (local, bool), (ca, str))):
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: in [{key}] client_secret and ca are texts, and local is true or false.")
    _check_issuer(key, texts["issuer"])
    if ca and not (beside / ca).is_file():
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: the file that ca of [{key}] names is not there.")
    return Provider(
        key, **texts, client_secret=secret, scopes=scopes, params=tuple(params.items()), second_factor=frozenset(factors),
        local=local, ca=str(beside / ca) if ca else "",
    )  # fmt: skip


def _text(key: str, given: dict[str, Any], name: str) -> str:
    text = given.pop(name, "")
    if not isinstance(text, str) or not text.strip():
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: [{key}] needs {name}.")
    return text


def _secret(key: str, path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, ValueError):
        raise ProvidersRefused(f"CHAIRSIDE_OIDC: the file that client_secret_file of [{key}] names cannot be read.") from None


def _check_issuer(key: str, issuer: str) -> None:
    try:
        parts = urlsplit(issuer)
        good = parts.scheme == "https" and parts.hostname and not (parts.query or parts.fragment or parts.username)
        _ = parts.port
    except ValueError:
        good = False
    if not good:
        raise ProvidersRefused(
            f"CHAIRSIDE_OIDC: issuer of [{key}] begins with https:// and has no query, as in its discovery document."
        )

"""What of an ID token is believed (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725): pure, given its keys."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry, extract_compact

from chairside.kernel.providers import Provider

# Made with a private key that only the provider has. Never none; never HS…, whose key would be the public one or ours.
BELIEVED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
KINDS: dict[str, Any] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
FAMILIES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
CLOCKS = 60  # seconds that two clocks may differ
LONGEST_SUBJECT = 255  # the standard's
LONGEST_NAME = 200


class VouchedWrongly(Exception):
    """`reason` for the log: what of the answer was not as it should be."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Vouched(NamedTuple):
    """Whom a provider has just recognised. `email` only when the provider has verified it; `signed_in_at`: when it last asked
    them who they are, if it says so."""

    subject: str
    email: str | None
    second_factor: bool
    name: str | None
    signed_in_at: datetime | None


def key_named(token: str) -> str | None:
    """The key that a token says it was signed with. Refuses VouchedWrongly, for an algorithm that is not believed, too."""
    return _header(token).get("kid")


def believe(
    token: str, *, keys: list[dict[str, Any]], provider: Provider, nonce: str, access_token: str | None, now: datetime
) -> Vouched:
    """Refuses VouchedWrongly."""
    header = _header(token)
    claims = _claims(token, header, keys)
    wanted = {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True, "value": provider.client_id}}
    params = {"nonce": nonce, "client_id": provider.client_id, "access_token": access_token}
    try:
        CodeIDToken(claims, header, options=wanted, params=params).validate(now=int(now.timestamp()), leeway=CLOCKS)
    except (JoseError, TypeError, ValueError, AttributeError) as error:
        raise VouchedWrongly(getattr(error, "claim", None) or type(error).__name__) from error
    subject = claims["sub"]
    if not subject or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise VouchedWrongly("sub")
    return Vouched(subject, _email(claims), _second_factor(claims, provider), _name(claims), _signed_in_at(claims, now))


def _header(token: str) -> dict[str, Any]:
    try:
        header = dict(extract_compact(token.encode("ascii")).headers())
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise VouchedWrongly("token") from error
    if header.get("alg") not in BELIEVED:
        raise VouchedWrongly("alg")
    if not isinstance(header.get("kid", ""), str):
        raise VouchedWrongly("kid")
    return header


def _claims(token: str, header: Mapping[str, Any], keys: list[dict[str, Any]]) -> dict[str, Any]:
    """Of the keys that may have signed it, by their name, kind and use."""
    registry = JWSRegistry(algorithms=BELIEVED, strict_check_header=False)
    for key in keys:
        if key.get("kty") != FAMILIES[header["alg"][:2]] or key.get("use", "sig") != "sig":
            continue
        if "kid" in header and key.get("kid") != header["kid"]:
            continue
        if key.get("alg", header["alg"]) != header["alg"]:
            continue
        try:
            return jwt.decode(token, KINDS[key["kty"]].import_key(key), registry=registry).claims
        except (JoseError, ValueError, TypeError, KeyError, RecursionError):
            continue
    raise VouchedWrongly("signature")


def _email(claims: Mapping[str, Any]) -> str | None:
    email = claims.get("email")
    if not isinstance(email, str) or len(email) > 254 or "@" not in email or not email.isprintable():
        return None
    return email.lower() if claims.get("email_verified") is True else None


def _second_factor(claims: Mapping[str, Any], provider: Provider) -> bool:
    """Only what the operator trusts this provider to say."""
    said = [*(claims.get("amr") or ()), claims.get("acr")]
    return any(isinstance(one, str) and one in provider.second_factor for one in said)


def _name(claims: Mapping[str, Any]) -> str | None:
    name = claims.get("name")
    if not isinstance(name, str) or not name.isprintable():
        return None
    return name.strip()[:LONGEST_NAME].strip() or None


def _signed_in_at(claims: Mapping[str, Any], now: datetime) -> datetime | None:
    """`auth_time`. Refuses VouchedWrongly for one that is no moment yet."""
    seconds = claims.get("auth_time")
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise VouchedWrongly("auth_time")
    if not 0 <= seconds <= now.timestamp() + CLOCKS:  # what is no number at all is neither
        raise VouchedWrongly("auth_time")
    return min(now, datetime.fromtimestamp(seconds, UTC))


def asked_since(vouched: Vouched, begun: datetime) -> bool:
    """Whether the provider asked anew, as it was told to: clocks may differ."""
    return vouched.signed_in_at is not None and vouched.signed_in_at >= begun - timedelta(seconds=CLOCKS)

"""Pages of a list: an opaque, signed place to go on from."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from typing import Any

from chairside.kernel.refusals import Invalid

_KEY = {"key": secrets.token_bytes(32)}


def sign_with(secret: str) -> None:
    """Several processes must read each other's cursors: the edge calls this once with the deployment's secret."""
    if secret:
        _KEY["key"] = hashlib.sha256(b"cursors" + secret.encode()).digest()


class BadCursor(Invalid):
    """This page does not exist; start again from the first."""


def seal(*place: Any) -> str:
    body = json.dumps(place, default=str).encode()
    return base64.urlsafe_b64encode(_sign(body) + body).decode()


def unseal(cursor: str, *kinds: Callable[[Any], Any]) -> Any:
    """The place, a tuple, each part read by its kind. Refuses BadCursor, also a cursor that another list gave."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode())
    except (ValueError, binascii.Error) as error:
        raise BadCursor() from error
    if not hmac.compare_digest(raw[:16], _sign(raw[16:])):
        raise BadCursor()
    try:
        return tuple(kind(part) for kind, part in zip(kinds, json.loads(raw[16:]), strict=True))
    except (ValueError, TypeError, AttributeError) as error:
        raise BadCursor() from error


def _sign(body: bytes) -> bytes:
    return hashlib.blake2b(body, key=_KEY["key"], digest_size=16).digest()

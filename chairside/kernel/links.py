"""Links that are their own proof. A token is made from a row, its salt and the deployment's secret whenever it is needed; what
the database keeps is its hash, by which the row is found again."""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

_KEY = {"key": secrets.token_bytes(32)}


def sign_with(secret: str) -> None:
    """App and worker must make the same links: each edge calls this once with the deployment's secret."""
    if secret:
        _KEY["key"] = hashlib.sha256(b"links" + secret.encode()).digest()


def new_salt() -> bytes:
    return secrets.token_bytes(16)


def token(purpose: str, id: UUID, salt: bytes) -> str:
    """256 bits that nobody guesses who knows the row but not the secret."""
    made = hmac.digest(_KEY["key"], purpose.encode() + b"\0" + id.bytes + salt, "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def signed(purpose: str, content: bytes) -> bytes:
    """By which we know again what we wrote ourselves: 128 bits."""
    return hmac.digest(_KEY["key"], purpose.encode() + b"\0" + content, "sha256")[:16]


def is_ours(purpose: str, content: bytes, signature: bytes) -> bool:
    return hmac.compare_digest(signed(purpose, content), signature)

"""What a request brings: its body, read with care, and the key by which it is known when it comes again."""

import hashlib

from fastapi import Request

from chairside.kernel import answers
from chairside.kernel.http import strict_json
from chairside.kernel.refusals import Invalid, TooLarge, UnsupportedType


class BodyTooLarge(TooLarge):
    """The body is larger than the {most_bytes} bytes that are accepted here."""


class NotJson(UnsupportedType):
    """Send the body as Content-Type: application/json."""


class IdempotencyKeyMissing(Invalid):
    """Send an Idempotency-Key, so that a repeated request has one effect."""


class BadIdempotencyKey(Invalid):
    """An Idempotency-Key has 1 to 200 visible ASCII characters."""


async def read_body(request: Request, most: int) -> None:
    """Before the transaction: a slow line keeps no connection."""
    if int(request.headers.get("content-length") or 0) > most:
        raise BodyTooLarge(most_bytes=most)
    if not hasattr(request, "_body"):
        chunks, size = [], 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise BodyTooLarge(most_bytes=most)
            chunks.append(chunk)
        request._body = b"".join(chunks)


def read_json(request: Request) -> None:
    """Strictly; FastAPI finds it read."""
    if request._body and not hasattr(request, "_json"):
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
            raise NotJson()
        request._json = strict_json.parse(request._body)


def question_of(request: Request, *, required: bool) -> answers.Question | None:
    """Refuses IdempotencyKeyMissing, BadIdempotencyKey."""
    key = request.headers.get("idempotency-key")
    if not key:
        if required:
            raise IdempotencyKeyMissing()
        return None
    if len(key) > 200 or not key.isascii() or not key.isprintable():
        raise BadIdempotencyKey()
    return answers.Question(f"{request.method} {request.url.path}", key, hashlib.sha256(request._body).digest())

"""One request, one operation: it begins before anything is read and commits before the answer leaves."""

import asyncio
import hashlib
import inspect
import random
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from psycopg import OperationalError
from psycopg.errors import (
    DeadlockDetected,
    DiskFull,
    LockNotAvailable,
    QueryCanceled,
    ReadOnlySqlTransaction,
    SerializationFailure,
    UniqueViolation,
)
from psycopg_pool import PoolTimeout
from starlette.requests import ClientDisconnect

from chairside.kernel import answers, clock
from chairside.kernel.http import strict_json
from chairside.kernel.http.headers import InOp
from chairside.kernel.http.limits import count_principal
from chairside.kernel.http.problems import bug, malformed_answer, refused
from chairside.kernel.op import Op, begin
from chairside.kernel.refusals import (
    Busy,
    Forbidden,
    Invalid,
    NotSignedIn,
    Refusal,
    TooLarge,
    TooSlow,
    Unauthenticated,
    UnsupportedType,
)

COOKIES = {"https": "__Host-chairside", "http": "chairside"}
TRIES = 3
READING = ("GET", "HEAD")


class FromElsewhere(Forbidden):
    """This change was asked for by another site."""


class BothCredentials(Unauthenticated):
    """Send a session cookie or an Authorization header, never both."""


class BodyTooLarge(TooLarge):
    """The body is larger than the {most_bytes} bytes that are accepted here."""


class NotJson(UnsupportedType):
    """Send the body as Content-Type: application/json."""


class IdempotencyKeyMissing(Invalid):
    """Send an Idempotency-Key, so that a repeated request has one effect."""


class BadIdempotencyKey(Invalid):
    """An Idempotency-Key has 1 to 200 visible ASCII characters."""


class DatabaseAway(Busy):
    """The database cannot be reached; please try again in a moment."""


class PerhapsSaved(Busy):
    """The database went away while this was being saved; please try again, or look whether it was."""


class CutOff(Invalid):
    """The request ended before its body did."""


Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Endpoint = Callable[..., Any]


class Route(APIRoute):
    """The route class of every router of ours. `key_required` (openapi_extra x-idempotency: required) where money moves."""

    act = True  # a person's act: it moves the idle clock of the session
    personal = False  # about whoever is signed in, outside of any clinic
    raw = False  # the route reads the body itself, as a stream
    seconds: float | None = None  # else the deployment's

    def __init__(self, path: str, endpoint: Endpoint, **more: Any) -> None:
        super().__init__(path, _given_its_op(endpoint), **more)

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        required = (self.openapi_extra or {}).get("x-idempotency") == "required"
        kept = self.methods == {"POST"}
        json = self.body_field is not None
        act, personal, raw, seconds = self.act, self.personal, self.raw, self.seconds

        async def once(request: Request) -> Response:
            state = request.app.state
            async with begin(state.pool, clock.now(), request.scope["request_id"]) as op:
                request.state.op = op
                clinic = request.path_params.get("clinic")
                reading = request.method in READING
                token = token_of(request) if clinic is not None or personal else b""
                if not reading and not raw:
                    await _read_body(request, state.settings.body_bytes)
                asked = _question(request, required=required) if kept and not raw and clinic is not None else None
                if clinic is not None:
                    durable = state.settings.durable_reads or not reading
                    unasked = reading and request.headers.get("x-refresh") == "live"
                    async with asyncio.timeout(
                        state.settings.request_seconds
                    ):  # of an upload, too, which has longer for its bytes
                        found = await _enter(op, request, token, clinic, act=act and not unasked, durable=durable, asked=asked)
                    if unasked:
                        op.refreshes()
                    if asked and found and (given := answers.given(found, asked)):
                        return Response(given.body, given.status, media_type="application/json")
                if json and not raw:
                    _read_json(request)
                response = await handle(request)
                if asked and response.status_code < 300:
                    answers.keep(op, asked, status=response.status_code, body=bytes(response.body))
                return response

        async def insist(request: Request) -> Response:
            """What lost a race in the database is run again as a whole; the body is read, and nothing was sent."""
            for turn in range(TRIES + 1):
                try:
                    return await once(request)
                except (DeadlockDetected, SerializationFailure):
                    if turn < TRIES:
                        await asyncio.sleep(random.uniform(0.005, 0.05) * 2**turn)
            raise Busy()

        async def answer(request: Request) -> Response:
            request_id = request.scope["request_id"]
            try:
                async with asyncio.timeout(seconds or request.app.state.settings.request_seconds):
                    return await insist(request)
            except Refusal as refusal:
                request.scope["code"] = refusal.code
                return refused(request_id, refusal)
            except RequestValidationError as error:
                request.scope["code"] = "Malformed"
                return malformed_answer(request_id, error)
            except Exception as error:
                trouble = PerhapsSaved() if _in_doubt(request, error) else _trouble(error)
                request.scope["code"] = trouble.code if trouble else "Bug"
                return refused(request_id, trouble) if trouble else bug(request_id, error)

        return answer


class Personal(Route):
    """About whoever is signed in: nobody hears 401 before anything that they sent is looked at."""

    personal = True


class Polled(Route):
    """Asked by a timer, not by a person: it never moves the idle clock."""

    act = False


class Upload(Route):
    """Bytes, not JSON, and longer than the others may take."""

    raw = True
    seconds = 600


def _given_its_op(endpoint: Endpoint) -> Endpoint:
    """The operation of an `InOp` handed over directly: to have it solved as a dependency costs a twentieth of a request."""
    signature = inspect.signature(endpoint)
    parameters = list(signature.parameters.values())
    places = [place for place, one in enumerate(parameters) if one.annotation == InOp]
    if len(places) != 1 or any(one.annotation is Request for one in parameters):
        return endpoint
    name = parameters[places[0]].name
    asked = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    rest = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters if one.name != name]

    @wraps(endpoint)
    async def given(*, request: Request, **values: Any) -> Any:
        return await endpoint(**{name: request.state.op}, **values)

    given.__signature__ = signature.replace(parameters=[asked, *rest])  # type: ignore[attr-defined]
    return given


def _trouble(error: Exception) -> Refusal | None:
    match error:
        case TimeoutError() | QueryCanceled():
            return TooSlow()
        case PoolTimeout() | LockNotAvailable():
            return Busy()
        case UniqueViolation() if answers.overtaken(error):
            return answers.IdempotencyKeyInFlight()
        case DiskFull() | ReadOnlySqlTransaction() | OperationalError() | ConnectionError():
            return DatabaseAway()
        case ClientDisconnect():
            return CutOff()
    return None


def _in_doubt(request: Request, error: Exception) -> bool:
    """The commit was sent and no word came back of what became of it: neither yes nor no would be true."""
    op: Op | None = getattr(request.state, "op", None)
    if op is None or not op.db.ending or request.method in READING:
        return False
    if isinstance(error, OperationalError):
        return error.sqlstate is None or error.sqlstate.startswith("57P")  # the server ended, and said at most that it does
    return isinstance(error, TimeoutError | ConnectionError)


async def _enter(
    op: Op, request: Request, token: bytes, clinic: str, *, act: bool, durable: bool, asked: answers.Question | None
) -> answers.Answer | None:
    """Enters the clinic, and in the same breath looks whether the question was answered before."""
    entering = op.entering(token, clinic, address=request.client.host if request.client else None, act=act, durable=durable)
    found = None
    if asked:
        found = await answers.look(op, asked)
    else:
        await op.db.now()
    await op.look_at(entering.one, clinic)
    op.enter_as(entering.one)
    await count_principal(request, op.actor.id)
    return found


def token_of(request: Request) -> bytes:
    """The hash of the session token. Refuses NotSignedIn, BothCredentials, FromElsewhere."""
    cookie = request.cookies.get(COOKIES[request.scope["scheme"]])
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        if cookie:
            raise BothCredentials()
        return hashlib.sha256(bearer.strip().encode()).digest()
    if not cookie:
        raise NotSignedIn()
    if request.method not in READING:
        same_origin(request)
    return hashlib.sha256(cookie.encode()).digest()


def same_origin(request: Request) -> None:
    """A cookie travels with every request that a browser makes, so a change must come from our own pages."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise FromElsewhere()
        return
    origin = urlsplit(request.headers.get("origin", ""))
    ours = urlsplit(request.app.state.settings.origin)
    if not origin.netloc or (origin.netloc != request.url.netloc and origin[:2] != ours[:2]):
        raise FromElsewhere()


async def _read_body(request: Request, most: int) -> None:
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


def _read_json(request: Request) -> None:
    """Strictly; FastAPI finds it read."""
    if request._body and not hasattr(request, "_json"):
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
            raise NotJson()
        request._json = strict_json.parse(request._body)


def _question(request: Request, *, required: bool) -> answers.Question | None:
    """Refuses IdempotencyKeyMissing, BadIdempotencyKey."""
    key = request.headers.get("idempotency-key")
    if not key:
        if required:
            raise IdempotencyKeyMissing()
        return None
    if len(key) > 200 or not key.isascii() or not key.isprintable():
        raise BadIdempotencyKey()
    return answers.Question(f"{request.method} {request.url.path}", key, hashlib.sha256(request._body).digest())

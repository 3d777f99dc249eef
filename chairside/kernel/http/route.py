"""One request, one operation: it begins before anything is read and commits before the answer leaves."""

import asyncio
import inspect
import random
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from psycopg import Error as PostgresError
from psycopg import OperationalError
from psycopg.errors import (
    DeadlockDetected,
    DiskFull,
    InsufficientPrivilege,
    LockNotAvailable,
    QueryCanceled,
    ReadOnlySqlTransaction,
    SerializationFailure,
    UniqueViolation,
)
from psycopg_pool import PoolTimeout
from starlette.requests import ClientDisconnect

from chairside.kernel import answers, clock
from chairside.kernel.http.bodies import question_of, read_body, read_json
from chairside.kernel.http.entering import READING, Manner, RecordClosed, check_named, enter, token_of
from chairside.kernel.http.headers import InOp
from chairside.kernel.http.limits import Kind
from chairside.kernel.http.problems import bug, malformed_answer, refused
from chairside.kernel.op import Op, begin
from chairside.kernel.refusals import (
    Busy,
    Invalid,
    Refusal,
    TooSlow,
)

TRIES = 3
COSTLY = ("application/pdf", "text/csv")


class DatabaseAway(Busy):
    """The database cannot be reached; please try again in a moment."""


class PerhapsSaved(Busy):
    """The database went away while this was being saved; please try again, or look whether it was."""


class CutOff(Invalid):
    """The request ended before its body did."""


Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Endpoint = Callable[..., Any]


class Route(APIRoute):
    """The route class of every router of ours. openapi_extra says what is asked of a request: `x-idempotency: required` where
    money moves, `x-record: false` where a patient is named but nothing of the record is shown, `x-ahead` where the first
    statement does not wait for who asks, and finds and writes nothing where they have not entered."""

    act = True  # a person's act: it moves the idle clock of the session
    personal = False  # about whoever is signed in, outside of any clinic
    raw = False  # the route reads the body itself, as a stream
    seconds: float | None = None  # else the deployment's

    def __init__(self, path: str, endpoint: Endpoint, **more: Any) -> None:
        super().__init__(path, _given_its_op(endpoint), **more)

    @property
    def kind(self) -> Kind:
        """As which it is counted: papers, exports and searches cost more than they look."""
        told = self.responses.get(200, {}).get("content", {})
        if set(COSTLY) & set(told) or (self.openapi_extra or {}).get("x-changes-nothing"):
            return "costly"
        return "reading" if set(READING) & set(self.methods or ()) else "writing"

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        required = (self.openapi_extra or {}).get("x-idempotency") == "required"
        # An answer that shows a secret is kept nowhere.
        kept = not set(READING) & set(self.methods or ()) and (self.openapi_extra or {}).get("x-kept", True)
        changes = not (self.openapi_extra or {}).get("x-changes-nothing")
        json = self.body_field is not None
        record = (self.openapi_extra or {}).get("x-record", True)
        ahead = (self.openapi_extra or {}).get("x-ahead", False)
        raw, seconds = self.raw, self.seconds
        manner = Manner(self.kind, self.act, record, ahead, changes)
        clinics = "{clinic}" in self.path

        async def once(request: Request) -> Response:
            state = request.app.state
            async with begin(state.pool, clock.now(), request.scope["request_id"]) as op:
                request.state.op = op
                token = token_of(request) if clinics or self.personal else b""
                if request.method not in READING and not raw:
                    await read_body(request, state.settings.body_bytes)
                asked = question_of(request, required=required) if kept and not raw and clinics else None
                if clinics:
                    found = await enter(op, request, token, request.path_params["clinic"], manner, asked)
                    if asked and found and (given := answers.given(found, asked)):
                        body = await answers.body_of(op, given, asked)
                        return Response(body, given.status, media_type="application/json")
                if json and not raw:
                    read_json(request)
                    if clinics and record:
                        await check_named(op, request)
                response = await settled(op, request)
                if asked and response.status_code < 300:
                    await answers.keep(op, asked, status=response.status_code, body=bytes(response.body))
                return response

        async def settled(op: Op, request: Request) -> Response:
            """What the door answers to whoever may hear it."""
            try:
                response = await handle(request)
            except InsufficientPrivilege as error:
                if op.settling or not op.actor.restricted:
                    raise
                raise RecordClosed() from error
            except (PostgresError, OSError):
                raise
            except Exception:
                await op.settle()  # whoever may not ask hears that, and nothing of what is wrong with the question
                raise
            await op.settle()
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

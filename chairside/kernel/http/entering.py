"""Who asks, and whether they may stand where they ask: the session or key of a request, its clinic, the patients it names."""

import asyncio
import hashlib
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Request

from chairside.kernel import answers
from chairside.kernel.http.limits import Kind, count_entered
from chairside.kernel.op import Op
from chairside.kernel.refusals import Forbidden, NotSignedIn, Unauthenticated

COOKIES = {"https": "__Host-chairside", "http": "chairside"}
READING = ("GET", "HEAD")


class FromElsewhere(Forbidden):
    """This change was asked for by another site."""


class BothCredentials(Unauthenticated):
    """Send a session cookie or an Authorization header, never both."""


class LookingOnly(Forbidden):
    """You are looking at Chairside as another role: end that first, then change something."""


class RecordClosed(Forbidden):
    """This belongs to a record that only its care team opens, and you are not on it."""


class Manner(NamedTuple):
    """How a route is asked. `act`: by a person, so that it moves the idle clock. `record`: it shows something of the patients
    that a request names. `ahead`: its first statement does not wait for who asks. `changes`: unless it says that it does
    not, whatever its method."""

    kind: Kind
    act: bool
    record: bool
    ahead: bool
    changes: bool


async def enter(
    op: Op, request: Request, token: bytes, clinic: str, manner: Manner, asked: answers.Question | None
) -> answers.Answer | None:
    """Enters the clinic, and in the same breath looks whether the question was answered before. Refuses what entering refuses,
    LookingOnly, NotOnCareTeam."""
    settings = request.app.state.settings
    reading = request.method in READING
    unasked = reading and request.headers.get("x-refresh") == "live"
    role = request.headers.get("x-see-as")
    found = None
    entering = op.entering(
        token, clinic, address=request.client.host if request.client else None, act=manner.act and not unasked,
        durable=settings.durable_reads or not reading,
    )  # fmt: skip

    async def settle() -> None:
        if not asked:
            await op.db.now()
        await op.look_at(entering.one, clinic)
        op.enter_as(entering.one)
        await count_entered(request, op.actor.id, op.clinic.id, manner.kind)
        if manner.record:
            await _check_records(op, request)

    if manner.ahead and role is None:
        op.settle_by(settle)
    else:
        async with asyncio.timeout(settings.request_seconds):  # of an upload, too, which has longer for its bytes
            if asked:
                found = await answers.look(op, asked)
            await settle()
    if unasked:
        op.refreshes()
    if role is not None:
        if manner.changes and not reading:
            raise LookingOnly()
        await request.app.state.see_as(op, role=role)
        if manner.record:
            await _check_records(op, request)
    return found


async def _check_records(op: Op, request: Request) -> None:
    """Whoever opens only some records hears at the address of another that it is one. Refuses NotOnCareTeam."""
    if op.actor.restricted:
        for given in (request.path_params.get("patient_id"), request.query_params.get("patient_id")):
            await _check_record(op, request, given)


async def check_named(op: Op, request: Request) -> None:
    """The same, for a change that names the patient in its body."""
    body = getattr(request, "_json", None)
    if op.actor.restricted and isinstance(body, dict):
        await _check_record(op, request, body.get("patient_id"))


async def _check_record(op: Op, request: Request, given: object) -> None:
    try:
        patient_id = UUID(str(given))
    except ValueError:  # none, or one that the route itself refuses
        return
    await request.app.state.check_record(op, patient_id=patient_id)


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

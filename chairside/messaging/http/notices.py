"""What Amazon SNS posts: texts that patients send, and what became of what was sent to them. Elsewhere there is nothing here."""

from fastapi import APIRouter, Request

from chairside import messaging
from chairside.kernel.http import InOp, Route, strict_json
from chairside.kernel.http.bodies import read_body
from chairside.kernel.http.limits import count_address
from chairside.kernel.log import say
from chairside.kernel.outbound import NotReached
from chairside.kernel.refusals import Busy, Forbidden, NoSuchThing
from chairside.messaging.rules import notices

MOST_BYTES = 64 * 1024
FETCHES = 10
"""Certificates that are fetched for one address in a minute: there is one for months."""


class Noticed(Route):
    """Not JSON by its content type (SNS says text/plain), small, and nobody's act."""

    act = False
    raw = True


class NotBelieved(Forbidden):
    """This is no notice of a topic that is heard here."""


router = APIRouter(prefix="/api/v1", tags=["messaging"], route_class=Noticed)


@router.post(
    "/notices/aws", status_code=204,
    openapi_extra={"requestBody": {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}},
)  # fmt: skip
async def hear_notice(op: InOp, request: Request) -> None:
    """As SNS signs it (version 1 or 2). Given twice it counts once. Everything is looked at before the first statement: no
    connection waits for a certificate."""
    settings = request.app.state.settings
    if not settings.topics:
        raise NoSuchThing()
    await count_address(request, "notices", most=settings.requests_per_address, window=10)
    await read_body(request, MOST_BYTES)
    try:
        notice = notices.read(strict_json.parse(request._body), topics=settings.topics, now=op.now)
        certificates = request.app.state.certificates
        if not certificates.knows(notice.certificate):
            await count_address(request, "certificates", most=FETCHES, window=60)
        notices.verify(notice, await certificates.get(notice.certificate), now=op.now)
    except notices.NotBelieved as error:
        say().warning("notice", code=error.reason)
        raise NotBelieved() from error
    except NotReached as error:
        raise Busy() from error
    await messaging.hear(op, notice=notice)

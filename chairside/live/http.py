import asyncio
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.types import Receive, Scope, Send

from chairside import live
from chairside.kernel.http import InOp, Polled

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["live"], route_class=Polled)
SEND_SECONDS = 20  # in which a reader takes something, or is cut off

EVENT = {
    "type": "object",
    "description": "One event of the stream. `data` is JSON.",
    "properties": {
        "event": {"type": "string"},
        "data": {"type": "string"},
        "id": {"type": "string"},
        "retry": {"type": "integer"},
    },
}


class EventStream(Response):
    """Sent for as long as both sides are there: without a transaction, a connection to the database, or a time limit."""

    media_type = "text/event-stream"

    def __init__(self, hub: live.Hub, stream: live.Stream, status_code: int = 200) -> None:
        super().__init__(status_code=status_code, headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self.hub, self.stream = hub, stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.stream.taken = True
        gone = asyncio.ensure_future(self._until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            with suppress(TimeoutError):
                while chunk := await self.stream.next():
                    async with asyncio.timeout(SEND_SECONDS):
                        await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            self.hub.leave(self.stream)

    async def _until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.stream.end()


@router.get(
    "/stream", response_class=EventStream,
    responses={200: {"content": {"text/event-stream": {"schema": EVENT}}, "description": "Server-sent events"}},
)  # fmt: skip
async def hear(
    op: InOp, request: Request,
    topics: Annotated[str, Query(max_length=200)] = "",
    lookback: Annotated[int, Query(ge=0, le=60)] = 0,
    last_event_id: Annotated[str | None, Header(max_length=100_000)] = None,
) -> Any:  # fmt: skip
    """What happens in the clinic, as server-sent events `{id, type, topic, at, actor_id, ids}`: of the `topics` named, separated
    by commas, or of all, as far as the role permits. Begins with `open`; `Last-Event-ID` goes on where another stream ended, or
    answers `resync`: read everything again. `lookback` tells first what the last so many seconds brought. `end` says why the
    server ends it."""
    hub: live.Hub = request.app.state.live
    wanted = {topic.strip() for topic in topics.split(",") if topic.strip()}
    return EventStream(hub, await live.hear(op, hub=hub, topics=wanted, after=last_event_id, lookback=lookback))

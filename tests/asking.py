"""A request straight to the app, without a client between: thousands of them in a few seconds, headers exactly as written."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from starlette.types import ASGIApp, Message

Headers = Iterable[tuple[str, str]]
EVENTS = b"text/event-stream"


class Answer(NamedTuple):
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def header(self, name: str) -> str | None:
        """All of that name, as a reader joins them."""
        found = [value.decode("latin-1") for key, value in self.headers if key == name.encode()]
        return ", ".join(found) if found else None

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The refusal's name, or nothing."""
        return str(self.json().get("code", "")) if (self.header("content-type") or "").startswith("application/problem") else ""

    @property
    def bare(self) -> tuple[int, bytes]:
        """What two answers have in common when they tell the same: all but the request's id."""
        return self.status, self.body.replace((self.header("x-request-id") or "-").encode(), b"")


async def ask(
    app: ASGIApp, method: str, path: str, *, headers: Headers = (), body: bytes = b"", query: str = "",
    scheme: str = "http", client: str = "127.0.0.1", kept: list[Answer] | None = None,
) -> Answer:  # fmt: skip
    """A stream of events is left after its first words. `kept` gets what was answered even when the app then raises."""
    gone = asyncio.Event()
    sent = False
    status, given, chunks, streams = 0, [], [], False

    async def receive() -> Message:
        nonlocal sent
        if not sent:
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal status, given, streams
        if message["type"] == "http.response.start":
            status, given = message["status"], [(name.lower(), value) for name, value in message["headers"]]
            streams = any(name == b"content-type" and value.startswith(EVENTS) for name, value in given)
        else:
            chunks.append(message.get("body", b""))
            if streams:
                gone.set()

    written = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if not any(name == b"host" for name, _ in written):
        written.append((b"host", b"chairside.test"))
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": scheme, "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "headers": written, "client": (client, 50_000),
        "server": ("chairside.test", 80),
    }  # fmt: skip
    try:
        await app(scope, receive, send)
    finally:
        if kept is not None:
            kept.append(Answer(status, given, b"".join(chunks)))
    return Answer(status, given, b"".join(chunks))

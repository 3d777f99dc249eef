"""Around every answer: its request id, the security headers, a line in the log, a count in the metrics."""

import time
from collections.abc import Awaitable, Iterable
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chairside.kernel.http.arrival import Arrival
from chairside.kernel.http.metrics import Metrics
from chairside.kernel.http.problems import problem
from chairside.kernel.log import say_request

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'self' blob:; frame-ancestors 'none'"
)
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (b"x-frame-options", b"DENY"),
]
X_FRAME = b"x-frame-options"
WATCHED = ("/health", "/ready", "/metrics")
EVENTS = b"text/event-stream; charset=utf-8"
NO_STORE = (b"cache-control", b"no-store")
CLOSE = (b"connection", b"close")
HSTS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")


def framed_by(origins: Iterable[str]) -> str:
    """The policy of a page that these may show in a frame."""
    return POLICY.replace("frame-ancestors 'none'", f"frame-ancestors 'self' {' '.join(origins)}")


class Envelope:
    leaving = False
    """This process ends soon: whoever keeps a line to it is told to take another for the next request."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, arrival: Arrival) -> None:
        self.app = app
        self.metrics = metrics
        self.arrival = arrival
        self.asked_at = 0.0
        """When somebody asked last, by the monotonic clock; whoever only looks whether we live does not count."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope["request_id"] = request_id = uuid4().hex
        started = time.perf_counter()
        if scope["path"] not in WATCHED:
            self.asked_at = time.monotonic()
        safe = self.arrival.settle(scope)
        api = scope["path"].startswith("/api/")
        status, took = 500, 0.0

        def sealed(message: Message) -> Awaitable[None]:
            nonlocal status, took
            if message["type"] == "http.response.start":
                status = message["status"]
                own = {name for name, _ in message["headers"]}  # a letter of the mailbox has a stricter policy of its own
                ours = [header for header in HEADERS if header[0] not in own]
                if scope.get("framed"):  # its policy says by whom
                    ours = [header for header in ours if header[0] != X_FRAME]
                headers = [*message["headers"], (b"x-request-id", request_id.encode()), *ours]
                if api and b"cache-control" not in own:
                    headers.append(NO_STORE)
                if scope["scheme"] == "https":
                    headers.append(HSTS)
                if self.leaving:
                    headers.append(CLOSE)
                message["headers"] = headers
                if (b"content-type", EVENTS) in headers:  # it goes on for hours: counted by what it took to begin
                    took = time.perf_counter() - started
            return send(message)

        try:
            if not safe:
                detail = "Beyond its own machine Chairside answers over https only."
                return await problem(request_id, status=403, code="NotEncrypted", detail=detail)(scope, receive, sealed)
            if b"%00" in scope.get("raw_path", b"") or b"%00" in scope.get("query_string", b""):
                detail = "The address has a character that cannot be stored."
                return await problem(request_id, status=422, code="Malformed", detail=detail)(scope, receive, sealed)
            await self.app(scope, receive, sealed)
        finally:
            self._note(scope, status, took or time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """By the route's pattern, never the address: addresses hold ids, query strings hold names."""
        route = getattr(scope.get("route"), "path", "(none)")
        self.metrics.count(scope["method"], route, status, seconds)
        watched = route in WATCHED and status < 500
        if (route != "(none)" and not watched) or status >= 500:
            say_request(scope["request_id"], scope["method"], route, status, round(seconds * 1000, 1), scope.get("code"))

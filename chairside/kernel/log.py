"""What the program says about itself: only fields on the list, never a value from a patient, an exception's text or a query."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import structlog
from pydantic_core import to_json

ALLOWED = frozenset({
    "event", "level", "timestamp", "request_id", "method", "route", "status", "milliseconds", "code", "kind", "error", "where",
    "clinic_id", "actor_id", "job", "job_id", "attempt", "port", "host", "version", "revision", "folder", "pid", "name",
    "count", "seconds", "signal",
})  # fmt: skip

Event = MutableMapping[str, Any]


def only_allowed(_: object, __: str, event: Event) -> Event:
    return {name: value for name, value in event.items() if name in ALLOWED}


def _plain(_: object, __: str, event: Event) -> str:
    at, level, what = event.pop("timestamp"), event.pop("level"), event.pop("event")
    return f"{at[:19]}Z {level:7} {what:10} " + " ".join(f"{name}={_one_line(value)}" for name, value in event.items())


def _one_line(value: object) -> str:
    """Nothing that somebody sent begins a line of its own."""
    text = str(value)
    return text if text.isprintable() else "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def configure(style: str = "text") -> None:
    """`json` for machines, `text` for people."""
    _style["json"] = style == "json"
    last: Any = structlog.processors.JSONRenderer() if style == "json" else _plain
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _Lines(),
        cache_logger_on_first_use=False,
    )
    # Libraries speak through the standard library; their words may hold values, so only their warnings' origin is passed on.
    root = logging.getLogger()
    root.handlers = [_Scrubbed()]
    root.setLevel(logging.WARNING)
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # each attempt to reach a database that is away, once a second


class _Scrubbed(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        say().warning("library", name=record.name, level=record.levelname, **(scrubbed(error) if error else {}))


def scrubbed(error: BaseException) -> dict[str, Any]:
    """An exception without its words, which may quote a value: its class, and the lines it went through."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    cause = error.__cause__
    return {
        "error": type(error).__name__ + (f" from {type(cause).__name__}" if cause else ""),
        "where": " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames)),
    }


def say_request(request_id: str, method: str, route: str, status: int, milliseconds: float, code: str | None) -> None:
    """The line of every request, past the chain above: its fields are fixed, and it is written a thousand times a second."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    said = {"request_id": request_id, "method": method, "route": route, "status": status, "milliseconds": milliseconds}
    if code:
        said["code"] = code
    if _style["json"]:
        line = to_json({"event": "request", "level": "info", "timestamp": at, **said}).decode()
    else:
        line = f"{at[:19]}Z info    request    " + " ".join(f"{name}={value}" for name, value in said.items())
    _write(line)


class _Lines:
    """What the chain above writes to."""

    def msg(self, line: str) -> None:
        _write(line)

    debug = info = warning = error = critical = msg


def _write(line: str) -> None:
    """A line that cannot be written (a full disk, a reader who went away) is lost: it must not cost the answer it tells of."""
    with suppress(OSError, ValueError):
        sys.stderr.write(line + "\n")


_style = {"json": False}
_logger: Any = structlog.get_logger()


def say() -> Any:
    return _logger

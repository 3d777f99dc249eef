"""A calendar server of the tests' own, over TLS on this machine, that can be made to say anything."""

import asyncio
import json
import ssl
from typing import Any, NamedTuple

HOST = "calendar.clinic.test"


class Said(NamedTuple):
    body: bytes = b""
    status: str = "200 OK"
    headers: tuple[str, ...] = ("content-type: text/calendar; charset=utf-8",)
    pause: float = 0


def event(*lines: str, **more: str) -> str:
    """`uid`, `start` and `end` by name, anything else as it is written."""
    named = [f"UID:{more.get('uid', 'one@elsewhere.test')}", "SUMMARY:Dentist of my own", "DTSTAMP:20270101T000000Z"]
    named += [f"DTSTART{more['start']}"] if "start" in more else []
    named += [f"DTEND{more['end']}"] if "end" in more else []
    return "\r\n".join(["BEGIN:VEVENT", *named, *lines, "END:VEVENT", ""])


def answer(status: str = "200 OK", **words: Any) -> Said:
    return Said(json.dumps(words).encode(), status, ("content-type: application/json",))


def calendar(*events: str) -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Elsewhere//EN", "".join(events) + "END:VCALENDAR", ""]
    ).encode()


class Server:
    """`says` by path; anything else is not there. `asked`: the path and the headers of each question."""

    def __init__(self) -> None:
        self.port = 0
        self.behave()

    def behave(self) -> None:
        self.says: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str = "/calendar.ics") -> str:
        return f"https://{HOST}:{self.port}{path}"

    def tell(self, *events: str, path: str = "/calendar.ics", **more: Any) -> str:
        self.says[path] = Said(calendar(*events), **more)
        return self.url(path)

    async def serve(self, certificate: Any) -> asyncio.Server:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        server = await asyncio.start_server(self._hear, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.splitlines()
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
            path = first.split()[1]
            self.asked.append((path, headers))
            said = self.says.get(path) or self.says.get(path.partition("?")[0], Said(status="404 Not Found"))
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            if callable(said):
                said = said(headers, body)
            await asyncio.sleep(said.pause)
            more = "".join(f"{line}\r\n" for line in (*said.headers, f"content-length: {len(said.body)}", "connection: close"))
            writer.write(f"HTTP/1.1 {said.status}\r\n{more}\r\n".encode() + said.body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

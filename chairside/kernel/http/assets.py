"""The build's hashed files, read once and kept: a first visit asks for a hundred of them, and the patterns of every route, a
thread and a file for each were most of what a server did for it."""

import mimetypes
import re
from pathlib import Path

from fastapi import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
TWINS = {"br": ".br", "gzip": ".gz"}  # made by the build; the smaller first
MOST = 1 << 20
"""Bytes of a file that is kept; larger ones are read whenever they are asked for."""
REFUSED = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")


class Assets(BaseRoute):
    """Stands before the routes. What it does not know, and whoever wants a part of a file, is left to them."""

    def __init__(self, prefix: str, folder: Path) -> None:
        self.prefix, self.folder = prefix, folder
        self.path = prefix + "{path}"
        self.kept: dict[tuple[str, str], Response] = {}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not scope["path"].startswith(self.prefix):
            return Match.NONE, {}
        given = dict(scope["headers"])
        if b"range" in given:
            return Match.NONE, {}
        answer = self._kept(scope["path"].removeprefix(self.prefix), given.get(b"accept-encoding", b"").decode("latin-1"))
        return (Match.FULL, {"kept": answer}) if answer else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self
        await scope["kept"](scope, receive, send)

    def _kept(self, name: str, read: str) -> Response | None:
        # What browsers send is one of a few; a program that makes them up fills nothing.
        codings = accepted(read)
        coding = next((one for one in TWINS if one in codings and self._is_file(name + TWINS[one])), "")
        if (name, coding) not in self.kept:
            if not self._is_file(name):
                return None
            headers = {"cache-control": FOREVER, "vary": "accept-encoding"} | ({"content-encoding": coding} if coding else {})
            content = (self.folder / (name + TWINS.get(coding, ""))).read_bytes()
            self.kept[name, coding] = Response(content, media_type=mimetypes.guess_type(name)[0], headers=headers)
        return self.kept[name, coding]

    def _is_file(self, name: str) -> bool:
        if "/" in name or "\0" in name:
            return False
        wanted = self.folder / name
        return wanted.is_file() and wanted.stat().st_size <= MOST


def accepted(header: str) -> set[str]:
    """The codings that an Accept-Encoding names and does not refuse (RFC 9110, 12.5.3). The star is not taken at its word."""
    named = [one.partition(";") for one in header.lower().split(",")]
    return {coding.strip() for coding, _, weight in named if not REFUSED.fullmatch(weight)}

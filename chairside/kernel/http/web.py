"""The built web app: hashed files forever, the page itself never kept, every address of the app answered by the page."""

import mimetypes
import re
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.exceptions import HTTPException

NOT_BUILT = "The web app is not built. Run: make setup\n"
TWINS = {"br": ".br", "gzip": ".gz"}  # made by the build; the smaller first


def serve_web(app: FastAPI, root: Path) -> None:
    root = root.resolve()
    page = root / "index.html"

    @app.get("/{path:path}", include_in_schema=False)
    async def serve_file(path: str, request: Request) -> Response:
        if path.startswith("api/"):
            raise HTTPException(404)
        wanted = (root / path).resolve()
        if path and wanted.is_relative_to(root) and wanted.is_file():
            keep = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
            return _file(wanted, request, keep)
        if path.startswith("assets/"):
            raise HTTPException(404)
        if not page.is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        return _file(page, request, "no-cache")


def _file(wanted: Path, request: Request, keep: str) -> Response:
    """The file, or its compressed twin for whoever reads it. Files only: answers with data are never compressed, as their
    length would tell of what is in them."""
    headers = {"cache-control": keep, "vary": "accept-encoding"}
    kind = mimetypes.guess_type(wanted.name)[0]
    read = accepted(request.headers.get("accept-encoding", ""))
    for coding, ending in TWINS.items():
        if coding in read and (twin := wanted.with_name(wanted.name + ending)).is_file():
            return FileResponse(twin, media_type=kind, headers={**headers, "content-encoding": coding})
    return FileResponse(wanted, media_type=kind, headers=headers)


REFUSED = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")


def accepted(header: str) -> set[str]:
    """The codings that an Accept-Encoding names and does not refuse (RFC 9110, 12.5.3). The star is not taken at its word."""
    named = [one.partition(";") for one in header.lower().split(",")]
    return {coding.strip() for coding, _, weight in named if not REFUSED.fullmatch(weight)}

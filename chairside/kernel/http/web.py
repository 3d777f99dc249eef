"""The built web app: hashed files forever, the page itself never kept, every address of the app answered by the page."""

import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from chairside.kernel.http.ahead import Ahead
from chairside.kernel.http.assets import FOREVER, TWINS, Assets, accepted
from chairside.kernel.http.entering import COOKIES
from chairside.kernel.http.envelope import framed_by

NOT_BUILT = "The web app is not built. Run: make setup\n"


Framers = Callable[[Request, str], Awaitable[list[str]]]
"""Whose pages may show the booking page of a clinic in a frame: origins."""


def serve_web(app: FastAPI, root: Path, portal: Path | None = None, framers: Framers | None = None) -> None:
    root = root.resolve()
    page, ahead = root / "index.html", Ahead(root)
    app.router.routes.insert(0, Assets("/assets/", root / "assets"))
    if portal:
        app.router.routes.insert(1, Assets("/portal/assets/", portal.resolve() / "assets"))
        _serve_portal(app, portal.resolve(), framers)

    @app.get("/{path:path}", include_in_schema=False)
    async def serve_file(path: str, request: Request) -> Response:
        if path.startswith("api/"):
            raise HTTPException(404)
        wanted = (root / path).resolve()
        if path and wanted.is_relative_to(root) and wanted.is_file():
            keep = FOREVER if path.startswith("assets/") else "no-cache"
            return _file(wanted, request, keep)
        if path.startswith("assets/"):
            raise HTTPException(404)
        if not page.is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        answer = _file(page, request, "no-cache")
        told = ahead.of("/" + path)
        if told and COOKIES[request.url.scheme] in request.cookies:
            told += ", </api/v1/session>; rel=preload; as=fetch; crossorigin"
        if told:
            answer.headers["link"] = told
        return answer


def _serve_portal(app: FastAPI, root: Path, framers: Framers | None) -> None:
    """What patients open without an account: one page, which stands in no frame but a booking page where its clinic says so."""
    page = root / "index.html"

    @app.get("/portal/{path:path}", include_in_schema=False)
    async def serve_portal_file(path: str, request: Request) -> Response:
        wanted = (root / path).resolve()
        if not path.startswith("assets/") or not wanted.is_relative_to(root) or not wanted.is_file():
            raise HTTPException(404)
        return _file(wanted, request, FOREVER)

    @app.get("/book/{slug}", include_in_schema=False)
    async def serve_booking_page(slug: str, request: Request) -> Response:
        answer = _page(page, request)
        if framers and (origins := await framers(request, slug)):
            answer.headers["content-security-policy"] = framed_by(origins)
            request.scope["framed"] = True
        return answer

    @app.get("/link/{token}", include_in_schema=False)
    @app.get("/request/{token}", include_in_schema=False)
    @app.get("/offer/{token}", include_in_schema=False)
    async def serve_link_page(token: str, request: Request) -> Response:
        return _page(page, request)


def _page(page: Path, request: Request) -> Response:
    return _file(page, request, "no-cache") if page.is_file() else PlainTextResponse(NOT_BUILT, 503)


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

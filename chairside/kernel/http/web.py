"""The built web app: hashed files forever, the page itself never kept, every address of the app answered by the page."""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.exceptions import HTTPException

NOT_BUILT = "The web app is not built. Run: make setup\n"


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
            return FileResponse(wanted, headers={"cache-control": keep})
        if path.startswith("assets/"):
            raise HTTPException(404)
        if not page.is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        return FileResponse(page, headers={"cache-control": "no-cache"})

"""RFC 9457: how a refusal looks on the wire."""

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from chairside.kernel.log import say, scrubbed
from chairside.kernel.refusals import Invalid, Refusal, Wrong

STATUS = {
    "unauthenticated": 401, "payment_required": 402, "forbidden": 403, "missing": 404, "conflict": 409, "stale": 412,
    "too_large": 413, "unsupported_type": 415, "invalid": 422, "version_required": 428, "too_many": 429, "busy": 503,
    "too_slow": 504,
}  # fmt: skip
BUG = "Something went wrong on our side; nothing was changed."
HTTP = {404: ("NoSuchThing", "There is nothing at this address."), 405: ("MethodNotAllowed", "That cannot be done here.")}
CODES = {
    "missing": "required", "date_from_datetime_parsing": "not_a_date", "date_parsing": "not_a_date", "date_type": "not_a_date",
    "string_too_short": "too_short", "string_too_long": "too_long", "extra_forbidden": "unknown_property",
    "uuid_parsing": "not_an_id", "uuid_type": "not_an_id",
}  # fmt: skip


def problem(request_id: str, *, status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": detail}
    body |= {"request_id": request_id, **more}
    headers = {"retry-after": str(more.get("facts", {}).get("seconds", 1))} if status in (429, 503) else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def refused(request_id: str, refusal: Refusal) -> JSONResponse:
    more: dict[str, Any] = {}
    if refusal.facts:
        more["facts"] = jsonable_encoder(refusal.facts)
    if isinstance(refusal, Invalid) and refusal.errors:
        more["errors"] = [{"pointer": p, "code": c, "detail": d} for p, c, d in refusal.errors]
    return problem(request_id, status=STATUS[refusal.kind], code=refusal.code, detail=str(refusal), **more)


def malformed_answer(request_id: str, error: RequestValidationError) -> JSONResponse:
    errors = [_field(found) for found in error.errors()]
    return problem(request_id, status=422, code="Malformed", detail="Some fields are not right.", errors=errors)


def answer_refusals(app: FastAPI) -> None:
    """What is refused outside every route of ours: no such address, no such method."""

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        code, sentence = HTTP.get(error.status_code, ("Refused", "This request cannot be answered."))
        request.scope["code"] = code
        response = problem(request.scope["request_id"], status=error.status_code, code=code, detail=sentence)
        response.headers.update(error.headers or {})
        return response


def bug(request_id: str, error: Exception) -> JSONResponse:
    say().error("bug", request_id=request_id, **scrubbed(error))
    return problem(request_id, status=500, code="Bug", detail=BUG)


def _field(found: dict[str, Any]) -> dict[str, Any]:
    """A validation error by JSON pointer; a query parameter or header is pointed at by its name. Never what was sent."""
    kind = found["type"]
    where = [str(part).replace("~", "~0").replace("/", "~1") for part in found["loc"][1:]]
    wrong = (found.get("ctx") or {}).get("error")
    code = wrong.code if isinstance(wrong, Wrong) else CODES.get(kind, kind)
    error = {"pointer": "/" + "/".join(where) if where else "", "code": code, "detail": _sentence(found)}
    facts = {name: value for name, value in (found.get("ctx") or {}).items() if isinstance(value, int | float | str)}
    return {**error, "facts": facts} if facts else error


def _sentence(found: dict[str, Any]) -> str:
    sentence = str(found["msg"]).removeprefix("Value error, ")
    return sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith(".") else ".")

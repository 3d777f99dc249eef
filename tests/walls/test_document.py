"""The OpenAPI document keeps its word: whatever is sent, within what it allows and beyond, no answer is a bug of ours, and each is one
that the document tells of, with the body that it tells of.

What is sent is made from the document by schemathesis, the same in every run, on things that are there (or else nearly everything would
be 404). Nothing is left out, and nothing is changed: what a request did is undone.
"""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.generation import GenerationMode

from chairside.app import build
from chairside.kernel.settings import Settings
from tests.asking import Answer, ask
from tests.walls.requests import REQUESTS, Request
from tests.walls.world import World

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = {GenerationMode.POSITIVE: 15, GenerationMode.NEGATIVE: 8}
BASE = "http://chairside.test"
SCHEMA = schemathesis.openapi.from_dict(build(Settings()).openapi())
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}


ANY_TEXT = {
    "GET /api/v1/feeds/{token}.ics": "any text may be a token",
    "GET /api/v1/files/{token}": "any text may be a token",
    **dict.fromkeys(
        (
            "GET /api/v1/public/clinics/{slug}",
            "POST /api/v1/public/clinics/{slug}/holds/{token}/extension",
            "DELETE /api/v1/public/clinics/{slug}/holds/{token}",
        ),
        "any text may name a clinic",
    ),
    **dict.fromkeys(
        (
            "GET /api/v1/links/{token}",
            "GET /api/v1/links/{token}/visit.ics",
            "POST /api/v1/links/{token}/confirmation",
            "POST /api/v1/links/{token}/cancellation",
            "GET /api/v1/requests/{token}",
            "POST /api/v1/requests/{token}/withdrawal",
            "POST /api/v1/requests/{token}/visit-link",
            "GET /api/v1/offers/{token}",
            "POST /api/v1/offers/{token}/acceptance",
            "POST /api/v1/offers/{token}/refusal",
        ),
        "any text may be a token",
    ),
    "GET /api/v1/mailbox/{letter_id}/html": "any text may name a letter",
    "GET /api/v1/mailbox/{letter_id}/attachments/{number}": "any text may name a letter",
}


def cases() -> list[Any]:
    """Within what the document allows, and beyond; of what takes nothing, nothing can be wrong."""
    takes = {label: one.definition.raw for label, one in OPERATIONS.items()}
    beyond = [label for label, one in takes.items() if (one.get("parameters") or "requestBody" in one) and label not in ANY_TEXT]
    asked = [(label, GenerationMode.POSITIVE) for label in OPERATIONS] + [(label, GenerationMode.NEGATIVE) for label in beyond]
    return [pytest.param(label, mode, id=f"{label} {mode.value}") for label, mode in asked]


def prepared(case: Any, known: dict[str, str], world: World) -> requests.PreparedRequest:
    """As it goes over the wire: in the clinic, by its owner, on things that are there where `known` has them."""
    about = ""
    for name in case.path_parameters or {}:
        about = known.get(name, "")
        if about:
            case.path_parameters[name] = about
    request = requests.Request(**_words(case.as_transport_kwargs(base_url=BASE))).prepare()
    request.headers["authorization"] = f"Bearer {world.tokens['owner']}"
    if request.method in ("PATCH", "DELETE") and known.get("versioned"):
        request.headers["if-match"] = f'"{world.versions.get(about, world.versions[str(world.clinic.id)])}"'
    request.headers.pop("cookie", None)
    return request


def _words(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: asked[name] for name in ("method", "url", "params", "headers", "data", "json", "files") if name in asked}


def answered(case: Any, request: requests.PreparedRequest, answer: Answer) -> schemathesis.Response:
    headers: dict[str, list[str]] = {}
    for name, value in answer.headers:
        headers.setdefault(name.decode(), []).append(value.decode("latin-1"))
    return schemathesis.Response(answer.status, headers, answer.body, request, 0.0, verify=True)


def written(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


@pytest.mark.parametrize(("operation", "mode"), cases())
async def test_keeps_its_word(worlds, operation, mode):
    world, _ = worlds
    loop = asyncio.get_running_loop()
    using = REQUESTS.get(OPERATIONS[operation].definition.raw.get("operationId", ""), Request()).using
    there = {**world.things, **{name: world.things[thing] for name, thing in using.items()}, "versioned": "yes"}
    there["clinic"] = world.clinic.slug
    known = st.one_of(st.just(there), st.just(there), st.just({"clinic": world.clinic.slug}))

    @settings(
        max_examples=EXAMPLES[mode], derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @for_all(case=OPERATIONS[operation].as_strategy(generation_mode=mode), known=known)
    def holds(case: Any, known: dict[str, str]) -> None:
        request = prepared(case, known, world)
        place = urlsplit(str(request.url))
        body = request.body or b""
        asked = ask(
            world.app, str(request.method), place.path, query=place.query,
            headers=[(name, written(value)) for name, value in request.headers.items()],
            body=body if isinstance(body, bytes) else str(body).encode(),
        )  # fmt: skip
        answer = asyncio.run_coroutine_threadsafe(asked, loop).result(60)
        case.validate_response(answered(case, request, answer), checks=CHECKS)

    try:
        await asyncio.to_thread(holds)
    except BaseExceptionGroup as found:
        raise AssertionError("\n".join(map(str, found.exceptions))) from found


async def test_that_does_not_is_noticed(worlds):
    """An answer that the document knows nothing of."""
    world, _ = worlds
    case = OPERATIONS["GET /api/v1/deployment"].Case()
    request = requests.Request("GET", f"{BASE}/api/v1/deployment").prepare()
    good = await ask(world.app, "GET", "/api/v1/deployment")
    case.validate_response(answered(case, request, good), checks=CHECKS)
    for bad in (
        good._replace(status=202),
        good._replace(status=500),
        good._replace(body=b'{"sign_up": "yes"}'),
        good._replace(headers=[]),
    ):
        with pytest.raises(BaseExceptionGroup):
            case.validate_response(answered(case, request, bad), checks=CHECKS)


def test_is_asked_about_whole():
    document = build(Settings()).openapi()["paths"]
    assert len(OPERATIONS) == sum(len(methods) for methods in document.values())

"""Every answer carries what a browser needs to be kept in bounds: each route, each kind of answer, whoever asks, found or not."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from chairside.app import build, enveloped
from chairside.kernel.http.envelope import HSTS
from tests.asking import Answer, ask
from tests.walls.test_routes import routes
from tests.walls.world import ROLES, World

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "X" * 40)
PLACES = (
    "/", "/index.html", "/assets/none.js", "/c/north/patients", "/favicon.ico", "/health", "/ready", "/metrics", "/api", "/api/",
    "/api/v1", "/api/v1/nothing", "/api/v1/docs", "/api/v1/docs/style.css", "/api/v1/openapi.json", "/api/v1/clinics/%00",
    "/api/v1/clinics//", "/api/v1/mailbox", "/..%2f..%2fetc/passwd", "//", "/\u00e9",
)  # fmt: skip
CALENDARS = "/api/v1/feeds/"  # fetched again and again by programs, and nobody's name in them: kept by whoever asked, for minutes
KEPT_BY_BROWSERS = ("/api/v1/docs", "/api/v1/docs/style.css")  # what the program is, nothing of a clinic


def missing(answer: Answer, *, path: str, https: bool) -> list[str]:
    """What it lacks, or has twice, or says too loosely."""
    wrong = []
    expected = {
        "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin", "x-frame-options": "DENY",
    }  # fmt: skip
    wrong += [name for name, value in expected.items() if answer.header(name) != value]
    policy = answer.header("content-security-policy") or ""
    if not policy or "unsafe-eval" in policy or "'unsafe-inline'" in policy.partition("script-src")[2].partition(";")[0]:
        wrong.append(f"content-security-policy {policy}")
    if not {"frame-ancestors", "base-uri", "default-src"} <= {part.split()[0] for part in policy.split(";") if part.strip()}:
        wrong.append(f"content-security-policy {policy}")
    if "camera=()" not in (answer.header("permissions-policy") or ""):
        wrong.append("permissions-policy")
    if len(answer.header("x-request-id") or "") != 32:
        wrong.append("x-request-id")
    kept = {"no-store", "private, max-age=300"} if path.startswith(CALENDARS) else {"no-store"}
    if path.startswith("/api/") and path not in KEPT_BY_BROWSERS and answer.header("cache-control") not in kept:
        wrong.append(f"cache-control {answer.header('cache-control')}")
    if (answer.header("strict-transport-security") == HSTS[1].decode()) != https:
        wrong.append("strict-transport-security")
    wrong += [name for name in ("server", "x-powered-by", "access-control-allow-origin") if answer.header(name)]
    return wrong


@pytest.fixture(scope="module")
async def asked(worlds: tuple[World, World]) -> dict[str, list[tuple[int, list[str]]]]:
    """By route, the statuses and what was missing."""
    north, south = worlds
    found: dict[str, list[tuple[int, list[str]]]] = {}
    askers = [(token, "http") for token in (*(north.tokens[role] for role in ROLES), south.tokens["owner"], None)]
    askers += [(token, "https") for token in (north.tokens["owner"], None)]
    for route in routes():
        for token, scheme in askers:
            answer = await north.ask(route, token=token, scheme=scheme)
            found.setdefault(route.name, []).append((answer.status, missing(answer, path=route.path, https=scheme == "https")))
    return found


async def test_stand_on_every_answer_of_every_route_to_everybody(asked):
    assert {name: wrong for name, answers in asked.items() for _, wrong in answers if wrong} == {}
    assert {status for answers in asked.values() for status, _ in answers} >= {200, 201, 202, 204, 401, 403, 404}


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_stand_on_what_is_no_route_and_on_every_method(worlds, scheme):
    north, _ = worlds
    statuses = set()
    for method, path in itertools.product(METHODS, PLACES):
        answer = await ask(north.app, method, path, scheme=scheme)
        statuses.add(answer.status)
        assert missing(answer, path=path, https=scheme == "https") == [], (method, path, answer.status, answer.headers)
    assert statuses >= {200, 404, 405, 422}


@pytest.mark.parametrize("route", [pytest.param(route, id=route.name) for route in routes()])
async def test_stand_on_bad_bodies_wrong_types_and_wrong_versions(worlds, route):
    north, _ = worlds
    method, path = next(iter(route.methods)), route.path.format(clinic=north.clinic.slug, **_ids(north, route))
    token = [("authorization", f"Bearer {north.tokens['owner']}")]
    ways: list[tuple[list[tuple[str, str]], bytes]] = [
        ([("content-type", "application/json")], b"{"), ([("content-type", "text/plain")], b"x"), ([("if-match", "x")], b""),
        ([("content-length", "99999999999")], b""), ([("content-type", "application/json")], b'{"stranger": 1}'),
        ([("if-match", '"999"')], b""), ([("cookie", "chairside=x")], b""), ([("accept-encoding", "gzip"), ("range", "bytes=0-1")], b""),
    ]  # fmt: skip
    for headers, body in ways:
        answer = await ask(north.app, method, path, headers=[*token, *headers], body=body)
        assert answer.status < 500
        assert missing(answer, path=path, https=False) == [], (headers, answer.status)


def _ids(world: World, route: Any) -> dict[str, str]:
    return {name: world.things[name] for name in route.param_convertors if name != "clinic"}


async def test_stand_on_what_was_not_changed_and_what_is_not_encrypted(settings, pool):
    app = build(settings)
    app.state.pool = pool
    whole = enveloped(app)
    page = await ask(whole, "GET", "/")
    if page.status == 200:  # the web app is built
        again = await ask(whole, "GET", "/", headers=[("if-none-match", page.header("etag") or "")])
        assert missing(again, path="/", https=False) == []
        for name in ("/assets/", "/fonts/"):
            assert missing(await ask(whole, "GET", name), path=name, https=False) == []
    far = await ask(whole, "GET", "/api/v1/deployment", client="203.0.113.9")
    assert (far.status, far.code, missing(far, path="/api/v1/deployment", https=False)) == (403, "NotEncrypted", [])


async def test_stand_on_a_bug_on_too_many_and_on_a_database_that_is_away(settings, worlds, monkeypatch):
    north, _ = worlds
    path = f"/api/v1/clinics/{north.clinic.slug}"
    token = [("authorization", f"Bearer {north.tokens['owner']}")]
    few = build(replace(settings, requests_per_principal=1))
    few.state.pool = north.app.app.state.pool
    for status in (200, 429):
        answer = await ask(enveloped(few), "GET", path, headers=token)
        assert (answer.status, missing(answer, path=path, https=False)) == (status, [])
    assert 1 <= int(answer.header("retry-after")) <= 10

    class Away:
        async def getconn(self, *_: Any) -> Any:
            raise ConnectionError

    few.state.pool = Away()
    answer = await ask(enveloped(few), "GET", path, headers=token)
    assert (answer.status, answer.header("retry-after"), missing(answer, path=path, https=False)) == (503, "1", [])
    few.state.pool = None
    answer = await ask(enveloped(few), "GET", path, headers=token)
    assert (answer.status, answer.code, missing(answer, path=path, https=False)) == (500, "Bug", [])


async def test_stand_on_what_the_outermost_layer_answers(settings, pool, monkeypatch):
    """A bug outside every route of ours."""
    app = build(settings)
    app.state.pool = pool
    monkeypatch.setattr(app.state.metrics, "watched", [lambda: 1 / 0])
    heard: list[Any] = []

    with pytest.raises(ZeroDivisionError):
        await ask(enveloped(app), "GET", "/metrics", kept=heard)
    assert heard[0].status == 500
    assert missing(heard[0], path="/metrics", https=False) == []
    assert b"Zero" not in heard[0].body


def test_that_are_not_there_are_missed():
    assert len(missing(Answer(200, [], b""), path="/api/v1/x", https=True)) >= 9

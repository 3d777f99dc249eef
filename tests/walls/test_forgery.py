"""Credentials that are none, headers that lie and forms of other sites: at every route, as if they had not been sent, or refused."""

import json
import secrets
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.app import build, enveloped
from chairside.kernel.http.entering import READING
from tests.asking import ask
from tests.conftest import DATABASE
from tests.walls.test_probes import MADE
from tests.walls.test_routes import PUBLIC, routes
from tests.walls.world import World

pytestmark = pytest.mark.timeout(600)
SIGNED_OUT = {"sign_out": "whoever is not signed in is signed out, and hears so"}
INSIDE = [route for route in routes() if route.name not in {*PUBLIC, *SIGNED_OUT}]
FRESH = (
    "challenge",
    "secret",
    "uri",
    "qr",
    "token",
    "key",
    "hint",
    "rpId",
    "rp",
    "codes",
    "link",
    "again",
)  # made anew in every answer
# A mail program posts there by itself, from wherever it is: the token in the address is the proof (RFC 8058). Amazon SNS posts text,
# and its signature is the proof.
FROM_ANYWHERE = {"unsubscribe", "hear_notice"}
WRITING = [route for route in routes() if not set(READING) & set(route.methods) and route.name not in FROM_ANYWHERE]
LYING = [
    ("x-forwarded-for", "203.0.113.9, 127.0.0.1"), ("forwarded", "for=203.0.113.9;host=evil.test;proto=https"),
    ("x-real-ip", "203.0.113.9"), ("x-forwarded-host", "evil.test"), ("x-forwarded-proto", "https"), ("x-forwarded-port", "443"),
    ("x-original-url", "/api/v1/deployment"), ("x-rewrite-url", "/api/v1/deployment"), ("x-http-method-override", "DELETE"),
    ("x-method-override", "DELETE"), ("host", "evil.test"), ("x-user-id", "00000000-0000-0000-0000-000000000000"),
    ("x-clinic-id", "00000000-0000-0000-0000-000000000000"),
]  # fmt: skip
ELSEWHERE = [
    [("sec-fetch-site", "cross-site")], [("sec-fetch-site", "same-site")], [("sec-fetch-site", "none")],
    [("origin", "null")], [("origin", "https://evil.test")], [("origin", "http://chairside.test.evil.test")],
    [("origin", "http://evil.test"), ("x-forwarded-host", "evil.test")], [("sec-fetch-site", "cross-site"), ("origin", "http://chairside.test")],
]  # fmt: skip
FORMS = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]


def forged(world: World, ended: str) -> dict[str, list[tuple[str, str]]]:
    """By what is wrong with it."""
    good = world.tokens["owner"]

    def bearer(token: str) -> list[tuple[str, str]]:
        return [("authorization", f"Bearer {token}")]

    return {
        "made up": bearer(secrets.token_urlsafe(32)), "cut short": bearer(good[:-1]), "made longer": bearer(good + "A"),
        "of other letters": bearer(good.swapcase()), "ended": bearer(ended), "an invitation's": bearer(world.things["invitation_token"]),
        "a new password's": bearer(world.things["reset_token"]), "a program's": bearer(f"chs_{secrets.token_urlsafe(32)}"),
        "without any": [("authorization", "Bearer ")], "of another kind": [("authorization", f"Basic {good}")],
        "a cookie made up": [("cookie", f"chairside={secrets.token_urlsafe(32)}"), ("sec-fetch-site", "same-origin")],
        "a cookie ended": [("cookie", f"chairside={ended}"), ("sec-fetch-site", "same-origin")],
        "the cookie of https": [("cookie", f"__Host-chairside={good}"), ("sec-fetch-site", "same-origin")],
    }  # fmt: skip


@pytest.fixture
async def ended(worlds: tuple[World, World], conninfo: str, admin: str) -> str:
    """Of a session that is over."""
    north, _ = worlds
    with psycopg.connect(make_conninfo(admin, dbname=DATABASE), autocommit=True) as db:
        db.execute("update session set revoked_at = now() where principal_id = %s", [north.people["suspended"]])
    return north.tokens["suspended"]


async def test_credentials_that_are_none_hear_what_nobody_hears(worlds, ended):
    north, _ = worlds
    other = []
    for route in INSIDE:
        nobody = (await north.ask(route, token=None)).bare
        assert nobody[0] == 401, route.name
        for what, headers in forged(north, ended).items():
            answer = await north.ask(route, token=None, headers=headers)
            if answer.bare != nobody:
                other.append((route.name, what, answer.bare))
    assert other[:10] == []


async def test_headers_that_lie_change_nothing(worlds):
    north, _ = worlds
    other = []
    for route in routes():
        for token in (north.tokens["receptionist"], None):
            honest, lied = await north.ask(route, token=token), await north.ask(route, token=token, headers=LYING)
            if (honest.status, same(honest)) != (lied.status, same(lied)):
                other.append((route.name, honest.bare, lied.bare))
    assert other[:10] == []


def same(answer: Any) -> bytes:
    """But for what is new in every answer, and papers, which carry their hour."""
    if answer.body[:4] == b"%PDF":
        return b""
    _, body = answer.bare
    if body and (answer.header("content-type") or "").endswith("json"):
        body = json.dumps(without(json.loads(body))).encode()
    return MADE.sub(b"", body)


def without(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: without(value) for name, value in found.items() if name not in FRESH}
    return [without(one) for one in found] if isinstance(found, list) else found


async def test_the_host_that_passkeys_are_bound_to_is_the_one_that_was_set(settings, pool):
    """Where an origin is set; without one there is one machine, and its own name."""
    app = build(replace(settings, origin="https://chairside.test"))
    app.state.pool = pool
    answer = await ask(enveloped(app), "POST", "/api/v1/session/passkey-challenges", headers=[*LYING, ("host", "evil.test")])
    assert (answer.status, answer.json()["options"]["rpId"]) == (201, "chairside.test")


async def test_forms_of_other_sites_are_refused_by_every_change(worlds):
    north, _ = worlds
    cookie = ("cookie", f"chairside={north.tokens['owner']}")
    other, lawful = [], 0
    for route in WRITING:
        for headers in ELSEWHERE:
            answer = await north.ask(route, token=None, headers=[cookie, *headers])
            if (answer.status, answer.code) != (403, "FromElsewhere"):
                other.append((route.name, headers, answer.bare))
        lawful += (await north.ask(route, token=None, headers=[cookie, ("sec-fetch-site", "same-origin")])).status < 300
    assert other[:10] == []
    assert lawful > len(WRITING) / 2  # the same, from our own pages, is no such thing


@pytest.mark.parametrize("kind", FORMS)
async def test_forms_are_no_json_wherever_they_come_from(worlds, kind):
    north, _ = worlds
    for route in WRITING:
        if route.body_field is not None and not route.raw:
            answer = await north.ask(route, token=north.tokens["owner"], headers=[("content-type", kind)], form=b'{"a": 1}')
            assert (answer.status, answer.code) == (415, "NotJson"), (route.name, answer.bare)

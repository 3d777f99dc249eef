"""Passwords known from breaches, asked for without saying which."""

import hashlib

import pytest

from chairside.identity import breached
from chairside.identity.breached import Breaches
from tests.identity.conftest import said
from tests.kernel.test_outbound import authority, ca, here, serving  # noqa: F401

KNOWN = "three blue otters sing"
DIGEST = hashlib.sha1(KNOWN.encode()).hexdigest().upper()
LINES = f"0018A45C4D1DEF81644B54AB7F969B88D65:3\r\n{DIGEST[5:]}:42\r\n{'A' * 35}:0\r\n".encode()
PADDED = f"{DIGEST[5:]}:0\r\n".encode()


class TestAPassword:
    async def test_that_was_breached_is_found_by_five_digits_of_its_hash(self, ca, serving):  # noqa: F811
        async with serving(LINES) as (url, asked):
            breaches = Breaches(f"{url}/range/", here(ca))
            assert await breaches.has(KNOWN)
            assert not await breaches.has("three red otters sing")
        assert asked[0].startswith(f"GET /range/{DIGEST[:5]} ")
        assert "add-padding: true" in asked[0].lower()
        assert DIGEST[5:] not in asked[0] and KNOWN not in asked[0]

    async def test_that_stands_among_padding_is_not(self, ca, serving):  # noqa: F811
        async with serving(PADDED) as (url, _):
            assert not await Breaches(f"{url}/range/", here(ca)).has(KNOWN)

    @pytest.mark.parametrize("head", ["503 Busy", "429 Too Many"])
    async def test_is_taken_where_nobody_answers_and_the_next_does_not_wait(self, ca, serving, head):  # noqa: F811
        async with serving(b"x", head=head) as (url, asked):
            breaches = Breaches(f"{url}/range/", here(ca))
            assert not await breaches.has(KNOWN)
            assert not await breaches.has(KNOWN)
        assert len(asked) == 1

    async def test_new_and_breached_is_refused_at_its_field(self, ana, ca, serving, monkeypatch):  # noqa: F811
        async with serving(LINES) as (url, _):
            monkeypatch.setattr(breached, "_ASKED", [Breaches(f"{url}/range/", here(ca))])
            body = {"old": "correct horse battery staple", "new": KNOWN}
            refused = await ana.ask("PUT", "/person/password", json=body)
        assert said(refused) == (422, "Malformed")
        assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("/new", "breached")]

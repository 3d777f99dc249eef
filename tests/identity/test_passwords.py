"""What a password may be: long enough, and otherwise what its person likes."""

import secrets
from string import ascii_lowercase

import pytest

from tests.conftest import PASSWORD


async def change(ana, old, new):
    answer = await ana.ask("PUT", "/person/password", json={"old": old, "new": new})
    return answer.status_code, [one["code"] for one in answer.json().get("errors", [])] if answer.content else []


async def sign_in(ana, password):
    return (await ana.ask("POST", "/session", json={"email": ana.email, "password": password})).status_code


class TestPassword:
    async def test_has_twelve_characters_and_up_to_two_hundred(self, ana):
        assert await change(ana, PASSWORD, "kqzvwxjhgfp") == (422, ["too_short"])
        assert (await change(ana, PASSWORD, "k" + secrets.token_hex(100)))[0] == 422
        old = PASSWORD
        for length in (12, 64, 200):
            new = "".join(secrets.choice(ascii_lowercase) for _ in range(length))
            assert await change(ana, old, new) == (204, [])
            assert await sign_in(ana, new) == 201
            old = new

    @pytest.mark.parametrize(
        "new", ["only letters all small", "  Ștefan ŢURCANU  ", "١٢٣٤٥ سنونو الميناء", "\U0001f9b7 molar on the moon"]
    )
    async def test_is_taken_as_it_is_typed_and_needs_no_mixture(self, ana, new):
        assert await change(ana, PASSWORD, new) == (204, [])
        others = {new.strip(), new.upper(), new.lower(), new[:12], new.replace("Ţ", "Ț")} - {new}
        assert {await sign_in(ana, other) for other in others} <= {401, 422}
        assert await sign_in(ana, new) == 201

"""The whole way with a real provider (oidc-provider), its tokens signed, its PKCE required."""

import time
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from chairside.identity.outside import VouchedWrongly


class TestTheWholeWay:
    async def test_signs_in_whoever_has_linked_the_account(self, browsers, north, subject):
        desk = browsers()
        await desk.sign_in(north.email)
        address = await desk.go("real", link=True, back=f"/c/{north.slug}/account")
        assert await desk.back(await desk.sent_back(address, subject)) == (f"/c/{north.slug}/account", {})
        [kept] = (await desk.ask("GET", "/person/outside-identities")).json()["items"]
        assert (kept["provider"], kept["email"], kept["last_used_at"]) == ("Real", f"{subject}@idp.test", None)
        other = browsers()
        assert await other.back(await other.sent_back(await other.go("real"), subject)) == ("/", {})
        assert await other.who() == north.email
        assert next(one["proved_by"] for one in (await other.ask("GET", "/person/sessions")).json()["items"]) == "real"
        [used] = (await other.ask("GET", "/person/outside-identities")).json()["items"]
        assert used["last_used_at"] is not None

    async def test_signs_in_nobody_who_is_not_linked(self, browser, subject):
        page, said = await browser.back(await browser.sent_back(await browser.go("real"), subject))
        assert (page, said) == ("/login", {"outside": "OutsideUnknown", "provider": "real"})
        assert await browser.who() is None

    async def test_ends_at_the_sign_in_screen_when_the_person_says_no(self, browser):
        page, said = await browser.back(await browser.sent_back(await browser.go("real", back="/c/x"), "deny"))
        assert (page, said) == ("/login", {"outside": "OutsideDenied", "provider": "real", "next": "/c/x"})

    async def test_needs_the_verifier_of_the_browser_that_began(self, app, browser, subject):
        asking = app.state.providers.find("real")
        address = await browser.go("real")
        given = {name: values[0] for name, values in parse_qs(urlsplit(await browser.sent_back(address, subject)).query).items()}
        redirect_uri = parse_qs(urlsplit(address).query)["redirect_uri"][0]
        with pytest.raises(VouchedWrongly, match="invalid_grant"):
            await asking.exchange(
                code=given["code"], issuer=given["iss"], redirect_uri=redirect_uri, state=given["state"], browser="x" * 43,
                now=datetime.fromtimestamp(time.time(), UTC),
            )  # fmt: skip

    async def test_says_no_word_of_another_issuer(self, browser, subject):
        address = await browser.sent_back(await browser.go("real"), subject)
        _page, said = await browser.back(address.replace("iss=https%3A%2F%2Flocalhost", "iss=https%3A%2F%2Fevil"))
        assert said["outside"] == "OutsideNotAccepted"

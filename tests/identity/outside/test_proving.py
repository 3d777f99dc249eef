"""Fresh proof by a provider, which is told to ask anew and has to say when it did."""

import time

import pytest

from tests.identity.conftest import said
from tests.identity.outside.test_linking import enrolled

BACK = "/c/x/account/security"


@pytest.fixture
def stale(root):
    """Everybody proved who they are six minutes ago."""

    def stale_():
        root.execute("update session set step_up_at = now() - interval '6 minutes'")
        root.commit()

    return stale_


async def is_fresh(browser) -> bool:
    answer = await browser.ask("POST", "/person/passkey-challenges")
    assert answer.status_code == 201 or said(answer) == (403, "StepUpNeeded")
    return answer.status_code == 201


class TestFreshProof:
    async def test_is_given_by_the_real_provider_that_asks_again(self, browser, north, subject, stale):
        await browser.sign_in(north.email)
        await browser.back(await browser.sent_back(await browser.go("real", link=True, back=BACK), subject))
        await browser.ask("DELETE", "/session")
        await browser.back(await browser.sent_back(await browser.go("real"), subject))
        stale()
        assert not await is_fresh(browser)
        before = browser.http.cookies["chairside"]
        address = await browser.go("real", prove=True, back=BACK)
        assert "prompt=login" in address and "max_age=0" in address
        assert await browser.back(await browser.sent_back(address, subject)) == (BACK, {})
        assert await is_fresh(browser)
        assert browser.http.cookies["chairside"] != before
        other = await browser.ask("GET", "/session", headers={"cookie": f"chairside={before}"})
        assert said(other) == (401, "NotSignedIn")

    @pytest.mark.parametrize(("ago", "counts"), [(0, True), (30, True), (120, False), (3600, False), (None, False)], ids=str)
    async def test_is_as_old_as_the_provider_says(self, browser, fake, linked, north, stale, ago, counts):
        await browser.sign_in(north.email)
        stale()
        fake.claims = {} if ago is None else {"auth_time": int(time.time()) - ago}
        page, told = await browser.back(fake.agree(await browser.go("fake", prove=True, back=BACK), linked))
        assert (page, told.get("proof")) == (BACK, None if counts else "OutsideNotAnew")
        assert await is_fresh(browser) is counts

    async def test_is_not_given_by_an_account_of_somebody_else(self, browser, fake, linked, south, stale):
        await browser.sign_in(south.email)
        stale()
        fake.claims = {"auth_time": int(time.time())}
        for subject in (linked, linked + "x"):
            told = await browser.back(fake.agree(await browser.go("fake", prove=True, back=BACK), subject))
            assert told == (BACK, {"proof": "OutsideNotYours", "provider": "fake"})
        assert not await is_fresh(browser)

    async def test_is_not_given_in_place_of_a_second_factor(self, browser, browsers, fake, linked, north, stale):
        await enrolled(browsers(), north.email)
        fake.claims = {"amr": ["mfa"]}
        await browser.back(fake.agree(await browser.go("fake"), linked))
        stale()
        fake.claims = {"auth_time": int(time.time())}
        told = await browser.back(fake.agree(await browser.go("fake", prove=True, back=BACK), linked))
        assert told[1]["proof"] == "OutsideNotEnough"
        assert not await is_fresh(browser)
        fake.claims |= {"amr": ["mfa"]}
        assert await browser.back(fake.agree(await browser.go("fake", prove=True, back=BACK), linked)) == (BACK, {})
        assert await is_fresh(browser)

    async def test_ends_in_the_session_in_which_it_began(self, browser, fake, linked, north, stale):
        await browser.sign_in(north.email)
        fake.claims = {"auth_time": int(time.time())}
        back = fake.agree(await browser.go("fake", prove=True, back=BACK), linked)
        await browser.sign_in(north.email)
        stale()
        assert (await browser.back(back))[1]["proof"] == "OutsideExpired"
        assert not await is_fresh(browser)

    async def test_unlocks_the_screen(self, browser, fake, linked, north):
        await browser.sign_in(north.email)
        await browser.ask("POST", "/session/lock")
        fake.claims = {"auth_time": int(time.time())}
        assert (await browser.back(fake.agree(await browser.go("fake", prove=True, back=BACK), linked)))[1] == {}
        assert (await browser.ask("GET", "/session")).json()["locked"] is False

    async def test_is_for_nobody_who_is_not_signed_in(self, browser):
        assert said(await browser.ask("POST", "/session/proof/fake", json={})) == (401, "NotSignedIn")


class TestSigningIn:
    @pytest.mark.parametrize(("ago", "fresh"), [(None, True), (10, True), (3600, False)], ids=str)
    async def test_proves_as_of_when_the_provider_asked(self, browser, fake, linked, ago, fresh):
        """A provider that remembers somebody at a shared desk has not asked who sits there."""
        fake.claims = {} if ago is None else {"auth_time": int(time.time()) - ago}
        await browser.back(fake.agree(await browser.go("fake"), linked))
        assert await is_fresh(browser) is fresh

"""Accounts elsewhere, linked and unlinked by their person; and the second factor that a provider's word does not replace."""

import asyncio
import time

import pyotp
import pytest

from tests.identity.conftest import said

BACK = "/c/x/account"


async def enrolled(browser, email: str) -> str:
    """The secret of an authenticator that was just added; its code of this moment is used."""
    await browser.sign_in(email)
    secret = (await browser.ask("POST", "/person/authenticator")).json()["secret"]
    confirmed = await browser.ask("POST", "/person/authenticator/confirmation", json={"code": pyotp.TOTP(secret).now()})
    assert confirmed.status_code == 200
    return secret


def later(secret: str) -> str:
    return pyotp.TOTP(secret).at(int(time.time()) + 30)


class TestLinking:
    async def test_asks_for_fresh_proof(self, browser, north, root):
        await browser.sign_in(north.email)
        root.execute("update session set step_up_at = now() - interval '6 minutes'")
        root.commit()
        answer = await browser.ask("POST", "/person/outside-identities/fake", json={})
        assert said(answer) == (403, "StepUpNeeded")

    async def test_is_for_nobody_who_is_not_signed_in(self, browser):
        assert said(await browser.ask("POST", "/person/outside-identities/fake", json={})) == (401, "NotSignedIn")

    async def test_is_not_asked_for_by_another_site(self, browser, north):
        await browser.sign_in(north.email)
        headers = {"sec-fetch-site": "cross-site"}
        for path in ("/person/outside-identities/fake", "/session/outside/fake"):
            assert said(await browser.ask("POST", path, json={}, headers=headers)) == (403, "FromElsewhere")

    async def test_of_an_account_that_somebody_has_is_refused(self, browser, fake, linked, south):
        await browser.sign_in(south.email)
        back = fake.agree(await browser.go("fake", link=True, back=BACK), linked)
        assert await browser.back(back) == (BACK, {"outside": "OutsideTaken", "provider": "fake"})

    async def test_ends_in_the_session_in_which_it_began(self, browser, fake, subject, north, south):
        """Somebody else has sat down at the same screen meanwhile."""
        await browser.sign_in(north.email)
        back = fake.agree(await browser.go("fake", link=True, back=BACK), subject)
        await browser.sign_in(south.email)
        assert (await browser.back(back))[1]["outside"] == "OutsideExpired"
        assert (await browser.ask("GET", "/person/outside-identities")).json()["items"] == []

    async def test_ends_with_its_session(self, browser, fake, subject, north):
        await browser.sign_in(north.email)
        back = fake.agree(await browser.go("fake", link=True, back=BACK), subject)
        await browser.ask("DELETE", "/session")
        assert (await browser.back(back))[1]["outside"] == "NotSignedIn"

    @pytest.mark.parametrize(
        "back", ["//evil.test", "https://evil.test", "/\\evil.test", "/login", "/c//evil", "/c/x\ny", "javascript:x"]
    )
    async def test_ends_on_no_page_of_others(self, browser, back):
        answer = await browser.ask("POST", "/session/outside/fake", json={"back": back})
        assert said(answer) == (422, "Malformed")

    async def test_is_undone_by_its_person_alone(self, browser, fake, linked, north, south):
        await browser.sign_in(north.email)
        [kept] = (await browser.ask("GET", "/person/outside-identities")).json()["items"]
        assert kept["provider"] == "Fake"
        await browser.sign_in(south.email)
        assert said(await browser.ask("DELETE", f"/person/outside-identities/{kept['id']}")) == (404, "NoSuchOutsideIdentity")
        await browser.sign_in(north.email)
        assert (await browser.ask("DELETE", f"/person/outside-identities/{kept['id']}")).status_code == 204
        assert (await browser.back(fake.agree(await browser.go("fake"), linked)))[1]["outside"] == "OutsideUnknown"

    async def test_and_signing_in_by_it_stand_in_the_audit(self, browser, fake, linked, north, root):
        await browser.back(fake.agree(await browser.go("fake"), linked))
        found = root.execute("select action from audit_event where clinic_id = %s and entity = 'session'", [north.id])
        assert {"link_outside_identity", "sign_in"} <= {action for (action,) in found}

    async def test_of_somebody_suspended_signs_nobody_in(self, browser, fake, linked, north, root):
        root.execute("update principal set suspended_at = now() where id = %s", [north.owner_id])
        root.commit()
        assert (await browser.back(fake.agree(await browser.go("fake"), linked)))[1]["outside"] == "OutsideUnknown"


class TestTheSecondFactor:
    async def test_is_still_asked_for(self, browser, browsers, fake, linked, north):
        secret = await enrolled(browsers(), north.email)
        page, told = await browser.back(fake.agree(await browser.go("fake", back=BACK), linked))
        assert (page, told) == (
            "/login", {"outside": "SecondFactorNeeded", "provider": "fake", "next": BACK, "ways": "code"}
        )  # fmt: skip
        assert await browser.who() is None
        assert said(await browser.ask("POST", "/session/second-step", json={"code": "000000"})) == (401, "WrongCode")
        code = later(secret)
        right = await browser.ask("POST", "/session/second-step", json={"code": code})
        assert (right.status_code, right.json()["second_factor"]) == (201, True)
        assert await browser.who() == north.email
        assert said(await browser.ask("POST", "/session/second-step", json={"code": code})) == (401, "OutsideExpired")

    async def test_lets_one_of_fifty_in_with_the_same_code(self, browser, browsers, fake, linked, north):
        secret = await enrolled(browsers(), north.email)
        await browser.back(fake.agree(await browser.go("fake"), linked))
        code, headers = later(secret), {"cookie": f"chairside-outside={browser.http.cookies['chairside-outside']}"}
        ask = browsers().ask
        tries = (ask("POST", "/session/second-step", json={"code": code}, headers=headers) for _ in range(50))
        answers = await asyncio.gather(*tries)
        assert sum(one.status_code == 201 for one in answers) == 1
        assert {said(one)[1] for one in answers} <= {None, "WrongCode", "TooManyGuesses", "OutsideExpired"}

    async def test_is_heard_ten_times(self, browser, browsers, fake, linked, north):
        await enrolled(browsers(), north.email)
        await browser.back(fake.agree(await browser.go("fake"), linked))
        tries = [said(await browser.ask("POST", "/session/second-step", json={"code": "000000"})) for _ in range(11)]
        assert tries[9] == (401, "WrongCode")
        assert tries[10] == (429, "TooManyGuesses")

    async def test_in_another_browser_or_too_late_is_nothing(self, browser, browsers, fake, linked, north, root):
        secret = await enrolled(browsers(), north.email)
        await browser.back(fake.agree(await browser.go("fake"), linked))
        other = browsers()
        for one in (other, browsers()):
            assert said(await one.ask("POST", "/session/second-step", json={"code": later(secret)})) == (401, "OutsideExpired")
            await other.go("fake")
        root.execute("update outside_trip set expires_at = now() - interval '1 second'")
        root.commit()
        assert said(await browser.ask("POST", "/session/second-step", json={"code": later(secret)})) == (401, "OutsideExpired")

    @pytest.mark.parametrize(
        "claims, counts",
        [({"amr": ["pwd", "mfa"]}, True), ({"acr": "mfa"}, True), ({"amr": ["pwd"]}, False), ({"acr": None}, False)],
    )
    async def test_of_the_provider_counts_where_the_operator_says_so(
        self, browser, browsers, fake, linked, north, claims, counts
    ):
        await enrolled(browsers(), north.email)
        fake.claims = claims
        page, _told = await browser.back(fake.agree(await browser.go("fake"), linked))
        assert (page == "/") is counts
        if counts:
            assert (await browser.ask("GET", "/session")).json()["second_factor"] is True

"""An invitation accepted by the word of a provider: two proofs of the address, and nobody's account is taken over."""

import asyncio
import secrets

import pytest

from tests.identity.conftest import said
from tests.identity.outside.test_linking import enrolled, later
from tests.tenancy.conftest import token  # noqa: F401

PEOPLE = "select count(*) from principal"
LINKS = "select count(*) from outside_identity"


@pytest.fixture
def email() -> str:
    return f"ion-{secrets.token_hex(4)}@new.test"


@pytest.fixture
def invite(north, token):  # noqa: F811
    """The token of a new invitation's link, and the invitation."""

    async def invite_(email, **more):
        answer = await north.ask("POST", "/invitations", json={"email": email, "roles": ["receptionist"], **more})
        assert answer.status_code == 201, answer.text
        return token(answer.json()), answer.json()

    return invite_


@pytest.fixture
def nothing_changes(root, north):
    """People, links, and who works in the clinic."""

    async def look():
        root.rollback()
        counts = [root.execute(query).fetchone() for query in (PEOPLE, LINKS)]
        return counts, [one["email"] for one in (await north.ask("GET", "/members")).json()["items"]]

    return look


@pytest.fixture
def turned(root, north):
    """Meanwhile the invitation has become another."""

    def turned_(invitation, change):
        root.execute("select set_config('app.clinic_id', %s, true)", [str(north.id)])
        root.execute(f"update invitation set {change} where id = %s", [invitation["id"]])
        root.commit()

    return turned_


class TestSomebodyNew:
    async def test_joins_with_the_real_providers_word_and_signs_in_by_it_from_then_on(self, browsers, north, invite, email, root):
        link, _ = await invite(email)
        browser = browsers()
        address = await browser.go("real", invited=link)
        assert f"login_hint={email.replace('@', '%40')}" in address
        assert await browser.back(await browser.sent_back(address, email)) == (f"/c/{north.slug}/schedule", {})
        session = (await browser.ask("GET", "/session")).json()
        assert [one["roles"] for one in session["clinics"]] == [["receptionist"]]
        assert session["principal"] == session["principal"] | {"email": email, "name": f"Named {email.split('@')[0]}"}
        [kept] = (await browser.ask("GET", "/person/outside-identities")).json()["items"]
        assert (kept["provider"], kept["email"]) == ("Real", email)
        security = (await browser.ask("GET", "/person/security")).json()
        assert (security["has_password"], security["providers"]) == (False, [{"key": "real", "name": "Real"}])
        other = browsers()
        assert await other.back(await other.sent_back(await other.go("real"), email)) == ("/", {})
        assert await other.who() == email
        found = root.execute("select action from audit_event where clinic_id = %s and entity = 'session'", [north.id])
        assert {"link_outside_identity", "sign_in"} <= {action for (action,) in found}

    async def test_is_called_as_they_were_invited_where_the_provider_knows_no_name(self, browser, fake, north, invite, email):
        link, _ = await invite(email, name="Ion Popa")
        fake.claims = {"email": email}
        await browser.back(fake.agree(await browser.go("fake", invited=link), email))
        assert (await browser.ask("GET", "/session")).json()["principal"]["name"] == "Ion Popa"

    @pytest.mark.parametrize("claims", [{"email": "another@new.test"}, {"email_verified": False}, {"email": ...}], ids=str)
    async def test_with_another_address_stays_outside(self, browser, fake, invite, email, claims, nothing_changes):
        link, _ = await invite(email)
        before = await nothing_changes()
        fake.claims = {"email": email} | claims
        told = await browser.back(fake.agree(await browser.go("fake", invited=link), email))
        assert told == ("/invitation", {"outside": "InvitedAtAnotherAddress", "provider": "fake"})
        assert (await nothing_changes(), await browser.who()) == (before, None)
        fake.claims = {"email": email.upper()}  # and the invitation still waits
        assert (await browser.back(fake.agree(await browser.go("fake", invited=link), email)))[1] == {}

    async def test_who_says_no_there_may_try_again(self, browser, invite, email):
        link, _ = await invite(email)
        told = await browser.back(await browser.sent_back(await browser.go("real", invited=link), "deny"))
        assert told == ("/invitation", {"outside": "OutsideDenied", "provider": "real"})

    async def test_cannot_lose_the_only_way_in(self, browser, fake, invite, email):
        link, _ = await invite(email)
        fake.claims = {"email": email}
        await browser.back(fake.agree(await browser.go("fake", invited=link), email))
        [kept] = (await browser.ask("GET", "/person/outside-identities")).json()["items"]
        path = f"/person/outside-identities/{kept['id']}"
        assert said(await browser.ask("DELETE", path)) == (409, "OnlyWayIn")
        assert await browser.back(fake.agree(await browser.go("fake", link=True, back="/c/x"), email + "2")) == ("/c/x", {})
        kept = [one["id"] for one in (await browser.ask("GET", "/person/outside-identities")).json()["items"]]
        answers = await asyncio.gather(*(browser.ask("DELETE", f"/person/outside-identities/{one}") for one in kept))
        assert sorted(map(said, answers)) == [(204, None), (409, "OnlyWayIn")]


class TestSomebodyKnown:
    async def test_who_has_not_linked_it_is_not_taken_over(self, browser, fake, south, invite, nothing_changes):
        """The provider says that it is their address, verified; whoever runs it could say so of anybody's."""
        link, _ = await invite(south.email)
        before = await nothing_changes()
        fake.claims = {"email": south.email}
        told = await browser.back(fake.agree(await browser.go("fake", invited=link), "an-account"))
        assert told == ("/invitation", {"outside": "InvitedHasAccount", "provider": "fake"})
        assert (await nothing_changes(), await browser.who()) == (before, None)

    async def test_who_has_linked_it_joins_whatever_address_the_provider_knows(self, browser, fake, linked, north, south):
        invitation = await south.ask("POST", "/invitations", json={"email": north.email, "roles": ["dentist"]})
        link = (await south.ask("GET", f"/invitations/{invitation.json()['id']}/link")).json()["token"]
        arrived = await browser.back(fake.agree(await browser.go("fake", invited=link), linked))
        assert arrived == (f"/c/{south.slug}/schedule", {})
        assert await browser.who() == north.email
        assert {one["slug"] for one in (await browser.ask("GET", "/session")).json()["clinics"]} == {north.slug, south.slug}

    async def test_shows_their_second_factor_first(self, browser, browsers, fake, linked, north, south):
        secret = await enrolled(browsers(), north.email)
        invitation = await south.ask("POST", "/invitations", json={"email": north.email, "roles": ["dentist"]})
        link = (await south.ask("GET", f"/invitations/{invitation.json()['id']}/link")).json()["token"]
        told = await browser.back(fake.agree(await browser.go("fake", invited=link), linked))
        assert told == ("/invitation", {"outside": "SecondFactorNeeded", "provider": "fake", "ways": "code"})
        assert await browser.who() is None
        assert (await browser.ask("POST", "/session/second-step", json={"code": later(secret)})).status_code == 201
        joined = await browser.ask("POST", "/invitations/acceptance", json={"token": link})
        assert {one["slug"] for one in joined.json()["clinics"]} == {north.slug, south.slug}

    async def test_as_somebody_else_joins_as_nobody(self, browser, fake, linked, invite, email, nothing_changes):
        """The account is linked with another person than the one who was invited."""
        link, _ = await invite(email)
        before = await nothing_changes()
        fake.claims = {"email": email}
        told = await browser.back(fake.agree(await browser.go("fake", invited=link), linked))
        assert told[1]["outside"] == "InvitedAtAnotherAddress"
        assert (await nothing_changes(), await browser.who()) == (before, None)


class TestAnInvitation:
    async def test_that_is_over_leads_nowhere(self, browser, fake, north, invite, email, turned, nothing_changes):
        fake.claims = {"email": email}
        assert said(await browser.ask("POST", "/invitations/outside/fake", json={"token": "x" * 43})) == (404, "LinkUnknown")
        link, invitation = await invite(email)
        ways = [fake.agree(await browser.go("fake", invited=link), email) for _ in range(2)]
        turned(invitation, "expires_at = now() - interval '1 second'")
        before = await nothing_changes()
        assert (await browser.back(ways[0]))[1]["outside"] == "LinkUnknown"
        await north.ask("POST", f"/invitations/{invitation['id']}/repetition")
        way = fake.agree(await browser.go("fake", invited=link), email)
        version = (await north.ask("GET", "/invitations")).json()["items"][0]["version"]
        assert (await north.ask("DELETE", f"/invitations/{invitation['id']}", version=version)).status_code == 204
        assert await browser.back(way) == ("/invitation", {"outside": "LinkUnknown", "provider": "fake"})
        assert (await nothing_changes(), await browser.who()) == (before, None)
        answer = await browser.ask("POST", "/invitations/outside/fake", json={"token": link})
        assert said(answer) == (404, "LinkUnknown")

    async def test_is_used_once_by_several_at_the_same_moment(self, browsers, fake, invite, email, root):
        link, _ = await invite(email)
        fake.claims = {"email": email}
        several = [browsers() for _ in range(6)]
        ways = [fake.agree(await one.go("fake", invited=link), f"{email}-{at}") for at, one in enumerate(several)]
        told = await asyncio.gather(*(one.back(way) for one, way in zip(several, ways, strict=True)))
        assert sum(where.startswith("/c/") for where, _ in told) == 1
        assert {more.get("outside") for _, more in told} <= {None, "LinkUnknown", "InvitedHasAccount", "EmailTaken"}
        root.rollback()
        assert root.execute("select count(*) from outside_identity where email = %s", [email]).fetchone() == (1,)

    async def test_is_not_begun_by_another_site(self, browser, invite, email):
        link, _ = await invite(email)
        headers = {"sec-fetch-site": "cross-site"}
        answer = await browser.ask("POST", "/invitations/outside/fake", json={"token": link}, headers=headers)
        assert said(answer) == (403, "FromElsewhere")

    async def test_whose_role_is_gone_makes_nobody(self, browser, fake, north, invite, email, turned, nothing_changes):
        link, invitation = await invite(email)
        fake.claims = {"email": email}
        way = fake.agree(await browser.go("fake", invited=link), email)
        turned(invitation, "roles = '{no-such-role}'")
        before = await nothing_changes()
        assert (await browser.back(way))[1]["outside"] == "InvitationOutdated"
        assert (await nothing_changes(), await browser.who()) == (before, None)

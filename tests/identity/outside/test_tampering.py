"""What a provider might say that is not so, or somebody in its place: nobody is signed in by it."""

import asyncio
import base64
import json
import re
import time

import pytest
from joserfc import jwk, jws

from chairside.identity.outside import asking
from tests.identity.outside.fake import b64

NOW = int(time.time())
REFUSED = ("/login", {"outside": "OutsideNotAccepted", "provider": "fake"})


def unsigned(header, claims):
    return f"{b64(json.dumps({**header, 'alg': 'none'}).encode())}.{b64(json.dumps(claims).encode())}."


def tampered(token: str) -> str:
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    return f"{head}.{b64(json.dumps(claims | {'email': 'x@y.test'}).encode())}.{signature}"


class TestAnIdToken:
    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": "https://evil.test"}, {"iss": ...}, {"aud": "another"}, {"aud": ["another"]}, {"aud": ...}, {"aud": 1},
            {"aud": ["chairside", "another"]}, {"aud": ["chairside", "another"], "azp": "another"}, {"azp": "another"},
            {"exp": NOW - 3600}, {"exp": ...}, {"exp": "tomorrow"}, {"exp": True}, {"exp": float("nan")}, {"iat": NOW + 3600},
            {"iat": ...}, {"nbf": NOW + 3600}, {"nonce": "another"}, {"nonce": ...}, {"nonce": None}, {"nonce": ["x"]},
            {"at_hash": "another"}, {"at_hash": 1}, {"sub": ...}, {"sub": ""}, {"sub": "x" * 256}, {"sub": "a\0b"}, {"sub": 1},
            {"amr": "mfa"}, {"amr": 1}, {"auth_time": "now"}, {"auth_time": True}, {"auth_time": -1}, {"auth_time": NOW + 3600},
            {"auth_time": float("nan")}, {"auth_time": [NOW]},
        ],
        ids=lambda claims: re.sub(r"\d{9,}", "moment", str(claims)),
    )  # fmt: skip
    async def test_with_a_wrong_claim_is_refused(self, browser, fake, linked, claims):
        fake.claims = claims
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == REFUSED
        assert await browser.who() is None

    @pytest.mark.parametrize(
        "header",
        [{"kid": "unheard-of"}, {"kid": 1}, {"crit": ["x"], "x": 1}, {"alg": "PS384"}, {"b64": False, "crit": ["b64"]}],
        ids=str,
    )
    async def test_with_a_wrong_header_is_refused(self, browser, fake, linked, header):
        fake.sign = lambda usual, claims: signed_anyhow(fake, usual | header, claims)
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == REFUSED
        assert await browser.who() is None

    async def test_that_nobody_signed_is_refused(self, browser, fake, linked):
        for none in ("none", "None", "NONE", "nOnE"):
            fake.sign = lambda header, claims, none=none: unsigned(header, claims).replace(
                b64(json.dumps({**header, "alg": "none"}).encode()), b64(json.dumps({**header, "alg": none}).encode())
            )
            assert await browser.back(fake.agree(await browser.go("fake"), linked)) == REFUSED
        assert await browser.who() is None

    @pytest.mark.parametrize("secret", ["public", "client"])
    async def test_signed_with_what_everybody_knows_or_we_do_is_refused(self, browser, fake, linked, secret):
        """HS256 with the public key's text as its secret, or with the client's secret."""
        from tests.identity.outside.conftest import SECRET

        text = fake.key.as_pem(private=False).decode() if secret == "public" else SECRET

        def sign(header, claims):
            key = jwk.OctKey.import_key(base64.urlsafe_b64encode(text.encode()).decode())
            return jws.serialize_compact(header | {"alg": "HS256"}, json.dumps(claims), key, algorithms=["HS256"])

        fake.sign = sign
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == REFUSED
        assert await browser.who() is None

    async def test_signed_by_a_stranger_is_refused(self, browser, fake, linked):
        stranger = jwk.RSAKey.generate_key(2048)
        fake.sign = lambda header, claims: jws.serialize_compact(header, json.dumps(claims), stranger)
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == REFUSED

    async def test_that_brings_its_own_key_is_refused(self, browser, fake, linked):
        stranger = jwk.RSAKey.generate_key(2048)
        header = {"jwk": stranger.as_dict(private=False), "kid": ...}
        fake.sign = lambda usual, claims: jws.serialize_compact(
            {"alg": "RS256", "jwk": header["jwk"]}, json.dumps(claims), stranger
        )
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == REFUSED

    async def test_changed_on_the_way_is_refused(self, browser, fake, linked):
        fake.sign = lambda header, claims: tampered(jws.serialize_compact(header, json.dumps(claims), fake.key))
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == REFUSED

    @pytest.mark.parametrize("token", [None, 1, "", ".", "..", "a.b.c", "x" * 40_000, "é.é.é", "[" * 9000])
    async def test_that_is_none_is_refused(self, browser, fake, linked, token):
        fake.answer = {"id_token": token}
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == REFUSED

    async def test_as_it_should_be_signs_in(self, browser, fake, linked, north):
        """That the ones above are refused for what is wrong with them."""
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == ("/", {})
        assert await browser.who() == north.email

    @pytest.mark.parametrize(
        "claims", [{"aud": ["chairside"]}, {"aud": ["chairside", "b"], "azp": "chairside"}, {"at_hash": ...}]
    )
    async def test_within_the_standard_signs_in(self, browser, fake, linked, north, claims):
        fake.claims = claims
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == ("/", {})

    async def test_of_another_subject_is_somebody_else(self, browser, fake, linked, north):
        """The e-mail address does not help: it is the clinic owner's own, and verified."""
        fake.claims = {"email": north.email, "email_verified": True}
        _page, said = await browser.back(fake.agree(await browser.go("fake"), linked + "x"))
        assert said["outside"] == "OutsideUnknown"
        assert await browser.who() is None


def signed_anyhow(fake, header, claims):
    """As a library would not: whatever the header says."""
    first = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
    right = jws.serialize_compact({"alg": "RS256"}, first, fake.key)
    return f"{first}.{right.split('.')[2]}"


class TestKeys:
    async def test_that_were_changed_are_looked_for(self, browser, fake, linked, north, monkeypatch):
        monkeypatch.setattr(asking, "AGAIN", 0)
        await browser.back(fake.agree(await browser.go("fake"), linked))
        fake.rotate("EC")
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == ("/", {})
        fake.rotate()
        assert await browser.back(fake.agree(await browser.go("fake"), linked)) == ("/", {})

    async def test_that_do_not_exist_are_not_looked_for_all_the_time(self, browser, fake, linked):
        await browser.back(fake.agree(await browser.go("fake"), linked))
        fake.sign = lambda header, claims: signed_anyhow(fake, header | {"kid": "unheard-of"}, claims)
        fake.asked.clear()
        for _ in range(5):
            await browser.back(fake.agree(await browser.go("fake"), linked))
        assert fake.asked.count("/keys") <= 1


class TestAReturn:
    async def test_is_good_once(self, browser, fake, linked):
        back = fake.agree(await browser.go("fake"), linked)
        codes, secret = dict(fake.codes), browser.http.cookies["chairside-outside"]
        assert (await browser.back(back))[0] == "/"
        fake.codes = codes  # a provider that takes its code twice
        browser.http.cookies.set("chairside-outside", secret)
        page, said = await browser.back(back)
        assert (page, said["outside"]) == ("/login", "OutsideExpired")

    async def test_lets_one_of_fifty_in(self, browsers, fake, linked, browser, root):
        back = fake.agree(await browser.go("fake"), linked)
        [agreed] = fake.codes.values()
        fake.codes |= {f"c{n}": agreed for n in range(50)}
        path, state = back.split("?")[0], back.split("state=")[1]
        headers = {"cookie": f"chairside-outside={browser.http.cookies['chairside-outside']}"}
        http = browsers().http
        answers = await asyncio.gather(*(http.get(f"{path}?code=c{n}&state={state}", headers=headers) for n in range(50)))
        assert {one.status_code for one in answers} == {302}
        given = [name for one in answers for name in one.headers.get_list("set-cookie")]
        assert sum(one.startswith("chairside=") for one in given) == 1
        assert sum("OutsideExpired" in one.headers["location"] for one in answers) == 49

    async def test_in_another_browser_signs_nobody_in(self, browsers, fake, linked, browser):
        """Somebody sends a victim the end of their own way, to have them work in the wrong account."""
        back = fake.agree(await browser.go("fake"), linked)
        victim = browsers()
        assert (await victim.back(back))[1]["outside"] == "OutsideExpired"
        await victim.go("fake")
        assert (await victim.back(back))[1]["outside"] == "OutsideExpired"
        assert await victim.who() is None
        assert (await browser.back(back))[0] == "/"  # and the one who began it was not kept from it

    @pytest.mark.parametrize("state", ["", "x", "é", "x" * 43, "x" * 5000, "%27%20or%201=1", "\ud800"])
    async def test_with_a_forged_state_signs_nobody_in(self, browser, fake, linked, state):
        fake.agree(await browser.go("fake"), linked)
        path = f"/api/v1/session/outside/fake/return?code=x&state={state.encode('utf-8', 'surrogatepass').hex() if not state.isascii() else state}"
        assert (await browser.back(path))[1]["outside"] == "OutsideExpired"

    async def test_to_another_provider_signs_nobody_in(self, browser, fake, linked):
        back = fake.agree(await browser.go("fake"), linked)
        assert (await browser.back(back.replace("/fake/", "/real/")))[1]["outside"] == "OutsideExpired"
        assert (await browser.back(back.replace("/fake/", "/nobody/")))[1]["outside"] == "NoSuchWayIn"

    async def test_after_ten_minutes_signs_nobody_in(self, browser, fake, linked, root):
        back = fake.agree(await browser.go("fake"), linked)
        root.execute("update outside_trip set expires_at = now() - interval '1 second'")
        root.commit()
        assert (await browser.back(back))[1]["outside"] == "OutsideExpired"

    async def test_keeps_no_secret_of_the_trip(self, browser, fake, root):
        address = await browser.go("fake")
        kept = " ".join(map(str, root.execute("select t::text from outside_trip t").fetchall()))
        for secret in (browser.http.cookies["chairside-outside"], address.split("state=")[1].split("&")[0]):
            assert secret not in kept
            assert secret.encode().hex() not in kept

    @pytest.mark.parametrize("more", ["error=access_denied", "error=x&code=y", "", "code="])
    async def test_without_a_code_signs_nobody_in(self, browser, fake, more):
        state = (await browser.go("fake")).split("state=")[1].split("&")[0]
        page, said = await browser.back(f"/api/v1/session/outside/fake/return?state={state}&{more}")
        assert (page, said["outside"]) == ("/login", "OutsideDenied")


class TestAProviderThatIsAway:
    async def test_is_said_to_be(self, browser, fake, linked, app):
        back = fake.agree(await browser.go("fake"), linked)
        fake.away = True
        assert (await browser.back(back))[1]["outside"] == "OutsideAway"
        asking = app.state.providers.find("fake")
        asking._known, asking._away_until = None, 0
        answer = await browser.ask("POST", "/session/outside/fake", json={})
        assert (answer.status_code, answer.json()["code"]) == (503, "OutsideAway")
        fake.away, asking._away_until = False, 0
        assert (await browser.back(fake.agree(await browser.go("fake"), linked)))[0] == "/"

    @pytest.mark.parametrize(
        "metadata", [{"issuer": "https://evil.test"}, {"token_endpoint": "http://localhost/x"}, {"jwks_uri": None}], ids=str
    )
    async def test_by_its_own_document_is_not_asked(self, browser, fake, app, metadata):
        asking = app.state.providers.find("fake")
        asking._known, fake.metadata = None, metadata
        answer = await browser.ask("POST", "/session/outside/fake", json={})
        asking._known, asking._away_until = None, 0
        assert (answer.status_code, answer.json()["code"]) == (503, "OutsideAway")

    async def test_and_leads_inside_is_not_followed(self, browser, fake, linked, app):
        """A provider's document names a machine in our own network, which is not the issuer's own host."""
        asking = app.state.providers.find("fake")
        asking._known, fake.metadata = None, {"token_endpoint": "https://127.0.0.1:1/x"}
        said = (await browser.back(fake.agree(await browser.go("fake"), linked)))[1]
        asking._known, asking._away_until = None, 0
        assert said["outside"] == "OutsideAway"

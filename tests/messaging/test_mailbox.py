"""The mailbox of development: what it shows, and that it is nowhere else."""

from dataclasses import replace
from email.message import EmailMessage

import httpx
import pytest

from chairside.app import build, enveloped
from chairside.kernel.settings import Settings, SettingsRefused
from chairside.messaging.posts import Mailbox


@pytest.fixture
def browsing(settings, pool, tmp_path):
    """Whoever comes by, signed in or not, where letters are kept."""

    def browsing_(**more) -> httpx.AsyncClient:
        app = build(replace(settings, mailbox=str(tmp_path / "data/mailbox"), **more))
        app.state.pool = pool
        return httpx.AsyncClient(transport=httpx.ASGITransport(enveloped(app)), base_url="http://chairside.test/api/v1")

    return browsing_


@pytest.fixture
def box(tmp_path) -> Mailbox:
    return Mailbox(str(tmp_path / "data/mailbox"))


class TestTheMailbox:
    async def test_shows_what_would_have_gone_out(self, browsing, invited, work, post, state, box, given, north):
        assert (await browsing().get("/mailbox")).json()["items"] == []
        _, letter = await invited("ion@example.test", name="Ion <b>Șerban</b>")
        post(box)
        await work(letter)
        assert state(letter) == ("sent", None, 1)
        [shown] = (await browsing().get("/mailbox")).json()["items"]
        assert (shown["to"], shown["subject"], shown["attachments"]) == ("ion@example.test", "north vă invită pe Chairside", [])
        assert "https://chairside.test/invitation#" in shown["text"]
        page = await browsing().get(f"/mailbox/{shown['id']}/html")
        assert "&lt;b&gt;" in page.text
        assert page.headers.get_list("content-security-policy") == [
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        ]

    @pytest.mark.parametrize("path", ["", "/x/html", "/x/attachments/0", "/..%2f..%2fsecret/html"])
    async def test_is_not_there_in_production(self, browsing, settings, pool, path):
        for more in ({"environment": "production"}, {"mailbox": ""}):
            app = build(replace(settings, **{"mailbox": "/tmp", **more}))
            app.state.pool = pool
            client = httpx.AsyncClient(transport=httpx.ASGITransport(enveloped(app)), base_url="http://chairside.test/api/v1")
            assert (await client.get(f"/mailbox{path}")).status_code == 404

    async def test_gives_no_other_file(self, browsing, box, tmp_path):
        (tmp_path / "data").mkdir()
        (tmp_path / "data/secret").write_text("nobody reads this")
        for key in ("..%2fsecret", "../secret", "secret", "%2e%2e%2fsecret"):
            assert (await browsing().get(f"/mailbox/{key}/html")).status_code == 404

    def test_is_refused_by_the_settings_in_production(self):
        with pytest.raises(SettingsRefused):
            Settings(environment="production", secret="x" * 32, mailbox="/tmp/box").check()

    async def test_is_closed_to_everyone_else(self, tmp_path):
        letter = EmailMessage()
        letter["to"], letter["subject"] = "ana@example.test", "A link"

        async def yes() -> bool:
            return True

        await Mailbox(str(tmp_path / "deep/box")).hand_over(letter, yes)
        found = [tmp_path / "deep/box", *(tmp_path / "deep/box").rglob("*")]
        assert len(found) == 5 and [path for path in found if path.stat().st_mode & 0o077] == []


class TestTheSettingsOfMail:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"smtp_tls": "maybe"},
            {"smtp_from": ""},
            {"smtp_from": "nobody"},
            {"origin": ""},
            {"smtp_tls": "none", "smtp_user": "x"},
        ],
    )
    def test_are_refused_in_a_sentence(self, wrong):
        right = {"smtp_host": "mail.test", "smtp_from": "a@b.test", "origin": "https://c.test", "environment": "production"}
        Settings(**right, secret="x" * 32).check()
        with pytest.raises(SettingsRefused, match="CHAIRSIDE_"):
            Settings(**(right | wrong), secret="x" * 32).check()

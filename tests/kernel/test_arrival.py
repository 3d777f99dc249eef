"""For whom a request asks when proxies stand between, and what may be read from where."""

import secrets
from dataclasses import replace

import httpx
import psycopg
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from chairside.app import build, enveloped
from chairside.kernel import addresses
from chairside.kernel.settings import Settings, SettingsRefused

PROXY, OUTER, CLIENT, FORGED = "10.0.0.2", "192.0.2.7", "203.0.113.9", "198.51.100.66"
KNOWN = addresses.networks("10.0.0.0/24, 192.0.2.7, fd00::/8")


def asker(peer: str, *lines: str, hops: int = 1) -> str:
    return addresses.asker(peer, lines, proxies=KNOWN, hops=hops)


class TestAsker:
    def test_is_whoever_the_proxy_names(self):
        assert asker(PROXY, CLIENT) == CLIENT

    def test_is_the_peer_when_it_is_no_proxy_of_ours(self):
        assert asker(CLIENT, FORGED) == CLIENT

    @pytest.mark.parametrize("forged", [FORGED, f"{FORGED}, {FORGED}", "10.0.0.9", "127.0.0.1", "unknown", "", ", ,", "x" * 9000])
    def test_is_not_what_the_client_wrote_before_the_proxy_did(self, forged):
        assert asker(PROXY, f"{forged}, {CLIENT}") == CLIENT
        assert asker(PROXY, forged, CLIENT) == CLIENT

    def test_lies_behind_as_many_proxies_as_stand_there(self):
        assert asker(PROXY, FORGED, f"{CLIENT}, {OUTER}", hops=2) == CLIENT
        assert asker(PROXY, FORGED, f"{CLIENT}, {OUTER}", hops=1) == OUTER

    def test_is_whoever_reached_the_inner_proxy_past_the_outer(self):
        assert asker(PROXY, f"{FORGED}, {CLIENT}", hops=2) == CLIENT

    @pytest.mark.parametrize("garbage", ["", "unknown", "_hidden", "<script>", "999.1.1.1", "1.2.3.4.5", "::g"])
    def test_is_the_proxy_itself_when_it_names_nobody(self, garbage):
        assert asker(PROXY, garbage) == PROXY
        assert asker(PROXY) == PROXY

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("2001:db8::1", "2001:db8::1"), ("[2001:db8::1]:4711", "2001:db8::1"), ("2001:DB8:0:0::1", "2001:db8::1"),
            ("::ffff:203.0.113.9", CLIENT), ("203.0.113.9:52000", CLIENT), (f'"{CLIENT}"', CLIENT), ("fe80::1%eth0", "fe80::1"),
        ],
    )  # fmt: skip
    def test_is_read_however_proxies_write_it(self, written, meant):
        assert asker("fd00::2", written) == meant

    @for_all(st.lists(st.text(max_size=40), max_size=5), st.integers(1, 4))
    def test_is_always_an_address(self, lines, hops):
        assert addresses.read(asker(PROXY, *lines, hops=hops)) is not None

    @pytest.mark.parametrize(
        ("text", "here"),
        [
            ("127.0.0.1", True),
            ("127.8.8.8", True),
            ("::1", True),
            ("localhost", True),
            ("0.0.0.0", False),
            ("::", False),
            ("10.0.0.2", False),
            ("chairside.example", False),
        ],
    )
    def test_is_on_this_machine_or_not(self, text, here):
        assert addresses.is_here(text) == here

    def test_is_counted_by_the_network_that_one_customer_has(self):
        assert addresses.home("2001:db8:1:2::5") == addresses.home("2001:db8:1:2:ffff::9") != addresses.home("2001:db8:1:3::5")
        assert addresses.home(CLIENT) == CLIENT


@pytest.fixture
def ask(settings, pool):
    """A request from this peer, with these headers, to an app with these settings."""

    async def ask_(path, peer, *headers, method="GET", json=None, **changed):
        app = build(replace(settings, **changed))
        app.state.pool = pool
        transport = httpx.ASGITransport(enveloped(app), client=(peer, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://chairside.test") as client:
            return await client.request(method, path, headers=list(headers), json=json)

    return ask_


BEHIND = {"proxies": "10.0.0.0/24", "origin": "https://chairside.test"}
FOR, TLS = ("x-forwarded-for", CLIENT), ("x-forwarded-proto", "https")
NEW = {"name": "North", "timezone": "UTC", "locale": "en-US", "currency": "USD"}


def new_clinic() -> dict:
    slug = f"north-{secrets.token_hex(4)}"
    return NEW | {"slug": slug, "owner": {"name": "Ana", "email": f"{slug}@example.test", "password": "correct horse battery"}}


class TestBehindAProxy:
    async def test_sessions_audit_and_cookies_know_who_asked_and_how(self, ask, root: psycopg.Connection):
        words = new_clinic()
        answer = await ask("/api/v1/clinics", PROXY, ("x-forwarded-for", FORGED), FOR, TLS, method="POST", json=words, **BEHIND)
        assert answer.status_code == 201, answer.text
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-chairside=")
        assert {"secure", "httponly", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
        assert "domain=" not in cookie.lower()
        assert "max-age" in answer.headers["strict-transport-security"]
        found = root.execute(
            "select host(session.ip) from session join membership on membership.principal_id = session.principal_id"
            " where membership.email = %s",
            [words["owner"]["email"]],
        )
        assert found.fetchall() == [(CLIENT,)]
        there = f"/api/v1/clinics/{words['slug']}"
        sent = ("cookie", cookie.split(";")[0]), ("sec-fetch-site", "same-origin"), FOR, TLS
        person = {"first_name": "A", "last_name": "B", "birth_date": "1980-01-01"}
        answer = await ask(f"{there}/patients", PROXY, *sent, method="POST", json=person, **BEHIND)
        assert answer.status_code == 201, answer.text
        found = root.execute("select host(ip) from audit_event where entity_id = %s and action = 'insert'", [answer.json()["id"]])
        assert found.fetchall() == [(CLIENT,)]

    async def test_rate_limits_count_the_client_and_no_forged_name(self, ask, settings, pool):
        app = build(replace(settings, sign_ups_per_address=2, **BEHIND))
        app.state.pool = pool
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(enveloped(app), client=(PROXY, 1)), base_url="https://chairside.test"
        ) as client:
            codes = []
            for forged in range(3):
                headers = [("x-forwarded-for", f"198.51.100.{forged}"), FOR, TLS]
                codes.append((await client.post("/api/v1/clinics", headers=headers, json=new_clinic())).status_code)
            other = [("x-forwarded-for", OUTER), TLS]
            codes.append((await client.post("/api/v1/clinics", headers=other, json=new_clinic())).status_code)
        assert codes == [201, 201, 429, 201]

    async def test_a_change_may_come_from_the_address_that_is_ours(self, ask):
        """A browser without Sec-Fetch-Site, behind a proxy that changes the Host."""
        for origin, status in (("https://front.example", 401), ("https://evil.example", 403), ("http://front.example", 403)):
            answer = await ask(
                "/api/v1/session", PROXY, FOR, TLS, ("origin", origin), method="POST", proxies="10.0.0.0/24",
                origin="https://front.example", json={"email": "nobody@example.test", "password": "x"},
            )  # fmt: skip
            assert answer.status_code == status, (origin, answer.text)

    async def test_nothing_crosses_a_network_in_plain_text(self, ask):
        for peer, headers in ((CLIENT, ()), (CLIENT, (TLS,)), (PROXY, (FOR, ("x-forwarded-proto", "http")))):
            answer = await ask("/api/v1/deployment", peer, *headers, **BEHIND)
            assert (answer.status_code, answer.json()["code"]) == (403, "NotEncrypted"), (peer, headers)
            assert (await ask("/", peer, *headers, **BEHIND)).status_code == 403
            assert (await ask("/health", peer, *headers, **BEHIND)).status_code == 200
        assert (await ask("/api/v1/deployment", "127.0.0.1")).status_code == 200

    async def test_a_proxy_on_this_machine_is_known_once_there_is_an_address_of_our_own(self, ask):
        answer = await ask("/api/v1/deployment", "127.0.0.1", FOR, TLS, origin="https://chairside.test")
        assert "strict-transport-security" in answer.headers
        answer = await ask("/api/v1/deployment", "127.0.0.1", FOR, TLS)
        assert "strict-transport-security" not in answer.headers


class TestMetrics:
    @pytest.mark.parametrize(
        ("peer", "headers", "status"),
        [
            ("127.0.0.1", (), 200), ("::1", (), 200), (CLIENT, (), 404), ("127.0.0.1", (FOR,), 404), (PROXY, (FOR, TLS), 404),
            (PROXY, (("x-forwarded-for", "127.0.0.1"),), 404), ("127.0.0.1", (("via", "1.1 Caddy"),), 404),
        ],
    )  # fmt: skip
    async def test_are_for_the_operators_own_networks_and_through_no_proxy(self, ask, peer, headers, status):
        assert (await ask("/metrics", peer, *headers, **BEHIND)).status_code == status

    async def test_may_be_read_from_a_network_that_is_named(self, ask):
        assert (await ask("/metrics", CLIENT, metrics_from="203.0.113.0/24")).status_code == 200
        assert (await ask("/metrics", "127.0.0.1", metrics_from="")).status_code == 404


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PROXIES", "10.0.0.300"), ("PROXY_HOPS", "0"), ("PROXY_HOPS", "many"), ("METRICS_FROM", "everywhere"),
            ("ORIGIN", "chairside.example"), ("ORIGIN", "https://chairside.example/app"), ("REDIS_URL", "localhost:6379"),
        ],
    )  # fmt: skip
    def test_a_wrong_one_is_said_in_one_sentence(self, name, value):
        with pytest.raises(SettingsRefused, match=f"CHAIRSIDE_{name}"):
            Settings.from_environment({f"CHAIRSIDE_{name}": value})

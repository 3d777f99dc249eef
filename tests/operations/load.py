"""A day's work from several desks at once, over HTTP, and what must be true of it afterwards."""

import asyncio
import itertools
import secrets
import ssl
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import httpx
import psycopg

MONDAY = datetime(2031, 1, 6, 8, tzinfo=UTC)
NEW = {"name": "North", "timezone": "UTC", "locale": "en-US", "currency": "USD"}
PASSWORD = "correct horse battery"
MANY = str(10**6)
GENEROUS = {"CHAIRSIDE_REQUESTS_PER_PRINCIPAL": MANY, "CHAIRSIDE_SIGN_UPS_PER_ADDRESS": MANY}
PASSING = ("IdempotencyKeyInFlight", "Busy", "DatabaseAway", "PerhapsSaved", "TooSlow")


class Clinic:
    """A clinic of its own, made over HTTP, with an owner who is signed in."""

    def __init__(self, url: str, verify: "ssl.SSLContext | bool" = True) -> None:
        self.slug = f"north-{secrets.token_hex(4)}"
        self.email = f"{self.slug}@example.test"
        owner = {"name": "Ana", "email": self.email, "password": PASSWORD}
        answer = httpx.post(f"{url}/api/v1/clinics", json={**NEW, "slug": self.slug, "owner": owner}, verify=verify, timeout=20)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        self.headers = {"cookie": answer.headers["set-cookie"].split(";")[0], "sec-fetch-site": "same-origin"}
        self.path = f"/api/v1/clinics/{self.slug}"
        with httpx.Client(base_url=url, headers=self.headers, verify=verify, timeout=20) as client:
            self.desks = [self.desk(client, number) for number in range(2)]
        self.booked: list[str] = []
        self.paid: list[str] = []

    def desk(self, client: httpx.Client, number: int) -> "tuple[str, str, itertools.count[int]]":
        """A patient, a provider and their next free half hour."""
        patient = self.make(client, "/patients", first_name=f"P{number}", last_name=self.slug, birth_date="1980-01-01")
        return patient, self.make(client, "/providers", name=f"Dr {number}"), itertools.count()

    def make(self, client: httpx.Client, path: str, **body: object) -> str:
        answer = client.post(self.path + path, json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


def sign_up(url: str) -> int:
    """A clinic that nobody looks at again; what the server said to it."""
    slug = f"south-{secrets.token_hex(4)}"
    owner = {"name": "Ana", "email": f"{slug}@example.test", "password": PASSWORD}
    return httpx.post(f"{url}/api/v1/clinics", json={**NEW, "slug": slug, "owner": owner}, timeout=20).status_code


class Load(threading.Thread):
    """Two desks in each clinic book, take money and look, over and over, at these addresses in turn. `strict`: every request is
    answered well at the first try. Otherwise each act is sent again under its key until it is answered."""

    def __init__(self, clinics: Sequence[Clinic], urls: Sequence[str], *, strict: bool, verify: object = True) -> None:
        super().__init__(daemon=True)
        self.clinics, self.urls, self.strict, self.verify = clinics, itertools.cycle(urls), strict, verify
        self.failed: list[str] = []
        self.done = 0
        self.longest = 0.0
        """Seconds of a request."""
        self._ending = threading.Event()

    def __enter__(self) -> "Load":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self.join(60)
        assert not self.is_alive()

    def await_more(self, requests: int = 30, seconds: float = 60) -> None:
        wanted, deadline = self.done + requests, time.monotonic() + seconds
        while self.done < wanted:
            assert time.monotonic() < deadline and self.is_alive(), self.failed
            time.sleep(0.02)

    def run(self) -> None:
        asyncio.run(self._desks())

    async def _desks(self) -> None:
        async with httpx.AsyncClient(timeout=25, verify=self.verify) as client:  # type: ignore[arg-type]
            desks = [self._desk(client, clinic, *desk) for clinic in self.clinics for desk in clinic.desks]
            await asyncio.gather(*desks)

    async def _desk(
        self, client: httpx.AsyncClient, clinic: Clinic, patient: str, provider: str, slots: "itertools.count[int]"
    ) -> None:
        for slot in slots:
            if self._ending.is_set():
                return
            starts_at = (MONDAY + slot * timedelta(minutes=30)).isoformat()
            visit = {"patient_id": patient, "provider_id": provider, "starts_at": starts_at, "duration_minutes": 30}
            clinic.booked += await self._post(client, clinic, "/appointments", visit)
            money = {"amount": {"amount": 100 + slot, "currency": "USD"}, "method": "cash", "patient_id": patient}
            clinic.paid += await self._post(client, clinic, "/payments", {**money, "reference": f"{provider}-{slot}"})
            answer = await self._ask(client, clinic, "GET", "/patients")
            if answer is not None and {one["last_name"] for one in answer.json()["items"]} != {clinic.slug}:
                self.failed.append(f"{clinic.slug} sees others: {answer.text}")

    async def _post(self, client: httpx.AsyncClient, clinic: Clinic, path: str, body: object) -> list[str]:
        answer = await self._ask(client, clinic, "POST", path, json=body, key=secrets.token_hex(8))
        return [answer.json()["id"]] if answer is not None else []

    async def _ask(
        self, client: httpx.AsyncClient, clinic: Clinic, method: str, path: str, *, json: object = None, key: str = ""
    ) -> httpx.Response | None:
        headers = clinic.headers | ({"idempotency-key": key} if key else {})
        while True:
            began = time.monotonic()
            try:
                answer = await client.request(method, next(self.urls) + clinic.path + path, json=json, headers=headers)
            except httpx.TransportError as error:
                if self.strict:
                    self.failed.append(f"{method} {path}: {error!r}")
                    return None
            else:
                self.done += 1
                self.longest = max(self.longest, time.monotonic() - began)
                if answer.status_code in (200, 201):
                    return answer
                if self.strict or answer.json().get("code") not in PASSING:
                    self.failed.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
                    return None
            if self._ending.is_set() and method == "GET":
                return None
            await asyncio.sleep(0.05)


def check(db: psycopg.Connection, clinic: Clinic, *, at_least: bool = False) -> None:
    """What was acknowledged is there once, and the books balance. `at_least`: more may be there, asked meanwhile."""

    def column(query: str) -> list[str]:
        return [str(value) for (value,) in db.execute(query, {"clinic": clinic.id})]

    for query, known in (
        ("select id from appointment where clinic_id = %(clinic)s", clinic.booked),
        ("select id from credit where clinic_id = %(clinic)s", clinic.paid),
    ):
        found = column(query)
        assert set(known) <= set(found) if at_least else sorted(known) == sorted(found)
    booked = column("select count(*) * 2 from appointment where clinic_id = %(clinic)s")
    assert column("select count(*) from claim where clinic_id = %(clinic)s") == booked
    assert column("select coalesce(sum(amount), 0) from ledger_posting where clinic_id = %(clinic)s") == ["0"]
    unequal = "select 1 from ledger_posting where clinic_id = %(clinic)s group by transaction_id having sum(amount) <> 0 or count(*) < 2"
    assert column(unequal) == []
    doubled = "select 1 from credit where clinic_id = %(clinic)s group by reference having count(*) > 1"
    assert column(doubled) == []

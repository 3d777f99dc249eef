"""kill -9 in the middle of bookings and payments: nothing that was acknowledged is lost, nothing is done twice."""

import random
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest

from chairside.kernel import embedded
from tests.operations.started import until

CLIENTS, KILLS = 4, 8
MONDAY = datetime(2031, 1, 6, 8, tzinfo=UTC)
NEW = {"name": "North", "timezone": "UTC", "locale": "en-US", "currency": "USD"}
MANY = str(10**6)
VICTIMS = ("serve", "postgres", "serve", "worker", "backend")


class Desk(threading.Thread):
    """Books a visit, then takes a payment, over and over, each act sent again under its key until it is answered."""

    def __init__(self, clinic: "Clinic", number: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.clinic, self.stop = clinic, stop
        self.provider = clinic.make("/providers", {"name": f"Dr {number}"})
        self.patient = clinic.make("/patients", {"first_name": "P", "last_name": str(number), "birth_date": "1980-01-01"})
        self.booked: list[str] = []
        self.paid: list[str] = []
        self.strange: list[str] = []

    def run(self) -> None:
        slot = 0
        while not self.stop.is_set():
            starts_at = (MONDAY + slot * timedelta(minutes=30)).isoformat()
            visit = {"patient_id": self.patient, "provider_id": self.provider, "starts_at": starts_at, "duration_minutes": 30}
            self.booked += self.insist("/appointments", visit)
            money = {"amount": {"amount": 100 + slot, "currency": "USD"}, "method": "cash", "patient_id": self.patient}
            self.paid += self.insist("/payments", {**money, "reference": f"{self.name}-{slot}"})
            slot += 1

    def insist(self, path: str, body: dict) -> list[str]:
        key = secrets.token_hex(8)
        while True:
            try:
                answer = self.clinic.post(path, body, key)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 201:
                return [answer.json()["id"]]
            if answer.status_code not in (409, 503) or answer.json()["code"] not in (
                "IdempotencyKeyInFlight",
                "Busy",
                "DatabaseAway",
            ):
                self.strange.append(f"{answer.status_code} {answer.text}")
                return []
            time.sleep(0.05)


class Clinic:
    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/api/v1/clinics"
        slug = f"north-{secrets.token_hex(4)}"
        owner = {"name": "Ana", "email": f"{slug}@example.test", "password": "correct horse battery"}
        answer = httpx.post(self.url, json={**NEW, "slug": slug, "owner": owner})
        assert answer.status_code == 201, answer.text
        self.id, self.slug = answer.json()["id"], slug
        self.headers = {"cookie": answer.headers["set-cookie"].split(";")[0], "sec-fetch-site": "same-origin"}

    def post(self, path: str, body: dict, key: str) -> httpx.Response:
        headers = {**self.headers, "idempotency-key": key}
        return httpx.post(f"{self.url}/{self.slug}{path}", json=body, headers=headers, timeout=20)

    def make(self, path: str, body: dict) -> str:
        answer = self.post(path, body, secrets.token_hex(8))
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]


@pytest.fixture
def running(start):
    return start(CHAIRSIDE_REQUESTS_PER_PRINCIPAL=MANY).await_ready()


def strike(running, victim: str) -> None:
    if victim == "backend":
        postgres = running.child("postgres")
        backends = [child for child in postgres.children() if "chairside_app" in " ".join(child.cmdline())]
        random.choice(backends or [postgres]).kill()
    else:
        running.child(victim).kill()


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(running):
    clinic = Clinic(running.port)
    stop = threading.Event()
    desks = [Desk(clinic, number, stop) for number in range(CLIENTS)]
    for desk in desks:
        desk.start()
    for turn in range(KILLS):
        before = sum(len(desk.booked) for desk in desks)
        until(lambda before=before: sum(len(desk.booked) for desk in desks) >= before + 8, 60, what=running.told)
        strike(running, VICTIMS[turn % len(VICTIMS)])
    until(running.is_ready, 60, what=running.told)
    stop.set()
    for desk in desks:
        desk.join(60)
        assert not desk.is_alive()
    assert [desk.strange for desk in desks if desk.strange] == []
    booked, paid = ({id for desk in desks for id in ids(desk)} for ids in (lambda d: d.booked, lambda d: d.paid))
    with psycopg.connect(embedded.admin(running.data, "chairside")) as db:
        here = {"clinic": clinic.id}

        def column(query: str) -> list[str]:
            return [str(value) for (value,) in db.execute(query, here)]

        assert sorted(column("select id from appointment where clinic_id = %(clinic)s")) == sorted(booked)
        assert sorted(column("select id from credit where clinic_id = %(clinic)s")) == sorted(paid)
        assert column("select count(*) from claim where clinic_id = %(clinic)s") == [str(2 * len(booked))]
        assert column("select coalesce(sum(amount), 0) from ledger_posting where clinic_id = %(clinic)s") == ["0"]
        unequal = "select 1 from ledger_posting where clinic_id = %(clinic)s group by transaction_id having sum(amount) <> 0 or count(*) < 2"
        assert column(unequal) == []
    assert len(booked) >= KILLS * 8

"""Those who listen, and a database that goes away; an end that does not wait for them; a worker killed in the middle of a job."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import psycopg

from chairside.kernel import embedded
from tests.operations import load
from tests.operations.started import Started, until

PERSON = {"first_name": "Ana", "last_name": "Dinu", "birth_date": "1980-05-01"}
MANY = 6_000
FILE = "number,last name,first name,birth date,balance\n" + "".join(
    f"{n + 10},Pop,Ana {n},1980-05-01,1.00\n" for n in range(1, MANY + 1)
)
COUNTS = """
    select (select count(*) from patient where clinic_id = %(clinic)s),
           (select count(*) from ledger_transaction where clinic_id = %(clinic)s),
           (select count(*) from event where clinic_id = %(clinic)s and name = 'exchange.import_finished')
"""


class Clinic(load.Clinic):
    def __init__(self, port: int) -> None:
        super().__init__(f"http://127.0.0.1:{port}")
        self.url = f"http://127.0.0.1:{port}/api/v1/clinics"

    def post(self, path: str, body: dict, key: str) -> httpx.Response:
        headers = {**self.headers, "idempotency-key": key}
        return httpx.post(f"{self.url}/{self.slug}{path}", json=body, headers=headers, timeout=20)


class Ear(threading.Thread):
    """Listens to a clinic, on one connection."""

    def __init__(self, clinic: Clinic) -> None:
        super().__init__(daemon=True)
        self.clinic, self.lines, self.over = clinic, [], False
        self.start()
        until(lambda: "event: open" in self.lines, 10, what=lambda: str(self.lines))

    def run(self) -> None:
        url = f"{self.clinic.url}/{self.clinic.slug}/stream"
        try:
            with httpx.stream("GET", url, headers=self.clinic.headers, timeout=120) as answer:
                for line in answer.iter_lines():
                    self.lines.append(line)
        except httpx.TransportError:
            pass
        self.over = True

    def count(self, patient_id: str) -> int:
        return sum(patient_id in line for line in self.lines if line.startswith("data"))


def insist(clinic: Clinic) -> str:
    """Registers somebody, as often as it takes, once."""
    key = secrets.token_hex(8)

    def attempt() -> str | None:
        try:
            answer = clinic.post("/patients", PERSON, key)
        except httpx.TransportError:
            return None
        return answer.json()["id"] if answer.status_code == 201 else None

    until(lambda: attempt() is not None, 60)
    found = attempt()
    assert found
    return found


class TestAStream:
    def test_goes_on_when_the_database_is_back(self, chairside: Started) -> None:
        clinic = Clinic(chairside.port)
        ear = Ear(clinic)
        first = insist(clinic)
        until(lambda: ear.count(first) == 1, 5)
        chairside.child("postgres").kill()
        second = insist(clinic)
        until(lambda: ear.count(second) == 1, 30, what=chairside.told)
        time.sleep(0.5)
        assert (ear.over, ear.count(first), ear.count(second)) == (False, 1, 1)

    def test_does_not_hold_up_the_end(self, start: Callable[..., Started], chairside: Started) -> None:
        clinic = Clinic(chairside.port)
        ears = [Ear(clinic) for _ in range(6)]
        assert chairside.end() < 5
        until(lambda: all(ear.over for ear in ears), 2)
        assert all('data: {"why":"restarting"}' in ear.lines for ear in ears)


class TestAJob:
    def test_of_a_worker_that_was_killed_is_done_by_the_next_and_once(self, start: Callable[..., Started]) -> None:
        chairside = start()
        clinic = Clinic(chairside.port)
        brought = clinic.post("/imports", {"kind": "patients", "filename": "a.csv", "size": len(FILE)}, "new").json()
        address = f"{clinic.url}/{clinic.slug}/imports/{brought['id']}"

        def now() -> dict:
            return httpx.get(address, headers=clinic.headers).json()

        httpx.put(f"{address}/content", content=FILE.encode(), headers={**clinic.headers, "content-type": "text/csv"}, timeout=60)
        until(lambda: now()["status"] == "analysed", 60, what=lambda: str(now()))
        assert clinic.post(f"/imports/{brought['id']}/run", {}, "run").status_code == 202
        until(lambda: ((now()["progress"] or {}).get("done") or 0) > 500, 60, what=lambda: str(now()))
        chairside.child("worker").kill()
        assert now()["status"] == "running"
        with administrator(chairside) as db:
            assert db.execute(COUNTS, {"clinic": clinic.id}).fetchone() == (2, 0, 0), "those of its two desks"
            # It is known to be dead when its heart has not beaten for 20 seconds: those are not waited for here.
            db.execute("update procrastinate_workers set last_heartbeat = last_heartbeat - interval '1 hour'")
        until(lambda: now()["status"] == "done", 120, what=lambda: str(now()))
        with administrator(chairside) as db:
            assert db.execute(COUNTS, {"clinic": clinic.id}).fetchone() == (MANY + 2, MANY, 1)


@contextmanager
def administrator(chairside: Started) -> Iterator[psycopg.Connection]:
    with psycopg.connect(embedded.admin(chairside.data, "chairside"), autocommit=True) as db:
        yield db

"""The load: a desk that does what desks do, over and over, and remembers what it was told was done."""

import random
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.faults import reminded
from tests.faults.line import Clinic, Journal, Line, Told

MONDAY = datetime(2031, 1, 6, 8, tzinfo=UTC)
CONTESTED = datetime(2041, 1, 7, 8, tzinfo=UTC)
PRICE = 4_000
PATIENTS = 10
LIVE_VISITS = 8
KEPT = 400  # questions that are asked again


@dataclass
class Person:
    id: str
    version: int
    note: str | None = None
    edits: int = 0
    balance: int = 0


@dataclass
class Visit:
    id: str
    person: Person
    version: int
    starts_at: str
    status: str = "scheduled"
    steps: list[str] = field(default_factory=list)


@dataclass
class Payment:
    id: str
    person: Person
    amount: int
    version: int
    refunded: int = 0


@dataclass
class Kept:
    """A question that was answered, to be asked again."""

    path: str
    body: Any
    key: str
    version: int | None
    answer: bytes


class Desk(threading.Thread):
    def __init__(self, clinic: Clinic, journal: Journal, number: int, seed: object, *, shared: str, service: str) -> None:
        super().__init__(daemon=True, name=f"{clinic.slug} {number}")
        self.clinic, self.journal, self.number = clinic, journal, number
        self.chance = random.Random(f"{seed} {clinic.slug.split('-')[0]} {number}")
        self.line = Line(clinic, journal, self.chance)
        self.shared, self.service = shared, service
        self.stopping, self.resting = threading.Event(), threading.Event()
        self.pace = 0.03
        self.slot = 0
        self.acted_at = 0.0
        self.people: list[Person] = []
        self.visits: dict[str, Visit] = {}
        self.reminded: dict[str, reminded.Reminded] = {}
        self.payments: dict[str, Payment] = {}
        self.refunds: dict[str, int] = {}
        self.invoices: dict[str, str] = {}
        self.charged: dict[str, int] = {}
        self.adjusted: dict[str, int] = {}
        self.events: Counter[tuple[str, str]] = Counter()
        self.reads: list[str] = []
        self.kept: list[Kept] = []
        self.answered = 0
        self.idle = threading.Event()
        self.freed: set[str] = set()
        self.together = 0
        self.provider = self.made("/providers", {"name": f"Dr {number}"})["id"]
        self.register()

    def run(self) -> None:
        acts = (
            (self.register, 2), (self.edit, 14), (self.book, 24), (self.move, 12), (self.cancel, 5), (self.see, 10), (self.pay, 14),
            (self.give_back, 5), (self.invoice, 6), (self.adjust, 4), (self.read, 10), (self.contest, 8),
            (self.remind, 6), (self.change_reminded, 3),
        )  # fmt: skip
        doors, weights = zip(*acts, strict=True)
        while not self.stopping.is_set():
            if self.resting.is_set():
                self.idle.set()
                time.sleep(0.05)
                continue
            self.idle.clear()
            began = time.monotonic()
            try:
                self.chance.choices(doors, weights)[0]()
            except AssertionError as error:
                self.journal.finds_strange(f"{self.name}: {error}")
            self.acted_at = began  # an act that began after a fault and was answered says that it is over
            time.sleep(self.pace)
        self.idle.set()

    # The acts, one door each.

    def register(self) -> None:
        if len(self.people) - len(self.reminded) < PATIENTS:
            name = {"first_name": f"P{len(self.people)}", "last_name": f"Desk{self.number}", "birth_date": "1980-01-01"}
            made = self.made("/patients", name)
            self.people.append(Person(made["id"], made["version"]))
            self.happened("patients.patient_registered", made["id"])

    def edit(self) -> None:
        person = self.chance.choice(self.people)
        note = secrets.token_hex(8)
        told = self.line.insist(
            "PATCH", f"/patients/{person.id}", {"note": note}, version=person.version, key=secrets.token_hex(8)
        )
        assert told.answer.status_code == 200, told.answer.text
        now = told.body
        assert now["note"] == note and now["version"] == person.version + 1, f"an edit that came out otherwise: {now} {person}"
        person.version, person.note, person.edits = now["version"], note, person.edits + 1
        self.happened("patients.patient_changed", person.id)

    def book(self) -> None:
        if len(self.live()) >= LIVE_VISITS:
            return
        person = self.chance.choice(self.people)
        body = {"patient_id": person.id, "provider_id": self.provider, "service_id": self.service, "starts_at": self.free_time()}
        self.booked(person, self.made("/appointments", {**body, "duration_minutes": 30}))

    def contest(self) -> None:
        """A time that other desks want, too: one gets it."""
        person = self.chance.choice(self.people)
        at = (CONTESTED + timedelta(minutes=30 * (len(self.visits) // 2 + self.chance.randrange(4)))).isoformat()
        body = {"patient_id": person.id, "provider_id": self.shared, "service_id": self.service, "starts_at": at}
        told = self.post("/appointments", {**body, "duration_minutes": 30})
        if told.answer.status_code == 409:
            assert told.body["code"] == "TimeTaken", told.answer.text
        else:
            assert told.answer.status_code == 201, told.answer.text
            self.booked(person, told.body)

    def booked(self, person: Person, made: Any) -> None:
        self.visits[made["id"]] = Visit(made["id"], person, made["version"], made["starts_at"])
        self.happened("scheduling.appointment_booked", made["id"])

    def remind(self) -> None:
        """A visit in about an hour, of somebody who is reminded of it while things are struck; with a chair of its own."""
        ahead = reminded.soon(0)
        for visit in [one for one in self.reminded.values() if one.at and one.at < ahead and one.id not in self.freed]:
            self.freed.add(visit.id)
            self.together -= 1
        if self.together >= reminded.TOGETHER:
            return
        number = len(self.reminded)
        contacts = [{"type": "mobile", "value": f"+1 212 555 {self.number}{number % 1000:03}", "is_primary": True}]
        made = self.made(
            "/patients",
            {"first_name": f"R{number}", "last_name": f"Desk{self.number}", "birth_date": "1980-01-01", "contacts": contacts},
        )
        person = Person(made["id"], made["version"])
        self.people.append(person)
        self.happened("patients.patient_registered", person.id)
        provider = self.made("/providers", {"name": f"Dr R{self.number}-{number}"})["id"]
        at = reminded.soon(self.chance.randrange(reminded.SOONEST, reminded.LATEST))
        body = {"patient_id": person.id, "provider_id": provider, "service_id": self.service, "starts_at": at.isoformat()}
        asked = time.time()
        visit = self.made("/appointments", {**body, "duration_minutes": 30})
        self.reminded[visit["id"]] = reminded.Reminded(visit["id"], visit["version"], [(asked, at)])
        self.together += 1
        self.happened("scheduling.appointment_booked", visit["id"])

    def change_reminded(self) -> None:
        """One that is still to be reminded of gets another time, or none."""
        coming = [one for one in self.reminded.values() if one.at and one.at > reminded.soon(5)]
        if not coming:
            return
        visit = self.chance.choice(coming)
        if self.chance.random() < 0.4:
            made = self.made(f"/appointments/{visit.id}/cancellation", {"reason": "ill"}, visit.version)
            visit.times.append((time.time(), None))
            self.together -= 1
            self.happened("scheduling.visit_cancelled", visit.id)
        else:
            at = reminded.soon(self.chance.randrange(reminded.SOONEST, reminded.LATEST))
            made = self.made(f"/appointments/{visit.id}/rescheduling", {"starts_at": at.isoformat()}, visit.version)
            visit.times.append((time.time(), at))
            self.happened("scheduling.appointment_moved", visit.id)
        visit.version = made["version"]

    def move(self) -> None:
        if visit := self.some_visit():
            provider = {"provider_id": self.provider}
            made = self.made(f"/appointments/{visit.id}/rescheduling", {"starts_at": self.free_time(), **provider}, visit.version)
            visit.version, visit.starts_at = made["version"], made["starts_at"]
            self.happened("scheduling.appointment_moved", visit.id)

    def cancel(self) -> None:
        if visit := self.some_visit():
            self.step(visit, "cancellation", {"reason": "ill"}, "cancelled", "scheduling.visit_cancelled")

    def see(self) -> None:
        if visit := self.some_visit():
            self.step(visit, "arrival", {}, "arrived", "scheduling.patient_arrived")
            done = {"items": [{"service_id": self.service, "quantity": 1 + self.chance.randrange(3)}]}
            self.step(visit, "completion", done, "completed", "scheduling.visit_completed")
            amount = PRICE * done["items"][0]["quantity"]
            self.charged[visit.id] = amount
            visit.person.balance += amount

    def step(self, visit: Visit, name: str, body: Any, status: str, event: str) -> None:
        made = self.made(f"/appointments/{visit.id}/{name}", body, visit.version)
        assert made["status"] == status, made
        visit.version, visit.status = made["version"], status
        visit.steps.append(name)
        self.happened(event, visit.id)

    def pay(self) -> None:
        person = self.chance.choice(self.people)
        amount = self.chance.randrange(100, 9_000)
        money = {"amount": {"amount": amount, "currency": "USD"}, "method": "cash", "patient_id": person.id}
        made = self.made("/payments", money)
        self.payments[made["id"]] = Payment(made["id"], person, amount, made["version"])
        person.balance -= amount
        self.happened("billing.payment_received", made["id"])

    def give_back(self) -> None:
        """Part of a payment that covers nothing; refused when an invoice took it meanwhile."""
        payment = self.chance.choice([*self.payments.values()]) if self.payments else None
        if payment and payment.refunded == 0:
            told = self.post(
                f"/payments/{payment.id}/refunds", {"amount": {"amount": 50, "currency": "USD"}, "reason": "too much"}
            )
            if told.answer.status_code == 201:
                payment.refunded = 50
                payment.person.balance += 50
                self.refunds[told.body["id"]] = 50
                self.happened("billing.payment_refunded", payment.id)
            else:
                assert told.answer.status_code in (409, 422), told.answer.text

    def invoice(self) -> None:
        person = self.chance.choice(self.people)
        told = self.post("/invoices", {"patient_id": person.id})
        if told.answer.status_code != 201:
            assert told.answer.status_code in (409, 422), told.answer.text  # nothing to invoice
            return
        id = told.body["id"]
        issued = self.post(f"/invoices/{id}/issue", None)
        assert issued.answer.status_code == 200, issued.answer.text
        self.invoices[id] = issued.body["number"]
        self.happened("billing.invoice_issued", id)

    def adjust(self) -> None:
        person = self.chance.choice(self.people)
        amount = self.chance.choice((-300, 500))
        body = {"amount": {"amount": amount, "currency": "USD"}, "reason": "agreed"}
        made = self.made(f"/patients/{person.id}/ledger/adjustments", body)
        person.balance += amount
        self.adjusted[made["id"]] = amount
        self.happened("billing.balance_adjusted", made["id"])

    def read(self) -> None:
        person = self.chance.choice(self.people)
        told = self.line.insist("GET", f"/patients/{person.id}")
        assert told.answer.status_code == 200, told.answer.text
        assert (told.body["note"], told.body["version"]) == (person.note, person.version), "an edit is not there"
        self.reads.append(told.answer.headers["x-request-id"])

    # What they share.

    def post(self, path: str, body: Any, version: int | None = None) -> Told:
        key = secrets.token_hex(12)
        told = self.line.insist("POST", path, body, key=key, version=version)
        if told.answer.is_success:
            self.answered += 1
            place = self.chance.randrange(self.answered)  # each of them equally likely
            if len(self.kept) < KEPT:
                self.kept.append(Kept(path, body, key, version, told.answer.content))
            elif place < KEPT:
                self.kept[place] = Kept(path, body, key, version, told.answer.content)
        return told

    def made(self, path: str, body: Any, version: int | None = None) -> Any:
        told = self.post(path, body, version)
        assert told.answer.status_code == 201, f"{path}: {told.answer.status_code} {told.answer.text}"
        return told.body

    def happened(self, event: str, id: str) -> None:
        self.events[event, id] += 1
        self.journal.acknowledged(event.partition(".")[2], id=id, clinic=self.clinic.slug)

    def live(self) -> list[Visit]:
        return [visit for visit in self.visits.values() if visit.status == "scheduled"]

    def some_visit(self) -> Visit | None:
        live = self.live()
        return self.chance.choice(live) if live else None

    def free_time(self) -> str:
        self.slot += 1
        return (MONDAY + self.slot * timedelta(minutes=30)).isoformat()

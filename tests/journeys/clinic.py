"""What a journey finds already done, made over HTTP as any other program would make it."""

import re
import secrets
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from tests.journeys.zones import where_it_is
from tests.operations import started

PASSWORD = "correct horse battery staple"
OPENS = time(8)
CLOSES = time(20)
ALL_WEEK = {str(day): [["08:00", "20:00"]] for day in range(1, 8)}


class Clinic:
    """A clinic in which it is morning, and its owner, signed in."""

    def __init__(
        self, origin: str, name: str = "North Dental", *, currency: str = "USD", locale: str = "en-US", timezone: str = ""
    ) -> None:
        self.origin, self.name, self.currency = origin, name, currency
        self.slug = f"north-{secrets.token_hex(4)}"
        self.email = f"{self.slug}@example.test"
        self.timezone = timezone or where_it_is(9)
        self.http = httpx.Client(base_url=f"{origin}/api/v1", headers={"origin": origin}, timeout=30)
        owner = {"name": "Ana Dinu", "email": self.email, "password": PASSWORD}
        words = {"name": name, "slug": self.slug, "timezone": self.timezone, "locale": locale, "currency": currency}
        self.ask("POST", "/clinics", json={**words, "owner": owner}, whole=True)

    @property
    def home(self) -> str:
        return f"{self.origin}/c/{self.slug}"

    @property
    def today(self) -> date:
        return datetime.now(ZoneInfo(self.timezone)).date()

    def at(self, clock: str, days: int = 0) -> str:
        """An instant of the clinic: `at("10:30")` is today, `at("10:30", 1)` tomorrow."""
        local = datetime.combine(self.today + timedelta(days), time.fromisoformat(clock), ZoneInfo(self.timezone))
        return local.isoformat()

    def cookies(self) -> list[dict[str, str]]:
        return [{"name": cookie.name, "value": cookie.value or "", "url": self.origin} for cookie in self.http.cookies.jar]

    def ask(self, method: str, path: str, *, whole: bool = False, version: int | None = None, **more: Any) -> Any:
        """Of the clinic, unless the path is whole. What it was refused with is in the error."""
        headers = {"idempotency-key": secrets.token_hex(8)} if method == "POST" else {}
        if version is not None:
            headers["if-match"] = f'"{version}"'
        answer = self.http.request(method, path if whole else f"/clinics/{self.slug}{path}", headers=headers, **more)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def get(self, path: str, **query: Any) -> Any:
        return self.ask("GET", path, params=query)

    def post(self, path: str, **body: Any) -> Any:
        return self.ask("POST", path, json=body)

    # What a day needs.

    def provider(self, name: str = "Dr. Ioana Marin") -> Any:
        return self.post("/providers", name=name)

    def provider_is(self, provider: Any, email: str) -> Any:
        """Whoever signs in with this address is this provider."""
        member = next(one for one in self.get("/members")["items"] if one["email"] == email)
        path = f"/providers/{provider['id']}"
        return self.ask("PATCH", path, version=provider["version"], json={"member_id": member["id"]})

    def operatory(self, name: str = "Room 1") -> Any:
        return self.post("/operatories", name=name)

    def service(self, name: str = "Check-up", minutes: int = 30, price: int = 12_000) -> Any:
        return self.post("/services", name=name, duration_minutes=minutes, price=self.money(price))

    def patient(self, first_name: str = "Maria", last_name: str = "Okafor", born: str = "1980-05-01", **more: Any) -> Any:
        return self.post("/patients", first_name=first_name, last_name=last_name, birth_date=born, **more)

    def appointment(
        self, patient: Any, provider: Any, operatory: Any, service: Any, clock: str, days: int = 0, **more: Any
    ) -> Any:
        ids = {"patient_id": patient["id"], "provider_id": provider["id"], "operatory_id": operatory["id"]}
        return self.post("/appointments", **ids, service_id=service["id"], starts_at=self.at(clock, days), **more)

    def charge(self, patient: Any, amount: int = 10_000, description: str = "Night splint") -> Any:
        path = f"/patients/{patient['id']}/ledger/charges"
        return self.post(path, description=description, price=self.money(amount))

    def invoice(self, patient: Any, *amounts: int) -> Any:
        """Issued, of new charges."""
        charges = [self.charge(patient, amount)["id"] for amount in amounts]
        draft = self.post("/invoices", patient_id=patient["id"], charge_ids=charges)
        return self.ask("POST", f"/invoices/{draft['id']}/issue", version=draft["version"])

    def money(self, amount: int) -> dict[str, Any]:
        return {"amount": amount, "currency": self.currency}

    def set_up(self) -> "Practice":
        return Practice(self)


class Practice:
    """Two rooms, two providers and a service, open every day from eight to eight."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.marin, self.popa = clinic.provider(), clinic.provider("Dr. Radu Popa")
        self.one, self.two = clinic.operatory(), clinic.operatory("Room 2")
        self.check_up = clinic.service()
        clinic.ask("PUT", "/hours", json={"weekly": ALL_WEEK})

    def booked(self, patient: Any, clock: str, **more: Any) -> Any:
        """With Dr. Marin in Room 1."""
        return self.clinic.appointment(patient, self.marin, self.one, self.check_up, clock, **more)


def link_to(clinic: Clinic, email: str, page: str) -> str:
    """What the newest letter to an address leads to."""

    def found() -> list[str]:
        letters = clinic.ask("GET", "/mailbox", whole=True)["items"]
        return [
            link
            for letter in letters
            if letter["to"] == email
            for link in re.findall(rf"https?://\S+/{page}#[\w-]+", letter["text"])
        ]

    started.until(lambda: bool(found()), 30)
    return found()[0]

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from chairside import tenancy
from chairside.kernel import links
from tests.conftest import NOON

LATER = timedelta(minutes=30)


def at(hour: float, *, day: int = 0) -> datetime:
    """An hour of the first of March 2027, a Monday, in UTC; Bucharest is two hours ahead."""
    return NOON.replace(hour=0) + timedelta(days=day, hours=hour)


@dataclass
class Chairside:
    """A clinic with a provider, an operatory and a half-hour service, and how a receptionist books there."""

    clinic: Any
    given: Any
    provider: Any
    operatory: Any
    service: Any

    async def body(self, hour: float = 9, *, day: int = 0, patient: Any = None, **more: Any) -> dict[str, Any]:
        patient = patient or await self.given.patient(self.clinic)
        return {
            "patient_id": str(patient.id), "provider_id": str(self.provider.id), "operatory_id": str(self.operatory.id),
            "service_id": str(self.service.id), "starts_at": at(hour, day=day).isoformat(), **more,
        }  # fmt: skip

    async def book(self, hour: float = 9, **more: Any) -> Any:
        """The answer; a fresh patient unless one is given."""
        return await self.clinic.ask("POST", "/appointments", json=await self.body(hour, **more))

    async def booked(self, hour: float = 9, **more: Any) -> dict[str, Any]:
        answer = await self.book(hour, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def step(self, appointment: dict[str, Any], step: str, body: dict[str, Any] | None = None, **more: Any) -> Any:
        return await self.clinic.ask("POST", f"/appointments/{appointment['id']}/{step}", json=body or {}, **more)

    async def undo(self, appointment: dict[str, Any], step: str, **more: Any) -> Any:
        return await self.clinic.ask("DELETE", f"/appointments/{appointment['id']}/{step}", **more)

    async def get(self, appointment: dict[str, Any]) -> dict[str, Any]:
        return (await self.clinic.ask("GET", f"/appointments/{appointment['id']}")).json()


@pytest.fixture
async def chairside(north: Any, given: Any) -> Chairside:
    return Chairside(north, given, await given.provider(north), await given.operatory(north), await given.service(north))


@pytest.fixture
def ask_with(north: Any) -> Any:
    """Asks as somebody who has one permission and no other."""

    async def ask(permission: str, method: str, path: str, **more: Any) -> Any:
        made = await north.ask("POST", "/service-accounts", json={"name": "x", "permissions": [permission]})
        assert made.status_code == 201, made.text
        return await north.ask(method, path, headers={"authorization": f"Bearer {made.json()['key']}"}, **more)

    return ask


class Joined(NamedTuple):
    """Somebody who works there, and their session's token."""

    id: str
    token: str


@pytest.fixture
def joined(north: Any, http: Any, root: Any) -> Any:
    async def joined_(role: str) -> Joined:
        email = f"{role}-{secrets.token_hex(4)}@example.test"
        invited = await north.ask("POST", "/invitations", json={"email": email, "roles": [role], "name": role})
        assert invited.status_code == 201, invited.text
        root.rollback()
        [salt] = root.execute("select salt from invitation where id = %s", [invited.json()["id"]]).fetchone()
        token = links.token(tenancy.INVITING, UUID(invited.json()["id"]), salt)
        http.cookies.clear()
        body = {"token": token, "name": role, "password": "a password that is long enough"}
        answer = await http.post("/invitations/acceptance", json=body)
        http.cookies.clear()
        assert answer.status_code == 201, answer.text
        session = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
        return Joined(answer.json()["principal"]["id"], session)

    return joined_

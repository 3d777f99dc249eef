import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
import trustme

from chairside import tenancy
from chairside.kernel import links
from chairside.kernel.outbound import Outbound
from chairside.scheduling import outside
from chairside.scheduling.actions import refreshing
from chairside.scheduling.outside.asking import BYTES
from chairside.scheduling.outside.ics import Ics
from tests.conftest import NOON
from tests.scheduling.servers import HOST, Server

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


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    authority = trustme.CA()
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return authority, str(path)


@pytest.fixture(scope="session")
async def serving(authority):
    server = Server()
    running = await server.serve(authority[0].issue_cert(HOST, "localhost"))
    yield server
    running.close()


async def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
def server(serving, authority, settings, monkeypatch):
    """Asked as an operator has set it: this host alone may stand on this machine."""
    serving.behave()
    outside.ask_with(settings)
    outbound = Outbound(own=frozenset({HOST}), ca=authority[1], lookup=here, seconds=2, most=BYTES)
    monkeypatch.setitem(outside._ASKED, "ics", Ics(outbound))
    return serving


@dataclass
class Elsewhere:
    chairside: Any
    server: Server

    @property
    def clinic(self) -> Any:
        return self.chairside.clinic

    async def add(self, address: str, **more: Any) -> Any:
        provider = more.pop("provider", self.chairside.provider)
        body = {"name": "Private", "address": address, **more}
        return await self.clinic.ask("POST", f"/providers/{provider.id}/outside-calendars", json=body)

    async def added(self, address: str, *, now: datetime = at(6), **more: Any) -> dict[str, Any]:
        """And asked by the job."""
        answer = await self.add(address, **more)
        assert answer.status_code == 201, answer.text
        await self.refresh(now=now)
        return answer.json()

    async def refresh(self, *, now: datetime = at(6)) -> int:
        return await refreshing.refresh(self.clinic.pool, clinic_id=self.clinic.id, now=now)

    async def one(self) -> dict[str, Any]:
        (found,) = (await self.clinic.ask("GET", "/outside-calendars")).json()["items"]
        return found

    async def free(self, day: str = "2027-03-01") -> list[str]:
        """The starts of half an hour on a day, in UTC; the clinic is two hours ahead and open from 9 to 17."""
        asked = {"from": day, "to": day, "service_id": str(self.chairside.service.id)}
        slots = (await self.clinic.ask("GET", "/availability", params=asked)).json()["slots"]
        return [slot["starts_at"][11:16] for slot in slots]

    async def why(self, hour: float) -> list[dict[str, Any]]:
        asked = {"service_id": str(self.chairside.service.id), "at": at(hour).isoformat()}
        found = (await self.clinic.ask("GET", "/availability/explanation", params=asked)).json()
        return [reason for one in found["resources"] for reason in one["reasons"]]


@pytest.fixture
def elsewhere(chairside, server) -> Elsewhere:
    return Elsewhere(chairside, server)

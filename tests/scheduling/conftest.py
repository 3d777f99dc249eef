from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

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

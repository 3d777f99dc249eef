from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from chairside.kernel import clock

HALF_A_YEAR = {"every": 6, "unit": "months"}


def now() -> datetime:
    return clock.now()


@dataclass
class Desk:
    """A clinic that calls its patients in for a check-up every six months, and whoever does it."""

    clinic: Any
    given: Any
    provider: Any
    service: Any
    type: dict[str, Any]
    turn: int = 0

    async def kind(self, name: str, **more: Any) -> dict[str, Any]:
        body = {"name": name, "interval": HALF_A_YEAR, "service_ids": [str(self.service.id)], **more}
        answer = await self.clinic.ask("POST", "/recall-types", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def ask_for(self, patient: Any, **more: Any) -> Any:
        body = {"patient_id": str(patient.id), "type_id": self.type["id"], **more}
        return await self.clinic.ask("POST", "/recalls", json=body)

    async def recall(self, patient: Any = None, **more: Any) -> dict[str, Any]:
        answer = await self.ask_for(patient or await self.given.patient(self.clinic), **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def get(self, recall: dict[str, Any]) -> dict[str, Any]:
        answer = await self.clinic.ask("GET", f"/recalls/{recall['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def on(self, recall: dict[str, Any], act: str, body: Any = None, method: str = "POST", **more: Any) -> Any:
        given = {"json": body} if body is not None else {}
        return await self.clinic.ask(method, f"/recalls/{recall['id']}/{act}", **given, **more)

    async def listed(self, **query: Any) -> list[dict[str, Any]]:
        answer = await self.clinic.ask("GET", "/recalls", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def visit(self, patient_id: str, *, days: float = 7, service: Any = None) -> dict[str, Any]:
        """Booked with the one provider, each an hour after the last."""
        self.turn += 1
        at = (now() + timedelta(days=days)).replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(hours=self.turn)
        body = {
            "patient_id": patient_id, "provider_id": str(self.provider.id),
            "service_id": str((service or self.service).id), "starts_at": at.isoformat(),
        }  # fmt: skip
        answer = await self.clinic.ask("POST", "/appointments", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def step(self, visit: dict[str, Any], step: str, body: Any = None, method: str = "POST") -> Any:
        given = {"json": body if body is not None else {}} if method == "POST" else {}
        answer = await self.clinic.ask(method, f"/appointments/{visit['id']}/{step}", **given)
        assert answer.is_success, answer.text
        return answer.json()

    async def complete(self, visit: dict[str, Any], service: Any = None) -> Any:
        return await self.step(visit, "completion", {"items": [{"service_id": str((service or self.service).id)}]})


@pytest.fixture
async def desk(north: Any, given: Any) -> Desk:
    desk = Desk(north, given, await given.provider(north), await given.service(north), {})
    desk.type = await desk.kind("Check-up")
    return desk

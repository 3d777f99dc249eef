import pytest

from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague  # noqa: F401

AMOXICILLIN = {
    "drug": "Amoxicillin",
    "form": "capsule",
    "strength": "500 mg",
    "dose": "1",
    "times_a_day": 3,
    "days": 5,
    "quantity": 15,
}


class Prescriptions:
    """What people do with a patient's prescriptions over HTTP."""

    def __init__(self, who, patient, provider):
        self.who, self.patient, self.provider = who, patient, provider
        self.home = f"/patients/{patient.id}/prescriptions"

    def of(self, who):
        return Prescriptions(who, self.patient, self.provider)

    async def ask(self, method, rest="", **more):
        return await self.who.ask(method, f"{self.home}{rest}", **more)

    async def done(self, method, rest="", **more):
        answer = await self.ask(method, rest, **more)
        assert answer.is_success, answer.text
        return answer.json()

    async def write(self, **more):
        return await self.ask("POST", json=AMOXICILLIN | {"provider_id": str(self.provider.id)} | more)

    async def draft(self, **more):
        answer = await self.write(**more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def issue(self, one, **body):
        return await self.ask("POST", f"/{one['id']}/issue", json=body, version=one["version"])

    async def issued(self, reason=None, **more):
        answer = await self.issue(await self.draft(**more), override_reason=reason)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def read(self, one):
        return await self.done("GET", f"/{one['id']}")

    async def told(self, **entry):
        answer = await self.who.ask("POST", f"/patients/{self.patient.id}/medical-history/entries", json=entry)
        assert answer.status_code == 201, answer.text

    async def warned(self, drug):
        found = await self.done("POST", "/warnings", json={"drug": drug})
        return [(one["kind"], one["severity"], one["against"]) for one in found["warnings"]]


@pytest.fixture
async def prescriptions(north, given):
    """Of the owner, who treats."""
    provider = await given.provider(north, member_id=north.owner_id, npi="1234567893")
    return Prescriptions(north, await given.patient(north), provider)

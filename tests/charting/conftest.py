import pytest

from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague  # noqa: F401


class Charts:
    """What people do to a tooth chart over HTTP."""

    def __init__(self, clinic, patient):
        self.clinic, self.patient = clinic, patient
        self.home = f"/patients/{patient.id}/tooth-chart"

    async def asked(self, teeth, condition, **more):
        teeth = teeth.split() if isinstance(teeth, str) else teeth
        return await self.clinic.ask("POST", f"{self.home}/findings", json={"teeth": teeth, "condition": condition, **more})

    async def find(self, teeth, condition, **more):
        answer = await self.asked(teeth, condition, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()["findings"]

    async def act(self, finding, what, verb="POST", **more):
        return await self.clinic.ask(verb, f"{self.home}/findings/{finding['id']}/{what}", **more)

    async def chart(self, **more):
        answer = await self.clinic.ask("GET", self.home, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def standing(self, **more):
        return [one for one in (await self.chart(**more))["findings"] if not one["struck_at"]]


@pytest.fixture
async def charts(north, given):
    return Charts(north, await given.patient(north))

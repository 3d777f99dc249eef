import pytest

from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague  # noqa: F401


class Cases:
    """What people do with a patient's lab cases over HTTP."""

    def __init__(self, who, patient, provider, laboratory):
        self.who, self.patient, self.provider, self.laboratory = who, patient, provider, laboratory
        self.home = f"/patients/{patient.id}/lab-cases"

    def of(self, who):
        return Cases(who, self.patient, self.provider, self.laboratory)

    async def ask(self, method, rest="", **more):
        return await self.who.ask(method, f"{self.home}{rest}", **more)

    async def done(self, method, rest="", **more):
        answer = await self.ask(method, rest, **more)
        assert answer.is_success, answer.text
        return answer.json()

    async def plan(self, **more):
        body = {"laboratory_id": self.laboratory["id"], "provider_id": str(self.provider.id), "work": "crown", "teeth": ["26"]}
        return await self.ask("POST", json=body | more)

    async def planned(self, **more):
        answer = await self.plan(**more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def step(self, case, step, **more):
        return await self.ask("POST", f"/{case['id']}/steps", json={"step": step, **more})

    async def stepped(self, case, *steps):
        for step in steps:
            answer = await self.step(case, step)
            assert answer.status_code == 201, answer.text
            case = answer.json()
        return case

    async def listed(self, **params):
        answer = await self.who.ask("GET", "/lab-cases", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]


@pytest.fixture
async def cases(north, given):
    made = await north.ask("POST", "/labs", json={"name": "Ceramica Nord", "usual_days": 7, "phone": "+40 256 000 000"})
    assert made.status_code == 201, made.text
    return Cases(north, await given.patient(north), await given.provider(north), made.json())

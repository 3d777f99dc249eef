from uuid import uuid4

import pytest

from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague  # noqa: F401


class Notes:
    """What people do with a patient's notes over HTTP: one person in one window."""

    def __init__(self, who, patient):
        self.who, self.patient = who, patient
        self.home = f"/patients/{patient.id}/notes"
        self.sitting = str(uuid4())

    def of(self, who):
        """The same patient, another person or another window."""
        return Notes(who, self.patient)

    async def ask(self, method, rest="", **more):
        return await self.who.ask(method, f"{self.home}{rest}", **more)

    async def done(self, method, rest="", **more):
        answer = await self.ask(method, rest, **more)
        assert answer.is_success, answer.text
        return answer.json()

    async def write(self, body="Patient comfortable.", **more):
        return await self.done("POST", json={"body": body, "editing_id": self.sitting, **more})

    async def change(self, note, version=None, **changes):
        body = {"editing_id": self.sitting, **changes}
        return await self.ask("PATCH", f"/{note['id']}", json=body, version=version or note["version"])

    async def changed(self, note, **changes):
        answer = await self.change(note, **changes)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def act(self, note, what, verb="POST", **more):
        return await self.ask(verb, f"/{note['id']}/{what}", **more)

    async def signed(self, body="Patient comfortable.", **more):
        note = await self.write(body, **more)
        return await self.done("POST", f"/{note['id']}/signature", version=note["version"])

    async def read(self, note):
        return await self.done("GET", f"/{note['id']}")

    async def versions(self, note):
        return (await self.done("GET", f"/{note['id']}/versions"))["items"]

    async def found(self, text):
        return [one["id"] for one in (await self.done("GET", params={"q": text}))["items"]]


@pytest.fixture
async def notes(north, given):
    return Notes(north, await given.patient(north))

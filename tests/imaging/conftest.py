import pytest

from chairside.imaging.actions.checking import check_file
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague  # noqa: F401

MB = 1024 * 1024


class Images:
    """What people do with a patient's images over HTTP, and the worker behind them."""

    def __init__(self, who, patient):
        self.who, self.patient = who, patient
        self.home = f"/patients/{patient.id}/images"

    def of(self, who):
        return Images(who, self.patient)

    async def ask(self, method, rest="", **more):
        return await self.who.ask(method, f"{self.home}{rest}", **more)

    async def done(self, method, rest="", **more):
        answer = await self.ask(method, rest, **more)
        assert answer.is_success, answer.text
        return answer.json()

    async def begin(self, content, name="bitewing.jpg"):
        size = content if isinstance(content, int) else len(content)
        return await self.who.ask("POST", "/files", json={"patient_id": str(self.patient.id), "name": name, "size": size})

    async def at(self, address, method="GET", who=None, **more):
        """By the address that was given, and whoever's session."""
        who = who or self.who
        mine = who.cookie if hasattr(who, "cookie") else {"authorization": f"Bearer {who.token}"}
        headers = mine | more.pop("headers", {})
        return await who.http.request(method, address.removeprefix("/api/v1"), headers=headers, **more)

    async def send(self, file, offset, content, who=None):
        return await self.at(file["upload"], "PUT", who, params={"offset": offset}, content=content)

    async def file(self, file):
        answer = await self.who.ask("GET", f"/files/{file['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def added(self, content, name="bitewing.jpg", part=4 * MB, **said):
        """Sent from its first byte to its last, and not looked at yet."""
        file = (await self.begin(content, name)).json()
        image = await self.done("POST", json={"file_id": file["id"], "kind": "bitewing", **said})
        for at in range(0, len(content), part):
            answer = await self.send(file, at, content[at : at + part])
            assert answer.status_code == 200, answer.text
        return image

    async def look(self, image, clamd=""):
        """As the worker does."""
        async with self.who.op() as op:
            from uuid import UUID

            await check_file(op, file_id=UUID(image["file_id"]), clamd=clamd)
        return await self.done("GET", f"/{image['id']}")

    async def brought(self, content, name="bitewing.jpg", **said):
        return await self.look(await self.added(content, name, **said))

    async def read(self, image, what):
        answer = await self.at(image["links"][what])
        assert answer.status_code == 200, answer.text
        return answer


@pytest.fixture
async def images(north, given):
    return Images(north, await given.patient(north))

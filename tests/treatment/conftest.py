from base64 import b64encode
from types import SimpleNamespace

import pytest

from tests.charting.conftest import Charts
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague, make  # noqa: F401
from tests.treatment.drawn import png

PICTURE = b64encode(png()).decode()


class Plans:
    """What people do with a patient's treatment plans over HTTP."""

    def __init__(self, who, patient):
        self.who, self.patient = who, patient
        self.home = f"/patients/{patient.id}/treatment-plans"

    def of(self, who):
        """The same patient, another person."""
        return Plans(who, self.patient)

    async def ask(self, method, rest="", **more):
        return await self.who.ask(method, f"{self.home}{rest}", **more)

    async def done(self, method, rest="", **more):
        answer = await self.ask(method, rest, **more)
        assert answer.is_success, answer.text
        return answer.json()

    async def begin(self, title="Restorations"):
        return await self.done("POST", json={"title": title})

    async def get(self, plan):
        return await self.done("GET", f"/{plan['id']}")

    async def add(self, plan, *items, version=None):
        return await self.ask("POST", f"/{plan['id']}/items", json={"items": list(items)}, version=version)

    async def added(self, plan, *items):
        answer = await self.add(plan, *items)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def bring(self, plan, phase=1):
        return await self.done("POST", f"/{plan['id']}/planned-findings", json={"phase": phase})

    async def present(self, plan):
        return await self.done("POST", f"/{plan['id']}/presentation")

    async def sign(self, plan, shown, *, yes=None, picture=PICTURE, **more):
        """`yes`: the items that are accepted; all by default."""
        open_ = [one for one in shown["items"] if one["status"] not in ("in_progress", "performed")]
        decisions = [{"item_id": one["id"], "accepted": yes is None or one["id"] in yes} for one in open_]
        body = {"number": shown["number"], "decisions": decisions, "signer_name": "Ana Popescu", "picture": picture, **more}
        return await self.ask("POST", f"/{plan['id']}/acceptance", json=body)

    async def accepted(self, *items, title="Restorations"):
        """A plan of these, shown, and all of it accepted."""
        plan = await self.added(await self.begin(title), *items)
        signed = await self.sign(plan, await self.present(plan))
        assert signed.status_code == 201, signed.text
        return await self.get(plan)

    async def act(self, plan, item, what="completion", verb="POST", body=None, **more):
        more |= {"json": body or {}} if verb == "POST" and what == "completion" else {"json": body} if body else {}
        return await self.ask(verb, f"/{plan['id']}/items/{item['id']}/{what}", **more)

    async def owed(self):
        ledger = await self.who.ask("GET", f"/patients/{self.patient.id}/ledger")
        return ledger.json()["balance"]["amount"]

    async def unscheduled(self, query=""):
        answer = await self.who.ask("GET", f"/unscheduled-treatment{query}")
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]


@pytest.fixture
async def plans(north, given):
    return Plans(north, await given.patient(north))


@pytest.fixture
async def charts(plans):
    return Charts(plans.who, plans.patient)


@pytest.fixture
async def listed(north):
    return await starting_list(north)


async def starting_list(who):
    """The clinic's procedures by their codes: the list to begin with."""
    added = await who.ask("POST", "/procedures/starting-list")
    assert added.is_success, added.text
    found = await who.ask("GET", "/procedures?limit=200")
    return SimpleNamespace(**{one["code"].replace("-", ""): one for one in found.json()["items"]})

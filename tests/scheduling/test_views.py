"""How somebody likes to look at the schedule: kept under a name, theirs alone to change, for others where they say so."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

MORNING = {"name": "Hygiene, mornings", "view": "day", "by": "provider"}


async def kept(clinic, **more):
    answer = await clinic.ask("POST", "/schedule-views", json=MORNING | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def listed(clinic):
    return (await clinic.ask("GET", "/schedule-views")).json()["items"]


@pytest.fixture
async def colleague(north, joined):
    """Somebody else who works there."""
    return replace(north, token=(await joined("receptionist")).token)


class TestKeep:
    async def test_gives_back_what_was_given_and_finds_it_by_its_name(self, north):
        ids = [str(uuid4()), str(uuid4())]
        view = await kept(north, columns=ids, shared=True)
        assert view | MORNING | {"columns": ids, "shared": True, "span": "day", "of": None, "version": 1} == view
        await kept(north, name="A first one")
        assert [one["name"] for one in await listed(north)] == ["A first one", "Hygiene, mornings"]

    async def test_refuses_a_name_twice_in_whatever_case_and_keeps_the_first(self, north):
        view = await kept(north)
        again = await north.ask("POST", "/schedule-views", json=MORNING | {"name": "HYGIENE, mornings", "view": "week"})
        assert (again.status_code, again.json()["code"]) == (409, "ViewNameTaken")
        assert await listed(north) == [view]

    async def test_of_two_at_once_under_one_name_keeps_one(self, north):
        answers = await asyncio.gather(*(north.ask("POST", "/schedule-views", json=MORNING) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
        assert len(await listed(north)) == 1

    async def test_keeps_thirty_and_no_more(self, north):
        for number in range(30):
            await kept(north, name=f"View {number}")
        more = await north.ask("POST", "/schedule-views", json=MORNING)
        assert (more.status_code, more.json()["code"]) == (409, "TooManyViews")
        assert len(await listed(north)) == 30

    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"name": "  "}, {"name": "x" * 61}, {"view": "month"}, {"by": "patient"}, {"span": "year"},
         {"columns": ["x"]}, {"columns": [str(uuid4())] * 201}, {"of": "me"}, {"member_id": str(uuid4())}],
        ids=["no name", "blank", "too long", "no such view", "no such columns", "no such span", "no id", "too many", "nobody", "whose"],
    )  # fmt: skip
    async def test_refuses_what_is_no_view_and_says_where(self, north, wrong):
        answer = await north.ask("POST", "/schedule-views", json=MORNING | wrong)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"].startswith(f"/{next(iter(wrong))}")
        assert await listed(north) == []


class TestChange:
    async def test_changes_what_is_named_and_leaves_the_rest(self, north):
        view = await kept(north, columns=[str(uuid4())])
        path = f"/schedule-views/{view['id']}"
        changed = (await north.ask("PATCH", path, json={"shared": True, "columns": []}, version=1)).json()
        assert changed == view | {"shared": True, "columns": [], "version": 2}
        stale = await north.ask("PATCH", path, json={"name": "Other"}, version=1)
        assert (stale.status_code, stale.json()["code"]) == (412, "ViewIsStale")

    async def test_refuses_the_name_of_another(self, north):
        await kept(north, name="One")
        two = await kept(north, name="Two")
        answer = await north.ask("PATCH", f"/schedule-views/{two['id']}", json={"name": "one"}, version=1)
        assert (answer.status_code, answer.json()["code"]) == (409, "ViewNameTaken")

    async def test_is_gone_once_it_is_removed(self, north):
        view = await kept(north)
        assert (await north.ask("DELETE", f"/schedule-views/{view['id']}", version=2)).status_code == 412
        assert (await north.ask("DELETE", f"/schedule-views/{view['id']}", version=1)).status_code == 204
        assert await listed(north) == []


class TestOthers:
    async def test_see_what_is_shared_and_change_nothing_of_it(self, north, colleague):
        own, shared = await kept(north), await kept(north, name="For all", shared=True)
        assert [one["name"] for one in await listed(colleague)] == ["For all"]
        for one in (own, shared):
            path = f"/schedule-views/{one['id']}"
            assert (await colleague.ask("PATCH", path, json={"name": "Mine"}, version=1)).status_code == 404
            assert (await colleague.ask("DELETE", path, version=1)).status_code == 404
        assert await kept(colleague), "a name is one's own"
        assert [one["name"] for one in await listed(north)] == ["For all", "Hygiene, mornings"]

    async def test_of_another_clinic_see_nothing(self, north, south):
        await kept(north, shared=True)
        assert await listed(south) == []

import pytest

from tests.recalls.conftest import HALF_A_YEAR
from tests.recalls.test_recalls import NEVER, code


class TestAdd:
    async def test_keeps_the_services_in_their_order_each_once(self, desk, given, north):
        other = str((await given.service(north, name="Hygiene")).id)
        own = str(desk.service.id)
        type = await desk.kind("Recare", service_ids=[other, own, other], duration_minutes=45)
        assert (type["service_ids"], type["duration_minutes"], type["interval"]) == ([other, own], 45, HALF_A_YEAR)
        assert (await north.ask("GET", f"/recall-types/{type['id']}")).json() == type

    async def test_has_a_name_of_its_own(self, desk, north):
        answer = await north.ask("POST", "/recall-types", json={"name": "CHECK-UP", "interval": HALF_A_YEAR})
        assert await code(answer) == (409, "RecallTypeNameTaken")

    async def test_does_not_know_a_service_of_another_clinic(self, desk, given, north, south):
        for id in ((await given.service(south)).id, NEVER):
            body = {"name": "x", "interval": HALF_A_YEAR, "service_ids": [str(id)]}
            assert await code(await north.ask("POST", "/recall-types", json=body)) == (404, "NoSuchService")

    @pytest.mark.parametrize(
        "body",
        [
            {"name": "x"},
            {"name": "", "interval": HALF_A_YEAR},
            {"name": "x", "interval": {"every": 521, "unit": "weeks"}},
            {"name": "x", "interval": HALF_A_YEAR, "duration_minutes": 1},
            {"name": "x", "interval": HALF_A_YEAR, "x": 1},
        ],
    )
    async def test_refuses_what_is_no_type(self, desk, north, body):
        assert (await north.ask("POST", "/recall-types", json=body)).status_code == 422


class TestChange:
    async def test_changes_what_is_named_and_nothing_else(self, desk, north):
        path = f"/recall-types/{desk.type['id']}"
        after = (await north.ask("PATCH", path, json={"name": "Recare"}, version=1)).json()
        assert after == desk.type | {"name": "Recare", "version": 2}
        refused = await north.ask("PATCH", path, json={"name": "y"}, version=1)
        assert (await code(refused), refused.json()["facts"]) == ((412, "RecallTypeIsStale"), {"version": 2})
        assert (await north.ask("PATCH", path, json={"name": "y"})).status_code == 428

    async def test_takes_one_off_the_lists(self, desk, north):
        await north.ask("PATCH", f"/recall-types/{desk.type['id']}", json={"active": False}, version=1)
        assert (await north.ask("GET", "/recall-types?active=true")).json()["items"] == []
        assert len((await north.ask("GET", "/recall-types")).json()["items"]) == 1

    async def test_is_not_found_by_another_clinic(self, desk, south):
        path = f"/recall-types/{desk.type['id']}"
        assert await code(await south.ask("GET", path)) == (404, "NoSuchRecallType")
        assert await code(await south.ask("PATCH", path, json={"name": "x"}, version=1)) == (404, "NoSuchRecallType")
        assert (await south.ask("GET", "/recall-types")).json()["items"] == []

import pytest

from chairside import scheduling
from chairside.kernel.refusals import NotAllowed

NEVER = "00000000-0000-7000-8000-000000000001"


class TestProviders:
    async def test_need_only_a_name(self, north):
        answer = await north.ask("POST", "/providers", json={"name": "Dr. Ioana Marin"})
        assert answer.status_code == 201, answer.text
        provider = answer.json()
        assert provider == {
            "id": provider["id"], "name": "Dr. Ioana Marin", "title": None, "member_id": None, "npi": None, "dea": None,
            "specialties": [], "timezone": None, "colour": 0, "operatory_id": None, "assists": False, "active": True,
            "version": 1,
        }  # fmt: skip
        assert (await north.ask("GET", f"/providers/{provider['id']}")).json() == provider
        assert (await north.ask("POST", "/providers", json={"name": "Second"})).json()["colour"] == 1

    async def test_take_everything_else(self, north, given):
        chair = await given.operatory(north)
        whole = {
            "name": "Dr. Ioana Marin", "title": "DMD", "member_id": str(north.owner_id), "npi": "1234567893",
            "specialties": ["Endodontics"], "timezone": "Europe/Lisbon", "colour": 5, "operatory_id": str(chair.id), "assists": True,
        }  # fmt: skip
        answer = await north.ask("POST", "/providers", json=whole)
        assert answer.status_code == 201, answer.text
        assert answer.json() | whole == answer.json()
        twice = await north.ask("POST", "/providers", json=whole)
        assert (twice.status_code, twice.json()["code"]) == (409, "MemberIsAProvider")

    async def test_point_at_what_is_wrong(self, north):
        wrong = {"name": "", "npi": "1234567890", "timezone": "Mars/Base", "colour": "red", "active": "yes", "x": 1}
        answer = await north.ask("POST", "/providers", json=wrong)
        assert answer.status_code == 422
        pointers = {error["pointer"] for error in answer.json()["errors"]}
        assert pointers == {"/name", "/npi", "/timezone", "/colour", "/active", "/x"}

    async def test_do_not_know_what_is_another_clinics(self, north, south, given):
        chair = await given.operatory(south)
        for field, foreign, code in (
            ("operatory_id", str(chair.id), "NoSuchOperatory"),
            ("member_id", str(south.owner_id), "NoSuchMember"),
        ):
            answers = [await north.ask("POST", "/providers", json={"name": "X", field: id}) for id in (foreign, NEVER)]
            assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, code)] * 2
            assert answers[0].json() | {"request_id": ""} == answers[1].json() | {"request_id": ""}

    async def test_change_only_the_version_that_was_seen(self, north, south, given):
        provider = await given.provider(north, title="DMD")
        path = f"/providers/{provider.id}"
        assert (await north.ask("PATCH", path, json={"title": None})).status_code == 428
        changed = (await north.ask("PATCH", path, json={"title": None, "active": False}, version=1)).json()
        assert (changed["title"], changed["active"], changed["name"], changed["version"]) == (None, False, provider.name, 2)
        stale = await north.ask("PATCH", path, json={"name": "X"}, version=1)
        assert (stale.status_code, stale.json()["facts"]) == (412, {"version": 2})
        null = await north.ask("PATCH", path, json={"name": None, "active": None, "specialties": None}, version=2)
        assert {error["pointer"] for error in null.json()["errors"]} == {"/name", "/active", "/specialties"}
        assert (await south.ask("PATCH", path, json={"name": "X"}, version=2)).status_code == 404
        assert (await south.ask("GET", path)).status_code == 404

    async def test_are_listed_by_name_page_by_page(self, north, given):
        for name in ("carmen", "Ana", "Bogdan"):
            await given.provider(north, name=name)
        await given.provider(north, name="Zoe", active=False)
        seen, cursor = [], ""
        while cursor is not None:
            page = (await north.ask("GET", "/providers", params={"limit": 3, "cursor": cursor})).json()
            seen += [item["name"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert seen == ["Ana", "Bogdan", "carmen", "Zoe"]
        active = (await north.ask("GET", "/providers", params={"active": True})).json()["items"]
        assert [item["name"] for item in active] == ["Ana", "Bogdan", "carmen"]

    async def test_need_the_permission(self, north):
        with pytest.raises(NotAllowed):
            async with north.op(grants=frozenset({"clinic.read", "scheduling.book"})) as op:
                await scheduling.add_provider(op, name="X")


class TestOperatories:
    async def test_stand_in_the_order_they_came_unless_they_are_moved(self, north):
        one, two = [(await north.ask("POST", "/operatories", json={"name": n})).json() for n in ("Chair 1", "Chair 2")]
        assert [(chair["position"], chair["active"], chair["version"]) for chair in (one, two)] == [(1, True, 1), (2, True, 1)]
        moved = await north.ask("PATCH", f"/operatories/{one['id']}", json={"position": 3}, version=1)
        assert moved.json()["version"] == 2
        names = [item["name"] for item in (await north.ask("GET", "/operatories")).json()["items"]]
        assert names == ["Chair 2", "Chair 1"]
        page = (await north.ask("GET", "/operatories", params={"limit": 1})).json()
        more = (await north.ask("GET", "/operatories", params={"cursor": page["next_cursor"]})).json()
        assert [item["name"] for item in page["items"] + more["items"]] == names

    async def test_change_only_the_version_that_was_seen(self, north, south, given):
        chair = await given.operatory(north)
        path = f"/operatories/{chair.id}"
        assert (await north.ask("PATCH", path, json={"name": "X"})).status_code == 428
        assert (await north.ask("PATCH", path, json={"name": "X"}, version=9)).json()["facts"] == {"version": 1}
        assert (await south.ask("PATCH", path, json={"name": "X"}, version=1)).status_code == 404
        assert (await south.ask("GET", path)).json()["code"] == "NoSuchOperatory"
        assert (await north.ask("GET", path)).json()["name"] == "Chair 1"

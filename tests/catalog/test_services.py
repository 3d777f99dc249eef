import pytest

from chairside import catalog
from chairside.kernel.refusals import NotAllowed

NEW = {"name": "Consultație", "duration_minutes": 30, "price": {"amount": 15_000, "currency": "RON"}}


class TestAddService:
    async def test_shows_what_was_added(self, north):
        answer = await north.ask("POST", "/services", json={**NEW, "code": "CONS", "buffer_after_minutes": 10})
        assert answer.status_code == 201, answer.text
        service = answer.json()
        id = service.pop("id")
        assert service == {
            **NEW, "code": "CONS", "buffer_before_minutes": 0, "buffer_after_minutes": 10, "active": True, "version": 1,
        }  # fmt: skip
        assert (await north.ask("GET", f"/services/{id}")).json() == {"id": id, **service}

    async def test_makes_a_code_of_the_name_and_numbers_the_next(self, north):
        codes = [(await north.ask("POST", "/services", json=NEW)).json()["code"] for _ in range(3)]
        assert codes == ["CONSULTATIE", "CONSULTATIE-2", "CONSULTATIE-3"]

    async def test_says_which_code_is_taken_in_any_case(self, north, south):
        await north.ask("POST", "/services", json={**NEW, "code": "Cons"})
        answer = await north.ask("POST", "/services", json={**NEW, "code": "CONS"})
        assert (answer.status_code, answer.json()["code"]) == (409, "CodeTaken")
        assert (await south.ask("POST", "/services", json={**NEW, "code": "CONS"})).status_code == 201

    async def test_points_at_what_is_wrong(self, north):
        wrong = {
            "name": "",
            "code": "D" + "0" * 4,
            "duration_minutes": 1,
            "price": {"amount": -1, "currency": "RON"},
            "colour": 1,
        }
        answer = await north.ask("POST", "/services", json=wrong)
        assert answer.status_code == 422
        pointers = {error["pointer"] for error in answer.json()["errors"]}
        assert pointers == {"/name", "/code", "/duration_minutes", "/price", "/colour"}

    async def test_refuses_a_price_in_another_currency(self, north):
        answer = await north.ask("POST", "/services", json={**NEW, "price": {"amount": 1, "currency": "EUR"}})
        assert answer.status_code == 422
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [("/price/currency", "wrong_currency")]

    async def test_refuses_numbers_that_are_text(self, north):
        answer = await north.ask("POST", "/services", json={**NEW, "duration_minutes": "30"})
        assert [e["pointer"] for e in answer.json()["errors"]] == ["/duration_minutes"]


class TestChangeService:
    async def test_changes_only_the_version_that_was_seen(self, north, given):
        service = await given.service(north)
        path = f"/services/{service.id}"
        assert (await north.ask("PATCH", path, json={"name": "X"})).status_code == 428
        changed = await north.ask("PATCH", path, json={"price": {"amount": 0, "currency": "RON"}, "active": False}, version=1)
        assert changed.status_code == 200, changed.text
        shown = changed.json()
        assert (shown["price"]["amount"], shown["active"], shown["name"], shown["version"]) == (0, False, "Check-up", 2)
        stale = await north.ask("PATCH", path, json={"name": "X"}, version=1)
        assert (stale.status_code, stale.json()["facts"]) == (412, {"version": 2})

    async def test_refuses_null_where_something_must_stand(self, north, given):
        service = await given.service(north)
        answer = await north.ask("PATCH", f"/services/{service.id}", json={"name": None, "price": None}, version=1)
        assert {e["pointer"] for e in answer.json()["errors"]} == {"/name", "/price"}

    async def test_refuses_another_services_code(self, north, given):
        service, other = await given.service(north, code="A"), await given.service(north, code="B")
        answer = await north.ask("PATCH", f"/services/{other.id}", json={"code": "a"}, version=1)
        assert (answer.status_code, answer.json()["facts"]) == (409, {"code": "a"})
        assert (await north.ask("PATCH", f"/services/{service.id}", json={"code": "a"}, version=1)).status_code == 200

    async def test_does_not_know_a_service_of_another_clinic(self, north, south, given):
        theirs = await given.service(south)
        never = "00000000-0000-7000-8000-000000000001"
        for method, more in (("GET", {}), ("PATCH", {"json": {"name": "X"}, "version": 1})):
            foreign = await north.ask(method, f"/services/{theirs.id}", **more)
            missing = await north.ask(method, f"/services/{never}", **more)
            assert foreign.status_code == missing.status_code == 404
            assert foreign.json() | {"request_id": ""} == missing.json() | {"request_id": ""}


class TestListServices:
    async def test_goes_through_every_page_once(self, north, given):
        for name in ("șlefuire", "Albire", "detartraj", "Zirconiu", "Șlefuire"):
            await given.service(north, name=name)
        seen, cursor = [], ""
        while cursor is not None:
            page = (await north.ask("GET", "/services", params={"limit": 2, "cursor": cursor})).json()
            seen += [item["name"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert sorted(seen) == sorted(["șlefuire", "Albire", "detartraj", "Zirconiu", "Șlefuire"])
        assert seen[:2] == ["Albire", "detartraj"]

    async def test_leaves_out_what_is_no_longer_done(self, north, given):
        kept = await given.service(north)
        await given.service(north, name="Old", active=False)
        items = (await north.ask("GET", "/services", params={"active": True})).json()["items"]
        assert [item["id"] for item in items] == [str(kept.id)]

    async def test_needs_the_permission(self, north, given):
        service = await given.service(north)
        with pytest.raises(NotAllowed):
            async with north.op(grants=frozenset({"clinic.read"})) as op:
                await catalog.change_service(op, service_id=service.id, version=1, changes={})

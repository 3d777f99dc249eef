"""The clinic's own list of procedures: what holds from which day on, what has to be said of where, and how a list comes in."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from chairside.catalog import check_where
from chairside.catalog.rules.reading import read
from chairside.catalog.rules.starting import starting_list
from chairside.kernel.refusals import Refusal
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_invitations import code
from tests.tenancy.test_roles import colleague  # noqa: F401

FILLING = {
    "code": "FI-01", "name": "Filling, one surface", "category": "Fillings", "price": {"amount": 10_000, "currency": "RON"},
    "duration_minutes": 30, "area": "surfaces", "min_surfaces": 1, "max_surfaces": 1,
}  # fmt: skip


async def add(clinic, **more):
    answer = await clinic.ask("POST", "/procedures", json=FILLING | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestTheList:
    async def test_is_searched_filtered_and_paged_by_code(self, north):
        await add(north)
        await add(north, code="FI-02", name="Filling, two surfaces", min_surfaces=2, max_surfaces=2)
        await add(north, code="EX-01", name="Examination", category="Exams", area="mouth", min_surfaces=None, max_surfaces=None)

        async def codes(query=""):
            answer = await north.ask("GET", f"/procedures{query}")
            return [one["code"] for one in answer.json()["items"]], answer.json()["next_cursor"]

        assert (await codes())[0] == ["EX-01", "FI-01", "FI-02"]
        assert (await codes("?q=fi"))[0] == ["FI-01", "FI-02"]
        assert (await codes("?q=TWO"))[0] == ["FI-02"]
        assert (await codes("?q=%25"))[0] == ["EX-01", "FI-01", "FI-02"]
        assert (await codes("?category=Exams"))[0] == ["EX-01"]
        first, cursor = await codes("?limit=2")
        assert first + (await codes(f"?limit=2&cursor={cursor}"))[0] == ["EX-01", "FI-01", "FI-02"]

    @pytest.mark.parametrize(
        ("more", "pointer", "why"),
        [
            ({"max_surfaces": None}, "/max_surfaces", "wrong_count"),
            ({"min_surfaces": 3}, "/max_surfaces", "wrong_count"),
            ({"area": "tooth"}, "/max_surfaces", "wrong_count"),
            ({"permanent_teeth": False, "primary_teeth": False}, "/permanent_teeth", "required"),
            ({"code": "d" + "1234"}, "/code", "licensed_code"),
            ({"price": {"amount": 1, "currency": "USD"}}, "/price/currency", "wrong_currency"),
            ({"price": {"amount": -1, "currency": "RON"}}, "/price", "below_zero"),
            ({"area": "nose"}, "/area", "literal_error"),
        ],
    )
    async def test_says_what_is_wrong(self, north, more, pointer, why):
        answer = await north.ask("POST", "/procedures", json=FILLING | more)
        assert answer.status_code == 422, answer.text
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, why)]

    async def test_has_each_code_once_and_is_another_clinics_own(self, north, south):
        made = await add(north)
        again = await north.ask("POST", "/procedures", json=FILLING | {"code": "fi-01"})
        assert await code(again) == (409, "ProcedureCodeTaken")
        assert await code(await south.ask("GET", f"/procedures/{made['id']}")) == (404, "NoSuchProcedure")
        assert (await south.ask("GET", "/procedures")).json()["items"] == []

    async def test_is_changed_by_those_who_set_the_clinic_up(self, north, colleague):  # noqa: F811
        made = await add(north)
        dentist = await colleague(north, "dentist")
        assert (await dentist.ask("GET", "/procedures")).status_code == 200
        assert (await dentist.ask("PATCH", f"/procedures/{made['id']}", version=1, json={"name": "x"})).status_code == 403


class TestVersions:
    async def test_a_price_holds_from_a_day_on_and_what_was_planned_keeps_its_own(self, north):
        made = await add(north)
        today = date.fromisoformat(made["effective_on"])
        later = (today + timedelta(days=30)).isoformat()
        change = {"price": {"amount": 12_000, "currency": "RON"}, "effective_on": later}
        changed = (await north.ask("PATCH", f"/procedures/{made['id']}", version=1, json=change)).json()
        assert (changed["price"]["amount"], changed["next_on"], changed["version_id"]) == (10_000, later, made["version_id"])
        then = (await north.ask("GET", f"/procedures/{made['id']}?on={later}")).json()
        assert (then["price"]["amount"], then["next_on"]) == (12_000, None)
        renamed = (await north.ask("PATCH", f"/procedures/{made['id']}", version=2, json={"name": "Small filling"})).json()
        assert (renamed["name"], renamed["version"]) == ("Small filling", 3)
        found = (await north.ask("GET", f"/procedures/{made['id']}/versions")).json()["items"]
        assert [(one["effective_on"], one["name"], one["price"]["amount"]) for one in found] == [
            (later, "Filling, one surface", 12_000), (today.isoformat(), "Small filling", 10_000),
            (today.isoformat(), "Filling, one surface", 10_000),
        ]  # fmt: skip

    async def test_what_holds_later_only_is_listed_as_it_will(self, north):
        made = await add(north, effective_on="2199-01-01")
        assert (made["effective_on"], made["next_on"]) == ("2199-01-01", None)

    async def test_stale_is_refused(self, north):
        made = await add(north)
        await north.ask("PATCH", f"/procedures/{made['id']}", version=1, json={"name": "x"})
        assert await code(await north.ask("PATCH", f"/procedures/{made['id']}", version=1, json={"name": "y"})) == (
            412, "ProcedureIsStale",
        )  # fmt: skip

    async def test_versions_are_never_changed(self, root):
        held = root.execute("select has_table_privilege('chairside_app', 'procedure_version', 'update, delete')").fetchone()
        assert held == (False,)

    async def test_is_archived_and_comes_back(self, north):
        made = await add(north)
        gone = (await north.ask("POST", f"/procedures/{made['id']}/archival")).json()
        assert gone["archived_at"] and (await north.ask("GET", "/procedures")).json()["items"] == []
        assert len((await north.ask("GET", "/procedures?archived=true")).json()["items"]) == 1
        assert (await north.ask("DELETE", f"/procedures/{made['id']}/archival")).json()["archived_at"] is None


def rule(area, least=None, most=None, *, permanent=True, primary=True):
    return SimpleNamespace(area=area, min_surfaces=least, max_surfaces=most, permanent_teeth=permanent, primary_teeth=primary)


class TestWhere:
    @pytest.mark.parametrize(
        ("procedure", "said"),
        [
            (rule("mouth"), {}), (rule("arch"), {"arch": "upper"}), (rule("quadrant"), {"quadrant": 2}),
            (rule("tooth"), {"tooth": 26}), (rule("surfaces", 2, 3), {"tooth": 26, "surfaces": "MO"}),
            (rule("tooth_range"), {"tooth": 14, "through": 16}), (rule("tooth", permanent=False), {"tooth": 54}),
        ],
    )  # fmt: skip
    def test_is_said_as_the_procedure_asks(self, procedure, said):
        check_where(procedure, **said)

    @pytest.mark.parametrize(
        ("procedure", "said", "pointer", "why"),
        [
            (rule("mouth"), {"tooth": 26}, "/tooth", "not_asked_here"),
            (rule("arch"), {}, "/arch", "required"),
            (rule("quadrant"), {"quadrant": 2, "tooth": 26}, "/tooth", "not_asked_here"),
            (rule("tooth"), {"surfaces": "M"}, "/tooth", "required"),
            (rule("tooth"), {"tooth": 26, "surfaces": "M"}, "/surfaces", "not_asked_here"),
            (rule("surfaces", 2, 2), {"tooth": 26}, "/surfaces", "required"),
            (rule("surfaces", 2, 2), {"tooth": 26, "surfaces": "M"}, "/surfaces", "wrong_count"),
            (rule("surfaces", 2, 3), {"tooth": 26, "surfaces": "MODB"}, "/surfaces", "wrong_count"),
            (rule("surfaces", 2, 2), {"tooth": 26, "surfaces": "mM"}, "/surfaces", "duplicate"),
            (rule("tooth_range"), {"tooth": 14}, "/through", "required"),
            (rule("tooth", primary=False), {"tooth": 54}, "/tooth", "wrong_dentition"),
            (rule("tooth", permanent=False), {"tooth": 26}, "/tooth", "wrong_dentition"),
        ],
    )
    def test_is_refused_in_words(self, procedure, said, pointer, why):
        with pytest.raises(Refusal) as refused:
            check_where(procedure, **said)
        [(place, reason, sentence)] = refused.value.errors
        assert (place, reason) == (pointer, why) and sentence.endswith(".")


class TestTheStartingList:
    async def test_comes_once_and_leaves_what_is_there(self, north):
        await add(north, name="Ours")
        added = (await north.ask("POST", "/procedures/starting-list")).json()["added"]
        assert added == len(starting_list(100)) - 1 and 20 <= added <= 40
        assert (await north.ask("POST", "/procedures/starting-list")).json()["added"] == 0
        listed = (await north.ask("GET", "/procedures?limit=200")).json()["items"]
        assert {one["code"]: one["name"] for one in listed}["FI-01"] == "Ours"


FILE = """Code;Description;Fee;Minutes;Area;Surfaces;Category
EX-01;Examination;1.250,50;20;mouth;;Exams
FI-01;Filling, one surface;100,00;30;surfaces;1;Fillings
XX-01;;10;30;mouth;;
XX-02;Odd;ten;30;mouth;;
XX-03;Odd;10;3;nose;;
EX-01;Again;10;30;mouth;;

"""


class TestImporting:
    async def test_is_looked_through_first_and_then_taken_in_from_a_day_on(self, north):
        await add(north)
        body = {"text": FILE, "effective_on": "2199-01-01"}
        tried = (await north.ask("POST", "/procedures/imports", json=body)).json()
        assert (tried["rows"], tried["new"], tried["changed"], tried["same"], tried["done"]) == (6, ["EX-01"], [], 1, False)
        assert [(one["line"], one["field"], one["code"]) for one in tried["problems"]] == [
            (4, "name", "required"), (5, "price", "not_an_amount"), (6, "duration_minutes", "not_minutes"), (6, "area", "not_an_area"),
            (7, "code", "duplicate"),
        ]  # fmt: skip
        assert [one["code"] for one in (await north.ask("GET", "/procedures")).json()["items"]] == ["FI-01"]
        done = (await north.ask("POST", "/procedures/imports", json=body | {"dry_run": False})).json()
        assert done["done"] is True
        new = (await north.ask("GET", "/procedures?q=ex")).json()["items"][0]
        assert (new["price"]["amount"], new["effective_on"], new["duration_minutes"]) == (125_050, "2199-01-01", 20)
        again = (await north.ask("POST", "/procedures/imports", json=body | {"dry_run": False})).json()
        assert (again["new"], again["changed"], again["same"]) == ([], [], 2)

    async def test_a_price_that_differs_is_a_new_version_from_that_day(self, north):
        made = await add(north)
        text = FILE.replace("100,00", "110,00")
        done = await north.ask("POST", "/procedures/imports", json={"text": text, "effective_on": "2199-01-01", "dry_run": False})
        assert done.json()["changed"] == ["FI-01"]
        now = (await north.ask("GET", f"/procedures/{made['id']}")).json()
        assert (now["price"]["amount"], now["next_on"]) == (10_000, "2199-01-01")

    def test_columns_are_chosen_where_they_are_called_otherwise(self):
        text = "A,B,C\nEX-01,Exam,10\n"
        lost = read(text, mapping=None, usual_minutes=30, minor_units=100)
        assert {one.field for one in lost.problems} == {"code", "name", "price"} and lost.columns == ["A", "B", "C"]
        found = read(text, mapping={"code": "A", "name": "B", "price": "C"}, usual_minutes=30, minor_units=100)
        assert [(one["code"], one["price"]) for one in found.items] == [("EX-01", 1000)]

    @pytest.mark.parametrize(
        ("written", "minor"),
        [
            ("10", 1000),
            ("10.5", 1050),
            ("10,50", 1050),
            ("1,250", 125_000),
            ("1.250,50", 125_050),
            ("1 250.50", 125_050),
            ("-1", None),
        ],
    )
    def test_amounts_are_read_with_either_mark(self, written, minor):
        found = read(f'code,name,price\nEX-01,x,"{written}"', mapping=None, usual_minutes=30, minor_units=100)
        assert [one["price"] for one in found.items] == ([] if minor is None else [minor])

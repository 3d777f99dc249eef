"""An import taken back: as if it had never been, except for whoever was touched since."""

from datetime import UTC, datetime
from uuid import UUID

from tests.exchange.brought import balances, case, everyone, rows, started, uploaded


class TestUndo:
    async def test_is_as_if_it_had_never_been(self, north, bring, undone, root):
        done = await bring(north, case("us"))
        gone = await undone(north, done)
        assert gone["undone"] == {"removed": done["counts"]["accepted"], "kept_count": 0, "kept": []}
        assert gone["balances"]["ledger"]["amount"] == 0
        assert await everyone(north) == []
        assert set(balances(root, north).values()) == {0}
        again = await bring(north, case("us"))
        assert again["counts"] == done["counts"]
        assert again["balances"] == done["balances"]
        assert len(await everyone(north)) == done["counts"]["accepted"]

    async def test_keeps_whoever_was_touched_and_says_why(self, north, south, given, bring, undone, root):
        content = rows(*(f"{n},Pop,Person{n},1980-05-01,{n}.00," for n in range(1, 10)), "10,Pop,Credit,1980-05-01,-5.00,")
        elsewhere = await bring(south, content)
        done = await bring(north, content)
        there = {patient["register_number"]: patient for patient in await everyone(north)}

        class One:
            def __init__(self, number: str) -> None:
                self.id = UUID(there[number]["id"])

        await north.ask("PATCH", f"/patients/{One('1').id}", json={"note": "changed"}, version=1)
        await given.appointment(north, patient=One("2"), starts_at=datetime(2027, 3, 2, 9, tzinfo=UTC))
        await given.charge(north, One("3"))
        assert (await north.ask("POST", "/invoices", json={"patient_id": str(One("4").id)})).status_code == 201
        drafted = await north.ask("POST", "/invoices", json={"patient_id": str(One("5").id)})
        assert (await north.ask("POST", f"/invoices/{drafted.json()['id']}/issue")).status_code == 200
        await given.payment(north, One("6"), 100)
        await given.service(north, "Free", price=0)
        assert (await north.ask("POST", f"/patients/{One('7').id}/archival")).status_code == 200
        await given.patient(north, "Baby", register_number="99", guarantor_id=One("8").id)

        gone = await undone(north, done)
        assert gone["undone"]["removed"] == 2
        assert {kept["patient"]["register_number"]: kept["why"] for kept in gone["undone"]["kept"]} == {
            "1": "changed", "2": "appointment", "3": "ledger", "4": "invoice", "5": "invoice", "6": "ledger", "7": "changed",
            "8": "guarantor",
        }  # fmt: skip
        assert gone["undone"]["kept_count"] == 8
        assert {patient["register_number"] for patient in await everyone(north)} == set("12345678") | {"99"}
        assert balances(root, north) == {
            "1": 100, "2": 200, "3": 300 + 10_000, "4": 400, "5": 500, "6": 600 - 100, "7": 700, "8": 800, "9": 0, "10": 0,
        }  # fmt: skip
        assert gone["balances"]["ledger"]["amount"] == sum(range(1, 9)) * 100
        assert len(await everyone(south)) == elsewhere["counts"]["accepted"] == 10

    async def test_keeps_whoever_was_merged_or_took_somebody_in(self, north, bring, undone, root):
        done = await bring(north, rows(*(f"{n},Pop,Person{n},1980-05-01,{n}.00," for n in range(1, 4))))
        one, two, _ = [patient["id"] for patient in sorted(await everyone(north), key=lambda patient: patient["register_number"])]
        merge = (await north.ask("POST", f"/patients/{one}/merges", json={"duplicate_id": two})).json()
        gone = await undone(north, done)
        assert gone["undone"]["removed"] == 1
        kept = {kept["patient"]["register_number"]: kept["why"] for kept in gone["undone"]["kept"]}
        assert kept == {"1": "changed", "2": "changed"}
        assert balances(root, north) == {"1": 300, "3": 0}
        assert (await north.ask("DELETE", f"/patients/{one}/merges/{merge['id']}")).status_code == 204
        assert balances(root, north) == {"1": 100, "2": 200, "3": 0}

    async def test_lets_the_rest_come_again(self, north, bring, undone):
        content = rows("1,Pop,Ana,1980-05-01,1.00,", "2,Pop,Ion,1980-05-02,2.00,1")
        done = await bring(north, content)
        ion = next(patient for patient in await everyone(north) if patient["register_number"] == "2")
        await north.ask("PATCH", f"/patients/{ion['id']}", json={"note": "here"}, version=1)
        await undone(north, done)
        again = await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,", "2,Pop,Ion,1980-05-02,2.00,1", "3,Pop,Eva,,3.00,1"))
        assert (again["counts"]["accepted"], again["counts"]["already_present"]) == (1, 2)
        other = await bring(north, rows("5,Pop,Dan,,,"))
        assert len((await undone(north, again))["undone"]["kept"]) == 0
        assert len((await undone(north, other))["undone"]["kept"]) == 0

    async def test_leaves_a_trace_of_every_patient(self, north, bring, undone, root):
        await undone(north, await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,")))
        found = root.execute(
            "select action, coalesce(on_behalf_of, actor_id) from audit_event where clinic_id = %s and entity = 'patient' and patient_id is not null order by id",
            [north.id],
        ).fetchall()
        assert [action for action, _ in found] == ["insert", "update"]
        assert found[1][1] == north.owner_id

    async def test_happens_once(self, north, bring, undone):
        done = await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,"))
        await undone(north, done)
        again = await north.ask("POST", f"/imports/{done['id']}/undo")
        assert (again.status_code, again.json()["code"]) == (409, "AlreadyUndone")

    async def test_waits_for_the_run(self, north):
        found = await uploaded(north, rows("1,Pop,Ana,1980-05-01,1.00,"))
        assert (await north.ask("POST", f"/imports/{found['id']}/undo")).json()["code"] == "NothingToUndo"
        await started(north, found)
        assert (await north.ask("POST", f"/imports/{found['id']}/undo")).json()["code"] == "ImportIsRunning"

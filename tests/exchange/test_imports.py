"""From the file to the register, through HTTP, with the real worker's code; two practices' exports to the row and the cent."""

import csv
import io
import re
from urllib.parse import unquote

import pytest

from tests.exchange.brought import balances, case, everyone, listed, put, rows, seen, started, uploaded


def cells(name: str) -> list[dict[str, str]]:
    text = case(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="," if name == "us" else ";"))


def minor(text: str, *, mark: str) -> int | None:
    """An amount of the files, read another way than the one that is tested."""
    bare = re.sub(r"[^0-9.,()\-]", "", text)
    if (
        bare != re.sub(r"[\s$a-zA-Z]", "", text)
        or re.search(r"[a-df-zA-Z]{3}", text)
        or bare.count(mark) > 1
        or "e" in text.lower()
    ):
        return None if text.strip() else 0
    whole, _, part = re.sub(r"[()\-]", "", bare).replace("," if mark == "." else ".", "").partition(mark)
    if not whole and not part:
        return 0
    cents = int(whole or "0") * 100 + int((part + "00")[:2])
    return -cents if "(" in text or "-" in text else cents


class TestTheCases:
    @pytest.mark.parametrize("name", ["us", "dmy"])
    async def test_arrive_to_the_row_and_the_cent(self, north, south, bring, root, name):
        done = await bring(north, case(name))
        told = listed(name)
        why = {(bad["row"], bad["register_number"], bad["why"], bad["outcome"].split()[0]) for bad in told["bad_rows"]}
        found = {
            (p["row"], p["register_number"], p["detail"], {"refused": "refused", "warned": "imported"}[p["outcome"]])
            for p in done["problems"]
        }
        assert found == why
        refused = {bad["row"] for bad in told["bad_rows"] if bad["outcome"].startswith("refused")}
        said = [(row, cell) for row, cell in enumerate(cells(name), 2) if row not in refused]
        assert done["counts"]["accepted"] == len(said)
        assert done["counts"]["refused"] == len(refused)

        columns = {column["target"]: column["name"] for column in done["columns"]}
        there = {patient["register_number"]: patient for patient in await everyone(north)}
        assert len(there) == len(said)
        for _, cell in said:
            patient = there[cell[columns["register_number"]].strip()]
            assert patient["last_name"] == cell[columns["last_name"]].strip()
            assert patient["first_name"] == cell[columns["first_name"]].strip()
            phones = {contact["type"]: contact["value"] for contact in patient["contacts"]}
            assert phones.get("mobile", "") == cell[columns["phone_mobile"]]
            assert (patient["archived_at"] is not None) == (cell.get(columns.get("status"), "") == "Inactive")
            assert not any(contact["safe_for_voicemail"] for contact in patient["contacts"])

        mark = "." if name == "us" else ","
        by_hand = {cell[columns["register_number"]].strip(): minor(cell[columns["balance"]], mark=mark) for _, cell in said}
        assert balances(root, north) == {number: amount for number, amount in by_hand.items() if amount}
        money = {key: total["amount"] for key, total in done["balances"].items() if key != "unreadable"}
        assert money["accepted"] == money["ledger"] == sum(by_hand.values())
        assert money["file"] == money["accepted"] + money["refused"]
        assert await everyone(south) == []
        assert balances(root, south) == {}

    async def test_a_phone_keeps_its_extension_and_is_found_without_it(self, north, bring):
        await bring(north, case("us"))
        found = (await north.ask("GET", "/patients?q=7218013111")).json()["items"]
        assert [patient["register_number"] for patient in found] == ["1001"]
        assert found[0]["contacts"][0]["value"] == "(721)801-3111 x24"

    async def test_the_refused_rows_can_be_downloaded_before_and_after(self, north, bring):
        before = await uploaded(north, case("us"))
        first = await north.ask("GET", f"/imports/{before['id']}/refused")
        done = await bring(north, case("us"))
        second = await north.ask("GET", f"/imports/{done['id']}/refused")
        assert first.content == second.content
        assert second.headers["content-type"] == "text/csv; charset=utf-8"
        assert second.headers["content-disposition"].startswith('attachment; filename="refused-patients.csv"')
        assert second.headers["cache-control"] == "no-store"
        lines = list(csv.DictReader(io.StringIO(second.content.decode("utf-8-sig"), newline="")))
        assert {line["PatNum"] for line in lines} == {
            bad["register_number"] for bad in listed("us")["bad_rows"] if bad["outcome"].startswith("refused")
        }
        assert all(line["Reason"] for line in lines)

    @pytest.mark.parametrize(
        "filename, plain",
        [('a"b\r\nx: y.csv', "refused-abx y.csv"), ("مرضى.csv", "refused-.csv"), ("../../x.csv", "refused-....x.csv")],
    )
    async def test_whatever_the_file_was_called(self, north, filename, plain):
        found = await uploaded(north, rows("7,,Ana,,,"), filename)
        answer = await north.ask("GET", f"/imports/{found['id']}/refused")
        named = answer.headers["content-disposition"]
        assert named.startswith(f'attachment; filename="{plain}"; filename*=UTF-8')
        assert unquote(named.partition("''")[2]) == f"refused-{filename}"

    async def test_the_same_file_twice_changes_nothing(self, north, bring, root):
        first = await bring(north, case("us"))
        there, owed = await everyone(north), balances(root, north)
        second = await bring(north, case("us"))
        assert second["counts"] == first["counts"] | {"accepted": 0, "warned": 0, "already_present": first["counts"]["accepted"]}
        money = second["balances"]
        assert money["ledger"]["amount"] == money["accepted"]["amount"] == 0
        assert money["already_present"] == first["balances"]["accepted"]
        assert money["file"] == first["balances"]["file"]
        assert not any(present["differs"] for present in second["already_present"])
        assert len(second["already_present"]) == 1000
        assert await everyone(north) == there
        assert balances(root, north) == owed


class TestOneFile:
    async def test_says_what_it_is_before_anything_is_written(self, north):
        found = await uploaded(north, rows("7,Popescu,Ana,1980-05-01,12.50,", "8,,Ion,1979-01-02,3.00,"))
        assert (found["status"], found["worker"]) == ("analysed", None)
        assert found["counts"] == {"rows": 2, "accepted": 1, "refused": 1, "warned": 0, "already_present": 0}
        assert {name: total and total["amount"] for name, total in found["balances"].items() if name != "unreadable"} == {
            "file": 1550, "accepted": 1250, "refused": 300, "already_present": 0, "ledger": None,
        }  # fmt: skip
        assert found["balances"]["file"]["currency"] == "RON"
        assert found["reasons"] == [{"field": "last_name", "code": "blank", "rows": 1}]
        assert found["progress"] == {"done": 0, "total": 2}
        assert await everyone(north) == []

    async def test_tells_how_far_it_is_and_who_is_at_work(self, north, drain, root):
        found = await uploaded(north, rows("7,Popescu,Ana,1980-05-01,12.50,"))
        running = await started(north, found)
        assert running["progress"] == {"done": 0, "total": 1}
        assert running["worker"] in ("queued", "away")
        await drain()
        done = await seen(north, found)
        assert (done["status"], done["progress"], done["worker"]) == ("done", {"done": 1, "total": 1}, None)
        assert done["finished_at"] >= done["started_at"]
        events = root.execute("select name from event where clinic_id = %s and name like 'exchange.%%' order by id", [north.id])
        assert [name for (name,) in events] == ["exchange.file_looked_at", "exchange.import_started", "exchange.import_finished"]

    async def test_is_the_persons_who_asked_for_it(self, north, bring, root):
        await bring(north, rows("7,Popescu,Ana,1980-05-01,12.50,"))
        made = root.execute(
            """select entity, action, actor_type, on_behalf_of from audit_event
                where clinic_id = %s and entity in ('patient', 'charge') and action = 'insert'""",
            [north.id],
        ).fetchall()
        assert sorted(made) == [
            ("charge", "insert", "system", north.owner_id),
            ("patient", "insert", "system", north.owner_id),
        ]

    async def test_gives_numbers_to_those_who_have_none_and_knows_them_again(self, north, given, bring):
        await given.patient(north, "Early", "Bird")
        content = rows(",Popescu,Ana,1980-05-01,1.00,", "90,Popescu,Ion,1979-01-02,,", ",Popescu,Ana,,2.00,", ",Early,Bird,,,")
        done = await bring(north, content)
        assert done["counts"]["accepted"] == 4
        numbers = {(p["first_name"], p["birth_date"]): p["register_number"] for p in await everyone(north)}
        assert numbers.pop(("Early", "1980-05-01")) == "1"
        assert numbers == {
            ("Ana", "1980-05-01"): "91", ("Ion", "1979-01-02"): "90", ("Ana", None): "92", ("Bird", None): "93",
        }  # fmt: skip
        again = await bring(north, content)
        assert again["counts"] == {"rows": 4, "accepted": 0, "refused": 0, "warned": 0, "already_present": 4}

    async def test_leaves_alone_whoever_has_a_number_of_it(self, north, given, bring):
        patient = await given.patient(north, register_number="7")
        done = await bring(north, rows("7,Popescu,Ana,1980-05-01,12.50,", "8,Popescu,Ion,1979-01-02,,"))
        assert done["already_present"] == [{"row": 2, "register_number": "7", "name": "Popescu, Ana", "differs": False}]
        other = await bring(north, rows("7,Ionescu,Radu,1980-05-01,12.50,"))
        assert other["already_present"] == [{"row": 2, "register_number": "7", "name": "Ionescu, Radu", "differs": True}]
        async with north.op() as op:
            from chairside import patients

            assert await patients.get(op, patient_id=patient.id) == patient

    async def test_another_clinic_has_its_own_numbers(self, north, south, bring):
        await bring(north, rows("7,Popescu,Ana,1980-05-01,12.50,"))
        done = await bring(south, rows("7,Popescu,Ana,1980-05-01,12.50,"))
        assert done["counts"]["accepted"] == 1


class TestMapping:
    async def test_is_corrected_and_looked_at_anew(self, north, bring):
        content = b"A,B,C,D\n1,Popescu,Ana,1\n2,Popescu,Ion,2\n"
        found = await uploaded(north, content)
        assert found["missing"] == ["last_name", "first_name"]
        refused = await north.ask("POST", f"/imports/{found['id']}/run")
        assert (refused.status_code, refused.json()["code"]) == (422, "ColumnsMissing")
        mapping = {"columns": {"B": "last_name", "C": "first_name", "D": "sex"}, "sexes": {"1": "female", "2": "male"}}
        done = await bring(north, content, **mapping)
        assert done["mapping"]["columns"] == mapping["columns"]
        assert {patient["first_name"]: patient["sex"] for patient in await everyone(north)} == {"Ana": "female", "Ion": "male"}

    async def test_decides_what_days_mean(self, north, bring):
        done = await bring(north, rows("7,Popescu,Ana,02/03/1980,,"), date_order="mdy")
        assert done["guesses"]["date_order"]["confidence"] == "chosen"
        assert [patient["birth_date"] for patient in await everyone(north)] == ["1980-02-03"]

    @pytest.mark.parametrize(
        "mapping, code",
        [
            ({"columns": {"Shoe size": "ignore"}}, "UnknownColumn"),
            ({"columns": {"Balance": "shoe size"}}, "UnknownTarget"),
            ({"columns": {"Balance": "last_name", "Guarantor": "last_name"}}, "TargetTwice"),
            ({"sexes": {"F": "purple"}}, "Malformed"),
            ({"date_order": "ydm"}, "Malformed"),
            ({"separator": "x"}, "Malformed"),
            ({"encoding": "klingon"}, "UnknownEncoding"),
            ({"encoding": "utf-16"}, "WrongEncoding"),
            ({"unknown": 1}, "Malformed"),
        ],
    )
    async def test_that_does_not_fit_changes_nothing(self, north, mapping, code):
        found = await uploaded(north, rows("7,Popescu,Ana,1980-05-01,,"))
        answer = await north.ask("PUT", f"/imports/{found['id']}/mapping", json=mapping)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert await seen(north, found) == found

    async def test_of_an_older_version_is_refused_with_the_newer(self, north):
        found = await uploaded(north, rows("7,Popescu,Ana,1980-05-01,,"))
        for path in ("mapping", "run", "undo"):
            method = "PUT" if path == "mapping" else "POST"
            more = {"json": {}} if path == "mapping" else {}
            answer = await north.ask(method, f"/imports/{found['id']}/{path}", version=found["version"] - 1, **more)
            assert (answer.status_code, answer.json()["code"]) == (412, "ImportIsStale")
            assert answer.json()["facts"] == {"version": found["version"]}
        answer = await north.ask("PUT", f"/imports/{found['id']}/mapping", json={}, version=found["version"])
        assert answer.status_code == 200

    async def test_goes_with_the_file_that_another_replaced(self, north, bring):
        found = await uploaded(north, b"A,B\n1,2\n")
        await north.ask("PUT", f"/imports/{found['id']}/mapping", json={"columns": {"A": "last_name"}})
        again = await put(north, found, rows("7,Popescu,Ana,1980-05-01,,"))
        assert (again["status"], again["mapping"]["columns"], again["counts"]["accepted"]) == ("analysed", {}, 1)


class TestOrder:
    async def test_every_step_waits_for_the_one_before(self, north, drain, by_a_job):
        created = (await north.ask("POST", "/imports", json={"kind": "patients", "filename": "a.csv", "size": 3})).json()
        path = f"/imports/{created['id']}"

        async def codes() -> list[str]:
            asked = [
                await north.ask("PUT", f"{path}/content", content=b"x,y\n"),
                await north.ask("PUT", f"{path}/mapping", json={}),
                await north.ask("GET", f"{path}/refused"),
                await north.ask("POST", f"{path}/run"),
                await north.ask("POST", f"{path}/undo"),
            ]
            return [answer.json()["code"] if answer.is_error else str(answer.status_code) for answer in asked]

        assert (await codes())[1:] == ["NoRows", "NoFile", "NotAnalysed", "NothingToUndo"]
        await put(north, created, rows("7,Popescu,Ana,1980-05-01,12.50,"))
        await started(north, created)
        assert await codes() == ["ImportIsRunning", "ImportIsRunning", "200", "ImportIsRunning", "ImportIsRunning"]
        await drain()
        assert await codes() == ["ImportIsOver", "ImportIsOver", "200", "ImportIsOver", "202"]
        assert await codes() == [*["ImportIsBeingUndone"] * 2, "200", *["ImportIsBeingUndone"] * 2]
        await drain()
        assert await codes() == ["ImportIsOver", "ImportIsOver", "200", "ImportIsOver", "AlreadyUndone"]

    async def test_a_second_import_waits_for_the_first(self, north, south, drain):
        one, two = [await uploaded(north, rows(f"{n},Popescu,Ana,1980-05-01,,")) for n in (7, 8)]
        elsewhere = await uploaded(south, rows("7,Popescu,Ana,1980-05-01,,"))
        await started(north, one)
        refused = await north.ask("POST", f"/imports/{two['id']}/run")
        assert (refused.status_code, refused.json()["code"]) == (409, "AnotherImportRuns")
        await started(south, elsewhere)
        await drain()
        await started(north, two)
        await drain()
        assert len(await everyone(north)) == 2

    async def test_a_repeated_run_or_undo_is_one_and_needs_its_key(self, north, drain):
        found = await uploaded(north, rows("7,Popescu,Ana,1980-05-01,12.50,"))
        key = {"idempotency-key": "again"}
        runs = [await north.ask("POST", f"/imports/{found['id']}/run", headers=key) for _ in range(2)]
        assert [answer.status_code for answer in runs] == [202, 202]
        assert runs[0].json() == runs[1].json()
        await drain()
        answers = [await north.ask("POST", f"/imports/{found['id']}/undo", headers=key) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        for path in ("run", "undo"):
            bare = await north.http.post(
                f"/clinics/{north.slug}/imports/{found['id']}/{path}", headers={"authorization": f"Bearer {north.token}"}
            )
            assert (bare.status_code, bare.json()["code"]) == (422, "IdempotencyKeyMissing")

    async def test_lists_the_newest_first(self, north, south):
        made = [(await uploaded(north, rows(f"{n},Popescu,Ana,,,")))["id"] for n in range(3)]
        first = (await north.ask("GET", "/imports?limit=2")).json()
        rest = (await north.ask("GET", f"/imports?limit=2&cursor={first['next_cursor']}")).json()
        assert [item["id"] for item in first["items"] + rest["items"]] == made[::-1]
        assert rest["next_cursor"] is None
        assert (await south.ask("GET", "/imports")).json()["items"] == []


class TestRights:
    async def test_a_stranger_finds_nothing(self, north, south):
        found = await uploaded(north, rows("7,Popescu,Ana,1980-05-01,,"))
        path = f"/imports/{found['id']}"
        for method, end, more in (
            ("GET", "", {}), ("GET", "/refused", {}), ("POST", "/run", {}), ("POST", "/undo", {}),
            ("PUT", "/mapping", {"json": {}}), ("PUT", "/content", {"content": b"a,b\n1,2\n"}),
        ):  # fmt: skip
            answer = await south.ask(method, path + end, **more)
            missing = await south.ask(method, "/imports/01a1fda4-5735-7c3d-9303-8721483b4eb4" + end, **more)
            assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchImport")
            assert {**answer.json(), "request_id": ""} == {**missing.json(), "request_id": ""}
        assert await seen(north, found) == found

    async def test_needs_its_permission(self, north):
        from chairside import exchange
        from chairside.kernel.refusals import NotAllowed

        found = await uploaded(north, rows("7,Popescu,Ana,1980-05-01,,"))
        with pytest.raises(NotAllowed):
            async with north.op(grants=frozenset({"patients.read", "patients.register"})) as op:
                await exchange.start(op, import_id=found["id"])

    async def test_an_upload_needs_a_session_and_its_own_pages(self, north):
        found = await uploaded(north, rows("7,Popescu,Ana,1980-05-01,,"))
        url = f"/clinics/{north.slug}/imports/{found['id']}/content"
        assert (await north.http.put(url, content=b"a")).status_code == 401
        cookie = {"cookie": f"chairside={north.token}", "sec-fetch-site": "cross-site"}
        assert (await north.http.put(url, content=b"a", headers=cookie)).json()["code"] == "FromElsewhere"

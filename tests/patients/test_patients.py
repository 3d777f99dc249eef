import asyncio

import pytest

ANA = {"first_name": "Ana", "last_name": "Țurcanu", "birth_date": "1980-05-01", "sex": "female"}
MOBILE = {"type": "mobile", "value": "+40 721 234 567", "is_primary": True, "safe_for_voicemail": True}


class TestRegister:
    async def test_gives_the_next_number_and_keeps_what_was_typed(self, north):
        name = {"first_name": "Ștefan-O'Neil", "last_name": "Al-Masri \u0627\u0644\u0645\u0635\u0631\u064a"}
        answer = await north.ask("POST", "/patients", json=ANA | name | {"contacts": [MOBILE], "note": "=1+1"})
        assert answer.status_code == 201, answer.text
        patient = answer.json()
        assert (patient["first_name"], patient["last_name"]) == tuple(name.values())
        assert (patient["register_number"], patient["version"], patient["contacts"]) == ("1", 1, [MOBILE])
        assert (await north.ask("POST", "/patients", json=ANA)).json()["register_number"] == "2"

    async def test_counts_on_from_the_highest_number_there_is(self, north):
        await north.ask("POST", "/patients", json=ANA | {"register_number": "1700"})
        await north.ask("POST", "/patients", json=ANA | {"register_number": "M-17"})
        assert (await north.ask("POST", "/patients", json=ANA)).json()["register_number"] == "1701"

    async def test_gives_two_who_register_at_once_two_numbers(self, north):
        answers = await asyncio.gather(*(north.ask("POST", "/patients", json=ANA) for _ in range(8)))
        assert sorted(int(answer.json()["register_number"]) for answer in answers) == list(range(1, 9))

    async def test_refuses_a_number_that_is_taken(self, north):
        await north.ask("POST", "/patients", json=ANA | {"register_number": "7"})
        answer = await north.ask("POST", "/patients", json=ANA | {"register_number": "7"})
        assert (answer.status_code, answer.json()["code"]) == (409, "NumberTaken")

    async def test_names_who_may_be_the_same_person_and_registers_all_the_same(self, north, south):
        for clinic in (north, south):
            await clinic.ask("POST", "/patients", json=ANA)
        same_phone = {"first_name": "X", "last_name": "Y", "contacts": [MOBILE]}
        await north.ask("POST", "/patients", json=ANA | same_phone | {"birth_date": "1950-01-01"})
        again = await north.ask("POST", "/patients", json=ANA | {"last_name": "turcanu", "contacts": [MOBILE]})
        assert again.status_code == 201
        assert [p["last_name"] for p in again.json()["possible_duplicates"]] == ["Țurcanu", "Y"]

    @pytest.mark.parametrize(
        ("wrong", "pointer", "code"),
        [
            ({"last_name": "   "}, "/last_name", "too_short"),
            ({"birth_date": "1980-02-30"}, "/birth_date", "not_a_date"),
            ({"birth_date": "2999-01-01"}, "/birth_date", "not_a_birth_date"),
            ({"birth_date": "2190-01-01"}, "/birth_date", "in_the_future"),
            ({"sex": "F"}, "/sex", "literal_error"),
            ({"contacts": [{"type": "email", "value": "a b@x"}]}, "/contacts/0/value", "not_an_email"),
            ({"contacts": [{"type": "mobile", "value": "none"}]}, "/contacts/0/value", "not_a_phone"),
            ({"deleted_at": "2026-01-01"}, "/deleted_at", "unknown_property"),
            ({"guarantor_id": "00000000-0000-0000-0000-000000000001"}, "/guarantor_id", "not_found"),
        ],
    )
    async def test_points_at_what_is_wrong(self, north, wrong, pointer, code):
        answer = await north.ask("POST", "/patients", json=ANA | wrong)
        assert answer.status_code == 422, answer.text
        assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
        assert (await north.ask("GET", "/patients")).json()["items"] == []


class TestChange:
    async def test_changes_what_is_named_and_merges_the_address(self, north):
        patient = (await north.ask("POST", "/patients", json=ANA | {"address": {"city": "Iași", "line1": "Str. Lungă 1"}})).json()
        change = {"first_name": "Maria", "address": {"line1": None, "region": "IS"}}
        answer = await north.ask("PATCH", f"/patients/{patient['id']}", json=change, version=1)
        assert answer.status_code == 200, answer.text
        changed = answer.json()
        assert (changed["first_name"], changed["last_name"], changed["version"]) == ("Maria", "Țurcanu", 2)
        assert {k: v for k, v in changed["address"].items() if v} == {"city": "Iași", "region": "IS"}
        assert [p["id"] for p in (await north.ask("GET", "/patients?q=maria")).json()["items"]] == [patient["id"]]

    async def test_refuses_a_version_that_has_passed_and_loses_nothing(self, north):
        patient = (await north.ask("POST", "/patients", json=ANA)).json()
        path = f"/patients/{patient['id']}"
        assert (await north.ask("PATCH", path, json={"note": "a"})).json()["code"] == "VersionRequired"
        assert (await north.ask("PATCH", path, json={"note": "a"}, version=1)).status_code == 200
        stale = await north.ask("PATCH", path, json={"note": "b"}, version=1)
        assert (stale.status_code, stale.json()["facts"]) == (412, {"version": 2})
        assert (await north.ask("GET", path)).json()["note"] == "a"

    async def test_does_not_know_a_patient_of_another_clinic(self, north, south, given):
        patient = await given.patient(south)
        answers = [
            await north.ask(method, f"/patients/{id}", json=body, version=1)
            for id in (patient.id, "00000000-0000-0000-0000-000000000009")
            for method, body in (("GET", None), ("PATCH", {"note": "x"}))
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({str(answer.json() | {"request_id": ""}) for answer in answers}) == 1

    async def test_keeps_a_family_one_step_deep(self, north, given):
        head, child, other = [await given.patient(north, name) for name in ("Head", "Child", "Other")]
        path = f"/patients/{child.id}"
        assert (await north.ask("PATCH", path, json={"guarantor_id": str(head.id)}, version=1)).status_code == 200
        answer = await north.ask("PATCH", f"/patients/{other.id}", json={"guarantor_id": str(child.id)}, version=1)
        assert answer.json()["code"] == "GuarantorAnsweredFor"
        answer = await north.ask("PATCH", f"/patients/{head.id}", json={"guarantor_id": str(other.id)}, version=1)
        assert answer.json()["code"] == "AnswersForOthers"
        family = (await north.ask("GET", f"/patients/{child.id}/family")).json()["items"]
        assert [relative["first_name"] for relative in family] == ["Head", "Child"]


class TestArchive:
    async def test_hides_from_the_list_and_is_still_found(self, north, given):
        patient = await given.patient(north)
        answer = await north.ask("POST", f"/patients/{patient.id}/archival", version=1)
        assert (answer.status_code, answer.json()["version"]) == (200, 2)
        assert (await north.ask("GET", "/patients")).json()["items"] == []
        assert len((await north.ask("GET", "/patients?q=popescu")).json()["items"]) == 1
        assert len((await north.ask("GET", "/patients?archived=true")).json()["items"]) == 1
        restored = await north.ask("DELETE", f"/patients/{patient.id}/archival", version=2)
        assert restored.json()["archived_at"] is None

    async def test_refuses_a_version_that_has_passed(self, north, given):
        patient = await given.patient(north)
        assert (await north.ask("POST", f"/patients/{patient.id}/archival", version=7)).status_code == 412


class TestSearch:
    async def found(self, clinic, q):
        return [p["first_name"] for p in (await clinic.ask("GET", "/patients", params={"q": q})).json()["items"]]

    @pytest.mark.parametrize(
        "q",
        ["turc", "ȚURCANU", "urcan", "ana turc", "turcanu a", "234567", "721 234", "+40721234567", "1980-05-01", "01.05.1980",
         "#4711", "4711", "an", "ana@x.test"],
    )  # fmt: skip
    async def test_finds_by_any_part(self, north, south, q):
        contacts = [MOBILE, {"type": "email", "value": "ana@x.test"}]
        for clinic in (north, south):
            await clinic.ask("POST", "/patients", json=ANA | {"contacts": contacts, "register_number": "4711"})
        await north.ask("POST", "/patients", json=ANA | {"first_name": "Ion", "last_name": "Zot", "birth_date": "1990-01-01"})
        assert await self.found(north, q) == ["Ana"]

    async def test_puts_last_names_that_begin_so_first(self, north, given):
        for first, last in (("Dan", "Oprea"), ("Ana", "Bogdan"), ("Zoe", "Dancu")):
            await given.patient(north, first, last)
        assert await self.found(north, "dan") == ["Zoe", "Dan", "Ana"]

    @pytest.mark.parametrize(
        "q",
        [
            "1.5.80",
            "5/1/80",
            "1 mai 1980",
            "1 May 1980",
            "May 1, 1980",
            "1980/05/01",
            "+40721234567",
            "0721 234 567",
            "0040 721 234567",
        ],
    )
    async def test_finds_a_day_or_a_phone_however_it_is_written(self, north, q):
        await north.ask("POST", "/patients", json=ANA | {"contacts": [MOBILE]})
        await north.ask("POST", "/patients", json=ANA | {"first_name": "Ion", "birth_date": "1990-01-01"})
        assert await self.found(north, q) == ["Ana"]

    @pytest.mark.parametrize("q", ["A-77", "a-77", "#A-77", "77", "a 77", "a/77"])
    async def test_finds_a_number_that_is_not_only_digits(self, north, q):
        await north.ask(
            "POST", "/patients", json=ANA | {"register_number": "A-77", "first_name": "Zed", "birth_date": "1990-01-01"}
        )
        assert await self.found(north, q) == ["Zed"]

    @pytest.mark.parametrize("q", ["%", "_", "\\", "' or 1=1 --", "xyz", "....", "\u202e", "a" * 100])
    async def test_takes_signs_for_what_they_are(self, north, given, q):
        await given.patient(north, "Bob", "Smith")
        assert await self.found(north, q) == []

    async def test_finds_names_in_other_scripts(self, north, given):
        await given.patient(north, "\u0623\u062d\u0645\u062f", "\u0627\u0644\u0645\u0635\u0631\u0649")
        assert len(await self.found(north, "\u0627\u062d\u0645\u062f")) == 1
        assert len(await self.found(north, "\u0627\u0644\u0645\u0635\u0631\u064a")) == 1


class TestList:
    async def test_goes_through_all_pages_in_the_order_of_names(self, north, given):
        for last in ("Țurcanu", "Zot", "Tudor", "Ábel", "Șerban", "Sorescu"):
            await given.patient(north, "Ana", last)
        seen, cursor = [], ""
        while cursor is not None:
            page = (await north.ask("GET", "/patients", params={"limit": 2, "cursor": cursor})).json()
            seen += [patient["last_name"] for patient in page["items"]]
            cursor = page["next_cursor"]
        assert seen == ["Ábel", "Șerban", "Sorescu", "Tudor", "Țurcanu", "Zot"]

    async def test_refuses_a_cursor_that_is_not_ours(self, north):
        from chairside.kernel import pages

        for cursor in ("x", "AAAA", "%%%", pages.seal("name"), pages.seal(3, "not an id"), pages.seal(None, None)):
            answer = await north.ask("GET", "/patients", params={"cursor": cursor})
            assert (answer.status_code, answer.json()["code"]) == (422, "BadCursor")


class TestAudit:
    async def test_names_whom_a_read_showed(self, north, given, root):
        patient = await given.patient(north)
        await north.ask("GET", f"/patients/{patient.id}")
        await north.ask("GET", "/patients")
        rows = root.execute(
            "select action, patient_id, patient_ids from audit_event where clinic_id = %s and action = 'read' order by at",
            [north.id],
        ).fetchall()
        assert rows == [("read", patient.id, None), ("read", None, [patient.id])]

    async def test_keeps_values_apart_from_the_fact_and_digests_them(self, north, given, root):
        patient = await given.patient(north)
        await north.ask("PATCH", f"/patients/{patient.id}", json={"note": "allergic"}, version=1)
        [row] = root.execute(
            """select e.changed_fields, e.values_digest = sha256(v.salt || convert_to(v.old::text, 'UTF8') || convert_to(v.new::text, 'UTF8')),
                      v.old, v.new, e.actor_id, e.session_id is not null
                 from audit_event e join audit_value v on v.audit_id = e.id
                where e.clinic_id = %s and e.action = 'update' and e.entity = 'patient'""",
            [north.id],
        ).fetchall()
        assert row == (["note"], True, {"note": None}, {"note": "allergic"}, north.owner_id, True)

    async def test_remembers_who_was_refused(self, north, given, root):
        from chairside import patients
        from chairside.kernel.refusals import NotAllowed

        with pytest.raises(NotAllowed):
            async with north.op(grants=frozenset({"patients.read"})) as op:
                await patients.register(op, first_name="A", last_name="B", birth_date=None)
        rows = root.execute("select entity, actor_id from audit_event where clinic_id = %s and outcome = 'refused'", [north.id])
        assert rows.fetchall() == [("patients.register", north.owner_id)]

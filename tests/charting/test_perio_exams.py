import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from chairside.charting.rules.perio import SITES
from chairside.charting.rules.teeth import PERMANENT
from tests.charting.conftest import Charts
from tests.tenancy.test_invitations import code

NEVER = "00000000-0000-7000-8000-000000000001"


class Exams:
    """What people do to periodontal exams over HTTP."""

    def __init__(self, clinic, patient):
        self.clinic, self.patient = clinic, patient
        self.home = f"/patients/{patient.id}/perio-exams"

    async def asked(self, **body):
        return await self.clinic.ask("POST", self.home, json=body)

    async def begin(self, **body):
        answer = await self.asked(**body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def write(self, exam, *, version=None, **body):
        return await self.clinic.ask("PATCH", f"{self.home}/{exam['id']}", json=body, version=version or exam["version"])

    async def wrote(self, exam, **more):
        answer = await self.write(exam, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def act(self, exam, what, verb="POST", **more):
        return await self.clinic.ask(verb, f"{self.home}/{exam['id']}/{what}", **more)

    async def signed(self, **body):
        exam = await self.begin(**body)
        answer = await self.act(exam, "signature", version=exam["version"])
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def get(self, exam=None, **more):
        answer = await self.clinic.ask("GET", f"{self.home}/{exam['id']}" if exam else self.home, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
async def exams(north, given):
    return Exams(north, await given.patient(north))


def at(tooth, site, depth, margin=None, **more):
    return {"tooth": tooth, "site": site, "probing_depth": depth, "gingival_margin": margin, **more}


def mouth(depth=3, **more):
    return [at(tooth, site, depth, 0, **more) for tooth in PERMANENT for site in SITES]


class TestBegin:
    async def test_keeps_what_was_measured_and_says_what_follows(self, exams):
        exam = await exams.begin(
            sites=[at("16", "MB", 6, 1, bleeding=True), at("16", "B", 3), at("16", "DB", 4, -1)],
            teeth=[{"tooth": "16", "mobility": 1, "furcations": {"B": 2}}],
        )
        assert exam["status"] == "open"
        assert [
            (one["site"], one["probing_depth"], one["clinical_attachment_loss"], one["bleeding"]) for one in exam["sites"]
        ] == [
            ("MB", 6, 7, True),
            ("B", 3, None, None),
            ("DB", 4, 3, None),
        ]
        assert exam["teeth"] == [{"tooth": "16", "mobility": 1, "furcations": {"B": 2}, "skipped": False}]
        indices = exam["indices"]
        assert (indices["sites"], indices["bleeding_percent"], indices["plaque_percent"]) == (3, 33, None)
        assert (indices["mean_probing_depth"], indices["sites_at_least_4"], indices["sites_at_least_6"]) == (4.33, 2, 1)
        assert exam["staging"] == {
            "interdental_loss": 7, "depth": 6, "furcation": 2, "teeth_present": 32, "teeth_probed": 1, "teeth_affected": 1,
        }  # fmt: skip

    async def test_plaque_that_is_marked_somewhere_was_looked_for_wherever_it_was_probed(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 3, plaque=True), at("16", "B", 3), at("16", "DB", 3), at("17", "B", 3)])
        assert (exam["indices"]["plaque_percent"], exam["indices"]["calculus_percent"]) == (25, None)

    async def test_one_at_a_time(self, exams):
        exam = await exams.begin()
        refused = await exams.asked()
        assert await code(refused) == (409, "PerioExamIsOpen")
        assert refused.json()["facts"] == {"exam_id": exam["id"]}

    async def test_of_many_who_begin_at_once_one_does(self, exams):
        answers = await asyncio.gather(*(exams.asked() for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
        assert len((await exams.get())["items"]) == 1

    async def test_skips_what_the_chart_knows_to_be_missing(self, exams):
        charts = Charts(exams.clinic, exams.patient)
        await charts.find("18 28", "missing")
        await charts.find("36", "implant", layer="existing")
        exam = await exams.begin(sites=[at("28", "B", 2)])
        assert [one["tooth"] for one in exam["teeth"] if one["skipped"]] == ["18"]
        assert [one["tooth"] for one in exam["sites"]] == ["28"]

    @pytest.mark.parametrize(
        ("body", "pointer", "kind", "words"),
        [
            ({"sites": [at("16", "MB", 99)]}, "/sites/0/probing_depth", "not_measurable", "0 to 19 mm"),
            ({"sites": [at("16", "MB", 3, 20)]}, "/sites/0/gingival_margin", "not_measurable", "-19 to 19 mm"),
            ({"sites": [at("16", "MB", None, 2)]}, "/sites/0/gingival_margin", "no_depth", "probe this site first"),
            ({"sites": [at("19", "MB", 3)]}, "/sites/0/tooth", "not_a_tooth", "FDI number"),
            ({"sites": [at("49", "MB", 3)]}, "/sites/0/tooth", "not_a_tooth", "FDI number"),
            ({"sites": [at("56", "MB", 3)]}, "/sites/0/tooth", "not_a_tooth", "FDI number"),
            ({"sites": [at("99", "MB", 3)]}, "/sites/0/tooth", "not_a_tooth", "FDI number"),
            ({"sites": [at("55", "MB", 3)]}, "/sites/0/tooth", "wrong_dentition", "permanent teeth"),
            ({"teeth": [{"tooth": "11", "furcations": {"B": 1}}]}, "/teeth/0/furcations/B", "no_furcation", "nowhere"),
            ({"teeth": [{"tooth": "36", "furcations": {"M": 1}}]}, "/teeth/0/furcations/M", "no_furcation", "only at B, L"),
            ({"teeth": [{"tooth": "36", "mobility": 4}]}, "/teeth/0/mobility", "not_measurable", "0 to 3"),
            ({"sites": [at("16", "B", 3)], "teeth": [{"tooth": "16", "skipped": True}]}, "/sites/0/tooth", "skipped", "skipped"),
        ],
    )
    async def test_says_what_is_wrong_in_words_and_writes_nothing(self, exams, body, pointer, kind, words):
        answer = await exams.asked(**body)
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["pointer"], error["code"]) == (422, pointer, kind)
        assert words in error["detail"]
        assert (await exams.get())["items"] == []

    async def test_takes_a_day_gone_by_and_none_to_come(self, exams):
        far = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        assert (await exams.asked(examined_on=far)).json()["errors"][0]["pointer"] == "/examined_on"
        assert (await exams.begin(examined_on="2020-02-03"))["examined_on"] == "2020-02-03"

    async def test_refuses_a_provider_of_nobody_here(self, exams, given, south):
        for id in (NEVER, str((await given.provider(south)).id)):
            assert await code(await exams.asked(provider_id=id, sites=[at("16", "B", 3)])) == (404, "NoSuchProvider")

    async def test_does_not_find_a_patient_of_another_clinic(self, exams, given, south):
        theirs = Exams(exams.clinic, await given.patient(south))
        assert (await theirs.asked()).status_code == 404


class TestMeasure:
    async def test_a_whole_mouth_is_one_request(self, exams):
        exam = await exams.begin()
        head = await exams.wrote(exam, sites=mouth(bleeding=False))
        assert (head["indices"]["sites"], head["version"]) == (192, exam["version"] + 1)
        assert len((await exams.get(exam))["sites"]) == 192

    async def test_fields_that_are_not_named_stay_and_null_takes_away(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 5, 1, bleeding=True)])
        head = await exams.wrote(exam, sites=[{"tooth": "16", "site": "MB", "plaque": True}])
        await exams.wrote(head, sites=[{"tooth": "16", "site": "MB", "bleeding": None}])
        [site] = (await exams.get(exam))["sites"]
        assert (site["probing_depth"], site["gingival_margin"], site["plaque"], site["bleeding"]) == (5, 1, True, None)

    async def test_a_depth_is_not_taken_from_under_its_margin(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 5, 1)])
        answer = await exams.write(exam, sites=[{"tooth": "16", "site": "MB", "probing_depth": None}])
        assert answer.json()["errors"][0]["pointer"] == "/sites/0/probing_depth"

    async def test_a_tooth_that_is_skipped_loses_what_was_measured_and_comes_back_with_it(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 5, 1)])
        head = await exams.wrote(exam, teeth=[{"tooth": "16", "skipped": True}])
        assert head["indices"]["sites"] == 0
        back = await exams.wrote(head, teeth=[{"tooth": "16", "skipped": False}], sites=[at("16", "MB", 5, 1)])
        assert back["indices"]["sites"] == 1

    async def test_of_two_who_saw_the_same_one_is_told(self, exams):
        exam = await exams.begin()
        answers = await asyncio.gather(*(exams.write(exam, sites=[at("16", "MB", depth)]) for depth in range(1, 9)))
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
        assert await code(next(answer for answer in answers if answer.status_code == 412)) == (412, "PerioExamIsStale")

    async def test_wants_the_version_that_was_seen(self, exams):
        exam = await exams.begin()
        answer = await exams.clinic.ask("PATCH", f"{exams.home}/{exam['id']}", json={"sites": [at("16", "B", 3)]})
        assert answer.status_code == 428

    async def test_does_not_find_one_of_another_patient(self, exams, given, north):
        exam = await exams.begin()
        other = Exams(north, await given.patient(north, "Ion"))
        assert await code(await other.write(exam, sites=[at("16", "B", 3)])) == (404, "NoSuchPerioExam")


class TestSign:
    async def test_nothing_may_change_it_afterwards(self, exams):
        exam = await exams.signed(sites=[at("16", "MB", 5, 1)])
        assert exam["status"] == "signed" and exam["signed_at"]
        for answer in (
            await exams.write(exam, sites=[at("16", "MB", 2)]),
            await exams.act(exam, "signature"),
            await exams.act(exam, "strike", json={"reason": "x"}),
            await exams.act(exam, "strike", "DELETE", version=exam["version"]),
        ):
            assert await code(answer) == (409, "PerioExamIsSigned")

    async def test_not_even_by_sql_as_the_app(self, exams, conninfo, north):
        exam = await exams.signed(sites=[at("16", "MB", 5, 1)])
        for change in (
            "update perio_tooth set depth = '{1,1,1,1,1,1}' where exam_id = %(id)s",
            "insert into perio_tooth (exam_id, patient_id, tooth) values (%(id)s, %(patient)s, '17')",
            "update perio_exam set note = 'x' where id = %(id)s",
            "update perio_exam set signed_at = null, signed_by = null where id = %(id)s",
            "update perio_exam set struck_at = now(), struck_by = app.actor(), strike_reason = 'x' where id = %(id)s",
            "update perio_exam set patient_id = patient_id where id = %(id)s",
            "delete from perio_tooth where exam_id = %(id)s",
            "delete from perio_exam where id = %(id)s",
        ):
            with psycopg.connect(conninfo) as db:
                db.execute("select app.act(%s, %s, null, 'human', 'x')", [north.id, north.owner_id])
                with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.InsufficientPrivilege)):
                    db.execute(change, {"id": exam["id"], "patient": exams.patient.id})

    async def test_once_however_many_try(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 5)])
        answers = await asyncio.gather(*(exams.act(exam, "signature", version=exam["version"]) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7

    async def test_whoever_writes_meanwhile_is_told(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 5)])
        wrote, signed = await asyncio.gather(
            exams.write(exam, sites=[at("16", "B", 3)]), exams.act(exam, "signature", version=exam["version"])
        )
        assert sorted((wrote.status_code, signed.status_code)) in ([200, 412], [201, 409])

    async def test_refuses_one_in_which_nothing_was_measured(self, exams):
        exam = await exams.begin(teeth=[{"tooth": "18", "skipped": True}])
        assert await code(await exams.act(exam, "signature")) == (409, "PerioExamIsEmpty")

    async def test_another_may_be_begun_afterwards(self, exams):
        await exams.signed(sites=[at("16", "MB", 5)])
        assert (await exams.begin())["status"] == "open"


class TestStrike:
    async def test_is_kept_with_its_reason_and_makes_way(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 5)])
        struck = (await exams.act(exam, "strike", json={"reason": "Other patient"}, version=exam["version"])).json()
        assert (struck["status"], struck["strike_reason"]) == ("struck", "Other patient")
        await exams.begin()
        assert [one["status"] for one in (await exams.get())["items"]] == ["open", "struck"]
        assert await code(await exams.write(struck, sites=[at("16", "MB", 2)])) == (409, "PerioExamIsStruck")
        assert await code(await exams.act(struck, "strike", "DELETE", version=struck["version"])) == (409, "PerioExamIsOpen")

    async def test_is_taken_back(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 5)])
        struck = (await exams.act(exam, "strike", json={"reason": "x"})).json()
        back = (await exams.act(exam, "strike", "DELETE", version=struck["version"])).json()
        assert (back["status"], back["indices"]["sites"]) == ("open", 1)


class TestReading:
    async def test_says_what_changed_since_the_signed_one_before(self, exams):
        before = [at("16", "MB", 3, 0), at("16", "B", 3, 0), at("17", "B", 4, 0)]
        first = await exams.signed(examined_on="2025-01-02", sites=before)
        later = [at("16", "MB", 6, 0), at("16", "B", 3, 0, bleeding=True), at("17", "B", 3, 1)]
        exam = await exams.get(await exams.begin(sites=later))
        assert exam["before"]["id"] == first["id"]
        assert exam["changes"] == [
            {"tooth": "16", "site": "MB", "deeper_by": 3, "attachment_lost": 3, "new_bleeding": False},
            {"tooth": "16", "site": "B", "deeper_by": 0, "attachment_lost": 0, "new_bleeding": True},
        ]

    async def test_lists_the_newest_first(self, exams):
        for day in ("2024-01-02", "2025-01-02", "2023-01-02"):
            await exams.signed(examined_on=day, sites=[at("16", "MB", 4)])
        found = (await exams.get())["items"]
        assert [one["examined_on"] for one in found] == ["2025-01-02", "2024-01-02", "2023-01-02"]
        assert {one["indices"]["sites_at_least_4"] for one in found} == {1}

    async def test_compares_up_to_six(self, exams):
        made = [await exams.signed(examined_on=f"20{year}-01-02", sites=[at("16", "MB", depth)])
                for year, depth in ((20, 2), (21, 5), (22, 5))]  # fmt: skip
        query = "&".join(f"exam={one['id']}" for one in reversed(made))
        found = (await exams.clinic.ask("GET", f"{exams.home}/comparison?{query}")).json()
        assert [one["examined_on"] for one in found["items"]] == ["2020-01-02", "2021-01-02", "2022-01-02"]
        assert [[one["deeper_by"] for one in changes] for changes in found["changes"]] == [[3], []]
        many = "&".join(f"exam={NEVER}" for _ in range(7))
        assert (await exams.clinic.ask("GET", f"{exams.home}/comparison?{many}")).status_code == 422
        assert (await exams.clinic.ask("GET", f"{exams.home}/comparison?exam={NEVER}")).status_code == 404

    async def test_suggests_a_stage_with_what_it_rests_on(self, exams):
        exam = await exams.begin(sites=[at("16", "MB", 5, 0), at("11", "B", 9, 0)])
        found = (await exams.clinic.ask("GET", f"{exams.home}/{exam['id']}/staging?bone_loss=40&age=35&cigarettes=5")).json()
        assert (found["stage"], found["grade"], found["extent"]) == ("III", "C", "generalized")
        assert found["inputs"]["interdental_loss"] == 5 and "10.1002/JPER.18-0006" in found["source"]

    async def test_is_on_record(self, exams, root):
        exam = await exams.begin()
        await exams.get(exam)
        count = "select count(*) from audit_event where entity = 'perio_exam' and patient_id = %s and action = 'read' and entity_id = %s"
        assert root.execute(count, [exams.patient.id, exam["id"]]).fetchone() >= (1,)


class TestRoles:
    async def test_an_assistant_writes_under_a_providers_name_and_signs_nothing(self, exams, colleague, given, north):
        assistant = Exams(await colleague(north, "assistant"), exams.patient)
        refused = await assistant.asked()
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/provider_id")
        exam = await assistant.begin(provider_id=str((await given.provider(north)).id), sites=[at("16", "B", 3)])
        head = await assistant.wrote(exam, sites=[at("17", "B", 3)])
        assert (await assistant.act(head, "signature")).status_code == 403
        assert (await exams.act(head, "signature", version=head["version"])).status_code == 201

    async def test_an_assistant_discards_only_their_own(self, exams, colleague, given, north):
        assistant = Exams(await colleague(north, "assistant"), exams.patient)
        theirs = await exams.begin()
        assert await code(await assistant.act(theirs, "strike", json={"reason": "x"})) == (403, "NotYourPerioExam")

    async def test_the_desk_sees_none(self, exams, colleague, north):
        exam = await exams.begin()
        desk = Exams(await colleague(north, "receptionist"), exams.patient)
        assert (await desk.clinic.ask("GET", desk.home)).status_code == 403
        assert (await desk.clinic.ask("GET", f"{desk.home}/{exam['id']}")).status_code == 403


class TestMerging:
    async def test_two_open_exams_and_the_signed_go_along_and_back(self, exams, given, north):
        other = Exams(north, await given.patient(north, "Ion"))
        signed = await other.signed(sites=[at("16", "MB", 5)])
        theirs, mine = await other.begin(sites=[at("16", "B", 2)]), await exams.begin()
        body = {"duplicate_id": str(other.patient.id)}
        answer = await north.ask("POST", f"/patients/{exams.patient.id}/merges", json=body)
        assert answer.status_code == 201, answer.text
        assert {one["id"] for one in (await exams.get())["items"]} == {signed["id"], theirs["id"], mine["id"]}
        assert await code(await exams.asked()) == (409, "PerioExamIsOpen")
        apart = await north.ask("DELETE", f"/patients/{exams.patient.id}/merges/{answer.json()['id']}")
        assert apart.is_success, apart.text
        assert {one["id"] for one in (await other.get())["items"]} == {signed["id"], theirs["id"]}

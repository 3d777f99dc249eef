"""A periodontal exam by keys: a full mouth, a page that dies in the middle, two who write at once, signing and comparing."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person

Sit = Callable[..., Person]

COUNT = "window.struck = 0; addEventListener('keydown', () => { window.struck += 1 }, true)"


def exams_of(clinic: Clinic, patient: Any) -> Any:
    return clinic.get(f"/patients/{patient['id']}/perio-exams")["items"]


def exam_of(clinic: Clinic, patient: Any) -> Any:
    return clinic.get(f"/patients/{patient['id']}/perio-exams/{exams_of(clinic, patient)[0]['id']}")


def probing(clinic: Clinic, sit: Sit, patient: Any, **more: Any) -> Person:
    desk = sit(clinic, **more)
    desk.go(f"{clinic.home}/patients/{patient['id']}?tab=perio")
    if not exams_of(clinic, patient):
        desk.click(desk.button("New exam"))
    desk.is_at(grid(desk))
    return desk


def grid(desk: Person) -> Locator:
    return desk.page.get_by_role("grid", name="Periodontal exam")


def site(desk: Person, name: str) -> Locator:
    return desk.page.locator(f'[data-site="{name}"]')


def saved(desk: Person) -> None:
    expect(desk.page.locator("[data-saving]")).to_have_attribute("data-saving", "saved", timeout=20_000)


class TestKeys:
    def test_a_full_mouth_takes_192_keys(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        desk.page.evaluate(COUNT)
        flags = 0
        for tooth in range(32):
            for depth in (3, 2, 4):
                desk.press(str(depth))
            if tooth % 4 == 0:
                desk.press("b")
                flags += 1
        for _ in range(32):
            desk.press("3", "2", "3")
        saved(desk)
        struck = desk.page.evaluate("window.struck")
        assert struck <= 192 + flags + 5
        exam = exam_of(clinic, patient)
        assert (exam["indices"]["sites"], exam["indices"]["bleeding_percent"]) == (192, 4)
        assert len([one for one in exam["sites"] if one["probing_depth"] == 4]) == 32

    def test_a_uniform_mouth_takes_64(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        with desk.counting("a uniform mouth") as count:
            desk.press(*["/"] * 64)
            saved(desk)
        assert count.keys <= 64 and exam_of(clinic, patient)["indices"]["sites"] == 192

    def test_say_what_is_at_a_site_and_take_it_back(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        desk.press("7", "b", "p", "-", "2")
        expect(site(desk, "18 DB")).to_have_accessible_name(
            "1 DB: depth 7 mm, margin 2 mm, attachment loss 9 mm, Bleeding, Plaque"
        )
        desk.press("m", "2", "f", "b", "3")
        desk.press("Control+z")
        saved(desk)
        [tooth] = exam_of(clinic, patient)["teeth"]
        assert (tooth["mobility"], tooth["furcations"]) == (2, {})
        desk.press("x")
        saved(desk)
        assert exam_of(clinic, patient)["indices"]["sites"] == 0
        desk.press("Control+z")
        saved(desk)
        [back] = exam_of(clinic, patient)["sites"]
        assert (back["probing_depth"], back["gingival_margin"], back["plaque"]) == (7, 2, True)
        desk.press("-", "2", "g", "9")

    def test_skip_what_the_chart_knows_to_be_missing(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        clinic.post(f"/patients/{patient['id']}/tooth-chart/findings", teeth=["18"], condition="missing")
        desk = probing(clinic, sit, patient)
        expect(site(desk, "18 DB")).to_have_accessible_name("1 DB: skipped")
        desk.press("3")
        expect(site(desk, "17 DB")).to_have_accessible_name("2 DB: depth 3 mm")

    def test_a_keypad_and_a_line_do_the_same(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        desk.click(desk.page.get_by_role("checkbox", name="Keypad"))
        pad = desk.page.get_by_role("region", name="Keypad")
        for one in ("5", re.compile("Bleeding")):
            key = desk.button(one, pad)
            box = key.bounding_box()
            assert box and box["height"] >= 44 and box["width"] >= 44
            desk.click(key)
        desk.click(desk.page.get_by_role("checkbox", name="Command line"))
        desk.page.get_by_role("textbox", name="Command line").fill("two three bleeding, tooth 30 four")
        desk.press("Enter")
        saved(desk)
        found = {(one["tooth"], one["site"]): one for one in exam_of(clinic, patient)["sites"]}
        assert found["18", "DB"]["bleeding"] and found["18", "MB"]["bleeding"]
        assert found["46", "DB"]["probing_depth"] == 4


class TestCrash:
    def test_loses_no_accepted_cell(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        desk.press("3", "2", "4")
        saved(desk)
        # From here on nothing reaches the server, and then the page is gone.
        desk.page.route(
            "**/perio-exams/**", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_()
        )
        desk.press(*"55665")
        expect(desk.page.locator("[data-saving]")).not_to_have_attribute("data-saving", "saved")
        desk.page.wait_for_timeout(300)
        context = desk.page.context
        other = context.new_page()
        desk.page.close(run_before_unload=False)
        other.goto(f"{clinic.home}/patients/{patient['id']}?tab=perio")
        expect(other.locator("[data-saving]")).to_have_attribute("data-saving", "saved", timeout=20_000)
        expect(other.locator('[data-site="17 DB"]')).to_have_accessible_name("2 DB: depth 5 mm")
        assert exam_of(clinic, patient)["indices"]["sites"] == 8
        desk.complaints.clear()


class TestTwo:
    def test_write_at_other_sites_and_both_stand(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        desk.press("3", "2", "4")
        saved(desk)
        desk.expects(412)
        exam = exam_of(clinic, patient)
        clinic.ask(
            "PATCH", f"/patients/{patient['id']}/perio-exams/{exam['id']}", version=exam["version"],
            json={"sites": [{"tooth": "36", "site": "B", "probing_depth": 6}]},
        )  # fmt: skip
        desk.press("5", "5", "5")
        saved(desk)
        expect(site(desk, "36 B")).to_have_accessible_name(re.compile("depth 6 mm"))
        assert exam_of(clinic, patient)["indices"]["sites"] == 7

    def test_write_at_the_same_site_and_somebody_chooses(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        desk.press("3")
        saved(desk)
        desk.expects(412)
        exam = exam_of(clinic, patient)
        # What comes from elsewhere is not heard here in time.
        desk.page.route("**/live**", lambda route: route.abort())
        desk.press("4")
        clinic.ask(
            "PATCH", f"/patients/{patient['id']}/perio-exams/{exam['id']}", version=exam["version"],
            json={"sites": [{"tooth": "18", "site": "B", "probing_depth": 7}]},
        )  # fmt: skip
        dialog = desk.dialog("Somebody else wrote at the same sites")
        desk.sees(dialog.get_by_role("row", name="1 B Probing depth 7 4"))
        desk.click(desk.button("Keep mine", dialog))
        saved(desk)
        assert {one["site"]: one["probing_depth"] for one in exam_of(clinic, patient)["sites"]} == {"DB": 3, "B": 4}
        desk.complaints.clear()


class TestSign:
    def test_signs_what_was_typed_last_and_begins_another_beside_it(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        desk.press("3", "2", "4")
        saved(desk)
        desk.press("5")
        desk.click(desk.button("Sign"))
        desk.click(desk.button(re.compile("^Sign"), desk.dialog("Sign this exam?")))
        desk.is_told("Exam signed")
        desk.is_at(grid(desk))
        desk.press("9")  # a tab elsewhere, and nothing to whoever goes on typing here
        assert exam_of(clinic, patient)["indices"]["sites"] == 4
        desk.click(desk.button("New exam"))
        desk.is_at(grid(desk))
        desk.press("7")
        saved(desk)
        expect(site(desk, "18 DB").locator(".pe-was")).to_have_attribute("data-more", "worse")

    def test_discards_with_a_reason_and_brings_it_back(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = probing(clinic, sit, patient)
        desk.press("3")
        saved(desk)
        desk.click(desk.button("Discard"))
        dialog = desk.dialog("Discard this exam?")
        desk.click(desk.button("Other patient", dialog))
        desk.press("Control+Enter")
        desk.is_told("Exam discarded")
        desk.page.keyboard.press("z")
        desk.is_told("Undone")
        assert exams_of(clinic, patient)[0]["status"] == "open"

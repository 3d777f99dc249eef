"""A dentist charts: by keys, by clicks, in the notation of the clinic; what was wrong is struck through and stays."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person

Sit = Callable[..., Person]


def charting(clinic: Clinic, sit: Sit, patient: Any, **more: Any) -> Person:
    desk = sit(clinic, **more)
    desk.go(f"{clinic.home}/patients/{patient['id']}?tab=chart")
    desk.sees(desk.page.get_by_role("grid", name="Tooth chart"))
    return desk


def tooth(desk: Person, number: str) -> Locator:
    return desk.page.get_by_role("gridcell", name=re.compile(rf"^{number},"))


class TestEntry:
    def test_caries_and_the_usual_filling_take_eight_keys(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        clinic.ask("PATCH", "", version=clinic.get("")["version"], json={"tooth_notation": "fdi"})
        desk = charting(clinic, sit, patient)
        entry = desk.field("Enter findings")
        desk.is_at(entry)
        with desk.counting("26 MO caries and a filling planned") as count:
            desk.press(*"26mo", *"c>")
            desk.sees(desk.page.get_by_text("26, first molar, upper left"))
            desk.sees(desk.page.get_by_text("26 MO Caries · planned: Restoration Composite"))
            desk.press("Enter")
            desk.is_told(re.compile("26 MO Caries, 26 MO Restoration Composite"))
        assert count.keys <= 8 and count.clicks == 0
        expect(tooth(desk, "26")).to_have_accessible_name(re.compile("Caries MO; Restoration MO Planned"))
        found = clinic.get(f"/patients/{patient['id']}/tooth-chart")["findings"]
        assert [(one["condition"], one["layer"]) for one in found] == [("caries", "condition"), ("restoration", "planned")]

    def test_the_same_takes_three_clicks(self, clinic: Clinic, sit: Sit) -> None:
        desk = charting(clinic, sit, clinic.patient())
        cell = tooth(desk, "14")
        with desk.counting("by clicks") as count:
            desk.click(cell.locator("[data-surface=M]"))
            desk.click(cell.locator("[data-surface=O]"))
            desk.click(desk.button("Record and plan: Caries"))
            desk.is_told(re.compile("14 MO Caries"))
        assert count.clicks <= 3 and count.keys == 0

    def test_a_number_is_read_as_it_is_shown(self, clinic: Clinic, sit: Sit) -> None:
        desk = charting(clinic, sit, clinic.patient())
        desk.type("26mi c")
        desk.sees(desk.page.get_by_text("26, lateral incisor, lower right"))
        desk.press("Enter")
        desk.is_told(re.compile("26 MI Caries"))

    def test_what_is_not_understood_is_said_and_not_written(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = charting(clinic, sit, patient)
        for typed, said in (
            ("33mo c", "There is no tooth 33mo."),
            ("8o c", "Tooth 8 has no surface O."),
            ("14mo zz", "“zz” is not understood."),
            ("14 c", "Caries needs its surfaces."),
        ):
            desk.field("Enter findings").fill(typed)
            desk.sees(desk.page.get_by_text(said))
            desk.press("Enter")
        assert clinic.get(f"/patients/{patient['id']}/tooth-chart")["findings"] == []

    def test_a_missing_tooth_is_asked_about(self, clinic: Clinic, sit: Sit) -> None:
        desk = charting(clinic, sit, clinic.patient())
        desk.expects(409)
        desk.type("14 x")
        desk.press("Enter")
        desk.is_told("14 Missing recorded")
        desk.type("14o c")
        desk.press("Enter")
        desk.sees(desk.page.get_by_text("Record it all the same?"))
        desk.click(desk.button("Record it"))
        desk.is_told("14 O Caries recorded")


class TestStrike:
    def test_by_delete_in_the_list_and_back_by_z(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        home = f"/patients/{patient['id']}/tooth-chart"
        clinic.post(f"{home}/findings", teeth=["26"], surfaces=["O"], condition="caries")
        desk = charting(clinic, sit, patient)
        line = desk.page.get_by_role("list", name="Findings").get_by_role("button", name=re.compile("^14 O Caries"))
        line.focus()
        desk.press("Delete")
        dialog = desk.dialog("Strike through 14 O Caries?")
        desk.click(desk.button("Other tooth", dialog))
        desk.press("Control+Enter")
        desk.is_told("14 O Caries struck through")
        desk.sees(desk.page.get_by_text("Nothing is recorded yet."))
        desk.click(desk.page.get_by_role("checkbox", name="Struck through"))
        desk.sees(desk.page.get_by_text(re.compile("Struck through by Ana Dinu: Other tooth")))
        desk.press("z")
        desk.is_told("Undone")
        assert clinic.get(home)["findings"][0]["struck_at"] is None


class TestKeys:
    def test_lead_through_the_teeth_and_choose_surfaces(self, clinic: Clinic, sit: Sit) -> None:
        desk = charting(clinic, sit, clinic.patient())
        desk.is_at(desk.field("Enter findings"))
        desk.press("Escape")
        desk.is_at(tooth(desk, "3"))
        desk.press("ArrowRight")
        desk.is_at(tooth(desk, "4"))
        desk.press("ArrowDown")
        desk.is_at(tooth(desk, "29"))
        desk.press("m", "o")
        expect(tooth(desk, "29")).to_have_attribute("aria-selected", "true")
        desk.click(desk.button("Caries").first)
        desk.is_told("29 MO Caries recorded")


class TestRoles:
    def test_an_assistant_writes_for_a_provider_and_plans_nothing(self, clinic: Clinic, sit: Sit, join: Any) -> None:
        patient, provider = clinic.patient(), clinic.provider()
        desk = charting(join(clinic, "assistant"), sit, patient)
        assert desk.page.get_by_role("button", name=re.compile("Record and plan")).count() == 0
        desk.field("For").select_option(provider["name"])
        desk.field("Enter findings").fill("14o c")
        desk.press("Enter")
        desk.is_told("14 O Caries recorded")
        assert clinic.get(f"/patients/{patient['id']}/tooth-chart")["findings"][0]["provider_id"] == provider["id"]

    def test_the_desk_has_no_chart(self, clinic: Clinic, sit: Sit, join: Any) -> None:
        desk = sit(join(clinic, "receptionist"))
        desk.go(f"{clinic.home}/patients/{clinic.patient()['id']}?tab=chart")
        desk.sees(desk.page.get_by_text("Your role does not include this."))
        assert desk.page.get_by_role("tab", name="Chart").count() == 0


class TestLive:
    def test_what_another_records_is_drawn_at_once(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = charting(clinic, sit, patient)
        clinic.post(f"/patients/{patient['id']}/tooth-chart/findings", teeth=["26"], condition="crown", layer="existing")
        expect(tooth(desk, "14")).to_have_accessible_name(re.compile("Crown"))

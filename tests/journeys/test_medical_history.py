"""An allergy is recorded from wherever one is, and is on every screen of the patient at once; the whole is looked through with a key."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]
SOON = 5_000


def alerts(page: Page):
    return page.get_by_role("region", name="Alerts").or_(page.locator("[data-slot=alerts]")).first


class TestAnAllergy:
    def test_takes_four_strokes_besides_its_name_and_is_on_another_desks_screen(
        self, practice: Practice, sit: Sit, join: Callable[[Clinic, str], Member]
    ) -> None:
        clinic = practice.clinic
        maria = clinic.patient()
        visit = practice.booked(maria, "11:00")
        chair, desk = sit(clinic), sit(join(clinic, "receptionist"))
        desk.go(f"{clinic.home}/schedule?visit={visit['id']}")
        desk.sees(desk.page.get_by_text("Allergies: not asked"))
        expect(desk.page.locator("[data-live=live]")).to_be_attached()
        chair.go(f"{clinic.home}/patients/{maria['id']}?tab=ledger")
        chair.sees(chair.page.get_by_text("Allergies: not asked"))
        with chair.counting("record an allergy") as count:
            chair.press("Shift+A")
            chair.is_at(chair.field("Allergic to"))
            chair.type("Penicillin")
            chair.press("Enter")
            chair.is_at(chair.page.get_by_role("radio", name="not known"))
            chair.press("3")
            chair.is_at(chair.page.get_by_role("radio", name="severe"))
            chair.press("Enter")
            chair.is_told("Allergy recorded: Penicillin")
        assert count.keys <= 4 and count.clicks == 0
        expect(alerts(chair.page).get_by_text("Allergy: Penicillin (severe)")).to_be_visible()
        expect(alerts(desk.page).get_by_text("Allergy: Penicillin (severe)")).to_be_visible(timeout=SOON)
        # Who may not write is offered nothing to write with.
        expect(desk.button("Record an allergy")).to_have_count(0)
        chair.press("z")
        expect(alerts(chair.page).get_by_text("Penicillin")).to_have_count(0)
        entry = clinic.get(f"/patients/{maria['id']}/medical-history")["entries"][0]
        assert entry["strike_reason"] == "Entered by mistake"

    def test_begins_by_its_key_also_before_the_alerts_have_come(self, clinic: Clinic, sit: Sit) -> None:
        chair = sit(clinic)
        held: list[Route] = []
        chair.page.route(re.compile(r"/assets/alerts-\w"), lambda route: held.append(route))
        with chair.page.expect_request(re.compile(r"/assets/alerts-\w")):
            chair.go(f"{clinic.home}/patients/{clinic.patient()['id']}")
        chair.sees(chair.page.get_by_role("tabpanel"))
        chair.press("Shift+A")
        for route in held:
            route.continue_()
        chair.sees(chair.dialog())

    def test_takes_four_clicks(self, clinic: Clinic, sit: Sit) -> None:
        maria = clinic.patient()
        invoice = clinic.invoice(maria, 10_000)
        chair = sit(clinic)
        chair.go(f"{clinic.home}/patients/{maria['id']}/invoices/{invoice['id']}")
        with chair.counting("record an allergy by hand") as count:
            chair.click(chair.button("Record an allergy"))
            chair.is_at(chair.field("Allergic to"))
            chair.type("Latex")
            chair.click(chair.page.get_by_role("radio", name="life-threatening"))
            chair.click(chair.button(re.compile("^Save"), chair.dialog()))
            chair.is_told("Allergy recorded: Latex")
        assert count.clicks <= 4 and count.keys == 0
        expect(alerts(chair.page).get_by_text("Allergy: Latex (life-threatening)")).to_be_visible()


class TestTheTab:
    def test_says_none_records_changes_ends_strikes_and_compares(self, clinic: Clinic, sit: Sit) -> None:
        maria = clinic.patient()
        chair = sit(clinic)
        chair.go(f"{clinic.home}/patients/{maria['id']}")
        chair.sees(chair.heading("Maria Okafor"))
        chair.press("2")
        chair.click(chair.button("No known allergies"))
        chair.is_told("Noted: No known allergies")
        expect(alerts(chair.page).get_by_text("No known allergies")).to_be_visible()
        chair.click(chair.button("Add medication"))
        chair.field("Drug").fill("Warfarin")
        chair.field("Dose").fill("5 mg")
        chair.click(chair.page.get_by_role("checkbox", name="Thins the blood"))
        chair.field("Since").fill("2019-13")
        chair.expects(422)
        chair.press("Control+Enter")
        chair.sees(chair.page.get_by_text("Write a year, a month or a day: 2019, 2019-05 or 2019-05-03.").last)
        chair.field("Since").fill("2019-05")
        chair.press("Control+Enter")
        chair.is_told("Recorded: Warfarin")
        expect(alerts(chair.page).get_by_text("Blood thinner: Warfarin")).to_be_visible()
        chair.sees(chair.page.get_by_text("since May 2019"))
        expect(chair.dialog()).to_have_count(0)
        chair.press("r")
        chair.is_told("Medical history looked through")
        expect(chair.page.get_by_text(re.compile("Looked through on .* by Ana Dinu"))).to_be_visible()
        chair.click(chair.button("Change Warfarin"))
        chair.field("Dose").fill("3 mg")
        chair.press("Control+Enter")
        chair.is_told("Changed: Warfarin")
        chair.click(chair.button("More about Warfarin"))
        chair.click(chair.page.get_by_role("menuitem", name="Strike through…"))
        chair.is_at(chair.field("Why"))
        chair.type("Her sister's")
        chair.press("Enter")
        chair.is_told("Struck through: Warfarin")
        expect(alerts(chair.page).get_by_text("Warfarin")).to_have_count(0)
        chair.click(chair.page.get_by_text("Over or struck through (1)"))
        expect(chair.page.get_by_text("Struck through: Her sister's")).to_be_visible()
        chair.click(chair.button("Versions"))
        chair.click(chair.button(re.compile("^Version 5: ")))
        chair.field("Compare with", chair.dialog()).select_option("2")
        expect(chair.dialog().get_by_text("Struck through", exact=True)).to_be_visible()
        expect(chair.dialog().get_by_text("Dose: 5 mg 3 mg")).to_be_visible()

    def test_whoever_looked_through_another_one_is_shown_what_changed(self, clinic: Clinic, sit: Sit) -> None:
        maria = clinic.patient()
        path = f"/patients/{maria['id']}/medical-history"
        clinic.post(f"{path}/entries", kind="condition", name="Diabetes")
        chair = sit(clinic)
        chair.page.route("**/stream*", lambda route: route.abort())
        chair.away = True
        chair.go(f"{clinic.home}/patients/{maria['id']}?tab=medical")
        chair.sees(chair.page.get_by_text("Diabetes"))
        clinic.post(f"{path}/entries", kind="allergy", name="Latex")
        chair.expects(412)
        chair.press("r")
        chair.sees(chair.page.get_by_text("Somebody changed it since you opened it"))
        chair.click(chair.button("Looked through as it is now"))
        chair.is_told("Medical history looked through")
        assert clinic.get(path)["review"]["due"] is False

    def test_two_who_change_the_same_field_see_both(self, clinic: Clinic, sit: Sit) -> None:
        maria = clinic.patient()
        path = f"/patients/{maria['id']}/medical-history/entries"
        entry = clinic.post(path, kind="allergy", name="Latex", severity="mild")
        chair = sit(clinic)
        chair.go(f"{clinic.home}/patients/{maria['id']}?tab=medical")
        chair.click(chair.button("Change Latex"))
        chair.sees(chair.field("Severity"))
        clinic.ask("PATCH", f"{path}/{entry['id']}", version=1, json={"severity": "severe"})
        chair.field("Severity").select_option("moderate")
        chair.expects(412)
        chair.press("Control+Enter")
        chair.sees(chair.page.get_by_text(re.compile("Severity: severe")))
        expect(chair.field("Severity")).to_have_value("moderate")
        chair.press("Control+Enter")
        chair.is_told("Changed: Latex")


class TestArrival:
    def test_asks_for_the_review_on_the_schedule_where_it_is_due(self, practice: Practice, sit: Sit) -> None:
        clinic = practice.clinic
        visit = practice.booked(clinic.patient(), "11:00")
        desk = sit(clinic)
        desk.go(f"{clinic.home}/schedule?visit={visit['id']}")
        desk.sees(desk.page.get_by_role("link", name="Medical history: not taken yet"))
        desk.press("a")
        desk.click(desk.page.get_by_role("link", name="Look through the medical history before treatment."))
        expect(desk.page.get_by_role("tab", name=re.compile("^Medical"))).to_have_attribute("aria-selected", "true")

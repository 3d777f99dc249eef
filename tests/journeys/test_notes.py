"""A dentist writes a note: begun by two letters, filled slot after slot, signed by one key, and never lost on the way."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Route, expect

from tests.conftest import PASSWORD
from tests.journeys.clinic import Clinic
from tests.journeys.factors import proved_long_ago
from tests.journeys.person import Person

Sit = Callable[..., Person]
FILLING = {
    "code": "fi", "name": "Filling", "kind": "progress",
    "body": "{{patient.first_name}}: composite at [[tooth]], shade [[shade]].\nToday: {{chart.today}}",
}  # fmt: skip
SITTING = "01a1fd99-0000-7000-8000-000000000001"


def at_patient(clinic: Clinic, sit: Sit, patient: Any, tab: str = "") -> Person:
    desk = sit(clinic)
    desk.go(f"{clinic.home}/patients/{patient['id']}{tab}")
    desk.sees(desk.page.get_by_role("tab", name="Notes"))
    return desk


def notes_of(clinic: Clinic, patient: Any) -> list[Any]:
    return list(clinic.get(f"/patients/{patient['id']}/notes")["items"])


def written(clinic: Clinic, patient: Any, body: str, **more: Any) -> Any:
    return clinic.post(f"/patients/{patient['id']}/notes", body=body, editing_id=SITTING, **more)


class TestTemplateNote:
    def test_takes_six_keys_and_what_is_typed(self, clinic: Clinic, sit: Sit, data: Path) -> None:
        clinic.post("/note-templates", **FILLING)
        patient = clinic.patient()
        finding = {"teeth": ["26"], "surfaces": ["O"], "condition": "caries"}
        clinic.post(f"/patients/{patient['id']}/tooth-chart/findings", **finding)
        desk = at_patient(clinic, sit, patient)
        proved_long_ago(data, clinic)
        desk.expects(403)
        text = desk.field("Note")
        with desk.counting("template note, signed") as count:
            desk.press("5")
            desk.is_at(text)
            desk.press("/", "f", "i")
            desk.sees(desk.page.get_by_role("option", name=re.compile("Filling")))
            desk.press("Enter")
            expect(text).to_have_value(re.compile(r"composite at \[\[tooth\]\]"))
        desk.page.keyboard.insert_text("26")
        with desk.counting("to the next slot") as slot:
            desk.press("Tab")
        desk.page.keyboard.insert_text("A2")
        expect(text).to_have_value("Maria: composite at 26, shade A2.\nToday: 14 O Caries")
        with desk.counting("signed") as signing:
            desk.press("Control+Enter")
            dialog = desk.dialog("Confirm that it is you")
            desk.is_at(desk.field("Password", dialog))
        desk.page.keyboard.insert_text(PASSWORD)
        desk.press("Enter")
        desk.is_told("Note signed")
        assert count.keys + signing.keys <= 6, (count, signing)
        assert slot.keys == 1
        listed = desk.page.get_by_role("list", name="Notes").get_by_role("button", name=re.compile("Filling Signed"))
        desk.sees(listed)

    def test_takes_four_clicks(self, clinic: Clinic, sit: Sit) -> None:
        clinic.post("/note-templates", **FILLING | {"body": "Check-up, no findings."})
        patient = clinic.patient()
        desk = at_patient(clinic, sit, patient)
        with desk.counting("by clicks") as count:
            desk.click(desk.page.get_by_role("tab", name="Notes"))
            desk.click(desk.button("Template"))
            desk.click(desk.page.get_by_role("menuitem", name="Filling"))
            expect(desk.field("Note")).to_have_value("Check-up, no findings.")
            desk.click(desk.button(re.compile("^Sign")))
            desk.is_told("Note signed")
        assert count.clicks <= 4 and count.keys == 0

    def test_goes_to_what_is_not_filled_in_yet(self, clinic: Clinic, sit: Sit) -> None:
        desk = at_patient(clinic, sit, clinic.patient(), "?tab=notes")
        desk.field("Note").fill("Tooth [[tooth]] treated")
        desk.press("Control+Enter")
        desk.is_told("Not filled in yet: tooth")
        chosen = desk.page.evaluate(
            "() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd) }"
        )
        assert chosen == "[[tooth]]"


class TestWriting:
    def test_is_saved_by_itself_and_gone_on_with(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        desk = at_patient(clinic, sit, patient, "?tab=notes")
        desk.field("Note").fill("Pain at 26")
        desk.sees(desk.page.get_by_text("Saved", exact=True))
        assert [note["excerpt"] for note in notes_of(clinic, patient)] == ["Pain at 26"]
        desk.field("Note").fill("Pain at 26 on biting")
        # Elsewhere before the pause is over: it is sent all the same.
        desk.click(desk.page.get_by_role("tab", name="Summary"))
        desk.click(desk.page.get_by_role("tab", name="Notes"))
        expect(desk.field("Note")).to_have_value("Pain at 26 on biting")
        assert len(notes_of(clinic, patient)) == 1

    def test_in_two_windows_shows_both_and_loses_neither(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        note = written(clinic, patient, "Tooth 26")
        desk = at_patient(clinic, sit, patient, "?tab=notes")
        expect(desk.field("Note")).to_have_value("Tooth 26")
        other = {"body": "Tooth 27", "editing_id": SITTING}
        clinic.ask("PATCH", f"/patients/{patient['id']}/notes/{note['id']}", version=note["version"], json=other)
        desk.expects(412)
        desk.field("Note").fill("Tooth 28")
        desk.sees(desk.page.get_by_text("This note was changed in another window"))
        desk.click(desk.button("Go on with mine"))
        desk.sees(desk.page.get_by_text("Saved", exact=True))
        versions = clinic.get(f"/patients/{patient['id']}/notes/{note['id']}/versions")["items"]
        assert [one["why"] for one in versions] == ["left"]
        assert notes_of(clinic, patient)[0]["excerpt"] == "Tooth 28"

    def test_snippets_come_in_by_their_code(self, clinic: Clinic, sit: Sit) -> None:
        clinic.post("/note-snippets", code="la", body="Local anaesthesia: [[what]]")
        desk = at_patient(clinic, sit, clinic.patient(), "?tab=notes")
        desk.is_at(desk.field("Note"))
        desk.type("Then /la")
        desk.press("Enter")
        expect(desk.field("Note")).to_have_value("Then Local anaesthesia: [[what]]")

    def test_a_code_typed_before_the_codes_have_come_is_brought_when_they_do(self, clinic: Clinic, sit: Sit) -> None:
        clinic.post("/note-snippets", code="la", body="Local anaesthesia")
        patient = clinic.patient()
        held: list[Route] = []
        desk = sit(clinic)
        desk.page.route("**/note-snippets", lambda route: held.append(route))
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=notes")
        desk.is_at(desk.field("Note"))
        desk.type("First /no")
        desk.press("Enter")
        desk.type("then /la")
        desk.press("Enter")
        for route in held:
            route.continue_()
        expect(desk.field("Note")).to_have_value("First /no\nthen Local anaesthesia")


class TestSigned:
    def test_is_added_to_and_struck_through_and_restored(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        note = written(clinic, patient, "Composite at 26.")
        clinic.post(f"/patients/{patient['id']}/notes/{note['id']}/signature")
        desk = at_patient(clinic, sit, patient, "?tab=notes")
        desk.click(desk.page.get_by_role("list", name="Notes").get_by_role("button", name=re.compile("Progress note")))
        desk.sees(desk.page.get_by_text(re.compile("Signed by Ana Dinu")))
        desk.click(desk.button("Addendum"))
        desk.field("Addendum").fill("Called: no pain.")
        desk.press("Control+Enter")
        desk.is_told("Addendum signed")
        desk.sees(desk.page.get_by_text("Called: no pain."))
        desk.click(desk.button("Strike through"))
        desk.click(desk.button(re.compile("Strike through"), desk.dialog("Strike through")))
        desk.is_told("Note struck through")
        desk.press("z")
        desk.is_told("Undone")
        assert clinic.get(f"/patients/{patient['id']}/notes/{note['id']}")["struck_at"] is None

    def test_waits_for_a_second_name_on_the_list_of_unsigned(self, clinic: Clinic, sit: Sit, join: Any) -> None:
        patient, other = clinic.patient(), join(clinic, "dentist")
        note = written(clinic, patient, "Composite at 26.")
        home = f"/patients/{patient['id']}/notes/{note['id']}"
        colleague = next(one for one in clinic.get("/colleagues")["items"] if one["name"] != "Ana Dinu")
        clinic.ask("PUT", f"{home}/cosigner", json={"member_id": colleague["id"]})
        clinic.post(f"{home}/signature")
        desk = sit(other)
        desk.go(f"{clinic.home}/unsigned-notes")
        desk.click(desk.page.get_by_role("link", name=re.compile("Okafor, Maria")))
        desk.click(desk.page.get_by_role("list", name="Notes").get_by_role("button", name=re.compile("Progress note")))
        desk.click(desk.button("Sign, too"))
        desk.is_told("Signed as the second")
        assert clinic.get(home)["cosigned_at"]


class TestTemplates:
    def test_are_made_changed_and_removed(self, clinic: Clinic, sit: Sit) -> None:
        desk = sit(clinic)
        desk.go(f"{clinic.home}/admin/note-templates")
        desk.sees(desk.page.get_by_text("No templates yet"))
        desk.press("n")
        sheet = desk.dialog("Add template")
        desk.field("Code", sheet).fill("ex")
        desk.field("Name", sheet).fill("Extraction")
        desk.field("Text", sheet).fill("Tooth [[tooth]] extracted {{visit.weather}}")
        desk.expects(422)
        desk.press("Control+Enter")
        desk.sees(sheet.get_by_text(re.compile("visit.weather|fill")).first)
        desk.field("Text", sheet).fill("Tooth [[tooth]] extracted")
        desk.press("Control+Enter")
        desk.is_told("Extraction saved")
        desk.click(desk.button("Extraction"))
        desk.click(desk.button("Remove"))
        desk.is_told("Extraction removed")
        desk.press("z")
        desk.is_told("Undone")
        assert [one["code"] for one in clinic.get("/note-templates")["items"]] == ["ex"]


class TestRoles:
    def test_an_assistant_keeps_drafts_and_hands_them_over(self, clinic: Clinic, sit: Sit, join: Any) -> None:
        patient = clinic.patient()
        desk = at_patient(join(clinic, "assistant"), sit, patient, "?tab=notes")
        assert desk.page.get_by_role("button", name=re.compile("^Sign")).count() == 0
        desk.field("Note").fill("Impressions taken")
        desk.press("Control+Enter")
        desk.is_told("Version kept")
        desk.click(desk.button("More", desk.page.get_by_role("tabpanel")))
        desk.click(desk.page.get_by_role("menuitem", name="Hand over"))
        dialog = desk.dialog("Hand over")
        desk.field("Who", dialog).select_option("Ana Dinu")
        desk.click(desk.button("Hand over", dialog))
        desk.is_told("Draft handed over")
        assert notes_of(clinic, patient)[0]["author_name"] == "Ana Dinu"

    def test_the_desk_has_no_notes(self, clinic: Clinic, sit: Sit, join: Any) -> None:
        desk = sit(join(clinic, "receptionist"))
        desk.go(f"{clinic.home}/patients/{clinic.patient()['id']}?tab=notes")
        desk.sees(desk.page.get_by_text("Your role does not include this."))
        assert desk.page.get_by_role("tab", name="Notes").count() == 0

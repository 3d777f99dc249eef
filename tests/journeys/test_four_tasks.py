"""The case that systems are compared by: an exam, its findings, a plan and a note for one patient, in one sitting."""

import re
from collections.abc import Callable

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person

Sit = Callable[..., Person]
STEPS = 14
"""Of the best of those that were measured, 27."""


class TestOnePatient:
    def test_is_examined_charted_planned_and_noted_in_fourteen_steps(self, clinic: Clinic, sit: Sit) -> None:
        """A step is a key that does something, or a click, or something typed at one go."""
        patient = clinic.patient()
        clinic.ask("PATCH", "", version=clinic.get("")["version"], json={"tooth_notation": "fdi"})
        clinic.post("/procedures/starting-list")
        clinic.post("/note-templates", code="ex", name="Exam", kind="progress", body="Examined. {{chart.today}}")
        chair = sit(clinic)
        chair.go(f"{clinic.home}/patients/{patient['id']}")
        chair.sees(chair.page.get_by_role("tab", name="Notes"))
        typed = 0
        with chair.counting("exam, findings, plan and note") as count:
            # The exam: the teeth that were probed.
            chair.press("4")
            chair.click(chair.button("New exam"))
            chair.is_at(chair.page.get_by_role("grid", name="Periodontal exam"))
            chair.type("324323")
            typed += 1
            # Findings, and what is planned against them.
            chair.click(chair.page.get_by_role("tab", name="Chart"))
            chair.is_at(chair.field("Enter findings"))
            chair.type("26mo c>")
            typed += 1
            chair.press("Enter")
            chair.sees(chair.page.get_by_role("list", name="Findings").get_by_text(re.compile("26 MO Caries")))
            # The plan.
            chair.click(chair.page.get_by_role("tab", name="Plan"))
            chair.sees(chair.button(re.compile("Bring in what is planned")))
            chair.press("b")
            chair.is_told("1 item brought in")
            # The note.
            chair.press("5")
            chair.is_at(chair.field("Note"))
            chair.type("/ex")
            typed += 1
            chair.press("Enter")
            chair.sees(chair.page.get_by_text(re.compile("Examined")))
            chair.press("Control+Enter")
            chair.is_told("Note signed")
        assert count.keys + count.clicks + typed <= STEPS, (str(count), typed)
        home = f"/patients/{patient['id']}"
        assert clinic.get(f"{home}/perio-exams")["items"][0]["indices"]["sites"] == 6
        findings = clinic.get(f"{home}/tooth-chart")["findings"]
        assert [(one["condition"], one["layer"]) for one in findings] == [("caries", "condition"), ("restoration", "planned")]
        [plan] = clinic.get(f"{home}/treatment-plans")["items"]
        assert [(one["tooth"], one["surfaces"], one["status"]) for one in plan["items"]] == [("26", ["M", "O"], "proposed")]
        [note] = clinic.get(f"{home}/notes")["items"]
        assert note["status"] == "signed" and "26" in note["excerpt"]

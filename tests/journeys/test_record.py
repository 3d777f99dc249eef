"""The whole record: opened from the patient, and on paper as it is read, without the program around it."""

import io
import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]


def written(clinic: Clinic) -> str:
    """Of a patient of whom something is said in each part."""
    home = f"/patients/{clinic.patient()['id']}"
    clinic.post(f"{home}/medical-history/entries", kind="allergy", name="Latex", severity="severe")
    clinic.post(f"{home}/tooth-chart/findings", teeth=["26"], surfaces=["M", "O"], condition="caries", layer="condition")
    sites = [{"tooth": tooth, "site": "MB", "probing_depth": 5, "gingival_margin": 1} for tooth in ("16", "26", "36", "46")]
    clinic.post(f"{home}/perio-exams", sites=sites)
    clinic.post(f"{home}/notes", body="Bite adjusted, patient comfortable.\n" * 30, editing_id=str(uuid4()))
    return home


class TestTheWholeRecord:
    def test_is_opened_from_the_patient_and_printed_without_the_program(self, clinic: Clinic, sit: Sit) -> None:
        home = written(clinic)
        chair = sit(clinic)
        chair.go(f"{clinic.home}{home}")
        chair.click(chair.button("More"))
        chair.click(chair.page.get_by_role("menuitem", name="Print the record"))
        chair.page.wait_for_url(re.compile("/record$"))
        for part in ("Medical history", "Tooth chart", "Periodontal exams", "Progress notes"):
            chair.sees(chair.page.get_by_role("heading", name=part, exact=True))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(chair.page.pdf(format="A4"))).pages]
        text = " ".join(" ".join(pages).split())
        for said in ("Maria Okafor", "Latex", "MO Caries", "Periodontal exams", "Bite adjusted, patient comfortable."):
            assert said in text, said
        assert text.count("Bite adjusted") == 30, "nothing is cut off at the foot of a screen"
        assert "Schedule" not in text and "Print or keep" not in text and "Search or run" not in text
        assert len(pages) > 1 and f"1 / {len(pages)}" in " ".join(pages[0].split())

    def test_is_not_for_the_front_desk(self, clinic: Clinic, sit: Sit, join: Callable[[Clinic, str], Member]) -> None:
        home = written(clinic)
        desk = sit(join(clinic, "receptionist"))
        desk.go(f"{clinic.home}{home}")
        desk.sees(desk.heading("Maria Okafor"))
        if desk.button("More").count():
            desk.click(desk.button("More"))
        expect(desk.page.get_by_role("menuitem", name="Print the record")).to_have_count(0)
        desk.expects(403)
        desk.go(f"{clinic.home}{home}/record")
        desk.sees(desk.page.get_by_text("Your role does not include this."))

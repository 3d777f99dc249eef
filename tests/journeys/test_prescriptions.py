"""A dentist prescribes: a favourite by its first letters, a warning answered, issued by one key, its paper; and follows what is out."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person

Sit = Callable[..., Person]
AMOXICILLIN = {
    "drug": "Amoxicillin", "form": "capsule", "strength": "500 mg", "dose": "1 capsule", "times_a_day": 3, "days": 5, "quantity": 15,
}  # fmt: skip


def own_provider(clinic: Clinic) -> Any:
    me = clinic.get("/colleagues")["items"][0]["id"]
    return clinic.post("/providers", name="Dr. Ana Dinu", member_id=me, npi="1234567893")


def at_orders(clinic: Clinic, sit: Sit, patient: Any, tab: str = "?tab=orders") -> Person:
    desk = sit(clinic)
    desk.go(f"{clinic.home}/patients/{patient['id']}{tab}")
    desk.sees(desk.page.get_by_role("tab", name="Rx and lab"))
    return desk


class TestPrescribing:
    def test_a_favourite_against_a_warning_takes_few_keys(self, clinic: Clinic, sit: Sit) -> None:
        own_provider(clinic)
        patient = clinic.patient()
        clinic.post("/prescription-favourites", **AMOXICILLIN)
        clinic.post(f"/patients/{patient['id']}/medical-history/entries", kind="allergy", name="Penicillin")
        desk = at_orders(clinic, sit, patient, "")
        box = desk.page.get_by_role("combobox", name="Prescribe")
        with desk.counting("a favourite, to its warning") as count:
            desk.press("x")
            desk.is_at(box)
            desk.press("a", "m")
            desk.sees(desk.page.get_by_role("option", name=re.compile("Amoxicillin 500 mg")))
            desk.press("Enter")
            desk.sees(desk.page.get_by_text("A severe warning"))
            desk.is_at(desk.field("Why all the same"))
        desk.page.keyboard.insert_text("Tolerated since")
        with desk.counting("issued, and its paper") as issuing:
            desk.press("Control+Enter")
            desk.is_told("Amoxicillin prescribed")
            desk.is_at(desk.page.get_by_role("link", name="Print"))
        assert count.keys + issuing.keys <= 5, (count, issuing)
        [one] = clinic.get(f"/patients/{patient['id']}/prescriptions")["items"]
        assert (one["status"], one["override_reason"], one["quantity"]) == ("issued", "Tolerated since", 15)
        href = desk.page.get_by_role("link", name="Print").get_attribute("href")
        answer = desk.page.context.request.get(f"{desk.page.url.split('/c/')[0]}{href}")
        assert answer.headers["content-type"] == "application/pdf"

    def test_a_severe_warning_without_a_reason_goes_nowhere(self, clinic: Clinic, sit: Sit) -> None:
        own_provider(clinic)
        patient = clinic.patient()
        clinic.post(f"/patients/{patient['id']}/medical-history/entries", kind="medication", name="Warfarin", anticoagulant=True)
        desk = at_orders(clinic, sit, patient)
        desk.page.get_by_role("combobox", name="Prescribe").fill("Ibuprofen")
        desk.press("Enter")
        desk.sees(desk.page.get_by_text(re.compile("With Warfarin")))
        for label, value in (("Dose", "1 tablet"), ("Times a day", "3"), ("Quantity", "9")):
            desk.field(label).fill(value)
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("Say why it is prescribed all the same."))
        assert clinic.get(f"/patients/{patient['id']}/prescriptions")["items"] == []

    def test_what_is_controlled_is_not_prescribed(self, clinic: Clinic, sit: Sit) -> None:
        own_provider(clinic)
        desk = at_orders(clinic, sit, clinic.patient())
        desk.page.get_by_role("combobox", name="Prescribe").fill("Codeine phosphate")
        desk.press("Enter")
        desk.sees(desk.page.get_by_text("Codeine phosphate is a controlled drug"))
        expect(desk.button(re.compile("^Issue"))).to_be_disabled()

    def test_is_cancelled_with_a_reason_and_undone(self, clinic: Clinic, sit: Sit) -> None:
        provider, patient = own_provider(clinic), clinic.patient()
        clinic.post(f"/patients/{patient['id']}/prescriptions", **AMOXICILLIN, provider_id=provider["id"])
        desk = at_orders(clinic, sit, patient)
        desk.click(desk.button("Cancel prescription"))
        desk.field("Why", desk.dialog("Cancel the prescription of Amoxicillin")).fill("Not needed")
        desk.press("Enter")
        desk.is_told("Prescription of Amoxicillin cancelled")
        desk.sees(desk.page.get_by_text("Not needed"))
        desk.press("z")
        desk.is_told("Undone")
        assert clinic.get(f"/patients/{patient['id']}/prescriptions")["items"][0]["status"] == "draft"


class TestLabCases:
    def test_are_ordered_followed_by_keys_and_taken_back(self, clinic: Clinic, sit: Sit) -> None:
        own_provider(clinic)
        patient = clinic.patient()
        clinic.post("/labs", name="Ceramica Nord", usual_days=7)
        desk = at_orders(clinic, sit, patient)
        desk.click(desk.button(re.compile("^New lab case")))
        sheet = desk.dialog("New lab case")
        desk.field("Teeth", sheet).fill("14, 48")  # counted as here; elsewhere the second is a wisdom tooth
        desk.press("Control+Enter")
        desk.sees(sheet.get_by_text("There is no tooth 48."))
        desk.field("Teeth", sheet).fill("14")
        desk.press("Control+Enter")
        desk.is_told("Crown planned")
        desk.go(f"{clinic.home}/lab-cases")
        desk.sees(desk.page.get_by_role("link", name="Okafor, Maria"))
        with desk.counting("sent") as count:
            desk.press("s")
            desk.is_told("Crown sent")
        assert count.keys == 1
        desk.press("z")
        desk.is_told("Undone")
        desk.sees(desk.button(re.compile("Mark sent")))
        [one] = clinic.get("/lab-cases")["items"]
        assert (one["status"], one["steps"], one["teeth"]) == ("planned", [], ["26"])
        desk.sees(desk.page.get_by_role("row").filter(has_text="Crown 14"))

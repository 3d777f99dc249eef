"""Somebody is registered twice: the two become one, from the keyboard, and are taken apart again."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]
Join = Callable[[Clinic, str], Member]
MOBILE = {"type": "mobile", "value": "+1 415 555 0132", "is_primary": True, "safe_for_voicemail": True}


def merged(clinic: Clinic, stays: dict[str, str], duplicate: dict[str, str]) -> None:
    clinic.post(f"/patients/{stays['id']}/merges", duplicate_id=duplicate["id"])


class TestMerging:
    def test_is_done_from_the_keyboard_and_taken_back_with_z(self, practice: Practice, sit: Sit) -> None:
        clinic = practice.clinic
        maria = clinic.patient(contacts=[MOBILE], note="Afraid of needles")
        twin = clinic.patient("Mary", contacts=[MOBILE], note="Latex allergy", middle_name="Ann")
        practice.booked(twin, "10:00")
        clinic.invoice(twin, 5_000)
        owner = sit(clinic)
        owner.go(f"{clinic.home}/patients/{maria['id']}")
        owner.sees(owner.heading("Maria Okafor"))
        with owner.counting("merge a duplicate") as count:
            owner.press("Control+k")
            owner.type("merge with")
            owner.sees(owner.page.get_by_role("option", name=re.compile("Merge with a duplicate")))
            owner.press("Enter")
            dialog = owner.dialog("Merge Maria Okafor with a duplicate")
            first = dialog.get_by_role("button", name=re.compile("Mary Okafor"))
            owner.is_at(first)
            owner.press("Enter")
            owner.sees(dialog.get_by_role("group", name="First name"))
            for words in ("1 visit", "1 charge", "1 invoice"):
                owner.sees(dialog.get_by_text(words, exact=True))
            owner.press("Control+Enter")
            owner.is_told("Mary Okafor was merged into Maria Okafor")
        assert count.keys <= 4 and count.clicks == 0
        expect(dialog).to_have_count(0)
        owner.sees(owner.page.get_by_text("Merged into this record"))
        owner.sees(owner.page.get_by_text("Latex allergy"))
        assert clinic.get(f"/patients/{maria['id']}")["middle_name"] == "Ann"
        owner.press("z")
        owner.is_told("Undone")
        expect(owner.page.get_by_text("Merged into this record")).to_have_count(0)
        assert clinic.get(f"/patients/{twin['id']}")["merged_into_id"] is None
        assert clinic.get(f"/patients/{maria['id']}")["middle_name"] is None

    def test_finds_whoever_looks_like_somebody_else_and_keeps_what_is_chosen(self, clinic: Clinic, sit: Sit) -> None:
        maria = clinic.patient()
        clinic.patient("Zuzana", "Brandt", "1961-01-02")
        owner = sit(clinic)
        owner.go(f"{clinic.home}/patients/{maria['id']}")
        owner.click(owner.button("More"))
        owner.click(owner.page.get_by_role("menuitem", name=re.compile("Merge with a duplicate")))
        dialog = owner.dialog("Merge Maria Okafor with a duplicate")
        owner.sees(dialog.get_by_text("Nobody in the register looks like this patient."))
        owner.click(owner.field("Another record", dialog))
        owner.type("brandt")
        owner.sees(owner.page.get_by_role("option", name=re.compile("Zuzana Brandt")))
        owner.press("Enter")
        last_name = dialog.get_by_role("group", name="Last name")
        expect(last_name.get_by_role("radio", name=re.compile("Okafor"))).to_be_checked()
        owner.click(last_name.get_by_role("radio", name=re.compile("Brandt")))
        owner.click(owner.button(re.compile("^Merge"), dialog))
        owner.sees(owner.heading("Maria Brandt"))
        assert clinic.get(f"/patients/{maria['id']}")["birth_date"] == "1980-05-01"

    def test_says_what_stands_in_the_way(self, practice: Practice, sit: Sit) -> None:
        clinic = practice.clinic
        maria, twin = clinic.patient(), clinic.patient("Mary")
        practice.booked(maria, "10:00", days=1)
        clinic.appointment(twin, practice.popa, practice.two, practice.check_up, "10:00", 1)
        owner = sit(clinic)
        owner.go(f"{clinic.home}/patients/{maria['id']}")
        owner.click(owner.button("More"))
        owner.click(owner.page.get_by_role("menuitem", name=re.compile("Merge with a duplicate")))
        dialog = owner.dialog()
        owner.click(dialog.get_by_role("button", name=re.compile("Mary Okafor")))
        owner.sees(dialog.get_by_text(re.compile("Both records have a visit at the same time")))
        expect(owner.button(re.compile("^Merge"), dialog)).to_be_disabled()
        owner.click(dialog.get_by_role("link", name=re.compile("10:00")))
        expect(owner.page.get_by_role("dialog")).to_have_count(0)
        owner.sees(owner.page.get_by_role("complementary").get_by_text("Mary Okafor"))

    def test_is_offered_only_to_whoever_may(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        maria = clinic.patient()
        merged(clinic, maria, clinic.patient("Mary"))
        rada = sit(join(clinic, "receptionist"))
        rada.go(f"{clinic.home}/patients/{maria['id']}")
        rada.sees(rada.page.get_by_text("Merged into this record"))
        expect(rada.button("Take apart")).to_have_count(0)
        rada.click(rada.button("More"))
        rada.sees(rada.page.get_by_role("menuitem", name="Archive"))
        expect(rada.page.get_by_role("menuitem", name=re.compile("Merge"))).to_have_count(0)


class TestTheOldRecord:
    def test_leads_to_the_one_that_stays_and_says_so(self, clinic: Clinic, sit: Sit) -> None:
        maria, twin = clinic.patient(), clinic.patient("Mary")
        merged(clinic, maria, twin)
        owner = sit(clinic)
        owner.go(f"{clinic.home}/patients/{twin['id']}?tab=details")
        owner.sees(owner.heading("Maria Okafor"))
        owner.is_told(re.compile(f"Mary Okafor #{twin['register_number']} was merged into this record"))
        expect(owner.page).to_have_url(re.compile(f"{maria['id']}.*tab=details"))


class TestTakingApart:
    def test_is_asked_about_and_gives_both_their_own(self, practice: Practice, sit: Sit) -> None:
        clinic = practice.clinic
        maria, twin = clinic.patient(), clinic.patient("Mary")
        visit = practice.booked(twin, "10:00")
        merged(clinic, maria, twin)
        owner = sit(clinic)
        owner.go(f"{clinic.home}/patients/{maria['id']}")
        owner.click(owner.button("Take apart"))
        dialog = owner.dialog("Take Mary Okafor out of this record again?")
        owner.sees(dialog.get_by_text(re.compile("stays with Maria Okafor")))
        owner.press("Control+Enter")
        owner.is_told("Mary Okafor has a record of their own again")
        expect(owner.page.get_by_text("Merged into this record")).to_have_count(0)
        assert clinic.get(f"/appointments/{visit['id']}")["patient_id"] == twin["id"]

    def test_says_why_where_it_can_no_longer_be_done(self, clinic: Clinic, sit: Sit) -> None:
        maria, twin = clinic.patient(), clinic.patient("Mary")
        invoice = clinic.invoice(twin, 5_000)
        merged(clinic, maria, twin)
        part = [{"invoice_id": invoice["id"], "amount": clinic.money(5_000)}]
        clinic.post("/payments", patient_id=maria["id"], amount=clinic.money(5_000), method="card", allocations=part)
        owner = sit(clinic)
        owner.expects(409)
        owner.go(f"{clinic.home}/patients/{maria['id']}")
        owner.click(owner.button("Take apart"))
        owner.click(owner.button(re.compile("^Take apart"), owner.dialog()))
        owner.sees(owner.dialog().get_by_text(re.compile("were worked on since")))

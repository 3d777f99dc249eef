"""A patient books on a phone, and moves the visit by its link: by taps alone, in three fields."""

import re
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person

Sit = Callable[..., Person]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
SEE = "() => axe.run(document, { resultTypes: ['violations'], elementRef: false })"
LOOK = Path(__file__).parents[2] / "test-output"


class Patient:
    """Holds a phone. Taps and fields are counted."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.taps = self.fields = 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def write(self, label: str, text: str) -> None:
        self.fields += 1
        self.page.get_by_label(label).fill(text)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name)

    @property
    def times(self) -> Locator:
        return self.page.locator("[data-time]")

    def day(self, turn: int) -> Locator:
        return self.page.get_by_role("group", name="Free times").get_by_role("button").nth(turn)

    def fill(self) -> None:
        self.write("First name", "Maria")
        self.write("Last name", "Ionescu")
        self.write("Mobile", "0722 123 456")

    def looks(self, name: str) -> None:
        """A picture; nothing for axe to say; nothing wider than the screen."""
        LOOK.mkdir(exist_ok=True)
        self.page.screenshot(path=LOOK / f"portal-{name}.png", full_page=True)
        if not self.page.evaluate("() => 'axe' in globalThis"):
            self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(SEE)["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == [], name
        wide = self.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name}: {wide} wider than the screen"


def open_page(practice: Practice, **more: Any) -> None:
    clinic = practice.clinic
    extra = clinic.service("Hygiene", 45, 25_000)
    services = [{"service_id": one["id"]} for one in (practice.check_up, extra)]
    page = {"open": True, "services": services, "notice_hours": 2, "change_hours": 24, **more}
    clinic.ask("PUT", "/booking-page", json=page)


def visits(clinic: Clinic) -> list[Any]:
    asked = {"from": clinic.today.isoformat(), "to": (clinic.today + timedelta(70)).isoformat()}
    return clinic.get("/appointments", **asked)["items"]


def at_of(slot: Locator) -> str:
    found = slot.get_attribute("data-time")
    assert found
    return found


@pytest.fixture
def patient(sit: Sit) -> Patient:
    return Patient(sit(**PHONE))


class TestBooking:
    def test_takes_six_taps_and_three_fields_at_most(self, patient: Patient, practice: Practice) -> None:
        open_page(practice, policy_url="https://example.com/privacy")
        patient.person.go(f"/book/{practice.clinic.slug}")
        expect(patient.button(re.compile("Check-up"))).to_be_visible()
        patient.looks("1-what")
        patient.tap(patient.button(re.compile("Check-up")))
        patient.tap(patient.day(2))
        patient.looks("2-when")
        at = at_of(patient.times.nth(3))
        patient.tap(patient.times.nth(3))
        expect(patient.page.get_by_text(re.compile("Kept for you"))).to_be_visible()
        patient.fill()
        patient.tap(patient.page.get_by_label(re.compile("I agree")))
        patient.looks("3-who")
        patient.tap(patient.button("Confirm booking"))
        expect(patient.page.get_by_role("heading", name="Booked")).to_be_visible()
        patient.looks("4-done")
        print(f"  book on a phone: {patient.taps} taps, {patient.fields} fields")
        assert patient.taps <= 6 and patient.fields <= 3
        [visit] = visits(practice.clinic)
        assert (visit["starts_at"], visit["status"]) == (at, "scheduled")
        entry = patient.page.get_by_role("link", name="Add to calendar").get_attribute("href")
        body = practice.clinic.http.get(f"{practice.clinic.origin}{entry}").text
        assert "BEGIN:VEVENT" in body and "Ionescu" not in body

    def test_tapped_twice_is_one_visit(self, patient: Patient, practice: Practice) -> None:
        open_page(practice)
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.tap(patient.button(re.compile("Check-up")))
        patient.tap(patient.times.first)
        patient.fill()
        patient.page.get_by_label(re.compile("I agree")).check()
        patient.button("Confirm booking").dblclick()
        expect(patient.page.get_by_role("heading", name="Booked")).to_be_visible()
        assert len(visits(practice.clinic)) == 1

    def test_taken_meanwhile_keeps_what_was_written(self, patient: Patient, practice: Practice) -> None:
        open_page(practice)
        patient.person.expects(404)
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.tap(patient.button(re.compile("Check-up")))
        patient.page.clock.install()
        patient.tap(patient.day(1))
        at = at_of(patient.times.first)
        with patient.page.expect_response("**/holds") as kept:
            patient.tap(patient.times.first)
        token = kept.value.json()["token"]
        expect(patient.page.get_by_text(re.compile("Kept for you"))).to_be_visible()
        patient.fill()
        patient.page.clock.run_for(250_000)
        expect(patient.button("Give me more time")).to_be_visible()
        patient.page.clock.run_for(60_000)
        expect(patient.page.get_by_text(re.compile("kept for you no longer"))).to_be_visible()
        patient.looks("5-expired")
        self.taken(practice, token, at)
        patient.page.get_by_label(re.compile("I agree")).check()
        patient.button("Confirm booking").tap()
        expect(patient.page.get_by_role("alert")).to_contain_text("just been taken")
        patient.looks("6-taken")
        patient.times.first.tap()
        expect(patient.page.get_by_label("Last name")).to_have_value("Ionescu")

    def taken(self, practice: Practice, token: str, at: str) -> None:
        """The time is let go, and somebody at the desk gives it to others."""
        clinic = practice.clinic
        clinic.ask("DELETE", f"/public/clinics/{clinic.slug}/holds/{token}", whole=True)
        for provider in (practice.marin, practice.popa):
            ids = {"provider_id": provider["id"], "service_id": practice.check_up["id"], "patient_id": clinic.patient()["id"]}
            clinic.post("/appointments", **ids, starts_at=at)

    def test_for_a_child_says_whose_it_is_and_who_acts_for_them(self, patient: Patient, practice: Practice) -> None:
        open_page(practice, asks_birth_date=True)
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.tap(patient.button(re.compile("Check-up")))
        patient.tap(patient.times.first)
        patient.tap(patient.page.get_by_label("For my child"))
        child, own = (
            patient.page.get_by_role("group", name="Your child"),
            patient.page.get_by_role("group", name="You", exact=True),
        )
        patient.tap(patient.page.get_by_label(re.compile("I agree")))
        patient.tap(patient.button("Confirm booking"))
        expect(child.get_by_label("First name")).to_be_focused()
        child.get_by_label("First name").fill("Luca")
        child.get_by_label("Last name").fill("Ionescu")
        child.get_by_label("Date of birth").fill(
            practice.clinic.today.replace(year=practice.clinic.today.year - 6, day=1).isoformat()
        )
        own.get_by_label("First name").fill("Maria")
        own.get_by_label("Last name").fill("Ionescu")
        own.get_by_label("Mobile").fill("0722 123 456")
        patient.looks("19-child")
        patient.tap(patient.button("Confirm booking"))
        expect(patient.page.get_by_role("heading", name="Booked")).to_be_visible()
        [visit] = visits(practice.clinic)
        [proxy] = practice.clinic.get(f"/patients/{visit['patient_id']}/proxies")["items"]
        assert (proxy["patient_name"], proxy["name"]) == ("Luca Ionescu", "Maria Ionescu")

    def test_says_where_the_clinic_is_and_how_to_call_it(self, patient: Patient, practice: Practice) -> None:
        open_page(practice)
        clinic = practice.clinic
        found = clinic.get("")
        address = {"line1": "Str. Lungă 4", "city": "Brașov"}
        clinic.ask("PATCH", "", version=found["version"], json={"phone": "+40 268 100 200", "address": address})
        patient.person.go(f"/book/{clinic.slug}")
        way = patient.page.get_by_role("link", name="Directions")
        expect(way).to_have_attribute("href", re.compile(r"^https://www\.google\.com/maps/search/\?api=1&query=.*Bra%C8%99ov"))
        expect(way).to_have_attribute("rel", "noopener noreferrer")
        expect(patient.page.get_by_role("link", name=re.compile("^Call .*268"))).to_have_attribute("href", "tel:+40268100200")
        patient.looks("20-where")
        patient.tap(patient.button(re.compile("Check-up")))
        patient.tap(patient.times.first)
        patient.fill()
        patient.tap(patient.page.get_by_label(re.compile("I agree")))
        patient.tap(patient.button("Confirm booking"))
        expect(patient.page.get_by_role("heading", name="Booked")).to_be_visible()
        expect(way).to_be_visible()
        expect(patient.page.get_by_role("link", name=re.compile("^Call .*268"))).to_be_visible()
        patient.looks("21-where-done")

    def test_proves_the_number_by_a_code_where_the_clinic_asks(self, patient: Patient, practice: Practice) -> None:
        open_page(practice, asks_code=True)
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.tap(patient.button(re.compile("Check-up")))
        patient.tap(patient.times.first)
        patient.write("First name", "Maria")
        patient.write("Last name", "Ionescu")
        mobile = f"+4072{secrets.randbelow(10**7):07}"
        patient.write("Mobile", mobile)
        patient.tap(patient.page.get_by_label(re.compile("I agree")))
        patient.tap(patient.button("Continue"))
        expect(patient.page.get_by_role("heading", name="Is this your number?")).to_be_visible()
        code = self.code_at(practice.clinic, mobile)
        field = patient.page.get_by_label("Code", exact=True)
        expect(field).to_have_attribute("autocomplete", "one-time-code")
        field.fill(f"{(int(code) + 1) % 1_000_000:06}")
        patient.tap(patient.button("Confirm booking"))
        expect(patient.page.get_by_role("alert")).to_have_text("That is not the code. Tries left: 4")
        patient.looks("22-code")
        field.fill(code)
        patient.button("Confirm booking").dblclick()
        expect(patient.page.get_by_role("heading", name="Booked")).to_be_visible()
        assert len(visits(practice.clinic)) == 1
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.button(re.compile("Check-up")).tap()
        patient.times.last.tap()
        patient.fill()
        patient.page.get_by_label("Mobile").fill(mobile)
        patient.page.get_by_label(re.compile("I agree")).check()
        patient.button("Confirm booking").tap()
        expect(patient.page.get_by_role("heading", name="Booked")).to_be_visible()
        assert len(visits(practice.clinic)) == 2

    def code_at(self, clinic: Clinic, number: str) -> str:
        """Of the text that the worker has sent to the development phone."""
        for _ in range(100):
            texts = [one for one in clinic.ask("GET", "/phone", whole=True)["items"] if one["number"] == number]
            if texts:
                return str(texts[0]["body"])[:6]
            time.sleep(0.2)
        raise AssertionError(f"no text for {number}")

    def test_says_what_is_missing_and_goes_there(self, patient: Patient, practice: Practice) -> None:
        open_page(practice)
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.button(re.compile("Check-up")).tap()
        patient.times.first.tap()
        patient.button("Confirm booking").tap()
        expect(patient.page.get_by_label("First name")).to_be_focused()
        expect(patient.page.get_by_text("Please tick this first.")).to_be_visible()
        patient.looks("7-missing")
        assert visits(practice.clinic) == []

    def test_without_a_connection_loses_nothing(self, patient: Patient, practice: Practice) -> None:
        open_page(practice)
        patient.person.away = True
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.button(re.compile("Check-up")).tap()
        patient.times.first.tap()
        patient.fill()
        patient.page.get_by_label(re.compile("I agree")).check()
        patient.page.context.set_offline(True)
        expect(patient.page.get_by_role("status").first).to_contain_text("no connection")
        patient.button("Confirm booking").tap()
        expect(patient.page.get_by_role("alert")).to_contain_text("no connection")
        patient.looks("8-offline")
        patient.page.context.set_offline(False)
        patient.button("Confirm booking").tap()
        expect(patient.page.get_by_role("heading", name="Booked")).to_be_visible()
        assert len(visits(practice.clinic)) == 1

    def test_goes_back_with_the_button_of_the_phone(self, patient: Patient, practice: Practice) -> None:
        open_page(practice)
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.button(re.compile("Check-up")).tap()
        patient.times.first.tap()
        expect(patient.page.get_by_label("First name")).to_be_visible()
        patient.page.go_back()
        expect(patient.times.first).to_be_visible()
        patient.page.go_back()
        expect(patient.button(re.compile("Hygiene"))).to_be_visible()

    def test_waits_where_there_is_no_time(self, patient: Patient, practice: Practice) -> None:
        open_page(practice)
        practice.clinic.ask("PUT", "/hours", json={"weekly": {}})
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.tap(patient.button(re.compile("Check-up")))
        expect(patient.page.get_by_text("There is no free time at the moment.")).to_be_visible()
        patient.looks("9-none")
        patient.tap(patient.button(re.compile("No time fits")))
        patient.fill()
        patient.tap(patient.page.get_by_label(re.compile("I agree")))
        patient.tap(patient.button("Call me when there is a time"))
        expect(patient.page.get_by_role("heading", name=re.compile("calls you"))).to_be_visible()
        [entry] = practice.clinic.get("/waitlist")["items"]
        assert entry["patient"]["last_name"] == "Ionescu"

    def test_says_so_where_there_is_no_page(self, patient: Patient, practice: Practice) -> None:
        patient.person.expects(404)
        patient.person.go(f"/book/{practice.clinic.slug}")
        expect(patient.page.get_by_role("heading", name="There is no booking page at this address.")).to_be_visible()
        patient.looks("10-closed")

    def test_asks_where_the_clinic_wants_to_say_yes_first(self, patient: Patient, practice: Practice) -> None:
        open_page(practice, needs_confirmation=True)
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.tap(patient.button(re.compile("Check-up")))
        patient.tap(patient.times.first)
        patient.fill()
        patient.tap(patient.page.get_by_label(re.compile("I agree")))
        patient.tap(patient.button("Send request"))
        expect(patient.page.get_by_role("heading", name="Your request was sent")).to_be_visible()
        patient.looks("11-asked")
        assert visits(practice.clinic) == []
        assert len(practice.clinic.get("/booking-requests")["items"]) == 1
        patient.tap(patient.page.get_by_role("link", name="See how it stands"))
        expect(patient.page.get_by_role("heading", name="Your request waits for an answer")).to_be_visible()
        patient.looks("23-waits")

    @pytest.mark.parametrize(("locale", "direction"), [("ar", "rtl"), ("ro", "ltr")])
    def test_is_read_in_ones_own_language(self, sit: Sit, practice: Practice, locale: str, direction: str) -> None:
        open_page(practice)
        patient = Patient(sit(**{**PHONE, "locale": locale, "color_scheme": "dark"}))
        patient.person.go(f"/book/{practice.clinic.slug}")
        patient.button(re.compile("Check-up")).tap()
        patient.times.first.tap()
        expect(patient.page.locator("form")).to_be_visible()
        patient.page.locator("form input[type=radio]").last.tap()
        assert patient.page.evaluate("() => document.documentElement.dir") == direction
        assert patient.page.evaluate("() => document.documentElement.lang") == locale
        patient.looks(f"12-{locale}")


class TestLink:
    @pytest.fixture
    def link(self, practice: Practice) -> str:
        """Of a visit that was booked on the page, in five days."""
        open_page(practice)
        clinic = practice.clinic
        public = f"/public/clinics/{clinic.slug}"
        day = (clinic.today + timedelta(5)).isoformat()
        asked = f"{public}/openings?service_id={practice.check_up['id']}&from={day}&days=1"
        at = clinic.ask("GET", asked, whole=True)["slots"][4]["starts_at"]
        slot = {"service_id": practice.check_up["id"], "starts_at": at}
        hold = clinic.ask("POST", f"{public}/holds", whole=True, json=slot)["token"]
        who = {"first_name": "Maria", "last_name": "Ionescu", "mobile": "0722123456", "consent": True}
        return clinic.ask("POST", f"{public}/bookings", whole=True, json={"hold": hold, **who})["link"]

    def test_moves_the_visit_in_three_taps(self, patient: Patient, practice: Practice, link: str) -> None:
        [before] = visits(practice.clinic)
        patient.person.go(f"/link/{link}")
        expect(patient.button("Move it")).to_be_visible()
        patient.looks("13-link")
        assert visits(practice.clinic) == [before]
        patient.tap(patient.button("Move it"))
        expect(patient.times.first).to_be_visible()
        at = at_of(patient.times.nth(2))
        patient.tap(patient.times.nth(2))
        patient.looks("14-move")
        patient.tap(patient.button(re.compile("Move to")))
        expect(patient.page.get_by_role("heading", name="The visit is moved")).to_be_visible()
        patient.looks("15-moved")
        print(f"  move by a link: {patient.taps} taps")
        assert patient.taps <= 3
        [after] = visits(practice.clinic)
        assert (after["id"], after["starts_at"]) == (before["id"], at)

    def test_is_good_for_nothing_more_once_it_was_used(self, patient: Patient, practice: Practice, link: str) -> None:
        patient.person.go(f"/link/{link}")
        patient.button("Cancel the visit").tap()
        patient.looks("16-cancel")
        patient.button("Yes, cancel it").tap()
        expect(patient.page.get_by_role("heading", name="This visit is cancelled")).to_be_visible()
        patient.looks("17-cancelled")
        assert [visit["status"] for visit in visits(practice.clinic)] == ["cancelled"]
        patient.page.reload()
        expect(patient.page.get_by_role("heading", name="This visit is cancelled")).to_be_visible()
        expect(patient.button(re.compile("Cancel|Move"))).to_have_count(0)

    def test_confirms(self, patient: Patient, practice: Practice, link: str) -> None:
        patient.person.go(f"/link/{link}")
        patient.tap(patient.button("Yes, I will come"))
        expect(patient.page.get_by_role("heading", name=re.compile("we expect you"))).to_be_visible()
        assert [visit["status"] for visit in visits(practice.clinic)] == ["confirmed"]
        expect(patient.button("Move it")).to_be_visible()

    def test_says_so_when_it_leads_nowhere(self, patient: Patient) -> None:
        patient.person.expects(404)
        patient.person.go("/link/none-such")
        expect(patient.page.get_by_role("heading", name=re.compile("not good any more"))).to_be_visible()
        patient.looks("18-nowhere")


class TestRequest:
    @pytest.fixture
    def token(self, practice: Practice) -> str:
        open_page(practice, needs_confirmation=True)
        return str(TestAtTheDesk().asked(practice)["request_link"])

    def answer(self, practice: Practice, what: str, **body: Any) -> None:
        [request] = practice.clinic.get("/booking-requests")["items"]
        practice.clinic.ask("POST", f"/booking-requests/{request['id']}/{what}", json=body)

    def test_shows_the_yes_and_leads_to_the_visit(self, patient: Patient, practice: Practice, token: str) -> None:
        patient.person.go(f"/request/{token}")
        expect(patient.page.get_by_role("heading", name="Your request waits for an answer")).to_be_visible()
        self.answer(practice, "acceptance")
        patient.page.reload()
        expect(patient.page.get_by_role("heading", name="The clinic has said yes")).to_be_visible()
        patient.looks("24-accepted")
        patient.tap(patient.button("Move or cancel"))
        expect(patient.button("Cancel the visit")).to_be_visible()

    def test_shows_the_clinics_words(self, sit: Sit, practice: Practice, token: str) -> None:
        self.answer(practice, "refusal", words="We are closed that week. Wednesday at 10 would be free.", reason="x")
        for locale, title in ("en", "cannot offer you"), ("ro", "nu vă poate oferi"), ("ar", "لا تستطيع العيادة"):
            patient = Patient(sit(**{**PHONE, "locale": locale, "color_scheme": "dark" if locale == "ar" else "light"}))
            patient.person.go(f"/request/{token}")
            expect(patient.page.get_by_role("heading", name=re.compile(title))).to_be_visible()
            expect(patient.page.get_by_text("Wednesday at 10")).to_be_visible()
            patient.looks(f"25-declined-{locale}")

    def test_is_withdrawn_once_somebody_is_sure(self, patient: Patient, practice: Practice, token: str) -> None:
        patient.person.go(f"/request/{token}")
        patient.tap(patient.button("Withdraw the request"))
        patient.looks("26-withdraw")
        patient.tap(patient.button("Yes, withdraw it"))
        expect(patient.page.get_by_role("heading", name="Your request is withdrawn")).to_be_visible()
        assert practice.clinic.get("/booking-requests")["items"] == []
        expect(patient.page.get_by_role("link", name="Choose another time")).to_be_visible()
        patient.looks("27-withdrawn")

    def test_says_so_when_the_clinic_was_faster(self, patient: Patient, practice: Practice, token: str) -> None:
        patient.person.expects(409)
        patient.person.go(f"/request/{token}")
        patient.button("Withdraw the request").tap()
        self.answer(practice, "acceptance")
        patient.button("Yes, withdraw it").tap()
        expect(patient.page.get_by_role("heading", name="The clinic has said yes")).to_be_visible()


class TestFrame:
    def test_stands_on_the_pages_that_the_clinic_names_and_no_other(self, practice: Practice) -> None:
        clinic = practice.clinic
        open_page(practice, embedders=["https://www.example.com"])
        told = clinic.http.get(f"{clinic.origin}/book/{clinic.slug}").headers
        assert "frame-ancestors 'self' https://www.example.com" in told["content-security-policy"]
        assert "x-frame-options" not in told
        for path in ("/book/never-was", "/link/x", f"/c/{clinic.slug}"):
            told = clinic.http.get(f"{clinic.origin}{path}").headers
            assert "frame-ancestors 'none'" in told["content-security-policy"]
            assert told["x-frame-options"] == "DENY"


class TestAtTheDesk:
    def asked(self, practice: Practice, first_name: str = "Maria", **more: Any) -> Any:
        clinic = practice.clinic
        public, service = f"/public/clinics/{clinic.slug}", practice.check_up["id"]
        day = (clinic.today + timedelta(3)).isoformat()
        slots = clinic.ask("GET", f"{public}/openings?service_id={service}&from={day}&days=1", whole=True)["slots"]
        slot = {"service_id": service, "starts_at": slots[0]["starts_at"]}
        hold = clinic.ask("POST", f"{public}/holds", whole=True, json=slot)["token"]
        who = {"first_name": first_name, "last_name": "Ionescu", "mobile": "0722123456", "consent": True, **more}
        return clinic.ask("POST", f"{public}/bookings", whole=True, json={"hold": hold, **who})

    def test_requests_are_seen_from_the_schedule_and_answered(self, sit: Sit, practice: Practice) -> None:
        clinic = practice.clinic
        open_page(practice, needs_confirmation=True)
        first = self.asked(practice)
        self.asked(practice, "Elena")
        person = sit(clinic)
        person.go(f"{clinic.home}/schedule")
        person.click(person.page.get_by_role("link", name="2 requests"))
        person.sees(person.page.get_by_role("listitem").filter(has_text="Maria Ionescu"))
        person.page.screenshot(path=LOOK / "desk-requests.png")
        person.click(person.page.get_by_role("listitem").filter(has_text="Maria").get_by_role("button", name="Accept"))
        person.is_told("Visit of Maria Ionescu booked")
        [visit] = visits(clinic)
        assert visit["starts_at"] == first["starts_at"]
        person.sees(person.page.get_by_role("heading", name="Records to complete"))
        person.click(person.page.get_by_role("listitem").filter(has_text="Elena").get_by_role("button", name="Decline"))
        person.field("Said to Elena Ionescu").fill("We have no time that day.")
        person.field("Reason, for yourselves").fill("Fully booked")
        person.page.screenshot(path=LOOK / "desk-decline.png")
        person.click(person.button(re.compile("^Decline"), person.page.get_by_role("dialog")))
        person.is_told("Request of Elena Ionescu declined")
        person.sees(person.page.get_by_text("No requests"))
        person.page.screenshot(path=LOOK / "desk-answered.png")
        assert len(visits(clinic)) == 1

    def test_of_whom_a_request_is_is_chosen_where_somebody_like_that_is_registered(self, sit: Sit, practice: Practice) -> None:
        clinic = practice.clinic
        open_page(practice, needs_confirmation=True)
        known = clinic.patient("Marie", "Ionescu", contacts=[{"type": "mobile", "value": "0722 123 456", "is_primary": True}])
        for _ in range(2):
            self.asked(practice)
        person = sit(clinic)
        person.go(f"{clinic.home}/requests")
        sheet = person.dialog("Who is Maria Ionescu?")
        for choice, seconds in ("Marie Ionescu", 1), ("Somebody new", 2):
            person.click(person.button("Accept").first)
            person.sees(sheet.get_by_role("radio", name=re.compile("^Marie Ionescu.*0722 123 456")))
            person.click(sheet.get_by_role("radio", name=re.compile(f"^{choice}")))
            person.click(sheet.get_by_role("button", name=re.compile("^Accept")))
            expect(sheet).to_have_count(0)
            person.is_told("Visit of Maria Ionescu booked")
            assert len(visits(clinic)) == seconds
        whose = [visit["patient_id"] for visit in visits(clinic)]
        assert whose.count(known["id"]) == 1 and len(set(whose)) == 2

    def test_a_request_for_a_child_says_whose(self, sit: Sit, practice: Practice) -> None:
        clinic = practice.clinic
        open_page(practice, needs_confirmation=True)
        clinic.patient("Maria", "Ionescu", contacts=[{"type": "mobile", "value": "0722 123 456", "is_primary": True}])
        known = clinic.patient("Luca", "Ionescu")
        luca = {"first_name": "Luca", "last_name": "Ionescu"}
        for _ in range(2):
            self.asked(practice, child=luca)
        person = sit(clinic)
        person.go(f"{clinic.home}/requests")
        row = person.page.get_by_role("listitem").filter(has_text="child of Maria Ionescu")
        sheet = person.dialog("Who is Luca Ionescu?")
        for choice, seconds in ("Luca Ionescu", 1), ("Somebody new", 2):
            person.click(row.first.get_by_role("button", name="Accept"))
            person.sees(sheet.get_by_role("radio", name=re.compile("^Luca Ionescu")))
            expect(sheet.get_by_role("radio")).to_have_count(2)
            person.page.screenshot(path=LOOK / "desk-child.png")
            person.click(sheet.get_by_role("radio", name=re.compile(f"^{choice}")))
            person.click(sheet.get_by_role("button", name=re.compile("^Accept")))
            expect(sheet).to_have_count(0)
            person.is_told("Visit of Luca Ionescu booked")
            assert len(visits(clinic)) == seconds
        [new] = {visit["patient_id"] for visit in visits(clinic)} - {known["id"]}
        [proxy] = clinic.get(f"/patients/{new}/proxies")["items"]
        assert (proxy["name"], proxy["holder_id"] is None) == ("Maria Ionescu", False)

    def test_a_request_appears_while_somebody_looks(self, sit: Sit, practice: Practice) -> None:
        open_page(practice, needs_confirmation=True)
        person = sit(practice.clinic)
        person.go(f"{practice.clinic.home}/requests")
        person.sees(person.page.get_by_text("No requests"))
        self.asked(practice)
        person.sees(person.page.get_by_role("listitem").filter(has_text="Maria Ionescu"))

    def test_the_page_is_opened_and_closed_again(self, sit: Sit, practice: Practice) -> None:
        clinic = practice.clinic
        person = sit(clinic)
        person.go(f"{clinic.home}/admin/booking")
        person.page.get_by_label("The page is open").check()
        person.page.get_by_label("Check-up", exact=True).check()
        person.page.get_by_label("Dr. Ioana Marin").check()
        person.field(re.compile("^Days ahead")).fill("30")
        person.field(re.compile("^Pages that may show it")).fill("https://www.example.com")
        person.button(re.compile("^Save")).click()
        person.is_told("Booking page saved")
        found = clinic.get("/booking-page")
        assert (found["open"], found["days_ahead"], found["embedders"]) == (True, 30, ["https://www.example.com"])
        assert [one["provider_ids"] for one in found["services"]] == [[practice.marin["id"]]]
        expect(person.page.get_by_role("link", name="Look at it")).to_have_attribute(
            "href", f"{clinic.origin}/book/{clinic.slug}"
        )
        expect(person.page.get_by_label("To show it on your own page")).to_have_value(re.compile("^<iframe"))
        person.page.screenshot(path=LOOK / "desk-page.png", full_page=True)
        person.press("z")
        expect(person.page.get_by_label("The page is open")).not_to_be_checked()
        assert clinic.get("/booking-page")["open"] is False

    def test_what_makes_no_sense_is_said_at_its_field(self, sit: Sit, practice: Practice) -> None:
        person = sit(practice.clinic)
        person.expects(422)
        person.go(f"{practice.clinic.home}/admin/booking")
        person.field(re.compile("^Pages that may show it")).fill("https://www.example.com/path")
        person.field(re.compile("^Days ahead")).fill("900")
        person.button(re.compile("^Save")).click()
        person.sees(person.page.get_by_text("At most 365."))
        expect(person.field(re.compile("^Pages that may show it"))).to_have_attribute("aria-invalid", "true")

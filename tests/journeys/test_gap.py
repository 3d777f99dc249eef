"""A gap is filled: a visit is cancelled, its time is offered, somebody says yes on a phone, the desk sees it, and who was asked in
vain hears that it is gone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person
from tests.journeys.test_messages import set_reminders
from tests.journeys.test_public_booking import PHONE, Patient
from tests.operations import started

Sit = Callable[..., Person]


@pytest.fixture
def desk(sit: Sit, practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


def number(turn: int) -> str:
    return f"(206) 555-01{turn:02}"


def texts(clinic: Clinic, turn: int) -> list[str]:
    """To the patient with this number, the newest first."""
    items = clinic.ask("GET", "/phone", whole=True)["items"]
    return [one["body"] for one in items if one["number"] == f"+120655501{turn:02}" and one["body"].startswith(clinic.name)]


def offered(clinic: Clinic, turn: int) -> str:
    started.until(lambda: any("/offer/" in body for body in texts(clinic, turn)), 60)
    [link] = [found[0] for body in texts(clinic, turn) if (found := re.search(r"/offer/[\w-]+", body))]
    return str(link)


def statuses(clinic: Clinic) -> set[str]:
    """Of tomorrow's visits."""
    day = clinic.at("10:00", 1)[:10]
    return {one["status"] for one in clinic.get("/appointments", **{"from": day, "to": day})["items"]}


def offer(desk: Desk, first: int) -> Locator:
    """From a cancelled visit tomorrow to its time on offer: two are asked at once, of three who wait."""
    person, practice = desk.person, desk.practice
    clinic = practice.clinic
    set_reminders(clinic)
    for turn, name in enumerate(("Ana", "Bea", "Cora")):
        contacts = [{"type": "mobile", "value": number(first + turn), "is_primary": True}]
        waits = {"patient_id": clinic.patient(name, contacts=contacts)["id"], "service_id": practice.check_up["id"]}
        clinic.post("/waitlist", **waits, urgent=name == "Ana")
    practice.booked(clinic.patient("Zoe"), "10:00", days=1)
    desk.open(f"?date={clinic.at('10:00', days=1)[:10]}")
    desk.choose("Zoe")
    person.press("x")
    person.dialog("Cancel visit").get_by_role("textbox").fill("Ill")
    person.press("Control+Enter")
    person.is_told("Visit of Zoe Okafor cancelled")
    person.click(person.page.get_by_role("region", name="Notifications").get_by_role("button", name="Fill this time"))
    dialog = person.dialog("Who could come?")
    expect(dialog.get_by_role("listitem")).to_have_count(3)
    person.field("Asked at once", dialog).fill("2")
    person.click(person.button("Offer it", dialog))
    person.is_told("The time is being offered")
    return dialog


class TestAGap:
    def test_is_filled_by_the_first_yes(self, desk: Desk, sit: Sit) -> None:
        clinic, person = desk.practice.clinic, desk.person
        dialog = offer(desk, 10)
        rows = dialog.get_by_role("list", name="Who is asked").get_by_role("listitem")
        expect(rows.nth(0)).to_contain_text("Asked", timeout=30_000)
        expect(rows.nth(2)).to_contain_text("Not asked yet")
        expect(dialog.get_by_role("status")).to_contain_text("The next are asked at")
        ana, bea = offered(clinic, 10), offered(clinic, 11)
        phone, other = Patient(sit(**PHONE)), Patient(sit(**PHONE))
        phone.person.go(f"{ana}?lang=ar")
        phone.person.sees(phone.page.get_by_role("heading", name="توفّر موعد لكم"))
        phone.looks("offer-0-ar")
        phone.person.go(ana)
        other.person.go(bea)
        for one in (phone, other):
            one.person.sees(one.page.get_by_role("heading", name="A time is free for you"))
            one.person.sees(one.page.get_by_text(re.compile("Check-up · with Dr. Ioana Marin · 30 min")))
        phone.looks("offer-1-open")
        assert statuses(clinic) == {"cancelled"}
        phone.tap(phone.button("Yes, I take it"))
        phone.person.sees(phone.page.get_by_role("heading", name="The time is yours"))
        phone.person.sees(phone.page.get_by_role("link", name="Add to calendar"))
        phone.looks("offer-2-yours")
        expect(dialog.get_by_role("status")).to_contain_text("Ana Okafor has the time")
        expect(rows.nth(1)).to_contain_text("Too late")
        other.person.expects(409)
        other.tap(other.button("Yes, I take it"))
        other.person.sees(other.page.get_by_role("heading", name="This time is gone"))
        other.looks("offer-3-gone")
        started.until(lambda: any("is gone" in body for body in texts(clinic, 11)), 60)
        assert not any("is gone" in body for body in texts(clinic, 10)) and texts(clinic, 12) == []
        person.press("Escape")
        person.sees(desk.card("Ana Okafor"))

    def test_is_offered_no_longer_once_it_is_stopped(self, desk: Desk, sit: Sit) -> None:
        clinic, person = desk.practice.clinic, desk.person
        dialog = offer(desk, 20)
        link = offered(clinic, 20)
        phone = Patient(sit(**PHONE))
        phone.person.go(link)
        phone.tap(phone.button("No, thank you"))
        phone.person.sees(phone.page.get_by_role("heading", name="Thank you for telling us"))
        phone.looks("offer-4-no")
        expect(dialog.get_by_role("listitem").filter(has_text="Ana Okafor")).to_contain_text("Said no")
        person.click(person.button("Stop offering", dialog))
        person.is_told("The time is offered no longer")
        expect(dialog.get_by_role("status")).to_contain_text("Stopped")
        phone.page.reload()
        phone.person.sees(phone.page.get_by_role("heading", name="This time is gone"))

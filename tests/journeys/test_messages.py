"""Reminders: set up, sent, seen on the phone, answered, seen in the inbox; and the way out of them."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.operations import started

Sit = Callable[..., Person]
MARIA = [
    {"type": "mobile", "value": "(206) 555-0142", "is_primary": True},
    {"type": "email", "value": "maria@example.test", "is_primary": True},
]


@pytest.fixture
def person(sit: Sit, practice: Practice) -> Person:
    return sit(practice.clinic)


def set_reminders(clinic: Clinic, *rules: dict[str, Any]) -> None:
    quiet = {"undo_minutes": 0, "quiet_from": "00:00", "quiet_until": "00:00", "tell_changes": True}
    clinic.ask("PUT", "/reminder-settings", json={**quiet, "rules": list(rules)})


def book_soon(practice: Practice, patient: Any) -> None:
    """Two hours from now and a little: a step of two hours is due at once."""
    practice.clinic.post(
        "/appointments", patient_id=patient["id"], provider_id=practice.marin["id"], service_id=practice.check_up["id"],
        starts_at=(datetime.now(UTC) + timedelta(hours=2, seconds=2)).isoformat(),
    )  # fmt: skip
    time.sleep(2)


class TestTheCascade:
    def test_begins_with_the_usual_and_is_kept_and_undone(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        person.go(f"{clinic.home}/admin/reminders")
        person.click(person.button(re.compile("Begin with the usual")))
        person.field("Before").first.fill("5")
        person.click(person.button(re.compile("^Save")))
        person.is_told("Reminders saved")
        kept = clinic.get("/reminder-settings")["rules"]
        assert [(one["channel"], one["before"], one["unit"]) for one in kept] == [
            ("email", 5, "days"), ("sms", 2, "days"), ("sms", 2, "hours"),
        ]  # fmt: skip
        person.press("z")
        person.sees(person.page.get_by_text("Nobody is reminded of anything yet."))
        assert clinic.get("/reminder-settings")["rules"] == []

    def test_says_what_the_clinic_wants_said(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        person.go(f"{clinic.home}/admin/reminders")
        row = person.page.get_by_role("row", name=re.compile("Reminder.*Text"))
        person.click(row.get_by_role("button", name="Reminder"))
        dialog = person.dialog()
        person.expects(422)
        person.field("Words", dialog).fill("See you {weekday}")
        person.click(person.button(re.compile("^Save"), dialog))
        person.sees(dialog.locator("[aria-invalid=true]"))
        person.field("Words", dialog).fill("{clinic}: see you on {day} at {time}, {patient}.")
        person.click(person.button("Preview", dialog))
        person.sees(dialog.get_by_text(re.compile(r"North Dental: see you on \w+, .* at 10:00.*, Maria\.")))
        person.click(person.button(re.compile("^Save"), dialog))
        person.is_told("Words saved")
        expect(row).to_contain_text("Changed by the clinic")
        person.press("z")
        expect(row).not_to_contain_text("Changed by the clinic")


class TestAReminder:
    def test_is_seen_on_the_phone_answered_and_seen_in_the_inbox(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        set_reminders(clinic, {"channel": "sms", "before": 2, "unit": "hours", "until_confirmed": False})
        maria = clinic.patient(contacts=MARIA)
        book_soon(practice, maria)
        texts = lambda: [one for one in clinic.ask("GET", "/phone", whole=True)["items"] if one["number"] == "+12065550142"]  # noqa: E731
        started.until(lambda: bool(texts()), 90)
        person.go("/phone")
        item = person.page.get_by_role("listitem").filter(has_text="North Dental").first
        person.sees(item.get_by_text(re.compile("your visit is on")))
        person.field("Answer", item).fill("Can I come ten minutes later?")
        person.click(person.button("Send", item))
        person.sees(item.get_by_text("Answered"))
        person.go(f"{clinic.home}/inbox")
        entry = person.page.get_by_role("listitem").filter(has_text="ten minutes later")
        person.sees(entry.get_by_text("Unread"))
        person.click(person.button("Answer", entry))
        person.field("Write a text", entry).fill("Of course.")
        person.click(person.button("Send", entry))
        person.is_told("The text is on its way")
        person.sees(person.page.get_by_text("No texts"))
        started.until(lambda: any(one["body"] == "Of course." for one in texts()), 30)
        person.go(f"{clinic.home}/patients/{maria['id']}?tab=messages")
        lines = person.page.get_by_role("tabpanel").get_by_role("listitem")
        expect(lines).to_have_count(3)
        expect(lines.filter(has_text="Reminder")).to_contain_text("Delivered")
        expect(lines.filter(has_text="Of course.")).to_contain_text("Delivered")

    def test_stops_where_the_patient_must_not_be_contacted(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient(contacts=MARIA)
        person.go(f"{clinic.home}/patients/{maria['id']}?tab=messages")
        person.page.get_by_label(re.compile("^Do not contact")).check()
        person.click(person.button("Save"))
        person.is_told("Saved how to reach them")
        person.expects(409)
        person.field("Write a text").fill("Hello")
        person.click(person.button("Send"))
        person.sees(person.page.get_by_text("nothing is sent to them").first)
        person.press("Escape")
        assert clinic.get(f"/patients/{maria['id']}/contact-preference")["do_not_contact"]


class TestALetter:
    def test_leads_out_of_more_and_changes_nothing_before_it_is_meant(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        set_reminders(clinic, {"channel": "email", "before": 2, "unit": "hours", "until_confirmed": False})
        email = f"{clinic.slug}-maria@example.test"
        maria = clinic.patient(contacts=[{"type": "email", "value": email}])
        book_soon(practice, maria)

        def found() -> list[str]:
            letters = [one for one in clinic.ask("GET", "/mailbox", whole=True)["items"] if one["to"] == email]
            return [link for one in letters for link in re.findall(r"https?://\S+/unsubscribe#\S+", one["text"])]

        started.until(lambda: bool(found()), 90)
        path = f"/patients/{maria['id']}/contact-preference"
        person.go(clinic.origin + found()[0][found()[0].index("/unsubscribe") :])
        person.sees(person.button("Get no more"))
        assert clinic.get(path)["email"] is True
        person.click(person.button("Get no more"))
        person.sees(person.page.get_by_text("You get no more reminders by e-mail."))
        after = clinic.get(path)
        assert (after["email"], bool(after["unsubscribed_at"])) == (False, True)

"""From nothing to a clinic that can be booked."""

import secrets
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.person import Person
from tests.journeys.zones import where_it_is


class TestSignUp:
    def test_makes_a_clinic_and_walks_through_what_it_needs(self, sit: Callable[..., Person]) -> None:
        zone = where_it_is(9)
        owner = sit(timezone_id=zone)
        slug = f"clinica-zambet-{secrets.token_hex(3)}"
        owner.go("/")
        owner.click(owner.page.get_by_role("link", name="Set up a clinic"))

        owner.field("Clinic name").fill("Clinica Zâmbet")
        expect(owner.field("Web address")).to_have_value("clinica-zambet")
        owner.field("Web address").fill(slug)
        expect(owner.field("Time zone")).to_have_value(zone.replace("_", " "))
        owner.field("Currency").fill("usd")
        owner.press("Enter")
        owner.field("Language of documents").select_option("en-US")
        owner.field("Your name").fill("Ana Dinu")
        owner.field("Email").fill(f"{slug}@example.test")
        owner.field("Password").fill("short")
        owner.press("Enter")
        owner.is_at(owner.field("Password"))
        owner.sees(owner.page.get_by_text("Use at least 12 characters."))
        owner.field("Password").fill(PASSWORD)
        owner.press("Enter")

        owner.sees(owner.heading("Welcome to Clinica Zâmbet"))
        expect(owner.field("Name")).to_have_value("Ana Dinu")
        owner.field("Title").fill("Dr.")
        owner.press("Control+Enter")
        expect(owner.field("Name")).to_have_value("Operatory 1")
        owner.press("Control+Enter")
        owner.field("Saturday", owner.page).check()
        owner.page.get_by_label("Saturday 1, to").fill("13:00")
        owner.press("Control+Enter")
        owner.is_told("Opening hours saved")
        owner.field("Service").fill("Check-up")
        owner.field("Price").fill("120")
        owner.press("Control+Enter")

        owner.sees(owner.heading("What comes next"))
        owner.sees(owner.page.get_by_text("Dr. Ana Dinu", exact=True))
        owner.sees(owner.page.get_by_text("Mon–Fri 9:00 AM–5:00 PM · Sat 9:00 AM–1:00 PM"))
        owner.sees(owner.page.get_by_text("Check-up · 30 min · "))
        owner.click(owner.page.get_by_role("link", name="Book the first visit"))
        owner.sees(owner.page.get_by_role("application"))

    def test_says_what_is_taken_and_keeps_what_was_typed(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        owner = sit()
        owner.go("/signup")
        owner.field("Clinic name").fill("North Dental")
        owner.field("Web address").fill(clinic.slug)
        owner.field("Your name").fill("Ion Pop")
        owner.field("Email").fill("ion.pop@example.test")
        owner.field("Password").fill(PASSWORD)
        owner.expects(409)
        owner.press("Enter")
        owner.sees(owner.page.get_by_text("Another clinic has this address"))
        owner.is_at(owner.field("Web address"))
        expect(owner.field("Your name")).to_have_value("Ion Pop")
        expect(owner.field("Password")).to_have_value(PASSWORD)

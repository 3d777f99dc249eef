"""Times stand on the screen as the clinic's country writes them, whoever reads."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic
from tests.journeys.desk import Desk
from tests.journeys.person import Person

Sit = Callable[..., Person]


class TestClock:
    @pytest.mark.parametrize(
        ("locale", "scale", "spoken", "opens"),
        [("en-US", "9 AM", "3:00–3:30 PM", "8:00 AM"), ("en-GB", "09:00", "15:00–15:30", "08:00"),
         ("ro-RO", "09:00", "15:00–15:30", "08:00")],
    )  # fmt: skip
    def test_is_that_of_the_clinics_country(
        self, sit: Sit, origin: str, locale: str, scale: str, spoken: str, opens: str
    ) -> None:
        practice = Clinic(origin, locale=locale).set_up()
        practice.booked(practice.clinic.patient(), "15:00", days=1)
        # The browser's own language says the other thing.
        desk = Desk(sit(practice.clinic, locale="en-GB" if locale == "en-US" else "en-US"), practice)
        desk.open("?date=" + practice.clinic.at("12:00", 1)[:10])
        desk.choose("Maria Okafor")
        expect(desk.person.page.locator(".day-hours").get_by_text(scale, exact=True)).to_be_visible()
        desk.person.sees(desk.panel.get_by_text(spoken))
        desk.person.go(f"{practice.clinic.home}/admin/hours")
        expect(desk.person.page.get_by_label("Monday 1, from")).to_have_value(re.compile(opens.replace(" ", r"\s")))

    def test_is_typed_as_one_likes(self, sit: Sit, origin: str) -> None:
        practice = Clinic(origin).set_up()
        person = sit(practice.clinic)
        person.go(f"{practice.clinic.home}/admin/hours")
        opens, closes = person.page.get_by_label("Monday 1, from"), person.page.get_by_label("Monday 1, to")
        opens.focus()
        person.type("730")
        person.press("Tab")
        person.is_at(closes)
        person.type("5:30p")
        person.press("Tab")
        expect(opens).to_have_value(re.compile(r"^7:30\sAM$"))
        expect(closes).to_have_value(re.compile(r"^5:30\sPM$"))
        closes.fill("25:00")
        expect(closes).to_have_attribute("aria-invalid", "true")
        closes.blur()
        expect(closes).to_have_value(re.compile(r"^5:30\sPM$"))
        person.click(person.button(re.compile("^Save")))
        person.is_told("Opening hours saved")
        assert practice.clinic.get("/hours")["weekly"]["1"] == [["07:30", "17:30"]]

"""The end of the day at the screen: the numbers, the drawer, the papers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.papers import printed
from tests.journeys.person import Person
from tests.journeys.staff import Member


@pytest.fixture
def taken(clinic: Clinic) -> Clinic:
    """A day on which somebody paid 123.75 in cash, 50.00 by check and 80.00 by card; the drawer keeps 100.00."""
    maria = clinic.patient()
    clinic.ask("PUT", "/drawer", json={"float": clinic.money(10_000), "bank_account": "Harbor Bank 000-1234"})
    for method, amount, reference in (("cash", 12_375, None), ("check", 5_000, "1042"), ("card", 8_000, None)):
        money = clinic.money(amount)
        clinic.post("/payments", patient_id=maria["id"], amount=money, method=method, reference=reference)
    return clinic


def count(person: Person) -> None:
    """223.75 in notes and coins, by keys alone: two hundreds, a twenty, three ones, three quarters; and 80.00 on the terminal."""
    person.is_at(person.field("How many of $100.00"))
    for many in ("2", "", "1", "", "", "", "3", "", "3", "", "", ""):
        if many:
            person.type(many)
        person.press("Enter")


def difference(person: Person, method: str) -> Any:
    return person.page.get_by_role("row", name=re.compile(f"^{method} ")).locator("[data-difference]")


class TestTheDrawer:
    def test_is_counted_by_keys_alone_and_its_papers_are_printed(self, sit: Callable[..., Person], taken: Clinic) -> None:
        person = sit(taken)
        person.go(f"{taken.home}/schedule")
        person.sees(person.page.get_by_role("main").get_by_role("heading"))
        with person.counting("close the day") as keys:
            person.press("g", "c")
            person.sees(person.heading("Close the day"))
            count(person)
            expect(difference(person, "Cash")).to_have_text("It fits")
            # The check is there, as ticked; on to the terminal.
            person.press("Enter")
            person.is_at(person.field("What the terminal says"))
            person.type("80")
            person.press("Control+Enter")
            person.is_told("The day is closed")
        assert keys.clicks == 0
        sheet = person.dialog("Close 1")
        person.sees(sheet.get_by_text("$173.75"))
        slip = printed(person, lambda: sheet.get_by_role("link", name="Deposit slip").click())
        for words in ("Deposit slip", "Harbor Bank 000-1234", "1042", "$223.75", "-$100.00", "$173.75"):
            assert words in slip, words
        assert "Maria Okafor" in printed(person, lambda: sheet.get_by_role("link", name="Day sheet").click())
        [close] = taken.get("/day-closes")["items"]
        assert (close["deposited"]["amount"], close["difference"]["cash"]["amount"]) == (12_375, 0)

    def test_that_is_short_wants_a_reason_and_can_be_reopened(self, sit: Callable[..., Person], taken: Clinic) -> None:
        person = sit(taken)
        person.go(f"{taken.home}/billing/day-close")
        person.click(person.page.get_by_role("radio", name="One sum"))
        person.field("All the cash in the drawer").fill("220")
        person.field("What the terminal says").fill("80")
        expect(difference(person, "Cash")).to_have_text("$3.75 missing")
        person.press("Control+Enter")
        person.is_at(person.field("Why it differs"))
        person.type("Paid the window cleaner")
        person.press("Control+Enter")
        person.is_told("The day is closed")
        sheet = person.dialog("Close 1")
        person.sees(sheet.get_by_text("Paid the window cleaner"))
        person.click(person.button("Reopen", sheet))
        person.type("The receipt was found")
        person.press("Control+Enter")
        person.is_told("The day is open again")
        person.sees(person.page.get_by_role("row", name=re.compile("Reopened")))
        assert taken.get("/drawer")["expected"]["cash"]["amount"] == 12_375

    def test_keeps_a_half_made_count_while_a_payment_is_looked_up(self, sit: Callable[..., Person], taken: Clinic) -> None:
        person = sit(taken)
        person.go(f"{taken.home}/billing/day-close")
        person.field("How many of $100.00").fill("2")
        person.field("What the terminal says").fill("75")
        person.field("Why it differs").fill("The terminal was off")
        person.click(person.page.get_by_role("link", name=re.compile("^Patients")))
        person.sees(person.heading("Patients"))
        person.page.go_back()
        expect(person.field("How many of $100.00")).to_have_value("2")
        expect(person.field("What the terminal says")).to_have_value("75")
        expect(person.field("Why it differs")).to_have_value("The terminal was off")

    def test_closed_by_another_meanwhile_says_so_and_loses_nothing(self, sit: Callable[..., Person], taken: Clinic) -> None:
        one, other = sit(taken), sit(taken)
        other.away = True
        other.page.route(
            "**/stream*", lambda route: route.abort()
        )  # a desk that hears of nothing: else it would show the new drawer
        for person in (one, other):
            person.go(f"{taken.home}/billing/day-close")
            count(person)
            person.field("What the terminal says").fill("80")
        other.expects(409)
        with one.page.expect_response(lambda answer: answer.request.method == "POST" and "/day-closes" in answer.url):
            one.press("Control+Enter")
        other.press("Control+Enter")
        one.is_told("The day is closed")
        other.sees(other.page.get_by_role("alert").get_by_text(re.compile("^Somebody closed or reopened the day")))
        other.click(other.button("Look again"))
        other.sees(other.page.get_by_text(re.compile("Since the close of")))
        assert len(taken.get("/day-closes")["items"]) == 1

    def test_is_not_for_every_role(
        self, sit: Callable[..., Person], clinic: Clinic, join: Callable[[Clinic, str], Member]
    ) -> None:
        member = join(clinic, "hygienist")
        person = sit(member)
        person.go(f"{clinic.home}/billing/day-close")
        person.sees(person.page.get_by_text("Your role does not include this."))


class TestTheDay:
    def test_opens_the_list_behind_each_figure(self, sit: Callable[..., Person], practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient()
        visit = practice.booked(maria, "11:00")
        clinic.ask("POST", f"/appointments/{visit['id']}/completion", json={"items": [{"service_id": practice.check_up["id"]}]})
        clinic.post("/payments", patient_id=maria["id"], amount=clinic.money(2_050), method="cash")
        person = sit(clinic)
        person.go(f"{clinic.home}/schedule")
        person.sees(person.page.get_by_role("application"))
        person.press("g", "t")
        person.sees(person.button(re.compile(r"Produced.*120\.00")))
        person.click(person.button(re.compile(r"Cash.*20\.50")))
        person.click(person.page.get_by_role("region", name="Cash").get_by_role("link", name="Maria Okafor"))
        person.sees(person.dialog("Payment").get_by_text("$20.50"))

    def test_is_printed_from_the_schedule_by_one_key(self, sit: Callable[..., Person], practice: Practice) -> None:
        practice.booked(practice.clinic.patient(), "11:00", notes="Prefers the window seat")
        person = sit(practice.clinic)
        person.go(f"{practice.clinic.home}/schedule")
        person.sees(person.page.get_by_role("application").get_by_role("button").first)
        paper = printed(person, lambda: person.press("Shift+P"))
        for words in ("Day sheet", "Maria Okafor", "11:00", "Check-up", "Prefers the window seat"):
            assert words in paper, words

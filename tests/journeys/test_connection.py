"""A line that breaks, and a hand that presses twice: everything happens once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.clinic import Practice
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Person:
    practice.clinic.patient()
    desk = sit(practice.clinic, ahead=True)
    desk.go(f"{practice.clinic.home}/schedule")
    desk.sees(desk.page.get_by_role("application"))
    return desk


def choose_maria(desk: Person) -> None:
    desk.press("n")
    desk.is_at(desk.page.get_by_role("combobox").first)
    desk.type("okafor")
    desk.press("Enter")
    desk.sees(desk.button("Choose another patient"))


class TestTwice:
    def test_a_double_click_books_once(self, desk: Person, practice: Practice) -> None:
        choose_maria(desk)
        desk.dialog().get_by_role("button", name=re.compile("^Book")).dblclick()
        desk.is_told(re.compile("Maria Okafor booked for"))
        expect(desk.dialog()).to_have_count(0)
        assert len(practice.clinic.get("/appointments")["items"]) == 1

    def test_two_strokes_book_once(self, desk: Person, practice: Practice) -> None:
        choose_maria(desk)
        desk.press("Control+Enter", "Control+Enter")
        desk.is_told(re.compile("Maria Okafor booked for"))
        assert len(practice.clinic.get("/appointments")["items"]) == 1

    def test_a_double_click_takes_the_money_once(self, sit: Callable[..., Person], practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient()
        clinic.invoice(maria, 10_000)
        till = sit(clinic)
        till.go(f"{clinic.home}/patients/{maria['id']}?tab=ledger")
        till.sees(till.heading("Maria Okafor"))
        till.press("p")
        dialog = till.dialog("Take payment")
        expect(till.field("Amount", dialog)).to_have_value("100.00")
        dialog.get_by_role("button", name=re.compile("^Take payment")).dblclick()
        till.is_told(re.compile("Received"))
        assert len(clinic.get("/payments")["items"]) == 1
        assert clinic.get(f"/patients/{maria['id']}/ledger")["balance"]["amount"] == 0


class TestLine:
    def test_an_answer_that_was_lost_is_asked_for_again_and_happens_once(self, desk: Person, practice: Practice) -> None:
        """The server has booked; the line breaks before it can say so."""
        keys: list[str] = []

        def lose_the_first(route: Route) -> None:
            if route.request.method != "POST":
                return route.continue_()
            keys.append(route.request.headers["idempotency-key"])
            if len(keys) > 1:
                return route.continue_()
            route.fetch()
            return route.abort("connectionreset")

        desk.page.route("**/appointments", lose_the_first)
        desk.away = True
        choose_maria(desk)
        desk.press("Control+Enter")
        desk.is_told(re.compile("Maria Okafor booked for"))
        assert len(keys) == 2 and keys[0] == keys[1]
        assert len(practice.clinic.get("/appointments")["items"]) == 1

    def test_what_is_done_while_it_is_gone_waits_and_then_goes(self, desk: Person, practice: Practice) -> None:
        choose_maria(desk)
        desk.away = True
        desk.page.context.set_offline(True)
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_role("banner").get_by_text(re.compile("on its way|[Oo]ffline")))
        # It is on the screen already, and nowhere else.
        desk.sees(desk.page.get_by_role("application").get_by_role("button", name=re.compile("Maria Okafor")))
        assert practice.clinic.get("/appointments")["items"] == []
        desk.page.context.set_offline(False)
        desk.is_told(re.compile("Maria Okafor booked for"))
        desk.sees(desk.page.get_by_role("banner").get_by_text("All changes saved"))
        assert len(practice.clinic.get("/appointments")["items"]) == 1

    def test_a_screen_that_cannot_be_read_says_so_and_can_be_tried_again(self, desk: Person, practice: Practice) -> None:
        desk.away = True
        desk.page.context.set_offline(True)
        desk.press("j")
        desk.sees(desk.page.get_by_text(re.compile("[Oo]ffline|could not be loaded")))
        desk.page.context.set_offline(False)
        desk.press("t")
        desk.sees(desk.page.get_by_role("application"))

    def test_words_of_screens_not_opened_yet_come_when_it_is_back(self, desk: Person, practice: Practice) -> None:
        desk.away = True
        desk.page.context.set_offline(True)
        desk.page.wait_for_timeout(3_000)  # the app fetches them two seconds after it is there
        desk.page.context.set_offline(False)
        desk.press("g", "t")
        desk.sees(desk.page.get_by_text("Collected less refunds"))

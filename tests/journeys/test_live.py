"""Two people at two browsers: what one does, the other sees, within a second and by name. And one person with two tabs."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member
from tests.operations.started import until

SOON = 2_500  # a second, and what a busy machine adds


@pytest.fixture
def rada(join: Callable[[Clinic, str], Member], practice: Practice) -> Member:
    """A colleague, who works elsewhere."""
    return join(practice.clinic, "receptionist")


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Person:
    desk = sit(practice.clinic)
    look(desk.page, practice)
    return desk


def look(page: Page, practice: Practice) -> None:
    page.goto(f"{practice.clinic.home}/schedule")
    expect(page.get_by_role("application")).to_be_visible()
    expect(page.locator("[data-live=live]")).to_be_attached()


def card(page: Page, name: str):
    return page.get_by_role("application").get_by_role("button", name=re.compile(name))


@contextmanager
def unread(page: Page, what: str) -> Iterator[list[str]]:
    """Addresses that were asked for meanwhile and end like this."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if re.search(what, request.url) else None)
    yield asked


def streams(practice: Practice) -> int:
    told = httpx.get(f"{practice.clinic.origin}/metrics").text
    return int(float(re.search(r"^chairside_streams (\S+)$", told, re.M)[1]))  # type: ignore[index]


class TestTwoPeople:
    def test_what_one_books_moves_and_greets_the_other_sees_with_their_name(
        self, desk: Person, practice: Practice, rada: Member
    ) -> None:
        page = desk.page
        maria = practice.clinic.patient()
        with unread(page, r"/schedule\?") as whole:
            began = time.monotonic()
            visit = rada.appointment(maria, practice.marin, practice.one, practice.check_up, "10:00")
            expect(card(page, "Maria Okafor")).to_be_visible(timeout=SOON)
            print(f"  seen {time.monotonic() - began:.2f} s after it was asked for")
            expect(card(page, "Maria Okafor").locator(".touched")).to_have_text("Rada Receptionist")
            expect(page.get_by_text("Rada Receptionist booked Maria Okafor for")).to_be_attached()
            moved = rada.ask("POST", f"/appointments/{visit['id']}/rescheduling", json={"starts_at": practice.clinic.at("14:00")})
            expect(card(page, "Maria Okafor.*(14|2):00")).to_be_visible(timeout=SOON)
            rada.ask("POST", f"/appointments/{visit['id']}/arrival", version=moved["version"])
            expect(card(page, "Maria Okafor.*Arrived")).to_be_visible(timeout=SOON)
            rada.ask("POST", f"/appointments/{visit['id']}/cancellation", json={"reason": "ill"})
            expect(card(page, "Maria Okafor")).to_have_count(0, timeout=SOON)
            assert whole == [], "a day is not read again for one visit"

    def test_two_screens_are_never_at_odds(
        self, sit: Callable[..., Person], desk: Person, practice: Practice, rada: Member
    ) -> None:
        other = sit(rada)
        look(other.page, practice)
        maria = practice.clinic.patient()
        practice.booked(maria, "11:00")
        for page in (desk.page, other.page):
            expect(card(page, "Maria Okafor")).to_be_visible(timeout=SOON)
        # The one who did it is not told that they did.
        expect(desk.page.locator(".touched")).to_have_count(0)
        expect(other.page.locator(".touched")).to_have_text("Ana Dinu")

    def test_what_is_typed_stays_while_others_work(self, desk: Person, practice: Practice, rada: Member) -> None:
        maria, ion = practice.clinic.patient(), practice.clinic.patient("Ion", "Barbu")
        visit = practice.booked(maria, "15:00")
        desk.page.goto(f"{practice.clinic.home}/schedule?visit={visit['id']}")
        desk.click(card(desk.page, "Maria Okafor"))
        desk.press("x")
        reason = desk.dialog("Cancel visit").get_by_role("textbox")
        reason.fill("called: has a co")
        rada.ask("PATCH", f"/patients/{maria['id']}", json={"note": "x"}, version=maria["version"])
        rada.appointment(ion, practice.popa, practice.two, practice.check_up, "10:00")
        expect(desk.page.locator(".touched")).to_have_count(1, timeout=SOON)
        reason.press_sequentially("ld")
        expect(reason).to_have_value("called: has a cold")
        expect(reason).to_be_focused()

    def test_nothing_moves_under_a_hand_that_drags(self, desk: Person, practice: Practice, rada: Member) -> None:
        page = desk.page
        maria, ion = practice.clinic.patient(), practice.clinic.patient("Ion", "Barbu")
        practice.booked(maria, "10:00")
        expect(card(page, "Maria Okafor")).to_be_visible()
        card(page, "Maria Okafor").scroll_into_view_if_needed()
        box = card(page, "Maria Okafor").bounding_box()
        assert box
        page.mouse.move(box["x"] + 40, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + 40, box["y"] + 60, steps=4)
        rada.appointment(ion, practice.popa, practice.two, practice.check_up, "10:00")
        page.wait_for_timeout(800)
        expect(card(page, "Ion Barbu")).to_have_count(0)
        page.mouse.move(box["x"] + 40, box["y"] + 110, steps=4)
        page.mouse.up()
        desk.is_told(re.compile("Maria Okafor"))
        expect(card(page, "Ion Barbu")).to_be_visible(timeout=SOON)

    def test_money_and_details_of_a_patient_are_as_they_are_now(
        self, sit: Callable[..., Person], practice: Practice, rada: Member
    ) -> None:
        clinic, maria = practice.clinic, practice.clinic.patient()
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{maria['id']}?tab=ledger")
        desk.sees(desk.heading("Maria Okafor"))
        expect(desk.page.locator("[data-live=live]")).to_be_attached()
        rada.charge(maria, 12_345, "Night guard")
        expect(desk.page.get_by_role("table").get_by_text("Night guard")).to_be_visible(timeout=SOON)
        rada.ask("PATCH", f"/patients/{maria['id']}", json={"last_name": "Okafor-Lind"}, version=maria["version"])
        desk.sees(desk.heading("Maria Okafor-Lind"))


class TestTabs:
    def test_two_tabs_share_one_line_and_the_second_goes_on_when_the_first_is_closed(
        self, desk: Person, practice: Practice, rada: Member
    ) -> None:
        clinic = practice.clinic
        before = streams(practice)
        second = desk.page.context.new_page()
        look(second, practice)
        assert streams(practice) == before
        maria, ion = clinic.patient(), clinic.patient("Ion", "Barbu")
        rada.appointment(maria, practice.marin, practice.one, practice.check_up, "10:00")
        for page in (desk.page, second):
            expect(card(page, "Maria Okafor")).to_be_visible(timeout=SOON)
        desk.page.close()
        # At once: what happens before the second tab has its line is heard from the position of the first.
        rada.appointment(ion, practice.popa, practice.two, practice.check_up, "11:00")
        expect(card(second, "Ion Barbu")).to_be_visible(timeout=SOON + 1_500)
        until(lambda: streams(practice) == before, 5)
        expect(second.locator("[data-live=live]")).to_be_attached()

    def test_what_one_does_in_one_tab_is_in_the_other_and_is_no_news(self, desk: Person, practice: Practice) -> None:
        second = desk.page.context.new_page()
        look(second, practice)
        maria = practice.clinic.patient()
        practice.booked(maria, "10:00")
        for page in (desk.page, second):
            expect(card(page, "Maria Okafor")).to_be_visible(timeout=SOON)
            expect(page.locator(".touched")).to_have_count(0)


class TestAway:
    def test_after_the_network_was_gone_nothing_was_missed(self, desk: Person, practice: Practice, rada: Member) -> None:
        maria = practice.clinic.patient()
        visit = practice.booked(maria, "10:00")
        expect(card(desk.page, "Maria Okafor")).to_be_visible(timeout=SOON)
        desk.away = True
        desk.page.context.set_offline(True)
        desk.sees(desk.page.get_by_role("banner").get_by_text("Offline"))
        rada.ask("POST", f"/appointments/{visit['id']}/arrival", version=visit["version"])
        desk.page.wait_for_timeout(300)
        desk.page.context.set_offline(False)
        expect(card(desk.page, "Maria Okafor.*Arrived")).to_be_visible(timeout=SOON + 2_000)
        expect(desk.page.locator("[data-live=live]")).to_be_attached(timeout=8_000)

    def test_whoever_is_signed_out_elsewhere_is_asked_for_the_password(self, desk: Person, practice: Practice) -> None:
        desk.expects(401)
        practice.clinic.http.delete("/session")
        desk.sees(desk.dialog("Please sign in again"))

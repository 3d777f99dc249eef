"""The end of a visit: what was done is charged in the same moment."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.person import Person


@pytest.fixture
def seated(sit: Callable[..., Person], practice: Practice) -> Person:
    """Maria is in the chair, and chosen on the schedule."""
    clinic = practice.clinic
    clinic.service("Fluoride varnish", minutes=10, price=3_000)
    visit = practice.booked(clinic.patient(), "15:00")
    clinic.ask("POST", f"/appointments/{visit['id']}/seating")
    desk = sit(clinic)
    desk.go(f"{clinic.home}/schedule?visit={visit['id']}")
    desk.sees(desk.page.get_by_role("complementary", name="Visit").get_by_role("heading", name="Maria Okafor"))
    return desk


class TestCompleting:
    def test_charges_what_was_booked_at_two_strokes(self, seated: Person, practice: Practice) -> None:
        with seated.counting("complete the visit as booked") as count:
            seated.press("d")
            seated.sees(seated.dialog("Complete the visit"))
            seated.sees(seated.page.get_by_role("status").get_by_text("120.00"))
            seated.press("Control+Enter")
            seated.is_told("Visit of Maria Okafor completed")
        assert count.keys == 2
        dialog = seated.dialog("Visit of Maria Okafor completed")
        seated.sees(dialog.get_by_text(re.compile("120.00")))
        assert _balance(practice) == 12_000

    def test_counts_adds_and_asks_why_a_price_is_another(self, seated: Person, practice: Practice) -> None:
        seated.press("d")
        dialog = seated.dialog("Complete the visit")
        add = dialog.get_by_role("combobox", name="Add a service")
        seated.is_at(add)
        seated.type("fluo")
        seated.press("Enter")
        seated.field("Quantity of Fluoride varnish", dialog).fill("2")
        seated.field("Price of Check-up", dialog).fill("100")
        seated.press("Control+Enter")
        seated.sees(dialog.get_by_text("Please say why the price is another."))
        seated.is_at(seated.field("Why this price of Check-up", dialog))
        seated.type("Colleague")
        seated.sees(dialog.get_by_role("status").get_by_text("160.00"))
        seated.press("Control+Enter")
        seated.is_told("Visit of Maria Okafor completed")
        assert _balance(practice) == 16_000
        (patient,) = practice.clinic.get("/patients")["items"]
        charges = practice.clinic.get(f"/patients/{patient['id']}/ledger/charges")["items"]
        told = {
            (charge["description"], charge["quantity"], charge["amount"]["amount"], charge["price_reason"]) for charge in charges
        }
        assert told == {("Check-up", 1, 10_000, "Colleague"), ("Fluoride varnish", 2, 6_000, None)}

    def test_comes_back_with_everything_it_charged(self, seated: Person, practice: Practice) -> None:
        seated.press("d")
        seated.sees(seated.field("Quantity of Check-up"))
        seated.press("Control+Enter")
        seated.is_told("Visit of Maria Okafor completed")
        seated.click(seated.button("Later"))
        expect(seated.dialog()).to_have_count(0)
        assert _balance(practice) == 12_000
        seated.press("z")
        seated.is_told("Undone")
        seated.sees(seated.page.get_by_role("application").get_by_role("button", name=re.compile("Maria Okafor.*In chair")))
        assert _balance(practice) == 0

    def test_is_taken_back_later_in_the_day(self, seated: Person, practice: Practice) -> None:
        """Long after the notice has gone: the panel offers it, and asks first."""
        _completed(seated, practice)
        assert _balance(practice) == 12_000
        seated.press("u")
        asked = seated.dialog("Undo the completion?")
        seated.is_at(seated.button(re.compile("^Undo completion"), asked))
        seated.press("Enter")
        seated.is_told("Completion of Maria Okafor’s visit undone")
        seated.sees(seated.page.get_by_role("application").get_by_role("button", name=re.compile("Maria Okafor.*In chair")))
        assert _balance(practice) == 0
        # That was a mistake: it is as complete as it was, with all it charged.
        seated.press("z")
        seated.is_told("Undone")
        seated.sees(seated.page.get_by_role("application").get_by_role("button", name=re.compile("Maria Okafor.*Completed")))
        assert _balance(practice) == 12_000

    def test_stays_once_it_is_invoiced(self, seated: Person, practice: Practice) -> None:
        _completed(seated, practice)
        (patient,) = practice.clinic.get("/patients")["items"]
        charges = practice.clinic.get(f"/patients/{patient['id']}/ledger/charges")["items"]
        practice.clinic.post("/invoices", patient_id=patient["id"], charge_ids=[charge["id"] for charge in charges])
        seated.expects(409)
        seated.click(seated.button(re.compile("^Undo “Completed”")))
        asked = seated.dialog("Undo the completion?")
        seated.is_at(seated.button(re.compile("^Undo completion"), asked))
        seated.press("Control+Enter")
        seated.sees(asked.get_by_text("What was done is on an invoice; void that one or delete its draft first."))
        seated.press("Escape")
        seated.sees(seated.page.get_by_role("application").get_by_role("button", name=re.compile("Maria Okafor.*Completed")))
        assert _balance(practice) == 12_000

    def test_goes_on_to_the_money_at_one_more(self, seated: Person, practice: Practice) -> None:
        seated.press("d")
        seated.sees(seated.field("Quantity of Check-up"))
        seated.press("Control+Enter")
        seated.is_at(seated.button("Invoice and take payment"))
        seated.press("Enter")
        dialog = seated.dialog("Take payment")
        expect(seated.field("Amount", dialog)).to_have_value("120.00")
        seated.press("Control+Enter")
        seated.is_told(re.compile(r"Received .*120\.00 from Maria Okafor"))
        assert _balance(practice) == 0
        (invoice,) = practice.clinic.get("/invoices")["items"]
        assert (invoice["status"], invoice["total"]["amount"]) == ("paid", 12_000)


def _completed(seated: Person, practice: Practice) -> None:
    (visit,) = practice.clinic.get("/appointments")["items"]
    done = {"items": [{"service_id": practice.check_up["id"]}]}
    practice.clinic.ask("POST", f"/appointments/{visit['id']}/completion", json=done)
    seated.page.reload()
    seated.sees(seated.button(re.compile("^Undo “Completed”")))


def _balance(practice: Practice) -> int:
    (patient,) = practice.clinic.get("/patients")["items"]
    return practice.clinic.get(f"/patients/{patient['id']}/ledger")["balance"]["amount"]


def test_a_card_says_what_must_be_seen_at_once_and_says_so_after_a_step_too(
    sit: Callable[..., Person], practice: Practice
) -> None:
    clinic = practice.clinic
    patient = clinic.patient()
    for entry in ({"kind": "allergy", "name": "Latex", "severity": "severe"}, {"kind": "pregnancy"}):
        clinic.post(f"/patients/{patient['id']}/medical-history/entries", **entry)
    practice.booked(patient, "15:00")
    desk = sit(clinic)
    desk.go(f"{clinic.home}/schedule")
    card = desk.page.get_by_role("application").get_by_role("button", name=re.compile("Maria Okafor.*Latex, Pregnant"))
    desk.sees(card.locator("svg.lucide-triangle-alert"))
    desk.click(card)
    desk.press("a")
    desk.is_told(re.compile("Maria Okafor has arrived"))
    desk.sees(card.locator("svg.lucide-triangle-alert"))

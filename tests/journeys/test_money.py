"""From a charge to a receipt: invoices, payments in parts, credit, voids, refunds, a family."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic
from tests.journeys.papers import printed
from tests.journeys.person import Person


@pytest.fixture
def maria(clinic: Clinic) -> dict:
    return clinic.patient()


@pytest.fixture
def till(sit: Callable[..., Person], clinic: Clinic, maria: dict) -> Person:
    """Somebody at Maria's ledger."""
    person = sit(clinic, accept_downloads=True)
    person.go(f"{clinic.home}/patients/{maria['id']}?tab=ledger")
    person.sees(person.heading("Maria Okafor"))
    return person


def reopen(till: Person) -> None:
    till.page.reload()
    till.sees(till.heading("Maria Okafor"))


class TestCharging:
    def test_without_a_visit(self, till: Person, clinic: Clinic, maria: dict) -> None:
        clinic.service("Whitening tray", price=20_000)
        reopen(till)
        till.sees(till.page.get_by_text("Nothing charged yet"))
        till.press("+")
        dialog = till.dialog("Add charge")
        till.is_at(till.page.get_by_role("combobox", name="Service"))
        till.type("white")
        till.press("Enter")
        till.field("Quantity", dialog).fill("2")
        till.sees(dialog.get_by_role("status").get_by_text("400.00"))
        till.press("Control+Enter")
        till.is_told(re.compile("Charged: Whitening tray"))
        assert standing(clinic, maria) == (40_000, 40_000, 0)

    def test_a_mistake_is_taken_back_with_a_reason(self, till: Person, clinic: Clinic, maria: dict) -> None:
        clinic.charge(maria, 10_000, "Night guard")
        reopen(till)
        till.click(till.button("Take back: Night guard"))
        till.is_at(till.field("Reason", till.dialog("Take back")))
        till.type("Wrong patient")
        till.press("Control+Enter")
        till.is_told("Taken back: Night guard")
        till.sees(till.page.get_by_role("row", name=re.compile("Taken back: Night guard.*Wrong patient")))
        assert standing(clinic, maria) == (0, 0, 0)

    def test_the_balance_is_made_right_by_hand(self, till: Person, clinic: Clinic, maria: dict) -> None:
        clinic.charge(maria, 10_000)
        reopen(till)
        till.press("-")
        dialog = till.dialog("Adjust balance")
        till.is_at(till.field("Amount", dialog))
        till.type("25")
        till.field("Reason", dialog).fill("Goodwill")
        till.press("Control+Enter")
        till.is_told(re.compile("Balance of Maria Okafor adjusted"))
        till.sees(till.page.get_by_role("row", name=re.compile("Adjustment.*Goodwill")))
        assert standing(clinic, maria)[0] == 7_500


class TestInvoicing:
    def test_draft_then_issued_with_a_number_and_a_paper(self, till: Person, clinic: Clinic, maria: dict) -> None:
        clinic.charge(maria, 10_000, "Night guard")
        clinic.charge(maria, 4_500, "Mouth rinse")
        reopen(till)
        till.press("i")
        dialog = till.dialog("New invoice")
        till.sees(dialog.get_by_text("145.00"))
        dialog.get_by_role("checkbox", name=re.compile("Mouth rinse")).uncheck()
        till.field("Due", dialog).select_option("14")
        till.click(till.button("Keep as draft", dialog))
        till.is_told("Draft kept")
        till.sees(till.heading("Draft invoice"))
        assert standing(clinic, maria)[0] == 14_500

        till.press("i")
        till.is_told(re.compile("Invoice .+ issued"))
        (invoice,) = clinic.get("/invoices")["items"]
        assert invoice["status"] == "issued"
        till.sees(till.heading(re.compile(re.escape(invoice["number"]))))
        words = printed(till, lambda: till.press("r"))
        assert invoice["number"] in words
        assert "Night guard" in words and "Mouth rinse" not in words
        assert "Maria Okafor" in words and clinic.name in words

    def test_void_leaves_the_ledger_alone_and_what_was_paid_becomes_credit(
        self, till: Person, clinic: Clinic, maria: dict
    ) -> None:
        invoice = clinic.invoice(maria, 10_000)
        pay(clinic, maria, 4_000, invoice)
        till.go(f"{clinic.home}/patients/{maria['id']}/invoices/{invoice['id']}")
        till.sees(till.page.get_by_text("Partly paid"))
        till.click(till.button("Void"))
        till.is_at(till.field("Reason", till.dialog(re.compile("^Void"))))
        till.type("Wrong address")
        till.press("Control+Enter")
        till.is_told(f"{invoice['number']} is void")
        till.sees(till.page.get_by_text("Wrong address"))
        assert standing(clinic, maria) == (6_000, 10_000, 4_000)


class TestPaying:
    def test_in_two_parts_by_two_means(self, till: Person, clinic: Clinic, maria: dict) -> None:
        invoice = clinic.invoice(maria, 10_000)
        reopen(till)
        till.press("p")
        dialog = till.dialog("Take payment")
        expect(till.field("Amount", dialog)).to_have_value("100.00")
        till.is_at(till.field("Amount", dialog))
        till.type("30")
        till.press("Control+Enter")
        till.is_told(re.compile(r"Received .*30\.00 from Maria Okafor"))
        assert clinic.get(f"/invoices/{invoice['id']}")["status"] == "partially_paid"

        expect(till.dialog()).to_have_count(0)
        till.press("p")
        expect(till.field("Amount", dialog)).to_have_value("70.00")
        till.click(dialog.get_by_text("Card", exact=True))
        till.field("Reference", dialog).fill("slip 4711")
        till.press("Control+Enter")
        till.is_told(re.compile(r"Received .*70\.00 from Maria Okafor"))
        assert clinic.get(f"/invoices/{invoice['id']}")["status"] == "paid"
        assert standing(clinic, maria) == (0, 0, 0)
        till.sees(till.page.get_by_role("row", name=re.compile("Payment · Card")))

    def test_over_several_invoices_the_oldest_first_and_more_than_due_stays_as_credit(
        self, till: Person, clinic: Clinic, maria: dict
    ) -> None:
        first, second = clinic.invoice(maria, 10_000), clinic.invoice(maria, 5_000)
        reopen(till)
        till.press("p")
        dialog = till.dialog("Take payment")
        expect(till.field(f"Covers of {first['number']}", dialog)).to_have_value("100.00")
        till.field("Amount", dialog).fill("120")
        expect(till.field(f"Covers of {second['number']}", dialog)).to_have_value("20.00")
        till.field("Amount", dialog).fill("200")
        till.sees(dialog.get_by_text(re.compile("Stays as credit")))
        till.press("Control+Enter")
        till.is_told(re.compile("Received"))
        assert [clinic.get(f"/invoices/{one['id']}")["status"] for one in (first, second)] == ["paid", "paid"]
        assert standing(clinic, maria) == (-5_000, 0, 5_000)

    def test_with_credit(self, till: Person, clinic: Clinic, maria: dict) -> None:
        pay(clinic, maria, 5_000)
        invoice = clinic.invoice(maria, 4_000)
        till.go(f"{clinic.home}/patients/{maria['id']}/invoices/{invoice['id']}")
        till.sees(till.button(re.compile("Use credit")))
        till.press("c")
        till.is_told(f"Credit used for {invoice['number']}")
        till.sees(till.page.get_by_text("Paid", exact=True))
        assert standing(clinic, maria) == (-1_000, 0, 1_000)

    def test_has_a_receipt_and_can_be_given_back(self, till: Person, clinic: Clinic, maria: dict) -> None:
        invoice = clinic.invoice(maria, 10_000)
        pay(clinic, maria, 10_000, invoice)
        reopen(till)
        till.click(till.button("Payment · Cash"))
        sheet = till.dialog("Payment")
        words = printed(till, lambda: till.click(sheet.get_by_role("link", name="Receipt")))
        assert "100.00" in words and "Maria Okafor" in words and invoice["number"] in words
        till.click(till.button("Refund", sheet))
        refund = till.dialog("Refund")
        till.is_at(till.field("Amount", refund))
        till.type("40")
        till.field("Reason", refund).fill("Crown not fitted")
        till.press("Control+Enter")
        till.is_told(re.compile(r"Refunded .*40\.00 to Maria Okafor"))
        assert clinic.get(f"/invoices/{invoice['id']}")["balance_due"]["amount"] == 4_000
        assert standing(clinic, maria)[0] == 4_000


class TestFamily:
    def test_one_pays_for_another_and_both_balances_are_seen(self, till: Person, clinic: Clinic, maria: dict) -> None:
        child = clinic.patient("Luca", "Okafor", "2016-03-04", guarantor_id=maria["id"])
        mine, theirs = clinic.invoice(maria, 10_000), clinic.invoice(child, 3_000)
        reopen(till)
        till.sees(till.page.get_by_text("130.00"))
        till.click(till.button(re.compile("130.00.*2 people")))
        till.sees(till.page.get_by_role("link", name="Luca Okafor"))
        till.press("p")
        dialog = till.dialog("Take payment")
        till.click(till.button(re.compile("Whole family"), dialog))
        expect(till.field("Amount", dialog)).to_have_value("130.00")
        expect(till.field(f"Covers of {theirs['number']}", dialog)).to_have_value("30.00")
        till.press("Control+Enter")
        till.is_told(re.compile("Received"))
        assert [clinic.get(f"/invoices/{one['id']}")["status"] for one in (mine, theirs)] == ["paid", "paid"]


class TestWithoutAMouse:
    def test_a_balance_is_written_off_a_payment_given_back_and_an_invoice_made_void(
        self, till: Person, clinic: Clinic, maria: dict
    ) -> None:
        invoice = clinic.invoice(maria, 10_000)
        pay(clinic, maria, 10_000, invoice)
        clinic.charge(maria, 2_500)
        reopen(till)
        till.sees(till.page.get_by_role("row", name=re.compile("Payment · Cash")))

        till.press("-")
        dialog = till.dialog()
        till.is_at(till.field("Amount", dialog))
        till.type("25")
        till.press("Tab")
        till.is_at(till.field("Reason", dialog))
        till.type("Moved away")
        till.press("Tab", "Space", "Control+Enter")
        till.is_told(re.compile(r"25\.00"))
        expect(till.dialog()).to_have_count(0)
        till.sees(till.page.get_by_role("row", name=re.compile("[Ww]rite-off.*Moved away|Moved away.*[Ww]rite-off|Written off")))
        assert standing(clinic, maria)[0] == 0

        payment = till.button("Payment · Cash")
        payment.focus()
        till.press("Enter")
        sheet = till.dialog("Payment")
        till.button("Refund", sheet).focus()
        till.press("Enter")
        refund = till.dialog("Refund")
        till.is_at(till.field("Amount", refund))
        till.press("Enter")
        till.type("Never came")
        till.press("Control+Enter")
        till.is_told(re.compile(r"Refunded .*100\.00"))
        till.sees(sheet.get_by_text("Never came"))
        till.press("Escape")
        expect(till.dialog()).to_have_count(0)
        till.is_at(payment)

        link = till.page.get_by_role("link", name=invoice["number"]).first
        link.focus()
        till.press("Enter")
        till.sees(till.heading(re.compile("^Invoice")))
        till.press("Control+k")
        till.sees(till.dialog("Command palette"))
        till.type("void")
        till.sees(till.page.get_by_role("option", name="Void"))
        till.press("Enter")
        till.is_at(till.field("Reason", till.dialog(re.compile("^Void"))))
        till.type("Wrong address")
        till.press("Control+Enter")
        till.is_told(f"{invoice['number']} is void")
        assert clinic.get(f"/invoices/{invoice['id']}")["status"] == "void"


def standing(clinic: Clinic, patient: dict) -> tuple[int, int, int]:
    """Balance, what is on no invoice, unused credit; minor units."""
    ledger = clinic.get(f"/patients/{patient['id']}/ledger")
    return ledger["balance"]["amount"], ledger["unbilled"]["amount"], ledger["unapplied"]["amount"]


def pay(clinic: Clinic, patient: dict, amount: int, *invoices: dict) -> None:
    parts = [{"invoice_id": one["id"], "amount": clinic.money(amount)} for one in invoices]
    clinic.post("/payments", patient_id=patient["id"], amount=clinic.money(amount), method="cash", allocations=parts)

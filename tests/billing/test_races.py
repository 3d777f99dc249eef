"""Two at once: whoever comes second sees what the first did."""

import asyncio
from collections import Counter

from tests.billing.books import wrong
from tests.billing.test_ledger import ledger, ron


async def at_once(*requests):
    return Counter((answer.status_code, answer.json().get("code")) for answer in await asyncio.gather(*requests))


def pay(clinic, patient, amount, *parts, **more):
    body = {"patient_id": str(patient.id), "amount": ron(amount), "method": "card"}
    body["allocations"] = [{"invoice_id": str(invoice.id), "amount": ron(part)} for invoice, part in parts]
    return clinic.ask("POST", "/payments", json=body, **more)


class TestTwoAtOnce:
    async def test_payments_never_overpay_an_invoice(self, north, given, root):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 1_000)
        answers = await at_once(*(pay(north, patient, 400, (invoice, 400)) for _ in range(6)))
        assert answers == {(201, None): 2, (409, "MoreThanDue"): 4}
        assert (await north.ask("GET", f"/invoices/{invoice.id}")).json()["balance_due"] == ron(200)
        assert wrong(root, north.id) == {}

    async def test_payments_over_the_same_invoices_in_any_order_never_wait_for_each_other(self, north, given, root):
        patient = await given.patient(north)
        invoices = [await given.invoice(north, patient, 1_000) for _ in range(4)]
        tries = [pay(north, patient, 40, *((invoice, 10) for invoice in invoices[:: 1 if n % 2 else -1])) for n in range(8)]
        assert await at_once(*tries) == {(201, None): 8}
        assert (await ledger(north, patient))["balance"] == ron(4_000 - 8 * 40)
        assert wrong(root, north.id) == {}

    async def test_payments_without_names_share_what_is_due(self, north, given, root):
        patient = await given.patient(north)
        await given.invoice(north, patient, 1_000)
        body = {"patient_id": str(patient.id), "amount": ron(400), "method": "cash"}
        assert await at_once(*(north.ask("POST", "/payments", json=body) for _ in range(4))) == {(201, None): 4}
        found = await ledger(north, patient)
        assert (found["balance"], found["unapplied"]) == (ron(-600), ron(600))
        assert wrong(root, north.id) == {}

    async def test_a_payment_and_a_void(self, north, given, root):
        patient = await given.patient(north)
        for _ in range(4):
            invoice = await given.invoice(north, patient, 100)
            void = north.ask("POST", f"/invoices/{invoice.id}/void", json={"reason": "x"})
            answers = await at_once(pay(north, patient, 100, (invoice, 100)), void)
            assert answers[(200, None)] == 1, answers
            assert answers[(201, None)] + answers[(409, "InvoiceIsVoid")] == 1
            assert wrong(root, north.id) == {}

    async def test_voids(self, north, given, root):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 100)
        await given.payment(north, patient, 60)
        voids = [north.ask("POST", f"/invoices/{invoice.id}/void", json={"reason": "x"}) for _ in range(4)]
        assert await at_once(*voids) == {(200, None): 1, (409, "InvoiceIsVoid"): 3}
        assert (await ledger(north, patient))["unapplied"] == ron(60)
        assert wrong(root, north.id) == {}

    async def test_refunds_never_give_back_more_than_was_paid(self, north, given, root):
        patient = await given.patient(north)
        await given.invoice(north, patient, 60)
        paid = await given.payment(north, patient, 100)
        body = {"amount": ron(40), "reason": "x"}
        refunds = [north.ask("POST", f"/payments/{paid.id}/refunds", json=body) for _ in range(5)]
        assert await at_once(*refunds) == {(201, None): 2, (409, "MoreThanRefundable"): 3}
        assert wrong(root, north.id) == {}

    async def test_a_refund_and_what_applies_the_same_credit(self, north, given, root):
        patient = await given.patient(north)
        for _ in range(4):
            paid = await given.payment(north, patient, 100, parts=[])
            invoice = await given.invoice(north, patient, 100)
            answers = await at_once(
                north.ask("POST", f"/payments/{paid.id}/refunds", json={"amount": ron(100), "reason": "x"}),
                north.ask("POST", f"/invoices/{invoice.id}/allocations", json={}),
            )
            assert answers[(201, None)] >= 1
            assert (await north.ask("GET", f"/payments/{paid.id}")).json()["status"] == "refunded"
            assert wrong(root, north.id) == {}

    async def test_drafts_bill_a_charge_once(self, north, given, root):
        patient = await given.patient(north)
        charge = await given.charge(north, patient)
        body = {"patient_id": str(patient.id), "charge_ids": [str(charge.id)]}
        drafts = [north.ask("POST", "/invoices", json=body) for _ in range(5)]
        assert await at_once(*drafts) == {(201, None): 1, (409, "ChargeAlreadyBilled"): 4}
        await given.charge(north, patient)
        drafts = [north.ask("POST", "/invoices", json={"patient_id": str(patient.id)}) for _ in range(5)]
        assert await at_once(*drafts) == {(201, None): 1, (409, "NothingToBill"): 4}
        assert wrong(root, north.id) == {}

    async def test_a_draft_and_a_reversal_of_its_charge(self, north, given, root):
        patient = await given.patient(north)
        for _ in range(4):
            charge = await given.charge(north, patient)
            path = f"/patients/{patient.id}/ledger/charges/{charge.id}/reversal"
            answers = await at_once(
                north.ask("POST", "/invoices", json={"patient_id": str(patient.id), "charge_ids": [str(charge.id)]}),
                north.ask("POST", path, json={"reason": "x"}),
            )
            done = answers[(201, None)] + answers[(200, None)]
            assert (done, answers[(409, "ChargeAlreadyBilled")] + answers[(409, "ChargeAlreadyReversed")]) == (1, 1), answers
            assert wrong(root, north.id) == {}

    async def test_issues_leave_no_gap_though_some_are_refused(self, north, given, root):
        patient = await given.patient(north)
        invoices = [await given.invoice(north, patient, issued=False) for _ in range(6)]
        tries = [north.ask("POST", f"/invoices/{invoice.id}/issue") for invoice in invoices for _ in range(2)]
        assert await at_once(*tries) == {(200, None): 6, (409, "InvoiceIsIssued"): 6}
        numbers = {(await north.ask("GET", f"/invoices/{invoice.id}")).json()["number"] for invoice in invoices}
        assert numbers == {f"INV-0000{n}" for n in range(1, 7)}
        assert wrong(root, north.id) == {}

    async def test_a_double_click_with_one_key(self, north, given, root):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 100)
        twice = [pay(north, patient, 50, (invoice, 50), headers={"idempotency-key": "click"}) for _ in range(4)]
        answers = await at_once(*twice)
        assert set(answers) <= {(201, None), (409, "IdempotencyKeyInFlight")}
        again = await pay(north, patient, 50, (invoice, 50), headers={"idempotency-key": "click"})
        assert again.status_code == 201
        assert (await ledger(north, patient))["balance"] == ron(50)
        assert wrong(root, north.id) == {}

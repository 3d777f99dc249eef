import pytest

from tests.billing.books import wrong
from tests.billing.test_ledger import NEVER, ledger, ron


async def pay(clinic, patient, amount, parts=None, **more):
    body = {"patient_id": str(patient.id), "amount": ron(amount), "method": "cash", **more}
    if parts is not None:
        body["allocations"] = [{"invoice_id": str(invoice.id), "amount": ron(part)} for invoice, part in parts]
    return await clinic.ask("POST", "/payments", json=body)


async def state(clinic, invoice):
    found = (await clinic.ask("GET", f"/invoices/{invoice.id}")).json()
    return found["status"], found["balance_due"]["amount"]


async def refund(clinic, payment, amount, **more):
    return await clinic.ask("POST", f"/payments/{payment['id']}/refunds", json={"amount": ron(amount), "reason": "Left"}, **more)


class TestCollect:
    async def test_covers_what_is_due_first_first_when_nothing_is_named(self, north, given, root):
        patient = await given.patient(north)
        later = await given.invoice(north, patient, 1_000, terms_days=30)
        sooner = await given.invoice(north, patient, 500, terms_days=3)
        await given.invoice(north, patient, 900, issued=False)
        answer = await pay(north, patient, 700, reference="Till 2")
        assert answer.status_code == 201, answer.text
        paid = answer.json()
        assert (paid["status"], paid["unapplied"], paid["reference"], paid["method"]) == ("succeeded", ron(0), "Till 2", "cash")
        covered = {share["invoice_id"]: share["amount"]["amount"] for share in paid["allocations"]}
        assert covered == {str(sooner.id): 500, str(later.id): 200}
        assert (await state(north, sooner), await state(north, later)) == (("paid", 0), ("partially_paid", 800))
        assert wrong(root, north.id) == {}

    async def test_keeps_what_covers_nothing_as_credit(self, north, given, root):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 500)
        assert (await pay(north, patient, 300, parts=[])).json()["unapplied"] == ron(300)
        assert (await pay(north, patient, 900)).json()["unapplied"] == ron(400)
        assert await state(north, invoice) == ("paid", 0)
        found = await ledger(north, patient)
        assert (found["balance"], found["unapplied"]) == (ron(-700), ron(700))
        assert wrong(root, north.id) == {}

    async def test_covers_several_invoices_as_named(self, north, given, root):
        patient = await given.patient(north)
        first, second = [await given.invoice(north, patient, 500) for _ in range(2)]
        answer = await pay(north, patient, 600, parts=[(second, 500), (first, 50)])
        assert answer.json()["unapplied"] == ron(50)
        assert (await state(north, first), await state(north, second)) == (("partially_paid", 450), ("paid", 0))
        assert wrong(root, north.id) == {}

    async def test_covers_the_familys_invoices(self, north, given, root):
        head = await given.patient(north, "Head")
        child, other = [await given.patient(north, "Child", guarantor_id=head.id) for _ in range(2)]
        invoice = await given.invoice(north, child, 500)
        assert (await pay(north, head, 200, parts=[(invoice, 200)])).status_code == 201
        assert (await pay(north, other, 200, parts=[(invoice, 200)])).status_code == 201
        assert await state(north, invoice) == ("partially_paid", 100)
        assert [(await ledger(north, who))["balance"]["amount"] for who in (head, child, other)] == [0, 100, 0]
        assert wrong(root, north.id) == {}

    async def test_refuses_another_familys_invoice(self, north, given):
        invoice = await given.invoice(north, await given.patient(north), 500)
        answer = await pay(north, await given.patient(north), 200, parts=[(invoice, 200)])
        assert (answer.status_code, answer.json()["code"]) == (409, "InvoiceOfAnotherFamily")

    async def test_refuses_more_than_is_due_or_paid(self, north, given):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 500)
        answer = await pay(north, patient, 900, parts=[(invoice, 501)])
        assert (answer.status_code, answer.json()["code"], answer.json()["facts"]["balance_due"]) == (409, "MoreThanDue", 500)
        answer = await pay(north, patient, 300, parts=[(invoice, 400)])
        assert (answer.status_code, answer.json()["code"]) == (409, "MoreThanPaid")
        assert (await ledger(north, patient))["balance"] == ron(500)

    async def test_refuses_a_draft(self, north, given):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 500, issued=False)
        answer = await pay(north, patient, 300, parts=[(invoice, 300)])
        assert (answer.status_code, answer.json()["code"]) == (409, "InvoiceIsDraft")

    async def test_does_not_know_strangers(self, north, south, given):
        patient, stranger = await given.patient(north), await given.patient(south)
        theirs = await given.invoice(south, stranger)
        answers = [await pay(north, stranger, 5), await pay(north, type("Never", (), {"id": NEVER}), 5)]
        assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "NoSuchPatient")}
        answers = [await pay(north, patient, 5, parts=[(one, 5)]) for one in (theirs, type("Never", (), {"id": NEVER}))]
        assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "NoSuchInvoice")}

    @pytest.mark.parametrize(
        "body, pointer",
        [
            ({"amount": ron(0)}, "/amount"),
            ({"amount": ron(-5)}, "/amount"),
            ({"amount": ron(10**12 + 1)}, "/amount/amount"),
            ({"amount": {"amount": 5, "currency": "EUR"}}, "/amount/currency"),
            ({"amount": 5}, "/amount"),
            ({"method": "barter"}, "/method"),
            (
                {"allocations": [{"invoice_id": NEVER, "amount": {"amount": 1, "currency": "EUR"}}]},
                "/allocations/0/amount/currency",
            ),
            ({"allocations": [{"invoice_id": NEVER, "amount": ron(0)}]}, "/allocations/0/amount"),
            ({"allocations": [{"invoice_id": NEVER, "amount": ron(1)}] * 2}, "/allocations"),
            ({"patient_id": "x"}, "/patient_id"),
        ],
    )
    async def test_points_at_what_is_wrong(self, north, given, body, pointer):
        patient = await given.patient(north)
        whole = {"patient_id": str(patient.id), "amount": ron(5), "method": "cash"}
        answer = await north.ask("POST", "/payments", json=whole | body)
        assert (answer.status_code, [e["pointer"] for e in answer.json()["errors"]]) == (422, [pointer])

    async def test_sent_again_with_its_key_is_taken_once(self, north, given):
        patient = await given.patient(north)
        body = {"patient_id": str(patient.id), "amount": ron(5), "method": "card"}
        first, second = [await north.ask("POST", "/payments", json=body, headers={"idempotency-key": "k"}) for _ in range(2)]
        assert first.json() == second.json()
        assert (await ledger(north, patient))["balance"] == ron(-5)
        other = await north.ask("POST", "/payments", json=body | {"amount": ron(6)}, headers={"idempotency-key": "k"})
        assert (other.status_code, other.json()["code"]) == (422, "IdempotencyKeyReused")


class TestApplyCredit:
    async def test_uses_the_patients_own_first_then_the_familys_oldest(self, north, given, root):
        head = await given.patient(north, "Head")
        child = await given.patient(north, "Child", guarantor_id=head.id)
        for who, amount in ((head, 100), (head, 200), (child, 50)):
            await pay(north, who, amount, parts=[])
        invoice = await given.invoice(north, child, 250)
        answer = await north.ask("POST", f"/invoices/{invoice.id}/allocations", json={})
        assert (answer.json()["status"], [paid["amount"]["amount"] for paid in answer.json()["payments"]]) == (
            "paid",
            [100, 100, 50],
        )
        assert [(await ledger(north, who))["unapplied"]["amount"] for who in (head, child)] == [100, 0]
        assert wrong(root, north.id) == {}

    async def test_uses_no_more_than_is_asked(self, north, given):
        patient = await given.patient(north)
        await pay(north, patient, 100, parts=[])
        invoice = await given.invoice(north, patient, 250)
        path = f"/invoices/{invoice.id}/allocations"
        assert (await north.ask("POST", path, json={"amount": ron(30)})).json()["balance_due"] == ron(220)
        answer = await north.ask("POST", path, json={"amount": ron(80)})
        assert (answer.status_code, answer.json()["code"], answer.json()["facts"]) == (409, "NotEnoughCredit", {"available": 70})
        answer = await north.ask("POST", path, json={"amount": ron(221)})
        assert (answer.status_code, answer.json()["code"]) == (409, "MoreThanDue")
        assert (await north.ask("POST", path, json={}, version=1)).status_code == 412
        assert (await north.ask("POST", path, json={})).json()["balance_due"] == ron(150)
        answer = await north.ask("POST", path, json={})
        assert (answer.status_code, answer.json()["code"]) == (409, "NotEnoughCredit")

    async def test_leaves_another_familys_credit_alone(self, north, given):
        await pay(north, await given.patient(north), 100, parts=[])
        invoice = await given.invoice(north, await given.patient(north), 250)
        answer = await north.ask("POST", f"/invoices/{invoice.id}/allocations", json={})
        assert (answer.status_code, answer.json()["code"]) == (409, "NotEnoughCredit")


class TestRefund:
    async def test_gives_back_what_is_unapplied_first(self, north, given, root):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 500)
        paid = (await pay(north, patient, 800)).json()
        answer = await refund(north, paid, 300)
        assert answer.status_code == 201, answer.text
        found = answer.json()
        assert (found["amount"], found["reason"], found["payment"]["status"]) == (ron(300), "Left", "partially_refunded")
        assert await state(north, invoice) == ("paid", 0)
        assert (await ledger(north, patient))["balance"] == ron(0)
        assert wrong(root, north.id) == {}

    async def test_opens_the_invoices_that_were_covered_last(self, north, given, root):
        patient = await given.patient(north)
        first, second = [await given.invoice(north, patient, 500) for _ in range(2)]
        paid = (await pay(north, patient, 900, parts=[(first, 500)])).json()
        await north.ask("POST", f"/invoices/{second.id}/allocations", json={})
        answer = await refund(north, paid, 450)
        assert answer.status_code == 201, answer.text
        assert (await state(north, first), await state(north, second)) == (("partially_paid", 50), ("issued", 500))
        rest = await refund(north, paid, 450)
        assert rest.json()["payment"]["status"] == "refunded"
        assert await state(north, first) == ("issued", 500)
        assert (await ledger(north, patient))["balance"] == ron(1_000)
        assert wrong(root, north.id) == {}

    async def test_refuses_more_than_is_left(self, north, given):
        paid = (await pay(north, await given.patient(north), 100)).json()
        assert (await refund(north, paid, 60)).status_code == 201
        answer = await refund(north, paid, 41)
        assert (answer.status_code, answer.json()["code"]) == (409, "MoreThanRefundable")
        assert answer.json()["facts"] == {"refundable": 40}

    async def test_honours_the_version_that_was_seen(self, north, given):
        paid = (await pay(north, await given.patient(north), 100)).json()
        assert (await refund(north, paid, 10, version=paid["version"])).status_code == 201
        stale = await refund(north, paid, 10, version=paid["version"])
        assert (stale.status_code, stale.json()["code"]) == (412, "PaymentIsStale")

    async def test_does_not_know_a_payment_of_another_clinic(self, north, south, given):
        theirs = await given.payment(south, await given.patient(south), 100)
        answers = [
            await north.ask(method, f"/payments/{id}{path}", json=body)
            for id in (theirs.id, NEVER)
            for method, path, body in (
                ("GET", "", None),
                ("GET", "/receipt", None),
                ("POST", "/refunds", {"amount": ron(1), "reason": "x"}),
            )
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({str(answer.json() | {"request_id": ""}) for answer in answers}) == 1

    async def test_is_for_payments_not_for_other_credit(self, north, given, root):
        patient = await given.patient(north)
        await north.ask("POST", f"/patients/{patient.id}/ledger/adjustments", json={"amount": ron(-5), "reason": "x"})
        [(credit,)] = root.execute("select id from credit where clinic_id = %s", [north.id]).fetchall()
        root.rollback()
        assert (await refund(north, {"id": credit}, 5)).status_code == 404


class TestList:
    async def test_filters_and_pages(self, north, south, given):
        one, two = await given.patient(north), await given.patient(north)
        await given.payment(south, await given.patient(south), 5)
        made = [str((await given.payment(north, who, amount)).id) for who in (one, two) for amount in (10, 20)]
        await north.ask("POST", f"/patients/{one.id}/ledger/adjustments", json={"amount": ron(-5), "reason": "x"})
        seen, cursor = [], ""
        while cursor is not None:
            page = (await north.ask("GET", "/payments", params={"limit": 3, "cursor": cursor})).json()
            seen += [payment["id"] for payment in page["items"]]
            cursor = page["next_cursor"]
        assert seen == made[::-1]
        found = await north.ask("GET", "/payments", params={"patient_id": str(one.id)})
        assert [payment["id"] for payment in found.json()["items"]] == made[1::-1]

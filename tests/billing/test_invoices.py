from datetime import timedelta

import pytest

from chairside import billing
from chairside.kernel import clock
from tests.billing.books import wrong
from tests.billing.test_ledger import NEVER, ledger, ron


async def draft(clinic, patient, **body):
    return await clinic.ask("POST", "/invoices", json={"patient_id": str(patient.id), **body})


class TestDraft:
    async def test_bills_all_open_charges_when_none_is_named(self, north, given, root):
        patient = await given.patient(north, "Ana", "D'Arc")
        for amount in (100, 250):
            await given.charge(north, patient, amount)
        answer = await draft(north, patient)
        assert answer.status_code == 201, answer.text
        invoice = answer.json()
        assert (invoice["number"], invoice["status"], invoice["overdue"], invoice["version"]) == (None, "draft", False, 1)
        assert [(line["quantity"], line["unit_price"], line["total"]) for line in invoice["lines"]] == [
            (1, ron(100), ron(100)), (1, ron(250), ron(250)),
        ]  # fmt: skip
        assert (invoice["total"], invoice["balance_due"], invoice["patient"]["name"]) == (ron(350), ron(350), "Ana D'Arc")
        assert (await ledger(north, patient))["unbilled"] == ron(0)
        again = await draft(north, patient)
        assert (again.status_code, again.json()["code"]) == (409, "NothingToBill")
        assert wrong(root, north.id) == {}

    async def test_bills_the_named_charges_only(self, north, given):
        patient = await given.patient(north)
        first, second = [await given.charge(north, patient, amount) for amount in (100, 250)]
        assert (await draft(north, patient, charge_ids=[str(second.id)])).json()["total"] == ron(250)
        both = await draft(north, patient, charge_ids=[str(first.id), str(second.id)])
        assert (both.status_code, both.json()["code"]) == (409, "ChargeAlreadyBilled")
        assert both.json()["facts"]["charge_id"] == str(second.id)
        assert (await ledger(north, patient))["unbilled"] == ron(100)

    async def test_has_an_opening_balance_as_one_line(self, north, given):
        patient = await given.patient(north)
        async with north.op() as op:
            await billing.add_opening_balances(op, balances={patient.id: 12_345}, source=patient.id)
        await given.charge(north, patient, 100)
        lines = (await draft(north, patient)).json()["lines"]
        assert [(line["kind"], line["description"], line["total"]["amount"]) for line in lines] == [
            ("opening_balance", "balance brought forward", 12_345), ("service", "Cleaning", 100),
        ]  # fmt: skip

    async def test_does_not_know_what_is_not_this_patients(self, north, south, given):
        patient, other = await given.patient(north), await given.patient(north)
        mine = await given.charge(north, patient)
        others = await given.charge(north, other)
        theirs = await given.charge(south, await given.patient(south))
        answers = [await draft(north, patient, charge_ids=[str(mine.id), str(id)]) for id in (others.id, theirs.id, NEVER)]
        assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "NoSuchCharge")}
        assert len({str(answer.json() | {"request_id": ""}) for answer in answers}) == 1
        stranger = await given.patient(south)
        answers = [await north.ask("POST", "/invoices", json={"patient_id": str(id)}) for id in (stranger.id, NEVER)]
        assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "NoSuchPatient")}

    @pytest.mark.parametrize(
        "body, pointer",
        [
            ({"charge_ids": []}, "/charge_ids"),
            ({"charge_ids": [NEVER, NEVER]}, "/charge_ids"),
            ({"due_on": "2027-02-30"}, "/due_on"),
            ({"due_on": "0001-01-01"}, "/due_on"),
            ({"payment_terms_days": -1}, "/payment_terms_days"),
            ({"lines": []}, "/lines"),
        ],
    )
    async def test_points_at_what_is_wrong(self, north, given, body, pointer):
        answer = await draft(north, await given.patient(north), **body)
        assert (answer.status_code, [e["pointer"] for e in answer.json()["errors"]]) == (422, [pointer])

    async def test_needs_a_key(self, north, given):
        body = {"patient_id": str((await given.patient(north)).id)}
        answer = await north.http.post(
            f"/clinics/{north.slug}/invoices", json=body, headers={"authorization": f"Bearer {north.token}"}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "IdempotencyKeyMissing")


class TestChange:
    async def test_changes_a_draft(self, north, given):
        invoice = await given.invoice(north, await given.patient(north), issued=False)
        path = f"/invoices/{invoice.id}"
        assert (await north.ask("PATCH", path, json={"note": "x"})).status_code == 428
        answer = await north.ask("PATCH", path, json={"note": "Thank you", "payment_terms_days": 30}, version=1)
        assert (answer.json()["note"], answer.json()["payment_terms_days"], answer.json()["version"]) == ("Thank you", 30, 2)
        stale = await north.ask("PATCH", path, json={"note": "y"}, version=1)
        assert (stale.status_code, stale.json()["code"], stale.json()["facts"]) == (412, "InvoiceIsStale", {"version": 2})

    async def test_refuses_an_issued_one(self, north, given):
        invoice = await given.invoice(north, await given.patient(north))
        answer = await north.ask("PATCH", f"/invoices/{invoice.id}", json={"note": "x"}, version=invoice.version)
        assert (answer.status_code, answer.json()["code"]) == (409, "InvoiceIsIssued")


class TestDiscard:
    async def test_frees_the_charges_of_a_draft(self, north, given, root):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 100, 200, issued=False)
        assert (await north.ask("DELETE", f"/invoices/{invoice.id}")).status_code == 428
        assert (await north.ask("DELETE", f"/invoices/{invoice.id}", version=9)).status_code == 412
        assert (await north.ask("DELETE", f"/invoices/{invoice.id}", version=1)).status_code == 204
        assert (await north.ask("GET", f"/invoices/{invoice.id}")).status_code == 404
        assert (await draft(north, patient)).json()["total"] == ron(300)
        assert wrong(root, north.id) == {}

    async def test_refuses_an_issued_one(self, north, given):
        invoice = await given.invoice(north, await given.patient(north))
        answer = await north.ask("DELETE", f"/invoices/{invoice.id}", version=invoice.version)
        assert (answer.status_code, answer.json()["code"]) == (409, "InvoiceIsIssued")


class TestIssue:
    async def test_gives_the_next_number_and_the_days(self, north, given):
        patient = await given.patient(north)
        first, second = [await given.invoice(north, patient, issued=False, terms_days=terms) for terms in (0, 14)]
        numbers = []
        for invoice in (first, second):
            answer = await north.ask("POST", f"/invoices/{invoice.id}/issue")
            assert answer.status_code == 200, answer.text
            found = answer.json()
            numbers.append((found["number"], found["status"]))
        assert numbers == [("INV-00001", "issued"), ("INV-00002", "issued")]
        async with north.op(now=clock.now()) as op:
            today = op.today
        assert (found["issued_on"], found["due_on"]) == (str(today), str(today + timedelta(days=14)))

    async def test_keeps_names_and_prices_as_they_were(self, north, given):
        patient = await given.patient(north, "Ana", "Popescu")
        service = await given.service(north, "Cleaning", price=500)
        await north.ask("POST", f"/patients/{patient.id}/ledger/charges", json={"service_id": str(service.id)})
        invoice = (await draft(north, patient)).json()
        await north.ask("POST", f"/invoices/{invoice['id']}/issue")
        await north.ask("PATCH", f"/services/{service.id}", json={"name": "Polish", "price": ron(900)}, version=1)
        await north.ask("PATCH", f"/patients/{patient.id}", json={"last_name": "Ionescu"}, version=1)
        await north.ask("PATCH", "", json={"name": "Other"}, version=1)
        async with north.op() as op:
            sheet = await billing.get_invoice(op, invoice_id=invoice["id"])
        assert [(line["description"], line["total"]) for line in sheet.lines] == [("Cleaning", 500)]
        assert (sheet.parties["patient"]["name"], sheet.parties["clinic"]["name"]) == ("Ana Popescu", "north")

    async def test_is_refused_twice(self, north, given):
        invoice = await given.invoice(north, await given.patient(north))
        answer = await north.ask("POST", f"/invoices/{invoice.id}/issue")
        assert (answer.status_code, answer.json()["code"]) == (409, "InvoiceIsIssued")

    async def test_honours_the_version_that_was_seen(self, north, given):
        invoice = await given.invoice(north, await given.patient(north), issued=False)
        assert (await north.ask("POST", f"/invoices/{invoice.id}/issue", version=2)).status_code == 412
        assert (await north.ask("POST", f"/invoices/{invoice.id}/issue", version=1)).status_code == 200

    async def test_is_overdue_the_day_after_it_is_due(self, north, given):
        patient = await given.patient(north)
        async with north.op(now=clock.now()) as op:
            today = op.today
        due = await given.invoice(north, patient, 100, due_on=today)
        late = await given.invoice(north, patient, 200, due_on=today - timedelta(days=1))
        found = (await north.ask("GET", "/invoices", params={"overdue": "true"})).json()["items"]
        assert [(item["id"], item["overdue"]) for item in found] == [(str(late.id), True)]
        assert (await north.ask("GET", f"/invoices/{due.id}")).json()["overdue"] is False
        await given.payment(north, patient, 200, parts=[(late.id, 200)])
        assert (await north.ask("GET", f"/invoices/{late.id}")).json()["overdue"] is False
        assert (await north.ask("GET", "/invoices", params={"overdue": "true"})).json()["items"] == []


class TestVoid:
    async def void(self, clinic, invoice, **more):
        return await clinic.ask("POST", f"/invoices/{invoice.id}/void", json={"reason": "Wrong insurer"}, **more)

    async def test_leaves_the_balance_alone(self, north, given, root):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 1_000)
        await given.payment(north, patient, 400)
        before = await ledger(north, patient)
        answer = await self.void(north, invoice)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert (found["status"], found["number"], found["void_reason"]) == ("void", "INV-00001", "Wrong insurer")
        assert (found["balance_due"], found["payments"], len(found["lines"])) == (ron(0), [], 1)
        after = await ledger(north, patient)
        assert (after["items"], after["balance"]) == (before["items"], before["balance"])
        assert (after["unapplied"], after["unbilled"]) == (ron(400), ron(1_000))
        assert wrong(root, north.id) == {}

    async def test_lets_the_charges_be_billed_again_under_the_next_number(self, north, given, root):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 1_000)
        await given.payment(north, patient, 400)
        await self.void(north, invoice)
        again = (await draft(north, patient)).json()
        issued = (await north.ask("POST", f"/invoices/{again['id']}/issue")).json()
        assert (issued["number"], issued["total"], issued["status"]) == ("INV-00002", ron(1_000), "issued")
        covered = (await north.ask("POST", f"/invoices/{again['id']}/allocations", json={})).json()
        assert (covered["status"], covered["balance_due"]) == ("partially_paid", ron(600))
        assert wrong(root, north.id) == {}

    async def test_of_what_a_relative_paid_leaves_the_familys_balance_alone(self, north, given, root):
        head = await given.patient(north, "Head")
        child = await given.patient(north, "Child", guarantor_id=head.id)
        invoice = await given.invoice(north, child, 1_000)
        await given.payment(north, head, 1_000, parts=[(invoice.id, 1_000)])
        await self.void(north, invoice)
        balances = [(await ledger(north, who))["balance"]["amount"] for who in (head, child)]
        assert balances == [-1_000, 1_000]
        assert (await ledger(north, head))["family_balance"] == ron(0)
        assert wrong(root, north.id) == {}

    async def test_is_refused_for_a_draft_and_twice(self, north, given):
        patient = await given.patient(north)
        unissued = await given.invoice(north, patient, issued=False)
        assert (await self.void(north, unissued)).json()["code"] == "InvoiceIsDraft"
        invoice = await given.invoice(north, patient)
        assert (await self.void(north, invoice, version=1)).status_code == 412
        assert (await self.void(north, invoice, version=invoice.version)).status_code == 200
        again = await self.void(north, invoice)
        assert (again.status_code, again.json()["code"]) == (409, "InvoiceIsVoid")

    async def test_takes_no_money_any_more(self, north, given):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 500)
        await self.void(north, invoice)
        body = {"patient_id": str(patient.id), "amount": ron(500), "method": "cash"}
        answer = await north.ask(
            "POST", "/payments", json={**body, "allocations": [{"invoice_id": str(invoice.id), "amount": ron(500)}]}
        )
        assert (answer.status_code, answer.json()["code"]) == (409, "InvoiceIsVoid")
        unnamed = await north.ask("POST", "/payments", json=body)
        assert (unnamed.json()["allocations"], unnamed.json()["unapplied"]) == ([], ron(500))
        answer = await north.ask("POST", f"/invoices/{invoice.id}/allocations", json={})
        assert (answer.status_code, answer.json()["code"]) == (409, "InvoiceIsVoid")

    async def test_says_why(self, north, given):
        invoice = await given.invoice(north, await given.patient(north))
        for body in ({}, {"reason": " "}):
            answer = await north.ask("POST", f"/invoices/{invoice.id}/void", json=body)
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/reason")


class TestList:
    async def test_filters_and_pages(self, north, south, given):
        one, two = await given.patient(north), await given.patient(north)
        await given.invoice(south, await given.patient(south))
        made = [str((await given.invoice(north, who, 100, issued=issued)).id) for who in (one, two) for issued in (True, False)]
        seen, cursor = [], ""
        while cursor is not None:
            page = (await north.ask("GET", "/invoices", params={"limit": 3, "cursor": cursor})).json()
            seen += [invoice["id"] for invoice in page["items"]]
            cursor = page["next_cursor"]
        assert seen == made[::-1]
        found = await north.ask("GET", "/invoices", params={"patient_id": str(one.id), "status": "draft"})
        assert [invoice["id"] for invoice in found.json()["items"]] == [made[1]]
        assert (await north.ask("GET", "/invoices", params={"status": "overdue"})).status_code == 422

    async def test_names_in_the_trace_whom_it_showed(self, north, given, root):
        patient = await given.patient(north)
        await given.invoice(north, patient, issued=False)
        await north.ask("GET", "/invoices")
        rows = root.execute(
            "select patient_ids from audit_event where clinic_id = %s and action = 'read' and entity = 'invoice' and patient_id is null",
            [north.id],
        ).fetchall()
        assert rows == [([patient.id],)]


class TestStranger:
    async def test_finds_every_way_closed_alike(self, north, south, given):
        theirs = await given.invoice(south, await given.patient(south))
        tries = [
            ("GET", "", None), ("PATCH", "", {"note": "x"}), ("DELETE", "", None), ("POST", "/issue", None),
            ("POST", "/void", {"reason": "x"}), ("POST", "/allocations", {}), ("GET", "/pdf", None),
        ]  # fmt: skip
        answers = [
            await north.ask(method, f"/invoices/{id}{path}", json=body, version=1)
            for id in (theirs.id, NEVER)
            for method, path, body in tries
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({str(answer.json() | {"request_id": ""}) for answer in answers}) == 1

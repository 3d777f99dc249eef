from datetime import timedelta

import pytest

from chairside import billing
from chairside.kernel import clock
from chairside.kernel.money import MOST, Money
from chairside.kernel.refusals import NotAllowed
from tests.billing.books import wrong

NEVER = "00000000-0000-0000-0000-000000000009"


def ron(amount):
    return {"amount": amount, "currency": "RON"}


async def ledger(clinic, patient, **more):
    answer = await clinic.ask("GET", f"/patients/{patient.id}/ledger", **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def kinds(ledger):
    return [(item["kind"], item["amount"]["amount"]) for item in ledger["items"]]


class TestLedger:
    async def test_of_a_new_patient_is_empty(self, north, given):
        patient = await given.patient(north)
        found = await ledger(north, patient)
        assert found["items"] == []
        assert {found[name]["amount"] for name in ("balance", "family_balance", "unapplied", "unbilled")} == {0}
        assert found["balance"]["currency"] == "RON"

    async def test_shows_the_newest_first_and_adds_up(self, north, given, root):
        patient = await given.patient(north)
        await given.charge(north, patient, 30_000)
        await given.payment(north, patient, 12_000)
        await north.ask("POST", f"/patients/{patient.id}/ledger/adjustments", json={"amount": ron(-1_000), "reason": "Loyal"})
        found = await ledger(north, patient)
        assert kinds(found) == [("adjustment", -1_000), ("payment", -12_000), ("charge", 30_000)]
        assert found["balance"] == ron(17_000)
        assert (found["unapplied"], found["unbilled"]) == (ron(13_000), ron(30_000))
        assert found["items"][1]["source"]["type"] == "payment"
        assert wrong(root, north.id) == {}

    async def test_leaves_out_what_moved_nothing_for_the_patient(self, north, given):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 10_000)
        await given.payment(north, patient, 4_000, parts=[])
        before = await ledger(north, patient)
        answer = await north.ask("POST", f"/invoices/{invoice.id}/allocations", json={})
        assert answer.status_code == 201, answer.text
        after = await ledger(north, patient)
        assert after["items"] == before["items"]
        assert (after["balance"], after["unapplied"]) == (ron(6_000), ron(0))

    async def test_goes_through_all_pages(self, north, given):
        patient = await given.patient(north)
        for amount in range(1, 8):
            await given.charge(north, patient, amount)
        seen, cursor = [], ""
        while cursor is not None:
            page = await ledger(north, patient, params={"limit": 3, "cursor": cursor})
            seen += [item["amount"]["amount"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert seen == [7, 6, 5, 4, 3, 2, 1]

    async def test_refuses_the_cursor_of_another_list(self, north, given):
        patient = await given.patient(north)
        for _ in range(2):
            await given.charge(north, patient)
        of_ledger = (await ledger(north, patient, params={"limit": 1}))["next_cursor"]
        of_charges = (await north.ask("GET", f"/patients/{patient.id}/ledger/charges", params={"limit": 1})).json()["next_cursor"]
        for path, cursor in ((f"/patients/{patient.id}/ledger", of_charges), ("/invoices", of_ledger), ("/payments", of_ledger)):
            answer = await north.ask("GET", path, params={"cursor": cursor})
            assert (answer.status_code, answer.json()["code"]) == (422, "BadCursor")

    async def test_sums_up_the_family(self, north, given):
        head = await given.patient(north, "Head")
        child = await given.patient(north, "Child", guarantor_id=head.id)
        await given.charge(north, head, 5_000)
        await given.charge(north, child, 700)
        for relative, own in ((head, 5_000), (child, 700)):
            found = await ledger(north, relative)
            assert (found["balance"], found["family_balance"]) == (ron(own), ron(5_700))

    async def test_of_a_stranger_is_as_one_that_never_was(self, north, south, given):
        stranger = await given.patient(south)
        await given.charge(south, stranger)
        bodies = {
            "charges": {"description": "x", "price": ron(1)},
            "adjustments": {"amount": ron(1), "reason": "x"},
        }
        answers = [
            await north.ask(method, f"/patients/{id}/ledger{path}", json=body)
            for id in (stranger.id, NEVER)
            for method, path, body in [("GET", "", None), *(("POST", f"/{noun}", body) for noun, body in bodies.items())]
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({str(answer.json() | {"request_id": ""}) for answer in answers}) == 1

    async def test_leaves_a_trace(self, north, given, root):
        patient = await given.patient(north)
        await ledger(north, patient)
        rows = root.execute(
            "select entity, entity_id, patient_id from audit_event where clinic_id = %s and action = 'read'", [north.id]
        ).fetchall()
        assert rows == [("ledger", patient.id, patient.id)]


class TestCharge:
    async def charge(self, clinic, patient, **body):
        return await clinic.ask("POST", f"/patients/{patient.id}/ledger/charges", json=body)

    async def test_takes_the_name_and_price_of_the_service(self, north, given):
        patient, service = await given.patient(north), await given.service(north, "Filling", price=20_000)
        answer = await self.charge(north, patient, service_id=str(service.id), quantity=2)
        assert answer.status_code == 201, answer.text
        found = answer.json()
        assert (found["description"], found["unit_price"], found["amount"]) == ("Filling", ron(20_000), ron(40_000))
        assert (await ledger(north, patient))["balance"] == ron(40_000)

    async def test_takes_another_price_only_with_its_reason(self, north, given):
        patient, service = await given.patient(north), await given.service(north, price=20_000)
        bare = await self.charge(north, patient, service_id=str(service.id), price=ron(15_000))
        assert [(e["pointer"], e["code"]) for e in bare.json()["errors"]] == [("/reason", "required")]
        answer = await self.charge(north, patient, service_id=str(service.id), price=ron(15_000), reason="Student")
        assert (answer.json()["amount"], answer.json()["list_price"], answer.json()["price_reason"]) == (
            ron(15_000), ron(20_000), "Student",
        )  # fmt: skip

    async def test_keeps_what_is_free_of_charge_off_the_ledger_and_bills_it(self, north, given, root):
        patient = await given.patient(north)
        answer = await self.charge(north, patient, description="Second look", price=ron(0))
        assert (answer.status_code, answer.json()["amount"]) == (201, ron(0))
        assert (await ledger(north, patient))["items"] == []
        invoice = (await north.ask("POST", "/invoices", json={"patient_id": str(patient.id)})).json()
        assert [line["description"] for line in invoice["lines"]] == ["Second look"]
        issued = await north.ask("POST", f"/invoices/{invoice['id']}/issue")
        assert issued.json()["status"] == "paid"
        assert wrong(root, north.id) == {}

    @pytest.mark.parametrize(
        "body, pointer",
        [
            ({"price": ron(1)}, "/description"),
            ({"description": "x"}, "/price"),
            ({"description": "", "price": ron(1)}, "/description"),
            ({"description": "x", "price": ron(-1)}, "/price"),
            ({"description": "x", "price": {"amount": 1, "currency": "EUR"}}, "/price/currency"),
            ({"description": "x", "price": {"amount": 1.5, "currency": "RON"}}, "/price/amount"),
            ({"description": "x", "price": {"amount": "1", "currency": "RON"}}, "/price/amount"),
            ({"description": "x", "price": ron(MOST + 1)}, "/price/amount"),
            ({"description": "x", "price": ron(MOST), "quantity": 2}, "/price"),
            ({"description": "x", "price": ron(1), "quantity": 0}, "/quantity"),
            ({"description": "x", "price": ron(1), "quantity": 1000}, "/quantity"),
            ({"description": "x", "price": ron(1), "quantity": 1.0}, "/quantity"),
            ({"description": "x", "price": ron(1), "colour": "red"}, "/colour"),
        ],
    )
    async def test_points_at_what_is_wrong(self, north, given, body, pointer):
        patient = await given.patient(north)
        answer = await self.charge(north, patient, **body)
        assert answer.status_code == 422, answer.text
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        assert (await ledger(north, patient))["items"] == []

    async def test_does_not_know_a_service_of_another_clinic(self, north, south, given):
        patient, theirs = await given.patient(north), await given.service(south)
        answers = [await self.charge(north, patient, service_id=str(id)) for id in (theirs.id, NEVER)]
        assert {answer.status_code for answer in answers} == {404}
        assert len({str(answer.json() | {"request_id": ""}) for answer in answers}) == 1

    async def test_charges_the_archived_too(self, north, given):
        patient = await given.patient(north)
        await north.ask("POST", f"/patients/{patient.id}/archiving", version=1)
        assert (await self.charge(north, patient, description="x", price=ron(5))).status_code == 201
        assert (await north.ask("POST", "/payments", json={
            "patient_id": str(patient.id), "amount": ron(5), "method": "cash"})).status_code == 201  # fmt: skip

    async def test_sent_again_with_its_key_charges_once(self, north, given):
        patient = await given.patient(north)
        body = {"description": "x", "price": ron(5)}
        path = f"/patients/{patient.id}/ledger/charges"
        first, second = [await north.ask("POST", path, json=body, headers={"idempotency-key": "twice"}) for _ in range(2)]
        assert first.json() == second.json()
        assert (await ledger(north, patient))["balance"] == ron(5)

    async def test_the_largest_sums_are_shown(self, north, given):
        patient = await given.patient(north)
        for _ in range(3):
            assert (await self.charge(north, patient, description="x", price=ron(MOST))).status_code == 201
        assert (await ledger(north, patient))["balance"] == ron(3 * MOST)
        assert (await north.ask("POST", "/invoices", json={"patient_id": str(patient.id)})).json()["total"] == ron(3 * MOST)


class TestReverseCharge:
    async def reverse(self, clinic, charge, **more):
        path = f"/patients/{charge.patient_id}/ledger/charges/{charge.id}/reversal"
        return await clinic.ask("POST", path, json={"reason": "Wrong patient"}, **more)

    async def test_keeps_both_in_the_ledger(self, north, given, root):
        patient = await given.patient(north)
        charge = await given.charge(north, patient, 700)
        answer = await self.reverse(north, charge)
        assert (answer.status_code, answer.json()["reversed_at"] is not None) == (200, True)
        found = await ledger(north, patient)
        assert kinds(found) == [("reversal", -700), ("charge", 700)]
        assert found["items"][0]["reverses_id"] == found["items"][1]["id"]
        assert found["balance"] == ron(0)
        again = await self.reverse(north, charge)
        assert (again.status_code, again.json()["code"]) == (409, "ChargeAlreadyReversed")
        assert (await north.ask("GET", f"/patients/{patient.id}/ledger/charges")).json()["items"] == []
        assert wrong(root, north.id) == {}

    async def test_refuses_what_is_on_an_invoice(self, north, given):
        patient = await given.patient(north)
        charge = await given.charge(north, patient)
        draft = (await north.ask("POST", "/invoices", json={"patient_id": str(patient.id)})).json()
        answer = await self.reverse(north, charge)
        assert (answer.status_code, answer.json()["code"]) == (409, "ChargeAlreadyBilled")
        assert answer.json()["facts"]["invoice_id"] == draft["id"]

    async def test_refuses_a_version_that_has_passed(self, north, given):
        charge = await given.charge(north, await given.patient(north))
        stale = await self.reverse(north, charge, version=9)
        assert (stale.status_code, stale.json()["code"], stale.json()["facts"]) == (412, "ChargeIsStale", {"version": 1})
        assert (await self.reverse(north, charge, version=1)).status_code == 200

    async def test_does_not_know_a_charge_of_another_clinic_or_patient(self, north, south, given):
        theirs = await given.charge(south, await given.patient(south))
        mine = await given.charge(north, await given.patient(north))
        other = await given.patient(north)
        answers = [await self.reverse(north, theirs), await self.reverse(north, mine._replace(patient_id=other.id))]
        assert {answer.status_code for answer in answers} == {404}
        assert len({str(answer.json() | {"request_id": ""}) for answer in answers}) == 1


class TestAdjust:
    async def adjust(self, clinic, patient, amount, **more):
        body = {"amount": ron(amount), "reason": "Agreed", **more}
        return await clinic.ask("POST", f"/patients/{patient.id}/ledger/adjustments", json=body)

    async def test_upwards_can_be_billed_like_a_charge(self, north, given, root):
        patient = await given.patient(north)
        answer = await self.adjust(north, patient, 500)
        assert (answer.status_code, answer.json()["kind"], answer.json()["amount"]) == (201, "adjustment", ron(500))
        invoice = (await north.ask("POST", "/invoices", json={"patient_id": str(patient.id)})).json()
        assert [(line["kind"], line["description"], line["total"]) for line in invoice["lines"]] == [
            ("adjustment", "Agreed", ron(500))
        ]
        assert wrong(root, north.id) == {}

    @pytest.mark.parametrize("kind", ["adjustment", "write_off"])
    async def test_downwards_is_credit_to_apply(self, north, given, root, kind):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 800)
        answer = await self.adjust(north, patient, -300, kind=kind)
        assert (answer.status_code, answer.json()["kind"], answer.json()["amount"]) == (201, kind, ron(-300))
        applied = await north.ask("POST", f"/invoices/{invoice.id}/allocations", json={})
        assert (applied.json()["balance_due"], applied.json()["status"]) == (ron(500), "partially_paid")
        assert wrong(root, north.id) == {}

    async def test_refuses_what_changes_nothing_and_a_write_off_upwards(self, north, given):
        patient = await given.patient(north)
        assert (await self.adjust(north, patient, 0)).json()["errors"][0]["pointer"] == "/amount/amount"
        assert (await self.adjust(north, patient, 5, kind="write_off")).json()["errors"][0]["pointer"] == "/amount/amount"

    async def test_needs_its_own_permission(self, north, given):
        patient = await given.patient(north)
        with pytest.raises(NotAllowed):
            async with north.op(grants=frozenset({"billing.charge", "billing.collect"})) as op:
                await billing.adjust(op, patient_id=patient.id, amount=Money(1, "RON"), reason="x")


class TestDayFigures:
    async def test_counts_what_was_entered_that_day(self, north, given):
        patient = await given.patient(north)
        now = clock.now()
        yesterday = now - timedelta(days=1)
        async with north.op(now=yesterday) as op:
            await billing.charge(op, patient_id=patient.id, description="x", price=Money(100, "RON"))
        wrong_one = await given.charge(north, patient, 30)
        await given.charge(north, patient, 500)
        paid = await given.payment(north, patient, 200, method="card")
        await given.payment(north, patient, 50)
        async with north.op(now=now) as op:
            await billing.reverse_charge(op, charge_id=wrong_one.id, patient_id=patient.id, reason="x")
            await billing.refund(op, payment_id=paid.id, amount=Money(20, "RON"), reason="x")
            today = await billing.get_day_figures(op, day=op.today)
            before = await billing.get_day_figures(op, day=op.today - timedelta(days=1))
        assert (today.produced, today.collected) == (500, 230)
        assert today.by_method == {"cash": 50, "card": 180, "check": 0, "transfer": 0}
        assert (before.produced, before.collected) == (100, 0)


class TestBalances:
    async def test_names_each_of_many(self, north, south, given):
        one, two = await given.patient(north), await given.patient(north)
        theirs = await given.patient(south)
        await given.charge(south, theirs)
        await given.charge(north, one, 700)
        async with north.op() as op:
            found = await billing.list_balances(op, patient_ids=[one.id, two.id, theirs.id])
        assert found == {one.id: 700, two.id: 0, theirs.id: 0}

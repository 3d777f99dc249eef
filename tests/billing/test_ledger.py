from datetime import timedelta

import pytest

from chairside import billing
from chairside.kernel import clock
from chairside.kernel.money import Money
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

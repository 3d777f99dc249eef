import pytest

from chairside.kernel.money import MOST
from tests.billing.books import wrong
from tests.billing.test_ledger import NEVER, kinds, ledger, ron


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

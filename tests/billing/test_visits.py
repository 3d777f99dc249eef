from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.billing.books import wrong
from tests.billing.test_ledger import kinds, ledger, ron


async def visit(clinic, given, **more):
    """Of a patient whose visit is now, at ten in the morning of the clinic."""
    zone = ZoneInfo("Europe/Bucharest")
    morning = datetime.now(zone).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return await given.appointment(clinic, starts_at=morning, **more)


async def complete(clinic, appointment, *items):
    path = f"/appointments/{appointment.id}/completion"
    return await clinic.ask("POST", path, json={"items": list(items)})


class TestVisitCompleted:
    async def test_charges_what_was_done_in_the_same_commit(self, north, given, root):
        patient = await given.patient(north)
        cleaning = await given.service(north, "Cleaning", price=20_000)
        filling = await given.service(north, "Filling", price=30_000)
        appointment = await visit(north, given, patient=patient, service=cleaning)
        answer = await complete(
            north, appointment,
            {"service_id": str(cleaning.id), "quantity": 1},
            {"service_id": str(filling.id), "quantity": 2, "price": ron(25_000), "price_reason": "Family"},
        )  # fmt: skip
        assert answer.status_code in (200, 201), answer.text
        found = await ledger(north, patient)
        assert sorted(kinds(found)) == [("charge", 20_000), ("charge", 50_000)]
        assert found["items"][0]["source"] == {"type": "appointment", "id": str(appointment.id)}
        charges = (await north.ask("GET", f"/patients/{patient.id}/ledger/charges")).json()["items"]
        assert [(c["description"], c["quantity"], c["list_price"], c["price_reason"]) for c in charges] == [
            ("Cleaning", 1, ron(20_000), None), ("Filling", 2, ron(30_000), "Family"),
        ]  # fmt: skip
        assert {c["provider_id"] for c in charges} == {str(appointment.provider_id)}
        assert wrong(root, north.id) == {}

    async def test_is_the_systems_act_on_behalf_of_who_completed(self, north, given, root):
        appointment = await visit(north, given)
        await complete(north, appointment, {"service_id": str(appointment.service_id), "quantity": 1})
        rows = root.execute(
            "select actor_type, on_behalf_of from audit_event where clinic_id = %s and entity = 'charge'", [north.id]
        ).fetchall()
        assert rows == [("system", north.owner_id)]


class TestCompletionUndone:
    async def test_takes_the_charges_back(self, north, given, root):
        patient = await given.patient(north)
        appointment = await visit(north, given, patient=patient)
        item = {"service_id": str(appointment.service_id), "quantity": 1}
        await complete(north, appointment, item)
        undone = await north.ask("DELETE", f"/appointments/{appointment.id}/completion")
        assert undone.status_code in (200, 204), undone.text
        assert (await ledger(north, patient))["balance"] == ron(0)
        assert (await complete(north, appointment, item)).status_code in (200, 201)
        assert [kind for kind, _ in kinds(await ledger(north, patient))] == ["charge", "reversal", "charge"]
        assert wrong(root, north.id) == {}

    async def test_is_refused_once_it_is_on_an_invoice(self, north, given, root):
        patient = await given.patient(north)
        appointment = await visit(north, given, patient=patient)
        await complete(north, appointment, {"service_id": str(appointment.service_id), "quantity": 1})
        draft = (await north.ask("POST", "/invoices", json={"patient_id": str(patient.id)})).json()
        refused = await north.ask("DELETE", f"/appointments/{appointment.id}/completion")
        assert (refused.status_code, refused.json()["code"]) == (409, "AlreadyInvoiced")
        found = (await north.ask("GET", f"/appointments/{appointment.id}")).json()
        assert found["status"] == "completed"
        await north.ask("DELETE", f"/invoices/{draft['id']}", version=1)
        assert (await north.ask("DELETE", f"/appointments/{appointment.id}/completion")).status_code in (200, 204)
        assert wrong(root, north.id) == {}

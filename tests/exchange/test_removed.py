"""Nobody is booked, billed or made a guarantor who is removed in that very moment, and nobody removed to whom that happened."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from psycopg.errors import SerializationFailure

from chairside import patients, scheduling
from chairside.exchange.actions import undoing
from chairside.patients import NoSuchPatient
from chairside.scheduling import TimeTaken
from tests.exchange.brought import everyone, rows

NINE = datetime(2027, 3, 2, 9, tzinfo=UTC)
# Links that are set and whose patient is gone.
ON_THE_REMOVED = """
    select link.kind, count(*)
      from patient
      join (select clinic_id, patient_id, 'appointment' as kind from appointment
             union all
            select clinic_id, patient_id, 'charge' from charge where kind <> 'opening_balance'
             union all
            select clinic_id, patient_id, 'credit' from credit where kind <> 'opening_balance'
             union all
            select clinic_id, patient_id, 'invoice' from invoice
             union all
            select clinic_id, guarantor_id, 'family' from patient where deleted_at is null and guarantor_id is not null
           ) as link on link.clinic_id = patient.clinic_id and link.patient_id = patient.id
     where patient.clinic_id = %s
       and patient.deleted_at is not null
     group by 1
"""
ROUNDS, PEOPLE = 12, 30
GONE = {"NoSuchPatient", "NothingToBill"}


class TestAnUndoneImport:
    @pytest.mark.parametrize("at_once", [0, 2000], ids=["by a job", "at once"])
    async def test_takes_nobody_out_to_whom_somebody_links_meanwhile(
        self, north, bring, undone, given, root, monkeypatch, at_once
    ):
        """Round after round everybody of a file is booked, charged, paid, billed or given a child while the file is undone."""
        monkeypatch.setattr(undoing, "AT_ONCE", at_once)
        provider = await given.provider(north)
        service = await given.service(north)
        linked = refused = 0
        for turn in range(ROUNDS):
            done = await bring(north, rows(*(f"{turn}-{n},Pop,Ana {n},1980-05-01,1.00," for n in range(PEOPLE))))
            there = await everyone(north)

            async def take_out(done: dict = done) -> None:
                await asyncio.sleep(0.03)
                await undone(north, done)

            async def link(place: int, patient: dict, turn: int = turn) -> int:
                await asyncio.sleep(0.004 * place * (1 + turn / 2))  # some round overlaps, however long the undoing takes
                id = patient["id"]
                starts_at = NINE + timedelta(days=turn, minutes=10 * place)
                match place % 6:
                    case 0 | 1:
                        wanted = {"patient_id": id, "provider_id": str(provider.id), "service_id": str(service.id)}
                        wanted |= {"starts_at": starts_at.isoformat(), "overbooking_reason": "race"}
                        answer = await north.ask("POST", "/appointments", json=wanted)
                    case 2:
                        price = {"amount": 100, "currency": "RON"}
                        answer = await north.ask(
                            "POST", f"/patients/{id}/ledger/charges", json={"description": "Gel", "price": price}
                        )
                    case 3:
                        paid = {"amount": {"amount": 100, "currency": "RON"}, "method": "cash"}
                        answer = await north.ask("POST", "/payments", json=paid | {"patient_id": id})
                    case 4:
                        answer = await north.ask("POST", "/invoices", json={"patient_id": id})
                    case _:
                        child = {
                            "first_name": "Baby",
                            "last_name": "Pop",
                            "birth_date": "2020-01-02",
                            "sex": "other",
                            "guarantor_id": id,
                        }
                        answer = await north.ask("POST", "/patients", json=child)
                assert answer.status_code == 201 or answer.json()["code"] in GONE or "guarantor_id" in answer.text, answer.text
                return answer.status_code

            young = [patient for patient in there if patient["register_number"].startswith(f"{turn}-")]
            codes, _ = await asyncio.gather(asyncio.gather(*(link(*each) for each in enumerate(young))), take_out())
            linked += codes.count(201)
            refused += len(codes) - codes.count(201)
        assert root.execute(ON_THE_REMOVED, [north.id]).fetchall() == []
        assert linked and refused, "it was a race"


class TestALink:
    """The worst moment, made to happen: somebody looked the patient up, and then waits for whoever removes them."""

    async def remove(self, north, patient, while_: object):
        async with north.op() as op:
            await patients.hold_many(op, patient_ids=[patient.id])
            await patients.remove_many(op, patient_ids=[patient.id])
            waiting = asyncio.ensure_future(while_)
            await asyncio.sleep(0.3)
            assert not waiting.done()
        return await asyncio.gather(waiting, return_exceptions=True)

    async def test_to_a_removed_patient_is_lost(self, north, given):
        patient, provider, service = await given.patient(north), await given.provider(north), await given.service(north)
        wanted = {"patient": patient, "provider": provider, "service": service}
        (lost,) = await self.remove(north, patient, given.appointment(north, **wanted, starts_at=NINE))
        assert isinstance(lost, SerializationFailure)
        with pytest.raises(NoSuchPatient):
            await given.appointment(north, **wanted, starts_at=NINE)
        await given.appointment(north, **wanted | {"patient": await given.patient(north)}, starts_at=NINE)

    async def test_is_answered_as_if_they_had_been_gone_before(self, north, given):
        provider, service = await given.provider(north), await given.service(north)
        price = {"amount": 100, "currency": "RON"}
        for path, body in [
            ("/appointments", {"provider_id": str(provider.id), "service_id": str(service.id), "starts_at": NINE.isoformat()}),
            ("/patients/{}/ledger/charges", {"description": "Gel", "price": price}),
            ("/payments", {"amount": price, "method": "cash"}),
        ]:
            patient = await given.patient(north)
            body = body if "{}" in path else body | {"patient_id": str(patient.id)}
            asking = north.ask("POST", path.format(patient.id), json=body)
            (answer,) = await self.remove(north, patient, asking)
            assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchPatient"), answer.text

    async def test_that_came_first_is_seen_by_whoever_removes(self, north, given, bring, undone):
        done = await bring(north, rows("1,Pop,Ana,,,"))
        ana = (await everyone(north))[0]

        class Ana:
            id = UUID(ana["id"])

        async with north.op() as op:
            provider = await scheduling.add_provider(op, name="Dr. Rus")
            await scheduling.book(op, patient_id=Ana.id, provider_id=provider.id, starts_at=NINE, duration_minutes=30)
            waiting = asyncio.ensure_future(undone(north, done))
            await asyncio.sleep(0.5)
            assert not waiting.done()
        gone = (await waiting)["undone"]
        assert [kept["why"] for kept in gone["kept"]] == ["appointment"]

    async def test_between_the_living_is_as_before(self, north, given):
        patient, provider = await given.patient(north), await given.provider(north)
        await given.appointment(north, patient=patient, provider=provider, starts_at=NINE)
        with pytest.raises(TimeTaken):
            await given.appointment(north, patient=patient, provider=provider, starts_at=NINE)


# Each row that begins something with a patient asks whether they are there. What follows from such a row need not.
FOLLOWS = {
    "appointment_item": "its appointment asks", "appointment_step": "its appointment asks", "completed_item": "its appointment asks",
    "ledger_transaction": "its charge, credit, allocation or refund asks", "ledger_posting": "its transaction's owner asks",
    "refund": "its credit asks", "patient_merge": "whoever merges holds both",
    "reminder": "its appointment asks", "recall_attempt": "its recall asks", "history_version": "its history asks", "waitlist_provider": "its entry asks",
    "treatment_presentation": "its plan asks", "treatment_acceptance": "its plan asks", "treatment_item": "its plan asks",
    "treatment_booking": "its plan asks", "treatment_work": "its plan asks",
    "note_version": "its note asks", "note_signature": "its note asks", "note_addendum": "its note asks",
    "lab_case_step": "its case asks",
}  # fmt: skip
LINKING = """
    select k.conrelid::regclass::text
      from pg_constraint k
     where k.contype = 'f'
       and k.confrelid = 'patient'::regclass
       and not exists (select from pg_trigger t
                        where t.tgrelid = k.conrelid and t.tgname = 'patient_is_there' and t.tgenabled <> 'D')
"""


def test_every_link_to_a_patient_asks_whether_they_are_there(root):
    assert {table for (table,) in root.execute(LINKING)} == set(FOLLOWS)
    root.execute("create table stray (clinic_id uuid, patient_id uuid, foreign key (clinic_id, patient_id) references patient)")
    assert {table for (table,) in root.execute(LINKING)} == {*FOLLOWS, "stray"}

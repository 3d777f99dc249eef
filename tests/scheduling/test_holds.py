"""A time kept for somebody who is about to book it."""

import asyncio
import itertools
from datetime import datetime, timedelta

import pytest

from chairside import scheduling
from chairside.kernel import clock
from tests.scheduling.conftest import at

NEVER = "00000000-0000-7000-8000-000000000001"


@pytest.fixture
def later(monkeypatch):
    """From then on it is so much later."""
    plain = clock.now

    def later_(**by):
        monkeypatch.setattr(clock, "now", lambda: plain() + timedelta(**by))

    return later_


async def hold(chairside, hour=9, **more):
    body = {
        "provider_id": str(chairside.provider.id), "operatory_id": str(chairside.operatory.id),
        "service_id": str(chairside.service.id), "starts_at": at(hour).isoformat(), **more,
    }  # fmt: skip
    return await chairside.clinic.ask("POST", "/holds", json=body)


async def held(chairside, hour=9, **more):
    answer = await hold(chairside, hour, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestHold:
    async def test_keeps_others_away_for_five_minutes(self, chairside, given, north, later):
        found = await held(chairside)
        ends = datetime.fromisoformat(found["expires_at"]) - clock.now()
        assert timedelta(minutes=4) < ends <= timedelta(minutes=5)
        assert (await north.ask("GET", f"/holds/{found['id']}")).json() == found
        taken = await chairside.book(9.25)
        assert (taken.status_code, taken.json()["code"]) == (409, "TimeTaken")
        assert (await hold(chairside, 8.75)).json()["code"] == "TimeTaken"
        later(minutes=5, seconds=1)
        assert (await north.ask("GET", f"/holds/{found['id']}")).json()["code"] == "NoSuchHold"
        assert (await chairside.book(9.25)).status_code == 201

    async def test_is_not_offered_to_anybody_meanwhile_and_says_so(self, chairside, north, later):
        await held(chairside)
        asked = {"from": "2027-03-01", "to": "2027-03-01", "service_id": str(chairside.service.id)}

        async def starts():
            return {slot["starts_at"] for slot in (await north.ask("GET", "/availability", params=asked)).json()["slots"]}

        assert not {"2027-03-01T09:00:00Z", "2027-03-01T09:15:00Z"} & await starts()
        why = {"service_id": str(chairside.service.id), "at": at(9).isoformat()}
        found = (await north.ask("GET", "/availability/explanation", params=why)).json()
        ((because,),) = [one["reasons"] for one in found["resources"]]
        assert (because["code"], because["appointment_id"]) == ("held", None)
        later(minutes=6)
        assert {"2027-03-01T09:00:00Z", "2027-03-01T09:15:00Z"} <= await starts()

    async def test_gives_its_time_to_the_visit_that_names_it(self, chairside, north):
        found = await held(chairside)
        visit = await chairside.booked(9, hold_id=found["id"])
        assert visit["starts_at"] == found["starts_at"]
        assert (await north.ask("GET", f"/holds/{found['id']}")).status_code == 404
        assert (await chairside.book(9)).status_code == 409

    async def test_stays_when_the_booking_is_refused(self, chairside, given, north):
        found = await held(chairside)
        patient = await given.patient(north)
        other = {"provider_id": str((await given.provider(north)).id), "operatory_id": None}
        await chairside.booked(9, patient=patient, **other)
        assert (await chairside.book(9, patient=patient, hold_id=found["id"])).status_code == 409
        assert (await north.ask("GET", f"/holds/{found['id']}")).json() == found

    async def test_that_expired_is_had_by_whoever_comes_first(self, chairside, north, later):
        found = await held(chairside)
        later(minutes=6)
        assert (await chairside.book(9, hold_id=found["id"])).status_code == 201
        again = await held(chairside, 11)
        later(minutes=20)
        await chairside.booked(11)
        assert (await chairside.book(11, hold_id=again["id"])).status_code == 409

    async def test_is_put_off_once(self, chairside, north, later):
        found = await held(chairside)
        later(minutes=4)
        answer = await north.ask("POST", f"/holds/{found['id']}/extension")
        assert answer.status_code == 201 and answer.json()["extended"]
        longer = datetime.fromisoformat(answer.json()["expires_at"]) - datetime.fromisoformat(found["expires_at"])
        assert timedelta(minutes=3, seconds=50) < longer < timedelta(minutes=4, seconds=30)
        again = await north.ask("POST", f"/holds/{found['id']}/extension")
        assert (again.status_code, again.json()["code"]) == (409, "HoldWasExtended")
        later(minutes=8)
        assert (await chairside.book(9)).status_code == 409
        later(minutes=10)
        assert (await north.ask("POST", f"/holds/{found['id']}/extension")).status_code == 404
        assert (await chairside.book(9)).status_code == 201

    async def test_is_let_go(self, chairside, north):
        found = await held(chairside)
        assert (await north.ask("DELETE", f"/holds/{found['id']}")).status_code == 204
        assert (await north.ask("DELETE", f"/holds/{found['id']}")).json()["code"] == "NoSuchHold"
        assert (await chairside.book(9)).status_code == 201

    async def test_is_nobody_elses(self, chairside, south, north):
        found = await held(chairside)
        for clinic in (south,):
            assert (await clinic.ask("GET", f"/holds/{found['id']}")).status_code == 404
            assert (await clinic.ask("DELETE", f"/holds/{found['id']}")).status_code == 404
            assert (await clinic.ask("POST", f"/holds/{found['id']}/extension")).status_code == 404
        assert (await chairside.book(9)).status_code == 409

    async def test_takes_the_patients_time_too(self, chairside, given, north):
        patient = await given.patient(north)
        await held(chairside, patient_id=str(patient.id))
        other = {"provider_id": str((await given.provider(north)).id), "operatory_id": None}
        answer = await chairside.book(9, patient=patient, **other)
        assert answer.json()["facts"]["resource"] == "patient"

    async def test_says_what_is_missing_or_not_in_use(self, chairside, north):
        for name, code in [("provider_id", "NoSuchProvider"), ("operatory_id", "NoSuchOperatory"),
                           ("patient_id", "NoSuchPatient"), ("service_id", "NoSuchService")]:  # fmt: skip
            assert (await hold(chairside, **{name: NEVER})).json()["code"] == code
        assert (await hold(chairside, service_id=None)).json()["errors"][0]["code"] == "required"
        await north.ask("PATCH", f"/providers/{chairside.provider.id}", json={"active": False}, version=1)
        assert (await hold(chairside)).json()["code"] == "ProviderIsInactive"

    async def test_are_not_collected_without_end(self, chairside, monkeypatch):
        monkeypatch.setattr("chairside.scheduling.actions.holds.MOST", 3)
        for hour in (9, 10, 11):
            await held(chairside, hour)
        answer = await hold(chairside, 12)
        assert (answer.status_code, answer.json()["code"]) == (409, "TooManyHolds")

    async def test_of_many_at_once_has_one_winner(self, chairside, given, north):
        patients = [await given.patient(north) for _ in range(6)]
        tried = [hold(chairside, 9 + quarter / 4) for quarter in range(-1, 2) for _ in range(4)]
        tried += [chairside.book(9, patient=patient) for patient in patients]
        answers = await asyncio.gather(*tried)
        assert sorted({answer.status_code for answer in answers}) == [201, 409]
        async with north.op() as op:
            taken = await op.db.all(lambda *row: row, "select starts_at, ends_at from claim where resource_id = %(id)s",
                                    id=chairside.provider.id)  # fmt: skip
        taken.sort()
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(taken))

    async def test_that_expires_while_it_is_confirmed_leaves_one_winner(self, chairside, given, north, later):
        patients = [await given.patient(north) for _ in range(8)]
        found = await held(chairside)
        later(minutes=5, seconds=1)
        mine = chairside.book(9, patient=patients[0], hold_id=found["id"])
        answers = await asyncio.gather(mine, *(chairside.book(9, patient=patient) for patient in patients[1:]))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7

    async def test_clears_what_it_took_of_everybody_at_once(self, chairside, north, later):
        found = await held(chairside)
        later(minutes=6)
        await chairside.booked(9, operatory_id=None)
        async with north.op() as op:
            left = await op.db.value("select count(*) from claim where hold_id = %(id)s", id=found["id"])
        assert left == 0

    async def test_is_told_to_whoever_listens(self, chairside, north):
        async with north.op() as op:
            await scheduling.hold_time(
                op, provider_id=chairside.provider.id, starts_at=at(9), service_id=chairside.service.id
            )  # fmt: skip
        async with north.op() as op:
            names = await op.db.all(lambda name: name, "select name from event order by id desc limit 1")
        assert names == ["scheduling.time_held"]

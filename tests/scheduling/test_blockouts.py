"""Time in which nobody is booked."""

import asyncio

from tests.scheduling.conftest import at

NEVER = "00000000-0000-7000-8000-000000000001"


async def block(chairside, start=9, end=10, **more):
    body = {
        "provider_id": str(chairside.provider.id), "starts_at": at(start).isoformat(), "ends_at": at(end).isoformat(),
        "reason": "Team meeting", **more,
    }  # fmt: skip
    return await chairside.clinic.ask("POST", "/blockouts", json=body)


async def blocked(chairside, *times, **more):
    answer = await block(chairside, *times, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestBlock:
    async def test_keeps_the_provider_or_the_room_or_both(self, chairside, given, north):
        room = str(chairside.operatory.id)
        other = {"provider_id": str((await given.provider(north)).id)}
        found = await blocked(chairside)
        assert found == {
            "id": found["id"], "provider_id": str(chairside.provider.id), "operatory_id": None,
            "starts_at": "2027-03-01T09:00:00Z", "ends_at": "2027-03-01T10:00:00Z", "reason": "Team meeting", "visits": 0,
        }  # fmt: skip
        assert (await chairside.book(9.5)).json()["facts"]["resource"] == "provider"
        assert (await chairside.book(9.5, **other)).status_code == 201
        await blocked(chairside, 11, 12, provider_id=None, operatory_id=room)
        assert (await chairside.book(11, **other)).json()["facts"]["resource"] == "operatory"
        await blocked(chairside, 13, 14, operatory_id=room)
        assert (await chairside.book(13, **other)).status_code == 409
        assert (await chairside.book(13, operatory_id=None)).status_code == 409

    async def test_is_not_offered_and_says_why(self, chairside, north):
        await blocked(chairside)
        asked = {"from": "2027-03-01", "to": "2027-03-01", "service_id": str(chairside.service.id)}
        slots = (await north.ask("GET", "/availability", params=asked)).json()["slots"]
        starts = {slot["starts_at"][11:16] for slot in slots}
        assert {"08:30", "10:00"} <= starts and not {"08:45", "09:00", "09:45"} & starts
        why = {"service_id": str(chairside.service.id), "at": at(9.5).isoformat()}
        found = (await north.ask("GET", "/availability/explanation", params=why)).json()
        ((because,),) = [one["reasons"] for one in found["resources"]]
        assert (because["code"], because["reason"], because["appointment_id"]) == ("blocked", "Team meeting", None)

    async def test_stands_on_the_schedule_with_its_reason(self, chairside, north):
        found = await blocked(chairside)
        for path in ("/schedule?date=2027-03-01", "/schedule/week?from=2027-03-01&to=2027-03-07"):
            (taken,) = (await north.ask("GET", path)).json()["taken"]
            assert (taken["blockout_id"], taken["reason"], taken["held_until"]) == (found["id"], "Team meeting", None)

    async def test_leaves_visits_that_stand_there_and_counts_them(self, chairside):
        visit = await chairside.booked(9.25)
        await chairside.booked(9.75, overbooking_reason="Pain", duration_minutes=5)
        found = await blocked(chairside)
        assert found["visits"] == 2
        await chairside.step(visit, "cancellation", {"reason": "Ill"})
        assert (await chairside.book(9.25, duration_minutes=5)).status_code == 409

    async def test_is_booked_over_on_purpose(self, chairside):
        await blocked(chairside)
        visit = await chairside.booked(9, overbooking_reason="Pain")
        assert visit["overbooking_reason"] == "Pain"

    async def test_is_freed_again(self, chairside, north):
        found = await blocked(chairside)
        assert (await north.ask("DELETE", f"/blockouts/{found['id']}")).status_code == 204
        assert (await chairside.book(9)).status_code == 201
        assert (await north.ask("DELETE", f"/blockouts/{found['id']}")).json()["code"] == "NoSuchBlockout"

    async def test_refuses_what_cannot_be(self, chairside):
        for wrong, pointer, code in [
            ({"provider_id": None}, "/provider_id", "required"),
            ({"ends_at": at(9).isoformat()}, "/ends_at", "out_of_range"),
            ({"ends_at": at(34).isoformat()}, "/ends_at", "out_of_range"),
            ({"reason": " "}, "/reason", "too_short"),
        ]:
            answer = await block(chairside, **wrong)
            assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]
        assert (await block(chairside, provider_id=NEVER)).json()["code"] == "NoSuchProvider"
        assert (await block(chairside, operatory_id=NEVER)).json()["code"] == "NoSuchOperatory"

    async def test_races_bookings_without_a_loss(self, chairside, given, north):
        patients = [await given.patient(north) for _ in range(6)]
        tried = [
            block(chairside, 9, 10),
            *(chairside.book(9 + n / 4, patient=one) for n, one in enumerate(patients)),
            block(chairside),
        ]
        answers = await asyncio.gather(*tried)
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert answers[0].status_code == answers[-1].status_code == 201

"""When a visit could be, over HTTP and of real rows; and why not then."""

from datetime import UTC, datetime, timedelta

import pytest

from chairside.kernel.op import ENTER
from chairside.kernel.wire import Connection
from chairside.scheduling.queries.candidates import CANDIDATES, TAKEN
from tests.scheduling.conftest import at

NEVER = "00000000-0000-7000-8000-000000000001"


async def openings(chairside, **asked):
    service = {"service_id": str(chairside.service.id)} if "duration_minutes" not in asked else {}
    asked = {"from": "2027-03-01", "to": "2027-03-01", **service, **asked}
    answer = await chairside.clinic.ask("GET", "/availability", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def clocks(found, of=None):
    return [slot["starts_at"][11:16] for slot in found["slots"] if of is None or slot["provider_id"] == str(of)]


class TestAvailability:
    async def test_is_the_days_hours_without_what_is_booked(self, chairside, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "13:00"]]}})  # 9 to 11 in UTC
        await chairside.booked(9.5)
        found = await openings(chairside)
        assert found["timezone"] == "Europe/Bucharest" and found["next_from"] is None
        assert found["slots"] == [
            {"starts_at": f"2027-03-01T{start}:00Z", "ends_at": f"2027-03-01T{end}:00Z",
             "provider_id": str(chairside.provider.id), "operatory_id": str(chairside.operatory.id),
             "provider_ids": [str(chairside.provider.id)], "group_session_id": None, "seats_left": None, "capacity": None}
            for start, end in [("09:00", "09:30"), ("10:00", "10:30"), ("10:15", "10:45"), ("10:30", "11:00")]
        ]  # fmt: skip

    async def test_takes_as_long_as_is_said_with_the_services_buffers(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "13:00"]]}})
        service = await given.service(north, minutes=30, buffer_before_minutes=10, buffer_after_minutes=15)
        await chairside.booked(10, duration_minutes=15)
        of = {"service_id": str(service.id)}
        assert clocks(await openings(chairside, **of)) == ["09:00", "09:15", "10:30"]
        assert clocks(await openings(chairside, duration_minutes=60, **of)) == []
        assert clocks(await openings(chairside, duration_minutes=10, **of)) == ["09:00", "09:15", "09:30", "10:30", "10:45"]

    async def test_is_of_each_provider_or_of_any(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "12:00"]]}})
        other = await given.provider(north)
        await chairside.booked(9)
        found = await openings(chairside)
        assert clocks(found, chairside.provider.id) == ["09:30"]
        assert clocks(found, other.id) == ["09:00", "09:15", "09:30"]
        assert clocks(await openings(chairside, who="any")) == ["09:00", "09:15", "09:30"]
        assert clocks(await openings(chairside, provider_id=[str(chairside.provider.id)])) == ["09:30"]
        both = await openings(chairside, provider_id=[str(chairside.provider.id), str(other.id)])
        assert both == found

    async def test_of_anybody_is_not_of_whoever_assists(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "12:00"]]}})
        nurse = await given.provider(north)
        helps = await north.ask("PATCH", f"/providers/{nurse.id}", json={"assists": True}, version=1)
        assert helps.json()["assists"] is True
        assert {slot["provider_id"] for slot in (await openings(chairside))["slots"]} == {str(chairside.provider.id)}
        named = await openings(chairside, provider_id=[str(nurse.id)])
        assert {slot["provider_id"] for slot in named["slots"]} == {str(nurse.id)}, "whoever is named may be booked"

    async def test_names_a_room_that_is_free_and_keeps_to_the_one_asked_for(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "12:00"]]}})
        room, other = str(chairside.operatory.id), await given.provider(north)
        only = {"provider_id": [str(other.id)]}
        await chairside.booked(9)
        found = await openings(chairside, **only)
        assert [slot["operatory_id"] for slot in found["slots"]] == [None, None, room]
        second = await given.operatory(north)
        found = await openings(chairside, **only)
        assert [slot["operatory_id"] for slot in found["slots"]] == [str(second.id), str(second.id), room]
        assert clocks(await openings(chairside, operatory_id=room, **only)) == ["09:30"]
        await north.ask("PATCH", f"/providers/{other.id}", json={"operatory_id": str(second.id)}, version=1)
        found = await openings(chairside, **only)
        assert {slot["operatory_id"] for slot in found["slots"]} == {str(second.id)}

    async def test_leaves_the_patient_their_other_visits_without_buffers(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "12:30"]]}})
        service = await given.service(north, minutes=30, buffer_before_minutes=15)
        patient, other = await given.patient(north), await given.provider(north)
        await chairside.booked(9, patient=patient)
        asked = {"provider_id": [str(other.id)], "service_id": str(service.id), "patient_id": str(patient.id)}
        assert clocks(await openings(chairside, **asked)) == ["09:30", "09:45", "10:00"]

    async def test_is_not_in_the_way_of_the_visit_that_is_moved(self, chairside, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "11:45"]]}})
        visit = await chairside.booked(9)
        assert clocks(await openings(chairside)) == []
        moved = {"appointment_id": visit["id"], "patient_id": visit["patient_id"]}
        assert clocks(await openings(chairside, **moved)) == ["09:00", "09:15"]

    async def test_sees_what_was_booked_over_another(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "13:00"]]}})
        await chairside.booked(9, duration_minutes=60)
        await chairside.booked(9.25, duration_minutes=15, overbooking_reason="Pain")
        assert clocks(await openings(chairside)) == ["10:00", "10:15", "10:30"]

    async def test_gives_back_what_is_cancelled(self, chairside, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "11:30"]]}})
        visit = await chairside.booked(9)
        assert clocks(await openings(chairside)) == []
        await chairside.step(visit, "cancellation", {"reason": "Ill"})
        assert clocks(await openings(chairside)) == ["09:00"]

    async def test_is_never_in_the_past_and_empty_where_all_of_it_is(self, chairside):
        found = await openings(chairside, **{"from": "2020-03-02", "to": "2020-03-06"})
        assert found["slots"] == []
        answer = await chairside.clinic.ask("GET", "/availability", params={"service_id": str(chairside.service.id)})
        starts = [datetime.fromisoformat(slot["starts_at"]) for slot in answer.json()["slots"]]
        assert starts and min(starts) >= datetime.now(UTC) - timedelta(minutes=1)

    async def test_goes_on_where_it_stopped(self, chairside):
        whole = await openings(chairside, to="2027-04-30", limit=5000)
        assert whole["next_from"] is None
        pages, start = [], "2027-03-01"
        while start:
            page = await openings(chairside, **{"from": start, "to": "2027-04-30", "limit": 97})
            pages += page["slots"]
            start = page["next_from"]
        assert pages == whole["slots"]

    async def test_knows_vacations_and_days_in_another_zone(self, chairside, north):
        await north.ask("PUT", "/hours", json={"weekly": {str(day): [["11:00", "11:45"]] for day in range(1, 8)}})
        provider = f"/providers/{chairside.provider.id}"
        away = {"first_on": "2027-03-02", "last_on": "2027-03-03", "reason": "Sea"}
        assert (await north.ask("POST", f"{provider}/vacations", json=away)).status_code == 201
        moved = {"first_on": "2027-03-04", "last_on": "2027-03-04", "timezone": "Europe/London"}
        assert (await north.ask("POST", f"{provider}/travels", json=moved)).status_code == 201
        found = await openings(chairside, to="2027-03-05")
        assert [slot["starts_at"][5:16] for slot in found["slots"]] == [
            "03-01T09:00", "03-01T09:15", "03-04T11:00", "03-04T11:15", "03-05T09:00", "03-05T09:15",
        ]  # fmt: skip
        assert codes(await explained(chairside, 9 + 24)) == ["day_off"]

    async def test_is_on_the_days_and_at_the_hours_that_suit(self, chairside):
        found = await openings(chairside, to="2027-03-14", weekday=[2, 4], earliest="10:30", latest="11:15")
        assert {slot["starts_at"] for slot in found["slots"]} == {
            f"2027-03-{day:02}T{time}:00Z" for day in (2, 4, 9, 11) for time in ("08:30", "08:45", "09:00")
        }
        for wrong in ({"weekday": 8}, {"earliest": "25:00"}, {"latest": "noon"}):
            answer = await chairside.clinic.ask("GET", "/availability", params={"duration_minutes": 30, **wrong})
            assert answer.status_code == 422

    async def test_of_who_works_no_more_or_not_at_all_is_none(self, chairside, north):
        assert clocks(await openings(chairside))
        await north.ask("PUT", f"/providers/{chairside.provider.id}/hours", json={"weekly": {}})
        assert clocks(await openings(chairside)) == []
        await north.ask("PATCH", f"/providers/{chairside.provider.id}", json={"active": False}, version=1)
        assert clocks(await openings(chairside, provider_id=[str(chairside.provider.id)])) == []

    @pytest.mark.parametrize(
        "asked, pointer, code",
        [
            ({"from": "2027-03-02", "to": "2027-03-01"}, "/to", "runs_backward"),
            ({"to": "2037-03-01"}, "/to", "too_far"),
            ({"limit": "1000000"}, "/limit", "less_than_equal"),
            ({"increment": "0"}, "/increment", "greater_than_equal"),
            ({"duration_minutes": "100000"}, "/duration_minutes", "less_than_equal"),
            ({"from": "yesterday"}, "/from", None),
            ({"provider_id": "me"}, "/provider_id/0", None),
        ],
    )
    async def test_refuses_what_cannot_be(self, chairside, asked, pointer, code):
        base = {"from": "2027-03-01", "to": "2027-03-02", "service_id": str(chairside.service.id)}
        answer = await chairside.clinic.ask("GET", "/availability", params=base | asked)
        assert answer.status_code == 422, answer.text
        (error,) = answer.json()["errors"]
        assert error["pointer"] == pointer and (code is None or error["code"] == code)

    async def test_says_what_is_missing(self, chairside):
        answer = await chairside.clinic.ask("GET", "/availability", params={})
        assert [error["code"] for error in answer.json()["errors"]] == ["required"]
        for name, code in [("service_id", "NoSuchService"), ("provider_id", "NoSuchProvider"),
                           ("operatory_id", "NoSuchOperatory"), ("patient_id", "NoSuchPatient")]:  # fmt: skip
            answer = await chairside.clinic.ask("GET", "/availability", params={"duration_minutes": 30, name: NEVER})
            assert (answer.status_code, answer.json()["code"]) == (404, code)

    async def test_costs_two_statements_however_many_there_are(self, chairside, given, north, monkeypatch):
        for _ in range(4):
            await given.provider(north)
        turns, plain = [], Connection.ask

        def ask(connection, *asked):
            turns.append([one.query for one in asked])
            return plain(connection, *asked)

        monkeypatch.setattr(Connection, "ask", ask)
        await openings(chairside)
        assert turns == [["begin", ENTER], [CANDIDATES], [TAKEN], ["commit"]]


async def explained(chairside, hour=9, **asked):
    asked = {"at": at(hour).isoformat(), "service_id": str(chairside.service.id), **asked}
    answer = await chairside.clinic.ask("GET", "/availability/explanation", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def codes(found, name=None):
    return [because["code"] for one in found["resources"] if name in (None, one["id"], one["kind"]) for because in one["reasons"]]


class TestExplanation:
    async def test_has_nothing_to_say_against_what_is_offered(self, chairside, given, north):
        patient = await given.patient(north)
        found = await explained(chairside, operatory_id=str(chairside.operatory.id), patient_id=str(patient.id))
        assert found["offered"] and found["reasons"] == [] and codes(found) == []
        assert [one["kind"] for one in found["resources"]] == ["provider", "operatory", "patient"]
        assert (found["starts_at"], found["ends_at"]) == ("2027-03-01T09:00:00Z", "2027-03-01T09:30:00Z")

    async def test_names_what_is_in_the_way_of_everybody(self, chairside, given, north):
        other = await given.provider(north, "Dr. Radu Popa")
        patient = await given.patient(north)
        visit = await chairside.booked(9, patient=patient)
        asked = {"operatory_id": str(chairside.operatory.id), "patient_id": str(patient.id)}
        found = await explained(chairside, 9.25, **asked)
        assert not found["offered"]
        because = {
            "code": "taken", "starts_at": "2027-03-01T09:00:00Z", "ends_at": "2027-03-01T09:30:00Z", "appointment_id": visit["id"],
            "hours": [], "reason": None, "group_session_id": None, "seats": None, "capacity": None,
        }  # fmt: skip
        reasons = {one["id"]: one["reasons"] for one in found["resources"]}
        assert reasons == {
            str(chairside.provider.id): [because], str(other.id): [], str(chairside.operatory.id): [because],
            str(patient.id): [because],
        }  # fmt: skip
        assert (await explained(chairside, 9.25))["offered"], "another provider is free"
        assert (await explained(chairside, 9.25, appointment_id=visit["id"], **asked))["offered"]

    async def test_tells_a_buffer_from_a_visit(self, chairside, given, north):
        service = await given.service(north, minutes=30, buffer_after_minutes=15)
        visit = await chairside.booked(9, service_id=str(service.id))
        found = await explained(chairside, 9.5)
        (because,) = found["resources"][0]["reasons"]
        assert (because["code"], because["appointment_id"]) == ("in_a_buffer", visit["id"])
        assert (because["starts_at"], because["ends_at"]) == ("2027-03-01T09:00:00Z", "2027-03-01T09:30:00Z")
        assert codes(await explained(chairside, 8.5, service_id=str(service.id))) == ["in_a_buffer"]

    async def test_says_why_nobody_works_then(self, chairside, north):
        provider = f"/providers/{chairside.provider.id}"
        await north.ask(
            "PUT", "/hours", json={"weekly": {"1": [["09:00", "12:00"], ["13:00", "17:00"]], "2": [["09:00", "17:00"]]}}
        )
        (because,) = (await explained(chairside, 10))["resources"][0]["reasons"]  # noon in Bucharest
        assert because["code"] == "outside_hours"
        assert because["hours"] == [
            {"starts_at": "2027-03-01T07:00:00Z", "ends_at": "2027-03-01T10:00:00Z"},
            {"starts_at": "2027-03-01T11:00:00Z", "ends_at": "2027-03-01T15:00:00Z"},
        ]
        assert codes(await explained(chairside, 9.75)) == ["outside_hours"], "it would not be over in time"
        assert codes(await explained(chairside, 9 + 48)) == ["not_a_working_day"]
        await north.ask("POST", "/holidays", json={"date": "2027-03-01", "name": "Mărțișor"})
        assert codes(await explained(chairside)) == ["holiday"]
        await north.ask("POST", f"{provider}/overrides", json={"date": "2027-03-02", "blocks": []})
        assert codes(await explained(chairside, 9 + 24)) == ["day_off"]
        await north.ask("PATCH", provider, json={"active": False}, version=1)
        assert codes(await explained(chairside, provider_id=[str(chairside.provider.id)])) == ["inactive", "holiday"]

    async def test_knows_the_past_and_the_steps_that_are_offered(self, chairside):
        found = await explained(chairside, 9 - 24 * 1000)
        assert [because["code"] for because in found["reasons"]] == ["in_the_past"] and not found["offered"]
        assert codes(await explained(chairside, 9 + 7 / 60)) == ["off_grid"]
        assert (await explained(chairside, 9 + 10 / 60, increment=10))["offered"]

    async def test_agrees_with_what_is_offered_all_day(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["09:00", "12:00"], ["12:30", "17:00"]]}})
        service = await given.service(north, minutes=40, buffer_before_minutes=5)
        for hour in (8, 9.25, 12):
            await chairside.booked(hour)
        of = {"service_id": str(service.id)}
        offered = {slot["starts_at"] for slot in (await openings(chairside, **of))["slots"]}
        for quarter in range(4 * 6, 4 * 16):
            found = await explained(chairside, quarter / 4, **of)
            assert found["offered"] == (found["starts_at"] in offered), found

"""Sessions of groups: one time of a provider and a room, in which each patient has a seat."""

import asyncio
from collections import Counter

import pytest
from psycopg.errors import CheckViolation

from tests.scheduling.conftest import at
from tests.scheduling.test_calendars import clocks, made, openings
from tests.scheduling.test_feeds import fetch

PLACES = 3


@pytest.fixture
async def group(chairside):
    """A calendar of one provider with three seats, at half hours from nine to five of the clinic: seven to fifteen in UTC."""
    ids = [{"provider_id": str(chairside.provider.id)}]
    await chairside.clinic.ask("PUT", "/hours", json={"weekly": {str(day): [["09:00", "17:00"]] for day in range(1, 8)}})
    return await made(chairside, name="Class", providers=ids, capacity=PLACES, increment=30)


async def seat(chairside, group, hour=9, **more):
    more = {"operatory_id": None, "provider_id": None, "service_id": None, "calendar_id": group["id"], **more}
    return await chairside.book(hour, **more)


async def seated(chairside, group, hour=9, **more):
    answer = await seat(chairside, group, hour, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def session_of(chairside, visit):
    answer = await chairside.clinic.ask("GET", f"/group-sessions/{visit['group_session_id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def opened(chairside, group, hour=9, **more):
    body = {"calendar_id": group["id"], "starts_at": at(hour).isoformat(), **more}
    return await chairside.clinic.ask("POST", "/group-sessions", json=body)


async def act(chairside, session, what, body=None, method="POST"):
    return await chairside.clinic.ask(method, f"/group-sessions/{session['id']}/{what}", json=body)


def claims(root, clinic):
    root.rollback()
    return Counter(
        row[0]
        for row in root.execute(
            """select case when resource_id in (select id from patient) then 'patient'
                           when resource_id in (select id from provider) then 'provider' else 'operatory' end
                 from claim where clinic_id = %s""",
            [clinic.id],
        ).fetchall()
    )


class TestBook:
    async def test_opens_a_session_with_the_first_seat_and_joins_it_with_the_next(self, chairside, group, root):
        visits = [await seated(chairside, group) for _ in range(PLACES)]
        [id] = {visit["group_session_id"] for visit in visits}
        session = await session_of(chairside, visits[0])
        assert (session["id"], session["name"], session["taken"], session["capacity"], session["left"]) == (id, "Class", 3, 3, 0)
        assert (session["starts_at"], session["by_hand"], session["ended_at"]) == ("2027-03-01T09:00:00Z", False, None)
        assert claims(root, chairside.clinic) == {"patient": PLACES, "provider": 1, "operatory": 1}
        roster = (await chairside.clinic.ask("GET", f"/group-sessions/{id}/seats")).json()["items"]
        assert [one["id"] for one in roster] == [visit["id"] for visit in visits]

    async def test_refuses_one_more_than_there_are_seats(self, chairside, group):
        for _ in range(PLACES):
            await seated(chairside, group)
        answer = await seat(chairside, group)
        assert (answer.status_code, answer.json()["code"], answer.json()["facts"]) == (409, "SessionIsFull", {"capacity": PLACES})

    async def test_gives_sixty_four_who_come_at_once_as_many_seats_as_there_are(self, chairside, given, north):
        await chairside.clinic.ask("PUT", "/hours", json={"weekly": {str(day): [["09:00", "17:00"]] for day in range(1, 8)}})
        group = await made(chairside, providers=[{"provider_id": str(chairside.provider.id)}], capacity=8)
        patients = [await given.patient(north) for _ in range(64)]
        answers = await asyncio.gather(*(seat(chairside, group, patient=patient) for patient in patients))
        codes = Counter(answer.json().get("code", "booked") for answer in answers)
        assert codes == {"booked": 8, "SessionIsFull": 56}
        assert len({answer.json()["group_session_id"] for answer in answers if answer.status_code == 201}) == 1

    async def test_gives_nobody_two_seats(self, chairside, group, given, north):
        patient = await given.patient(north)
        await seated(chairside, group, patient=patient)
        answer = await seat(chairside, group, patient=patient)
        assert (answer.status_code, answer.json()["code"], answer.json()["facts"]["resource"]) == (409, "TimeTaken", "patient")

    async def test_keeps_others_from_the_provider_and_the_room(self, chairside, group):
        visit = await seated(chairside, group)
        session = await session_of(chairside, visit)
        answer = await chairside.book(9, operatory_id=None)
        assert (answer.status_code, answer.json()["facts"]["resource"]) == (409, "provider")
        answer = await seat(chairside, group, 9.25)
        assert (answer.status_code, answer.json()["code"]) == (409, "NobodyIsFree")
        assert session["operatory_id"] == str(chairside.operatory.id)

    async def test_names_a_session_that_begins_in_no_time(self, chairside, group, north, given):
        visit = await seated(chairside, group)
        await north.ask("PATCH", f"/calendars/{group['id']}", json={"min_notice": 60 * 24 * 300}, headers={"if-match": '"1"'})
        late = await seat(chairside, group)
        named = await seat(chairside, group, calendar_id=None, group_session_id=visit["group_session_id"])
        assert (late.status_code, named.status_code) == (409, 201)
        elsewhere = await seat(chairside, group, 10, calendar_id=None, group_session_id=visit["group_session_id"])
        assert (elsewhere.status_code, elsewhere.json()["errors"][0]["pointer"]) == (422, "/starts_at")

    async def test_is_never_over_others(self, chairside, group):
        visit = await seated(chairside, group)
        answer = await seat(
            chairside, group, calendar_id=None, group_session_id=visit["group_session_id"], overbooking_reason="pain"
        )
        assert answer.status_code == 422

    async def test_does_not_find_a_session_of_another_clinic(self, chairside, group, south, given):
        visit = await seated(chairside, group)
        patient, provider = await given.patient(south), await given.provider(south)
        body = {
            "patient_id": str(patient.id), "provider_id": str(provider.id), "starts_at": at(9).isoformat(),
            "group_session_id": visit["group_session_id"],
        }  # fmt: skip
        answer = await south.ask("POST", "/appointments", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchGroupSession")
        assert (await south.ask("GET", f"/group-sessions/{visit['group_session_id']}")).status_code == 404


class TestOffers:
    async def test_the_session_while_seats_are_left(self, chairside, group):
        before = await openings(chairside, group)
        await seated(chairside, group)
        found = await openings(chairside, group)
        assert clocks(found) == clocks(before)
        [slot] = [one for one in found["slots"] if one["group_session_id"]]
        assert (slot["starts_at"], slot["seats_left"], slot["capacity"]) == ("2027-03-01T09:00:00Z", 2, 3)
        for _ in range(PLACES - 1):
            await seated(chairside, group)
        assert set(clocks(before)) - set(clocks(await openings(chairside, group))) == {"09:00"}

    async def test_it_to_nobody_who_is_elsewhere(self, chairside, group, given, north):
        patient = await given.patient(north)
        await seated(chairside, group)
        other = await given.provider(north)
        await chairside.booked(9, patient=patient, provider_id=str(other.id), operatory_id=None)
        found = await openings(chairside, group, patient_id=str(patient.id))
        assert not [one for one in found["slots"] if one["group_session_id"]]

    async def test_it_off_the_grid_where_somebody_opened_it(self, chairside, group):
        answer = await opened(chairside, group, 9 + 1 / 6)
        assert answer.status_code == 201, answer.text
        found = clocks(await openings(chairside, group))
        assert "09:10" in found and "09:00" not in found and "09:30" not in found

    async def test_a_reason_where_it_is_full(self, chairside, group):
        for _ in range(PLACES):
            await seated(chairside, group)
        asked = {"calendar_id": group["id"], "at": at(9).isoformat()}
        found = (await chairside.clinic.ask("GET", "/availability/explanation", params=asked)).json()
        [reason] = found["resources"][0]["reasons"]
        assert not found["offered"]
        assert (reason["code"], reason["seats"], reason["capacity"]) == ("full", 3, 3)

    async def test_no_reason_while_seats_are_left(self, chairside, group):
        await seated(chairside, group)
        asked = {"calendar_id": group["id"], "at": at(9).isoformat()}
        found = (await chairside.clinic.ask("GET", "/availability/explanation", params=asked)).json()
        assert found["offered"] and not found["resources"][0]["reasons"]


class TestHold:
    async def hold(self, chairside, group, hour=9):
        body = {"provider_id": str(chairside.provider.id), "calendar_id": group["id"], "starts_at": at(hour).isoformat()}
        return await chairside.clinic.ask("POST", "/holds", json={**body, "service_id": str(chairside.service.id)})

    async def test_keeps_a_seat(self, chairside, group):
        visit = await seated(chairside, group)
        held = await self.hold(chairside, group)
        assert held.status_code == 201 and held.json()["group_session_id"] == visit["group_session_id"]
        session = await session_of(chairside, visit)
        assert (session["taken"], session["held"], session["left"]) == (1, 1, 1)
        await seated(chairside, group)
        assert (await seat(chairside, group)).json()["code"] == "SessionIsFull"
        assert (await self.hold(chairside, group)).json()["code"] == "SessionIsFull"
        assert (await seat(chairside, group, hold_id=held.json()["id"])).status_code == 201

    async def test_gives_it_back(self, chairside, group):
        await seated(chairside, group)
        await seated(chairside, group)
        held = (await self.hold(chairside, group)).json()
        assert (await chairside.clinic.ask("POST", f"/holds/{held['id']}/extension")).status_code == 201
        assert (await chairside.clinic.ask("DELETE", f"/holds/{held['id']}")).status_code == 204
        await seated(chairside, group)

    async def test_of_a_time_without_a_session_opens_it_with_the_visit(self, chairside, group):
        held = (await self.hold(chairside, group)).json()
        assert held["group_session_id"] is None
        assert (await seat(chairside, group)).json()["code"] == "NobodyIsFree"
        visit = await seated(chairside, group, hold_id=held["id"])
        assert visit["group_session_id"]


class TestCancelASeat:
    async def test_frees_it(self, chairside, group):
        visits = [await seated(chairside, group) for _ in range(PLACES)]
        assert (await chairside.step(visits[0], "cancellation", {"reason": "ill"})).status_code == 201
        await seated(chairside, group)
        answer = await chairside.undo(visits[0], "cancellation")
        assert (answer.status_code, answer.json()["code"]) == (409, "SessionIsFull")

    async def test_ends_the_session_with_the_last(self, chairside, group, root):
        visit = await seated(chairside, group)
        await chairside.step(visit, "cancellation", {"reason": "ill"})
        session = await session_of(chairside, visit)
        assert session["ended_at"] and not session["cancelled"]
        assert claims(root, chairside.clinic) == {}
        await chairside.booked(9)
        answer = await chairside.undo(visit, "cancellation")
        assert (answer.status_code, answer.json()["code"]) == (409, "TimeTaken")

    async def test_and_taking_it_back_has_the_session_again(self, chairside, group, root):
        visit = await seated(chairside, group)
        await chairside.step(visit, "cancellation", {"reason": "ill"})
        assert (await chairside.undo(visit, "cancellation")).status_code == 200
        assert (await session_of(chairside, visit))["ended_at"] is None
        assert claims(root, chairside.clinic) == {"patient": 1, "provider": 1, "operatory": 1}

    async def test_leaves_one_that_was_opened_by_hand(self, chairside, group):
        session = (await opened(chairside, group)).json()
        visit = await seated(chairside, group)
        assert visit["group_session_id"] == session["id"]
        await chairside.step(visit, "cancellation", {"reason": "ill"})
        assert (await session_of(chairside, visit))["ended_at"] is None
        assert (await chairside.book(9, operatory_id=None)).status_code == 409

    async def test_lets_in_who_was_booked_over_the_session(self, chairside, group, root):
        visit = await seated(chairside, group)
        over = await chairside.booked(9, operatory_id=None, overbooking_reason="pain")
        await chairside.step(visit, "cancellation", {"reason": "ill"})
        root.rollback()
        waiting = root.execute("select count(*) from claim where appointment_id = %s and not active", [over["id"]]).fetchone()
        assert waiting == (0,)


class TestOpen:
    async def test_refuses_a_calendar_for_one(self, chairside, group):
        single = await made(chairside, name="One", providers=[{"provider_id": str(chairside.provider.id)}])
        answer = await opened(chairside, single)
        assert (answer.status_code, answer.json()["code"]) == (409, "CalendarIsForOne")

    async def test_refuses_a_time_that_is_taken_or_nobodys(self, chairside, group):
        await chairside.booked(9)
        assert (await opened(chairside, group)).json()["code"] == "NobodyIsFree"
        assert (await opened(chairside, group, 3)).json()["code"] == "NobodyIsFree"

    async def test_gives_it_the_seats_named(self, chairside, group):
        session = (await opened(chairside, group, capacity=5)).json()
        assert (session["capacity"], session["by_hand"], session["taken"]) == (5, True, 0)
        listed = (await chairside.clinic.ask("GET", "/group-sessions", params={"from": "2027-03-01", "to": "2027-03-01"})).json()
        assert [one["id"] for one in listed["items"]] == [session["id"]]

    async def test_of_others_is_not_for_those_who_book_their_own(self, chairside, group, ask_with):
        body = {"calendar_id": group["id"], "starts_at": at(9).isoformat()}
        answer = await ask_with("scheduling.book_own", "POST", "/group-sessions", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "NotOwnSchedule")


class TestCapacity:
    async def change(self, chairside, session, capacity):
        path, version = f"/group-sessions/{session['id']}", {"if-match": f'"{session["version"]}"'}
        return await chairside.clinic.ask("PATCH", path, json={"capacity": capacity}, headers=version)

    async def test_may_be_raised_and_lowered_to_the_seats_taken(self, chairside, group):
        visits = [await seated(chairside, group) for _ in range(PLACES)]
        session = await session_of(chairside, visits[0])
        session = (await self.change(chairside, session, 4)).json()
        await seated(chairside, group)
        lower = await self.change(chairside, session, 3)
        assert (lower.status_code, lower.json()["code"], lower.json()["facts"]) == (409, "SeatsAreTaken", {"taken": 4})

    async def test_is_not_changed_by_whoever_did_not_see_it(self, chairside, group):
        session = await session_of(chairside, await seated(chairside, group))
        await self.change(chairside, session, 4)
        assert (await self.change(chairside, session, 5)).json()["code"] == "GroupSessionIsStale"

    async def test_is_kept_by_the_database_itself(self, chairside, group):
        """Whoever went past the doors is stopped by the database."""
        visits = [await seated(chairside, group) for _ in range(2)]
        id = visits[0]["group_session_id"]
        with pytest.raises(CheckViolation, match="more seats of this session are taken"):
            async with chairside.clinic.op() as op:
                await op.db.run("update group_session set capacity = 1 where id = %(id)s", id=id)
        copy = """
            insert into appointment (patient_id, provider_id, starts_at, ends_at, calendar_id, group_session_id)
            select patient_id, provider_id, starts_at, ends_at, calendar_id, group_session_id
              from appointment
             where appointment.group_session_id = %(id)s
        """
        with pytest.raises(CheckViolation, match="every seat of this session is taken"):
            async with chairside.clinic.op() as op:
                await op.db.run(copy, id=id)


class TestMoveASeat:
    async def move(self, chairside, visit, hour, **more):
        return await chairside.step(visit, "rescheduling", {"starts_at": at(hour).isoformat(), **more})

    async def test_to_a_session_that_is_open(self, chairside, group, root):
        one, other = await seated(chairside, group), await seated(chairside, group, 11)
        await seated(chairside, group)
        moved = await self.move(chairside, one, 11)
        assert moved.status_code == 201, moved.text
        assert moved.json()["group_session_id"] == other["group_session_id"]
        assert (await chairside.get(one)) == moved.json()
        assert (await session_of(chairside, one))["taken"] == 1
        assert claims(root, chairside.clinic) == {"patient": 3, "provider": 2, "operatory": 2}

    async def test_to_one_that_is_opened_for_it(self, chairside, group):
        one = await seated(chairside, group)
        await seated(chairside, group)
        moved = (await self.move(chairside, one, 11)).json()
        assert moved["group_session_id"] != one["group_session_id"] and moved["starts_at"] == "2027-03-01T11:00:00Z"

    async def test_ends_the_session_that_is_empty_then(self, chairside, group):
        one, _ = await seated(chairside, group), await seated(chairside, group, 11)
        await self.move(chairside, one, 11)
        assert (await session_of(chairside, one))["ended_at"]

    async def test_takes_its_session_along_where_it_is_the_only_one(self, chairside, group):
        one = await seated(chairside, group)
        moved = await self.move(chairside, one, 9.25)
        assert moved.status_code == 201, moved.text
        assert moved.json()["group_session_id"] == one["group_session_id"]
        assert (await session_of(chairside, one))["starts_at"] == "2027-03-01T09:15:00Z"

    async def test_refuses_a_full_one_and_another_length(self, chairside, group):
        one = await seated(chairside, group)
        for _ in range(PLACES):
            await seated(chairside, group, 11)
        await seated(chairside, group)
        assert (await self.move(chairside, one, 11)).json()["code"] == "SessionIsFull"
        assert (await self.move(chairside, one, 12, duration_minutes=60)).json()["code"] == "SeatKeepsItsSession"


class TestMoveASession:
    async def move(self, chairside, session, **body):
        return await act(chairside, session, "rescheduling", body)

    async def test_takes_everybody_along(self, chairside, group, root):
        visits = [await seated(chairside, group) for _ in range(PLACES)]
        session = await session_of(chairside, visits[0])
        moved = await self.move(chairside, session, starts_at=at(9.5).isoformat())
        assert moved.status_code == 201, moved.text
        assert (moved.json()["starts_at"], moved.json()["version"]) == ("2027-03-01T09:30:00Z", session["version"] + 1)
        assert {(await chairside.get(one))["starts_at"] for one in visits} == {"2027-03-01T09:30:00Z"}
        assert claims(root, chairside.clinic) == {"patient": PLACES, "provider": 1, "operatory": 1}
        assert (await chairside.book(9)).status_code == 201

    async def test_moves_nobody_where_one_is_elsewhere_and_says_who(self, chairside, group, given, north):
        patient, other = await given.patient(north), await given.provider(north)
        mine = await seated(chairside, group, patient=patient)
        visits = [mine, await seated(chairside, group)]
        await chairside.booked(11, patient=patient, provider_id=str(other.id), operatory_id=None)
        answer = await self.move(chairside, await session_of(chairside, mine), starts_at=at(11).isoformat())
        assert (answer.status_code, answer.json()["code"]) == (409, "TimeTaken")
        assert answer.json()["facts"] == {"resource": "patient", "appointment_ids": [mine["id"]]}
        assert {(await chairside.get(one))["starts_at"] for one in visits} == {"2027-03-01T09:00:00Z"}

    async def test_is_refused_once_somebody_has_arrived(self, chairside, group):
        visit = await seated(chairside, group)
        await chairside.step(visit, "arrival")
        answer = await self.move(chairside, await session_of(chairside, visit), starts_at=at(11).isoformat())
        assert (answer.status_code, answer.json()["code"]) == (409, "SessionHasBegun")

    async def test_changes_the_provider(self, chairside, given, north):
        other = str((await given.provider(north)).id)
        ids = [{"provider_id": str(chairside.provider.id)}, {"provider_id": other}]
        group = await made(chairside, providers=ids, capacity=2, strategy="priority")
        visit = await seated(chairside, group)
        moved = await self.move(chairside, await session_of(chairside, visit), provider_id=other)
        assert moved.status_code == 201, moved.text
        assert (await chairside.get(visit))["provider_id"] == other


class TestCancelASession:
    async def test_cancels_everybody_and_gives_the_time_back(self, chairside, group, root):
        visits = [await seated(chairside, group) for _ in range(2)]
        session = await session_of(chairside, visits[0])
        done = await act(chairside, session, "cancellation", {"reason": "the provider is ill"})
        assert done.status_code == 201, done.text
        assert sorted(done.json()["appointment_ids"]) == sorted(one["id"] for one in visits)
        assert done.json()["session"]["cancelled"]
        assert {(await chairside.get(one))["status"] for one in visits} == {"cancelled"}
        assert claims(root, chairside.clinic) == {}
        alone = await chairside.undo(visits[0], "cancellation")
        assert (alone.status_code, alone.json()["code"]) == (409, "SessionHasEnded")

    async def test_is_taken_back_with_everybody(self, chairside, group, root):
        visits = [await seated(chairside, group) for _ in range(2)]
        session = await session_of(chairside, visits[0])
        await act(chairside, session, "cancellation", {"reason": "ill"})
        assert (await act(chairside, session, "cancellation", method="DELETE")).status_code == 200
        assert {(await chairside.get(one))["status"] for one in visits} == {"scheduled"}
        assert claims(root, chairside.clinic) == {"patient": 2, "provider": 1, "operatory": 1}
        again = await act(chairside, session, "cancellation", method="DELETE")
        assert (again.status_code, again.json()["code"]) == (404, "NoSuchSessionCancellation")

    async def test_is_not_taken_back_where_the_time_is_taken(self, chairside, group):
        visit = await seated(chairside, group)
        session = await session_of(chairside, visit)
        await act(chairside, session, "cancellation", {"reason": "ill"})
        await chairside.booked(9)
        assert (await act(chairside, session, "cancellation", method="DELETE")).json()["code"] == "TimeTaken"
        assert (await chairside.get(visit))["status"] == "cancelled"


class TestASeat:
    async def test_goes_its_own_steps_and_is_charged(self, chairside, group, north):
        visits = [await seated(chairside, group) for _ in range(2)]
        for step in ("confirmation", "arrival", "seating"):
            assert (await chairside.step(visits[0], step)).status_code == 201
        items = [{"service_id": str(chairside.service.id)}]
        done = await chairside.step(visits[0], "completion", {"items": items}, headers={"idempotency-key": "x" * 20})
        assert done.status_code == 201, done.text
        charges = (await north.ask("GET", f"/patients/{visits[0]['patient_id']}/ledger")).json()
        assert charges["balance"]["amount"] == 25_000
        assert (await chairside.get(visits[1]))["status"] == "scheduled"

    async def test_is_none_of_a_series(self, chairside, group, given, north):
        await seated(chairside, group)
        patient = await given.patient(north)
        repeat = {"unit": "week", "every": 1, "starts_on": "2027-03-01", "time": "11:00", "times": 2}
        body = {
            "patient_id": str(patient.id), "provider_id": str(chairside.provider.id), "service_id": str(chairside.service.id),
            "repeat": repeat,
        }  # fmt: skip
        by_calendar = await north.ask("POST", "/series", json=body | {"calendar_id": group["id"]})
        assert (by_calendar.status_code, by_calendar.json()["errors"][0]["pointer"]) == (422, "/calendar_id")
        over = await north.ask("POST", "/series", json=body)
        assert (over.status_code, over.json()["code"]) == (409, "SeriesClashes")
        assert [one["on"] for one in over.json()["facts"]["clashes"]] == ["2027-03-01"]


class TestRaces:
    async def test_everything_at_once_leaves_no_more_seats_than_there_are(self, chairside, group, given, north, root):
        """Booked, cancelled, moved, lowered and cancelled as a whole by many at the same time: whatever came first, what is claimed is
        what stands."""
        patients = [await given.patient(north) for _ in range(24)]
        first = [await seated(chairside, group, hour) for hour in (9, 11)]
        sessions = [await session_of(chairside, one) for one in first]
        work = [
            *(seat(chairside, group, (9, 11)[n % 2], patient=patient) for n, patient in enumerate(patients)),
            chairside.step(first[0], "cancellation", {"reason": "x"}),
            chairside.step(first[1], "rescheduling", {"starts_at": at(9).isoformat()}),
            act(chairside, sessions[0], "rescheduling", {"starts_at": at(13).isoformat()}),
            act(chairside, sessions[1], "cancellation", {"reason": "x"}),
        ]
        answers = await asyncio.gather(*work)
        assert {answer.status_code for answer in answers} <= {200, 201, 409, 412}, [
            a.text for a in answers if a.status_code > 412
        ]
        root.rollback()
        over = root.execute(
            """select count(*) from group_session g
                where (select count(*) from appointment a
                        where a.group_session_id = g.id and a.status not in ('cancelled', 'no_show')) > g.capacity"""
        ).fetchone()
        lost = root.execute(
            """select count(*) from appointment a
                where a.group_session_id is not null and a.clinic_id = %(clinic)s
                  and (a.status not in ('cancelled', 'no_show'))
                      <> exists (select from claim c where c.appointment_id = a.id and c.resource_id = a.patient_id
                                    and c.starts_at = a.starts_at)""",
            {"clinic": north.id},
        ).fetchone()
        unowned = root.execute(
            """select count(*) from group_session g
                where g.clinic_id = %(clinic)s
                  and (g.ended_at is null) <> exists (select from claim c where c.group_session_id = g.id)""",
            {"clinic": north.id},
        ).fetchone()
        assert (over, lost, unowned) == ((0,), (0,), (0,))


class TestOnTheSchedule:
    async def test_it_stands_with_its_seats(self, chairside, group, north):
        visit = await seated(chairside, group)
        empty = (await opened(chairside, group, 11)).json()
        for path in ("/schedule?date=2027-03-01", "/schedule/week?from=2027-03-01&to=2027-03-07"):
            board = (await north.ask("GET", path)).json()
            assert [one["id"] for one in board["group_sessions"]] == [visit["group_session_id"], empty["id"]]
            assert [(one["taken"], one["capacity"]) for one in board["group_sessions"]] == [(1, 3), (0, 3)]
            assert [one["group_session_id"] for one in board["appointments"]] == [visit["group_session_id"]]

    async def test_others_see_when_it_takes_its_provider(self, chairside, group, given, north):
        await opened(chairside, group, 11)
        other = await given.provider(north)
        week = await north.ask("GET", f"/schedule/week?from=2027-03-01&to=2027-03-07&of={other.id}")
        [taken] = week.json()["taken"]
        assert (taken["starts_at"], taken["provider_id"]) == ("2027-03-01T11:00:00Z", str(chairside.provider.id))
        assert not week.json()["group_sessions"]

    async def test_a_calendar_feed_has_it_once(self, chairside, group, north):
        for _ in range(2):
            visit = await seated(chairside, group)
        feed = (await north.ask("POST", f"/providers/{chairside.provider.id}/calendar-feeds")).json()
        text = (await fetch(north, feed)).text
        assert text.count("BEGIN:VEVENT") == 1 and f"UID:{visit['group_session_id']}@chairside" in text


class TestReminders:
    async def test_of_everybody_are_planned_anew_when_the_session_moves(self, chairside, group, root):
        visits = [await seated(chairside, group) for _ in range(2)]
        due = "select count(*) from event where clinic_id = %s and name = 'scheduling.appointment_moved'"
        root.rollback()
        before = root.execute(due, [chairside.clinic.id]).fetchone()[0]
        session = await session_of(chairside, visits[0])
        await act(chairside, session, "rescheduling", {"starts_at": at(11).isoformat()})
        root.rollback()
        assert root.execute(due, [chairside.clinic.id]).fetchone()[0] == before + 2

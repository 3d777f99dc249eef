from datetime import date
from zoneinfo import ZoneInfo

import pytest

from chairside import scheduling
from chairside.kernel.refusals import NotAllowed
from tests.conftest import NOON
from tests.scheduling.conftest import at


class TestGetAppointment:
    async def test_writes_who_was_looked_at(self, chairside, root):
        visit = await chairside.booked(9)
        await chairside.get(visit)
        read = root.execute(
            "select patient_id::text from audit_event where clinic_id = %s and action = 'read' and entity = 'appointment' and entity_id = %s",
            [chairside.clinic.id, visit["id"]],
        ).fetchall()
        assert read == [(visit["patient_id"],)]

    async def test_does_not_know_one_of_another_clinic(self, chairside, south):
        visit = await chairside.booked(9)
        foreign = await south.ask("GET", f"/appointments/{visit['id']}")
        missing = await south.ask("GET", "/appointments/00000000-0000-7000-8000-000000000001")
        assert (foreign.status_code, foreign.json()["code"]) == (404, "NoSuchAppointment")
        assert foreign.json() | {"request_id": ""} == missing.json() | {"request_id": ""}


class TestListAppointments:
    async def test_pages_forward_and_back(self, chairside, north):
        booked = [(await chairside.booked(9, day=day))["id"] for day in range(5)]
        for sort, wanted in (("starts_at", booked), ("-starts_at", booked[::-1])):
            seen, cursor = [], ""
            while cursor is not None:
                page = await north.ask("GET", "/appointments", params={"limit": 2, "sort": sort, "cursor": cursor})
                assert page.status_code == 200, page.text
                seen += [item["id"] for item in page.json()["items"]]
                cursor = page.json()["next_cursor"]
            assert seen == wanted

    async def test_finds_by_patient_provider_chair_status_and_day(self, chairside, given, north):
        patient, provider, chair = await given.patient(north), await given.provider(north), await given.operatory(north)
        everything = [
            await chairside.booked(9, patient=patient),
            await chairside.booked(10, provider_id=str(provider.id)),
            await chairside.booked(11, operatory_id=str(chair.id)),
            await chairside.booked(9, day=1),
        ]
        await chairside.step(everything[0], "arrival")
        await chairside.step(everything[1], "cancellation", {"reason": "x"})
        ids = [visit["id"] for visit in everything]
        for params, wanted in (
            ({}, [0, 1, 2, 3]),
            ({"patient_id": str(patient.id)}, [0]),
            ({"provider_id": str(provider.id)}, [1]),
            ({"operatory_id": str(chair.id)}, [2]),
            ({"status": "arrived"}, [0]),
            ({"status": ["arrived", "cancelled"]}, [0, 1]),
            ({"from": "2027-03-02"}, [3]),
            ({"to": "2027-03-01"}, [0, 1, 2]),
            ({"from": "2027-03-01", "to": "2027-03-01", "status": "scheduled"}, [2]),
            ({"from": "2027-03-01T10:00:00Z", "to": "2027-03-01T11:00:00Z"}, [1]),
            ({"from": "2027-03-01T12:00:00+02:00"}, [1, 2, 3]),
        ):
            answer = await north.ask("GET", "/appointments", params=params)
            assert answer.status_code == 200, answer.text
            assert [ids.index(item["id"]) for item in answer.json()["items"]] == wanted, params

    @pytest.mark.parametrize(
        "params, pointer",
        [
            ({"from": "yesterday"}, "/from"),
            ({"to": "2027-03-01T10:00:00"}, "/to"),
            ({"from": "0001-01-01"}, "/from"),
            ({"status": "gone"}, "/status/0"),
            ({"sort": "name"}, "/sort"),
            ({"limit": 201}, "/limit"),
            ({"patient_id": "x"}, "/patient_id"),
        ],
    )
    async def test_points_at_what_is_wrong(self, north, params, pointer):
        answer = await north.ask("GET", "/appointments", params=params)
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    async def test_refuses_a_cursor_that_is_not_its_own(self, north, given):
        for name in ("A", "B"):
            await given.provider(north, name=name)
        other = (await north.ask("GET", "/providers", params={"limit": 1})).json()["next_cursor"]
        for cursor in ("x" * 40, other, other[:-4]):
            for path in ("/appointments", "/operatories"):
                answer = await north.ask("GET", path, params={"cursor": cursor})
                assert (answer.status_code, answer.json()["code"]) == (422, "BadCursor")

    async def test_shows_another_clinic_nothing_and_writes_whom_it_showed(self, chairside, south, north, root):
        visit = await chairside.booked(9)
        assert (await south.ask("GET", "/appointments")).json() == {"items": [], "next_cursor": None}
        assert (await south.ask("GET", "/appointments", params={"patient_id": visit["patient_id"]})).json()["items"] == []
        await north.ask("GET", "/appointments")
        shown = root.execute(
            "select patient_ids::text[] from audit_event where clinic_id = %s and action = 'read' and patient_ids is not null",
            [north.id],
        ).fetchall()
        assert shown == [([visit["patient_id"]],)]

    async def test_needs_the_permission(self, north):
        with pytest.raises(NotAllowed):
            async with north.op(grants=frozenset({"patients.read", "clinic.read"})) as op:
                await scheduling.list_appointments(op)


class TestListDay:
    async def test_knows_the_day_by_the_clinics_clock(self, chairside, north):
        """The 28th of February ends at 22:00 in UTC; what began then and lasts past midnight belongs to both days."""
        await chairside.booked(21.25, day=-1)
        over = await chairside.booked(21.75, day=-1)
        first = await chairside.booked(22.25, day=-1)
        late = await chairside.booked(21.5)
        await chairside.booked(22)
        await chairside.step(first, "cancellation", {"reason": "x"})
        async with north.op() as op:
            day = await scheduling.list_day(op, date=date(2027, 3, 1))
        assert [(str(one.id), one.status) for one in day] == [
            (over["id"], "scheduled"),
            (first["id"], "cancelled"),
            (late["id"], "scheduled"),
        ]

    @pytest.mark.parametrize("day, hours", [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
    async def test_has_as_many_hours_as_the_clocks_make_it(self, north, given, day, hours):
        provider, service = await given.provider(north), await given.service(north, minutes=60)
        start, end = scheduling.day_interval(day, ZoneInfo("Europe/Bucharest"))
        assert (end - start).total_seconds() == hours * 3600
        people = [await given.patient(north) for _ in range(hours + 2)]
        for n, patient in enumerate(people, start=-1):
            at_hour = start + (at(1) - at(0)) * n
            await given.appointment(north, starts_at=at_hour, provider=provider, patient=patient, service=service)
        async with north.op() as op:
            assert len(await scheduling.list_day(op, date=day)) == hours

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    async def test_ends_before_time_does(self, north, day):
        answer = await north.ask("GET", "/schedule", params={"date": day})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/date")


class TestListHistory:
    async def test_tells_each_step_with_who_took_it_and_who_took_it_back(self, north, south, given):
        visit = await given.appointment(north, starts_at=NOON)
        await north.ask("POST", f"/appointments/{visit.id}/arrival")
        await north.ask("DELETE", f"/appointments/{visit.id}/arrival")
        await north.ask("POST", f"/appointments/{visit.id}/cancellation", json={"reason": "ill"})
        lines = (await north.ask("GET", f"/appointments/{visit.id}/history")).json()["items"]
        assert [(line["step"], line["reason"], bool(line["undone_at"])) for line in lines] == [
            ("booking", None, False), ("arrival", None, True), ("cancellation", "ill", False)
        ]  # fmt: skip
        assert lines[1]["by"] == lines[1]["undone_by"] == str(north.owner_id)
        assert (await south.ask("GET", f"/appointments/{visit.id}/history")).status_code == 404

    async def test_is_a_read_of_the_patient_in_the_audit(self, north, given, root):
        visit = await given.appointment(north, starts_at=NOON)
        await north.ask("GET", f"/appointments/{visit.id}/history")
        rows = root.execute(
            "select patient_ids from audit_event where clinic_id = %s and action = 'read' and entity = 'appointment'", [north.id]
        ).fetchall()
        assert [row for (row,) in rows][-1:] and set(rows[-1][0]) == {visit.patient_id}

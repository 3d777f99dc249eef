import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from chairside import patients, scheduling
from chairside.kernel.answers import FIND, KEEP
from chairside.kernel.op import ACT_AS, ENTER, RECORD
from chairside.kernel.wire import Connection
from chairside.messaging.actions.planning import PLAN, TELL, WITHDRAW
from chairside.recalls.actions.following import FOLLOW, FOLLOW_WAITING
from chairside.scheduling.actions.bookings import BOOK
from chairside.scheduling.actions.claims import QUEUE
from tests.scheduling.conftest import at

NEVER = "00000000-0000-7000-8000-000000000001"


class TestBook:
    async def test_shows_what_was_booked(self, chairside):
        body = await chairside.body(9, notes="Afraid of needles")
        answer = await chairside.clinic.ask("POST", "/appointments", json=body)
        assert answer.status_code == 201, answer.text
        booked = answer.json()
        assert booked == {
            "id": booked["id"], "patient_id": body["patient_id"], "provider_id": body["provider_id"],
            "operatory_id": body["operatory_id"], "service_id": body["service_id"],
            "items": [{"service_id": body["service_id"], "quantity": 1, "tooth": None, "surfaces": None}],
            "starts_at": "2027-03-01T09:00:00Z", "ends_at": "2027-03-01T09:30:00Z", "duration_minutes": 30,
            "status": "scheduled", "overbooking_reason": None, "notes": "Afraid of needles", "last_step": None,
            "calendar_id": None, "also": [], "series_id": None, "series_number": None, "group_session_id": None,
            "version": 1,
        }  # fmt: skip
        assert await chairside.get(booked) == booked

    async def test_takes_as_long_as_everything_planned(self, chairside, given):
        long = await given.service(chairside.clinic, name="Root canal", minutes=90)
        items = [
            {"service_id": str(long.id), "tooth": 16, "surfaces": "MOD"},
            {"service_id": str(chairside.service.id), "quantity": 2},
        ]
        booked = await chairside.booked(9, service_id=None, items=items)
        assert (booked["duration_minutes"], booked["service_id"]) == (150, str(long.id))
        assert [(i["tooth"], i["surfaces"], i["quantity"]) for i in booked["items"]] == [(16, "MOD", 1), (None, None, 2)]
        assert (await chairside.get(booked))["items"] == booked["items"]
        main = await chairside.booked(12, service_id=str(chairside.service.id), items=items, duration_minutes=20)
        assert (main["duration_minutes"], main["service_id"]) == (20, str(chairside.service.id))

    async def test_needs_neither_operatory_nor_service(self, chairside):
        booked = await chairside.booked(9, operatory_id=None, service_id=None, duration_minutes=15)
        assert (booked["operatory_id"], booked["service_id"], booked["items"], booked["duration_minutes"]) == (None, None, [], 15)
        answer = await chairside.book(10, service_id=None)
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [("/duration_minutes", "required")]

    async def test_may_lie_in_the_past(self, chairside):
        assert (await chairside.booked(9, day=-1000))["status"] == "scheduled"

    @pytest.mark.parametrize(
        "field, value, pointer",
        [
            ("starts_at", "2027-03-01T09:00:00", "/starts_at"),
            ("starts_at", "tomorrow", "/starts_at"),
            ("starts_at", "9999-12-31T23:59:00Z", "/starts_at"),
            ("duration_minutes", 4, "/duration_minutes"),
            ("duration_minutes", "30", "/duration_minutes"),
            ("duration_minutes", 10**30, "/duration_minutes"),
            ("items", [{"service_id": NEVER, "tooth": 19}], "/items/0/tooth"),
            ("items", [{"service_id": NEVER, "tooth": 95}], "/items/0/tooth"),
            ("items", [{"service_id": NEVER, "quantity": 0}], "/items/0/quantity"),
            ("items", [{"service_id": NEVER, "surfaces": "Q"}], "/items/0/surfaces"),
            ("patient_id", "x", "/patient_id"),
            ("status", "completed", "/status"),
            ("overbooking_reason", " ", "/overbooking_reason"),
        ],
    )
    async def test_points_at_what_is_wrong(self, chairside, field, value, pointer):
        answer = await chairside.book(9, **{field: value})
        assert answer.status_code == 422, answer.text
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    async def test_refuses_what_takes_longer_than_a_day(self, chairside):
        items = [{"service_id": str(chairside.service.id), "quantity": 100}]
        answer = await chairside.book(9, service_id=None, items=items)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/items")

    @pytest.mark.parametrize(
        "field, code",
        [
            ("patient_id", "NoSuchPatient"),
            ("provider_id", "NoSuchProvider"),
            ("operatory_id", "NoSuchOperatory"),
            ("service_id", "NoSuchService"),
        ],
    )
    async def test_does_not_know_what_is_another_clinics(self, chairside, south, given, field, code):
        theirs = {
            "patient_id": (await given.patient(south)).id, "provider_id": (await given.provider(south)).id,
            "operatory_id": (await given.operatory(south)).id, "service_id": (await given.service(south)).id,
        }  # fmt: skip
        foreign = await chairside.book(9, **{field: str(theirs[field])})
        missing = await chairside.book(9, **{field: NEVER})
        assert (foreign.status_code, foreign.json()["code"]) == (404, code)
        assert foreign.json() | {"request_id": ""} == missing.json() | {"request_id": ""}
        assert foreign.headers["content-type"] == missing.headers["content-type"]
        assert (await chairside.book(9)).status_code == 201, "nothing was left behind"

    async def test_knows_a_main_reason_only_among_the_clinics_services(self, chairside, south, given):
        theirs = await given.service(south)
        items = [{"service_id": str(chairside.service.id)}]
        answer = await chairside.book(9, service_id=str(theirs.id), items=items)
        assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchService")

    async def test_refuses_who_and_what_is_not_active_any_more(self, chairside, given, north):
        archived = await given.patient(north)
        async with north.op() as op:
            await patients.archive(op, patient_id=archived.id)
        refused = {
            "PatientIsArchived": {"patient": archived},
            "ProviderIsInactive": {"provider_id": str((await given.provider(north, active=False)).id)},
            "OperatoryIsInactive": {"operatory_id": str((await given.operatory(north, active=False)).id)},
            "ServiceIsInactive": {"service_id": str((await given.service(north, active=False)).id)},
        }
        for code, more in refused.items():
            answer = await chairside.book(9, **more)
            assert (answer.status_code, answer.json()["code"]) == (409, code)

    async def test_writes_that_it_happened_in_the_same_commit(self, chairside, root):
        await chairside.booked(9)
        assert (await chairside.book(9)).status_code == 409
        names = [name for (name,) in root.execute("select name from event where clinic_id = %s", [chairside.clinic.id])]
        assert names.count("scheduling.appointment_booked") == 1
        audited = root.execute(
            "select count(*) from audit_event where clinic_id = %s and entity = 'appointment' and action = 'insert' and patient_id is not null",
            [chairside.clinic.id],
        ).fetchone()
        assert audited == (1,)

    async def test_asks_the_database_thirteen_things_in_three_turns(self, chairside, monkeypatch):
        """Who asks and whether it was answered before; the queue and the booking; the event with its jobs, the recalls and
        the waiting list that follow it, the reminders, the answer to keep and the commit: every statement more is felt at the front desk, and every turn still more."""
        turns, plain = [], Connection.ask

        def ask(connection, *asked):
            turns.append([one.query for one in asked])
            return plain(connection, *asked)

        # A clinic gets its key, with which answers are sealed, with its first answer; from the second on it is at hand.
        for hour in (15, 16):
            assert (await chairside.book(hour)).status_code == 201
        body = await chairside.body(9)
        monkeypatch.setattr(Connection, "ask", ask)
        assert (await chairside.clinic.ask("POST", "/appointments", json=body)).status_code == 201
        assert turns == [
            ["begin", ENTER, FIND],
            [QUEUE, BOOK],
            [RECORD, ACT_AS, WITHDRAW, PLAN, TELL, FOLLOW, FOLLOW_WAITING, ACT_AS, KEEP, "commit"],
        ]


class TestTimeTaken:
    @pytest.mark.parametrize("resource", ["provider", "operatory", "patient"])
    async def test_names_whose_time_it_is(self, chairside, given, north, resource):
        patient = await given.patient(north)
        await chairside.booked(9, patient=patient)
        other = {
            "patient": None if resource != "patient" else patient,
            "provider_id": str(chairside.provider.id if resource == "provider" else (await given.provider(north)).id),
            "operatory_id": str(chairside.operatory.id if resource == "operatory" else (await given.operatory(north)).id),
        }
        for hour in (8.75, 9, 9.25):
            answer = await chairside.book(hour, **other)
            assert (answer.status_code, answer.json()["code"]) == (409, "TimeTaken")
            assert answer.json()["facts"] == {"resource": resource}
        for hour in (8.5, 9.5):
            assert (await chairside.book(hour, **other)).status_code == 201, "what only touches does not overlap"

    async def test_buffers_keep_the_provider_and_the_chair_busy_but_not_the_patient(self, chairside, given, north):
        patient = await given.patient(north)
        chairside.service = await given.service(north, name="X", minutes=30, buffer_before_minutes=10, buffer_after_minutes=15)
        await chairside.booked(9, patient=patient)
        other = {
            "provider_id": str((await given.provider(north)).id),
            "operatory_id": None,
            "service_id": None,
            "duration_minutes": 10,
        }
        assert (await chairside.book(9 + 35 / 60, **{**other, "provider_id": str(chairside.provider.id)})).status_code == 409
        assert (await chairside.book(9 - 15 / 60, **{**other, "operatory_id": str(chairside.operatory.id)})).status_code == 409
        assert (await chairside.book(9 + 45 / 60, **{**other, "provider_id": str(chairside.provider.id)})).status_code == 201
        assert (await chairside.book(9 + 35 / 60, patient=patient, **other)).status_code == 201

    async def test_suggests_the_next_free_times(self, chairside, given, north):
        weekly = {"1": [["11:00", "13:00"]], "2": [["11:00", "13:00"]]}  # 9 to 11 in UTC
        await north.ask("PUT", "/hours", json={"weekly": weekly})
        patient = await given.patient(north)
        await chairside.booked(9)
        await chairside.booked(10)
        elsewhere = {"provider_id": str((await given.provider(north)).id), "operatory_id": None}
        await chairside.booked(9.5, patient=patient, duration_minutes=15, **elsewhere)
        answer = await chairside.book(9, patient=patient, suggest=True)
        assert answer.status_code == 409
        free = answer.json()["facts"]["next_free"]
        assert [(slot["starts_at"], slot["ends_at"]) for slot in free] == [
            ("2027-03-01T10:30:00Z", "2027-03-01T11:00:00Z"),
            ("2027-03-02T09:00:00Z", "2027-03-02T09:30:00Z"),
            ("2027-03-02T09:15:00Z", "2027-03-02T09:45:00Z"),
        ]
        place = {"provider_id": str(chairside.provider.id), "operatory_id": str(chairside.operatory.id)}
        assert all({**slot, **place} == slot for slot in free)
        assert (await chairside.book(10.5, patient=patient)).status_code == 201, "what is suggested can be booked"

    async def test_never_suggests_the_past(self, chairside):
        await chairside.booked(9, day=-2000)
        answer = await chairside.book(9, day=-2000, suggest=True)
        first = datetime.fromisoformat(answer.json()["facts"]["next_free"][0]["starts_at"])
        assert first > datetime.now(UTC)

    async def test_has_nothing_to_suggest_for_who_does_not_work(self, chairside, north):
        await north.ask("PUT", f"/providers/{chairside.provider.id}/hours", json={"weekly": {}})
        await chairside.booked(9)
        assert (await chairside.book(9, suggest=True)).json()["facts"] == {"resource": "provider", "next_free": []}


class TestOnce:
    async def test_a_double_click_books_once(self, chairside, root):
        asked = {"json": await chairside.body(9), "headers": {"idempotency-key": "click"}}
        answers = await asyncio.gather(*(chairside.clinic.ask("POST", "/appointments", **asked) for _ in range(6)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"IdempotencyKeyInFlight"}
        again = await chairside.clinic.ask("POST", "/appointments", **asked)
        assert again.status_code == 201
        assert {answer.json()["id"] for answer in answers if answer.status_code == 201} == {again.json()["id"]}
        count = root.execute("select count(*) from appointment where clinic_id = %s", [chairside.clinic.id]).fetchone()
        assert count == (1,)

    async def test_of_64_at_once_one_wins(self, chairside, given, north):
        bodies = [await chairside.body(9) for _ in range(64)]
        answers = await asyncio.gather(*(north.ask("POST", "/appointments", json=body) for body in bodies))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 63
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"TimeTaken"}

    async def test_of_many_who_need_two_of_the_same_three_none_waits_for_ever(self, chairside, given, north):
        """Each takes the chair of one and the provider of another: without the order of the queue they would deadlock."""
        chairs = [await given.operatory(north) for _ in range(3)]
        people = [await given.provider(north) for _ in range(3)]
        bodies = [
            await chairside.body(9, operatory_id=str(chairs[n % 3].id), provider_id=str(people[(n * 2 + n // 3) % 3].id))
            for n in range(36)
        ]
        answers = await asyncio.gather(*(north.ask("POST", "/appointments", json=body) for body in bodies))
        assert {answer.status_code for answer in answers} == {201, 409}
        assert sum(answer.status_code == 201 for answer in answers) <= 3


class TestOwnSchedule:
    OWN = frozenset({"scheduling.read", "scheduling.book_own"})

    async def test_books_only_for_oneself(self, north, given):
        own, other = await given.provider(north, member_id=north.owner_id), await given.provider(north)
        wanted = {"patient_id": (await given.patient(north)).id, "starts_at": at(9), "duration_minutes": 30}
        async with north.op(grants=self.OWN) as op:
            mine = await scheduling.book(op, provider_id=own.id, **wanted)
        for wrong in (
            lambda op: scheduling.book(op, provider_id=other.id, **wanted | {"starts_at": at(12)}),
            lambda op: scheduling.reschedule(op, appointment_id=mine.id, changes={"provider_id": other.id}),
        ):
            with pytest.raises(scheduling.NotOwnSchedule):
                async with north.op(grants=self.OWN) as op:
                    await wrong(op)

    async def test_changes_only_ones_own(self, north, given):
        theirs = await given.appointment(north, starts_at=at(9))
        doors = (
            lambda op: scheduling.arrive(op, appointment_id=theirs.id),
            lambda op: scheduling.cancel(op, appointment_id=theirs.id, reason="x"),
            lambda op: scheduling.complete(op, appointment_id=theirs.id, items=[]),
            lambda op: scheduling.undo(op, appointment_id=theirs.id, step="arrival"),
            lambda op: scheduling.reschedule(op, appointment_id=theirs.id, changes={"starts_at": at(10)}),
            lambda op: scheduling.change_appointment(op, appointment_id=theirs.id, version=1, changes={"notes": "x"}),
        )
        for door in doors:
            with pytest.raises(scheduling.NotOwnSchedule):
                async with north.op(grants=self.OWN) as op:
                    await door(op)
        async with north.op(grants=self.OWN) as op:
            assert (await scheduling.get_appointment(op, appointment_id=theirs.id)).status == "scheduled"


class TestHolds:
    async def test_a_live_hold_takes_the_time_and_an_expired_one_is_cleared(self, chairside, north):
        hold = "insert into claim (resource_id, starts_at, ends_at, expires_at) values (%(id)s, %(at)s, %(to)s, %(until)s)"
        now = datetime.now(UTC)
        for hour, until in ((9, now + timedelta(minutes=5)), (10, now - timedelta(minutes=5))):
            async with north.op() as op:
                await op.db.run(hold, id=chairside.provider.id, at=at(hour), to=at(hour + 1), until=until)
        assert (await chairside.book(9)).json()["facts"] == {"resource": "provider"}
        assert (await chairside.book(10)).status_code == 201

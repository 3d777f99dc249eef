from datetime import datetime, timedelta

import pytest

from chairside.kernel import clock
from tests.conftest import NOON

DAY = NOON.date().isoformat()


class TestSchedule:
    async def test_shows_the_day_with_hours_columns_and_who_is_coming(self, north, south, given):
        room, _ = await given.operatory(north, "Op 1"), await given.operatory(north, "Op 2")
        provider = await given.provider(north, "Dr Ionescu", operatory_id=room.id)
        contacts = [{"type": "mobile", "value": "+40 721 234 567", "is_primary": True, "safe_for_voicemail": False}]
        patient = await given.patient(north, "Maria", "Dinu", contacts=contacts)
        visit = await given.appointment(north, patient=patient, provider=provider, operatory_id=room.id, starts_at=NOON)
        await given.appointment(south, starts_at=NOON)
        day = (await north.ask("GET", f"/schedule?date={DAY}")).json()
        assert (day["date"], day["timezone"], day["holiday"]) == (DAY, "Europe/Bucharest", None)
        assert (day["opens_at"], day["closes_at"]) == ("2027-03-01T07:00:00Z", "2027-03-01T15:00:00Z")
        assert [column["name"] for column in day["columns"]] == ["Op 1", "Op 2"]
        assert day["columns"][0]["shifts"] == [{"starts_at": "2027-03-01T07:00:00Z", "ends_at": "2027-03-01T15:00:00Z"}]
        assert [shift["provider_id"] for shift in day["shifts"]] == [str(provider.id)]
        [shown] = day["appointments"]
        assert (shown["id"], shown["operatory_id"], shown["status"]) == (str(visit.id), str(room.id), "scheduled")
        assert shown["patient"] == {
            "id": str(patient.id), "name": "Maria Dinu", "birth_date": "1980-05-01", "register_number": "1",
            "phone": "+40 721 234 567", "safe_for_voicemail": False, "alerts": [], "balance": {"amount": 0, "currency": "RON"}, "restricted": False,
        }  # fmt: skip
        by_provider = (await north.ask("GET", f"/schedule?date={DAY}&by=provider")).json()
        assert [column["name"] for column in by_provider["columns"]] == ["Dr Ionescu"]

    async def test_shows_what_must_be_seen_at_once_of_those_who_come(self, north, given, root):
        ana, ion = await given.patient(north, "Ana"), await given.patient(north, "Ion")
        visit = await given.appointment(north, patient=ana, starts_at=NOON)
        await given.appointment(north, patient=ion, starts_at=NOON + timedelta(hours=2))
        for entry in (
            {"kind": "allergy", "name": "Latex", "severity": "mild"},
            {"kind": "allergy", "name": "Penicillin", "severity": "severe", "reaction": "Rash"},
            {"kind": "medication", "name": "Metformin"},
        ):
            added = await north.ask("POST", f"/patients/{ana.id}/medical-history/entries", json=entry)
            assert added.status_code == 201, added.text
        root.rollback()
        before = clock.now()
        first, second = (await north.ask("GET", f"/schedule?date={DAY}")).json()["appointments"]
        assert [(one["kind"], one["label"], one["severity"], one["detail"]) for one in first["patient"]["alerts"]] == [
            ("allergy", "Penicillin", "severe", "Rash"), ("allergy", "Latex", "mild", None)
        ]  # fmt: skip
        assert second["patient"]["alerts"] == []
        read = "select patient_ids from audit_event where clinic_id = %s and at >= %s and action = 'read' and entity = 'history_entry'"
        assert root.execute(read, [north.id, before]).fetchall() == [([ana.id],)], "whoever has any is named once"
        [changed] = (await north.ask("GET", f"/schedule/changes?date={DAY}&ids={visit.id}")).json()["appointments"]
        assert [one["label"] for one in changed["patient"]["alerts"]] == ["Penicillin", "Latex"]
        week = (await north.ask("GET", f"/schedule/week?from={DAY}&to={DAY}")).json()["appointments"]
        assert [len(one["patient"]["alerts"]) for one in week] == [2, 0]

    async def test_shows_no_alerts_to_whoever_may_not_read_the_history(self, north, given):
        from chairside import reports

        ana = await given.patient(north, "Ana")
        await given.appointment(north, patient=ana, starts_at=NOON)
        entry = {"kind": "allergy", "name": "Latex", "severity": "mild"}
        await north.ask("POST", f"/patients/{ana.id}/medical-history/entries", json=entry)
        async with north.op(grants=frozenset({"scheduling.read", "clinic.read"})) as op:
            [shown] = (await reports.get_board(op, date=NOON.date())).appointments
        assert shown.alerts == ()

    async def test_says_how_long_each_visit_keeps_its_place_free_around_it(self, north, given):
        crown = await given.service(north, "Crown", 60, buffer_before_minutes=5, buffer_after_minutes=15)
        await given.appointment(north, service=crown, starts_at=NOON)
        await given.appointment(north, starts_at=NOON + timedelta(hours=2))
        shown = (await north.ask("GET", f"/schedule?date={DAY}")).json()["appointments"]
        assert [(one["buffer_before_minutes"], one["buffer_after_minutes"]) for one in shown] == [(5, 15), (0, 0)]

    async def test_names_everyone_it_showed_in_the_audit(self, north, given, root):
        visit = await given.appointment(north, starts_at=NOON)
        await north.ask("GET", f"/schedule?date={DAY}")
        rows = root.execute(
            "select patient_ids from audit_event where clinic_id = %s and action = 'read' and entity = 'schedule'", [north.id]
        ).fetchall()
        assert rows == [([visit.patient_id],)]

    async def test_leaves_out_the_cancelled_and_the_balance_that_one_may_not_see(self, north, given):
        from chairside import reports

        visit = await given.appointment(north, starts_at=NOON)
        async with north.op(grants=frozenset({"scheduling.read", "clinic.read"})) as op:
            [shown] = (await reports.get_board(op, date=NOON.date())).appointments
        assert shown.balance is None
        await north.ask("POST", f"/appointments/{visit.id}/cancellation", json={"reason": "ill"})
        assert (await north.ask("GET", f"/schedule?date={DAY}")).json()["appointments"] == []

    @pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
    async def test_of_a_day_when_the_clocks_change_has_its_real_hours(self, north, given, day, hours):
        provider = await given.provider(north, "Night")
        around = {"blocks": [["00:00", "24:00"]], "date": day}
        await north.ask("POST", f"/providers/{provider.id}/overrides", json=around)
        shown = (await north.ask("GET", f"/schedule?date={day}")).json()
        opens, closes = (date_time(shown[edge]) for edge in ("opens_at", "closes_at"))
        assert closes - opens == timedelta(hours=hours)

    @pytest.mark.parametrize("query", ["date=tomorrow", "date=2026-02-30", "by=patient"])
    async def test_refuses_a_day_that_is_none(self, north, query):
        assert (await north.ask("GET", f"/schedule?{query}")).status_code == 422

    async def test_says_the_name_of_a_holiday(self, north):
        await north.ask("POST", "/holidays", json={"date": DAY, "name": "Mărțișor"})
        assert (await north.ask("GET", f"/schedule?date={DAY}")).json()["holiday"] == "Mărțișor"


def date_time(text):
    return datetime.fromisoformat(text)


class TestToday:
    async def test_counts_what_became_of_the_visits_and_what_they_brought(self, north, given):
        service = await given.service(north, price=25_000)
        visits = [
            await given.appointment(
                north, service=service, starts_at=NOON + timedelta(hours=n), patient=await given.patient(north)
            )
            for n in range(4)
        ]
        steps = (
            ("completion", {"items": [{"service_id": str(service.id), "quantity": 2}]}),
            ("no-show", {}),
            ("arrival", {}),
            ("cancellation", {"reason": "x"}),
        )
        for visit, (step, body) in zip(visits, steps, strict=True):
            answer = await north.ask("POST", f"/appointments/{visit.id}/{step}", json=body)
            assert answer.status_code in (200, 201), answer.text
        numbers = (await north.ask("GET", f"/reports/today?date={DAY}")).json()
        assert {name: numbers[name] for name in ("booked", "arrived", "completed", "no_show", "cancelled")} == {
            "booked": 3, "arrived": 2, "completed": 1, "no_show": 1, "cancelled": 1,
        }  # fmt: skip
        today = (await north.ask("GET", "/reports/today")).json()
        assert today["produced"] == {"amount": 50_000, "currency": "RON"}

from datetime import timedelta

import pytest

from chairside import reports
from tests.conftest import NOON

MONDAY = NOON.date()
WEEK = f"from={MONDAY}&to={MONDAY + timedelta(6)}"


class TestGetWeek:
    async def test_is_of_one_provider_and_says_of_the_others_only_when_they_are_taken(self, north, south, given):
        ours, theirs = await given.provider(north, "Dr Ionescu"), await given.provider(north, "Dr Pop")
        room = await given.operatory(north, "Op 1")
        service = await given.service(north, "Crown", 60, buffer_before_minutes=5, buffer_after_minutes=15)
        mine = await given.appointment(north, provider=ours, starts_at=NOON + timedelta(days=2))
        await given.appointment(north, provider=theirs, operatory_id=room.id, service=service, starts_at=NOON)
        await given.appointment(south, starts_at=NOON)
        week = (await north.ask("GET", f"/schedule/week?{WEEK}&of={ours.id}")).json()
        assert [visit["id"] for visit in week["appointments"]] == [str(mine.id)]
        assert week["taken"] == [
            {"provider_id": str(theirs.id), "operatory_id": str(room.id), "starts_at": _utc(NOON - timedelta(minutes=5)),
             "ends_at": _utc(NOON + timedelta(minutes=75)), "held_until": None, "blockout_id": None, "reason": None, "elsewhere": False}
        ]  # fmt: skip
        by_room = (await north.ask("GET", f"/schedule/week?{WEEK}&by=operatory&of={room.id}")).json()
        assert [visit["provider_id"] for visit in by_room["appointments"]] == [str(theirs.id)]
        assert [one["provider_id"] for one in by_room["taken"]] == [str(ours.id)]
        everyone = (await north.ask("GET", f"/schedule/week?{WEEK}")).json()
        assert (len(everyone["appointments"]), everyone["taken"]) == (2, [])

    async def test_names_in_the_audit_whom_it_showed_and_nobody_else(self, north, given, root):
        ours = await given.provider(north, "Dr Ionescu")
        mine = await given.appointment(north, provider=ours, starts_at=NOON)
        await given.appointment(north, starts_at=NOON + timedelta(hours=3))
        await north.ask("GET", f"/schedule/week?{WEEK}&of={ours.id}")
        rows = root.execute(
            "select patient_ids from audit_event where clinic_id = %s and action = 'read' and entity = 'schedule'", [north.id]
        ).fetchall()
        assert rows == [([mine.patient_id],)]

    async def test_has_each_day_with_its_hours_and_its_holiday(self, north, given):
        await given.provider(north, "Dr Ionescu")
        await north.ask("POST", "/holidays", json={"date": str(MONDAY + timedelta(2)), "name": "Mărțișor"})
        days = (await north.ask("GET", f"/schedule/week?{WEEK}")).json()["days"]
        assert [bool(day["open"]) for day in days] == [True, True, False, True, True, False, False]
        assert [day["holiday"] for day in days] == [None, None, "Mărțișor", None, None, None, None]
        assert (days[0]["opens_at"], days[0]["closes_at"]) == ("2027-03-01T07:00:00Z", "2027-03-01T15:00:00Z")

    async def test_and_the_day_show_what_is_held(self, north, given):
        ours, theirs = await given.provider(north, "Dr Ionescu"), await given.provider(north, "Dr Pop")
        service = await given.service(north, "Crown", 60, buffer_before_minutes=5)
        body = {"provider_id": str(theirs.id), "service_id": str(service.id), "starts_at": _utc(NOON)}
        held = (await north.ask("POST", "/holds", json=body)).json()
        taken = [
            {"provider_id": str(theirs.id), "operatory_id": None, "starts_at": _utc(NOON - timedelta(minutes=5)),
             "ends_at": _utc(NOON + timedelta(minutes=60)), "held_until": held["expires_at"],
             "blockout_id": None, "reason": None, "elsewhere": False}
        ]  # fmt: skip
        assert (await north.ask("GET", f"/schedule/week?{WEEK}&of={ours.id}")).json()["taken"] == taken
        assert (await north.ask("GET", f"/schedule?date={MONDAY}")).json()["taken"] == taken
        await north.ask("DELETE", f"/holds/{held['id']}")
        assert (await north.ask("GET", f"/schedule?date={MONDAY}")).json()["taken"] == []

    async def test_of_a_night_across_midnight_belongs_to_both_days(self, north, given):
        provider = await given.provider(north, "Night")
        await north.ask("POST", f"/providers/{provider.id}/overrides", json={"date": str(MONDAY), "blocks": [["20:00", "04:00"]]})
        days = (await north.ask("GET", f"/schedule/week?{WEEK}")).json()["days"]
        assert days[0]["open"] == [{"starts_at": "2027-03-01T18:00:00Z", "ends_at": "2027-03-01T22:00:00Z"}]
        assert days[1]["open"][0] == {"starts_at": "2027-03-01T22:00:00Z", "ends_at": "2027-03-02T02:00:00Z"}

    async def test_takes_eight_statements_however_many_days_and_visits(self, north, given, monkeypatch):
        provider = await given.provider(north, "Dr Ionescu")
        for day in range(5):
            await given.appointment(north, provider=provider, starts_at=NOON + timedelta(days=day))
        async with north.op() as op:
            asked, ask = [], type(op.db)._ask
            monkeypatch.setattr(type(op.db), "_ask", lambda db, one: asked.append(one) or ask(db, one))
            await reports.get_week(op, first=MONDAY, last=MONDAY + timedelta(13), of=provider.id)
            assert len(asked) == 8

    @pytest.mark.parametrize(
        "query", ["", f"from={MONDAY}", f"from={MONDAY}&to={MONDAY + timedelta(14)}", f"from={MONDAY}&to={MONDAY - timedelta(1)}",
                  "from=1800-01-01&to=1800-01-02", f"{WEEK}&by=patient", f"{WEEK}&of=me"],
    )  # fmt: skip
    async def test_refuses_a_time_that_is_none_or_too_long(self, north, query):
        assert (await north.ask("GET", f"/schedule/week?{query}")).status_code == 422

    async def test_does_not_find_a_provider_or_an_operatory_of_another_clinic(self, north, south, given):
        provider, room = await given.provider(south, "Dr Pop"), await given.operatory(south, "Op 1")
        for query in (f"of={provider.id}", f"by=operatory&of={room.id}"):
            assert (await north.ask("GET", f"/schedule/week?{WEEK}&{query}")).status_code == 404

    async def test_leaves_the_balance_out_for_those_who_may_not_see_it(self, north, given):
        await given.appointment(north, starts_at=NOON)
        async with north.op(grants=frozenset({"scheduling.read", "clinic.read"})) as op:
            [shown] = (await reports.get_week(op, first=MONDAY, last=MONDAY)).appointments
        assert shown.balance is None


def _utc(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")

"""Calendars: how visits of a kind are offered, and what of a calendar is refused."""

import pytest

from chairside.kernel.op import ENTER
from chairside.kernel.wire import Connection
from chairside.scheduling.queries.candidates import CANDIDATES, COUNTED, TAKEN

NOBODY = "00000000-0000-7000-8000-000000000001"


async def calendar(chairside, **more):
    body = {
        "name": "Check-ups", "service_ids": [str(chairside.service.id)],
        "providers": [{"provider_id": str(chairside.provider.id)}], **more,
    }  # fmt: skip
    return await chairside.clinic.ask("POST", "/calendars", json=body)


async def made(chairside, **more):
    answer = await calendar(chairside, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def openings(chairside, calendar, **asked):
    asked = {"from": "2027-03-01", "to": "2027-03-01", "calendar_id": calendar["id"], **asked}
    answer = await chairside.clinic.ask("GET", "/availability", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def clocks(found):
    return [slot["starts_at"][11:16] for slot in found["slots"]]


class TestAdd:
    async def test_keeps_what_was_said_and_the_rest_as_is_usual(self, chairside):
        found = await made(chairside)
        assert found["strategy"] == "single" and found["increment"] == 15 and found["grid"] == "hours" and not found["public"]
        assert found["requires"] == [] and found["window"] is None and found["capacity"] == 1 and found["buffer_before"] is None
        assert (await chairside.clinic.ask("GET", f"/calendars/{found['id']}")).json() == found
        assert (await chairside.clinic.ask("GET", "/calendars")).json()["items"] == [found]

    async def test_keeps_groups_windows_and_priorities_in_their_order(self, chairside, given, north):
        other, assistant = await given.provider(north), await given.provider(north)
        requires = [
            {"any_of": [str(chairside.operatory.id)], "need": 1, "from": 0, "to": None},
            {"any_of": [str(assistant.id)], "need": 1, "from": 10, "to": 20},
        ]
        providers = [{"provider_id": str(other.id), "priority": 2}, {"provider_id": str(chairside.provider.id), "priority": 1}]
        window = {"start": "2027-03-01", "end": "2027-04-01"}
        found = await made(chairside, requires=requires, providers=providers, window=window, strategy="priority")
        assert found["requires"] == requires and found["providers"] == providers and found["window"] == window

    @pytest.mark.parametrize(
        ("field", "code", "wrong"),
        [
            ("/requires/0/need", "too_large", {"requires": [{"any_of": ["room"], "need": 2}]}),
            ("/requires/0/to", "ends_too_early", {"requires": [{"any_of": ["room"], "from": 20, "to": 10}]}),
            ("/requires/1/any_of", "duplicate", {"requires": [{"any_of": ["room"]}, {"any_of": ["room"]}]}),
            ("/window/end", "runs_backward", {"window": {"start": "2027-03-02", "end": "2027-03-01"}}),
            ("/increment", "greater_than_equal", {"increment": 0}),
        ],
    )
    async def test_refuses_what_makes_no_sense(self, chairside, field, code, wrong):
        for group in wrong.get("requires", ()):
            group["any_of"] = [str(chairside.operatory.id)]
        answer = await calendar(chairside, **wrong)
        assert answer.status_code == 422 and [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]
        assert (await chairside.clinic.ask("GET", "/calendars")).json()["items"] == []

    async def test_refuses_what_is_not_of_this_clinic(self, chairside, given, south):
        theirs, room, service = await given.provider(south), await given.operatory(south), await given.service(south)
        for wrong, code in [
            ({"providers": [{"provider_id": str(theirs.id)}]}, "NoSuchProvider"),
            ({"service_ids": [str(service.id)]}, "NoSuchService"),
            ({"requires": [{"any_of": [str(room.id)]}]}, "NoSuchResource"),
            ({"requires": [{"any_of": [str(theirs.id)]}]}, "NoSuchResource"),
        ]:
            answer = await calendar(chairside, **wrong)
            assert (answer.status_code, answer.json()["code"]) == (404, code)
        assert (await chairside.clinic.ask("GET", "/calendars")).json()["items"] == []

    async def test_refuses_a_name_that_another_has_until_that_is_archived(self, chairside):
        first = await made(chairside)
        assert (await calendar(chairside, name="check-UPS")).json()["code"] == "CalendarNameTaken"
        answer = await chairside.clinic.ask("PATCH", f"/calendars/{first['id']}", json={"active": False}, version=1)
        assert answer.status_code == 200
        await made(chairside)


class TestChange:
    async def test_changes_what_is_named_and_leaves_the_rest(self, chairside, given, north):
        room = await given.operatory(north)
        before = await made(chairside, min_notice=60, requires=[{"any_of": [str(chairside.operatory.id)]}])
        changes = {"requires": [{"any_of": [str(room.id)], "need": 1, "from": 5, "to": None}], "strategy": "round_robin"}
        answer = await north.ask("PATCH", f"/calendars/{before['id']}", json=changes, version=1)
        assert answer.json() == before | changes | {"version": 2}
        answer = await north.ask("PATCH", f"/calendars/{before['id']}", json={"name": "y"}, version=1)
        assert (answer.status_code, answer.json()["code"]) == (412, "CalendarIsStale")
        short = {"requires": [{"any_of": [str(room.id)]}], "providers": [{"provider_id": str(chairside.provider.id)}]}
        answer = await north.ask("PATCH", f"/calendars/{before['id']}", json=short, version=2)
        assert answer.json()["requires"] == [{"any_of": [str(room.id)], "need": 1, "from": 0, "to": None}]

    async def test_does_not_find_one_of_another_clinic(self, chairside, south):
        found = await made(chairside)
        for method, more in [("GET", {}), ("PATCH", {"json": {"name": "y"}, "version": 1})]:
            answer = await south.ask(method, f"/calendars/{found['id']}", **more)
            assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchCalendar")
        answer = await south.ask("GET", "/availability", params={"calendar_id": found["id"]})
        assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchCalendar")


class TestOpenings:
    async def test_are_of_its_service_increment_buffers_and_window(self, chairside, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "13:00"]]}})
        await chairside.booked(9.5)
        found = await made(chairside, increment=30, buffer_after=10)
        assert clocks(await openings(chairside, found)) == ["10:00", "10:30"]
        assert clocks(await openings(chairside, found, duration_minutes=60)) == ["10:00"]
        found = await made(chairside, name="Later", window={"start": "2027-03-08", "end": "2027-03-08"}, increment=60)
        asked = await openings(chairside, found, to="2027-03-31")
        assert [slot["starts_at"] for slot in asked["slots"]] == ["2027-03-08T09:00:00Z", "2027-03-08T10:00:00Z"]

    async def test_name_who_would_take_them(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "12:00"]]}})
        other = await given.provider(north)
        first, second = str(chairside.provider.id), str(other.id)
        providers = [{"provider_id": first, "priority": 2}, {"provider_id": second, "priority": 1}]
        await chairside.booked(9)
        found = await made(chairside, providers=providers, strategy="priority", increment=30)
        slots = (await openings(chairside, found))["slots"]
        assert [(slot["provider_id"], slot["provider_ids"]) for slot in slots] == [(second, [second]), (second, [second, first])]
        found = await made(chairside, name="All", providers=providers, strategy="collective", increment=30)
        slots = (await openings(chairside, found))["slots"]
        assert [(slot["starts_at"][11:16], sorted(slot["provider_ids"])) for slot in slots] == [
            ("09:30", sorted([first, second]))
        ]

    async def test_need_an_assistant_and_a_chair_for_a_part(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "13:00"]]}})
        assistant, room = await given.provider(north), str(chairside.operatory.id)
        weekly = {"1": [["11:00", "12:00"]]}
        assert (await north.ask("PUT", f"/providers/{assistant.id}/hours", json={"weekly": weekly})).status_code == 200
        requires = [{"any_of": [str(assistant.id)], "from": 0, "to": 15}, {"any_of": [room]}]
        found = await made(chairside, requires=requires)
        slots = (await openings(chairside, found))["slots"]
        assert [slot["starts_at"][11:16] for slot in slots] == ["09:00", "09:15", "09:30", "09:45"]
        assert {slot["operatory_id"] for slot in slots} == {room}
        await chairside.booked(9)
        assert clocks(await openings(chairside, found)) == ["09:30", "09:45"]

    async def test_close_a_day_after_so_many_visits_of_its_services(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {str(day): [["11:00", "12:00"]] for day in (1, 2)}})
        found = await made(chairside, per_day_limit=1, increment=30)
        another = await given.service(north)
        await chairside.booked(9, service_id=str(another.id))
        assert clocks(await openings(chairside, found)) == ["09:30"]
        await chairside.booked(9, day=1)
        assert clocks(await openings(chairside, found, to="2027-03-02")) == ["09:30"]
        await chairside.booked(9.5)
        assert clocks(await openings(chairside, found, to="2027-03-02")) == []

    async def test_are_none_where_it_is_archived_or_does_not_offer_the_service(self, chairside, given, north):
        found, other = await made(chairside), await given.service(north)
        asked = {"calendar_id": found["id"], "service_id": str(other.id)}
        assert (await north.ask("GET", "/availability", params=asked)).json()["code"] == "ServiceNotInCalendar"
        await north.ask("PATCH", f"/calendars/{found['id']}", json={"active": False}, version=1)
        asked = {"calendar_id": found["id"]}
        assert (await north.ask("GET", "/availability", params=asked)).json()["code"] == "CalendarIsArchived"

    async def test_cost_two_statements_however_many_take_part(self, chairside, given, north, monkeypatch):
        providers = [{"provider_id": str((await given.provider(north)).id)} for _ in range(4)]
        found = await made(
            chairside, providers=providers, strategy="round_robin", requires=[{"any_of": [str(chairside.operatory.id)]}]
        )
        limited = await made(chairside, name="Few", providers=providers, per_day_limit=2)
        turns, plain = [], Connection.ask

        def ask(connection, *asked):
            turns.append([one.query for one in asked])
            return plain(connection, *asked)

        monkeypatch.setattr(Connection, "ask", ask)
        await openings(chairside, found)
        await openings(chairside, limited)
        assert turns == [
            ["begin", ENTER], [CANDIDATES], [TAKEN], ["commit"], ["begin", ENTER], [CANDIDATES], [COUNTED], ["commit"],
        ]  # fmt: skip

    async def test_are_shown_before_anybody_saves_it(self, chairside, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "12:00"]]}})
        room = str(chairside.operatory.id)
        draft = {
            "name": "x", "service_ids": [str(chairside.service.id)], "providers": [{"provider_id": str(chairside.provider.id)}],
            "requires": [{"any_of": [room]}], "increment": 30,
        }  # fmt: skip
        asked = {"calendar": draft, "from": "2027-03-01T00:00:00Z"}
        answer = await north.ask("POST", "/calendars/preview", json=asked)
        assert answer.status_code == 200, answer.text
        assert clocks(answer.json()) == ["09:00", "09:30"] and answer.json()["slots"][0]["operatory_id"] == room
        assert (await north.ask("GET", "/calendars")).json()["items"] == []
        for wrong, code in [
            ({"requires": [{"any_of": [NOBODY]}]}, "NoSuchResource"), ({"service_ids": [NOBODY]}, "NoSuchService"),
            ({"providers": [{"provider_id": NOBODY}]}, "NoSuchProvider"),
        ]:  # fmt: skip
            answer = await north.ask("POST", "/calendars/preview", json={"calendar": draft | wrong})
            assert (answer.status_code, answer.json()["code"]) == (404, code)


class TestExplanation:
    async def explained(self, chairside, calendar, at):
        asked = {"calendar_id": calendar["id"], "at": at}
        answer = await chairside.clinic.ask("GET", "/availability/explanation", params=asked)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        return found["offered"], {one["id"]: [because["code"] for because in one["reasons"]] for one in found["resources"]}

    async def test_says_who_of_those_needed_is_not_free(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "13:00"]]}})
        provider, assistant, room = str(chairside.provider.id), await given.provider(north), str(chairside.operatory.id)
        requires = [{"any_of": [str(assistant.id)]}, {"any_of": [room]}]
        found = await made(chairside, requires=requires, per_day_limit=2)
        assert await self.explained(chairside, found, "2027-03-01T10:00:00Z") == (
            True, {provider: [], str(assistant.id): [], room: []},
        )  # fmt: skip
        await chairside.booked(9)
        assert await self.explained(chairside, found, "2027-03-01T09:00:00Z") == (
            False, {provider: ["taken"], str(assistant.id): [], room: ["taken"]},
        )  # fmt: skip
        await chairside.booked(9.5)
        assert await self.explained(chairside, found, "2027-03-01T10:00:00Z") == (
            False, {provider: ["day_is_full"], str(assistant.id): [], room: []},
        )  # fmt: skip

    async def test_asks_everybody_of_a_collective_calendar(self, chairside, given, north):
        await north.ask("PUT", "/hours", json={"weekly": {"1": [["11:00", "13:00"]]}})
        other = await given.provider(north)
        providers = [{"provider_id": str(chairside.provider.id)}, {"provider_id": str(other.id)}]
        found = await made(chairside, providers=providers, strategy="collective")
        await chairside.booked(9)
        offered, why = await self.explained(chairside, found, "2027-03-01T09:00:00Z")
        assert not offered and why == {str(chairside.provider.id): ["taken"], str(other.id): []}

"""Calendars that providers keep elsewhere keep them busy here: over HTTP, by the worker, from a real server."""

import asyncio
import gzip
import secrets
import time
from datetime import UTC, datetime, timedelta

import pytest

from chairside.scheduling import outside
from chairside.scheduling.actions import refreshing
from chairside.scheduling.outside.asking import BYTES
from tests.scheduling.conftest import at
from tests.scheduling.servers import HOST, Said, calendar, event

NEVER = "00000000-0000-7000-8000-000000000001"
NOW = at(6)
NINE = {"start": ":20270301T090000Z", "end": ":20270301T100000Z"}


class TestBusyElsewhere:
    async def test_is_not_offered_and_says_so_without_a_word_of_what_it_is(self, elsewhere, server):
        await elsewhere.added(server.tell(event(**NINE)))
        free = await elsewhere.free()
        assert {"08:30", "10:00"} <= set(free) and not {"08:45", "09:00", "09:45"} & set(free)
        (why,) = await elsewhere.why(9.5)
        assert (why["code"], why["reason"], why["starts_at"]) == ("busy_elsewhere", None, "2027-03-01T09:00:00Z")

    async def test_is_booked_over_only_with_a_reason(self, elsewhere, server, chairside):
        await elsewhere.added(server.tell(event(**NINE)))
        refused = await chairside.book(9.5)
        assert (refused.status_code, refused.json()["code"], refused.json()["facts"]["resource"]) == (
            409,
            "TimeTaken",
            "provider",
        )
        assert (await chairside.book(9.5, overbooking_reason="Pain")).status_code == 201
        assert (await chairside.book(10)).status_code == 201

    async def test_cannot_be_held_by_whoever_books(self, elsewhere, server, chairside):
        await elsewhere.added(server.tell(event(**NINE)))
        body = {"provider_id": str(chairside.provider.id), "starts_at": at(9).isoformat(), "duration_minutes": 30}
        assert (await elsewhere.clinic.ask("POST", "/holds", json=body)).json()["code"] == "TimeTaken"

    async def test_leaves_visits_that_stand_there(self, elsewhere, server, chairside):
        visit = await chairside.booked(9.25)
        await elsewhere.added(server.tell(event(**NINE)))
        assert (await chairside.get(visit))["status"] == "scheduled"
        await chairside.step(visit, "cancellation", {"reason": "Ill"})
        assert (await chairside.book(9.25)).status_code == 409

    async def test_is_of_that_provider_alone(self, elsewhere, server, chairside, given, north):
        other = await given.provider(north)
        await elsewhere.added(server.tell(event(**NINE)))
        assert (await chairside.book(9, provider_id=str(other.id))).status_code == 201

    async def test_ends_with_the_entry(self, elsewhere, server):
        await elsewhere.added(server.tell(event(**NINE)))
        server.tell(event(start=":20270301T110000Z", end=":20270301T120000Z"))
        assert await elsewhere.refresh(now=NOW + timedelta(minutes=15)) == 1
        free = set(await elsewhere.free())
        assert {"09:00", "09:30"} <= free and not {"11:00", "11:30"} & free

    async def test_stands_on_the_schedule_as_times_alone(self, elsewhere, server, north):
        await elsewhere.added(server.tell(event(**NINE)))
        for path in ("/schedule?date=2027-03-01", "/schedule/week?from=2027-03-01&to=2027-03-07"):
            (taken,) = (await north.ask("GET", path)).json()["taken"]
            assert (taken["starts_at"], taken["elsewhere"], taken["reason"]) == ("2027-03-01T09:00:00Z", True, None)

    async def test_keeps_no_word_of_it(self, elsewhere, server, root):
        await elsewhere.added(server.tell(event(**NINE)))
        root.rollback()
        rows = root.execute(
            "select c::text, to_jsonb(o)::text from claim c join outside_calendar o on o.id = c.outside_calendar_id"
        ).fetchall()
        assert rows and not any("Dentist" in word or "calendar.ics" in word for row in rows for word in row)

    async def test_of_days_is_as_long_as_it_says(self, elsewhere, server):
        await elsewhere.added(server.tell(event(start=";VALUE=DATE:20270301", end=";VALUE=DATE:20270304")))
        assert [await elsewhere.free(f"2027-03-0{day}") for day in (1, 2, 3)] == [[], [], []]
        assert await elsewhere.free("2027-03-04")


class TestABookingPage:
    async def test_offers_it_to_nobody_and_lets_nobody_keep_it(self, elsewhere, server, chairside, north):
        service, provider = str(chairside.service.id), str(chairside.provider.id)
        services = [{"service_id": service, "provider_ids": [provider]}]
        page = {"open": True, "notice_hours": 2, "change_hours": 24, "services": services}
        assert (await north.ask("PUT", "/booking-page", json=page)).status_code == 200
        public = f"/public/clinics/{north.slug}"

        async def offered() -> list[str]:
            asked = {"service_id": service, "days": 14}
            return [one["starts_at"] for one in (await north.http.get(f"{public}/openings", params=asked)).json()["slots"]]

        at = (await offered())[40]
        start = datetime.fromisoformat(at)
        edges = [f":{one:%Y%m%dT%H%M%SZ}" for one in (start, start + timedelta(minutes=30))]
        await elsewhere.added(server.tell(event(start=edges[0], end=edges[1])), now=datetime.now(UTC) + timedelta(seconds=1))
        assert at not in await offered()
        kept = await north.http.post(f"{public}/holds", json={"service_id": service, "starts_at": at})
        assert kept.status_code == 409


class TestRefresh:
    async def test_happens_at_once_and_then_about_every_ten_minutes(self, elsewhere, server):
        await elsewhere.added(server.tell(event(**NINE)))
        assert await elsewhere.refresh(now=NOW + timedelta(minutes=7)) == 0
        assert await elsewhere.refresh(now=NOW + timedelta(minutes=13)) == 1
        assert len(server.asked) == 2
        found = await elsewhere.one()
        assert (found["state"], found["refreshed_at"], found["failure"]) == ("ok", "2027-03-01T06:13:00Z", None)

    async def test_asks_whether_anything_changed(self, elsewhere, server):
        same = {"headers": ('etag: "a"', "last-modified: Mon, 01 Mar 2027 00:00:00 GMT")}
        address = server.tell(event(**NINE), **same)
        await elsewhere.added(address)
        server.says["/calendar.ics"] = lambda asked, body: Said(
            status="304 Not Modified" if asked.get("if-none-match") == '"a"' else "500 No"
        )
        later = NOW + timedelta(minutes=15)
        await elsewhere.refresh(now=later)
        assert server.asked[-1][1]["if-modified-since"] == "Mon, 01 Mar 2027 00:00:00 GMT"
        assert (await elsewhere.one())["refreshed_at"] == "2027-03-01T06:15:00Z"
        assert "09:00" not in await elsewhere.free()

    async def test_reads_all_of_it_again_on_another_day(self, elsewhere, server):
        await elsewhere.added(server.tell(event(**NINE), headers=('etag: "a"',)))
        await elsewhere.refresh(now=NOW + timedelta(hours=20))
        assert "if-none-match" not in server.asked[-1][1]

    async def test_follows_to_where_it_moved_thrice_and_no_more(self, elsewhere, server):
        server.tell(event(**NINE), path="/3")
        for n in range(3):
            server.says[f"/{n}"] = Said(status="302 Found", headers=(f"location: /{n + 1}",))
        await elsewhere.added(server.url("/0"))
        assert "09:00" not in await elsewhere.free()
        server.says["/3"] = Said(status="302 Found", headers=("location: /3",))
        await elsewhere.refresh(now=NOW + timedelta(minutes=15))
        assert (await elsewhere.one())["failure"] == "moved"

    async def test_is_done_once_by_many_workers(self, elsewhere, server):
        assert (await elsewhere.add(server.tell(event(**NINE)))).status_code == 201
        assert sorted(await asyncio.gather(*[elsewhere.refresh() for _ in range(4)])) == [0, 0, 0, 1]
        assert len(server.asked) == 1

    async def test_takes_as_many_as_there_may_be_and_writes_only_what_changed(self, elsewhere, server, root):
        hourly = event("RRULE:FREQ=HOURLY", start=":20270228T000000Z", end=":20270228T003000Z")
        began = time.monotonic()
        calendar_id = (await elsewhere.added(server.tell(hourly)))["id"]
        assert time.monotonic() - began < 30  # a second or two, on a machine that does nothing else
        claims = "select id from claim where outside_calendar_id = %s order by id"
        root.rollback()
        before = root.execute(claims, [calendar_id]).fetchall()
        assert len(before) > 4300
        server.tell(hourly, event(start=":20270301T004500Z", end=":20270301T005000Z", uid="another"))
        await elsewhere.refresh(now=NOW + timedelta(minutes=15))
        root.rollback()
        after = root.execute(claims, [calendar_id]).fetchall()
        assert (len(set(after) - set(before)), len(set(before) - set(after))) == (1, 0)

    async def test_that_comes_too_late_changes_nothing(self, elsewhere, server):
        """A worker that was believed dead answers when another has asked already."""
        await elsewhere.add(server.tell(event(**NINE)))
        said = server.says["/calendar.ics"]
        server.says["/calendar.ics"] = said._replace(pause=0.6)
        slow = asyncio.create_task(elsewhere.refresh())
        await asyncio.sleep(0.3)
        server.tell(event(start=":20270301T110000Z", end=":20270301T120000Z"))
        assert await elsewhere.refresh(now=NOW + timedelta(minutes=11)) == 1
        assert await slow == 1
        free = set(await elsewhere.free())
        assert "09:00" in free and "11:00" not in free

    async def test_goes_on_to_the_next_where_one_is_slow(self, elsewhere, server):
        server.says["/slow"] = Said(calendar(), pause=3)
        await elsewhere.add(server.url("/slow"), name="Slow")
        await elsewhere.added(server.tell(event(**NINE)))
        found = {one["name"]: one for one in (await elsewhere.clinic.ask("GET", "/outside-calendars")).json()["items"]}
        assert (found["Slow"]["failure"], found["Private"]["state"]) == ("slow", "ok")

    async def test_is_of_every_clinic(self, elsewhere, server):
        await elsewhere.add(server.tell(event(**NINE)))
        later = datetime.now(UTC) + timedelta(minutes=1)
        assert await refreshing.refresh_due(elsewhere.clinic.pool, now=later) >= 1
        assert (await elsewhere.one())["state"] == "ok"


LARGE = calendar(event("DESCRIPTION:" + "x" * (BYTES + 1), **NINE))
TROUBLE = {
    "not_there": Said(status="404 Not Found"),
    "refused": Said(status="401 Unauthorized"),
    "away": Said(status="500 Internal Server Error"),
    "no_calendar": Said(b"<html>Please sign in</html>", headers=("content-type: text/html",)),
    "large": Said(LARGE),
    "unreadable": Said(gzip.compress(b"0" * 10**8), headers=("content-encoding: gzip",)),
    "too_many": Said(calendar(event("RRULE:FREQ=SECONDLY", start=":20170301T090000Z", end=":20170301T090001Z"))),
    "slow": Said(calendar(), pause=3),
    "not_allowed": Said(status="302 Found", headers=("location: https://169.254.169.254/latest",)),
}  # fmt: skip


class TestFailing:
    @pytest.mark.parametrize("why", TROUBLE)
    async def test_keeps_what_was_known_and_says_since_when(self, elsewhere, server, why):
        await elsewhere.added(server.tell(event(**NINE)))
        server.says["/calendar.ics"] = TROUBLE[why]
        for minutes in (15, 30):
            await elsewhere.refresh(now=NOW + timedelta(minutes=minutes))
        found = await elsewhere.one()
        # ten years of seconds are more than the processor is given, or more than the entries there may be
        expected = {why, "too_much"} if why == "too_many" else {why}
        assert found["failure"] in expected and found["state"] == "failing"
        assert (found["failing_since"], found["refreshed_at"]) == ("2027-03-01T06:15:00Z", "2027-03-01T06:00:00Z")
        assert "09:00" not in await elsewhere.free()
        server.tell()
        await elsewhere.refresh(now=NOW + timedelta(hours=12))
        assert ((await elsewhere.one())["state"], "09:00" in await elsewhere.free()) == ("ok", True)

    async def test_is_asked_more_and_more_seldom(self, elsewhere, server):
        now, waits = NOW, []
        await elsewhere.added(server.url("/nothing"))
        for _ in range(8):
            asked = len(server.asked)
            start = now
            while len(server.asked) == asked:
                now += timedelta(minutes=1)
                await elsewhere.refresh(now=now)
            waits.append((now - start) / timedelta(minutes=1))
        assert 8 <= waits[0] <= 12 and 30 <= waits[2] <= 50 and 286 <= waits[-1] <= 434

    async def test_of_a_machine_within_is_never_asked(self, elsewhere, server, monkeypatch, settings):
        outside.ask_with(settings)
        for host in ("127.0.0.1", "169.254.169.254", "10.0.0.7"):
            answer = await elsewhere.add(f"https://{host}/calendar.ics", name=host)
            assert answer.status_code == 201
        await elsewhere.refresh()
        found = (await elsewhere.clinic.ask("GET", "/outside-calendars")).json()["items"]
        assert {one["failure"] for one in found} == {"not_allowed"} and not server.asked


class TestAdd:
    async def test_never_shows_the_address_again(self, elsewhere, server):
        token = secrets.token_hex(16)
        answer = await elsewhere.add(server.tell(path=f"/{token}/basic.ics"))
        found = answer.json()
        assert found["hint"] == f"{HOST} ….ics" and token not in answer.text
        assert token not in (await elsewhere.clinic.ask("GET", "/outside-calendars")).text
        assert (found["state"], found["kind"], found["refreshed_at"]) == ("new", "ics", None)

    async def test_takes_webcal_for_https(self, elsewhere, server):
        await elsewhere.added(server.tell(event(**NINE)).replace("https://", "webcal://"))
        assert (await elsewhere.one())["state"] == "ok"

    @pytest.mark.parametrize(
        "address", ["http://x.example/a.ics", "ftp://x.example/", "https://u:p@x.example/", "x.example", "https://", "https://localhost/", "https://x.example:99999/", "https://a b.example/"]
    )  # fmt: skip
    async def test_refuses_what_is_no_address(self, elsewhere, address):
        answer = await elsewhere.add(address)
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [("/address", "not_an_address")]

    async def test_is_for_whoever_runs_the_practice_and_for_oneself(self, elsewhere, server, joined, north, given):
        mine = await joined("dentist")
        provider, other = await given.provider(north), elsewhere.chairside.provider
        await north.ask("PATCH", f"/providers/{provider.id}", json={"member_id": mine.id}, version=1)
        cookies = {"headers": {"authorization": f"Bearer {mine.token}"}}
        body = {"name": "Mine", "address": server.tell()}
        refused = await north.ask("POST", f"/providers/{other.id}/outside-calendars", json=body, **cookies)
        assert refused.json()["code"] == "NotYourOutsideCalendar"
        made = await north.ask("POST", f"/providers/{provider.id}/outside-calendars", json=body, **cookies)
        assert made.status_code == 201, made.text
        theirs = (await elsewhere.add(server.url())).json()["id"]
        listed = (await north.ask("GET", "/outside-calendars", **cookies)).json()["items"]
        assert [one["name"] for one in listed] == ["Mine"]
        for method, path in (("DELETE", ""), ("POST", "/refresh"), ("POST", "/restoration")):
            answer = await north.ask(method, f"/outside-calendars/{theirs}{path}", **cookies)
            assert answer.json()["code"] == "NotYourOutsideCalendar"

    async def test_stops_at_ten_even_for_those_who_come_at_once(self, elsewhere, server):
        answers = await asyncio.gather(*[elsewhere.add(server.url()) for _ in range(13)])
        assert sorted(one.status_code for one in answers) == [201] * 10 + [409] * 3
        assert {one.json().get("code") for one in answers if one.status_code == 409} == {"TooManyOutsideCalendars"}

    async def test_does_not_know_another_clinics(self, elsewhere, server, south):
        found = await elsewhere.added(server.tell(event(**NINE)))
        assert (await south.ask("DELETE", f"/outside-calendars/{found['id']}")).json()["code"] == "NoSuchOutsideCalendar"
        assert (await south.ask("GET", "/outside-calendars")).json()["items"] == []


class TestRemove:
    async def test_frees_its_times_and_is_had_back(self, elsewhere, server, north):
        found = await elsewhere.added(server.tell(event(**NINE)))
        assert (await north.ask("DELETE", f"/outside-calendars/{found['id']}")).status_code == 204
        assert "09:00" in await elsewhere.free()
        assert (await north.ask("DELETE", f"/outside-calendars/{found['id']}")).json()["code"] == "NoSuchOutsideCalendar"
        assert (await north.ask("POST", f"/outside-calendars/{found['id']}/restoration")).status_code == 200
        assert (await north.ask("POST", f"/outside-calendars/{found['id']}/restoration")).json()[
            "code"
        ] == "NoSuchOutsideCalendar"
        await elsewhere.refresh(now=NOW + timedelta(minutes=1))
        assert "09:00" not in await elsewhere.free()

    async def test_while_it_is_asked_brings_nothing_back(self, elsewhere, server, north):
        await elsewhere.add(server.tell(event(**NINE), pause=0.5))
        asking = asyncio.create_task(elsewhere.refresh())
        await asyncio.sleep(0.2)
        assert (await north.ask("DELETE", f"/outside-calendars/{(await elsewhere.one())['id']}")).status_code == 204
        await asking
        assert "09:00" in await elsewhere.free()

    async def test_forgets_the_address_after_a_day_and_what_is_past(self, elsewhere, server, north, root):
        kept = await elsewhere.added(server.tell(event(**NINE)))
        gone = (await elsewhere.add(server.url())).json()
        await north.ask("DELETE", f"/outside-calendars/{gone['id']}")
        root.rollback()
        root.execute("set local session_replication_role = replica")
        root.execute("update outside_calendar set removed_at = now() - interval '25 hours' where id = %s", [gone["id"]])
        root.execute(
            "update claim set starts_at = now() - interval '4 days', ends_at = now() - interval '3 days' where outside_calendar_id = %s",
            [kept["id"]],
        )
        root.execute("set local session_replication_role = origin")
        root.execute("select app.forget_outside_calendars()")
        ids = {str(id) for (id,) in root.execute("select id from outside_calendar")}
        assert kept["id"] in ids and gone["id"] not in ids
        assert root.execute("select count(*) from claim where outside_calendar_id = %s", [kept["id"]]).fetchone() == (0,)


class TestAskNow:
    async def test_brings_its_turn_forward_but_not_twice_in_a_moment(self, elsewhere, server, north, root):
        found = await elsewhere.added(server.tell(event(**NINE)), now=datetime.now(UTC) + timedelta(seconds=1))
        path = f"/outside-calendars/{found['id']}/refresh"
        assert (await north.ask("POST", path)).status_code == 202
        assert await elsewhere.refresh(now=datetime.now(UTC) + timedelta(seconds=1)) == 0
        root.rollback()
        root.execute("set local session_replication_role = replica")
        root.execute("update outside_calendar set tried_at = now() - interval '20 seconds' where id = %s", [found["id"]])
        root.commit()
        assert (await north.ask("POST", path)).status_code == 202
        assert await elsewhere.refresh(now=datetime.now(UTC) + timedelta(seconds=1)) == 1
        assert (await north.ask("POST", f"/outside-calendars/{NEVER}/refresh")).json()["code"] == "NoSuchOutsideCalendar"

"""Calendars for programs elsewhere, read back by a parser that is not the writer's: right by RFC 5545, and nobody's name in them."""

import asyncio
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import vobject

from chairside import scheduling
from chairside.kernel import clock
from chairside.scheduling.rows import FeedVisit
from chairside.scheduling.rules import calendar
from tests.conftest import NOON

HOME = "http://chairside.test"
LONG = "Röntgen; Cabinet, etaj 2 \\ aripa de nord lângă recepție — " + "ș" * 60


@pytest.fixture
async def day(north, given):
    """A provider who is the owner, and a visit tomorrow with somebody whose name is heard everywhere."""
    provider = await given.provider(north, member_id=north.owner_id)
    patient = await given.patient(north, first_name="Zamfira", last_name="Canarină")
    room = await given.operatory(north, name=LONG)
    at = (clock.now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    visit = await given.appointment(
        north, patient=patient, provider=provider, starts_at=at, operatory_id=room.id, notes="a note about Zamfira"
    )
    return provider, visit


async def made(clinic, provider):
    answer = await clinic.ask("POST", f"/providers/{provider.id}/calendar-feeds")
    assert answer.status_code == 201, answer.text
    return answer.json()


async def fetch(clinic, feed, **headers):
    path = feed if isinstance(feed, str) else feed["path"]
    clinic.http.cookies.clear()
    return await clinic.http.get(HOME + path, headers=headers)


def events(answer):
    assert answer.status_code == 200, answer.text
    return {str(one.uid.value): one for one in vobject.readOne(answer.text).contents.get("vevent", [])}


class TestWritten:
    def visit(self, **more):
        at = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)  # the night in which clocks change in Europe
        usual = FeedVisit(uuid4(), at, at + timedelta(minutes=30), "scheduled", LONG, None, NOON, NOON, 3)
        return usual._replace(**more)

    def test_is_as_the_standard_wants_it(self):
        text = calendar.written([self.visit()], name="Dr. Ioana Marin", locale="en-US")
        lines = text.split(b"\r\n")
        assert text.endswith(b"END:VCALENDAR\r\n") and b"\n" not in text.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 75 and any(line.startswith(b" ") for line in lines)
        for line in lines:
            line.decode()  # no character is cut in two
        unfolded = text.replace(b"\r\n ", b"").decode()
        for line in (
            "BEGIN:VCALENDAR", "VERSION:2.0", "CALSCALE:GREGORIAN", "NAME:Dr. Ioana Marin", "X-WR-CALNAME:Dr. Ioana Marin",
            "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "DTSTAMP:20270301T120000Z", "LAST-MODIFIED:20270301T120000Z",
            "DTSTART:20270328T003000Z", "DTEND:20270328T010000Z", "SEQUENCE:2", "STATUS:CONFIRMED", "SUMMARY:Visit",
        ):  # fmt: skip
            assert f"\r\n{line}\r\n" in "\r\n" + unfolded, line
        assert "METHOD" not in unfolded  # with one, DTSTAMP would be the moment of this answer (RFC 5545, 3.8.7.2)
        assert "Röntgen\\; Cabinet\\, etaj 2 \\\\ aripa de nord lângă recepție" in unfolded

    def test_is_read_by_another_parser_as_it_was_meant(self):
        visits = [
            self.visit(),
            self.visit(status="cancelled"),
            self.visit(status="requested", operatory=None, service="Check-up"),
        ]
        parsed = vobject.readOne(calendar.written(visits, name="x", locale="ro").decode())
        one, gone, asked = parsed.contents["vevent"]
        assert one.dtstart.value == visits[0].starts_at and one.dtend.value == visits[0].ends_at
        assert (one.summary.value, one.location.value, one.uid.value) == ("Vizită", LONG, f"{visits[0].id}@chairside")
        assert (gone.status.value, gone.transp.value) == ("CANCELLED", "TRANSPARENT")
        assert (asked.status.value, asked.summary.value, hasattr(asked, "location")) == ("TENTATIVE", "Check-up", False)

    @pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028", "\x1b"])
    def test_lets_no_name_begin_a_line_of_its_own(self, sign):
        name = f"a{sign}ATTENDEE:mailto:x@example.test"
        text = calendar.written([self.visit(operatory=name, service=name)], name=name, locale="en").decode()
        assert sign.strip("\r\n") == "" or sign not in text
        assert not [line for line in re.split("[\r\n\x0b\x85\u2028]+", text) if line.startswith("ATTENDEE")]
        [one] = vobject.readOne(text).contents["vevent"]
        assert one.summary.value == one.location.value == re.sub(r"[\s\x1b]", " ", name)

    def test_escapes_the_providers_name(self):
        text = calendar.written([], name="Marin, Ioana; DMD", locale="en").decode()
        assert "NAME:Marin\\, Ioana\\; DMD\r\n" in text

    def test_is_the_same_to_the_byte_when_nothing_changed(self):
        visit = self.visit()
        assert len({calendar.written([visit], name="x", locale="ar") for _ in range(3)}) == 1

    def test_is_a_calendar_when_nothing_is_booked(self):
        assert "vevent" not in vobject.readOne(calendar.written([], name="x", locale="en").decode()).contents


class TestAFeed:
    async def test_says_when_and_where_and_never_whose(self, north, day):
        provider, visit = day
        feed = await made(north, provider)
        answer = await fetch(north, feed)
        one = events(answer)[f"{visit.id}@chairside"]
        assert (one.dtstart.value, one.dtend.value) == (visit.starts_at, visit.ends_at)
        assert (one.summary.value, one.location.value, one.sequence.value) == ("Vizită", LONG, "0")
        assert not any(word in answer.text for word in ("Zamfira", "Canarin", "note", str(visit.patient_id), "Check-up"))
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["cache-control"] == "private, max-age=300"
        assert "set-cookie" not in answer.headers

    async def test_says_for_what_where_the_clinic_allows_it(self, north, day):
        provider, visit = day
        feed = await made(north, provider)
        before = await fetch(north, feed)
        assert (await north.ask("PATCH", "", version=1, json={"feeds_name_services": True})).json()["feeds_name_services"] is True
        after = await fetch(north, feed)
        assert events(after)[f"{visit.id}@chairside"].summary.value == "Check-up"
        assert before.headers["etag"] != after.headers["etag"]

    async def test_numbers_every_change_under_the_same_uid(self, north, day):
        provider, visit = day
        feed, seen = await made(north, provider), []

        async def look():
            one = events(await fetch(north, feed))[f"{visit.id}@chairside"]
            seen.append((int(one.sequence.value), one.status.value, one.dtstart.value))

        path = f"/appointments/{visit.id}"
        await look()
        later = visit.starts_at + timedelta(hours=1)
        assert (await north.ask("POST", f"{path}/rescheduling", json={"starts_at": later.isoformat()})).status_code == 201
        await look()
        assert (await north.ask("POST", f"{path}/confirmation", json={})).is_success
        await look()
        assert (await north.ask("POST", f"{path}/cancellation", json={"reason": "x"})).is_success
        await look()
        assert (await north.ask("DELETE", f"{path}/cancellation")).is_success
        await look()
        assert [status for _, status, _ in seen] == ["CONFIRMED"] * 3 + ["CANCELLED", "CONFIRMED"]
        assert seen[1][2] == later
        assert [number for number, *_ in seen] == sorted({number for number, *_ in seen})

    async def test_is_not_sent_again_while_it_is_the_same(self, north, day):
        provider, visit = day
        feed = await made(north, provider)
        first = await fetch(north, feed)
        assert first.headers["last-modified"].endswith("GMT")
        again = await fetch(north, feed, **{"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        await north.ask("POST", f"/appointments/{visit.id}/confirmation", json={})
        assert (await fetch(north, feed, **{"if-none-match": first.headers["etag"]})).status_code == 200

    async def test_is_of_one_provider_and_one_clinic(self, north, south, day, given):
        provider, visit = day
        other = await given.provider(north, name="Other")
        theirs = await given.provider(south, member_id=south.owner_id)
        await given.appointment(north, provider=other, starts_at=visit.starts_at)
        await given.appointment(south, provider=theirs, starts_at=visit.starts_at)
        assert list(events(await fetch(north, await made(north, provider)))) == [f"{visit.id}@chairside"]
        assert (await north.ask("POST", f"/providers/{theirs.id}/calendar-feeds")).status_code == 404

    async def test_leaves_no_read_record_because_it_shows_nobody(self, north, day, root):
        provider, _ = day
        feed = await made(north, provider)
        count = "select count(*) from audit_event where clinic_id = %s"
        before = root.execute(count, [north.id]).fetchone()
        root.rollback()
        await fetch(north, feed)
        assert root.execute(count, [north.id]).fetchone() == before


def test_no_column_that_leaves_says_whose_a_visit_is():
    purpose, columns = scheduling.get_calendar.way_out
    assert purpose == "calendar_feed" and len(columns) == len(set(columns))
    of_visits = [column for column in columns if not column.startswith("group_session.")]
    assert len(of_visits) == len(FeedVisit._fields) + 1
    assert not [
        column for column in columns if "patient" in column or column.rpartition(".")[2] in ("notes", "overbooking_reason")
    ]


class TestAnAddress:
    async def test_is_kept_as_its_hash_and_shown_once(self, north, day, root):
        provider, _ = day
        feed = await made(north, provider)
        token = feed["path"].rpartition("/")[2].removesuffix(".ics")
        [(kept,)] = root.execute("select token_hash from calendar_feed where id = %s", [feed["id"]]).fetchall()
        assert token.encode() not in bytes(kept) and len(bytes(kept)) == 32
        listed = await north.ask("GET", "/calendar-feeds", params={"provider_id": str(provider.id)})
        assert token not in listed.text and [one["id"] for one in listed.json()["items"]] == [feed["id"]]

    async def test_stands_in_no_log(self, north, day, capsys):
        feed = await made(north, day[0])
        await fetch(north, feed)
        logged = capsys.readouterr().err
        assert "route=/api/v1/feeds/{token}.ics" in logged and feed["path"].rpartition("/")[2][:20] not in logged

    def test_stands_in_no_log_of_the_proxy(self):
        caddyfile = (Path(__file__).parents[2] / "infra/Caddyfile").read_text()
        [pattern] = re.findall(r"request>uri regexp `(.+?)` `\$1`", caddyfile)
        for address, written in (
            ("/api/v1/feeds/abc-DEF_1.ics", "/api/v1/feeds/"),
            ("/api/v1/feeds/abc.ics?q=x", "/api/v1/feeds/"),
            ("/api/v1/clinics/north/patients?q=Ana", "/api/v1/clinics/north/patients"),
            ("/c/north/schedule", "/c/north/schedule"),
        ):
            assert re.sub(pattern, lambda found: found[1] or "", address) == written

    async def test_says_when_it_was_fetched_last(self, north, day):
        feed = await made(north, day[0])
        assert feed["last_fetched_at"] is None
        await fetch(north, feed)
        [one] = (await north.ask("GET", "/calendar-feeds")).json()["items"]
        assert abs(datetime.fromisoformat(one["last_fetched_at"]) - clock.now()) < timedelta(minutes=1)

    async def test_that_is_wrong_is_nothing_at_all(self, north, day):
        feed = await made(north, day[0])
        missing = await north.http.get(f"{HOME}/api/v1/never-was")
        for path in ("/api/v1/feeds/x.ics", feed["path"].replace(".ics", "x.ics"), "/api/v1/feeds/%E2%82%AC%27--.ics"):
            answer = await fetch(north, path)
            assert answer.status_code == 404
            assert answer.json() | {"request_id": ""} == missing.json() | {"request_id": ""}

    async def test_is_good_no_more_once_another_is_made_or_it_is_revoked(self, north, day):
        provider, _ = day
        first, second = await made(north, provider), await made(north, provider)
        assert [(await fetch(north, one)).status_code for one in (first, second)] == [404, 200]
        assert (await north.ask("DELETE", f"/calendar-feeds/{second['id']}")).status_code == 204
        assert (await fetch(north, second)).status_code == 404
        again = await north.ask("DELETE", f"/calendar-feeds/{second['id']}")
        assert (again.status_code, again.json()["code"]) == (404, "NoSuchFeed")
        assert (await north.ask("GET", "/calendar-feeds")).json()["items"] == []

    async def test_is_one_however_many_are_made_at_once(self, north, day):
        provider, _ = day
        asked = [north.ask("POST", f"/providers/{provider.id}/calendar-feeds") for _ in range(6)]
        answers = await asyncio.gather(*asked)
        assert {answer.status_code for answer in answers} <= {201, 409}
        good = [one.json() for one in answers if one.status_code == 201]
        statuses = [(await fetch(north, one)).status_code for one in good]
        assert statuses.count(200) == 1
        assert len((await north.ask("GET", "/calendar-feeds")).json()["items"]) == 1

    async def test_is_counted_by_where_one_asks_from_and_by_itself(self, north, day, monkeypatch):
        monkeypatch.setattr(sys.modules["chairside.scheduling.http.feeds"], "FETCHES", 2)
        feed = await made(north, day[0])
        statuses = [(await fetch(north, feed)).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]


class TestWhose:
    @pytest.fixture
    async def dentist(self, north, given, joined):
        """A dentist with a column of their own, and how they ask."""
        person = await joined("dentist")
        provider = await given.provider(north, name="Dr. Own", member_id=person.id)

        async def ask(method, path, **more):
            return await north.ask(method, path, headers={"authorization": f"Bearer {person.token}"}, **more)

        return person, provider, ask

    async def test_is_ones_own_or_whoever_runs_the_practices(self, north, dentist, given):
        person, provider, ask = dentist
        other = await given.provider(north, name="Other")
        own = await ask("POST", f"/providers/{provider.id}/calendar-feeds")
        assert own.status_code == 201, own.text
        refused = await ask("POST", f"/providers/{other.id}/calendar-feeds")
        assert (refused.status_code, refused.json()["code"]) == (403, "NotYourCalendar")
        theirs = await made(north, other)
        assert [one["member_id"] for one in (await ask("GET", "/calendar-feeds")).json()["items"]] == [str(person.id)]
        assert len((await north.ask("GET", "/calendar-feeds")).json()["items"]) == 2
        refused = await ask("DELETE", f"/calendar-feeds/{theirs['id']}")
        assert (refused.status_code, refused.json()["code"]) == (403, "NotYourCalendar")
        assert (await fetch(north, theirs)).status_code == 200
        assert (await north.ask("DELETE", f"/calendar-feeds/{own.json()['id']}")).status_code == 204
        assert (await fetch(north, own.json())).status_code == 404

    async def test_stops_with_who_is_suspended_and_comes_back_with_them(self, north, dentist):
        person, provider, ask = dentist
        feed = (await ask("POST", f"/providers/{provider.id}/calendar-feeds")).json()
        assert (await fetch(north, feed)).status_code == 200
        assert (await north.ask("POST", f"/members/{person.id}/suspension")).is_success
        assert (await fetch(north, feed)).status_code == 404
        assert (await north.ask("DELETE", f"/members/{person.id}/suspension")).is_success
        assert (await fetch(north, feed)).status_code == 200

    async def test_stops_with_who_may_not_see_the_schedule_or_has_no_column_any_more(self, north, dentist):
        person, provider, ask = dentist
        feed = (await ask("POST", f"/providers/{provider.id}/calendar-feeds")).json()
        await north.ask("PATCH", f"/providers/{provider.id}", version=1, json={"member_id": None})
        assert (await fetch(north, feed)).status_code == 404
        await north.ask("PATCH", f"/providers/{provider.id}", version=2, json={"member_id": str(person.id)})
        assert (await fetch(north, feed)).status_code == 200
        changed = await north.ask("PATCH", f"/members/{person.id}", version=1, json={"roles": ["auditor"]})
        assert changed.is_success, changed.text
        assert (await fetch(north, feed)).status_code == 404

    async def test_is_no_programs(self, north, given, ask_with):
        provider = await given.provider(north)
        refused = await ask_with("scheduling.read", "POST", f"/providers/{provider.id}/calendar-feeds")
        assert (refused.status_code, refused.json()["code"]) == (403, "CalendarIsAPersons")

"""Links in letters: to open one changes nothing, each does one thing once, and only until it is too late."""

import asyncio
from datetime import datetime, timedelta

import pytest

from chairside import booking, scheduling
from chairside.kernel import clock
from tests.booking.conftest import never


@pytest.fixture
async def visit(page):
    await page.booked(await page.time())
    [visit] = await page.visits()
    return visit


@pytest.fixture
def link_for(page, visit):
    async def made(purpose):
        async with page.clinic.op(now=clock.now()) as op:
            return (await booking.link_for(op, appointment_id=visit["id"], purpose=purpose)).token

    return made


async def now_of(page, visit):
    return (await page.clinic.ask("GET", f"/appointments/{visit['id']}")).json()


class TestRead:
    @pytest.mark.parametrize("purpose", ["confirm", "move", "cancel", "manage"])
    async def test_changes_nothing_however_often(self, page, visit, link_for, purpose):
        token = await link_for(purpose)
        before = await now_of(page, visit)
        for path in ("", "/openings", "/visit.ics"):
            for method in ("GET", "HEAD"):
                answer = await page.link(method, token, path)
                assert answer.status_code in (200, 405)
        after = await now_of(page, visit)
        assert (after["status"], after["starts_at"], after["version"]) == (
            before["status"],
            before["starts_at"],
            before["version"],
        )
        found = (await page.link("GET", token)).json()
        assert found["acts"] == {"manage": ["confirm", "move", "cancel"]}.get(purpose, [purpose])

    async def test_says_when_and_with_whom_and_not_whose(self, page, visit, link_for):
        answer = await page.link("GET", await link_for("manage"))
        found = answer.json()
        assert (found["starts_at"], found["provider_name"], found["service_name"]) == (
            visit["starts_at"],
            "Dr. Ioana Marin",
            "Check-up",
        )
        assert "Ionescu" not in answer.text and visit["patient_id"] not in answer.text

    async def test_leaves_a_record_of_the_read(self, page, visit, link_for):
        await page.link("GET", await link_for("manage"))
        asked = {"patient_id": visit["patient_id"], "entity": "appointment"}
        items = (await page.clinic.ask("GET", "/audit-events", params=asked)).json()["items"]
        assert any(one["action"] == "read" for one in items)

    async def test_is_a_calendar_entry_of_the_visit(self, page, visit, link_for):
        answer = await page.link("GET", await link_for("manage"), "/visit.ics")
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        starts = datetime.fromisoformat(visit["starts_at"])
        assert f"DTSTART:{starts:%Y%m%dT%H%M%SZ}" in answer.text
        assert "Check-up" in answer.text and "Ionescu" not in answer.text

    async def test_is_nothing_for_a_token_that_never_was_or_whose_visit_has_begun(self, page, visit, link_for, later):
        token = await link_for("manage")
        assert (await page.link("GET", never())).json()["code"] == "NoSuchLink"
        later(days=30)
        for method, path in (("GET", ""), ("POST", "/confirmation"), ("POST", "/cancellation")):
            answer = await page.link(method, token, path)
            assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchLink")


class TestConfirm:
    async def test_confirms_once_and_tells_it_again(self, page, visit, link_for):
        token = await link_for("confirm")
        first, second = await asyncio.gather(*(page.link("POST", token, "/confirmation") for _ in range(2)))
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json()["status"] == second.json()["status"] == "confirmed"
        found = await now_of(page, visit)
        assert (found["status"], found["version"]) == ("confirmed", visit["version"] + 1)

    async def test_does_nothing_else_with_a_link_for_one_purpose(self, page, visit, link_for):
        at = (await page.time()).isoformat()
        token = await link_for("confirm")
        assert (await page.link("POST", token, "/cancellation")).status_code == 404
        assert (await page.link("POST", token, "/rescheduling", json={"starts_at": at})).status_code == 404
        for purpose in ("move", "cancel"):
            assert (await page.link("POST", await link_for(purpose), "/confirmation")).status_code == 404
        assert (await now_of(page, visit))["status"] == "scheduled"


class TestCancel:
    async def test_cancels_and_gives_the_time_back(self, page, visit, link_for):
        answer = await page.link("POST", await link_for("cancel"), "/cancellation")
        assert (answer.status_code, answer.json()["status"], answer.json()["acts"]) == (201, "cancelled", [])
        assert datetime.fromisoformat(visit["starts_at"]) in await page.times()

    async def test_is_too_late_after_the_clinics_deadline(self, page, visit, link_for, later):
        token = await link_for("manage")
        later(seconds=(datetime.fromisoformat(visit["starts_at"]) - clock.now() - timedelta(hours=23)).total_seconds())
        assert (await page.link("GET", token)).json()["acts"] == ["confirm"]
        answer = await page.link("POST", token, "/cancellation")
        assert (answer.status_code, answer.json()["code"]) == (409, "TooLateToChange")
        assert (await page.link("POST", token, "/confirmation")).status_code == 201


class TestMove:
    async def times(self, page, token):
        answer = await page.link("GET", token, "/openings", params={"days": 14})
        return [slot["starts_at"] for slot in answer.json()["slots"]]

    async def test_moves_to_a_time_that_is_offered_and_gives_another_link(self, page, visit, link_for):
        token = await link_for("manage")
        at = (await self.times(page, token))[-1]
        answer = await page.link("POST", token, "/rescheduling", json={"starts_at": at})
        assert (answer.status_code, answer.json()["starts_at"]) == (201, at)
        assert (await now_of(page, visit))["starts_at"] == at
        again = answer.json()["again"]
        assert (await page.link("POST", again, "/cancellation")).json()["status"] == "cancelled"

    async def test_moves_to_a_time_that_was_shown_though_the_notice_has_begun_meanwhile(self, page, visit, link_for, later):
        await page.set(change_hours=0)  # before a weekend the first time is after a day's deadline
        token = await link_for("manage")
        at = (await self.times(page, token))[0]
        later(seconds=(datetime.fromisoformat(at) - clock.now() - timedelta(hours=2)).total_seconds() + 9 * 60)
        assert at not in await self.times(page, token)
        assert (await page.link("POST", token, "/rescheduling", json={"starts_at": at})).status_code == 201

    async def test_does_not_move_again_with_the_same_link(self, page, visit, link_for):
        token = await link_for("move")
        first, *_, last = await self.times(page, token)
        await page.link("POST", token, "/rescheduling", json={"starts_at": last})
        again = await page.link("POST", token, "/rescheduling", json={"starts_at": first})
        assert (again.status_code, again.json()["starts_at"]) == (201, last)
        assert (await now_of(page, visit))["starts_at"] == last

    async def test_is_used_up_for_everything_else(self, page, visit, link_for):
        token = await link_for("manage")
        at = (await self.times(page, token))[-1]
        await page.link("POST", token, "/rescheduling", json={"starts_at": at})
        answer = await page.link("POST", token, "/cancellation")
        assert (answer.status_code, answer.json()["code"]) == (409, "LinkUsed")
        assert (await now_of(page, visit))["status"] == "scheduled"

    async def test_is_refused_for_a_time_that_is_not_offered(self, page, visit, link_for, given, north):
        token = await link_for("move")
        at = (await self.times(page, token))[-1]
        await given.appointment(north, starts_at=datetime.fromisoformat(at), provider=page.provider)
        for other in (at, f"{at[:11]}01{at[13:]}"):
            answer = await page.link("POST", token, "/rescheduling", json={"starts_at": other})
            assert (answer.status_code, answer.json()["code"]) == (409, "TimeTaken")
        assert (await now_of(page, visit))["starts_at"] == visit["starts_at"]
        assert (await page.link("GET", token)).json()["acts"] == ["move"]


class TestLinkFor:
    async def test_is_refused_for_a_visit_of_another_clinic(self, page, visit, south):
        with pytest.raises(scheduling.NoSuchAppointment):
            async with south.op() as op:
                await booking.link_for(op, appointment_id=visit["id"], purpose="manage")

    async def test_keeps_no_token(self, page, visit, link_for, root):
        token = await link_for("manage")
        found = root.execute("select to_jsonb(patient_link)::text from patient_link").fetchall()
        assert found and not any(token in row for (row,) in found)

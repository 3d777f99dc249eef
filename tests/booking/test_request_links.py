"""Whoever asked for a time and waits for the answer has a link that shows how it stands."""

import asyncio
from datetime import datetime

import pytest

from chairside.kernel import clock
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import phones
from chairside.messaging.actions.delivery import deliver
from tests.booking.conftest import WHO, never
from tests.booking.test_codes import Recorder


@pytest.fixture
def phone():
    before, phones._CHOSEN["phone"] = phones._CHOSEN["phone"], Recorder()
    yield phones._CHOSEN["phone"]
    phones._CHOSEN["phone"] = before


@pytest.fixture
async def asked(page):
    """A request, as its browser is told of it."""
    await page.set(needs_confirmation=True)
    return await page.booked(await page.time())


async def see(page, asked, method="GET", path=""):
    return await page.clinic.http.request(method, f"/requests/{asked['request_link']}{path}")


async def request_of(page):
    [request] = (await page.clinic.ask("GET", "/booking-requests")).json()["items"]
    return request


async def answer(page, what, **body):
    done = await page.clinic.ask("POST", f"/booking-requests/{(await request_of(page))['id']}/{what}", json=body)
    assert done.status_code == 201, done.text
    return done.json()


async def arrive(page, phone, root):
    """What the job does; answers the texts that have come since."""
    before = len(phone.texts)
    root.rollback()
    queued = "select id from message where kind in ('booking_request', 'booking_answer') and status = 'queued' order by id"
    for (message_id,) in root.execute(queued).fetchall():
        async with begin(page.clinic.pool, clock.now(), "job") as op:
            await op.act_for(page.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
            await deliver(op, message_id=message_id)
    return phone.texts[before:]


class TestRead:
    async def test_shows_that_it_waits_and_until_when_and_changes_nothing(self, page, asked):
        before = await request_of(page)
        for _ in range(2):
            found = (await see(page, asked)).json()
        assert (found["state"], found["answer_by"], found["starts_at"]) == ("waiting", asked["answer_by"], asked["starts_at"])
        assert (found["service_name"], found["provider_name"]) == ("Check-up", "Dr. Ioana Marin")
        assert "Ionescu" not in str(found) and await request_of(page) == before

    async def test_shows_the_visit_once_it_is_accepted_and_where_it_was_moved(self, page, asked):
        done = await answer(page, "acceptance")
        assert (await see(page, asked)).json()["state"] == "accepted"
        [visit] = await page.visits()
        later = next(at for at in reversed(await page.times()) if at.isoformat() != visit["starts_at"]).isoformat()
        moved = await page.clinic.ask("POST", f"/appointments/{done['appointment_id']}/rescheduling", json={"starts_at": later})
        assert moved.status_code == 201, moved.text
        found = (await see(page, asked)).json()
        assert (found["state"], datetime.fromisoformat(found["starts_at"])) == ("accepted", datetime.fromisoformat(later))

    async def test_leads_to_the_link_of_the_visit(self, page, asked):
        assert (await see(page, asked, "POST", "/visit-link")).status_code == 404
        await answer(page, "acceptance")
        link = (await see(page, asked, "POST", "/visit-link")).json()["link"]
        assert (await page.link("POST", link, "/cancellation")).status_code == 201
        assert (await see(page, asked)).json()["state"] == "cancelled"

    async def test_says_the_clinics_words_and_not_its_reason(self, page, asked):
        await answer(page, "refusal", reason="Owes us", words="We are away that week; take the next.")
        answered = await see(page, asked)
        found = answered.json()
        assert (found["state"], found["words"]) == ("declined", "We are away that week; take the next.")
        assert "Owes" not in answered.text and found["slug"] == page.clinic.slug

    async def test_says_that_it_lapsed(self, page, asked, later):
        later(hours=25)
        assert (await see(page, asked)).json()["state"] == "lapsed"

    async def test_is_nothing_for_another_token_or_after_the_time(self, page, asked, later):
        assert (await see(page, {"request_link": never()})).status_code == 404
        later(days=30)
        assert (await see(page, asked)).json()["code"] == "NoSuchLink"

    async def test_is_told_again_to_whoever_sends_twice(self, page, asked):
        hold = await page.kept((await page.times())[-1])
        first, second = await asyncio.gather(page.book(hold), page.book(hold))
        assert first.json()["request_link"] == second.json()["request_link"] is not None
        assert (await see(page, first.json())).json()["state"] == "waiting"

    async def test_is_none_where_the_visit_is_booked_at_once(self, page):
        assert (await page.booked())["request_link"] is None

    async def test_keeps_no_token(self, page, asked, root):
        found = root.execute("select to_jsonb(public_booking)::text from public_booking").fetchall()
        assert found and not any(asked["request_link"] in row for (row,) in found)


class TestWithdraw:
    async def test_frees_the_time_and_forgets_who_it_was(self, page, asked, root):
        request = await request_of(page)
        first, second = await asyncio.gather(*(see(page, asked, "POST", "/withdrawal") for _ in range(2)))
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json()["state"] == second.json()["state"] == "withdrawn"
        assert datetime.fromisoformat(asked["starts_at"]) in await page.times()
        assert (await page.clinic.ask("GET", "/booking-requests")).json()["items"] == []
        found = (await page.clinic.ask("GET", f"/booking-requests/{request['id']}")).json()
        assert (found["status"], found["mobile"], found["last_name"]) == ("withdrawn", None, None)

    async def test_is_told_to_whoever_answers_too_late(self, page, asked):
        request = await request_of(page)
        await see(page, asked, "POST", "/withdrawal")
        for what in ("acceptance", "refusal"):
            refused = await page.clinic.ask("POST", f"/booking-requests/{request['id']}/{what}", json={})
            assert (refused.status_code, refused.json()["code"]) == (409, "RequestWasWithdrawn")

    async def test_is_refused_once_the_clinic_has_answered(self, page, asked):
        await answer(page, "acceptance")
        refused = await see(page, asked, "POST", "/withdrawal")
        assert (refused.status_code, refused.json()["code"]) == (409, "RequestIsAnswered")
        assert len(await page.visits()) == 1

    async def test_and_acceptance_at_once_are_one_of_the_two(self, page, asked):
        request = await request_of(page)
        withdrawn, accepted = await asyncio.gather(
            see(page, asked, "POST", "/withdrawal"),
            page.clinic.ask("POST", f"/booking-requests/{request['id']}/acceptance", json={}),
        )
        assert sorted([withdrawn.status_code, accepted.status_code]) == [201, 409]
        assert len(await page.visits()) == (accepted.status_code == 201)


class TestTexts:
    async def test_take_the_link_and_later_the_answer_to_the_number(self, page, phone, root):
        await page.set(needs_confirmation=True)
        asked = await page.booked(await page.time())
        [text] = await arrive(page, phone, root)
        assert text.number == "+40722123456" and f"/request/{asked['request_link']}" in text.body
        assert "Ionescu" not in text.body
        await answer(page, "refusal")
        [told] = await arrive(page, phone, root)
        assert told.number == "+40722123456" and asked["request_link"] in told.body

    async def test_do_not_go_once_it_is_withdrawn(self, page, phone, root):
        await page.set(needs_confirmation=True)
        asked = await page.booked(await page.time())
        await see(page, asked, "POST", "/withdrawal")
        assert await arrive(page, phone, root) == []

    async def test_are_none_for_a_number_that_nobody_can_text(self, page, phone, root):
        await page.set(needs_confirmation=True)
        made = await page.book(await page.kept(), **(WHO | {"mobile": "12345678901234567890"}))
        assert made.status_code == 201
        assert await arrive(page, phone, root) == []

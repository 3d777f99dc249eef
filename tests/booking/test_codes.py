"""Where the clinic wants to know that a number is theirs: a code is sent there, whoever they are."""

import asyncio
from dataclasses import replace
from datetime import datetime

import httpx
import pytest

from chairside import booking, messaging
from chairside.app import build, enveloped
from chairside.kernel import clock
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import phones
from chairside.messaging.actions.delivery import deliver
from tests.booking.conftest import WHO, never


class Recorder:
    delivers = True

    def __init__(self):
        self.texts = []

    async def hand_over(self, text, about_to):
        if await about_to():
            self.texts.append(text)
        return str(text.message_id)


@pytest.fixture
def phone():
    before, phones._CHOSEN["phone"] = phones._CHOSEN["phone"], Recorder()
    yield phones._CHOSEN["phone"]
    phones._CHOSEN["phone"] = before


@pytest.fixture
async def wanting(page, phone):
    """A page that asks for codes, whose texts arrive at once."""
    await wants(page)
    return page


async def wants(page, **more):
    """Past the route, which asks whether this deployment sends texts."""
    async with page.clinic.op() as op:
        found = (await booking.get_page(op)).page._asdict()
        version = found.pop("version")
        services = {page.service.id: [page.provider.id]}
        await booking.set_page(op, page=found | {"asks_code": True} | more, services=services, version=version)


async def ask(page, **more):
    return await page.anybody("POST", "/codes", json={"mobile": WHO["mobile"], **more})


async def arrive(page, phone, root):
    """What the job does with each; answers the newest text."""
    root.rollback()
    queued = "select id from message where kind = 'booking_code' and status = 'queued' order by id"
    for (message_id,) in root.execute(queued).fetchall():
        async with begin(page.clinic.pool, clock.now(), "job") as op:
            await op.act_for(page.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
            await deliver(op, message_id=message_id)
    root.rollback()
    return phone.texts[-1] if phone.texts else None


async def code_for(page, phone, root, **more):
    answer = await ask(page, **more)
    assert answer.status_code == 201, answer.text
    return answer.json(), (await arrive(page, phone, root)).body[:6]


async def say(page, token, code):
    return await page.anybody("POST", f"/codes/{token}/proof", json={"code": code})


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


class TestSend:
    async def test_goes_to_the_number_in_their_language_and_is_kept_nowhere(self, wanting, phone, root):
        sent, code = await code_for(wanting, phone, root, locale="ro")
        [text] = phone.texts
        assert (text.number, code.isdigit(), "programarea" in text.body) == ("+40722123456", True, True)
        rows = root.execute("select to_jsonb(booking_code)::text from booking_code").fetchall()
        rows += root.execute("select to_jsonb(message)::text from message where kind = 'booking_code'").fetchall()
        assert rows and not any(f'"{code}' in row or sent["token"] in row for (row,) in rows)

    async def test_is_answered_alike_whoever_has_the_number(self, wanting, phone, root, given, north):
        await given.patient(north, first_name="Maria", last_name="Ionescu", contacts=[{"type": "mobile", "value": WHO["mobile"]}])
        answers = [await ask(wanting, mobile=number) for number in (WHO["mobile"], "0733 000 111")]
        assert [one.status_code for one in answers] == [201, 201]
        assert answers[0].json().keys() == answers[1].json().keys()
        await arrive(wanting, phone, root)
        assert [text.number for text in phone.texts] == ["+40722123456", "+40733000111"]

    async def test_keeps_the_time_as_long_as_the_code_is_awaited(self, wanting, later):
        hold = await wanting.kept()
        at = datetime.fromisoformat(hold["starts_at"])
        answer = (await ask(wanting, hold=hold["token"])).json()
        assert 595 <= answer["kept_seconds"] <= 600
        later(minutes=9)
        assert at not in await wanting.times()
        later(minutes=11)
        assert at in await wanting.times()

    async def test_keeps_no_time_longer_than_half_an_hour(self, wanting, later):
        hold = await wanting.kept()
        for minutes in (0, 9, 18, 24):
            later(minutes=minutes)
            answer = (await ask(wanting, hold=hold["token"])).json()
        assert 350 <= answer["kept_seconds"] <= 365

    async def test_is_refused_for_what_is_no_number_or_no_time(self, wanting):
        refused = await ask(wanting, mobile="12345678901234567890")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/mobile")
        assert (await ask(wanting, hold=never())).status_code == 404

    async def test_is_nothing_where_no_code_is_asked(self, page):
        assert (await ask(page)).status_code == 404

    async def test_floods_nobody(self, wanting, settings, pool):
        few = build(replace(settings, bookings_per_address=20))
        few.state.pool = pool
        transport = httpx.ASGITransport(enveloped(few))
        async with httpx.AsyncClient(transport=transport, base_url="http://chairside.test/api/v1") as client:
            wanting.clinic.http, whole = client, wanting.clinic.http
            answers = [(await ask(wanting, mobile=number)).status_code for number in ("0722 999 888", "+40722999888") * 3]
            wanting.clinic.http = whole
        assert answers == [201] * 5 + [429]

    async def test_is_not_sent_to_whoever_said_stop(self, wanting, phone, root):
        async with wanting.clinic.op() as op:
            await messaging.receive(op, number="+40722123456", body="STOP", provider_message_id="x")
        assert (await ask(wanting)).status_code == 201
        assert await arrive(wanting, phone, root) is None


class TestProve:
    async def test_takes_five_tries_and_no_more(self, wanting, phone, root):
        sent, code = await code_for(wanting, phone, root)
        for left in (4, 3, 2, 1, 0):
            answer = await say(wanting, sent["token"], wrong(code))
            assert (answer.status_code, answer.json()) == (201, {"proved": False, "tries_left": left})
        over = await say(wanting, sent["token"], code)
        assert (over.status_code, over.json()["code"]) == (404, "NoSuchCode")

    async def test_counts_tries_that_come_at_once(self, wanting, phone, root):
        sent, code = await code_for(wanting, phone, root)
        answers = await asyncio.gather(*(say(wanting, sent["token"], wrong(code)) for _ in range(12)))
        assert sorted(one.status_code for one in answers) == [201] * 5 + [404] * 7

    async def test_is_over_after_ten_minutes(self, wanting, phone, root, later):
        sent, code = await code_for(wanting, phone, root)
        later(minutes=11)
        assert (await say(wanting, sent["token"], code)).status_code == 404

    async def test_said_twice_is_told_twice(self, wanting, phone, root):
        sent, code = await code_for(wanting, phone, root)
        answers = await asyncio.gather(*(say(wanting, sent["token"], code) for _ in range(2)))
        assert [one.json()["proved"] for one in answers] == [True, True]

    async def test_is_of_one_token_alone(self, wanting, phone, root):
        _, code = await code_for(wanting, phone, root)
        other = (await ask(wanting)).json()
        assert (await say(wanting, other["token"], code)).json()["proved"] is False


class TestBook:
    async def test_wants_the_number_proved(self, wanting, phone, root):
        hold = await wanting.kept()
        sent, code = await code_for(wanting, phone, root, hold=hold["token"])
        for proof in (None, sent["token"], never()):
            refused = await wanting.book(hold, proof=proof)
            assert (refused.status_code, refused.json()["code"]) == (409, "NumberNotProved")
        await say(wanting, sent["token"], code)
        first, second = await asyncio.gather(*(wanting.book(hold, proof=sent["token"]) for _ in range(2)))
        assert (first.status_code, second.status_code) == (201, 201)
        assert len(await wanting.visits()) == 1

    async def test_wants_that_number_proved(self, wanting, phone, root):
        hold = await wanting.kept()
        sent, code = await code_for(wanting, phone, root)
        await say(wanting, sent["token"], code)
        assert (await wanting.book(hold, proof=sent["token"], mobile="0733 000 111")).status_code == 409
        assert await wanting.visits() == []

    async def test_remembers_the_browser_for_a_month(self, wanting, phone, root, later):
        sent, code = await code_for(wanting, phone, root)
        await say(wanting, sent["token"], code)
        later(days=20)
        assert (await wanting.book(await wanting.kept(), proof=sent["token"])).status_code == 201
        later(days=31)
        assert (await wanting.book(await wanting.kept(), proof=sent["token"])).status_code == 409

    async def test_asks_where_the_clinic_says_yes_first(self, wanting, phone, root):
        await wants(wanting, needs_confirmation=True)
        hold = await wanting.kept()
        sent, code = await code_for(wanting, phone, root, hold=hold["token"])
        await say(wanting, sent["token"], code)
        assert (await wanting.book(hold, proof=sent["token"])).json()["status"] == "requested"
        [request] = (await wanting.clinic.ask("GET", "/booking-requests")).json()["items"]
        accepted = await wanting.clinic.ask("POST", f"/booking-requests/{request['id']}/acceptance", json={})
        assert accepted.status_code == 201

    async def test_is_wanted_for_the_waiting_list_too(self, wanting, phone, root):
        body = {"service_id": str(wanting.service.id), **WHO}
        assert (await wanting.anybody("POST", "/waitlist", json=body)).status_code == 409
        sent, code = await code_for(wanting, phone, root)
        await say(wanting, sent["token"], code)
        assert (await wanting.anybody("POST", "/waitlist", json=body | {"proof": sent["token"]})).status_code == 201

    async def test_lets_another_time_be_chosen_while_the_code_is_awaited(self, wanting):
        hold = await wanting.kept()
        await ask(wanting, hold=hold["token"])
        at = datetime.fromisoformat(hold["starts_at"])
        await wanting.kept(next(one for one in await wanting.times() if one > at), instead_of=hold["token"])
        assert at in await wanting.times()


class TestSetting:
    async def test_is_refused_where_this_deployment_sends_no_texts(self, page):
        refused = await page.clinic.ask("PUT", "/booking-page", json=page.sent | {"asks_code": True})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "no_texts")
        assert (await page.anybody("GET")).json()["asks_code"] is False

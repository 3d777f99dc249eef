"""Texts both ways, how patients want to be reached, the way out of letters, and what is said to them."""

import re

import pytest

from chairside import messaging
from chairside.kernel import clock
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import phones
from chairside.messaging.phones import Simulated
from tests.messaging.servers import Handler, MailServer
from tests.messaging.test_reminders import CONTACTS, VISIT, WEEK, Practice

WISH = {
    "do_not_contact": False, "email": True, "sms": True, "only_email": None, "only_phone": None, "language": None, "timezone": None,
}  # fmt: skip


@pytest.fixture
def answered(north):
    async def answered_(body="Hello", number="+40721234567", clinic=None, id="1"):
        clinic = clinic or north
        async with begin(clinic.pool, clock.now(), "phone") as op:
            await op.act_for(clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
            return await messaging.receive(op, number=number, body=body, provider_message_id=id)

    return answered_


async def inbox(clinic, **query):
    answer = await clinic.ask("GET", "/inbound-texts", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestAnInboundText:
    async def test_is_the_patients_whose_number_it_is_however_it_was_typed(self, north, given, answered):
        maria = await given.patient(north, "Maria", contacts=[{**CONTACTS[0], "value": "0721-234-567"}])
        await given.patient(north, "Ion", contacts=[{**CONTACTS[0], "value": "0721 234 568"}])
        await answered("Vin mai târziu")
        [got] = await inbox(north)
        assert (got["patient_id"], got["text"], got["number"]) == (str(maria.id), "Vin mai târziu", "+40721234567")
        log = (await north.ask("GET", f"/patients/{maria.id}/messages")).json()["items"]
        assert [(one["what"], one["text"]) for one in log] == [("inbound", "Vin mai târziu")]

    async def test_of_a_number_that_two_have_is_nobodys_until_somebody_says(self, north, given, answered):
        maria = await given.patient(north, "Maria", contacts=CONTACTS)
        await given.patient(north, "Ion", contacts=CONTACTS)
        text = await answered()
        assert (await inbox(north))[0]["patient_id"] is None
        tied = await north.ask("PUT", f"/inbound-texts/{text}/patient", json={"patient_id": str(maria.id)})
        assert tied.status_code == 204
        assert (await inbox(north))[0]["patient_id"] == str(maria.id)

    async def test_is_of_whoever_was_written_to_last(self, north, given, answered):
        await given.patient(north, "Maria", contacts=CONTACTS)
        ion = await given.patient(north, "Ion", contacts=CONTACTS)
        assert (await north.ask("POST", f"/patients/{ion.id}/texts", json={"text": "Bună"})).status_code == 201
        await answered()
        assert (await inbox(north))[0]["patient_id"] == str(ion.id)

    async def test_is_not_another_clinics(self, north, south, given, answered):
        await given.patient(south, "Maria", contacts=CONTACTS)
        text = await answered()
        assert await inbox(south) == []
        assert (await south.ask("POST", f"/inbound-texts/{text}/reading")).json()["code"] == "NoSuchText"
        stranger = await given.patient(south)
        refused = await north.ask("PUT", f"/inbound-texts/{text}/patient", json={"patient_id": str(stranger.id)})
        assert refused.json()["code"] == "NoSuchPatient"

    async def test_that_was_read_is_among_the_unread_no_more(self, north, answered):
        text = await answered()
        assert len(await inbox(north, unread=True)) == 1
        for _ in range(2):
            assert (await north.ask("POST", f"/inbound-texts/{text}/reading")).status_code == 204
        assert await inbox(north, unread=True) == []
        assert len(await inbox(north)) == 1

    async def test_comes_page_by_page_the_newest_first(self, north, answered):
        for number in range(5):
            await answered(str(number), id=str(number))
        seen, cursor = [], ""
        while True:
            page = (await north.ask("GET", "/inbound-texts", params={"limit": 2, "cursor": cursor})).json()
            seen += [one["text"] for one in page["items"]]
            if not (cursor := page["next_cursor"]):
                break
        assert seen == ["4", "3", "2", "1", "0"]


class TestAText:
    async def test_leaves_by_the_phone_and_says_that_it_arrived(self, north, given, work, tmp_path, monkeypatch):
        monkeypatch.setitem(phones._CHOSEN, "phone", Simulated(str(tmp_path / "phone")))
        maria = await given.patient(north, "Maria", contacts=CONTACTS)
        sent = (await north.ask("POST", f"/patients/{maria.id}/texts", json={"text": "Bună"})).json()
        for _ in range(2):
            await work(sent["id"])
        [kept] = list((tmp_path / "phone").iterdir())
        assert kept.stat().st_mode & 0o077 == 0
        [line] = (await north.ask("GET", f"/patients/{maria.id}/messages")).json()["items"]
        assert (line["status"], line["delivery"], line["text"], line["by"]) == ("sent", "delivered", "Bună", "Ana Dinu")

    @pytest.mark.parametrize(
        "wish, code",
        [({"do_not_contact": True}, "DoNotContact"), ({"only_email": "a@b.test"}, "NoMobileNumber")],
    )
    async def test_goes_to_nobody_who_must_not_be_written_to(self, north, given, wish, code):
        maria = await given.patient(north, "Maria", contacts=CONTACTS)
        await north.ask("PUT", f"/patients/{maria.id}/contact-preference", json={**WISH, **wish})
        refused = await north.ask("POST", f"/patients/{maria.id}/texts", json={"text": "x"})
        assert (refused.status_code, refused.json()["code"]) == (409, code)

    async def test_goes_to_no_number_that_said_stop(self, north, given, answered):
        maria = await given.patient(north, "Maria", contacts=CONTACTS)
        await answered("STOP")
        refused = await north.ask("POST", f"/patients/{maria.id}/texts", json={"text": "x"})
        assert refused.json()["code"] == "NumberIsStopped"

    async def test_stays_here_when_stop_came_after_it_was_written(
        self, north, given, answered, work, state, tmp_path, monkeypatch
    ):
        monkeypatch.setitem(phones._CHOSEN, "phone", Simulated(str(tmp_path / "phone")))
        maria = await given.patient(north, "Maria", contacts=CONTACTS)
        sent = (await north.ask("POST", f"/patients/{maria.id}/texts", json={"text": "Bună"})).json()
        await answered("STOP")
        await work(sent["id"])
        assert state(sent["id"])[:2] == ("failed", "stopped")


class TestAPreference:
    async def test_is_the_usual_until_somebody_says(self, north, given):
        maria = await given.patient(north)
        path = f"/patients/{maria.id}/contact-preference"
        assert (await north.ask("GET", path)).json() == {**WISH, "unsubscribed_at": None, "version": 0, "stopped": []}
        kept = await north.ask("PUT", path, json={**WISH, "sms": False}, version=0)
        assert (kept.json()["sms"], kept.json()["version"]) == (False, 1)
        stale = await north.ask("PUT", path, json=WISH, version=0)
        assert (stale.status_code, stale.json()["code"]) == (412, "PreferenceIsStale")

    @pytest.mark.parametrize(
        "wrong", [{"only_email": "nobody"}, {"only_phone": "abc"}, {"timezone": "Mars/Olympus"}, {"language": "tlh"}]
    )
    async def test_names_what_there_is(self, north, given, wrong):
        maria = await given.patient(north)
        path = f"/patients/{maria.id}/contact-preference"
        refused = await north.ask("PUT", path, json={**WISH, **wrong})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, f"/{next(iter(wrong))}")
        assert (await north.ask("GET", path)).json()["version"] == 0


class TestUnsubscribing:
    @pytest.fixture
    async def link(self, north, given, root, post):
        """Of a letter that arrived, as a mail program reads it."""
        practice = Practice(north, given, root)
        await practice.rules(WEEK)
        await practice.booked()
        with MailServer(Handler()) as server:
            post(server.post())
            await practice.send(VISIT.replace(day=14))
            [letter] = server.handler.letters
        self.patient = practice.patient
        assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
        [url] = re.findall(r"<https://chairside.test/api/v1(/\S+)>", letter["list-unsubscribe"])
        assert f"/unsubscribe#{url.removeprefix('/unsubscriptions/')}" in letter.get_body(("plain",)).get_content()
        return url

    async def wish(self, north):
        return (await north.ask("GET", f"/patients/{self.patient.id}/contact-preference")).json()

    async def test_is_one_post_and_looking_changes_nothing(self, north, link):
        looked = await north.http.get(link)
        assert (looked.status_code, looked.headers["location"]) == (303, f"/unsubscribe#{link.removeprefix('/unsubscriptions/')}")
        assert (await self.wish(north))["email"] is True
        form = {"content-type": "application/x-www-form-urlencoded"}
        for _ in range(2):
            done = await north.http.post(link, content=b"List-Unsubscribe=One-Click", headers=form)
            assert done.status_code == 204
        after = await self.wish(north)
        assert (after["email"], after["sms"], bool(after["unsubscribed_at"]), after["version"]) == (False, True, True, 1)

    async def test_is_for_whoever_has_the_link_alone(self, north, south, link):
        _, _, clinic, message, token = link.split("/")
        for forged in (
            f"/unsubscriptions/{clinic}/{message}/{token[:-1]}x",
            f"/unsubscriptions/{south.id}/{message}/{token}",
            f"/unsubscriptions/{clinic}/{north.owner_id}/{token}",
        ):
            answer = await north.http.post(forged)
            assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchSubscription")
        assert (await self.wish(north))["email"] is True


class TestATemplate:
    PATH = "/message-templates/before/sms/ro"

    async def test_is_the_products_own_until_the_clinic_says_otherwise(self, north):
        found = (await north.ask("GET", "/message-templates")).json()["items"]
        assert (len(found), found[0]["language"], {one["own"] for one in found}) == (40, "ro", {False})
        kept = await north.ask("PUT", self.PATH, json={"body": "Pe {day}!"}, version=0)
        assert (kept.json()["own"], kept.json()["version"]) == (True, 1)
        assert (await north.ask("PUT", self.PATH, json={"body": "x"}, version=0)).status_code == 412
        back = await north.ask("DELETE", self.PATH)
        assert (back.json()["own"], "{day}" in back.json()["body"]) == (False, True)

    @pytest.mark.parametrize("body", ["{service}", "{patient.__class__}", "{", "}", "{lnk}", "x" * 481, ""])
    async def test_holds_no_field_that_there_is_not(self, north, body):
        for asked in (
            await north.ask("PUT", self.PATH, json={"body": body}),
            await north.ask("POST", "/message-templates/previews", json={"language": "ro", "channel": "sms", "body": body}),
        ):
            assert (asked.status_code, asked.json()["errors"][0]["pointer"]) == (422, "/body")

    async def test_is_shown_with_an_example(self, north):
        trial = {"language": "ar", "channel": "email", "subject": "{clinic}", "body": "{patient}: {time}"}
        shown = (await north.ask("POST", "/message-templates/previews", json=trial)).json()
        assert shown["subject"] == "north"
        assert shown["body"].startswith("مريم: ")

    async def test_of_a_letter_has_a_subject(self, north):
        refused = await north.ask("PUT", "/message-templates/before/email/en", json={"body": "x"})
        assert refused.json()["errors"][0]["pointer"] == "/subject"

    async def test_offers_a_link(self, north):
        assert "link" in (await north.ask("GET", "/message-templates")).json()["fields"]
        assert (await north.ask("PUT", self.PATH, json={"body": "{link}"})).status_code == 200
        assert (await north.ask("PUT", self.PATH, json={"body": "{lnk}"})).status_code == 422

    async def test_of_an_offer_knows_no_visit_to_confirm(self, north):
        path = self.PATH.replace("before", "offer")
        assert (await north.ask("PUT", path, json={"body": "{link}"})).status_code == 200
        refused = await north.ask("PUT", path, json={"body": "{link} {confirm_link}"})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/body")


class TestTheSettings:
    NEW = {"undo_minutes": 5, "quiet_from": "21:00", "quiet_until": "07:30", "tell_changes": False, "rules": []}

    async def test_are_kept_as_a_whole_and_one_after_the_other(self, north):
        assert (await north.ask("GET", "/reminder-settings")).json()["version"] == 0
        rules = [{"channel": "sms", "before": 3, "unit": "hours", "until_confirmed": True}]
        kept = await north.ask("PUT", "/reminder-settings", json={**self.NEW, "rules": rules}, version=0)
        assert kept.json() == {**self.NEW, "rules": rules, "version": 1}
        stale = await north.ask("PUT", "/reminder-settings", json=self.NEW, version=0)
        assert (stale.status_code, stale.json()["code"]) == (412, "RemindersAreStale")

    @pytest.mark.parametrize(
        "rules, pointer",
        [
            ([{"channel": "sms", "before": 73, "unit": "hours", "until_confirmed": True}], "/rules/0/before"),
            ([{"channel": "sms", "before": 3, "unit": "hours", "until_confirmed": True}] * 2, "/rules/1"),
            ([{"channel": "pigeon", "before": 3, "unit": "hours", "until_confirmed": True}], "/rules/0/channel"),
        ],
    )
    async def test_refuse_a_step_that_cannot_be(self, north, rules, pointer):
        refused = await north.ask("PUT", "/reminder-settings", json={**self.NEW, "rules": rules})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
        assert (await north.ask("GET", "/reminder-settings")).json()["version"] == 0

"""A free time is offered in waves: the first yes has it, and the others hear that it is gone."""

import asyncio
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from chairside import messaging, patients
from chairside.filling.actions.waves import go_on, send_waves
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import phones
from tests.filling.conftest import Gap
from tests.tenancy.test_invitations import code

BUCHAREST = ZoneInfo("Europe/Bucharest")


class TestBegin:
    async def test_asks_the_best_at_once_and_the_next_after_the_pause(self, gap: Gap):
        for name in ("Ana", "Bea", "Cora", "Dan"):
            await gap.wait(name, urgent=name == "Dan")
        begun = await gap.begun()
        assert [one["patient"]["first_name"] for one in begun["offers"]] == ["Dan", "Ana", "Bea", "Cora"]
        assert await gap.states() == {"Dan": "offered", "Ana": "offered", "Bea": "waiting", "Cora": "waiting"}
        gap.pass_(minutes=14)
        await gap.tick()
        assert len(gap.said()) == 2
        gap.pass_(minutes=1)
        await gap.tick()
        seen = await gap.seen()
        assert [one["wave"] for one in seen["offers"]] == [1, 1, 2, 2]
        assert (len(gap.said()), seen["next_at"], seen["status"]) == (4, None, "open")
        gap.pass_(minutes=60)
        await gap.tick()
        assert len(gap.phone.texts) == 4

    async def test_says_when_with_a_link_and_not_what_for(self, gap: Gap):
        await gap.wait("Ana")
        await gap.begun()
        [text] = gap.said()
        assert text.startswith("north: s-a eliberat o oră") and "https://chairside.test/offer/" in text
        assert "Check-up" not in text

    async def test_is_refused_while_it_is_offered_taken_too_near_or_suits_nobody(self, gap: Gap):
        assert await code(await gap.begin()) == (409, "NobodyToAsk")
        await gap.wait("Ana")
        near = gap.now + timedelta(minutes=29)
        answer = await gap.begin(starts_at=near.isoformat(), ends_at=(near + timedelta(hours=1)).isoformat())
        assert await code(answer) == (409, "TooLateToOffer")
        await gap.begun()
        assert await code(await gap.begin()) == (409, "AlreadyOffered")
        await gap.clinic.ask("POST", f"/opening-fills/{(await gap.seen())['id']}/withdrawal")
        await gap.book()
        assert await code(await gap.begin()) == (409, "TimeTaken")

    async def test_of_two_at_once_begins_once(self, gap: Gap):
        await gap.wait("Ana")
        answers = await asyncio.gather(*(gap.begin() for _ in range(4)))
        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]

    @pytest.mark.parametrize("wrong", [{"wave_size": 0}, {"wave_size": 11}, {"wave_minutes": 0}, {"wave_minutes": 241}])
    async def test_takes_no_wave_that_is_none(self, gap: Gap, wrong):
        await gap.wait("Ana")
        assert (await gap.begin(**wrong)).status_code == 422

    async def test_does_not_find_what_another_clinic_offers(self, gap: Gap, south):
        await gap.wait("Ana")
        fill = await gap.begun()
        assert await code(await south.ask("POST", f"/opening-fills/{fill['id']}/withdrawal")) == (404, "NoSuchFill")
        query = {"provider_id": fill["provider_id"], "starts_at": fill["starts_at"], "ends_at": fill["ends_at"]}
        assert await code(await south.ask("GET", "/opening-fills", params=query)) == (404, "NoSuchProvider")


class TestWords:
    async def test_are_the_clinics_own_and_have_the_link(self, gap: Gap):
        path = "/message-templates/offer/sms/ro"
        answer = await gap.clinic.ask("PUT", path, json={"body": "{day}?"})
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["pointer"], error["code"]) == (422, "/body", "without_link")
        answer = await gap.clinic.ask("PUT", path, json={"body": "{patient}: {time}? {link}"})
        assert answer.is_success, answer.text
        await gap.wait("Ana")
        await gap.begun()
        [text] = gap.said()
        assert text.startswith("Ana: ") and "https://chairside.test/offer/" in text


class TestTheWave:
    async def test_is_sent_once_by_two_jobs_at_once_and_by_one_that_is_repeated(self, gap: Gap):
        for name in ("Ana", "Bea", "Cora"):
            await gap.wait(name)
        assert (await gap.begin(wave_size=1)).status_code == 201
        await asyncio.gather(*(send_waves(gap.clinic.pool, now=gap.now) for _ in range(3)))
        await gap.tick()
        assert len(gap.said()) == 1
        gap.pass_(minutes=15)
        await asyncio.gather(*(send_waves(gap.clinic.pool, now=gap.now) for _ in range(3)))
        await gap.outbox()
        assert len(gap.said()) == 2

    async def test_of_a_worker_that_is_killed_is_sent_by_the_next(self, gap: Gap):
        await gap.wait("Ana")
        fill = (await gap.begin()).json()
        with pytest.raises(SystemExit):
            async with begin(gap.clinic.pool, gap.now, "job") as op:
                await op.act_for(gap.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
                await go_on(op, fill_id=fill["id"])
                await op.db.now()
                raise SystemExit
        assert await gap.states() == {"Ana": "waiting"}
        await gap.tick()
        assert len(gap.said()) == 1 and await gap.states() == {"Ana": "offered"}

    async def test_passes_over_whom_it_may_not_or_cannot_reach(self, gap: Gap):
        shy, far = await gap.wait("Shy"), await gap.wait("Far", by="")
        stopped, safe = await gap.wait("Stopped"), await gap.wait("Safe")
        await gap.wait("Letter", by="email")
        async with gap.clinic.op() as op:
            await messaging.set_preference(op, patient_id=shy.id, version=0, wish={"do_not_contact": True})
            await messaging.set_preference(op, patient_id=safe.id, version=0, wish={"only_email": "safe@example.test"})
            number = "+40" + stopped.contacts[0]["value"].replace(" ", "")[1:]
            await messaging.receive(op, number=number, body="STOP", provider_message_id="1")
        await gap.begun(wave_size=10)
        found = {one["patient"]["first_name"]: (one["status"], one["reason"]) for one in (await gap.seen())["offers"]}
        assert found == {
            "Shy": ("unreachable", "do_not_contact"), far.first_name: ("unreachable", "no_address"),
            "Stopped": ("unreachable", "stopped"), "Safe": ("offered", None), "Letter": ("offered", None),
        }  # fmt: skip
        assert gap.phone.texts == []
        assert {str(one["to"]) for one in gap.letters} == {"safe@example.test", "letter@example.test"}
        assert all("/offer/" in one.get_body(("plain",)).get_content() for one in gap.letters)

    async def test_takes_the_way_that_this_deployment_has(self, gap: Gap, monkeypatch):
        monkeypatch.setitem(phones._CHOSEN, "phone", None)
        await gap.wait("Texted")
        both = await gap.wait("Both", by="email")
        async with gap.clinic.op() as op:
            mobile = {"type": "mobile", "value": "0722 333 777", "is_primary": True}
            changes = {"contacts": [*both.contacts, mobile]}
            await patients.change(op, patient_id=both.id, version=both.version, changes=changes)
        await gap.begun()
        found = {one["patient"]["first_name"]: (one["channel"], one["reason"]) for one in (await gap.seen())["offers"]}
        assert found == {"Texted": (None, "not_configured"), "Both": ("email", None)}

    async def test_waits_until_the_hours_are_loud_and_asks_others_before(self, gap: Gap):
        """Noon is two in Bucharest; in New York the night is not over."""
        gap.pass_(seconds=(gap.now.replace(hour=12, minute=0) - gap.now).total_seconds())
        await gap.quiet(version=1, quiet_from=time(20), quiet_until=time(8))
        away = await gap.wait("Away")
        await gap.wait("Bea")
        async with gap.clinic.op() as op:
            await messaging.set_preference(op, patient_id=away.id, version=0, wish={"timezone": "America/Los_Angeles"})
        await gap.begun(wave_size=1)
        assert await gap.states() == {"Away": "waiting", "Bea": "offered"}
        gap.pass_(minutes=15)
        await gap.tick()
        assert len(gap.said()) == 1 and (await gap.seen())["next_at"] > gap.now.isoformat()
        gap.pass_(hours=5)
        await gap.tick()
        assert len(gap.said()) == 2 and await gap.states() == {"Away": "offered", "Bea": "offered"}

    async def test_leaves_out_who_needs_more_notice_or_has_booked_since(self, gap: Gap):
        for name, notice in (("Ana", 0), ("Bea", 47), ("Cora", 0)):
            patient = await gap.wait(name, notice_hours=notice)
        gap.starts_at, gap.ends_at = gap.now + timedelta(hours=47, minutes=10), gap.now + timedelta(hours=48)
        await gap.begun(wave_size=1)
        await gap.book(patient, starts_at=(gap.starts_at + timedelta(hours=8)).isoformat())
        gap.pass_(minutes=15)
        await gap.tick()
        assert await gap.states() == {"Ana": "offered", "Bea": "expired", "Cora": "unreachable"}

    async def test_comes_at_once_when_nothing_arrived_or_all_said_no(self, gap: Gap):
        first = await gap.wait("Ana")
        await gap.wait("Bea")
        await gap.wait("Cora")
        gap.phone.broken.add("+40" + first.contacts[0]["value"].replace(" ", "")[1:])
        await gap.begun(wave_size=1)
        await gap.tick()
        assert await gap.states() == {"Ana": "unreachable", "Bea": "offered", "Cora": "waiting"}
        [token] = gap.tokens()
        answer = await gap.link("POST", token, "/refusal")
        assert (answer.status_code, answer.json()["answer"]) == (201, "declined")
        await gap.tick()
        assert await gap.states() == {"Ana": "unreachable", "Bea": "declined", "Cora": "offered"}
        await gap.link("POST", gap.tokens()[-1], "/refusal")
        await gap.tick()
        assert (await gap.seen())["status"] == "exhausted"

    async def test_is_nobodys_half_an_hour_before(self, gap: Gap):
        await gap.wait("Ana")
        await gap.begun()
        [token] = gap.tokens()
        gap.pass_(seconds=(gap.starts_at - timedelta(minutes=30) - gap.now).total_seconds())
        assert (await gap.link("GET", token)).json()["answer"] == "gone"
        assert await code(await gap.yes(token)) == (409, "OfferIsGone")
        await gap.tick()
        assert ((await gap.seen())["status"], await gap.states(), gap.gone()) == ("exhausted", {"Ana": "expired"}, [])
        gap.pass_(minutes=31)
        assert await code(await gap.link("GET", token)) == (404, "NoSuchOffer")


class TestYes:
    async def test_books_it_ends_the_waiting_and_tells_the_others(self, gap: Gap):
        patients = [await gap.wait(name) for name in ("Ana", "Bea", "Cora")]
        await gap.begun()
        first, second = gap.tokens()
        answer = await gap.yes(first)
        assert (answer.status_code, answer.json()["answer"]) == (201, "accepted")
        [visit] = await gap.visits()
        assert (visit["patient_id"], visit["starts_at"]) == (
            str(patients[0].id),
            gap.starts_at.isoformat().replace("+00:00", "Z"),
        )
        waiting = (await gap.clinic.ask("GET", "/waitlist")).json()["items"]
        assert {one["patient"]["first_name"] for one in waiting} == {"Bea", "Cora"}
        seen = await gap.seen()
        assert (seen["status"], seen["offers"][0]["appointment_id"]) == ("filled", visit["id"])
        await gap.tick()
        await gap.tick()
        assert await gap.states() == {"Ana": "accepted", "Bea": "gone", "Cora": "waiting"}
        assert gap.gone() == ["+40722333101"] and "s-a ocupat" in gap.phone.texts[-1].body
        assert await code(await gap.yes(second)) == (409, "OfferIsGone")
        assert (await gap.link("GET", second)).json()["answer"] == "gone"
        link = await gap.clinic.http.get(f"/links/{answer.json()['link']}")
        assert link.json()["starts_at"] == visit["starts_at"]

    async def test_of_sixteen_at_once_wins_once(self, gap: Gap):
        for n in range(16):
            await gap.wait(f"P{n}")
        await gap.begun(wave_size=8, wave_minutes=1)
        gap.pass_(minutes=1)
        await gap.tick()
        answers = await asyncio.gather(*(gap.yes(token) for token in gap.tokens()))
        assert sorted(one.status_code for one in answers) == [201] + [409] * 15
        assert {one.json()["code"] for one in answers if one.status_code == 409} == {"OfferIsGone"}
        assert len(await gap.visits()) == 1
        await gap.tick()
        assert len(gap.gone()) == 15

    async def test_twice_by_the_same_is_told_twice_and_booked_once(self, gap: Gap):
        await gap.wait("Ana")
        await gap.begun()
        [token] = gap.tokens()
        answers = await asyncio.gather(*(gap.yes(token) for _ in range(4)))
        assert {(one.status_code, one.json()["answer"]) for one in answers} == {(201, "accepted")}
        assert len(await gap.visits()) == 1
        assert await code(await gap.link("POST", token, "/refusal")) == (409, "LinkUsed")

    async def test_may_follow_a_no_as_long_as_it_is_free(self, gap: Gap):
        await gap.wait("Ana")
        await gap.wait("Bea")
        await gap.begun()
        token, _ = gap.tokens()
        await gap.link("POST", token, "/refusal")
        assert (await gap.yes(token)).json()["answer"] == "accepted"

    async def test_moves_the_later_visit_in_place_of_a_second(self, gap: Gap):
        patient = await gap.wait("Ana")
        later = await gap.book(patient, starts_at=(gap.starts_at + timedelta(days=20)).isoformat(), duration_minutes=45)
        body = {"patient_id": str(patient.id), "service_id": str(gap.service.id), "appointment_id": later["id"]}
        assert (await gap.clinic.ask("POST", "/waitlist", json=body)).status_code == 201
        await gap.begun()
        [token] = gap.tokens()
        shown = (await gap.link("GET", token)).json()
        assert (shown["moving_at"], shown["duration_minutes"]) == (later["starts_at"], 45)
        assert (await gap.yes(token)).status_code == 201
        [visit] = await gap.visits()
        assert (visit["id"], visit["starts_at"]) == (later["id"], shown["starts_at"])
        assert (await gap.clinic.ask("GET", "/waitlist")).json()["items"] == []

    async def test_answers_a_recall(self, gap: Gap):
        type = {"name": "Check-up", "interval": {"every": 6, "unit": "months"}, "service_ids": [str(gap.service.id)]}
        kind = (await gap.clinic.ask("POST", "/recall-types", json=type)).json()
        mobile = [{"type": "mobile", "value": "0722 333 999", "is_primary": True}]
        patient = await gap.given.patient(gap.clinic, "Due", contacts=mobile)
        body = {"patient_id": str(patient.id), "type_id": kind["id"], "due_on": "2026-01-01"}
        recall = (await gap.clinic.ask("POST", "/recalls", json=body)).json()
        fill = await gap.begun()
        assert fill["offers"][0]["from_list"] == "recall"
        await gap.yes(gap.tokens()[0])
        [visit] = await gap.visits()
        assert (await gap.clinic.ask("GET", f"/recalls/{recall['id']}")).json()["appointment"]["id"] == visit["id"]

    async def test_comes_too_late_where_somebody_was_put_there_by_hand(self, gap: Gap):
        await gap.wait("Ana")
        await gap.wait("Bea")
        await gap.begun(wave_size=1)
        await gap.book()
        [token] = gap.tokens()
        assert await code(await gap.yes(token)) == (409, "OfferIsGone")
        await gap.tick()
        assert ((await gap.seen())["status"], await gap.states()) == ("taken", {"Ana": "gone", "Bea": "waiting"})
        assert len(gap.gone()) == 1

    async def test_waits_while_somebody_holds_the_time(self, gap: Gap):
        await gap.wait("Ana")
        assert (await gap.begin()).status_code == 201
        place = {"provider_id": str(gap.provider.id), "service_id": str(gap.service.id)}
        held = await gap.clinic.ask("POST", "/holds", json=place | {"starts_at": gap.starts_at.isoformat()})
        assert held.status_code == 201, held.text
        await gap.tick()
        assert gap.said() == []
        gap.pass_(minutes=6)
        await gap.tick()
        assert len(gap.said()) == 1


class TestRead:
    async def test_changes_nothing_and_names_nobody(self, gap: Gap):
        await gap.wait("Ana")
        await gap.begun()
        [token] = gap.tokens()
        for method in ("GET", "HEAD", "GET"):
            answer = await gap.link(method, token)
        found = answer.json()
        assert (found["answer"], found["provider_name"], found["duration_minutes"]) == ("open", "Dr. Ioana Marin", 30)
        assert "Popescu" not in answer.text and "patient_id" not in found
        assert await gap.states() == {"Ana": "offered"}
        assert await code(await gap.link("GET", "x" * 43)) == (404, "NoSuchOffer")

    async def test_is_refused_to_pages_of_others(self, gap: Gap):
        await gap.wait("Ana")
        await gap.begun()
        [token] = gap.tokens()
        answer = await gap.link("POST", token, "/acceptance", headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403
        assert await gap.states() == {"Ana": "offered"}


class TestStop:
    async def test_asks_nobody_else_and_tells_who_was_asked_and_only_them(self, gap: Gap):
        for name in ("Ana", "Bea", "Cora"):
            await gap.wait(name)
        fill = await gap.begun(wave_size=1)
        for _ in range(2):
            answer = await gap.clinic.ask("POST", f"/opening-fills/{fill['id']}/withdrawal")
            assert (answer.status_code, answer.json()["status"]) == (201, "withdrawn")
        await gap.tick()
        assert gap.gone() == ["+40722333100"]
        assert await code(await gap.yes(gap.tokens()[0])) == (409, "OfferIsGone")
        gap.pass_(minutes=30)
        await gap.tick()
        assert len(gap.said()) == 1
        assert (await gap.begin()).status_code == 201

    async def test_takes_back_what_has_not_left_and_says_nothing_of_it(self, gap: Gap):
        await gap.wait("Ana")
        fill = (await gap.begin()).json()
        await send_waves(gap.clinic.pool, now=gap.now)
        await gap.clinic.ask("POST", f"/opening-fills/{fill['id']}/withdrawal")
        await gap.tick()
        assert gap.phone.texts == []

    async def test_is_too_late_once_it_is_filled(self, gap: Gap):
        await gap.wait("Ana")
        fill = await gap.begun()
        await gap.yes(gap.tokens()[0])
        answer = await gap.clinic.ask("POST", f"/opening-fills/{fill['id']}/withdrawal")
        assert await code(answer) == (409, "FillIsOver")

    async def test_tells_nobody_in_their_quiet_hours(self, gap: Gap):
        await gap.wait("Ana")
        fill = await gap.begun()
        await gap.clinic.ask("POST", f"/opening-fills/{fill['id']}/withdrawal")
        now = gap.now.astimezone(BUCHAREST)
        await gap.quiet(
            version=1, quiet_from=(now - timedelta(minutes=1)).time().replace(second=0, microsecond=0),
            quiet_until=(now + timedelta(minutes=30)).time().replace(second=0, microsecond=0),
        )  # fmt: skip
        await gap.tick()
        assert gap.gone() == []
        gap.pass_(minutes=31)
        await gap.tick()
        assert len(gap.gone()) == 1

"""Reminders of visits: once for each reason, never of a time that is no more, never to whoever does not want them."""

import asyncio
import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from chairside import messaging, scheduling
from chairside.kernel import clock
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import phones
from chairside.messaging.actions import reminding
from chairside.messaging.actions.cascade import NewRule
from chairside.messaging.actions.delivery import deliver
from tests.conftest import NOON
from tests.messaging.servers import Handler, MailServer

CONTACTS = [
    {"type": "mobile", "value": "0721 234 567", "is_primary": True, "safe_for_voicemail": False},
    {"type": "email", "value": "maria@example.test", "is_primary": True, "safe_for_voicemail": False},
]
WEEK, TWO_DAYS, TWO_HOURS = (
    NewRule("email", 7, "days", False), NewRule("sms", 2, "days", False), NewRule("sms", 2, "hours", True)
)  # fmt: skip
VISIT = NOON + timedelta(days=20)  # two in the afternoon in Bucharest


class Recorder:
    """A phone of the test's own. `raises`: what it does instead of taking the text."""

    delivers = True

    def __init__(self) -> None:
        self.texts: list[phones.Text] = []
        self.raises: Exception | None = None

    async def hand_over(self, text, about_to) -> str:
        if await about_to():
            self.texts.append(text)
        if self.raises:
            raise self.raises
        return f"sms-{len(self.texts)}"


@pytest.fixture(autouse=True)
def phone():
    before, phones._CHOSEN["phone"] = phones._CHOSEN["phone"], Recorder()
    yield phones._CHOSEN["phone"]
    phones._CHOSEN["phone"] = before


class Practice:
    """A clinic that reminds, a patient who can be reached, and time that passes as a test wants it."""

    def __init__(self, clinic, given, root):
        self.clinic, self.given, self.root = clinic, given, root

    async def rules(self, *rules, **more):
        facts = {
            "undo_minutes": 10, "quiet_from": time(20), "quiet_until": time(8), "tell_changes": True, "version": 0, **more,
        }  # fmt: skip
        async with self.clinic.op() as op:
            return await messaging.set_cascade(op, rules=rules, **facts)

    async def booked(self, starts_at=VISIT, **more):
        self.patient = more.pop("patient", None) or await self.given.patient(self.clinic, "Maria", "Ionescu", contacts=CONTACTS)
        return await self.given.appointment(self.clinic, starts_at=starts_at, patient=self.patient, **more)

    async def act(self, door, visit, now=NOON, **more):
        async with self.clinic.op(now=now) as op:
            await door(op, appointment_id=visit.id, **more)

    async def move(self, visit, starts_at, now=NOON):
        await self.act(scheduling.reschedule, visit, now=now, changes={"starts_at": starts_at})

    async def wish(self, version=0, **wish):
        async with self.clinic.op() as op:
            return await messaging.set_preference(op, patient_id=self.patient.id, version=version, wish=wish)

    async def send(self, now):
        """What the minute's job does, and then the outbox."""
        sent = await reminding.send_due(self.clinic.pool, now=now)
        await self.outbox()
        return sent

    async def outbox(self):
        for (id,) in self.asked("select id from message where status in ('queued', 'sending') and patient_id is not null"):
            async with begin(self.clinic.pool, clock.now(), "job") as op:  # a message is as old as its row says
                await op.act_for(self.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
                await deliver(op, message_id=id)

    def asked(self, query):
        self.root.rollback()
        where = query.replace("where", "where clinic_id = %s and", 1) if "where" in query else f"{query} where clinic_id = %s"
        return self.root.execute(f"{where} order by id", [self.clinic.id]).fetchall()

    def states(self):
        return [tuple(one) for one in self.asked("select kind, channel, status, reason from reminder")]


@pytest.fixture
async def practice(north, given, root, post):
    with MailServer(Handler()) as server:
        post(server.post())
        practice = Practice(north, given, root)
        practice.letters = server.handler.letters
        yield practice


class TestTheCascade:
    async def test_speaks_a_week_two_days_and_two_hours_before(self, practice, phone):
        await practice.rules(WEEK, TWO_DAYS, TWO_HOURS)
        await practice.booked()
        for early in (VISIT - timedelta(days=7, minutes=1), VISIT - timedelta(days=7)):
            await practice.send(early)
        assert (len(practice.letters), len(phone.texts)) == (1, 0)
        await practice.send(VISIT - timedelta(days=2))
        await practice.send(VISIT - timedelta(hours=2))
        assert (len(practice.letters), len(phone.texts)) == (1, 2)
        assert {text.number for text in phone.texts} == {"+40721234567"}
        assert "duminică, 21 martie 2027" in phone.texts[0].body and "14:00" in phone.texts[0].body
        assert practice.letters[0]["subject"].startswith("Vizita dumneavoastră la north")

    async def test_says_nothing_twice_however_often_the_minute_comes(self, practice, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked()
        for minute in range(5):
            await practice.send(VISIT - timedelta(days=2) + timedelta(minutes=minute))
        assert len(phone.texts) == 1

    async def test_says_it_once_though_two_workers_do_it_at_once(self, practice, phone):
        await practice.rules(TWO_DAYS)
        for hour in range(4):
            await practice.booked(VISIT + timedelta(hours=hour))
        now = VISIT - timedelta(days=1, hours=20)
        queued = await asyncio.gather(*[reminding.send_due(practice.clinic.pool, now=now) for _ in range(4)])
        await practice.outbox()
        assert (sum(queued), len(phone.texts)) == (4, 4)

    async def test_leaves_out_whoever_confirmed_where_it_says_so(self, practice, phone):
        await practice.rules(TWO_DAYS, TWO_HOURS)
        visit = await practice.booked()
        await practice.act(scheduling.confirm, visit)
        await practice.send(VISIT - timedelta(days=2))
        await practice.send(VISIT - timedelta(hours=2))
        assert len(phone.texts) == 1
        assert practice.states()[1] == ("before", "sms", "skipped", "confirmed")

    async def test_does_not_repeat_what_the_patient_has_just_heard(self, practice, phone):
        await practice.rules(WEEK, TWO_DAYS)
        await practice.booked(NOON + timedelta(days=3))
        assert practice.states()[0] == ("before", "email", "skipped", "short_notice")

    async def test_says_the_last_step_alone_after_a_long_silence(self, practice, phone):
        await practice.rules(TWO_DAYS, TWO_HOURS)
        await practice.booked()
        await practice.send(VISIT - timedelta(hours=1))
        assert len(phone.texts) == 1
        assert practice.states()[0] == ("before", "sms", "skipped", "overtaken")

    async def test_says_nothing_of_a_visit_that_has_begun(self, practice, phone):
        await practice.rules(TWO_HOURS)
        await practice.booked()
        await practice.send(VISIT + timedelta(minutes=1))
        assert phone.texts == []
        assert practice.states() == [("before", "sms", "skipped", "begun")]

    async def test_that_changes_counts_for_the_visits_that_are_booked(self, practice, phone):
        await practice.booked()
        done = await practice.rules(TWO_DAYS)
        assert practice.states() == [("before", "sms", "planned", None)]
        await practice.rules(WEEK, version=done.setting.version)
        assert practice.states() == [("before", "sms", "withdrawn", None), ("before", "email", "planned", None)]

    async def test_gives_a_link_by_which_the_patient_confirms_the_visit(self, practice, phone):
        async with practice.clinic.op() as op:
            await messaging.set_template(op, kind="before", channel="sms", language="ro", version=0, subject=None, body="{link}")
        await practice.rules(TWO_DAYS)
        visit = await practice.booked()
        await practice.send(VISIT - timedelta(days=2))
        [text] = phone.texts
        token = text.body.rpartition("/link/")[2]
        http = practice.clinic.http
        assert (await http.get(f"/links/{token}")).json()["status"] == "scheduled", "looking changes nothing"
        assert (await http.post(f"/links/{token}/confirmation")).status_code == 201
        async with practice.clinic.op() as op:
            assert (await scheduling.get_appointment(op, appointment_id=visit.id)).status == "confirmed"

    async def test_gives_a_link_for_one_thing_alone_where_its_words_have_that(self, practice, phone):
        async with practice.clinic.op() as op:
            body = "Da: {confirm_link} Nu: {cancel_link}"
            await messaging.set_template(op, kind="before", channel="sms", language="ro", version=0, subject=None, body=body)
        await practice.rules(TWO_DAYS)
        visit = await practice.booked()
        await practice.send(VISIT - timedelta(days=2))
        [text] = phone.texts
        http = practice.clinic.http
        confirm, cancel = re.findall(r"/link/(\S+)", text.body)
        assert (await http.get(f"/links/{confirm}")).json()["acts"] == ["confirm"]
        assert (await http.get(f"/links/{cancel}")).json()["acts"] == ["cancel"]
        assert (await http.post(f"/links/{confirm}/cancellation")).status_code == 404
        assert (await http.post(f"/links/{cancel}/cancellation")).status_code == 201
        async with practice.clinic.op() as op:
            assert (await scheduling.get_appointment(op, appointment_id=visit.id)).status == "cancelled"

    async def test_makes_no_link_where_its_words_have_none(self, practice, phone, root):
        async with practice.clinic.op() as op:
            await messaging.set_template(op, kind="before", channel="sms", language="ro", version=0, subject=None, body="{day}")
        await practice.rules(TWO_DAYS)
        await practice.booked()
        await practice.send(VISIT - timedelta(days=2))
        assert len(phone.texts) == 1
        assert root.execute("select count(*) from patient_link where clinic_id = %s", [practice.clinic.id]).fetchone() == (0,)

    async def test_of_another_clinic_is_its_own(self, practice, south, given, phone):
        await practice.rules(TWO_DAYS)
        await given.appointment(south, starts_at=VISIT, patient=await given.patient(south, contacts=CONTACTS))
        await practice.send(VISIT - timedelta(days=2))
        assert phone.texts == []


class TestAVisit:
    async def test_that_is_moved_is_never_reminded_of_at_the_old_time(self, practice, phone):
        await practice.rules(TWO_DAYS)
        visit = await practice.booked()
        later = VISIT + timedelta(days=3)
        await practice.move(visit, later)
        await practice.send(VISIT - timedelta(days=2))
        assert phone.texts == []
        await practice.send(later - timedelta(days=2))
        assert [("24 martie" in text.body) for text in phone.texts] == [True]

    async def test_that_is_moved_after_the_message_was_queued_keeps_it_here(self, practice, phone):
        await practice.rules(TWO_DAYS)
        visit = await practice.booked()
        now = VISIT - timedelta(days=2)
        assert await reminding.send_due(practice.clinic.pool, now=now) == 1
        await practice.move(visit, VISIT + timedelta(days=3), now=now)
        await practice.outbox()
        assert phone.texts == []
        assert practice.asked("select status, reason from message where patient_id is not null") == [("failed", "withdrawn")]
        # Back at that time before it is due: said after all, once.
        await practice.move(visit, VISIT, now=now - timedelta(hours=1))
        await practice.send(now)
        assert len(phone.texts) == 1

    async def test_that_is_moved_while_the_line_is_opened_keeps_it_here_too(self, practice, phone, monkeypatch):
        await practice.rules(TWO_DAYS)
        visit = await practice.booked()
        now, plain = VISIT - timedelta(days=2), phone.hand_over

        async def slow(text, about_to):
            await practice.move(visit, VISIT + timedelta(days=3), now=now)
            return await plain(text, about_to)

        monkeypatch.setattr(phone, "hand_over", slow)
        await practice.send(now)
        assert phone.texts == []
        assert practice.asked("select status, reason from message where patient_id is not null") == [("failed", "withdrawn")]
        assert {one[2] for one in practice.states()} == {"withdrawn", "planned"}, "and it is said at its new time"

    async def test_that_is_cancelled_is_not_reminded_of_and_again_when_it_is_not(self, practice, phone):
        await practice.rules(TWO_DAYS)
        visit = await practice.booked()
        await practice.act(scheduling.cancel, visit, reason="ill")
        await practice.send(VISIT - timedelta(days=2))
        assert phone.texts == []
        assert practice.states() == [("before", "sms", "withdrawn", None)]

    async def test_whose_time_was_told_is_told_anew_when_it_moves_and_when_it_is_cancelled(self, practice):
        await practice.rules(WEEK)
        visit = await practice.booked()
        await practice.send(VISIT - timedelta(days=7))
        moved_at, later = VISIT - timedelta(days=6), VISIT + timedelta(days=1)
        await practice.move(visit, later, now=moved_at)
        await practice.send(moved_at + timedelta(minutes=9))
        assert len(practice.letters) == 1, "it may be moved back"
        await practice.send(moved_at + timedelta(minutes=11))
        await practice.act(scheduling.cancel, visit, now=moved_at + timedelta(hours=1), reason="ill")
        await practice.send(moved_at + timedelta(hours=2))
        calendars = [part for letter in practice.letters for part in letter.walk() if part.get_content_type() == "text/calendar"]
        assert [part.get_param("method") for part in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
        from icalendar import Calendar

        events = [Calendar.from_ical(part.get_content()).walk("VEVENT")[0] for part in calendars]
        assert {str(event["uid"]) for event in events} == {f"{visit.id}@chairside"}
        sequences = [int(event["sequence"]) for event in events]
        assert sequences == sorted(set(sequences)), "what is newer counts"
        assert [event["dtstart"].dt for event in events] == [VISIT, later, later]
        assert [str(event["status"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]

    async def test_moved_back_within_the_delay_is_told_to_nobody(self, practice):
        await practice.rules(WEEK)
        visit = await practice.booked()
        await practice.send(VISIT - timedelta(days=7))
        at = VISIT - timedelta(days=6)
        await practice.move(visit, VISIT + timedelta(days=1), now=at)
        await practice.move(visit, VISIT, now=at + timedelta(minutes=1))
        await practice.send(at + timedelta(hours=1))
        assert len(practice.letters) == 1

    async def test_booked_just_before_a_step_waits_for_the_delay(self, practice, phone):
        await practice.rules(TWO_HOURS)
        await practice.booked(NOON + timedelta(hours=2, minutes=1))
        await practice.send(NOON + timedelta(minutes=9))
        assert phone.texts == []
        await practice.send(NOON + timedelta(minutes=10))
        assert len(phone.texts) == 1


class TestQuietHours:
    async def test_wait_for_the_morning_of_the_patient(self, practice, phone):
        await practice.rules(TWO_HOURS)
        await practice.booked(datetime(2027, 3, 20, 7, 30, tzinfo=UTC))  # half past nine in Bucharest
        await practice.send(datetime(2027, 3, 20, 5, 30, tzinfo=UTC))
        assert phone.texts == []
        await practice.send(datetime(2027, 3, 20, 6, 0, tzinfo=UTC))
        assert len(phone.texts) == 1

    async def test_are_those_of_the_patients_own_zone(self, practice, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked()
        await practice.wish(timezone="America/Los_Angeles")
        await practice.send(VISIT - timedelta(days=2))  # five in the morning there
        assert phone.texts == []
        await practice.send(VISIT - timedelta(days=2) + timedelta(hours=3))
        assert len(phone.texts) == 1

    @pytest.mark.parametrize(
        "visit, said, quiet",
        [
            (datetime(2027, 3, 20, 6, 0, tzinfo=UTC), datetime(2027, 3, 19, 17, 30, tzinfo=UTC), {}),
            (datetime(2027, 3, 28, 5, 0, tzinfo=UTC), datetime(2027, 3, 27, 17, 30, tzinfo=UTC), {}),
            (datetime(2027, 3, 20, 5, 15, tzinfo=UTC), datetime(2027, 3, 19, 22, 30, tzinfo=UTC),
             {"quiet_from": time(1), "quiet_until": time(8)}),
        ],
        ids=["in the evening", "in the evening before the clocks change", "before quiet hours after midnight"],
    )  # fmt: skip
    async def test_that_last_until_the_visit_have_it_said_before_they_begin(self, practice, phone, visit, said, quiet):
        await practice.rules(TWO_HOURS, **quiet)
        await practice.booked(visit)
        await practice.send(said - timedelta(minutes=1))
        assert phone.texts == []
        await practice.send(said)
        assert len(phone.texts) == 1
        await practice.send(visit - timedelta(minutes=1))
        assert len(phone.texts) == 1

    async def test_of_the_patients_own_zone_that_last_until_the_visit_leave_it_unsaid(self, practice, phone):
        await practice.rules(TWO_HOURS)
        await practice.booked()
        await practice.wish(timezone="America/Los_Angeles")
        await practice.send(VISIT - timedelta(hours=2))
        assert practice.states() == [("before", "sms", "skipped", "begun")]


class TestAPatient:
    @pytest.mark.parametrize(
        "wish, reason",
        [
            ({"do_not_contact": True}, "do_not_contact"), ({"sms": False}, "preference"),
            ({"only_email": "safe@example.test"}, "no_address"),
        ],
    )  # fmt: skip
    async def test_who_does_not_want_it_gets_none(self, practice, phone, wish, reason):
        await practice.rules(TWO_DAYS)
        await practice.booked()
        await practice.wish(**wish)
        await practice.send(VISIT - timedelta(days=2))
        assert phone.texts == []
        assert practice.states() == [("before", "sms", "skipped", reason)]

    async def test_who_says_so_after_it_was_queued_gets_none_either(self, practice, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked()
        now = VISIT - timedelta(days=2)
        await reminding.send_due(practice.clinic.pool, now=now)
        await practice.wish(do_not_contact=True)
        await practice.outbox()
        assert phone.texts == []
        assert practice.asked("select status, reason from message where patient_id is not null") == [("failed", "do_not_contact")]

    async def test_is_written_to_where_it_is_safe_alone(self, practice, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked()
        await practice.wish(only_phone="+44 7400 123456")
        await practice.send(VISIT - timedelta(days=2))
        assert [text.number for text in phone.texts] == ["+447400123456"]

    async def test_is_spoken_to_in_their_language(self, practice, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked()
        await practice.wish(language="en")
        await practice.send(VISIT - timedelta(days=2))
        assert "your visit is on Sunday, March 21, 2027" in phone.texts[0].body

    async def test_who_is_a_child_is_reminded_by_whoever_answers_for_them(self, practice, given, phone):
        await practice.rules(TWO_DAYS)
        mother = await given.patient(practice.clinic, "Ana", "Ionescu", contacts=CONTACTS)
        child = await given.patient(practice.clinic, "Ion", "Ionescu", guarantor_id=mother.id)
        await practice.booked(patient=child)
        await practice.send(VISIT - timedelta(days=2))
        assert len(phone.texts) == 1

    async def acting(self, practice, patient, **facts):
        body = {"relationship": "parent", "scopes": ["message"], "starts_on": "2027-01-01", **facts}
        made = await practice.clinic.ask("POST", f"/patients/{patient.id}/proxies", json=body)
        assert made.status_code == 201, made.text
        return made.json()

    async def heard(self, practice, patient, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked(patient=patient)
        await practice.send(VISIT - timedelta(days=2))
        return [text.number for text in phone.texts]

    async def test_who_is_a_child_is_spoken_of_to_whoever_acts_for_them_and_not_to_the_child_or_who_pays(
        self, practice, given, phone
    ):
        payer = await given.patient(practice.clinic, "Dan", contacts=[{"type": "mobile", "value": "0721 000 001"}])
        child = await given.patient(
            practice.clinic, "Ion", birth_date=date(2017, 5, 1), guarantor_id=payer.id,
            contacts=[{"type": "mobile", "value": "0721 000 002"}],
        )  # fmt: skip
        await self.acting(practice, child, name="Ana", phone="0721 000 003")
        assert await self.heard(practice, child, phone) == ["+40721000003"]

    @pytest.mark.parametrize(
        ("scopes", "acts"), [(["message"], ["confirm"]), (["message", "schedule"], ["confirm", "move", "cancel"])]
    )
    async def test_who_only_receives_messages_for_somebody_does_not_move_or_cancel_their_visit(
        self, practice, given, phone, scopes, acts
    ):
        async with practice.clinic.op() as op:
            await messaging.set_template(op, kind="before", channel="sms", language="ro", version=0, subject=None, body="{link}")
        child = await given.patient(practice.clinic, "Ion", birth_date=date(2017, 5, 1))
        await self.acting(practice, child, name="Ana", phone="0721 000 003", scopes=scopes)
        await self.heard(practice, child, phone)
        token = phone.texts[0].body.rpartition("/link/")[2]
        assert (await practice.clinic.http.get(f"/links/{token}")).json()["acts"] == acts

    async def test_who_is_of_age_is_spoken_to_and_whoever_acts_for_them_where_they_have_no_number(self, practice, given, phone):
        old = await given.patient(practice.clinic, "Ion", contacts=[{"type": "mobile", "value": "0721 000 002"}])
        silent = await given.patient(practice.clinic, "Eva")
        for patient in (old, silent):
            await self.acting(practice, patient, name="Ana", phone="0721 000 003", relationship="caregiver")
        assert await self.heard(practice, old, phone) == ["+40721000002"]
        await practice.booked(VISIT + timedelta(hours=2), patient=silent)
        await practice.send(VISIT - timedelta(days=2) + timedelta(hours=2))
        assert [text.number for text in phone.texts] == ["+40721000002", "+40721000003"]

    @pytest.mark.parametrize(
        "facts",
        [
            {"scopes": ["schedule"]}, {"starts_on": "2027-06-01"}, {"ends_on": "2027-02-01"},
            {"ends_at_majority": True},
        ],
        ids=["may do other things", "not yet", "no longer", "until they came of age"],
    )  # fmt: skip
    async def test_nobody_hears_of_them_who_does_not_receive_their_messages_now(self, practice, given, phone, facts):
        grown = await given.patient(practice.clinic, "Ion", birth_date=date(2005, 5, 1))
        await self.acting(practice, grown, name="Ana", phone="0721 000 003", **facts)
        assert await self.heard(practice, grown, phone) == []
        assert practice.states() == [("before", "sms", "skipped", "no_address")]

    async def test_whoever_acts_is_written_to_where_it_is_safe_for_them_and_not_if_they_refuse(self, practice, given, phone):
        mother = await given.patient(practice.clinic, "Ana", contacts=CONTACTS)
        child = await given.patient(practice.clinic, "Ion", birth_date=date(2017, 5, 1))
        await self.acting(practice, child, holder_id=str(mother.id))
        wish = {"only_phone": "0721 000 009"}
        practice.patient = mother
        await practice.wish(**wish)
        assert await self.heard(practice, child, phone) == ["+40721000009"]
        practice.patient = mother
        await practice.wish(version=1, do_not_contact=True)
        await practice.booked(VISIT + timedelta(hours=2), patient=child)
        await practice.send(VISIT - timedelta(days=2) + timedelta(hours=2))
        assert len(phone.texts) == 1
        assert practice.states()[-1] == ("before", "sms", "skipped", "do_not_contact")

    async def test_who_has_no_address_is_said_to_have_none(self, practice, given, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked(patient=await given.patient(practice.clinic))
        await practice.send(VISIT - timedelta(days=2))
        assert practice.states() == [("before", "sms", "skipped", "no_address")]

    async def test_who_must_not_be_contacted_gets_no_invoice_either(self, practice, given):
        patient = await given.patient(practice.clinic, contacts=CONTACTS)
        practice.patient = patient
        invoice = await given.invoice(practice.clinic, patient, 100)
        sending = {"to": "maria@example.test", "subject": "x", "text": "x"}
        await practice.wish(only_email="safe@example.test")
        refused = await practice.clinic.ask("POST", f"/invoices/{invoice.id}/messages", json=sending)
        assert refused.json()["code"] == "NotTheSafeAddress"
        await practice.wish(version=1, do_not_contact=True)
        refused = await practice.clinic.ask("POST", f"/invoices/{invoice.id}/messages", json=sending)
        assert (refused.status_code, refused.json()["code"]) == (409, "DoNotContact")

    async def test_where_alone_it_is_safe_is_looked_at_once_more_before_it_goes(self, practice, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked()
        now = VISIT - timedelta(days=2)
        assert await reminding.send_due(practice.clinic.pool, now=now) == 1
        await practice.wish(only_phone="+40 744 000 111")
        await practice.outbox()
        assert phone.texts == []
        assert practice.asked("select status, reason from message where patient_id is not null") == [("failed", "preference")]

    async def test_who_pays_and_wants_to_hear_nothing_gets_no_invoice_of_a_child(self, practice, given):
        payer = await given.patient(practice.clinic, "Mama", contacts=[{"type": "email", "value": "mama@example.test"}])
        practice.patient = payer
        child = await given.patient(practice.clinic, "Ion", guarantor_id=payer.id)
        invoice = await given.invoice(practice.clinic, child, 100)
        sending = {"to": " Mama@example.test", "subject": "x", "text": "x"}
        await practice.wish(do_not_contact=True)
        refused = await practice.clinic.ask("POST", f"/invoices/{invoice.id}/messages", json=sending)
        assert (refused.status_code, refused.json()["code"]) == (409, "DoNotContact"), refused.text


class TestStop:
    async def answer(self, practice, word, id="in-1"):
        async with begin(practice.clinic.pool, NOON, "phone") as op:
            await op.act_for(practice.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
            return await messaging.receive(op, number="+40721234567", body=word, provider_message_id=id)

    async def test_ends_texts_to_the_number_and_start_begins_them_again(self, practice, phone):
        await practice.rules(TWO_DAYS, TWO_HOURS)
        await practice.booked()
        assert isinstance(await self.answer(practice, " Stop. "), UUID)
        await practice.send(VISIT - timedelta(days=2))
        assert phone.texts == []
        assert practice.states()[0] == ("before", "sms", "skipped", "stopped")
        await self.answer(practice, "START", "in-2")
        await practice.send(VISIT - timedelta(hours=2))
        assert len(phone.texts) == 1

    async def test_given_twice_by_the_network_is_kept_once(self, practice):
        assert await self.answer(practice, "Hello")
        assert await self.answer(practice, "Hello") is None

    async def test_is_a_word_alone(self, practice, phone):
        await practice.rules(TWO_DAYS)
        await practice.booked()
        await self.answer(practice, "Please stop by and cancel my visit")
        await practice.send(VISIT - timedelta(days=2))
        assert len(phone.texts) == 1

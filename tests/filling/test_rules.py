"""Who is asked first, and when."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chairside.filling.rows import Candidate
from chairside.filling.rules import answer_of, asked_in_order, last_moment, next_wave, rank

TODAY = date(2027, 3, 1)


def one(n=1, **more):
    some = {
        "entry_id": UUID(int=n), "recall_id": None, "patient_id": UUID(int=n), "first_name": "x", "last_name": "x",
        "birth_date": None, "phone": "1234", "safe_for_voicemail": None, "do_not_contact": False, "service_id": UUID(int=1),
        "service_name": "x", "minutes": 30, "price": 100, "urgent": False, "since": TODAY, "asked_for": False,
        "later_visit_id": None, "kept": 0, "missed": 0, "tried_on": None, "notice_hours": 0,
    }  # fmt: skip
    return Candidate(**some | more)


def order(*candidates, minutes=60):
    return [ranked.candidate.patient_id.int for ranked in rank(candidates, minutes=minutes, today=TODAY)]


class TestOrder:
    def test_urgency_comes_before_waiting_and_waiting_before_worth(self):
        long_ago = TODAY - timedelta(days=200)
        assert order(one(1, price=900), one(2, since=long_ago), one(3, urgent=True)) == [3, 2, 1]

    def test_who_misses_visits_or_was_just_called_comes_later(self):
        unreliable = one(1, kept=1, missed=3)
        tried = one(2, entry_id=None, recall_id=UUID(int=2), tried_on=TODAY)
        assert order(unreliable, tried, one(3)) == [3, 2, 1]

    def test_one_missed_visit_alone_is_held_against_nobody(self):
        assert "misses" not in rank([one(missed=1)], minutes=60, today=TODAY)[0].reasons

    def test_nobody_is_nobody(self):
        assert rank([], minutes=60, today=TODAY) == []

    @given(st.permutations(range(1, 6)), st.data())
    def test_is_the_same_whatever_comes_first_and_loses_nobody(self, numbers, data):
        some = [
            one(
                n, urgent=bool(n % 2), since=TODAY - timedelta(days=data.draw(st.integers(-30, 400))),
                price=data.draw(st.integers(0, 10**9)), missed=n % 3, kept=n,
            )
            for n in numbers
        ]  # fmt: skip
        found = order(*some)
        assert sorted(found) == [1, 2, 3, 4, 5] and found == order(*reversed(some))


NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


class TestAskedInOrder:
    def test_is_each_patient_once_for_what_stands_first(self):
        twice = one(1, entry_id=None, recall_id=UUID(int=9), since=TODAY - timedelta(days=90))
        found = asked_in_order(rank([one(1), one(2, urgent=True), twice, one(3)], minutes=60, today=TODAY))
        assert [each.patient_id.int for each in found] == [2, 1, 3]
        assert found[1].recall_id == UUID(int=9)


class TestLastMoment:
    def test_is_half_an_hour_before_or_as_long_as_they_need(self):
        assert last_moment(one(), starts_at=NOON) == NOON - timedelta(minutes=30)
        assert last_moment(one(notice_hours=4), starts_at=NOON) == NOON - timedelta(hours=4)


class TestNextWave:
    def test_comes_after_the_pause_when_hours_are_loud_or_never(self):
        morning, noon = NOON + timedelta(hours=8), NOON + timedelta(hours=12)
        told = {"now": NOON, "minutes": 15, "quiet_until": [noon, morning]}
        assert next_wave(**told, asked=3, left=True) == NOON + timedelta(minutes=15)
        assert next_wave(**told, asked=0, left=True) == morning
        assert next_wave(now=NOON, minutes=15, quiet_until=[], asked=3, left=False) is None
        assert next_wave(now=NOON, minutes=15, quiet_until=[], asked=0, left=False) is None


class TestAnswerOf:
    def test_is_what_may_still_be_said(self):
        soon, past = NOON + timedelta(minutes=1), NOON
        assert answer_of("offered", fill_status="open", expires_at=soon, now=NOON) == "open"
        assert answer_of("declined", fill_status="open", expires_at=soon, now=NOON) == "declined"
        assert answer_of("accepted", fill_status="filled", expires_at=past, now=NOON) == "accepted"
        for status, fill_status, until in (
            ("offered", "open", past), ("offered", "taken", soon), ("gone", "filled", soon), ("declined", "filled", soon),
        ):  # fmt: skip
            assert answer_of(status, fill_status=fill_status, expires_at=until, now=NOON) == "gone"

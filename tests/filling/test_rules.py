"""Who is asked first."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chairside.filling.rows import Candidate
from chairside.filling.rules import rank

TODAY = date(2027, 3, 1)


def one(n=1, **more):
    some = {
        "entry_id": UUID(int=n), "recall_id": None, "patient_id": UUID(int=n), "first_name": "x", "last_name": "x",
        "birth_date": None, "phone": "1234", "safe_for_voicemail": None, "do_not_contact": False, "service_id": UUID(int=1),
        "service_name": "x", "minutes": 30, "price": 100, "urgent": False, "since": TODAY, "asked_for": False,
        "later_visit_id": None, "kept": 0, "missed": 0, "tried_on": None,
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

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given as given_that
from hypothesis import strategies as st

from chairside.scheduling.rows import Claim
from chairside.scheduling.rules import free, hours

START = datetime(2027, 3, 1, tzinfo=UTC)
PROVIDER, OPERATORY, PATIENT = (UUID(int=n) for n in (1, 2, 3))


def minute(n):
    return START + timedelta(minutes=n)


minutes = st.integers(0, 48 * 60)
spans = st.tuples(minutes, st.integers(1, 600)).map(lambda span: (minute(span[0]), minute(sum(span))))
claims = st.tuples(st.sampled_from([PROVIDER, OPERATORY, PATIENT]), spans).map(lambda found: Claim(found[0], *found[1]))
wanted = st.builds(
    free.Wanted,
    length=st.integers(5, 240).map(lambda n: timedelta(minutes=n)),
    before=st.integers(0, 60).map(lambda n: timedelta(minutes=n)),
    after=st.integers(0, 60).map(lambda n: timedelta(minutes=n)),
    patient_id=st.just(PATIENT),
)


def overlaps(claim, wanted, slot):
    buffered = claim.resource_id != PATIENT
    start, end = (slot[0] - wanted.before, slot[1] + wanted.after) if buffered else slot
    return claim.starts_at < end and claim.ends_at > start


class TestNextFree:
    @given_that(wanted, st.lists(spans, max_size=6), st.lists(claims, max_size=12), minutes.map(minute))
    def test_offers_exactly_what_fits(self, wanted, shifts, claims, earliest):
        """Every time offered is worked, free and not too early; and no time of the grid that is so was left out."""
        working = hours.merge(shifts)
        found = free.next_free(wanted, working=working, claims=claims, earliest=earliest, most=10_000)
        fits = [
            (start, start + wanted.length)
            for opens_at, closes_at in working
            for start in (opens_at + n * free.STEP for n in range((closes_at - opens_at) // free.STEP + 1))
            if start >= earliest
            and start + wanted.length <= closes_at
            and not any(overlaps(claim, wanted, (start, start + wanted.length)) for claim in claims)
        ]
        assert found == fits

    def test_keeps_buffers_apart_from_buffers(self):
        """A claim already has its own buffers; those of the visit come on top."""
        wanted = free.Wanted(timedelta(minutes=30), timedelta(minutes=15), timedelta(0), PATIENT)
        taken = [Claim(PROVIDER, minute(60), minute(90))]
        found = free.next_free(wanted, working=[(START, minute(180))], claims=taken, earliest=START, most=9)
        assert [(start - START) // timedelta(minutes=1) for start, _ in found] == [0, 15, 30, 105, 120, 135, 150]

    def test_stops_at_as_many_as_wanted(self):
        wanted = free.Wanted(timedelta(minutes=30), timedelta(0), timedelta(0), PATIENT)
        assert len(free.next_free(wanted, working=[(START, minute(600))], claims=[], earliest=START, most=3)) == 3

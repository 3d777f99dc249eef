"""Whoever loses the line hears everything once: whatever commits in whatever order, wherever it breaks."""

import asyncio
import random
from uuid import uuid4

from hypothesis import given as generated
from hypothesis import strategies as st

from chairside.live.rules import Position, Seen
from chairside.patients.events import PatientChanged
from tests.live.listening import listening

WRITERS, EACH, MOST_AT_ONCE = 12, 25, 4


async def test_nothing_is_missed_and_nothing_heard_twice_by_who_comes_and_goes(north, served):
    chance = random.Random(7)
    written: set[str] = set()
    over = asyncio.Event()

    async def write() -> None:
        for _ in range(EACH):
            ids = [uuid4() for _ in range(chance.randint(1, MOST_AT_ONCE))]
            async with north.op() as op:
                for id in ids:
                    await op.emit(PatientChanged(id))
                await op.db.now()
                await asyncio.sleep(chance.expovariate(50))  # who began first does not end first
            written.update(map(str, ids))

    async def come_and_go(after: str) -> list[str]:
        heard: list[str] = []
        while not over.is_set() or len(heard) < len(written):
            async with listening(served.url, north, after=after) as ear:
                await asyncio.sleep(chance.uniform(0, 0.5))
            assert "resync" not in ear.names()
            heard += [frame.what["ids"]["patient_id"] for frame in ear.events]
            after = ear.position
        return heard

    async with listening(served.url, north) as ear:
        start = ear.position
    listeners = [asyncio.ensure_future(come_and_go(start)) for _ in range(3)]
    await asyncio.gather(*(write() for _ in range(WRITERS)))
    over.set()
    for heard in await asyncio.wait_for(asyncio.gather(*listeners), 30):
        assert len(heard) == len(set(heard))
        assert set(heard) == written


class TestPosition:
    snapshots = st.builds(
        lambda first, gaps, more: (first, sorted({first + gap for gap in gaps}), first + max(gaps, default=-1) + 1 + more),
        st.integers(1, 10**9), st.sets(st.integers(0, 500), max_size=20), st.integers(0, 5),
    )  # fmt: skip

    @generated(snapshots, st.integers(1, 10**9 + 600))
    def test_sees_what_postgresql_says_that_it_sees(self, snapshot, txid):
        first, running, next = snapshot
        seen = Seen.read(f"{first}:{next}:{','.join(map(str, running))}")
        assert seen and seen.sees(txid) == (txid < next and txid not in running)

    @generated(st.integers(0, 10**11), snapshots, snapshots, st.uuids(), st.booleans())
    def test_is_read_as_it_was_written(self, at, one, other, last, within):
        before, until = (f"{first}:{next}:{','.join(map(str, running))}" for first, running, next in (one, other))
        position = Position(at, before, until, last) if within else Position(at, before)
        assert Position.read(str(position)) == position

    @generated(st.text(max_size=60))
    def test_nothing_else_is_one(self, text):
        assert Position.read(text) is None

    def test_knows_what_was_told_of_what_became_visible_together(self):
        first, second = uuid4(), uuid4()
        position = Position(0, "5:5:", "9:9:", max(first, second))
        assert position.was_told(7, min(first, second))
        assert not Position(0, "5:5:", "9:9:", min(first, second)).was_told(7, max(first, second))
        assert not position.was_told(9, min(first, second)), "it was not visible yet"

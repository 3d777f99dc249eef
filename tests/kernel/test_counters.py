"""One contract for counting, in this process and in a Valkey that several share."""

import asyncio
import secrets
import time
from collections.abc import Iterator

import pytest

from chairside.kernel.http import limits, shared
from chairside.kernel.http.limits import Counters, Limit, TooManyRequests
from chairside.kernel.http.shared import SharedCounters
from tests.valkey import Valkey


@pytest.fixture(scope="module")
def valkey() -> Iterator[Valkey]:
    with Valkey() as running:
        yield running


@pytest.fixture(params=["in this process", "in Valkey"])
async def counters(request):
    made = Counters() if request.param == "in this process" else SharedCounters(request.getfixturevalue("valkey").url)
    yield made
    await made.close()


@pytest.fixture
def who() -> str:
    return secrets.token_hex(4)


async def times(counters, who: str, *, most: int = 3, window: int = 60, what: str = "ask", tries: int = 10) -> int:
    """How often it was let through."""
    through = 0
    for _ in range(tries):
        try:
            await counters.count(Limit(what, who, most, window))
            through += 1
        except TooManyRequests as refusal:
            assert 1 <= refusal.facts["seconds"] <= window  # noqa: PT017
    return through


class TestEither:
    async def test_lets_through_so_many_and_counts_what_it_refused(self, counters, who):
        assert await times(counters, who) == 3
        assert counters.refused["ask"] == 7

    async def test_counts_apart_what_and_who(self, counters, who):
        assert await times(counters, who) == await times(counters, who + "2") == await times(counters, who, what="other") == 3

    async def test_begins_anew_when_the_window_ends(self, counters, who):
        assert await times(counters, who, window=1) == 3
        await asyncio.sleep(1.1)
        assert await times(counters, who, window=1) == 3

    async def test_counts_one_request_under_several_limits_at_once(self, counters, who):
        wide, narrow = Limit("wide", who, 10, 60), Limit("narrow", who, 2, 60)
        for _ in range(2):
            await counters.count(wide, narrow)
        with pytest.raises(TooManyRequests):
            await counters.count(wide, narrow)
        assert counters.refused == {"narrow": 1}
        await counters.count(wide)

    async def test_at_once_lets_through_no_more(self, counters, who):
        results = await asyncio.gather(*(times(counters, who, tries=1) for _ in range(40)))
        assert sum(results) == 3


class TestHere:
    async def test_ever_new_names_do_not_make_a_counter_be_forgotten(self, monkeypatch, who):
        """Nobody begins anew by flooding what counts with addresses: what is over goes first, then what is oldest."""
        monkeypatch.setattr(limits, "MOST_COUNTERS", 100)
        counters = Counters()
        await times(counters, "over", window=1)
        await asyncio.sleep(1.1)
        for turn in range(60):
            await counters.count(Limit("ask", f"old {turn}", 3, 60))
        assert await times(counters, who) == 3
        for turn in range(80):
            await counters.count(Limit("ask", f"new {turn}", 3, 60))
        assert len(counters.seen) <= 100
        assert ("ask", "over") not in counters.seen
        assert await times(counters, who) == 0


class TestShared:
    async def test_two_processes_count_as_one(self, valkey, who):
        one, two = SharedCounters(valkey.url, "s"), SharedCounters(valkey.url, "s")
        assert await times(one, who, tries=2) + await times(two, who) == 3
        assert not one.missed and not two.missed
        await one.close()
        await two.close()

    async def test_what_lies_there_names_nobody_and_ends(self, valkey):
        counters = SharedCounters(valkey.url, "s")
        await counters.count(Limit("sign-in", "203.0.113.9", 3, 60))
        keys = await counters._valkey.keys("*")
        assert keys and not any(b"203" in key and b"113" in key for key in keys)
        assert all([await counters._valkey.ttl(key) > 0 for key in keys])
        await counters.close()

    async def test_away_each_counts_for_itself_at_once_and_comes_back(self, who, monkeypatch, capsys):
        monkeypatch.setattr(shared, "AGAIN_SECONDS", 0.2)
        with Valkey() as valkey:
            counters = SharedCounters(valkey.url)
            assert await times(counters, who) == 3
            valkey.stop()
            began = time.monotonic()
            assert await times(counters, who) == 3
            assert counters.away and counters.missed == 10
            assert time.monotonic() - began < 1
            valkey.start()
            await asyncio.sleep(0.3)
            assert await times(counters, who, tries=1) == 1
            assert not counters.away
            await counters.close()
        said = capsys.readouterr()
        assert (said.err + said.out).count("Valkey is away") == 1

    async def test_one_that_does_not_answer_costs_a_moment_once(self, who, monkeypatch):
        """The kernel takes connections for a server that hangs."""
        with Valkey() as valkey:
            counters = SharedCounters(valkey.url)
            await times(counters, who, tries=1)
            valkey.freeze()
            began = time.monotonic()
            assert await times(counters, who) == 3
            assert time.monotonic() - began < shared.PATIENCE + 0.5
            valkey.thaw()
            await counters.close()

    async def test_one_that_never_was_is_no_error(self, who):
        counters = SharedCounters("redis://127.0.0.1:1")
        assert await times(counters, who) == 3
        await counters.close()

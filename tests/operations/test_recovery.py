"""kill -9 of anything: what can be healed is healed at once, the rest at the next start; nothing is left behind."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import psutil
import psycopg
import pytest

from chairside.cli.children import Child
from chairside.kernel import embedded
from tests.operations import started
from tests.operations.started import Started

KEEP = "create table if not exists kept (number int); insert into kept values (1)"


def kept(chairside: Started) -> int:
    with psycopg.connect(embedded.admin(chairside.data, "chairside")) as db:
        return int(db.execute("select count(*) from kept").fetchone()[0])  # type: ignore[index]


class TestKilled:
    @pytest.mark.parametrize("word", ["serve", "worker"])
    def test_a_child_begins_again_at_once(self, chairside: Started, word: str) -> None:
        killed = chairside.child(word)
        killed.kill()
        started.until(lambda: word_runs(chairside, word, other_than=killed), 5, what=chairside.told)
        chairside.await_ready(10)
        assert f"{'app' if word == 'serve' else word} ended (-9); it begins again." in chairside.told()

    def test_a_backend_costs_nobody_the_database(self, chairside: Started) -> None:
        backend = next(child for child in chairside.tree() if "chairside_app" in "".join(child.cmdline()))
        backend.kill()
        time.sleep(0.2)
        chairside.await_ready(20)

    def test_postgresql_begins_again(self, chairside: Started) -> None:
        with psycopg.connect(embedded.admin(chairside.data, "chairside"), autocommit=True) as db:
            db.execute(KEEP)
        before = kept(chairside)
        killed = chairside.child("postgres")
        killed.kill()
        started.until(lambda: word_runs(chairside, "postgres", other_than=killed), 10, what=chairside.told)
        chairside.await_ready(20)
        assert kept(chairside) == before


class TestAChildThatEndsAgainAndAgain:
    def test_begins_after_pauses_that_grow_and_stay_short(self) -> None:
        """Ten kills in a row once cost half a minute without a worker: what is killed is back within 15 s, its start included."""
        child = Child("worker", ["no such command"], os.environ)
        pauses = []
        for _ in range(9):
            child.start()
            assert child.process
            child.process.wait(30)
            child.heal()
            pauses.append(round(max(0.0, child.due - time.monotonic()), 1))
        assert pauses == sorted(pauses)
        assert pauses[0] < 0.1
        assert 4 < pauses[-1] <= 5


class TestAllKilled:
    def test_the_supervisor_takes_all_down_and_the_next_start_recovers(self, start: Callable[..., Started]) -> None:
        chairside = start()
        with psycopg.connect(embedded.admin(chairside.data, "chairside"), autocommit=True) as db:
            db.execute(KEEP)
        before = kept(chairside)
        assert chairside.end(signal.SIGKILL) < 5
        again = start()
        assert kept(again) == before
        again.end()

    def test_everything_at_once_and_the_next_start_recovers(self, start: Callable[..., Started]) -> None:
        chairside = start()
        tree = chairside.tree()
        for process in tree:
            with suppress(psutil.NoSuchProcess):  # PostgreSQL ends a backend now and then by itself
                process.kill()
        chairside.process.wait(5)
        again = start()
        assert not any(started.alive(process) for process in tree)
        again.end()


def word_runs(chairside: Started, word: str, *, other_than: psutil.Process) -> bool:
    try:
        return chairside.child(word).pid != other_than.pid
    except (StopIteration, psutil.NoSuchProcess, psutil.ZombieProcess):
        return False

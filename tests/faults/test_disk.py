"""The disk is full, under load: a clear no, nothing half-done, and once there is room again all goes on by itself."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg
import pytest

from tests.faults import strikes
from tests.faults.campaign import Campaign, Plan
from tests.faults.line import Line
from tests.faults.trees import Run
from tests.operations.started import command, free_port, refusal, until

MEGABYTES = 320


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small file system of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    with TemporaryDirectory(prefix="chairside-disk-") as folder:
        Path(folder).chmod(0o755)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=755", "tmpfs", folder], capture_output=True, text=True
        )
        if done.returncode:
            pytest.skip(f"a file system may not be mounted here: {done.stderr.strip()}")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> Path:
    """To the last byte; what to take away to make room again."""
    filler = disk / "filler"
    with open(filler, "ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return filler


class TestFull:
    def test_says_so_and_goes_on_by_itself_once_there_is_room(self, disk: Path) -> None:
        tree = Run(disk / "data")  # what it says goes to the full disk, too
        campaign = Campaign(tree, Plan(0, desks=1, imports=False), journal=Path("/dev/null"))
        try:
            campaign.begin()
            time.sleep(2)
            supervisor = tree.started.process.pid
            filler = fill(disk)
            desk = campaign.desks[0]
            line = Line(desk.clinic, campaign.journal, desk.chance)
            until(lambda: campaign.journal.again["503 DatabaseAway"] > 0 or its_own_log_needs_room(tree), 60)
            until(lambda: campaign.journal.again["503 DatabaseAway"] > 0, 20)
            new = {"name": "Polish", "duration_minutes": 30, "price": {"amount": 100, "currency": "USD"}}
            refused = refused_by_a_full(disk, tree, lambda key: line.once("POST", "/services", new, key=key))
            assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
            assert refused.headers["retry-after"].isdigit()
            assert httpx.get(f"http://127.0.0.1:{tree.ports[0]}/health").status_code == 200
            assert its_own_log_needs_room(tree)  # it ends, and cannot begin again
            time.sleep(4)
            filler.unlink()
            at = time.monotonic()
            assert strikes.over(tree, campaign.desks, at, print) is not None, tree.started.told()
            assert tree.started.process.pid == supervisor
            assert tree.started.process.poll() is None
            assert campaign.look() == [], tree.started.told()
            campaign.end()
        finally:
            tree.end()

    def test_is_said_in_one_sentence_when_it_should_start(self, disk: Path) -> None:
        (disk / "data").mkdir()
        fill(disk)
        done = command("run", f"--data={disk / 'data'}", f"--port={free_port()}", "--no-browser")
        assert "no room" in refusal(done).lower() or "No space left" in refusal(done)


def refused_by_a_full(disk: Path, tree: Run, ask: Callable[[str], httpx.Response]) -> httpx.Response:
    """PostgreSQL gives some of its room back when it ends and begins again, and may answer once more from it: taken from it again."""
    for turn in range(8):
        fill(disk)
        its_own_log_needs_room(tree)
        answer = ask(f"full-{turn}")
        if answer.status_code != 201:
            return answer
    raise AssertionError("it still has room")


def its_own_log_needs_room(tree: Run) -> bool:
    """Segment after segment, until there is no room for the next: whether it ended over that."""
    for _ in range(40):
        try:
            with psycopg.connect(tree.admin, autocommit=True, connect_timeout=5) as db:
                db.execute("select pg_logical_emit_message(false, 'fill', 'x'), pg_switch_wal()")
        except psycopg.OperationalError:
            return True
    return False

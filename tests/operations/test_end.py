"""Asked to end, it ends within five seconds, whoever still holds a line, and leaves no process."""

import os
import signal
import socket
from collections.abc import Callable

import pytest

from tests.operations import started
from tests.operations.started import Started

SECONDS = 5


class TestEnd:
    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda how: how.name)
    def test_leaves_nothing(self, start: Callable[..., Started], how: signal.Signals) -> None:
        chairside = start()
        assert chairside.end(how) < SECONDS
        assert chairside.process.returncode == 0
        assert not (chairside.data / "postgres/postmaster.pid").exists(), "PostgreSQL was not stopped in order"

    def test_waits_for_nobody_for_long(self, start: Callable[..., Started]) -> None:
        chairside = start()
        with socket.create_connection(("127.0.0.1", chairside.port)) as slow:
            # Half a request: a client that never finishes.
            slow.sendall(b"POST /api/v1/session HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{")
            assert chairside.end() < SECONDS
        assert chairside.process.returncode == 0

    def test_ctrl_c_reaches_the_supervisor_alone(self, start: Callable[..., Started]) -> None:
        """A terminal sends SIGINT to its whole foreground group; PostgreSQL must not go first."""
        chairside = start()
        assert [process.pid for process in chairside.tree() if os.getpgid(process.pid) == chairside.process.pid] == [
            chairside.process.pid
        ]
        chairside.end(signal.SIGINT)

    @pytest.mark.parametrize(
        ("word", "how"),
        [("making a new one", signal.SIGTERM), ("making a new one", signal.SIGKILL), ("migration", signal.SIGTERM)],
        ids=["initdb asked", "initdb killed", "migrating asked"],
    )
    def test_while_it_still_starts(self, word: str, how: signal.Signals) -> None:
        """Nor does it leave anything that the next start would take for a database."""
        with started.folder() as data:
            chairside = Started(data, started.free_port())
            started.until(lambda: word in chairside.told(), 30, what=chairside.told)
            assert chairside.end(how) < SECONDS
            assert "Traceback" not in chairside.told()
            again = Started(data, started.free_port()).await_ready()
            assert again.end() < SECONDS

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operations import started
from tests.operations.started import Started

# In the background or under nohup these are ignored, and what is started would ignore them too; a handler is not inherited.
for how in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(how) == signal.SIG_IGN:
        signal.signal(how, lambda number, frame: None)


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """One data folder for all: making a database takes longer than starting it."""
    with started.folder() as folder:
        yield folder


@pytest.fixture(scope="class")
def start(data: Path) -> Iterator[Callable[..., Started]]:
    """Chairside on the shared data folder; whatever a test left running ends with its class."""
    running: list[Started] = []

    def start_(*arguments: str, **environment: str) -> Started:
        running.append(Started(data, started.free_port(), *arguments, **environment))
        return running[-1].await_ready()

    yield start_
    started.ended(running)


@pytest.fixture(scope="class")
def chairside(start: Callable[..., Started]) -> Started:
    return start()

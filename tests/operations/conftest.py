from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operations import started
from tests.operations.started import Started


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

"""What Prometheus reads: requests and their seconds, and whatever is watched besides. Names of routes only, never of anyone."""

import os
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
BEGAN = time.time()

Labels = tuple[tuple[str, str], ...]


class Family(NamedTuple):
    """A metric: its name, `counter` or `gauge`, one sentence, and its values by their labels."""

    name: str
    kind: str
    sentence: str
    values: Mapping[Labels, float]


def family(name: str, kind: str, sentence: str, value: float, **labels: str) -> Family:
    """One with a single value."""
    return Family(name, kind, sentence, {tuple(labels.items()): value})


class Metrics:
    def __init__(self) -> None:
        self.requests: dict[tuple[str, str, int], int] = defaultdict(int)
        self.seconds: dict[tuple[str, str], list[float]] = {}
        self.watched: list[Callable[[], Iterable[Family]]] = [process]

    def watch(self, name: str, kind: str, sentence: str, read: Callable[[], float]) -> None:
        """A figure that is asked for when the metrics are; `kind` is counter or gauge."""
        self.tell(lambda: [family(name, kind, sentence, read())])

    def tell(self, families: Callable[[], Iterable[Family]]) -> None:
        """Several at once."""
        self.watched.append(families)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        self.requests[method, route, status] += 1
        spent = self.seconds.get((method, route))
        if spent is None:
            spent = self.seconds[method, route] = [0.0] * (len(BUCKETS) + 2)
        for index, bound in enumerate(BUCKETS):
            if seconds <= bound:
                spent[index] += 1
                break
        spent[-2] += 1
        spent[-1] += seconds

    def text(self, more: Iterable[Family] = ()) -> str:
        families = [found for tell in self.watched for found in tell()]
        return "\n".join([*self._requests(), *(line for one in [*families, *more] for line in _lines(one))]) + "\n"

    def _requests(self) -> Iterator[str]:
        yield from _head("chairside_requests_total", "counter", "Requests answered, by route and status.")
        for (method, route, status), requests in sorted(self.requests.items()):
            yield f'chairside_requests_total{{method="{method}",route="{route}",status="{status}"}} {requests}'
        yield from _head("chairside_request_seconds", "histogram", "How long they took, from the first byte to the last.")
        for (method, route), spent in sorted(self.seconds.items()):
            labels, passed = f'method="{method}",route="{route}"', 0.0
            for bound, count in zip(BUCKETS, spent, strict=False):
                passed += count
                yield f'chairside_request_seconds_bucket{{{labels},le="{bound}"}} {passed:.0f}'
            yield f'chairside_request_seconds_bucket{{{labels},le="+Inf"}} {spent[-2]:.0f}'
            yield f"chairside_request_seconds_sum{{{labels}}} {spent[-1]:.6f}"
            yield f"chairside_request_seconds_count{{{labels}}} {spent[-2]:.0f}"


def process() -> Iterator[Family]:
    """As Prometheus' own clients name them."""
    used = os.times()
    yield family("process_start_time_seconds", "gauge", "When this process began, in seconds since 1970.", round(BEGAN, 3))
    yield family("process_cpu_seconds_total", "counter", "Processor time of this process.", round(used.user + used.system, 3))
    with suppress(OSError):  # Linux tells the present, the others only the most there was
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        size = pages * resource.getpagesize()
        yield family("process_resident_memory_bytes", "gauge", "Memory of this process.", size)


def _head(name: str, kind: str, sentence: str) -> Iterator[str]:
    yield f"# HELP {name} {sentence}"
    yield f"# TYPE {name} {kind}"


def _lines(one: Family) -> Iterator[str]:
    yield from _head(one.name, one.kind, one.sentence)
    for labels, value in one.values.items():
        told = ",".join(f'{name}="{_quoted(text)}"' for name, text in labels)
        yield f"{one.name}{f'{{{told}}}' if told else ''} {value}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

"""Counts of requests and their seconds, in Prometheus' text format; names of routes only, never of anyone."""

from collections import defaultdict
from collections.abc import Callable

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    def __init__(self) -> None:
        self.requests: dict[tuple[str, str, int], int] = defaultdict(int)
        self.seconds: dict[tuple[str, str], list[float]] = {}
        self.watched: list[tuple[str, str, Callable[[], float]]] = []

    def watch(self, name: str, kind: str, read: Callable[[], float]) -> None:
        """A figure that is asked for when the metrics are; `kind` is counter or gauge."""
        self.watched.append((name, kind, read))

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

    def text(self) -> str:
        lines = ["# TYPE chairside_requests_total counter"]
        for (method, route, status), requests in sorted(self.requests.items()):
            lines.append(f'chairside_requests_total{{method="{method}",route="{route}",status="{status}"}} {requests}')
        lines.append("# TYPE chairside_request_seconds histogram")
        for (method, route), spent in sorted(self.seconds.items()):
            labels, passed = f'method="{method}",route="{route}"', 0.0
            for bound, count in zip(BUCKETS, spent, strict=False):
                passed += count
                lines.append(f'chairside_request_seconds_bucket{{{labels},le="{bound}"}} {passed:.0f}')
            lines.append(f'chairside_request_seconds_bucket{{{labels},le="+Inf"}} {spent[-2]:.0f}')
            lines.append(f"chairside_request_seconds_sum{{{labels}}} {spent[-1]:.6f}")
            lines.append(f"chairside_request_seconds_count{{{labels}}} {spent[-2]:.0f}")
        for name, kind, read in self.watched:
            lines += [f"# TYPE {name} {kind}", f"{name} {read():g}"]
        return "\n".join(lines) + "\n"

"""A child of the supervisor: started again when it ends, ended with it."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from chairside.kernel import orphans

STEADY_SECONDS = 10  # one that lived this long begins without a delay
LONGEST_DELAY = 5  # one that cannot begin costs a start now and then; one that was killed is back within 15 s, however often


class Child:
    """One chairside command as a process. It has a process group of its own, so that Ctrl-C reaches the supervisor alone."""

    def __init__(self, name: str, arguments: Sequence[str], environment: Mapping[str, str], sockets: Sequence[int] = ()) -> None:
        self.name = name
        self.arguments = arguments
        self.environment = environment
        self.sockets = sockets
        self.process: subprocess.Popen[bytes] | None = None
        self.delay = 0.0
        self.due = 0.0

    def start(self, *, tell: int | None = None) -> None:
        """It says at the descriptor `tell` that it is ready, if it is one that can."""
        self.due = time.monotonic()
        words, passed = (
            (self.arguments, self.sockets) if tell is None else ([*self.arguments, f"--tell={tell}"], [*self.sockets, tell])
        )
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "chairside.cli", *words],
            env=dict(self.environment), stdin=subprocess.DEVNULL, pass_fds=passed,
            process_group=0, preexec_fn=orphans.dies_with_parent(signal.SIGKILL),  # noqa: PLW1509 - no threads here
        )  # fmt: skip

    @property
    def ended(self) -> int | None:
        """Its exit code, once it has one."""
        return self.process.poll() if self.process else None

    def heal(self) -> str | None:
        """Starts it again if it ended: at once, then after pauses that double while it does not hold. Tells what it did."""
        now = time.monotonic()
        if self.process and (code := self.process.poll()) is not None:
            self.process = None
            steady = now - self.due > STEADY_SECONDS
            self.delay, pause = (0.5, 0.0) if steady else (min(max(self.delay, 0.25) * 2, LONGEST_DELAY), self.delay)
            self.due = now + pause
            return f"{self.name} ended ({code}); it begins again{f' in {pause:g} s' if pause else ''}."
        if self.process is None and now >= self.due:
            self.start()
        return None

    def tell(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)


def end(children: Sequence[Child], *, until: float) -> None:
    """Asks them to finish; at this time (monotonic) they are made to."""
    for child in children:
        child.tell(signal.SIGTERM)
    while time.monotonic() < until and any(child.process and child.ended is None for child in children):
        time.sleep(0.02)
    for child in children:
        child.tell(signal.SIGKILL)
        if child.process:
            child.process.wait()

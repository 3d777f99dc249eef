"""Faults, one after the other, under load; and how long each takes to be over."""

import random
import signal
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import psutil

from tests.faults.desks import Desk
from tests.faults.line import Journal
from tests.faults.trees import Tree

KILLS = {
    "app": 24, "worker": 16, "backend": 24, "postmaster": 16, "auxiliary": 6, "app and postmaster": 5, "app and worker": 5,
    "supervisor": 4,
}  # fmt: skip
STOPS = ("app", "worker", "backend", "postmaster", "postgres", "everything")
LIMITS = defaultdict(lambda: 60.0, {"app": 15.0, "worker": 15.0, "app and worker": 15.0})
GIVE_UP_SECONDS = 180


@dataclass
class Ledger:
    """Seconds until all was as before, by kind of fault."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    never: list[str] = field(default_factory=list)

    def table(self) -> str:
        lines = [f"  {'fault':34} {'times':>5} {'median s':>9} {'longest s':>10} {'limit s':>8}"]
        for kind, all_ in sorted(self.seconds.items()):
            limit = LIMITS[kind.split(": ")[1]]
            lines.append(f"  {kind:34} {len(all_):5} {statistics.median(all_):9.1f} {max(all_):10.1f} {limit:8.0f}")
        return "\n".join(lines)

    def late(self) -> list[str]:
        return [
            f"{kind}: {max(all_):.1f} s"
            for kind, all_ in self.seconds.items()
            if max(all_) > LIMITS[kind.split(": ")[1]] + (0 if kind.startswith("kill") else 5)
        ]


def kill(tree: Tree, kind: str, chance: random.Random) -> float:
    """When it was struck, by the monotonic clock."""
    victims = await_victims(tree, kind, chance)
    for one in victims:
        _signal(one, signal.SIGKILL)
    at = time.monotonic()
    if kind == "supervisor":
        psutil.wait_procs(victims, 5)
        time.sleep(chance.uniform(0, 1))
    tree.revive()
    return at


def stop(tree: Tree, kind: str, chance: random.Random, seconds: float) -> float:
    """When it could go on."""
    victims = await_victims(tree, kind, chance)
    for one in victims:
        _signal(one, signal.SIGSTOP)
    time.sleep(seconds)
    for one in victims:
        _signal(one, signal.SIGCONT)
    return time.monotonic()


def await_victims(tree: Tree, kind: str, chance: random.Random) -> list[psutil.Process]:
    deadline = time.monotonic() + 30
    while not (found := tree.victims(kind, chance)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def over(tree: Tree, desks: Sequence[Desk], at: float, tell: Callable[[str], None]) -> float | None:
    """Seconds until it says that it is ready and each desk was answered on something that it began after the fault."""
    told = 0
    while time.monotonic() < at + GIVE_UP_SECONDS:
        began = time.monotonic()
        waiting = [desk.name for desk in desks if desk.acted_at <= at]
        if not waiting and tree.is_ready():
            return began - at
        if began > at + 12 and int(began - at) != told:
            told = int(began - at)
            tell(f"    {told} s: waiting for {waiting or 'ready'}")
        time.sleep(0.05)
    tell(f"not over after {GIVE_UP_SECONDS} s")
    return None


def rest(desks: Sequence[Desk], journal: Journal, seconds: float = 120) -> None:
    """They finish the act they are at, and wait."""
    for desk in desks:
        desk.resting.set()
    deadline = time.monotonic() + seconds
    while not all(desk.idle.is_set() for desk in desks):
        if time.monotonic() > deadline:
            journal.finds_strange(f"never answered: {[desk.name for desk in desks if not desk.idle.is_set()]}")
            return
        time.sleep(0.05)


def _signal(process: psutil.Process, how: signal.Signals) -> None:
    try:
        process.send_signal(how)
    except psutil.NoSuchProcess:
        return

"""A run of faults under load, from the clinics' sign-up to the last look at the promises."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.faults import promises, reminded, strikes
from tests.faults.desks import PRICE, Desk
from tests.faults.importer import Importer
from tests.faults.line import Clinic, Journal, Line
from tests.faults.trees import Run, Tree
from tests.operations.started import alive


@dataclass(frozen=True)
class Plan:
    kills: int
    stops: int = 0
    stop_seconds: float = 30
    seed: str = "1"
    desks: int = 2
    """In each of the two clinics."""
    every: int = 25
    """Faults between two looks at the promises."""
    imports: bool = True
    waits: bool = True
    """In the end for every reminder that is due."""
    kinds: tuple[str, ...] = ()
    """In this order; by chance when there are none."""


class Campaign:
    def __init__(self, tree: Tree, plan: Plan, *, journal: Path, tell: Callable[[str], None] = lambda what: None) -> None:
        self.tree, self.plan, self.tell = tree, plan, tell
        self.journal = Journal(journal)
        self.ledger = strikes.Ledger()
        self.chance = random.Random(plan.seed)
        clinics = [Clinic.sign_up(tree.ports, name=name) for name in ("north", "south")]
        self.desks = [desk for clinic in clinics for desk in self._desks(clinic)]
        self.importer = Importer(clinics[1], self.journal, plan.seed) if plan.imports else None
        self.phone = tree.data / "phone" if isinstance(tree, Run) else None
        self.faults = 0
        self.told = ""

    def run(self) -> list[str]:
        """The promises that did not hold."""
        self.begin()
        wrong: list[str] = []
        for kind, seconds in self._faults():
            self._strike(kind, seconds)
            if self.faults % self.plan.every == 0:
                wrong += self.look()
        wrong += self.look(over=self.plan.waits)
        self.end()
        return wrong

    def begin(self) -> None:
        for one in self._loads():
            one.start()

    def end(self) -> None:
        for one in self._loads():
            one.stopping.set()
        for one in self._loads():
            one.join(60)

    def left_over(self) -> list[str]:
        """Processes that outlived it."""
        seen: set[psutil.Process] = getattr(self.tree, "seen", set())
        return [f"a process was left: {one.pid}" for one in seen if alive(one)]

    def account(self) -> str:
        """What was done, what had to be asked again, how long each fault took."""
        acts = sum(self.journal.acts.values())
        again = ", ".join(f"{why} {count}" for why, count in self.journal.again.most_common())
        return (
            f"{self.ledger.table()}\n  {self.faults} faults; {acts} acts acknowledged"
            f" ({', '.join(f'{name} {count}' for name, count in self.journal.acts.most_common())})\n"
            f"  asked again: {again or 'never'}; the longest wait for an answer {self.journal.longest:.1f} s"
            f"{self._reminded()}"
        )

    def _reminded(self) -> str:
        return f"\n{self.told}" if self.told else ""

    def _faults(self) -> list[tuple[str, float]]:
        kills = strikes.KILLS if isinstance(self.tree, Run) else {k: n for k, n in strikes.KILLS.items() if k != "supervisor"}
        chosen = [(kind, 0.0) for kind in self.plan.kinds or self.chance.choices([*kills], [*kills.values()], k=self.plan.kills)]
        stops = [(strikes.STOPS[n % len(strikes.STOPS)], self.plan.stop_seconds) for n in range(self.plan.stops)]
        for one in stops:
            chosen.insert(self.chance.randrange(len(chosen) + 1), one)
        return chosen

    def _strike(self, kind: str, seconds: float) -> None:
        strikes.time.sleep(self.chance.uniform(0.2, 2.0))
        self.faults += 1
        before = self.journal.again.copy()
        at = strikes.stop(self.tree, kind, self.chance, seconds) if seconds else strikes.kill(self.tree, kind, self.chance)
        words = f"{'stop' if seconds else 'kill'}: {kind}"
        took = strikes.over(self.tree, self.desks, at, self.tell)
        if took is None:
            self.ledger.never.append(f"{words}: not over after {strikes.GIVE_UP_SECONDS} s")
        else:
            self.ledger.seconds[words].append(took)
        acts = sum(self.journal.acts.values())
        again = dict(self.journal.again - before)
        self.tell(
            f"{self.faults:3} {words:26} {took or -1:6.1f} s  {acts} acts, {len(self.journal.strange)} strange, again {again}"
        )

    def look(self, *, over: bool = False) -> list[str]:
        strikes.rest(self._loads(), self.journal)
        wrong = promises.broken(
            self.tree.admin, self.desks, self.importer, connections=self.tree.connections, phone=self.phone, over=over
        )
        wrong += [f"a process leaked: {one.pid}" for one in self.tree.leaked()]
        wrong += self.journal.strange
        self.told = reminded.account(self.phone, self.tree.admin) if self.phone and over else self.told
        self.journal.strange = []
        for sentence in wrong:
            self.tell(f"BROKEN {sentence}")
        self.tell(f"looked at every promise after {self.faults} faults: {len(wrong) or 'none'} broken")
        for one in self._loads():
            one.resting.clear()
        return wrong

    def _loads(self) -> list[Desk]:
        return [*self.desks, *([self.importer] if self.importer else [])]

    def _desks(self, clinic: Clinic) -> list[Desk]:
        line = Line(clinic, self.journal, self.chance)
        price = {"amount": PRICE, "currency": "USD"}
        new = {"name": "Check-up", "duration_minutes": 30, "price": price}
        service = line.insist("POST", "/services", new, key="service").body["id"]
        reminded.remind(line)
        shared = line.insist("POST", "/providers", {"name": "Dr Shared"}, key="shared").body["id"]
        return [Desk(clinic, self.journal, n, self.plan.seed, shared=shared, service=service) for n in range(self.plan.desks)]

"""What is struck: `chairside run`, or two apps and two workers apart on a server of their own."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import httpx
import psutil
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded
from tests.operations.started import COMMAND, Started, alive, clean, command, free_port, until

UNLIMITED = {"CHAIRSIDE_REQUESTS_PER_PRINCIPAL": str(10**6), "CHAIRSIDE_IDLE_MINUTES": "600"}
ROOT = Path(__file__).parents[2]
AUX = ("checkpointer", "walwriter", "background writer", "autovacuum launcher")
KEEPER = """
import sys, time
from pathlib import Path
from chairside.kernel import embedded
while True:
    embedded.start(Path(sys.argv[1])).postmaster.wait()
    time.sleep(0.2)
"""
PASSWORD = "a password of the operator's"


class Tree(Protocol):
    ports: list[int]
    connections: int
    """How many the whole keeps to the database, at most."""
    data: Path

    @property
    def admin(self) -> str: ...
    def is_ready(self) -> bool: ...
    def victims(self, kind: str, chance: random.Random) -> list[psutil.Process]: ...
    def revive(self) -> None: ...
    def leaked(self) -> list[psutil.Process]: ...
    def end(self) -> None: ...


class Run:
    """One command; it heals by itself, and is started again when it is killed itself."""

    connections = 8 + 4 + 3

    def __init__(self, data: Path) -> None:
        self.data = data
        self.ports = [free_port()]
        self.started = Started(data, self.ports[0], **UNLIMITED)
        self.seen: set[psutil.Process] = set()
        self.started.await_ready()

    @property
    def admin(self) -> str:
        return embedded.admin(self.data, "chairside")

    def is_ready(self) -> bool:
        self.seen |= set(self._tree())
        return self.started.is_ready()

    def victims(self, kind: str, chance: random.Random) -> list[psutil.Process]:
        if kind == "supervisor":
            return [psutil.Process(self.started.process.pid)]
        return _victims(self._tree(), kind, chance)

    def revive(self) -> None:
        if self.started.process.poll() is not None:
            self.started = Started(self.data, self.ports[0], **UNLIMITED)

    def leaked(self) -> list[psutil.Process]:
        """Whatever ran once, still runs, and is nobody's child now."""
        tree = set(self._tree())
        return [one for one in self.seen if alive(one) and one not in tree]

    def end(self) -> None:
        if self.started.process.poll() is None:
            self.started.end()

    def _tree(self) -> list[psutil.Process]:
        return self.started.tree()


class Apart:
    """Each process on its own, as under systemd: whoever ends is started again after a moment, by us."""

    connections = 2 * 8 + 2 * (4 + 3)

    def __init__(self, data: Path) -> None:
        self.data = data
        self.ports = [free_port(), free_port()]
        self.output = data.with_suffix(".apart.txt")
        self.seen: set[psutil.Process] = set()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.ending = False
        self.words: dict[str, list[str]] = {"keeper": [sys.executable, "-P", "-c", KEEPER, str(data)]}
        self._start("keeper", clean(PYTHONPATH=str(ROOT)))
        until(lambda: embedded.is_ready(data), 60)
        done = command("migrate", DATABASE_URL=self.admin, CHAIRSIDE_APP_PASSWORD=PASSWORD)
        assert done.returncode == 0, done.stderr
        self.environment = clean(
            CHAIRSIDE_APP_URL=make_conninfo(self.admin, user="chairside_app", password=PASSWORD),
            CHAIRSIDE_SECRET="s" * 32, **UNLIMITED,
        )  # fmt: skip
        folder = f"--data={data.with_suffix('.apps')}"
        self.words |= {f"app {port}": [*COMMAND, "serve", f"--port={port}", folder] for port in self.ports}
        self.words |= {f"worker {n}": [*COMMAND, "worker", folder] for n in (1, 2)}
        for name in [*self.words][1:]:
            self._start(name, self.environment)
        self.healing = threading.Thread(target=self._heal, daemon=True)
        self.healing.start()
        until(self.is_ready, 60, what=self.output.read_text)

    @property
    def admin(self) -> str:
        return embedded.admin(self.data, "chairside")

    def is_ready(self) -> bool:
        self.seen |= set(self._tree())
        try:
            return all(httpx.get(f"http://127.0.0.1:{port}/ready", timeout=4).status_code == 200 for port in self.ports)
        except httpx.TransportError:
            return False

    def victims(self, kind: str, chance: random.Random) -> list[psutil.Process]:
        return _victims(self._tree(), kind, chance)

    def revive(self) -> None:
        """They heal without being told."""

    def leaked(self) -> list[psutil.Process]:
        tree = set(self._tree())
        return [one for one in self.seen if alive(one) and one not in tree]

    def end(self) -> None:
        self.ending = True
        self.healing.join(5)
        for process in self.running.values():
            process.terminate()
        for name, process in self.running.items():
            if name != "keeper":
                process.wait(15)
        self.running["keeper"].wait(15)

    def _start(self, name: str, environment: dict[str, str]) -> None:
        with self.output.open("ab") as output:
            self.running[name] = subprocess.Popen(
                self.words[name], stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, start_new_session=True
            )

    def _heal(self) -> None:
        while not self.ending:
            for name, process in [*self.running.items()]:
                if process.poll() is not None and not self.ending:
                    with self.output.open("a") as output:
                        output.write(f"{name} ended ({process.returncode})\n")
                    self._start(name, clean(PYTHONPATH=str(ROOT)) if name == "keeper" else self.environment)
            time.sleep(0.2)

    def _tree(self) -> list[psutil.Process]:
        found = []
        for process in self.running.values():
            try:
                one = psutil.Process(process.pid)
                found += [one, *one.children(recursive=True)]
            except psutil.NoSuchProcess:
                continue
        return found


def _victims(tree: list[psutil.Process], kind: str, chance: random.Random) -> list[psutil.Process]:
    """Those of the tree that a kind of fault strikes; none when there is none of it just now."""

    def those(fits: Callable[[list[str]], bool]) -> list[psutil.Process]:
        found = []
        for one in tree:
            try:
                if (words := one.cmdline()) and fits(words):
                    found.append(one)
            except psutil.Error:
                continue
        return found

    def one_of(found: list[psutil.Process]) -> list[psutil.Process]:
        return [chance.choice(sorted(found, key=lambda one: one.pid))] if found else []

    apps, workers = those(lambda words: "serve" in words), those(lambda words: "worker" in words)
    postmaster = those(lambda words: words[0].endswith("bin/postgres"))
    backends = those(lambda words: "chairside_app" in words[0] and words[0].startswith("postgres:"))
    aux = those(lambda words: words[0].startswith("postgres:") and any(word in words[0] for word in AUX))
    postgres = those(lambda words: words[0].startswith("postgres:")) + postmaster
    kinds: dict[str, Callable[[], list[psutil.Process]]] = {
        "app": lambda: one_of(apps), "worker": lambda: one_of(workers), "backend": lambda: one_of(backends),
        "postmaster": lambda: postmaster, "auxiliary": lambda: one_of(aux), "app and postmaster": lambda: one_of(apps) + postmaster,
        "app and worker": lambda: one_of(apps) + one_of(workers), "postgres": lambda: postgres,
        "everything": lambda: apps + workers + postgres,
    }  # fmt: skip
    return kinds[kind]()

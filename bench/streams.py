"""1,000 people listen to one process: a visit that is booked reaches every one of them; what a telling costs in memory and
processor time.

A server of its own; so many visits are booked in its clinic, one after another, while all streams are open. Every listener must hear
each of them once.
"""

import asyncio
import re
import resource
import sys
import time
from collections.abc import Iterator

from bench import wire
from bench.running import Running, Somebody, running, sign_up

LISTENERS, TOLD, AT_ONCE = 1_000, 20, 50
MOST = {"CHAIRSIDE_STREAMS_PER_SESSION": str(10**6), "CHAIRSIDE_STREAMS_PER_PRINCIPAL": str(10**6)}
EVENT = re.compile(rb'"id":"([0-9a-f-]{36})","type":"scheduling\.appointment_booked"')
MOST_SECONDS = 1.0  # from the asking until the last of all has heard it


class Listener:
    """Reads what comes, and when each event came."""

    def __init__(self) -> None:
        self.heard: dict[bytes, float] = {}
        self.twice = 0

    async def open(self, port: int, somebody: Somebody) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port, limit=2**16)
        self.writer.write(wire.request("GET", f"/api/v1/clinics/{somebody.slug}/stream", somebody.headers()))
        await self.reader.readuntil(b"event: open")
        self.task = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        rest = b""
        while chunk := await self.reader.read(2**16):
            *whole, rest = (rest + chunk).split(b"\n\n")
            for frame in whole:
                for found in EVENT.finditer(frame):
                    self.twice += found[1] in self.heard
                    self.heard[found[1]] = time.perf_counter()

    def close(self) -> None:
        self.task.cancel()
        self.writer.close()


async def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with running(**MOST) as server:
        somebody = sign_up(server.url)
        patient = somebody.ask("POST", "/patients", {"first_name": "Ana", "last_name": "Dinu", "birth_date": "1980-05-01"})
        service = {"name": "Check-up", "duration_minutes": 15, "price": {"amount": 100_00, "currency": "USD"}}
        place = {
            "patient_id": patient["id"],
            "provider_id": somebody.ask("POST", "/providers", {"name": "Dr. Ioana Marin"})["id"],
            "operatory_id": somebody.ask("POST", "/operatories", {"name": "Chair 1"})["id"],
            "service_id": somebody.ask("POST", "/services", service)["id"],
        }
        before = server.app.memory_info().rss
        listeners = [Listener() for _ in range(LISTENERS)]
        for some in portions(listeners):
            await asyncio.gather(*(one.open(server.port, somebody) for one in some))
        memory = server.app.memory_info().rss - before
        await asyncio.sleep(1)
        idle = await spent(server, 5)
        slowest, used = 0.0, 0.0
        for turn in range(TOLD):
            cpu, began = processor(server), time.perf_counter()
            await asyncio.to_thread(book, somebody, place, turn)
            deadline = time.monotonic() + 30
            while any(len(one.heard) <= turn for one in listeners) and time.monotonic() < deadline:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            slowest = max(slowest, time.perf_counter() - began)
            used += processor(server) - cpu
        heard = [len(one.heard) for one in listeners]
        twice = sum(one.twice for one in listeners)
        for one in listeners:
            one.close()
        met = min(heard) == max(heard) == TOLD and not twice and slowest <= MOST_SECONDS
        print(
            f"{LISTENERS} streams, {TOLD} events: each heard {min(heard)} to {max(heard)} of them, {twice} twice; the last "
            f"of all after at most {slowest:.2f} s, at most {MOST_SECONDS}\n"
            f"memory {memory / LISTENERS / 1024:.0f} kB a stream; processor {used / TOLD * 1000:.0f} ms an event to all, "
            f"{used / TOLD / LISTENERS * 1e6:.0f} µs a telling; {idle * 1000:.1f} ms a second while nothing happens  "
            f"{'met' if met else 'MISSED'}",
            flush=True,
        )
        if not met:
            sys.exit(1)


def book(somebody: Somebody, place: dict[str, str], turn: int) -> None:
    somebody.ask("POST", "/appointments", {**place, "starts_at": f"2030-01-07T{9 + turn // 4:02}:{turn % 4 * 15:02}:00Z"})


def portions(listeners: list[Listener]) -> Iterator[list[Listener]]:
    for start in range(0, len(listeners), AT_ONCE):
        yield listeners[start : start + AT_ONCE]


def processor(server: Running) -> float:
    times = server.app.cpu_times()
    spent: float = times.user + times.system
    return spent


async def spent(server: Running, seconds: int) -> float:
    """Of the app, in a second in which nothing happens."""
    before = processor(server)
    await asyncio.sleep(seconds)
    return (processor(server) - before) / seconds


if __name__ == "__main__":
    asyncio.run(main())

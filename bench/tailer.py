"""64 people write while 32 listen: what live updates cost those who write, as a ratio of the same run.

Turns with streams open, so that the tailer looks, and turns with none are interleaved, in an order by chance, so that the noise
of the machine falls on both alike. The promise: at most a tenth slower.
"""

import asyncio
import json
import random
import statistics
import sys
import time

from bench import wire
from bench.running import Somebody, running, sign_up
from bench.streams import MOST, Listener

WRITERS, LISTENERS, TURNS, SECONDS = 64, 32, 10, 3.0
LEAST = 0.9
PERSON = {"first_name": "Ana", "last_name": "Dinu", "birth_date": "1980-05-01"}
BUSY = 503  # a machine with other work may keep somebody waiting too long; that is not counted


class Writer:
    """Somebody who changes one patient again and again: each change is an event."""

    def __init__(self, somebody: Somebody) -> None:
        self.somebody, self.version = somebody, 1
        patient = somebody.ask("POST", "/patients", PERSON)
        self.path = f"/api/v1/clinics/{somebody.slug}/patients/{patient['id']}"

    async def write(self, port: int, until: float) -> int:
        """How many changes were accepted."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        done = 0
        while time.perf_counter() < until:
            headers = {**self.somebody.headers(), "if-match": f'"{self.version}"'}
            writer.write(wire.request("PATCH", self.path, headers, json.dumps({"note": str(self.version)}).encode()))
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
            status = int(head[9:12])
            assert status in (200, BUSY), head
            if status == 200:
                self.version += 1
                done += 1
        writer.close()
        return done


async def write(port: int, writers: list[Writer]) -> float:
    """Changes a second, by all of them together."""
    began = time.perf_counter()
    done = sum(await asyncio.gather(*(one.write(port, began + SECONDS) for one in writers)))
    return done / (time.perf_counter() - began)


async def main() -> None:
    with running(**MOST) as server:
        writing, listening = sign_up(server.url), sign_up(server.url)
        writers = [Writer(writing) for _ in range(WRITERS)]
        await write(server.port, writers)  # the first turn warms up and is not counted
        rates: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(TURNS):
            for live in random.sample((True, False), 2):
                # Half listen to the clinic that is written in, half to one in which nothing happens.
                ears = [Listener() for _ in range(LISTENERS if live else 0)]
                for number, ear in enumerate(ears):
                    await ear.open(server.port, writing if number % 2 else listening)
                rates[live].append(await write(server.port, writers))
                for ear in ears:
                    ear.close()
                await asyncio.sleep(0.3)
        ratio = statistics.median(a / b for a, b in zip(rates[True], rates[False], strict=True))
        met = ratio >= LEAST
        print(
            f"{WRITERS} writers: {statistics.median(rates[False]):.0f} changes a second, with {LISTENERS} streams "
            f"{statistics.median(rates[True]):.0f}; ratio of neighbouring turns {ratio:.2f}, at least {LEAST}  "
            f"{'met' if met else 'MISSED'}",
            flush=True,
        )
        if not met:
            sys.exit(1)


if __name__ == "__main__":
    asyncio.run(main())

"""64 people write while 32 listen: what live updates cost those who write, as a ratio of the same run.

Turns with streams open, so that the tailer looks, and turns with none are interleaved, in an order by chance, so that the noise
of the machine falls on both alike. The promise: at most a tenth slower.
"""

import asyncio
import random
import statistics
import sys
import time

from bench import wire
from bench.running import Somebody, running, sign_up
from bench.streams import MOST, Listener

WRITERS, LISTENERS, TURNS, SECONDS = 64, 32, 10, 3.0
LEAST = 0.9
PERSON = b'{"first_name": "Ana", "last_name": "Dinu", "birth_date": "1980-05-01"}'


async def write(port: int, somebody: Somebody) -> float:
    """Registrations a second, by all of them together."""
    done = 0
    until = time.perf_counter() + SECONDS

    async def insist() -> None:
        nonlocal done
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        path = f"/api/v1/clinics/{somebody.slug}/patients"
        while time.perf_counter() < until:
            writer.write(wire.request("POST", path, somebody.headers(), PERSON))
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            assert b" 201" in head[:20], head
            await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
            done += 1
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(insist() for _ in range(WRITERS)))
    return done / (time.perf_counter() - began)


async def main() -> None:
    with running(**MOST) as server:
        writing, listening = sign_up(server.url), sign_up(server.url)
        await write(server.port, writing)  # the first turn warms up and is not counted
        rates: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(TURNS):
            for live in random.sample((True, False), 2):
                # Half listen to the clinic that is written in, half to one in which nothing happens.
                ears = [Listener() for _ in range(LISTENERS if live else 0)]
                for number, ear in enumerate(ears):
                    await ear.open(server.port, writing if number % 2 else listening)
                rates[live].append(await write(server.port, writing))
                for ear in ears:
                    ear.close()
                await asyncio.sleep(0.3)
        ratio = statistics.median(a / b for a, b in zip(rates[True], rates[False], strict=True))
        met = ratio >= LEAST
        print(
            f"{WRITERS} writers: {statistics.median(rates[False]):.0f} registrations a second, with {LISTENERS} streams "
            f"{statistics.median(rates[True]):.0f}; ratio of neighbouring turns {ratio:.2f}, at least {LEAST}  "
            f"{'met' if met else 'MISSED'}",
            flush=True,
        )
        if not met:
            sys.exit(1)


if __name__ == "__main__":
    asyncio.run(main())

"""What strangers wrote is read in a process of its own, which ends when its time is up."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from chairside.scheduling.outside.asking import NotRefreshed
from chairside.scheduling.rules.hours import Interval

READING = Path(__file__).with_name("reading.py")
SECONDS = 20


class Read(NamedTuple):
    """In order, none touching another. `left_out`: entries that could not be read."""

    spans: list[Interval]
    left_out: int


async def read_apart(text: bytes, *, zone: str, since: datetime, until: datetime, seconds: float = SECONDS) -> Read:
    """Refuses NotRefreshed: no_calendar, unreadable, too_many, or too_much where it took too long or too much memory."""
    asked = json.dumps({"zone": zone, "since": since.timestamp(), "until": until.timestamp()}).encode()
    reading = await asyncio.create_subprocess_exec(
        sys.executable, "-I", READING, env={},  # no secret of ours goes along
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(seconds):
            told, _ = await reading.communicate(asked + b"\n" + text)
    except TimeoutError as error:
        raise NotRefreshed("too_much") from error
    finally:
        if reading.returncode is None:
            reading.kill()
            await reading.wait()
    if reading.returncode != 0:
        raise NotRefreshed("too_much")
    answer = json.loads(told)
    if "failure" in answer:
        raise NotRefreshed(answer["failure"])
    return Read([(_at(start), _at(end)) for start, end in answer["spans"]], answer["left_out"])


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

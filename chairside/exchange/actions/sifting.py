"""The rows of a file, some at a time, and which of them the clinic has already. Not doors."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, TypeVar
from uuid import UUID

from chairside import patients
from chairside.exchange.rules import Incoming, Outcome, Reading, Setting, Tally, read
from chairside.kernel.op import Op

BATCH = 1_000
Batch = TypeVar("Batch")
Report = Callable[[int], Awaitable[None]]


@dataclass(slots=True)
class Sifted:
    """The tally of a file, the rows whose patients the clinic has, and who answers for families among them by number."""

    tally: Tally = field(default_factory=Tally)
    present: set[int] = field(default_factory=set)
    registered: dict[str, UUID] = field(default_factory=dict)


async def batches(
    content: BinaryIO, reading: Reading, setting: Setting, make_ready: Callable[[list[Outcome]], Batch]
) -> AsyncGenerator[Batch]:
    """Read and made ready in a thread, so that whoever else is served here need not wait; one ahead, while the database has the
    last. To be closed before the file is."""
    outcomes = read(content, reading, setting)

    def read_on() -> Batch | None:
        batch = list(islice(outcomes, BATCH))
        return make_ready(batch) if batch else None

    coming = asyncio.ensure_future(asyncio.to_thread(read_on))
    try:
        while (batch := await coming) is not None:
            coming = asyncio.ensure_future(asyncio.to_thread(read_on))
            yield batch
    finally:
        await asyncio.wait([coming])  # a generator at work cannot be closed, nor the file under it
        outcomes.close()


async def sift(op: Op, content: BinaryIO, reading: Reading, setting: Setting, report: Report | None = None) -> Sifted:
    """`report` is told how many rows need nothing done."""
    sifted = Sifted()
    async with aclosing(batches(content, reading, setting, list)) as found:
        async for batch in found:
            await _sort(op, batch, sifted)
            if report:
                await report(sifted.tally.refused + sifted.tally.already)
    await look_up(op, sifted.tally.unknown_guarantors, sifted.registered)
    sifted.tally.settle(sifted.registered)
    return sifted


async def look_up(op: Op, numbers: Iterable[str], registered: dict[str, UUID]) -> None:
    """Who answers for those of these register numbers that the clinic has."""
    left = iter(sorted(numbers))
    while some := list(islice(left, BATCH)):
        for known in await patients.list_numbered(op, numbers=some):
            registered[known.register_number] = known.guarantor_id or known.id


async def _sort(op: Op, batch: list[Outcome], sifted: Sifted) -> None:
    numbers = [outcome.register_number for outcome in batch if outcome.patient and outcome.register_number]
    nameless = [outcome.patient for outcome in batch if outcome.patient and not outcome.register_number]
    names = {known.register_number: known.sort_key for known in await patients.list_numbered(op, numbers=numbers)}
    found = await patients.list_namesakes(op, names=list(map(_key, nameless)))
    namesakes = {(known.sort_key, known.birth_date) for known in found}
    for outcome in batch:
        patient, number = outcome.patient, outcome.register_number
        if patient is None:
            sifted.tally.add(outcome)
        elif number in names:
            sifted.present.add(outcome.row)
            sifted.tally.add_present(outcome, differs=names[number] != _key(patient))
        elif number is None and namesakes and (_key(patient), patient.birth_date) in namesakes:
            sifted.present.add(outcome.row)
            sifted.tally.add_present(outcome, differs=False)
        else:
            sifted.tally.add(outcome)


def _key(patient: Incoming) -> str:
    return patients.name_key(patient.last_name, patient.first_name)

"""The rows of a file, on their way into the register and the ledger. Not doors."""

from collections.abc import Iterator
from contextlib import aclosing
from itertools import count
from typing import BinaryIO, NamedTuple
from uuid import UUID

from chairside import billing, patients
from chairside.exchange.actions.holding import settle_beside
from chairside.exchange.actions.sifting import Report, Sifted, batches, look_up, sift
from chairside.exchange.rules import Outcome, Reading, Setting
from chairside.exchange.rules.newcomers import newcomer
from chairside.kernel.op import Op


class Ready(NamedTuple):
    """Rows that are to be imported now, and the same as the register takes them."""

    outcomes: list[Outcome]
    newcomers: patients.Newcomers


class Run:
    """Three passes over the file: who is in it, then those who answer for themselves, then those for whom they answer.
    Each patient is written once; memory holds a batch of rows, and of the rest register numbers."""

    def __init__(self, op: Op, import_id: UUID, content: BinaryIO, reading: Reading, setting: Setting, report: Report) -> None:
        self.op = op
        self.import_id = import_id
        self.content, self.reading, self.setting = content, reading, setting
        self.report = report
        self.sifted = Sifted()
        self.ids: dict[str, UUID] = {}  # of those who answer for others
        self.promised = 0  # the highest number that is kept for this run
        self.added = 0

    async def bring_in(self) -> None:
        self.sifted = await sift(self.op, self.content, self.reading, self.setting, self.report)
        self.promised = self.sifted.tally.highest
        numbers = await self._reserve_numbers(self.sifted.tally.unnumbered)
        await self._pass(numbers, dependents=False)
        if self.sifted.tally.answering:
            await look_up(self.op, self.sifted.tally.answering - self.ids.keys(), self.sifted.registered)
            await self._pass(numbers, dependents=True)

    async def _reserve_numbers(self, number: int) -> Iterator[int]:
        """So many numbers for patients without one. Beside the run, so that the desk need not wait for its end."""
        first = await settle_beside(
            self.op,
            lambda other: patients.reserve_numbers(other, import_id=self.import_id, above=self.promised, count=number),
        )
        self.promised = first + number - 1
        return count(first)

    async def _pass(self, numbers: Iterator[int], *, dependents: bool) -> None:
        tally = self.sifted.tally

        def make_ready(batch: list[Outcome]) -> Ready:
            """In the thread that reads, while the database has the batch before. Whoever answers for one of these is not among
            them: they came in the pass before, or were there."""
            coming = (o for o in batch if o.patient and o.row not in self.sifted.present)
            return self._ready([o for o in coming if (self._head(o) is not None) == dependents], numbers)

        async with aclosing(batches(self.content, self.reading, self.setting, make_ready)) as found:
            async for ready in found:
                if ready.outcomes:
                    await self._add(ready)
                await self.report(tally.refused + tally.already + self.added)

    def _head(self, outcome: Outcome) -> str | None:
        """The register number of whoever answers for this patient."""
        assert outcome.patient
        if outcome.patient.guarantor is None:
            return None
        return self.sifted.tally.head(outcome.register_number, outcome.patient.guarantor).number

    def _ready(self, outcomes: list[Outcome], numbers: Iterator[int]) -> Ready:
        newcomers = []
        for outcome in outcomes:
            assert outcome.patient
            head = self._head(outcome)
            guarantor_id = (self.ids.get(head) or self.sifted.registered.get(head)) if head else None
            number = outcome.register_number or str(next(numbers))
            newcomers.append(newcomer(outcome.patient, number=number, guarantor_id=guarantor_id))
        return Ready(outcomes, patients.newcomers(newcomers))

    async def _add(self, ready: Ready) -> None:
        tally = self.sifted.tally
        ids = await patients.add_many(self.op, import_id=self.import_id, newcomers=ready.newcomers)
        balances: dict[UUID, int] = {}
        again = []
        for outcome, id in zip(ready.outcomes, ids, strict=True):
            assert outcome.patient
            if id is None and outcome.register_number is None:
                again.append(outcome)
            elif id is None:
                tally.turn_present(outcome)
            else:
                self.added += 1
                if outcome.register_number in tally.answering:
                    self.ids[outcome.register_number] = id
                if outcome.patient.balance:
                    balances[id] = outcome.patient.balance
        if balances:
            await billing.add_opening_balances(self.op, balances=balances, source=self.import_id)
        if again:  # somebody typed a number that was kept for them
            await self._add(self._ready(again, await self._reserve_numbers(len(again))))

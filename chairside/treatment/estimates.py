"""The port through which an estimate of what an insurance pays will come. Nothing is plugged in yet: nobody knows."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from chairside.kernel.op import Op
from chairside.treatment.rows import TreatmentItem


class Estimate(NamedTuple):
    """In minor units of the item's currency: what the insurance is expected to pay, and what is left to the patient."""

    insurance: int
    patient: int


Estimator = Callable[[Op, Sequence[TreatmentItem]], Awaitable[dict[UUID, Estimate]]]


async def nobody_knows(op: Op, items: Sequence[TreatmentItem]) -> dict[UUID, Estimate]:
    return {}


plugged: list[Estimator] = [nobody_knows]


async def estimates_of(op: Op, items: Sequence[TreatmentItem]) -> dict[UUID, Estimate]:
    """By item; what nobody can estimate is left out."""
    return await plugged[-1](op, items)

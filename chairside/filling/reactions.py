"""Whatever happened to a free time on offer, what is due of it is done at once; what comes by the clock, by the minute."""

from chairside.filling.actions.waves import go_on
from chairside.filling.events import OpeningFillChanged
from chairside.kernel.events import later
from chairside.kernel.op import Op


@later(OpeningFillChanged)
async def go_on_offering(op: Op, event: OpeningFillChanged) -> None:
    await go_on(op, fill_id=event.fill_id)

from uuid import UUID

from chairside import catalog, recalls
from chairside.booking.actions import visitors
from chairside.booking.actions.codes import check_number
from chairside.booking.queries.entering import Visitor, enter_page
from chairside.booking.queries.pages import find_offered
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op


@open_to_all("whoever finds no time on a page may ask to be called when there is one; they are told the same whoever they are")
async def join_waitlist(
    op: Op, *, slug: str, service_id: UUID, visitor: Visitor, parts: list[str], weekdays: list[int], proof: str | None = None
) -> None:
    """For a service of the page; whoever waits for it already goes on waiting, so that twice is once.
    Refuses NoSuchThing, NoSuchService, NumberNotProved."""
    page = await enter_page(op, slug)
    await visitors.check_child(op, page, visitor)
    await check_number(op, page, visitor, proof)
    if await find_offered(op, service_id) is None:
        raise catalog.NoSuchService()
    patient_id = await visitors.recognise(op, visitor)
    if patient_id is None:
        patient_id = await visitors.register(op, visitor)
    elif await recalls.list_waiting(op, patient_id=patient_id, service_id=service_id, limit=1):
        return
    await recalls.wait(op, patient_id=patient_id, service_id=service_id, parts=parts, weekdays=weekdays)

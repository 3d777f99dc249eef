"""Who somebody on the page is. They are recognised in silence: the answer is the same whether they are or not."""

from uuid import UUID

from chairside import patients
from chairside.booking.queries.entering import Visitor
from chairside.kernel.op import Op

# One person who sends twice at once is registered once.
QUEUE = "select pg_advisory_xact_lock(hashtextextended('visitor ' || app.clinic()::text || %(digits)s::text, 0))"


async def recognise(op: Op, visitor: Visitor) -> UUID | None:
    op.db.with_next(QUEUE, digits=patients.same_number(visitor.mobile))
    return await patients.find_reached(
        op, first_name=visitor.first_name, last_name=visitor.last_name, mobile=visitor.mobile
    )  # fmt: skip


async def register(op: Op, visitor: Visitor) -> UUID:
    """As far as they have said who they are; the rest is for whoever works there to ask."""
    contacts = [{"type": "mobile", "value": visitor.mobile, "is_primary": True, "safe_for_voicemail": False}]
    patient = await patients.register(
        op, first_name=visitor.first_name, last_name=visitor.last_name, birth_date=None, contacts=contacts
    )  # fmt: skip
    return patient.id

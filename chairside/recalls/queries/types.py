from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.recalls.rows import TYPE, RecallType

GET = f"select {TYPE} from recall_type as type where type.id = %(type_id)s"
LIST = f"""
    select {TYPE}
      from recall_type as type
     where %(active)s::boolean is null or type.active = %(active)s
     order by lower(type.name), type.id
     limit 200
"""


class NoSuchRecallType(Missing):
    """There is no such type of recall in this clinic."""


@needs("clinic.read")
async def get_type(op: Op, *, type_id: UUID) -> RecallType:
    """Refuses NoSuchRecallType."""
    found = await op.db.one(RecallType, GET, type_id=type_id)
    if found is None:
        raise NoSuchRecallType()
    return found


@needs("clinic.read")
async def list_types(op: Op, *, active: bool | None = None) -> list[RecallType]:
    """By name, at most 200."""
    return await op.db.all(RecallType, LIST, active=active)

from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.labs.rows import LABORATORY, Laboratory

LIST = f"""
    select {LABORATORY}
      from laboratory
     order by laboratory.active desc, lower(laboratory.name), laboratory.id
     limit 400
"""
GET = f"select {LABORATORY} from laboratory where laboratory.id = %(laboratory_id)s"


class NoSuchLaboratory(Missing):
    """There is no such laboratory in this clinic."""


@needs("labs.track")
async def list_laboratories(op: Op) -> list[Laboratory]:
    """Those that work for the clinic, then those that did; at most 400."""
    return await op.db.all(Laboratory, LIST)


@needs("labs.track")
async def get_laboratory(op: Op, *, laboratory_id: UUID) -> Laboratory:
    """Refuses NoSuchLaboratory."""
    found = await op.db.one(Laboratory, GET, laboratory_id=laboratory_id)
    if found is None:
        raise NoSuchLaboratory()
    return found

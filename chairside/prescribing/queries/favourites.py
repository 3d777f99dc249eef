from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.prescribing.rows import FAVOURITE, PrescriptionFavourite

LIST = f"""
    select {FAVOURITE}
      from prescription_favourite as favourite
     order by lower(favourite.drug), favourite.id
     limit 400
"""


class NoSuchFavourite(Missing):
    """There is no such favourite; somebody may have removed it already."""


@needs("prescribing.read")
async def list_favourites(op: Op) -> list[PrescriptionFavourite]:
    """By the drug's name, at most 400."""
    return await op.db.all(PrescriptionFavourite, LIST)

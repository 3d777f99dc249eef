from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.prescribing.actions.prescriptions import check_drug, check_how
from chairside.prescribing.events import FavouritesChanged
from chairside.prescribing.queries.favourites import NoSuchFavourite, list_favourites
from chairside.prescribing.rows import FAVOURITE, PrescriptionFavourite
from chairside.prescribing.rules.starting import STARTING

ADD = f"""
    insert into prescription_favourite as favourite (drug, form, strength, dose, times_a_day, days, directions, quantity, refills)
    values (%(drug)s, %(form)s, %(strength)s, %(dose)s, %(times_a_day)s, %(days)s, %(directions)s, %(quantity)s, %(refills)s)
    returning {FAVOURITE}
"""
REMOVE = """
    delete from prescription_favourite as favourite
     where favourite.id = %(favourite_id)s
    returning favourite.id
"""


@needs("prescribing.write")
async def add_favourite(op: Op, *, facts: Mapping[str, Any]) -> PrescriptionFavourite:
    """What one of them says, as of a prescription. Refuses ControlledDrug, and in words what is neither how often nor how."""
    check_drug(facts["drug"])
    check_how(facts)
    favourite = await op.db.one(PrescriptionFavourite, ADD, **facts)
    assert favourite
    await op.emit(FavouritesChanged(favourite.id))
    return favourite


@needs("prescribing.write")
async def begin_favourites(op: Op) -> list[PrescriptionFavourite]:
    """With a list of substances that dentists prescribe often; what is there already is left."""
    there = {(one.drug, one.strength) for one in await list_favourites(op)}
    for usual in STARTING:
        if (usual.drug, usual.strength) not in there:
            await add_favourite(op, facts=usual._asdict())
    return await list_favourites(op)


@needs("prescribing.write")
async def remove_favourite(op: Op, *, favourite_id: UUID) -> None:
    """What was prescribed with it stays. Refuses NoSuchFavourite."""
    if await op.db.value(REMOVE, favourite_id=favourite_id) is None:
        raise NoSuchFavourite()
    await op.emit(FavouritesChanged(favourite_id))

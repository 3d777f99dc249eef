from typing import Any
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Stale
from chairside.labs.events import LaboratoryChanged
from chairside.labs.queries.laboratories import get_laboratory
from chairside.labs.rows import LABORATORY, Laboratory

ADD = f"""
    insert into laboratory (name, phone, email, usual_days)
    values (%(name)s, %(phone)s, %(email)s, %(usual_days)s)
    returning {LABORATORY}
"""
CHANGE = f"""
    update laboratory
       set name = %(name)s, phone = %(phone)s, email = %(email)s, usual_days = %(usual_days)s, active = %(active)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = laboratory.version + 1
     where laboratory.id = %(laboratory_id)s
       and laboratory.version = %(version)s
    returning {LABORATORY}
"""


class LaboratoryIsStale(Stale):
    """Somebody changed this laboratory while you were editing."""


@needs("labs.write")
async def add_laboratory(op: Op, *, name: str, usual_days: int, phone: str | None = None, email: str | None = None) -> Laboratory:
    laboratory = await op.db.one(Laboratory, ADD, name=name, phone=phone or None, email=email or None, usual_days=usual_days)
    assert laboratory
    await op.emit(LaboratoryChanged(laboratory.id))
    return laboratory


@needs("labs.write")
async def change_laboratory(op: Op, *, laboratory_id: UUID, version: int, changes: dict[str, Any]) -> Laboratory:
    """Not `active`: nothing new goes there, and what is there stays. Refuses NoSuchLaboratory, LaboratoryIsStale."""
    before = await get_laboratory(op, laboratory_id=laboratory_id)
    facts = {name: changes.get(name, getattr(before, name)) for name in ("name", "phone", "email", "usual_days", "active")}
    laboratory = await op.db.one(Laboratory, CHANGE, laboratory_id=laboratory_id, version=version, **facts)
    if laboratory is None:
        raise LaboratoryIsStale(version=before.version)
    await op.emit(LaboratoryChanged(laboratory_id))
    return laboratory

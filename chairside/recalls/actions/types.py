from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation, UniqueViolation

from chairside import catalog
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale
from chairside.recalls.actions.following import follow_type
from chairside.recalls.events import RecallTypeAdded, RecallTypeChanged
from chairside.recalls.queries.types import get_type
from chairside.recalls.rows import RecallType
from chairside.recalls.rules import Interval

ADD = """
    insert into recall_type (name, every, unit, duration_minutes, active)
    values (%(name)s, %(every)s, %(unit)s, %(duration_minutes)s, %(active)s)
    returning recall_type.id
"""
CHANGE = """
    update recall_type
       set name = %(name)s, every = %(every)s, unit = %(unit)s, duration_minutes = %(duration_minutes)s, active = %(active)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = recall_type.version + 1
     where recall_type.id = %(type_id)s
       and recall_type.version = %(version)s
    returning recall_type.id
"""
FORGET_SERVICES = "delete from recall_type_service where recall_type_service.type_id = %(type_id)s"
NAME_SERVICES = """
    insert into recall_type_service (type_id, service_id, position)
    select %(type_id)s, named.service_id, named.place
      from unnest(%(services)s::uuid[]) with ordinality as named (service_id, place)
"""


class RecallTypeIsStale(Stale):
    """Somebody changed this type of recall while you were editing."""


class RecallTypeNameTaken(Conflict):
    """Another type of recall already has this name."""


@needs("clinic.write")
async def add_type(
    op: Op, *, name: str, interval: Interval, service_ids: Sequence[UUID] = (), duration_minutes: int | None = None,
    active: bool = True,
) -> RecallType:  # fmt: skip
    """Refuses RecallTypeNameTaken, NoSuchService."""
    facts = {"name": name, "every": interval.every, "unit": interval.unit, "duration_minutes": duration_minutes, "active": active}
    with _promises():
        type_id: UUID = await op.db.value(ADD, **facts)
        await _name_services(op, type_id, service_ids)
    await op.emit(RecallTypeAdded(type_id))
    return await get_type(op, type_id=type_id)


@needs("clinic.write")
async def change_type(op: Op, *, type_id: UUID, version: int, changes: dict[str, Any]) -> RecallType:
    """Change `name`, `interval`, `service_ids`, `duration_minutes`, `active`. Every open recall of the type is counted anew;
    one no longer active keeps its recalls. Refuses NoSuchRecallType, RecallTypeIsStale, RecallTypeNameTaken, NoSuchService."""
    before = await get_type(op, type_id=type_id)
    usual = Interval(before.every, before.unit)
    interval: Interval = changes.get("interval", usual)
    facts = {field: changes.get(field, getattr(before, field)) for field in ("name", "duration_minutes", "active")}
    services: list[UUID] = changes.get("service_ids", before.service_ids)
    with _promises():
        changed = await op.db.value(
            CHANGE, type_id=type_id, version=version, every=interval.every, unit=interval.unit, **facts
        )  # fmt: skip
        if changed is None:
            raise RecallTypeIsStale(version=(await get_type(op, type_id=type_id)).version)
        if services != before.service_ids:
            await op.db.run(FORGET_SERVICES, type_id=type_id)
            await _name_services(op, type_id, services)
    if (interval, services) != (usual, before.service_ids):
        follow_type(op, type_id)
    await op.emit(RecallTypeChanged(type_id))
    return await get_type(op, type_id=type_id)


async def _name_services(op: Op, type_id: UUID, services: Sequence[UUID]) -> None:
    if services:
        await op.db.run(NAME_SERVICES, type_id=type_id, services=array(dict.fromkeys(services)))


@contextmanager
def _promises() -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise RecallTypeNameTaken() from error
    except ForeignKeyViolation as error:
        raise catalog.NoSuchService() from error

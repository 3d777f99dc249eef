from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import CheckViolation, UniqueViolation

from chairside.catalog.events import ProceduresChanged
from chairside.catalog.queries.procedures import get_procedure, of_codes
from chairside.catalog.rows.procedures import Procedure
from chairside.catalog.rules.starting import starting_list
from chairside.kernel.guard import needs
from chairside.kernel.money import Money, exponent
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed

# However many there are: a statement for their codes, and one for what holds of them.
ADD = """
    insert into procedure (code)
    select wanted.code from unnest(%(codes)s::text[]) as wanted (code)
    returning procedure.code, procedure.id
"""
TURN = """
    update procedure
       set code = %(code)s, updated_at = transaction_timestamp(), updated_by = app.actor(), version = procedure.version + 1
     where procedure.id = %(procedure_id)s
       and procedure.version = %(version)s
    returning procedure.id
"""
WRITE = """
    insert into procedure_version (procedure_id, effective_on, name, category, price, currency, duration_minutes, area,
                                   min_surfaces, max_surfaces, permanent_teeth, primary_teeth)
    select written.procedure_id, %(effective_on)s, written.name, written.category, written.price, written.currency,
           written.duration_minutes, written.area, written.min_surfaces, written.max_surfaces, written.permanent_teeth,
           written.primary_teeth
      from unnest(%(procedure_id)s::uuid[], %(name)s::text[], %(category)s::text[], %(price)s::bigint[], %(currency)s::text[],
                  %(duration_minutes)s::int[], %(area)s::text[], %(min_surfaces)s::int[], %(max_surfaces)s::int[],
                  %(permanent_teeth)s::boolean[], %(primary_teeth)s::boolean[])
           as written (procedure_id, name, category, price, currency, duration_minutes, area, min_surfaces, max_surfaces,
                       permanent_teeth, primary_teeth)
"""
SET_ARCHIVED = """
    update procedure
       set archived_at = %(at)s, archived_by = case when %(at)s::timestamptz is not null then app.actor() end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = procedure.version + 1
     where procedure.id = %(procedure_id)s
       and procedure.version = %(version)s
    returning procedure.id
"""
FACTS = (
    "name", "category", "price", "currency", "duration_minutes", "area", "min_surfaces", "max_surfaces", "permanent_teeth",
    "primary_teeth",
)  # fmt: skip


class ProcedureCodeTaken(Conflict):
    """Another procedure already has this code."""


class ProcedureIsStale(Stale):
    """Somebody changed this procedure while you were editing."""


@needs("clinic.write")
async def add_procedure(op: Op, *, code: str, price: Money, facts: dict[str, Any], effective_on: date | None = None) -> Procedure:
    """From today on, or from that day; `facts` are FACTS without the price. Refuses ProcedureCodeTaken, and rules that
    contradict each other."""
    _check_currency(op, price)
    procedure_id = (await add_codes(op, [code]))[code]
    whole = facts | {"price": price.amount, "currency": price.currency}
    await write_versions(op, effective_on or op.today, {procedure_id: whole})
    await op.emit(ProceduresChanged())
    return await get_procedure(op, procedure_id=procedure_id)


@needs("clinic.write")
async def change_procedure(
    op: Op, *, procedure_id: UUID, version: int, changes: dict[str, Any], effective_on: date | None = None
) -> Procedure:
    """From today on, or from that day; what held before stays readable, and what was planned keeps it. The code changes at once.
    Refuses NoSuchProcedure, ProcedureIsStale, ProcedureCodeTaken."""
    day = effective_on or op.today
    before = await get_procedure(op, procedure_id=procedure_id, on=day)
    if isinstance(price := changes.get("price"), Money):
        _check_currency(op, price)
        changes = changes | {"price": price.amount}
    facts = {name: changes.get(name, getattr(before, name)) for name in FACTS}
    try:
        turned = await op.db.value(TURN, procedure_id=procedure_id, version=version, code=changes.get("code", before.code))
    except UniqueViolation as error:
        raise ProcedureCodeTaken() from error
    if turned is None:
        raise ProcedureIsStale(version=before.version)
    if any(facts[name] != getattr(before, name) for name in FACTS):
        await write_versions(op, day, {procedure_id: facts})
    await op.emit(ProceduresChanged())
    return await get_procedure(op, procedure_id=procedure_id)


@needs("clinic.write")
async def archive_procedure(op: Op, *, procedure_id: UUID, version: int | None = None) -> Procedure:
    """Off the lists; what was planned keeps it. Refuses NoSuchProcedure, ProcedureIsStale."""
    return await _set_archived(op, procedure_id, version, archived=True)


@needs("clinic.write")
async def restore_procedure(op: Op, *, procedure_id: UUID, version: int | None = None) -> Procedure:
    """Refuses NoSuchProcedure, ProcedureIsStale."""
    return await _set_archived(op, procedure_id, version, archived=False)


@needs("clinic.write")
async def add_starting_list(op: Op) -> int:
    """The invented list, of which the clinic changes what it likes; codes that are there stay as they are. How many came."""
    items = starting_list(10 ** exponent(op.clinic.currency))
    there = await of_codes(op, [item["code"] for item in items], op.today)
    new = {item["code"]: {"currency": op.clinic.currency, **item} for item in items if item["code"].lower() not in there}
    if new:
        ids = await add_codes(op, list(new))
        await write_versions(op, op.today, {ids[code]: facts for code, facts in new.items()})
        await op.emit(ProceduresChanged())
    return len(new)


async def add_codes(op: Op, codes: list[str]) -> dict[str, UUID]:
    """Their ids. Refuses ProcedureCodeTaken. Not a door."""
    try:
        return dict(await op.db.all(_added, ADD, codes=codes))
    except UniqueViolation as error:
        raise ProcedureCodeTaken() from error


async def write_versions(op: Op, day: date, facts: dict[UUID, dict[str, Any]]) -> None:
    """What holds of each from that day on. Not a door."""
    columns = {name: [each[name] for each in facts.values()] for name in FACTS}
    try:
        await op.db.run(WRITE, procedure_id=list(facts), effective_on=day, **columns)
    except CheckViolation as error:
        if error.diag.constraint_name == "procedure_version_is_for_some_teeth":
            raise malformed(
                "/permanent_teeth", "required", "It is done to permanent teeth, to primary ones, or to both."
            ) from error
        if error.diag.constraint_name != "procedure_version_surfaces_are_counted":
            raise
        raise malformed("/max_surfaces", "wrong_count", "Say from how many surfaces to how many, five at most.") from error


async def _set_archived(op: Op, procedure_id: UUID, version: int | None, *, archived: bool) -> Procedure:
    before = await get_procedure(op, procedure_id=procedure_id)
    if version not in (None, before.version):
        raise ProcedureIsStale(version=before.version)
    if (before.archived_at is not None) == archived:
        return before
    at = op.now if archived else None
    if await op.db.value(SET_ARCHIVED, procedure_id=procedure_id, version=before.version, at=at) is None:
        raise ProcedureIsStale(version=before.version)
    await op.emit(ProceduresChanged())
    return await get_procedure(op, procedure_id=procedure_id)


def _added(code: str, id: UUID) -> tuple[str, UUID]:
    return code, id


def _check_currency(op: Op, price: Money) -> None:
    if price.currency != op.clinic.currency:
        raise malformed("/price/currency", "wrong_currency", f"This clinic's prices are in {op.clinic.currency}.")

from datetime import date
from uuid import UUID

from chairside.catalog.rows.procedures import VERSION, Procedure, ProcedureVersion
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

# As it holds on the day; what holds later only, as it first will.
PROCEDURE = """
    select procedure.id, procedure.code, now.id as version_id, now.effective_on,
           (select min(later.effective_on)
              from procedure_version as later
             where later.procedure_id = procedure.id
               and later.effective_on > %(day)s::date
               and later.effective_on > now.effective_on) as next_on,
           now.name, now.category, now.price, now.currency, now.duration_minutes, now.area, now.min_surfaces, now.max_surfaces,
           now.permanent_teeth, now.primary_teeth, procedure.archived_at, procedure.version
      from procedure
      join lateral (select version.*
                      from procedure_version as version
                     where version.procedure_id = procedure.id
                     order by version.effective_on <= %(day)s::date desc,
                              case when version.effective_on <= %(day)s::date then version.effective_on end desc,
                              version.effective_on, version.id desc
                     limit 1) as now on true
"""
GET = f"{PROCEDURE} where procedure.id = %(procedure_id)s"
LIST = f"""
    {PROCEDURE}
     where (lower(procedure.code), procedure.id) > (lower(%(code)s), %(id)s::uuid)
       and (%(archived)s::boolean is null or (procedure.archived_at is not null) = %(archived)s)
       and (%(category)s::text is null or now.category = %(category)s)
       and (%(q)s = '' or lower(procedure.code) like %(q)s || '%%' or position(%(q)s in lower(now.name)) > 0)
     order by lower(procedure.code), procedure.id
     limit %(limit)s
"""
VERSIONS = f"""
    select {VERSION}
      from procedure_version as version
     where version.procedure_id = %(procedure_id)s
     order by version.effective_on desc, version.id desc
     limit 200
"""
OF_CODES = f"{PROCEDURE} where lower(procedure.code) = any(%(codes)s::text[])"
FIRST_CODE = ("", UUID(int=0))


class NoSuchProcedure(Missing):
    """There is no such procedure in this clinic's list."""


@needs("clinic.read")
async def get_procedure(op: Op, *, procedure_id: UUID, on: date | None = None) -> Procedure:
    """As it holds on the day, or today. Refuses NoSuchProcedure."""
    procedure = await op.db.one(Procedure, GET, procedure_id=procedure_id, day=on or op.today)
    if procedure is None:
        raise NoSuchProcedure()
    return procedure


@needs("clinic.read")
async def list_procedures(
    op: Op, *, q: str = "", category: str | None = None, archived: bool | None = False, on: date | None = None,
    after: tuple[str, UUID] = FIRST_CODE, limit: int = 200,
) -> list[Procedure]:  # fmt: skip
    """By code, beginning after a (code, id). `q`: how the code begins, or a part of the name."""
    code, id = after
    return await op.db.all(
        Procedure, LIST, q=q.strip().lower().replace("\\", "").replace("%", "").replace("_", ""), category=category,
        archived=archived, day=on or op.today, code=code, id=id, limit=limit,
    )  # fmt: skip


@needs("clinic.read")
async def list_procedure_versions(op: Op, *, procedure_id: UUID) -> list[ProcedureVersion]:
    """The latest day first, of one day the last written. Refuses NoSuchProcedure."""
    await get_procedure(op, procedure_id=procedure_id)
    return await op.db.all(ProcedureVersion, VERSIONS, procedure_id=procedure_id)


async def of_codes(op: Op, codes: list[str], day: date) -> dict[str, Procedure]:
    """By their codes in small letters."""
    found = await op.db.all(Procedure, OF_CODES, codes=[code.lower() for code in codes], day=day)
    return {one.code.lower(): one for one in found}

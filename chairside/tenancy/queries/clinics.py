from uuid import UUID

from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.tenancy.rows import CLINIC, Clinic, Colleague, Workplace

GET = f"select {CLINIC} from clinic"
WORKPLACES = "select id, slug, name, roles from app.clinics_of(%(principal_id)s)"
FIND = "select app.find_clinic(%(slug)s)"
COUNT = "select app.count_clinics()"
COLLEAGUES = """
    select membership.principal_id, membership.name
      from membership
     order by lower(membership.name), membership.principal_id
"""


@open_to_all("whoever works here sees where they are; entering was the check")
async def get(op: Op) -> Clinic:
    """The clinic of the operation."""
    clinic = await op.db.one(Clinic, GET)
    assert clinic
    return clinic


@open_to_all("a person sees their own list")
async def list_workplaces(op: Op, *, principal_id: UUID) -> list[Workplace]:
    return await op.db.all(Workplace, WORKPLACES, principal_id=principal_id)


@open_to_all("whoever works here knows by name with whom; entering was the check")
async def list_colleagues(op: Op) -> list[Colleague]:
    """Those suspended too: what they did is still theirs."""
    return await op.db.all(Colleague, COLLEAGUES)


@open_to_all("the operator's commands name a clinic by its address")
async def find(op: Op, *, slug: str) -> UUID | None:
    found: UUID | None = await op.db.value(FIND, slug=slug)
    return found


@open_to_all("single-clinic mode asks whether there is one yet")
async def count(op: Op) -> int:
    number: int = await op.db.value(COUNT)
    return number

from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.tenancy.rows import CLINIC, Clinic, Colleague, RecordRules, SignInRules, Workplace

GET = f"select {CLINIC} from clinic"
WORKPLACES = "select id, slug, name, roles, second_factor_from from app.clinics_of(%(principal_id)s)"
FIND = "select app.find_clinic(%(slug)s)"
SIGN_IN_RULES = """
    select clinic.mfa_from, clinic.mfa_grace_days, clinic.idle_minutes, clinic.session_hours, clinic.version from clinic
"""
RECORD_RULES = "select clinic.care_teams, clinic.version from clinic"
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
    return await unsealed(op, clinic)


async def unsealed(op: Op, clinic: Clinic) -> Clinic:
    """As people know it. Not a door."""
    if clinic.tax_id_sealed is None or clinic.tax_id is not None:
        return clinic
    tax_id = await vault.open_(op, table="clinic", column="tax_id_sealed", row=clinic.id, sealed=clinic.tax_id_sealed)
    return clinic._replace(tax_id=tax_id.decode())


@open_to_all("a person sees their own list")
async def list_workplaces(op: Op, *, principal_id: UUID) -> list[Workplace]:
    return await op.db.all(Workplace, WORKPLACES, principal_id=principal_id)


@open_to_all("whoever works here knows by name with whom; entering was the check")
async def list_colleagues(op: Op) -> list[Colleague]:
    """Those suspended too: what they did is still theirs."""
    return await op.db.all(Colleague, COLLEAGUES)


@needs("members.read", "security.write")
async def get_sign_in_rules(op: Op) -> SignInRules:
    """How people must sign in to work in this clinic."""
    rules = await op.db.one(SignInRules, SIGN_IN_RULES)
    assert rules
    return rules


@open_to_all("whoever works here may know why a record is closed to them; entering was the check")
async def get_record_rules(op: Op) -> RecordRules:
    """Whose business a patient's record is in this clinic."""
    rules = await op.db.one(RecordRules, RECORD_RULES)
    assert rules
    return rules


@open_to_all("the operator's commands name a clinic by its address")
async def find(op: Op, *, slug: str) -> UUID | None:
    found: UUID | None = await op.db.value(FIND, slug=slug)
    return found


@open_to_all("single-clinic mode asks whether there is one yet")
async def count(op: Op) -> int:
    number: int = await op.db.value(COUNT)
    return number

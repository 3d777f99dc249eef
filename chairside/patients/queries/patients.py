from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.patients import rules
from chairside.patients.queries.records import NoSuchPatient, PatientIsMerged, check_record, list_closed
from chairside.patients.rows import COLUMNS, PATIENT, Known, Patient, Relative

GET = opened(f"""
    select {PATIENT}
      from patient
     where patient.id = %(patient_id)s
       and (patient.deleted_at is null or patient.merged_into_id is not null)
""")


def _list(limit: str, archived: str) -> str:
    return shown(f"""
    select {PATIENT}
      from patient
     where (patient.sort_key, patient.id) > (%(sort_key)s, %(id)s)
       and patient.deleted_at is null
       and patient.archived_at {archived}
     order by patient.sort_key, patient.id
     limit {limit}
""")


# With a parameter for a limit, PostgreSQL plans anew each time; the usual page has a plan that stays.
PAGE = 50
LIST = _list(str(PAGE), "is null")
LIST_UP_TO = _list("%(limit)s", "is null")
LIST_ARCHIVED = _list("%(limit)s", "is not null")
HOLDING = shown(f"""
    select {PATIENT}, found.rank, found.sort_key
      from app.find_patients(%(one)s, %(two)s, %(three)s, %(word)s, %(start)s, %(limit)s) as found
      join patient on patient.id = found.id
     order by found.rank, found.sort_key, patient.id
""", columns=", ".join(COLUMNS))  # fmt: skip
BORN = shown(f"""
    select {PATIENT}
      from patient
     where patient.birth_date = any(%(dates)s)
       and patient.deleted_at is null
     order by patient.sort_key, patient.id
     limit %(limit)s
""")
# Each of the three by an index of its own: a condition that is one or another reads the whole clinic. So does a join with them,
# which is planned before it is known how few they are.
RESEMBLING = shown(f"""
    select {PATIENT}
      from patient
     where patient.id = any(array(
               select namesake.id
                 from patient as namesake
                where namesake.sort_key = %(sort_key)s
                union
               select born.id
                 from patient as born
                where born.birth_date = %(birth_date)s
                  and (born.sort_key ^@ (%(last_name)s || ',')
                       or right(born.sort_key, length(%(first_name)s) + 1) = ' ' || %(first_name)s)
                union
               select found.id
                 from unnest(%(reached)s::text[]) as way,
                      app.find_patients('%%' || way || '%%', '%%', '%%', '%%', '', 10) as found))
       and patient.deleted_at is null
     order by patient.sort_key, patient.id
     limit 10
""")
FAMILY = shown("""
    select relative.id, relative.register_number, relative.first_name, relative.last_name, relative.birth_date,
           relative.guarantor_id
      from patient
      join patient as relative
        on coalesce(relative.guarantor_id, relative.id) = coalesce(patient.guarantor_id, patient.id)
     where patient.id = %(patient_id)s
       and relative.deleted_at is null
     order by relative.guarantor_id is not null, relative.sort_key, relative.id
     limit 100
""")
KNOWN = ", ".join(f"patient.{column}" for column in Known._fields)
NUMBERED = shown(f"""
    select {KNOWN}
      from patient
     where patient.register_number = any(%(numbers)s)
       and patient.deleted_at is null
""")
# By name alone: a join with the birth dates is planned by statistics, which right after an import know of nobody.
NAMESAKES = shown(f"""
    select {KNOWN}
      from patient
     where patient.sort_key = any(%(sort_keys)s)
       and patient.import_id is not null
       and patient.deleted_at is null
""")
# Those for whom somebody answers first: they go before whoever answers for them. Whoever was merged is still here, in another.
IMPORTED = shown("""
    select patient.id, patient.guarantor_id
      from patient
     where patient.import_id = %(import_id)s
       and (patient.deleted_at is null or patient.merged_into_id is not null)
     order by patient.guarantor_id is null, patient.id
""", columns="id")  # fmt: skip
# Two are enough to know that it is not one.
REACHED = shown("""
    select patient.id
      from patient
     where patient.sort_key = %(sort_key)s
       and patient.search like '%%' || %(digits)s::text || '%%'
       and patient.deleted_at is null
       and patient.archived_at is null
     order by patient.id
     limit 2
""", columns="id")  # fmt: skip
# Their parents' number is a child's: of whoever acts for them, here or not, or pays for them.
REACHED_CHILD = shown("""
    select patient.id
      from patient
      left join patient as payer on payer.id = patient.guarantor_id and payer.deleted_at is null
     where patient.sort_key = %(sort_key)s
       and patient.deleted_at is null
       and patient.archived_at is null
       and (patient.search like '%%' || %(digits)s::text || '%%'
            or payer.search like '%%' || %(digits)s::text || '%%'
            or exists (select
                         from proxy
                         left join patient as holder on holder.id = proxy.holder_id and holder.deleted_at is null
                        where proxy.patient_id = patient.id
                          and proxy.revoked_at is null
                          and (proxy.ends_on is null or proxy.ends_on >= %(today)s)
                          and (holder.search like '%%' || %(digits)s::text || '%%'
                               or regexp_replace(proxy.phone, '[^0-9]', '', 'g') like '%%' || %(digits)s::text)))
     order by patient.id
     limit 2
""", columns="id")  # fmt: skip
START = ("", UUID(int=0))
MOST_FOUND = 50


@needs("patients.read")
async def look_up(op: Op, *, patient_id: UUID) -> Patient:
    """Also one that was merged into another, which it names. Refuses NoSuchPatient, NotOnCareTeam."""
    patient = await op.db.one(Patient, GET, patient_id=patient_id)
    await op.settle()
    await check_record(op, patient_id=patient_id)
    if patient is None:
        raise NoSuchPatient()
    return patient


@needs("patients.read")
async def get(op: Op, *, patient_id: UUID) -> Patient:
    """Refuses NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    patient = await look_up(op, patient_id=patient_id)
    if patient.merged_into_id:
        raise PatientIsMerged(merged_into_id=patient.merged_into_id)
    return patient


@needs("patients.read")
async def list_(op: Op, *, after: tuple[str, UUID] = START, limit: int = PAGE, archived: bool = False) -> list[Patient]:
    """By name, beginning after a (sort key, id)."""
    sort_key, id = after
    if archived:
        return await _shown(op, await op.db.all(Patient, LIST_ARCHIVED, sort_key=sort_key, id=id, limit=limit))
    if limit == PAGE:
        return await _shown(op, await op.db.all(Patient, LIST, sort_key=sort_key, id=id))
    return await _shown(op, await op.db.all(Patient, LIST_UP_TO, sort_key=sort_key, id=id, limit=limit))


@needs("patients.read")
async def search(op: Op, *, text: str, limit: int = 20) -> list[Patient]:
    """By any part of a name, the digits of a phone, a birth date or a register number; last names that begin so come first,
    the archived last."""
    wanted = rules.understand(text, day_first=op.clinic.locale != "en-US", locale=op.clinic.locale)
    limit = min(limit, MOST_FOUND)
    if wanted is None:
        return []
    if wanted.dates:
        return await _shown(op, await op.db.all(Patient, BORN, dates=wanted.dates, limit=limit))
    one, two, three = wanted.patterns
    found = await op.db.all(Patient, HOLDING, one=one, two=two, three=three, word=wanted.word, start=wanted.start, limit=limit)
    return await _shown(op, found)


@needs("patients.read")
async def list_resembling(
    op: Op, *, first_name: str, last_name: str, birth_date: date | None, contacts: Sequence[dict[str, Any]] = ()
) -> list[Patient]:
    """Who may already be registered: the same name, the same birthday with one name alike, the same phone or e-mail."""
    reached = [rules.digits_of(c["value"]) if c["type"] != "email" else c["value"].casefold() for c in contacts]
    alike = await op.db.all(
        Patient, RESEMBLING, sort_key=rules.sort_key(last_name, first_name), birth_date=birth_date,
        last_name=rules.fold(last_name), first_name=rules.fold(first_name),
        reached=[way for way in reached if len(way) >= 7],
    )  # fmt: skip
    return await _shown(op, alike)


@needs("patients.read")
async def list_family(op: Op, *, patient_id: UUID) -> list[Relative]:
    """The one who answers for the bills first, then those they answer for; the patient is among them.
    Refuses NotOnCareTeam."""
    await check_record(op, patient_id=patient_id)
    return await op.db.all(Relative, FAMILY, patient_id=patient_id)


@needs("patients.read", "imports.run")
async def list_numbered(op: Op, *, numbers: Sequence[str]) -> list[Known]:
    """Those who have one of these register numbers."""
    return await op.db.all(Known, NUMBERED, numbers=list(numbers)) if numbers else []


@needs("patients.read", "imports.run")
async def list_namesakes(op: Op, *, names: Sequence[str]) -> list[Known]:
    """Those brought in from a file who have one of these names, as `name_key` folds them."""
    return await op.db.all(Known, NAMESAKES, sort_keys=list(names)) if names else []


@needs("imports.run")
async def list_imported(op: Op, *, import_id: UUID) -> list[UUID]:
    """Those who came from a file and are still here; whoever answers for others comes after them."""
    return await op.db.all(_id, IMPORTED, import_id=import_id)


async def _shown(op: Op, found: list[Patient]) -> list[Patient]:
    """As they are for whoever may open them; a glimpse of the others."""
    closed = await list_closed(op, patient_ids=[one.id for one in found])
    return [one.glimpse() if one.id in closed else one for one in found] if closed else found


@needs("patients.read")
async def find_reached(op: Op, *, first_name: str, last_name: str, mobile: str) -> UUID | None:
    """The one patient of this name whom this number reaches; nothing where there is none, or more than one."""
    digits = rules.same_number(mobile)
    if len(digits) < 6:
        return None
    found = await op.db.all(_id, REACHED, sort_key=rules.sort_key(last_name, first_name), digits=digits)
    return found[0] if len(found) == 1 else None


@needs("patients.read")
async def find_reached_child(op: Op, *, first_name: str, last_name: str, mobile: str) -> UUID | None:
    """The one patient of this name whom this number reaches, or whoever acts or pays for them; nothing where there is none, or
    more than one."""
    digits = rules.same_number(mobile)
    if len(digits) < 6:
        return None
    found = await op.db.all(
        _id, REACHED_CHILD, sort_key=rules.sort_key(last_name, first_name), digits=digits, today=op.today
    )  # fmt: skip
    return found[0] if len(found) == 1 else None


def _id(id: UUID) -> UUID:
    return id

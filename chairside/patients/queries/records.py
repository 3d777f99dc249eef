"""Whose record is open to whom. Where a clinic keeps records to care teams, the database does it (`app.keep_to_team`); these
doors say so in a sentence, and leave out of lists what is not for everybody."""

from collections.abc import Collection
from uuid import UUID

from chairside.kernel.db import array
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Forbidden, Missing
from chairside.patients.rows import Glimpse, TeamMember

CLOSED = "select wanted.id from unnest(%(ids)s::uuid[]) as wanted (id) where not app.may_open(wanted.id)"
# Whoever was merged is open to those who may open the one that stays: the team went along.
GLIMPSE = """
    select patient.first_name, patient.last_name, patient.birth_date,
           app.may_open(coalesce(patient.merged_into_id, patient.id)) as open
      from patient
     where patient.id = %(patient_id)s
       and (patient.deleted_at is null or patient.merged_into_id is not null)
"""
TEAM = """
    with noted as (
        insert into audit_event (action, entity, patient_id) values ('read', 'care_team', %(patient_id)s)
    )
    select team.member_id, team.name, team.named_at, team.has_visits
      from app.team_of(%(patient_id)s) as team
"""


class NoSuchPatient(Missing):
    """There is no such patient in this clinic."""


class PatientIsMerged(Missing):
    """This record was merged into another; go on with that one."""


class NotOnCareTeam(Forbidden):
    """Only the care team of {first_name} {last_name} opens this record, and you are not on it."""


@open_to_all("asked on behalf of the doors of a record, each of which needs a permission of its own")
async def check_record(op: Op, *, patient_id: UUID) -> None:
    """Refuses NotOnCareTeam. Says nothing where there is no such patient: the door does."""
    if op.actor.restricted:
        _check(patient_id, await op.db.one(Glimpse, GLIMPSE, patient_id=patient_id))


def _check(patient_id: UUID, seen: Glimpse | None) -> None:
    if seen and not seen.open:
        born = seen.birth_date.isoformat() if seen.birth_date else None
        raise NotOnCareTeam(patient_id=patient_id, first_name=seen.first_name, last_name=seen.last_name, birth_date=born)


@open_to_all("asked on behalf of the doors that list, each of which needs a permission of its own")
async def list_closed(op: Op, *, patient_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of whom the actor may see the name and the date of birth, and no more."""
    if not op.actor.restricted or not patient_ids:
        return frozenset()
    return frozenset(await op.db.all(_id, CLOSED, ids=array(list(set(patient_ids)))))


@needs("patients.read")
async def list_care_team(op: Op, *, patient_id: UUID) -> list[TeamMember]:
    """By name; those with a visit are on it, named or not. Refuses NoSuchPatient, NotOnCareTeam."""
    seen = await op.db.one(Glimpse, GLIMPSE, patient_id=patient_id)
    if seen is None:
        raise NoSuchPatient()
    _check(patient_id, seen)
    return await op.db.all(TeamMember, TEAM, patient_id=patient_id)


def _id(id: UUID) -> UUID:
    return id

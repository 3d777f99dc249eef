from typing import NamedTuple
from uuid import UUID

from chairside import patients
from chairside.history import rules
from chairside.history.rows import HistoryVersion
from chairside.history.rules import Change
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

VERSION = """
    select version.id, version.patient_id, version.number, version.why, version.none_of, version.entries, version.reviewed_at,
           reviewer.name as reviewed_by_name, version.created_at, coalesce(author.name, program.name) as created_by_name
      from history_version as version
      left join membership as reviewer on reviewer.principal_id = version.reviewed_by
      left join membership as author on author.principal_id = version.created_by
      left join service_account as program on program.id = version.created_by
"""
LIST = shown(
    f"""
    {VERSION}
     where version.patient_id = %(patient_id)s
       and version.number < %(before)s
     order by version.number desc
     limit %(limit)s
""",
    entity="history_version",
    patient="patient_id",
)
ONE = opened(
    f"{VERSION} where version.patient_id = %(patient_id)s and version.number = %(number)s",
    entity="history_version",
    patient="patient_id",
)
LATEST = 2**31 - 1


class NoSuchHistoryVersion(Missing):
    """There is no such version of this medical history."""


class Difference(NamedTuple):
    """From one version to another: what became of entries, and of which kinds it is said since that there is none, or no more."""

    before: HistoryVersion
    after: HistoryVersion
    changes: list[Change]
    none_since: list[str]
    none_no_longer: list[str]


@needs("history.read")
async def list_versions(op: Op, *, patient_id: UUID, before: int = LATEST, limit: int = 50) -> list[HistoryVersion]:
    """The latest first, going on before a number. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return await op.db.all(HistoryVersion, LIST, patient_id=patient_id, before=before, limit=limit)


@needs("history.read")
async def get_version(op: Op, *, patient_id: UUID, number: int) -> HistoryVersion:
    """Refuses NotOnCareTeam, NoSuchHistoryVersion."""
    await patients.check_record(op, patient_id=patient_id)
    version = await op.db.one(HistoryVersion, ONE, patient_id=patient_id, number=number)
    if version is None:
        raise NoSuchHistoryVersion()
    return version


@needs("history.read")
async def compare(op: Op, *, patient_id: UUID, before: int, after: int) -> Difference:
    """Any two, in either order. Refuses NotOnCareTeam, NoSuchHistoryVersion."""
    earlier = await get_version(op, patient_id=patient_id, number=before)
    later = await get_version(op, patient_id=patient_id, number=after)
    none = set(earlier.none_of), set(later.none_of)
    return Difference(
        earlier, later, rules.difference(earlier.entries, later.entries), sorted(none[1] - none[0]), sorted(none[0] - none[1])
    )

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid4

from psycopg.errors import ForeignKeyViolation, UniqueViolation

from chairside import patients, scheduling
from chairside.charting.events import ChartChanged
from chairside.charting.queries.charts import NoSuchFinding, get_finding, list_bearing
from chairside.charting.rows import FINDING, Finding
from chairside.charting.rules import conditions, presence
from chairside.charting.rules.surfaces import check_surfaces
from chairside.charting.rules.teeth import Tooth, check_tooth
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Stale, Wrong, malformed

# One statement, however many teeth: each array is a column of the rows.
ADD = f"""
    insert into finding (patient_id, act_id, teeth, surfaces, condition, layer, material, detail, pontics, note, noted_on,
                         provider_id, fulfils_id, replaces_id)
    select patient.id, %(act_id)s, string_to_array(made.teeth, ' '), string_to_array(made.surfaces, ' '), made.condition,
           made.layer, made.material, made.detail, %(pontics)s::text[], %(note)s, %(noted_on)s, %(provider_id)s::uuid,
           %(fulfils_id)s::uuid, %(replaces_id)s::uuid
      from patient,
           unnest(%(teeth)s::text[], %(surfaces)s::text[], %(conditions)s::text[], %(layers)s::text[],
                  %(materials)s::text[], %(details)s::text[])
           as made (teeth, surfaces, condition, layer, material, detail)
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning {FINDING}
"""
HOLD = f"""
    select {FINDING}
      from finding
     where finding.id = %(finding_id)s
       and finding.patient_id = %(patient_id)s
       for update
"""
STRIKE = f"""
    update finding
       set struck_at = transaction_timestamp(), struck_by = app.actor(), strike_reason = %(reason)s, version = finding.version + 1
     where finding.id = %(finding_id)s
    returning {FINDING}
"""
RESTORE = f"""
    update finding
       set struck_at = null, struck_by = null, strike_reason = null, version = finding.version + 1
     where finding.id = %(finding_id)s
    returning {FINDING}
"""


class FindingIsStale(Stale):
    """Somebody changed this finding while you were looking."""


class FindingIsStruck(Conflict):
    """This finding is struck through already."""


class ToothIsAbsent(Conflict):
    """By this chart {teeth} is missing or replaced. Record this all the same?"""


class NothingPlanned(Conflict):
    """Only what is planned can be done; record it as done instead."""


class PlanIsDone(Conflict):
    """What was planned here is done already."""


class NotYourFinding(Forbidden):
    """Whoever writes for a provider strikes only what they wrote themselves."""


class MayNotPlan(Forbidden):
    """Your role does not plan treatment."""


@dataclass(frozen=True)
class New:
    """`teeth` are one finding each, save for what spans them. `surfaces` as said, of each tooth. `plan`: a condition and a
    material that are planned for it at once. `even_if_absent`: written although a tooth is recorded as missing."""

    teeth: Sequence[Tooth]
    condition: str
    layer: conditions.Layer
    surfaces: Sequence[str] = ()
    material: str | None = None
    detail: str | None = None
    pontics: Sequence[str] = ()
    note: str | None = None
    noted_on: date | None = None
    provider_id: UUID | None = None
    plan: tuple[str, str | None] | None = None
    even_if_absent: bool = False


class Recorded(NamedTuple):
    """`retained`: primary teeth that now stand beside their successors."""

    findings: list[Finding]
    retained: list[str]


@needs("charting.write", "charting.scribe")
async def record(op: Op, *, patient_id: UUID, new: New) -> Recorded:
    """Refuses NoSuchPatient, NotOnCareTeam, NoSuchProvider, MayNotPlan, ToothIsAbsent, and in words what does not fit
    the teeth."""
    return await _record(op, patient_id, new)


@needs("charting.write", "charting.scribe")
async def strike(op: Op, *, patient_id: UUID, finding_id: UUID, reason: str, version: int | None = None) -> Finding:
    """It was wrong: kept, and struck through. Refuses NoSuchFinding, NotOnCareTeam, FindingIsStale, FindingIsStruck,
    NotYourFinding, MayNotPlan."""
    held = await _hold(op, patient_id, finding_id, version)
    if held.struck_at:
        raise FindingIsStruck()
    _check_striking(op, held)
    return await _struck(op, held, reason)


@needs("charting.write", "charting.scribe")
async def restore(op: Op, *, patient_id: UUID, finding_id: UUID, version: int | None = None) -> Finding:
    """It was not wrong. Refuses NoSuchFinding, NotOnCareTeam, FindingIsStale, PlanIsDone."""
    held = await _hold(op, patient_id, finding_id, version)
    _check_striking(op, held)
    if held.struck_at is None:
        return held
    try:
        restored = await op.db.one(Finding, RESTORE, finding_id=finding_id)
    except UniqueViolation as error:
        raise PlanIsDone() from error
    await op.emit(ChartChanged(patient_id))
    return restored or held


@needs("charting.write", "charting.scribe")
async def correct(
    op: Op, *, patient_id: UUID, finding_id: UUID, reason: str, new: New, version: int | None = None
) -> Recorded:  # fmt: skip
    """Struck through, and written anew in one act. Refuses as `strike` and `record` do."""
    held = await _hold(op, patient_id, finding_id, version)
    if held.struck_at:
        raise FindingIsStruck()
    _check_striking(op, held)
    await _struck(op, held, reason)
    return await _record(op, patient_id, new, replaces=held)


@needs("charting.write", "charting.scribe")
async def fulfil(
    op: Op, *, patient_id: UUID, finding_id: UUID, done_on: date | None = None, note: str | None = None,
    provider_id: UUID | None = None, version: int | None = None,
) -> Recorded:  # fmt: skip
    """What was planned is done: a finding of its own beside the plan. Refuses NoSuchFinding, NotOnCareTeam, FindingIsStale,
    FindingIsStruck, NothingPlanned, PlanIsDone."""
    held = await _hold(op, patient_id, finding_id, version)
    if held.struck_at:
        raise FindingIsStruck()
    if held.layer != "planned":
        raise NothingPlanned()
    new = New(
        teeth=[check_tooth(id) for id in held.teeth], condition=held.condition, layer="done", surfaces=held.surfaces,
        material=held.material, detail=held.detail, pontics=held.pontics, note=note, noted_on=done_on,
        provider_id=provider_id, even_if_absent=True,
    )  # fmt: skip
    return await _record(op, patient_id, new, fulfils=held)


async def _record(
    op: Op, patient_id: UUID, new: New, *, replaces: Finding | None = None, fulfils: Finding | None = None
) -> Recorded:  # fmt: skip
    await patients.check_record(op, patient_id=patient_id)
    _check_author(op, new)
    kept = _checked(new)
    _check_planning(op, new.layer, planned=bool(new.plan))
    noted_on = new.noted_on or op.today
    if noted_on > op.today:
        raise malformed("/noted_on", "in_the_future", "Nothing is found before its day; choose today or earlier.")
    bearing = await list_bearing(op, patient_id)
    there = presence.presence_of(presence.Found(*each) for each in bearing)
    if not new.even_if_absent:
        _check_there(new, there)
    spans = conditions.CONDITIONS[new.condition].spans
    groups = [list(new.teeth)] if spans else [[tooth] for tooth in new.teeth]
    lines = [(group, kept, new.condition, new.layer, new.material, new.detail) for group in groups]
    if new.plan:
        lines += _planned(new, groups, kept)
    try:
        findings = await op.db.all(
            Finding, ADD, patient_id=patient_id, act_id=uuid4(),
            teeth=[" ".join(tooth.id for tooth in group) for group, *_ in lines],
            surfaces=[" ".join(check_surfaces(group[0], said)) for group, said, *_ in lines],
            conditions=[line[2] for line in lines], layers=[line[3] for line in lines], materials=[line[4] for line in lines],
            details=[line[5] for line in lines], pontics=list(new.pontics), note=new.note, noted_on=noted_on,
            provider_id=new.provider_id, fulfils_id=fulfils and fulfils.id, replaces_id=replaces and replaces.id,
        )  # fmt: skip
    except UniqueViolation as error:
        raise PlanIsDone() from error
    except ForeignKeyViolation as error:
        raise scheduling.NoSuchProvider() from error
    if not findings:
        raise patients.NoSuchPatient()
    await op.emit(ChartChanged(patient_id))
    after = presence.presence_of(
        [*(presence.Found(*each) for each in bearing),
         *(presence.Found(each.condition, each.layer, each.teeth, each.pontics) for each in findings)]
    )  # fmt: skip
    named = {tooth.fdi for tooth in new.teeth}
    return Recorded(
        findings, [id for id in sorted(named) if after.get(id, "present") == "present" and presence.retained(id, after)]
    )


def _checked(new: New) -> tuple[str, ...]:
    try:
        conditions.check_what(new.condition, new.layer, material=new.material, detail=new.detail)
    except Wrong as wrong:
        at = {"layer_does_not_fit": "/layer", "material_does_not_fit": "/material"}.get(wrong.code, "/detail")
        raise malformed(at, wrong.code, str(wrong)) from wrong
    try:
        kept = conditions.check_where(new.condition, new.teeth, new.surfaces, new.pontics)
        if new.plan:
            conditions.check_what(new.plan[0], "planned", material=new.plan[1], detail=None)
    except Wrong as wrong:
        at = {
            "too_few_teeth": "/teeth", "two_arches": "/teeth", "not_of_the_bridge": "/pontics", "no_abutment": "/pontics",
            "layer_does_not_fit": "/plan", "material_does_not_fit": "/plan",
        }.get(wrong.code, "/surfaces")  # fmt: skip
        raise malformed(at, wrong.code, str(wrong)) from wrong
    return kept


Line = tuple[list[Tooth], tuple[str, ...], str, conditions.Layer, str | None, str | None]


def _planned(new: New, groups: list[list[Tooth]], kept: tuple[str, ...]) -> list[Line]:
    condition, material = new.plan or ("", None)
    wanted = conditions.CONDITIONS[condition]
    if wanted.spans:
        raise malformed("/plan", "spans_teeth", "Plan what goes over several teeth by itself.")
    if wanted.surfaces == "required" and not kept:
        raise malformed("/surfaces", "surfaces_wanted", "Say which surfaces the planned treatment is on.")
    on = () if wanted.surfaces == "none" else kept
    return [(group, on, condition, "planned", material, None) for group in groups]


def _check_there(new: New, there: dict[str, presence.Presence]) -> None:
    odd = [
        (tooth.id, there[tooth.id])
        for tooth in new.teeth
        if tooth.id in there and tooth.id not in new.pontics and presence.asks(new.condition, new.layer, there[tooth.id])
    ]
    if odd:
        raise ToothIsAbsent(teeth=", ".join(id for id, _ in odd), presence=odd[0][1])


def _check_author(op: Op, new: New) -> None:
    """Whoever only writes for others says for whom."""
    if not op.may("charting.write") and new.provider_id is None:
        raise malformed("/provider_id", "required", "Say under whose name this is written down.")


def _check_striking(op: Op, held: Finding) -> None:
    if not op.may("charting.write") and held.created_by != op.actor.id:
        raise NotYourFinding()
    _check_planning(op, held.layer)


def _check_planning(op: Op, layer: str, *, planned: bool = False) -> None:
    if (planned or layer == "planned") and not op.may("treatment.write"):
        raise MayNotPlan()


async def _hold(op: Op, patient_id: UUID, finding_id: UUID, version: int | None) -> Finding:
    await get_finding(op, patient_id=patient_id, finding_id=finding_id)
    held = await op.db.one(Finding, HOLD, finding_id=finding_id, patient_id=patient_id)
    if held is None:
        raise NoSuchFinding()
    if version is not None and version != held.version:
        raise FindingIsStale(version=held.version)
    return held


async def _struck(op: Op, held: Finding, reason: str) -> Finding:
    struck = await op.db.one(Finding, STRIKE, finding_id=held.id, reason=reason)
    await op.emit(ChartChanged(held.patient_id))
    return struck or held

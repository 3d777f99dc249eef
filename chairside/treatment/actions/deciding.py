"""A plan is shown, and what was shown is signed."""

from collections.abc import Mapping
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.kernel import vault
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.scheduling.rules.pictures import MOST_BYTES, is_signature
from chairside.treatment.actions.holding import hold
from chairside.treatment.actions.items import LIVE
from chairside.treatment.estimates import estimates_of
from chairside.treatment.events import PlanChanged
from chairside.treatment.queries.presentations import COLUMN, TABLE, Shown, get_presentation
from chairside.treatment.rows import PRESENTATION, TreatmentItem, TreatmentPresentation
from chairside.treatment.rules import frozen
from chairside.treatment.rules.refusals import (
    NoSuchPresentation,
    NotAPatientSignature,
    PlanChangedSinceShown,
    PlanIsEmpty,
    PresentationIsOld,
    PresentationIsSigned,
)

LATEST = f"""
    select {PRESENTATION}
      from treatment_presentation as shown
     where shown.plan_id = %(plan_id)s
     order by shown.number desc
     limit 1
"""
IS_SIGNED = "select exists (select from treatment_acceptance where treatment_acceptance.presentation_id = %(presentation_id)s)"
SHOW = """
    insert into treatment_presentation (patient_id, plan_id, number, plan_version, title, body, currency, hash, of_patient_id)
    values (%(patient_id)s, %(plan_id)s, %(number)s, %(plan_version)s, %(title)s, %(body)s, %(currency)s, %(hash)s,
            %(patient_id)s)
"""
SIGN = """
    insert into treatment_acceptance (patient_id, plan_id, presentation_id, signer_name, decisions, picture_hash, signed_at, hash)
    values (%(patient_id)s, %(plan_id)s, %(presentation_id)s, %(signer_name)s, %(decisions)s, %(picture_hash)s, %(signed_at)s,
            %(hash)s)
    returning treatment_acceptance.id
"""
KEEP = "insert into treatment_signature (acceptance_id, sealed) values (%(acceptance_id)s, %(sealed)s)"
# First what is declined: of alternatives only one stands as accepted at any moment.
DECIDE = """
    update treatment_item as item
       set status = %(status)s, acceptance_id = %(acceptance_id)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = item.version + 1
     where item.id = any(%(ids)s)
"""


@needs("treatment.write")
async def present(op: Op, *, patient_id: UUID, plan_id: UUID, version: int | None = None) -> Shown:
    """Freezes what is to be decided: a version, or the one before where nothing was changed or signed since. Refuses
    NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived, PlanIsEmpty."""
    plan = await hold(op, patient_id, plan_id, version)
    before = await op.db.one(TreatmentPresentation, LATEST, plan_id=plan_id)
    if before and before.plan_version == plan.version and not await op.db.value(IS_SIGNED, presentation_id=before.id):
        return await get_presentation(op, patient_id=patient_id, plan_id=plan_id)
    items = [item for item in await op.db.all(TreatmentItem, LIVE, plan_id=plan_id) if item.status != "performed"]
    if not items:
        raise PlanIsEmpty()
    known = await estimates_of(op, items)
    body = [frozen.frozen(item, known[item.id]._asdict() if item.id in known else None) for item in items]
    number = before.number + 1 if before else 1
    currency = op.clinic.currency
    await op.db.run(
        SHOW, patient_id=patient_id, plan_id=plan_id, number=number, plan_version=plan.version, title=plan.title,
        body=Jsonb(body), currency=currency,
        hash=frozen.presented_hash(
            plan_id=plan_id, patient_id=patient_id, number=number, title=plan.title, currency=currency, body=body
        ),
    )  # fmt: skip
    await op.emit(PlanChanged(plan_id, patient_id))
    return await get_presentation(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def accept(
    op: Op, *, patient_id: UUID, plan_id: UUID, number: int, decisions: Mapping[UUID, bool], signer_name: str, picture: bytes,
    version: int | None = None,
) -> Shown:  # fmt: skip
    """What the patient says of each item of the version they see, with their signature as a PNG: true accepts. Items under way
    are not decided again. Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived, NoSuchPresentation, PresentationIsOld,
    PlanChangedSinceShown, PresentationIsSigned, NotAPatientSignature, vault.KeysAway, and in words decisions that are not of
    exactly what was shown, or accept two alternatives."""
    if len(picture) > MOST_BYTES or not is_signature(picture) or not frozen.is_drawn(picture):
        raise NotAPatientSignature(most_kb=MOST_BYTES // 1024)
    plan = await hold(op, patient_id, plan_id, version)
    shown = await op.db.one(TreatmentPresentation, LATEST, plan_id=plan_id)
    if shown is None or number > shown.number:
        raise NoSuchPresentation()
    if number != shown.number:
        raise PresentationIsOld(number=shown.number)
    if await op.db.value(IS_SIGNED, presentation_id=shown.id):
        raise PresentationIsSigned()
    if shown.plan_version != plan.version:
        raise PlanChangedSinceShown(number=shown.number)
    items = {item.id: item for item in await op.db.all(TreatmentItem, LIVE, plan_id=plan_id)}
    open_ = [UUID(one["id"]) for one in shown.body if items[UUID(one["id"])].status not in ("in_progress", "performed")]
    _check(open_, items, decisions)
    said = {str(id): "accepted" if decisions[id] else "declined" for id in open_}
    drawn, at = frozen.picture_hash(picture), op.now
    try:
        acceptance_id: UUID = await op.db.value(
            SIGN, patient_id=patient_id, plan_id=plan_id, presentation_id=shown.id, signer_name=signer_name,
            decisions=Jsonb(said), picture_hash=drawn, signed_at=at,
            hash=frozen.signed_hash(
                presented=shown.hash, decisions=said, signer_name=signer_name, picture_hash=drawn, at=at
            ),
        )  # fmt: skip
    except UniqueViolation as error:
        raise PresentationIsSigned() from error
    sealed = await vault.seal(op, table=TABLE, column=COLUMN, row=acceptance_id, value=picture)
    op.db.with_next(KEEP, acceptance_id=acceptance_id, sealed=sealed)
    for status in ("declined", "accepted"):
        ids = [id for id in open_ if said[str(id)] == status]
        op.db.with_next(DECIDE, ids=ids, status=status, acceptance_id=acceptance_id)
    await op.emit(PlanChanged(plan_id, patient_id))
    return await get_presentation(op, patient_id=patient_id, plan_id=plan_id)


def _check(open_: list[UUID], items: Mapping[UUID, TreatmentItem], decisions: Mapping[UUID, bool]) -> None:
    if not open_:
        raise malformed("/decisions", "too_short", "There is nothing left to decide in this version.")
    if set(decisions) != set(open_):
        raise malformed("/decisions", "not_all", "Say of each item that was shown whether it is accepted, and of no other.")
    begun = {item.choice for item in items.values() if item.choice and item.status in ("in_progress", "performed")}
    chosen = [items[id].choice for id in open_ if decisions[id] and items[id].choice]
    if len(set(chosen)) < len(chosen) or begun & set(chosen):
        raise malformed("/decisions", "one_of", "Of alternatives one is accepted.")

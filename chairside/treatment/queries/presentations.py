import asyncio
from typing import Any, NamedTuple
from uuid import UUID

from chairside import documents, patients, tenancy
from chairside.kernel import vault
from chairside.kernel.audit import EXPORTED, opened
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.treatment.rows import ACCEPTANCE, PRESENTATION, TreatmentAcceptance, TreatmentPresentation
from chairside.treatment.rules import frozen
from chairside.treatment.rules.papers import plan_facts
from chairside.treatment.rules.refusals import NoSuchPresentation

TABLE, COLUMN = "treatment_signature", "sealed"
GET = opened(
    f"""
    select {PRESENTATION}
      from treatment_presentation as shown
     where shown.patient_id = %(patient_id)s
       and shown.plan_id = %(plan_id)s
       and (%(number)s::int is null or shown.number = %(number)s)
     order by shown.number desc
     limit 1
""",
    entity="treatment_presentation",
    patient="patient_id",
)
ACCEPTED = f"select {ACCEPTANCE} from treatment_acceptance as acceptance where acceptance.presentation_id = %(presentation_id)s"
PICTURE = "select signature.sealed from treatment_signature as signature where signature.acceptance_id = %(acceptance_id)s"


class Shown(NamedTuple):
    """A version with what was signed of it. `picture`: a PNG, of whoever signed. `intact`: what stands here is what was shown and
    signed, by its hashes."""

    presentation: TreatmentPresentation
    acceptance: TreatmentAcceptance | None
    picture: bytes | None
    intact: bool


class PlanPaper(NamedTuple):
    name: str
    pdf: bytes


@needs("treatment.read")
async def get_presentation(op: Op, *, patient_id: UUID, plan_id: UUID, number: int | None = None) -> Shown:
    """The latest, or one by its number; its hashes are held against what stands here. Refuses NotOnCareTeam,
    NoSuchPresentation, vault.KeysAway."""
    await patients.check_record(op, patient_id=patient_id)
    found = await op.db.one(TreatmentPresentation, GET, patient_id=patient_id, plan_id=plan_id, number=number)
    if found is None:
        raise NoSuchPresentation()
    acceptance = await op.db.one(TreatmentAcceptance, ACCEPTED, presentation_id=found.id)
    picture = None
    if acceptance:
        sealed = await op.db.value(PICTURE, acceptance_id=acceptance.id)
        picture = await vault.open_(op, table=TABLE, column=COLUMN, row=acceptance.id, sealed=sealed) if sealed else None
    return Shown(found, acceptance, picture, _is_intact(found, acceptance, picture))


@needs("treatment.read")
@way_out(
    "paper", "treatment_presentation.title", "treatment_presentation.body", "treatment_acceptance.signer_name",
    "treatment_acceptance.decisions", "treatment_signature.sealed", "patient.first_name", "patient.last_name",
    "clinic.tax_id_sealed",
)  # fmt: skip
async def draw_presentation(op: Op, *, patient_id: UUID, plan_id: UUID, number: int | None = None) -> PlanPaper:
    """A version as a PDF, with the signature where it is signed. The same version gives the same bytes. Refuses as
    `get_presentation` does."""
    op.db.with_next(EXPORTED, what="treatment_plan", id=plan_id)
    shown = await get_presentation(op, patient_id=patient_id, plan_id=plan_id, number=number)
    patient = await patients.get(op, patient_id=patient_id)
    clinic = await tenancy.get(op)
    locale = op.clinic.locale
    facts: dict[str, Any] = plan_facts(
        shown.presentation, shown.acceptance, name=f"{patient.first_name} {patient.last_name}",
        register_number=patient.register_number, clinic=clinic._asdict(), zone=op.clinic.zone, locale=locale,
    )  # fmt: skip
    if shown.picture:
        facts["signed"]["picture"] = list(shown.picture)
    dated = shown.acceptance.signed_at if shown.acceptance else shown.presentation.created_at
    async with op.apart():
        pdf = await asyncio.to_thread(documents.render, "treatment-plan", facts, locale=locale, dated=dated)
    return PlanPaper(f"treatment-plan-{shown.presentation.number}.pdf", pdf)


def _is_intact(shown: TreatmentPresentation, acceptance: TreatmentAcceptance | None, picture: bytes | None) -> bool:
    presented = frozen.presented_hash(
        plan_id=shown.plan_id, patient_id=shown.of_patient_id, number=shown.number, title=shown.title, currency=shown.currency,
        body=shown.body,
    )  # fmt: skip
    if presented != shown.hash or acceptance is None:
        return presented == shown.hash
    drawn = frozen.picture_hash(picture or b"")
    signed = frozen.signed_hash(
        presented=shown.hash, decisions=acceptance.decisions, signer_name=acceptance.signer_name, picture_hash=drawn,
        at=acceptance.signed_at,
    )  # fmt: skip
    return drawn == acceptance.picture_hash and signed == acceptance.hash

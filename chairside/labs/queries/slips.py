import asyncio
from typing import Any, NamedTuple
from uuid import UUID

from chairside import charting, documents, tenancy
from chairside.kernel.audit import EXPORTED
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.labs.queries.cases import get_case
from chairside.labs.queries.laboratories import get_laboratory

NOTATIONS = {"fdi": "FDI", "universal": "Universal", "palmer": "Palmer"}
"""Called so in every language; the laboratory may count otherwise."""


class Paper(NamedTuple):
    name: str
    pdf: bytes


@needs("labs.read")
@way_out(
    "paper",
    "patient.first_name",
    "patient.last_name",
    "lab_case.work",
    "lab_case.teeth",
    "lab_case.shade",
    "lab_case.material",
    "lab_case.instructions",
    "lab_case.due_on",
    "laboratory.name",
)
async def draw_lab_slip(op: Op, *, patient_id: UUID, case_id: UUID) -> Paper:
    """What goes to the laboratory with the case, as a PDF. Refuses NoSuchLabCase, NotOnCareTeam."""
    case = await get_case(op, patient_id=patient_id, case_id=case_id)
    laboratory = await get_laboratory(op, laboratory_id=case.laboratory_id)
    clinic = await tenancy.get(op)
    op.db.with_next(EXPORTED, what="lab_case", id=case_id)
    locale, zone = op.clinic.locale, op.clinic.zone
    notation = charting.notation_of(clinic.tooth_notation, locale)
    sent = [step["at"] for step in case.steps if step["step"] in ("sent", "returned")]
    details: list[tuple[str, Any]] = [("wanted_by", case.due_on)]
    details += [("for_visit", case.visit_at.astimezone(zone).date())] if case.visit_at else []
    details += [("printed_on", op.today)] if not sent else []
    facts: dict[str, Any] = {
        "clinic": documents.sender(clinic._asdict(), locale),
        "laboratory": [line for line in (laboratory.name, laboratory.phone, laboratory.email) if line],
        "details": details,
        "patient": f"{case.first_name} {case.last_name}",
        "provider": case.provider_name,
        "work": case.work,
        "teeth": ", ".join(charting.number_of(tooth, notation) for tooth in case.teeth),
        "notation": NOTATIONS[notation],
        "shade": case.shade,
        "material": case.material,
        "instructions": case.instructions,
        "number": str(case.id)[-8:],
    }
    async with op.apart():
        pdf = await asyncio.to_thread(documents.render, "lab-slip", facts, locale=locale, dated=op.now)
    return Paper(f"lab-slip-{case.due_on}.pdf", pdf)

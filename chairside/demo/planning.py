"""Plans of what the charts plan, some only begun, some signed and waiting to be booked; and what is out at the laboratory."""

import io
import math
from datetime import timedelta
from random import Random
from uuid import UUID

from PIL import Image, ImageDraw

from chairside import charting, labs, patients, treatment
from chairside.demo.days import Life

LABORATORIES = (("Ceramic Studio", 7), ("Orthodontic Works", 14))
CASES: tuple[tuple[str, list[str], str | None, tuple[str, ...]], ...] = (
    ("crown", ["26"], "A3", ("sent",)), ("night_guard", [], None, ("sent", "received")), ("bridge", ["34", "35", "36"], "A2", ()),
    ("denture", [], "B1", ("sent",)), ("veneer", ["11"], "A1", ("sent", "received", "checked")),
    ("retainer", [], None, ("sent",)),
)  # fmt: skip
WIDE, HIGH = 480, 150


async def plan(life: Life) -> None:
    """By a chance of their own, so that the days stay what they are."""
    op, chance = life.op, Random(f"plans {life.practice.setting.name}")
    op.now = life.at
    for patient_id in [patient for patient in life.everyone if patient not in life.gone]:
        chart = await charting.get_chart(op, patient_id=patient_id)
        if not any(one["layer"] == "planned" and not one["struck_at"] for one in chart.findings):
            continue
        plan = await treatment.begin_plan(op, patient_id=patient_id, title=life.practice.setting.words.plan)
        brought = await treatment.bring_planned(op, patient_id=patient_id, plan_id=plan.id)
        if not brought.plan.items or chance.random() < 0.4:
            continue
        shown = await treatment.present(op, patient_id=patient_id, plan_id=plan.id)
        who = await patients.get(op, patient_id=patient_id)
        decisions = {UUID(item["id"]): chance.random() < 0.85 for item in brought.plan.items}
        await treatment.accept(
            op, patient_id=patient_id, plan_id=plan.id, number=shown.presentation.number, decisions=decisions,
            signer_name=f"{who.first_name} {who.last_name}", picture=_signature(chance),
        )  # fmt: skip


async def send_out(life: Life) -> None:
    """To laboratories, some of it late."""
    op, chance = life.op, Random(f"labs {life.practice.setting.name}")
    known = [await labs.add_laboratory(op, name=name, usual_days=days) for name, days in LABORATORIES]
    coming = chance.sample([one for one in life.everyone if one not in life.gone], len(CASES))
    for patient_id, (work, teeth, shade, steps) in zip(coming, CASES, strict=True):
        op.now = life.at - timedelta(days=chance.randrange(6, 12))
        facts = {
            "laboratory_id": known[work in ("night_guard", "retainer")].id, "appointment_id": None, "work": work, "teeth": teeth,
            "provider_id": life.practice.staff[0].provider.id, "shade": shade, "material": None, "instructions": None,
            "due_on": None,
        }  # fmt: skip
        case = await labs.plan_case(op, patient_id=patient_id, facts=facts)
        for step in steps:
            await labs.take_step(op, patient_id=patient_id, case_id=case.id, step=step)
    op.now = life.at


def _signature(chance: Random) -> bytes:
    """A line as a hand draws it: loops that grow smaller."""
    picture = Image.new("RGBA", (WIDE, HIGH), (0, 0, 0, 0))
    loops, lean = chance.uniform(5, 9), chance.uniform(0.2, 0.9)
    line = []
    for step in range(240):
        part = step / 240
        turn = part * loops * 2 * math.pi
        size = 42 * (1 - 0.7 * part)
        line.append(
            (40 + part * 380 + lean * size * math.cos(turn), 80 + size * math.sin(turn) * (0.6 + 0.4 * math.sin(part * 9)))
        )
    ImageDraw.Draw(picture).line(line, fill=(20, 30, 60, 255), width=4, joint="curve")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()

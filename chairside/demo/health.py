"""What patients of the practice say of their health: most of them that there is nothing, some of them something to heed."""

from random import Random
from typing import Any

from chairside import history
from chairside.demo.days import Life

TOLD = 60
"""So many were asked; the rest will be when they come."""

SOMETHING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("allergy", {"name": "Penicillin", "severity": "severe", "reaction": "Hives"}),
    ("allergy", {"name": "Latex", "severity": "mild"}),
    ("allergy", {"name": "Lidocaine", "severity": "life_threatening"}),
    ("medication", {"name": "Warfarin", "dose": "5 mg", "anticoagulant": True, "since": "2021"}),
    ("medication", {"name": "Metformin", "dose": "500 mg"}),
    ("condition", {"name": "Diabetes", "controlled": True, "since": "2015"}),
    ("condition", {"name": "High blood pressure", "controlled": False}),
    ("premedication", {"name": "Amoxicillin", "dose": "2 g", "reason": "Artificial heart valve"}),
)


async def tell_of(life: Life) -> None:
    """By a chance of their own, so that the days stay what they are."""
    op, chance = life.op, Random(f"health {life.practice.setting.name}")
    op.now = life.at
    here = [patient for patient in life.everyone if patient not in life.gone][:TOLD]
    for patient_id in here:
        told = chance.sample(SOMETHING, chance.choice((0, 0, 0, 1, 1, 2)))
        for kind, facts in told:
            await history.add_entry(op, patient_id=patient_id, kind=kind, facts=facts)
        for kind in ("allergy", "medication"):
            if kind not in {kind for kind, _ in told}:
                await history.say_none(op, patient_id=patient_id, kind=kind)
        if chance.random() < 0.7:
            await history.review(op, patient_id=patient_id)

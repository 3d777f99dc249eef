"""Periodontal exams of some patients: two that are signed, and the one of today, in which somebody has come halfway."""

from datetime import timedelta
from random import Random
from typing import Any

from chairside import charting
from chairside.charting.rules.dentition import stage_at
from chairside.charting.rules.perio import SITES, AtSite, AtTooth
from chairside.charting.rules.presence import Found, presence_of
from chairside.charting.rules.teeth import PERMANENT
from chairside.demo.days import Life

PROBED, OPEN = 8, 2
"""So many have been probed; of so many the last exam is still open."""
BEFORE = (380, 190, 0)
MOLARS = "678"


async def probe(life: Life) -> None:
    """By a chance of their own, so that the days stay what they are."""
    op, chance = life.op, Random(f"probing {life.practice.setting.name}")
    op.now = life.at
    probed = 0
    for patient_id in [patient for patient in life.everyone if patient not in life.gone]:
        chart = await charting.get_chart(op, patient_id=patient_id)
        if stage_at(chart.birth_date, op.today) != "permanent" or probed == PROBED:
            continue
        there = presence_of(Found(one["condition"], one["layer"], one["teeth"], one["pontics"]) for one in chart.findings)
        teeth = [tooth for tooth in PERMANENT if there.get(tooth, "present") == "present" and tooth[1] != "8"]
        sick = chance.sample(teeth, 6)
        for days in BEFORE if probed < OPEN else BEFORE[:2]:
            said = charting.Said(
                [
                    one
                    for tooth in (teeth if days else teeth[: len(teeth) // 2])
                    for one in _tooth(chance, tooth, tooth in sick, days)
                ],
                [AtTooth(tooth, {"mobility": 1}) for tooth in sick[:2]],
                {"examined_on": op.today - timedelta(days=days)},
            )
            exam = await charting.begin_exam(op, patient_id=patient_id, said=said)
            if days:
                await charting.sign_exam(op, patient_id=patient_id, exam_id=exam)
        probed += 1


def _tooth(chance: Random, tooth: str, sick: bool, days: int) -> list[AtSite]:
    found = []
    for site in SITES:
        between = len(site) == 2
        depth = chance.choice((2, 3, 3) if between else (1, 2, 2)) + (chance.choice((1, 2, 3)) + (days == 0) if sick else 0)
        margin = chance.choice((0, 0, 1, 2) if sick or tooth[1] in MOLARS else (0, 0, 0, 1))
        said: dict[str, Any] = {"depth": depth, "margin": margin}
        if chance.random() < (0.5 if sick else 0.08):
            said["bleeding"] = True
        if chance.random() < 0.15:
            said["plaque"] = True
        if tooth[0] in "34" and tooth[1] in "12" and site == "L":
            said["calculus"] = True
        found.append(AtSite(tooth, site, said))
    return found

"""The tooth charts of patients of the practice: what is there, what was found, what is planned."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from chairside import charting
from chairside.charting.rules.dentition import stage_at
from chairside.charting.rules.teeth import PERMANENT, PRIMARY, check_tooth
from chairside.demo.days import Life

CHARTED = 60
"""So many have been looked at; the rest will be when they come."""
MOLARS, FRONT = ("16", "26", "36", "46", "17", "27", "37", "47"), ("11", "12", "21", "22", "13", "23")
AGO = (40, 400, 900, 2000)


async def look_into(life: Life) -> None:
    """By a chance of their own, so that the days stay what they are."""
    op, chance = life.op, Random(f"mouths {life.practice.setting.name}")
    op.now = life.at
    for patient_id in [patient for patient in life.everyone if patient not in life.gone][:CHARTED]:
        chart = await charting.get_chart(op, patient_id=patient_id)
        milk = stage_at(chart.birth_date, op.today) != "permanent"
        for new in _mouth(chance, milk):
            days = chance.choice(AGO)
            day = op.today - timedelta(days=days)
            if chart.birth_date is None or day > chart.birth_date:
                await charting.record(op, patient_id=patient_id, new=replace(new, noted_on=day))


def _mouth(chance: Random, milk: bool) -> Iterator[charting.New]:
    def of(tooth: str, condition: str, layer: Any = "condition", **more: Any) -> charting.New:
        return charting.New([check_tooth(tooth)], condition, layer, even_if_absent=True, **more)

    if milk:
        for tooth in chance.sample([one for one in PRIMARY if one[1] in "45"], 2):
            yield of(tooth, "caries", surfaces=("O",), plan=("restoration", "glass_ionomer"))
        yield of("16", "sealant", "done", surfaces=("O",))
        return
    for tooth in chance.sample(MOLARS, chance.choice((2, 3, 4))):
        surfaces = chance.choice((("O",), ("M", "O"), ("M", "O", "D"), ("D", "O")))
        yield of(tooth, "restoration", chance.choice(("existing", "existing_other", "done")), surfaces=surfaces,
                 material=chance.choice(("composite", "amalgam", "composite")))  # fmt: skip
    if chance.random() < 0.6:
        yield of(chance.choice(("14", "24", "35", "45")), "caries", surfaces=("D", "O"), detail="dentine",
                 plan=("restoration", "composite"))  # fmt: skip
    if chance.random() < 0.3:
        tooth = chance.choice(("15", "25"))
        yield of(tooth, "root_canal", "existing")
        yield of(tooth, "crown", "existing", material="metal_ceramic")
    if chance.random() < 0.2:
        yield of(chance.choice(FRONT), "veneer", "planned", material="ceramic")
    for tooth in chance.sample(("18", "28", "38", "48"), chance.choice((0, 2, 4))):
        yield of(tooth, chance.choice(("missing", "impacted")))
    if chance.random() < 0.15:
        tooth = chance.choice([one for one in PERMANENT if one[1] in "456"])
        yield of(tooth, "missing")
        yield of(tooth, "implant", "planned")
    if chance.random() < 0.3:
        yield of(chance.choice(MOLARS), "watch", surfaces=("O",), note="Look again at the next check-up")

"""Whatever is done to a chart, in whatever order: nothing is lost, and list and history say the same."""

import random

import pytest

from chairside.charting.rules.conditions import CONDITIONS, LAYERS
from chairside.charting.rules.surfaces import surfaces_of
from chairside.charting.rules.teeth import TEETH

ACTS = ("record", "record", "record", "strike", "restore", "correct", "fulfil")


def drawn(lot, teeth):
    condition = lot.choice([name for name, known in CONDITIONS.items() if not known.spans])
    known = CONDITIONS[condition]
    tooth = lot.choice(teeth)
    on = lot.sample(surfaces_of(TEETH[tooth]), lot.randint(1, 3)) if known.surfaces != "none" else []
    return {
        "teeth": [tooth], "condition": condition, "layer": lot.choice(LAYERS[known.sort]), "surfaces": on, "even_if_absent": True,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_any_sequence_keeps_list_and_history_the_same(charts, seed):
    lot = random.Random(seed)
    standing, struck, moments = {}, {}, []
    for _ in range(40):
        act = lot.choice(ACTS)
        one = lot.choice(list(standing.values())) if standing else None
        if act == "record" or one is None:
            made = await charts.asked(**drawn(lot, ["16", "11", "54", "36"]))
            assert made.status_code == 201, made.text
            standing |= {new["id"]: new for new in made.json()["findings"]}
        elif act == "strike":
            answer = await charts.act(one, "strike", json={"reason": "Wrong"}, version=one["version"])
            assert answer.status_code == 201
            struck[one["id"]] = standing.pop(one["id"])
        elif act == "restore" and struck:
            id = lot.choice(list(struck))
            answer = await charts.act(struck[id], "strike", "DELETE")
            plan = struck[id]["fulfils_id"]
            again = any(other["fulfils_id"] == plan for other in standing.values()) and plan
            assert answer.status_code == (409 if again else 200)
            if not again:
                standing[id] = answer.json()
                struck.pop(id)
        elif act == "correct":
            answer = await charts.act(one, "correction", json=drawn(lot, ["16", "11"]) | {"reason": "Wrong"})
            assert answer.status_code == 201, answer.text
            struck[one["id"]] = standing.pop(one["id"])
            standing |= {new["id"]: new for new in answer.json()["findings"]}
        elif act == "fulfil":
            answer = await charts.act(one, "completion", json={})
            may = one["layer"] == "planned" and not any(other["fulfils_id"] == one["id"] for other in standing.values())
            assert answer.status_code == (201 if may else 409), answer.text
            standing |= {new["id"]: new for new in answer.json().get("findings", [])}
        all_ = (await charts.chart())["findings"]
        assert {one["id"] for one in all_} == {*standing, *struck}  # nothing is ever lost
        assert {one["id"] for one in all_ if not one["struck_at"]} == set(standing)
        latest = max((each["created_at"] for each in all_), default=None)
        moments.append((latest, {each["id"] for each in all_ if each["created_at"] <= latest}))
    for at, ids in moments[::8]:
        then = (await charts.chart(params={"at": at}))["findings"]
        assert {one["id"] for one in then} == ids

"""Whatever is done to an item in whatever order: list, chart and ledger say the same."""

import random

import pytest

from tests.treatment.test_doing import done_findings, of_chart

ACTS = ("perform", "undo", "note", "price", "show", "sign", "decline")


@pytest.mark.parametrize("seed", range(6))
async def test_list_chart_and_ledger_agree(plans, charts, listed, seed):
    turn = random.Random(seed)
    plan, _ = await of_chart(plans, charts)
    item = plan["items"][0]
    path = f"/{plan['id']}/items/{item['id']}"
    for _ in range(14):
        now = await plans.get(plan)
        match turn.choice(ACTS):
            case "perform":
                await plans.act(plan, item)
            case "undo":
                await plans.act(plan, item, verb="DELETE")
            case "note":
                await plans.ask("PATCH", path, json={"note": str(turn.random())}, version=now["version"])
            case "price":
                price = {"amount": turn.randrange(1, 900), "currency": "RON"}
                await plans.ask("PATCH", path, json={"price": price}, version=now["version"])
            case "show":
                await plans.ask("POST", f"/{plan['id']}/presentation")
            case what:
                shown = (await plans.ask("GET", f"/{plan['id']}/presentation")).json()
                await plans.sign(plan, shown, yes=None if what == "sign" else set())
        [one] = (await plans.get(plan))["items"]
        done = one["status"] == "performed"
        assert await plans.owed() == (one["price"]["amount"] if done else 0)
        assert len(await done_findings(charts)) == len(one["work"]) == int(done)
        assert [waiting["id"] for waiting in await plans.unscheduled()] == ([one["id"]] if one["status"] == "accepted" else [])

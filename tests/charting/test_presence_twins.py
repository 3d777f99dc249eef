"""Whether a tooth is there is asked on the server and drawn in the browser: both say the same of the same findings."""

import json
import random
from pathlib import Path

from chairside.charting.rules.conditions import CONDITIONS, LAYERS
from chairside.charting.rules.presence import Found, presence_of

CASES = Path(__file__).parents[2] / "web/packages/dental/src/presence-cases.json"
TEETH = ["14", "15", "16", "55", "11+1"]


def cases():
    lot = random.Random(11)
    for _ in range(150):
        findings = []
        for _ in range(lot.randint(1, 7)):
            condition = lot.choice(sorted(CONDITIONS))
            teeth = lot.sample(TEETH, lot.randint(1, 3))
            pontics = lot.sample(teeth, lot.randint(0, len(teeth) - 1)) if condition == "bridge" else []
            findings.append([condition, lot.choice(LAYERS[CONDITIONS[condition].sort]), teeth, pontics])
        yield {"findings": findings, "presence": presence_of(Found(*each) for each in findings)}


def test_the_cases_that_the_browser_is_held_against_are_what_the_server_says():
    told = "[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n"
    assert json.loads(CASES.read_text()) == json.loads(told), f"write this to {CASES.name}:\n{told}"

"""What a browser counts while somebody types: web/packages/dental/src/perio/indices.test.ts asks the same exams of it."""

import json
from pathlib import Path

import pytest

from chairside.charting.rules import perio

CASES = json.loads((Path(__file__).parents[2] / "web/packages/dental/src/perio/indices-cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_indices_are_those_that_a_browser_counts(case):
    found = perio.indices_of(perio.exam_of({tooth["tooth"]: perio.Cells.of(tooth) for tooth in case["teeth"]}))
    means = [None if mean is None else float(mean) for mean in (found.mean_depth, found.mean_attachment_loss)]
    assert case["indices"] == {
        "sites": found.sites, "bleeding": found.bleeding_percent, "plaque": found.plaque_percent, "meanDepth": means[0],
        "meanLoss": means[1], "atLeast4": found.at_least_4, "atLeast5": found.at_least_5, "atLeast6": found.at_least_6,
    }  # fmt: skip

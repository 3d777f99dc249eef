import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.charting.rules import conditions, presence, shown
from chairside.charting.rules.dentition import stage_at
from chairside.charting.rules.teeth import TEETH
from chairside.charting.schemas.charts import Condition, Detail, Layer, Material
from chairside.kernel.refusals import Wrong

TOLD = Path(__file__).parents[2] / "web/packages/dental/src/conditions.json"


class TestConditions:
    def test_are_known_to_the_web_app_as_they_are(self):
        assert json.loads(TOLD.read_text()) == json.loads(shown.conditions_json()), (
            f"write shown.conditions_json() to {TOLD.name}"
        )

    def test_are_those_that_http_accepts(self):
        known = conditions.CONDITIONS
        assert set(known) == set(Condition.__args__)
        assert {layer for layers in conditions.LAYERS.values() for layer in layers} == set(Layer.__args__)
        assert {material for one in known.values() for material in one.materials} == set(Material.__args__)
        assert {detail for one in known.values() for detail in one.details} == set(Detail.__args__)

    def test_are_usually_treated_by_work_that_can_be_planned_on_what_they_have(self):
        for name, (treatment, material) in conditions.USUAL.items():
            wanted = conditions.check_what(treatment, "planned", material=material, detail=None)
            assert not wanted.spans
            assert wanted.surfaces != "required" or conditions.CONDITIONS[name].surfaces != "none"

    def test_a_bridge_stands_on_something(self):
        teeth = [TEETH["14"], TEETH["15"], TEETH["16"]]
        assert conditions.check_where("bridge", teeth, (), ["15"]) == ()
        with pytest.raises(Wrong, match="stand on"):
            conditions.check_where("bridge", teeth, (), ["14", "15", "16"])


FOUND = st.builds(
    presence.Found,
    st.sampled_from(sorted(conditions.CONDITIONS)),
    st.sampled_from(["condition", "existing", "existing_other", "planned", "done", "referred"]),
    st.lists(st.sampled_from(["14", "15", "16"]), min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from(["14", "15", "16"]), max_size=2, unique=True),
)


class TestPresence:
    @given(st.lists(FOUND, max_size=12))
    def test_is_what_was_last_said_of_a_tooth(self, findings):
        said = presence.presence_of(findings)
        for tooth in ("14", "15", "16"):
            last = None
            for one in findings:  # looked for plainly, tooth by tooth
                alone = presence.presence_of([one]).get(tooth)
                last = alone or last
            assert said.get(tooth) == last

    @given(st.lists(FOUND, max_size=8))
    def test_is_not_changed_by_plans(self, findings):
        plans = [one._replace(layer="planned") for one in findings]
        assert presence.presence_of([*findings, *plans]) == presence.presence_of(findings)

    def test_of_a_planned_implant_asks_nothing(self):
        assert not presence.asks("implant", "planned", "missing")
        assert presence.asks("caries", "condition", "missing")
        assert presence.asks("caries", "condition", "implant")


class TestStage:
    def test_is_permanent_where_nobody_knows_the_birthday(self):
        assert stage_at(None, date(2026, 1, 1)) == "permanent"
        assert stage_at(date(2020, 1, 2), date(2026, 1, 1)) == "primary"
        assert stage_at(date(2020, 1, 1), date(2026, 1, 1)) == "mixed"
        assert stage_at(date(2012, 2, 29), date(2025, 2, 28)) == "mixed"
        assert stage_at(date(2012, 2, 29), date(2025, 3, 1)) == "permanent"

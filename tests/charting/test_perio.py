import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.charting.rules import perio
from chairside.charting.rules.perio import staging
from chairside.charting.rules.teeth import TEETH

CASES = json.loads((Path(__file__).parent.parent / "cases" / "perio.json").read_text())["cases"]


def of(*kinds):
    return pytest.mark.parametrize("case", [case for case in CASES if case["kind"] in kinds], ids=lambda case: case["id"])


class TestTheCases:
    def test_are_each_asked_of_something(self):
        asked = {"cal", "modified_bleeding_score", "modified_plaque_score", "plaque_index", "bop", "stage", "extent", "grade"}
        assert {case["kind"] for case in CASES} == asked | {"site_chart"}

    @of("cal")
    def test_attachment_loss(self, case):
        site = perio.Site(case["input"]["depth_mm"], case["input"]["margin_to_cej_mm"])
        assert perio.attachment_loss(site) == case["expected"]["cal_mm"]

    @of("modified_bleeding_score", "modified_plaque_score")
    def test_scores_of_index_teeth(self, case):
        asked = case["input"]
        assert perio.percent(asked["total_score"], asked["index_teeth"] * asked["max_per_tooth"]) == case["expected"]["percent"]

    @of("plaque_index")
    def test_plaque(self, case):
        asked = case["input"]
        available = asked["teeth"] * asked["surfaces_per_tooth"]
        assert available == case["expected"]["available"]
        assert perio.percent(asked["plaque_surfaces"], available) == case["expected"]["percent"]

    @of("bop")
    def test_bleeding(self, case):
        asked, expected = case["input"], case["expected"]
        probed = asked.get("examined_sites") or asked["teeth"] * asked["sites_per_tooth"]
        if "percent" in expected:
            assert perio.percent(asked["bleeding_sites"], probed) == expected["percent"]
        assert perio.gingivitis(asked["bleeding_sites"], probed) == expected["gingivitis"]

    @of("stage")
    def test_stage(self, case):
        asked, expected = case["input"], case["expected"]
        found = perio.stage(
            perio.Staging(
                interdental_loss=asked["max_interdental_cal_mm"],
                bone_loss=asked["rbl_percent"],
                teeth_lost=asked["teeth_lost_perio"],
                depth=asked["max_depth_mm"],
                furcation=asked.get("furcation_class", 0),
                teeth_present=asked.get("teeth_present"),
            )
        )
        assert found == expected["stage"]
        if "extent" in expected:
            assert perio.extent(asked["teeth_affected"], asked["teeth_present"]) == expected["extent"]
            assert perio.percent(asked["teeth_affected"], asked["teeth_present"]) == expected["extent_percent"]

    @of("extent")
    def test_extent(self, case):
        assert perio.extent(case["input"]["teeth_affected"], case["input"]["teeth_present"]) == case["expected"]["extent"]

    @of("grade")
    def test_grade(self, case):
        asked = case["input"]
        given_ = perio.Grading(
            loss=Decimal(asked["loss_mm_5y"]) if "loss_mm_5y" in asked else None, bone_loss=asked["rbl_percent"], age=asked["age"],
            cigarettes=asked.get("cigarettes_per_day", 0), diabetes=asked.get("diabetes", False),
            hba1c=Decimal(asked["hba1c"]) if "hba1c" in asked else None,
        )  # fmt: skip
        assert perio.grade(given_) == case["expected"]["grade"]
        if "ratio" in case["expected"]:
            assert str(staging.ratio(given_)) == case["expected"]["ratio"]

    @of("site_chart")
    def test_a_chart_of_sites(self, case):
        names = case["input"]["site_order"].split()
        exam = {
            tooth["fdi"]: perio.ToothExam(
                {
                    name: perio.Site(depth, margin, bool(bleeds))
                    for name, depth, margin, bleeds in zip(names, tooth["depth"], tooth["margin"], tooth["bleeding"], strict=True)
                }
            )
            for tooth in case["input"]["teeth"]
        }
        expected, found = case["expected"], perio.indices_of(exam)
        assert [[perio.attachment_loss(tooth.sites[name]) for name in names] for tooth in exam.values()] == expected["cal"]
        assert (found.sites, found.bleeding_percent, found.deepest) == (
            expected["sites"], expected["bop_percent"], expected["max_depth"],
        )  # fmt: skip
        assert (found.at_least_4, found.at_least_6) == (expected["sites_depth_ge_4"], expected["sites_depth_ge_6"])
        assert found.greatest_interdental_loss == expected["max_interdental_cal"]


SITE = st.builds(
    perio.Site, st.none() | st.integers(0, 15), st.none() | st.integers(-5, 12), st.none() | st.booleans(), st.none() | st.booleans(),
    st.none() | st.booleans(), st.none() | st.booleans(),
)  # fmt: skip
EXAM = st.dictionaries(
    st.sampled_from(["16", "11", "36"]),
    st.builds(perio.ToothExam, st.dictionaries(st.sampled_from(perio.SITES), SITE)),
    max_size=3,
)


def slowly(exam):
    """The same, counted site by site."""
    probed = bled = plaque = looked = four = 0
    losses = []
    for tooth in sorted(exam):
        for name in perio.SITES:
            site = exam[tooth].sites.get(name)
            if site is None:
                continue
            if site.depth is not None:
                probed += 1
                bled += 1 if site.bleeding else 0
                four += 1 if site.depth > 3 else 0
                if site.margin is not None:
                    losses.append(site.depth + site.margin)
            if site.plaque is not None:
                looked += 1
                plaque += 1 if site.plaque else 0
    half_up = lambda part, whole: None if not whole else (200 * part + whole) // (2 * whole)  # noqa: E731
    return probed, half_up(bled, probed), half_up(plaque, looked), four, len(losses), sum(losses)


class TestIndices:
    @given(EXAM)
    def test_are_those_of_a_slow_count(self, exam):
        found = perio.indices_of(exam)
        probed, bleeding, plaque, four, losses, total = slowly(exam)
        assert (found.sites, found.bleeding_percent, found.plaque_percent, found.at_least_4) == (probed, bleeding, plaque, four)
        if losses:
            assert abs(found.mean_attachment_loss * losses - total) <= Decimal("0.005") * losses
        else:
            assert found.mean_attachment_loss is None


class TestChanges:
    @given(EXAM)
    def test_from_an_exam_to_itself_are_none(self, exam):
        assert perio.changes(exam, exam) == []

    @given(EXAM, EXAM)
    def test_are_of_two_millimetres_or_new_bleeding(self, before, after):
        for one in perio.changes(before, after):
            assert (one.deeper_by or 0) >= 2 or (one.lost or 0) >= 2 or one.new_bleeding
            assert one.site in before[one.tooth].sites

    def test_say_by_how_much(self):
        before = {"16": perio.ToothExam({"MB": perio.Site(3, 1, bleeding=False), "B": perio.Site(3, 0)})}
        after = {"16": perio.ToothExam({"MB": perio.Site(4, 2, bleeding=True), "B": perio.Site(4, 0)})}
        assert perio.changes(before, after) == [perio.Change("16", "MB", 1, 2, True)]


class TestEntrances:
    def test_are_those_that_a_tooth_has(self):
        assert perio.entrances_of(TEETH["16"]) == ("B", "M", "D")
        assert perio.entrances_of(TEETH["36"]) == ("B", "L")
        assert perio.entrances_of(TEETH["14"]) == ("M", "D")
        assert perio.entrances_of(TEETH["55"]) == ("B", "M", "D")
        for none in ("11", "13", "15", "25", "34", "44"):
            assert perio.entrances_of(TEETH[none]) == ()

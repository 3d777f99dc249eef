import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.charting.rules import surfaces, teeth
from chairside.kernel.refusals import Wrong

CASES = json.loads((Path(__file__).parent.parent / "cases" / "teeth.json").read_text())


class TestTeeth:
    @pytest.mark.parametrize("case", CASES["teeth"], ids=lambda case: case["fdi"])
    def test_each_is_as_the_tables_say(self, case):
        tooth = teeth.TEETH[case["fdi"]]
        assert (tooth.universal, tooth.palmer, tooth.dentition, tooth.arch, tooth.side, tooth.quadrant) == (
            case["universal"], case["palmer"], case["dentition"], case["arch"], case["side"], case["quadrant"],
        )  # fmt: skip
        assert f"S{tooth.sextant}" == case["sextant"]
        assert (tooth.region, tooth.tooth_class, tooth.successor) == (case["region"], case["tooth_class"], case["successor_fdi"])
        assert list(tooth.surfaces) == case["valid_surfaces"]

    def test_there_are_no_others(self):
        assert set(teeth.TEETH) == {case["fdi"] for case in CASES["teeth"]}

    @pytest.mark.parametrize("notation", ["fdi", "universal", "palmer"])
    def test_every_number_leads_back_to_its_tooth(self, notation):
        for tooth in teeth.TEETH.values():
            assert teeth.find_tooth(getattr(tooth, notation).lower(), notation) == tooth

    @pytest.mark.parametrize("notation", ["fdi", "universal", "palmer"])
    def test_every_tooth_is_written_with_its_number(self, notation):
        for tooth in teeth.TEETH.values():
            assert teeth.number_of(tooth.id, notation) == getattr(tooth, notation)
            assert teeth.number_of(f"{tooth.id}+2", notation) == f"{getattr(tooth, notation)}+2"

    @pytest.mark.parametrize(
        ("said", "locale", "notation"),
        [
            (None, "en-US", "universal"),
            (None, "ro-RO", "fdi"),
            (None, "en-GB", "fdi"),
            ("palmer", "en-US", "palmer"),
            ("fdi", "en-US", "fdi"),
        ],
    )
    def test_a_clinic_counts_as_it_said_or_as_its_country_does(self, said, locale, notation):
        assert teeth.notation_of(said, locale) == notation

    @pytest.mark.parametrize("case", CASES["invalid_ids"], ids=lambda case: case["id"])
    def test_what_is_no_tooth_is_not_found(self, case):
        assert teeth.find_tooth(case["value"], case["system"]) is None

    @pytest.mark.parametrize("text", ["19", "49", "56", "99", "", "1", "16+0", "16+10", "19+1", "16+", "+1", "UR6"])
    def test_check_refuses_what_is_no_tooth(self, text):
        with pytest.raises(Wrong, match="FDI number"):
            teeth.check_tooth(text)

    def test_an_extra_tooth_is_the_nearest_one_and_an_ordinal(self):
        extra = teeth.check_tooth("11+1")
        assert (extra.fdi, extra.ordinal, extra.id, extra.region) == ("11", 1, "11+1", "anterior")


class TestSurfaces:
    @pytest.mark.parametrize("case", CASES["surface_cases"], ids=lambda case: case["id"])
    def test_are_kept_as_the_cases_say(self, case):
        tooth = teeth.find_tooth(case["fdi"])
        if not case["valid"]:
            with pytest.raises(Wrong):
                surfaces.check_surfaces(tooth or teeth.check_tooth(case["fdi"]), case["surfaces"])
            return
        assert tooth
        assert "".join(surfaces.check_surfaces(tooth, case["surfaces"])) == case["normalized"]

    @pytest.mark.parametrize("case", CASES["teeth"], ids=lambda case: case["fdi"])
    def test_each_alias_is_kept_as_its_like(self, case):
        tooth = teeth.TEETH[case["fdi"]]
        for alias, kept in case["surface_aliases"].items():
            assert surfaces.check_surfaces(tooth, alias) == (kept,)

    def test_a_palate_is_above_only(self):
        assert surfaces.check_surfaces(teeth.TEETH["26"], "P") == ("L",)
        with pytest.raises(Wrong, match="no surface P"):
            surfaces.check_surfaces(teeth.TEETH["36"], "P")

    @given(
        st.sampled_from(sorted(teeth.TEETH)).flatmap(
            lambda fdi: st.tuples(
                st.just(teeth.TEETH[fdi]),
                st.permutations(surfaces.surfaces_of(teeth.TEETH[fdi])),
                st.integers(0, 7),
                st.booleans(),
            )
        )
    )
    def test_what_is_shown_is_read_back_whatever_its_order(self, drawn):
        tooth, order, count, lower = drawn
        some = order[:count]
        kept = surfaces.check_surfaces(tooth, some)
        assert set(kept) == set(some)
        text = surfaces.shown(kept)
        assert surfaces.check_surfaces(tooth, text.lower() if lower else text) == kept
        assert surfaces.check_surfaces(tooth, "".join(some)) == kept

    @given(st.sampled_from(sorted(teeth.TEETH)), st.text(max_size=12))
    def test_any_text_is_kept_or_refused_in_words(self, fdi, text):
        tooth = teeth.TEETH[fdi]
        parts = surfaces.split(text)
        kept = [surfaces.check_surfaces(tooth, part) for part in parts if _is_of(tooth, part)]
        if len(kept) == len(parts) == len(set(kept)):
            assert set(surfaces.check_surfaces(tooth, text)) == {name for [name] in kept}
        else:
            with pytest.raises(Wrong, match=r"no surface|named twice"):
                surfaces.check_surfaces(tooth, text)


def _is_of(tooth, name):
    alike = {"V": "B", "F": "B", "B": "B", "P": "L" if tooth.arch == "upper" else "P"}
    outer = "B" if tooth.region == "posterior" else "F"
    kept = alike.get(name[0], name[0])
    return (outer if kept == "B" else kept) + name[1:] in surfaces.surfaces_of(tooth)

"""What of a patient's own list speaks against a drug, by the small table, and what is controlled."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from chairside.prescribing.rules import drugs
from chairside.prescribing.rules.warnings import INTERACTIONS, Known, is_severe, warnings

ALLERGY, TAKEN, ILL = (lambda name, kind=kind: Known(kind, name) for kind in ("allergy", "medication", "condition"))
TABLE = [
    ("Amoxicillin", ALLERGY("Amoxicillin"), ("allergy", "severe", None)),
    ("Amoxicilină", ALLERGY("PENICILLIN"), ("allergy", "severe", "penicillin")),
    ("Amoxicillin and clavulanic acid", ALLERGY("Ampicilina"), ("allergy", "severe", "penicillin")),
    ("Cefuroxime", ALLERGY("Penicillin"), ("allergy", "moderate", "cephalosporin")),
    ("Cephalexin", ALLERGY("Cefalexină"), ("allergy", "severe", None)),
    ("Ibuprofen", ALLERGY("Aspirin"), ("allergy", "severe", "nsaid")),
    ("Ibuprofenum", ALLERGY("ibuprofène"), ("allergy", "severe", None)),
    ("Erythromycin", ALLERGY("Claritromicină"), ("allergy", "severe", "macrolide")),
    ("Lidocaine gel", ALLERGY("Articaine"), ("allergy", "severe", "local_anaesthetic")),
    ("Lidocaină", ALLERGY("anestezice locale"), ("allergy", "severe", "local_anaesthetic")),
    ("Amoxicillin", ALLERGY("بنسلين"), ("allergy", "severe", "penicillin")),
    ("Chlorhexidine gluconate", ALLERGY("Clorhexidină, chlorhexidine"), ("allergy", "severe", None)),
    ("Ibuprofen", TAKEN("Warfarin"), ("interaction", "severe", "nsaid")),
    ("Diclofenac", TAKEN("Rivaroxaban 20 mg"), ("interaction", "severe", "nsaid")),
    ("Naproxen sodium", Known("medication", "Blood thinner", anticoagulant=True), ("interaction", "severe", "nsaid")),
    ("Metronidazol", TAKEN("warfarină"), ("interaction", "severe", "nitroimidazole")),
    ("Clarithromycin", TAKEN("Acenocumarol"), ("interaction", "severe", "macrolide")),
    ("Fluconazole", TAKEN("Warfarin"), ("interaction", "severe", "azole")),
    ("Erythromycin", TAKEN("Simvastatin"), ("interaction", "severe", "macrolide")),
    ("Ibuprofen", TAKEN("Methotrexate"), ("interaction", "severe", "nsaid")),
    ("Ibuprofen", TAKEN("Naproxen"), ("interaction", "moderate", "nsaid")),
    ("Ibuprofen", TAKEN("Ibuprofen 200 mg"), ("duplicate", "moderate", None)),
    ("Doxycycline", TAKEN("Isotretinoin"), ("interaction", "severe", "tetracycline")),
    ("Metronidazole", TAKEN("Disulfiram"), ("interaction", "severe", "nitroimidazole")),
    ("Ibuprofen", ILL("Gastric ulcer"), ("condition", "severe", "nsaid")),
    ("Ibuprofen", ILL("Astm bronșic"), ("condition", "moderate", "nsaid")),
    ("Ketoprofen", ILL("Chronic kidney disease"), ("condition", "severe", "nsaid")),
    ("Paracetamol", ILL("Ciroză hepatică"), ("condition", "moderate", "paracetamol")),
    ("Doxiciclină", Known("pregnancy", ""), ("pregnancy", "severe", "tetracycline")),
    ("Ibuprofen", Known("pregnancy", ""), ("pregnancy", "severe", "nsaid")),
    ("Metronidazole", Known("pregnancy", ""), ("pregnancy", "moderate", "nitroimidazole")),
]
SAFE = [
    ("Amoxicillin", ALLERGY("Latex")), ("Clindamycin", ALLERGY("Penicillin")), ("Paracetamol", TAKEN("Rivaroxaban")), ("Nystatin", Known("pregnancy", "")),
    ("Amoxicillin", Known("pregnancy", "")), ("Azithromycin", ILL("Asthma")), ("Sodium fluoride", ALLERGY("Sodium lauryl sulfate")),
    ("Clavulanic acid", ALLERGY("Folic acid")), ("Paracetamol tablets", ALLERGY("Ibuprofen tablets")),
]  # fmt: skip


@pytest.mark.parametrize("drug, known, warned", TABLE)
def test_warns(drug, known, warned):
    found = warnings(drug, [known])
    assert (found[0].kind, found[0].severity, found[0].group) == warned
    assert found[0].against == known.name


@pytest.mark.parametrize("drug, known", SAFE)
def test_says_nothing_where_the_table_has_nothing(drug, known):
    assert warnings(drug, [known]) == []


def test_the_severe_come_first_and_each_once():
    history = [TAKEN("Warfarin"), Known("medication", "Warfarin", anticoagulant=True), ILL("Asthma"), ALLERGY("Aspirin")]
    found = warnings("Ibuprofen", history)
    assert [one.severity for one in found] == ["severe", "severe", "moderate"]
    assert is_severe(found)


CONTROLLED = [
    "codeine",
    "morphine",
    "tramadol",
    "oxycodone",
    "hydrocodone",
    "fentanyl",
    "diazepam",
    "alprazolam",
    "midazolam",
    "methylphenidate",
    "zolpidem",
    "ketamine",
]


@pytest.mark.parametrize("name", [
    "Codeine phosphate", "CODÉINE", "Codeină fosfat", "paracetamol/codeine", "Paracetamol + codein 30", "hydro-codone", "Hidrocodon", "Morfină", "Fentanil",
    "Diazepamum", "oxicodona HCl", "Metilfenidat", "Amfetamină", "co\u00addeine", "cod\u200beine", "ｃｏｄｅｉｎｅ", "كودايين", "Tramadol hydrochloride", "Cocaine",
])  # fmt: skip
def test_controlled_substances_are_known_with_salts_accents_and_case(name):
    assert drugs.controlled_in(name)


@pytest.mark.parametrize(
    "name",
    [
        "Amoxicillin",
        "Ibuprofen",
        "Lidocaine",
        "Articaine",
        "Clonidine",
        "Loperamide",
        "Nystatin",
        "Code",
        "",
        "500 mg",
        "Chlorhexidine",
    ],
)
def test_others_are_not(name):
    assert not drugs.controlled_in(name)


@for_all(
    st.sampled_from(CONTROLLED),
    st.text(max_size=30),
    st.sampled_from([" ", "/", " + ", ", ", "-"]),
    st.sampled_from([str.upper, str.title, str.lower]),
)
def test_nothing_that_stands_beside_it_hides_a_controlled_substance(name, beside, between, cased):
    assert drugs.controlled_in(f"{cased(name)}{between}{beside}")
    assert drugs.controlled_in(f"{beside} {cased(name)} phosphate")


NAMES = st.one_of(st.text(max_size=40), st.sampled_from(sorted(word for words in drugs.CLASSES.values() for word in words)))
HISTORY = st.lists(
    st.builds(Known, st.sampled_from(["allergy", "medication", "condition", "pregnancy", "premedication"]), NAMES, st.booleans()),
    max_size=8,
)


@for_all(NAMES, HISTORY)
def test_any_history_gives_an_answer_in_order_that_does_not_hang_on_the_order_of_entries(drug, history):
    found = warnings(drug, history)
    assert found == sorted(found, key=lambda one: one.severity != "severe")
    assert {(one.kind, one.severity, one.group, one.against) for one in found} == {
        (one.kind, one.severity, one.group, one.against) for one in warnings(drug, history[::-1])
    }


@for_all(NAMES, HISTORY, st.builds(Known, st.just("allergy"), NAMES))
def test_whoever_knows_more_warns_no_less(drug, history, more):
    before = {(one.kind, one.against, one.group) for one in warnings(drug, history)}
    after = {(one.kind, one.against, one.group) for one in warnings(drug, [*history, more])}
    assert before <= after


@pytest.mark.parametrize("own, other, severity", INTERACTIONS)
def test_every_row_of_the_table_is_found_by_every_substance_of_its_classes(own, other, severity):
    for mine in drugs.CLASSES[own]:
        for theirs in drugs.CLASSES[other]:
            if mine != theirs:
                found = warnings(mine, [TAKEN(theirs)])
                assert any(severity in (one.severity, "moderate") or one.kind == "duplicate" for one in found), (mine, theirs)


class TestCheck:
    async def test_is_against_what_holds_now(self, prescriptions):
        await prescriptions.told(kind="medication", name="Warfarin", anticoagulant=True)
        await prescriptions.told(kind="medication", name="Simvastatin", until="2020")
        assert await prescriptions.warned("Erythromycin") == [("interaction", "severe", "Warfarin")]
        found = await prescriptions.done("POST", "/warnings", json={"drug": "Codeine"})
        assert (found["controlled"], found["allergies"], found["medications"]) == (True, "not_asked", "some")

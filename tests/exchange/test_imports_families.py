"""Who answers for whom after an import: families one step deep, whoever in them is new."""

import pytest

from chairside.exchange.rules.families import Families
from tests.exchange.brought import everyone, rows


def head(number, guarantor, *, named=(), accepted=(), refused=(), registered=()):
    known = dict.fromkeys(accepted, True) | dict.fromkeys(refused, False)
    found = Families(known, dict(named), set(registered))
    assert found.head(number, guarantor) == found.head(number, guarantor)
    return found.head(number, guarantor)


@pytest.mark.parametrize(
    "number, guarantor, more, answer",
    [
        ("1", "2", {"accepted": "12"}, ("2", None)),
        ("1", "2", {"accepted": "123", "named": {"2": "3"}}, ("3", None)),
        ("1", "2", {"accepted": "12", "named": {"2": "9"}}, ("2", None)),
        ("1", "2", {"accepted": "12", "named": {"2": "9"}, "registered": "9"}, ("9", None)),
        ("1", "2", {"accepted": "1", "refused": "2"}, (None, "guarantor_refused")),
        ("1", "2", {"accepted": "1", "refused": "2", "registered": "2"}, ("2", None)),
        ("1", "2", {"accepted": "1"}, (None, "not_found")),
        ("1", "2", {"accepted": "12", "named": {"1": "2", "2": "1"}}, (None, "circular")),
        ("3", "1", {"accepted": "123", "named": {"1": "2", "2": "1", "3": "1"}}, ("1", None)),
        ("4", "3", {"accepted": "1234", "named": {"1": "2", "2": "1", "3": "1"}}, ("1", None)),
        (None, "2", {"accepted": "2"}, ("2", None)),
        (None, "2", {"accepted": "23", "named": {"2": "3"}}, ("3", None)),
    ],
)
def test_the_head_of_a_family_answers(number, guarantor, more, answer):
    assert head(number, guarantor, **more) == answer


def test_a_chain_of_any_length_is_walked_once():
    chain = {str(n): str(n + 1) for n in range(200_000)}
    found = Families(dict.fromkeys(map(str, range(200_001)), True), chain, set())
    assert {found.head(number, guarantor).number for number, guarantor in chain.items()} == {"200000"}


class TestFamilies:
    async def families(self, clinic) -> dict[str, str | None]:
        there = await everyone(clinic)
        numbers = {patient["id"]: patient["register_number"] for patient in there}
        return {patient["register_number"]: numbers.get(patient["guarantor_id"]) for patient in there}

    async def test_whoever_comes_first_in_the_file(self, north, bring):
        done = await bring(north, rows("1,Pop,Ana,,,3", "2,Pop,Ion,,,1", "3,Pop,Ilie,,,3", "4,Pop,Eva,,,2"))
        assert [problem["code"] for problem in done["problems"]] == ["not_given"] * 4
        assert await self.families(north) == {"1": "3", "2": "3", "3": None, "4": "3"}

    async def test_with_whom_the_clinic_has_already(self, north, given, bring):
        payer = await given.patient(north, register_number="50")
        await given.patient(north, "Eva", register_number="51", guarantor_id=payer.id)
        done = await bring(north, rows("1,Pop,Ana,,,50", "2,Pop,Ion,,,51", "3,Pop,Ilie,,,2", "51,Popescu,Eva,1980-05-01,,1"))
        assert {problem["field"] for problem in done["problems"]} == {"birth_date"}
        assert done["counts"]["already_present"] == 1
        assert await self.families(north) == {"50": None, "51": "50", "1": "50", "2": "50", "3": "50"}

    async def test_whose_guarantor_nobody_knows(self, north, bring):
        done = await bring(
            north, rows("1,Pop,Ana,,,9", "2,Pop,,,,", "3,Pop,Ion,,,2", "4,Pop,Ilie,,,1", "5,Pop,A,,,6", "6,Pop,B,,,5")
        )
        assert [(p["row"], p["field"], p["code"], p["outcome"]) for p in done["problems"] if p["field"] != "birth_date"] == [
            (2, "guarantor", "not_found", "warned"),
            (3, "first_name", "blank", "refused"),
            (4, "guarantor", "guarantor_refused", "warned"),
            (6, "guarantor", "circular", "warned"),
            (7, "guarantor", "circular", "warned"),
        ]
        assert await self.families(north) == {"1": None, "3": None, "4": "1", "5": None, "6": None}

    async def test_larger_than_a_batch(self, north, bring, undone):
        lines = [f"{n},Pop,Ana,,1.00,{n + 1 if n < 2500 else ''}" for n in range(1, 2501)]
        done = await bring(north, rows(*lines))
        assert (done["counts"]["accepted"], done["balances"]["ledger"]["amount"]) == (2500, 250_000)
        found = await self.families(north)
        assert found.pop("2500") is None
        assert set(found.values()) == {"2500"}

    async def test_stay_together_when_one_of_them_stays(self, north, bring, undone):
        done = await bring(north, rows("1,Pop,Ana,,,", "2,Pop,Ion,,,1", "3,Pop,Ilie,,,", "4,Pop,Eva,,,3"))
        ion = next(patient for patient in await everyone(north) if patient["register_number"] == "2")
        await north.ask("PATCH", f"/patients/{ion['id']}", json={"note": "here"}, version=ion["version"])
        gone = (await undone(north, done))["undone"]
        assert {kept["patient"]["register_number"]: kept["why"] for kept in gone["kept"]} == {"2": "changed", "1": "guarantor"}
        assert await self.families(north) == {"1": None, "2": "1"}

    async def test_stay_when_somebody_new_belongs_to_them(self, north, given, bring, undone):
        done = await bring(north, rows("1,Pop,Ana,,,", "3,Pop,Ilie,,,"))
        ana = next(patient for patient in await everyone(north) if patient["register_number"] == "1")
        await given.patient(north, "Baby", register_number="9", guarantor_id=ana["id"])
        gone = (await undone(north, done))["undone"]
        assert [(kept["patient"]["first_name"], kept["why"]) for kept in gone["kept"]] == [("Ana", "guarantor")]

    async def test_that_were_taken_out_again_bind_nobody(self, north, given, bring, undone):
        """Somebody whose dependents are gone may have a guarantor, and somebody who is gone can be nobody's."""
        head = await given.patient(north, "Ana", register_number="1")
        payer = await given.patient(north, "Dan", register_number="2")
        done = await bring(north, rows("3,Pop,Ion,,,1", "4,Pop,Ilie,,,"))
        gone = next(patient for patient in await everyone(north) if patient["register_number"] == "4")
        await undone(north, done)
        changed = await north.ask("PATCH", f"/patients/{head.id}", json={"guarantor_id": str(payer.id)}, version=head.version)
        assert changed.status_code == 200, changed.text
        child = {"first_name": "Baby", "last_name": "Pop", "birth_date": "2020-01-02", "sex": "other", "guarantor_id": gone["id"]}
        refused = await north.ask("POST", "/patients", json=child)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_found")

"""Numbers that check themselves, those that only whoever runs the practice sees, and licences with the day they run out."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from chairside.kernel import clock
from chairside.scheduling.rules.identifiers import is_card_issuer, is_dea, is_npi, standing
from tests.conftest import NOON

CASES = json.loads((Path(__file__).parents[1] / "cases/identifiers.json").read_text())["cases"]
DEA = "AP5836727"
NEVER = "00000000-0000-7000-8000-000000000001"
TODAY = NOON.date()


def cases(kind):
    return [pytest.param(one["input"]["value"], one["expected"]["valid"], id=one["id"]) for one in CASES if one["kind"] == kind]


@pytest.mark.parametrize("value, valid", cases("npi"))
def test_an_npi_of_the_cases(value, valid):
    assert (is_npi(value) or is_card_issuer(value)) == valid


@pytest.mark.parametrize("value, valid", cases("dea"))
def test_a_dea_number_of_the_cases(value, valid):
    assert is_dea(value) == valid


class TestNpi:
    def test_checks_the_last_digit(self):
        assert is_npi("1234567893")
        assert not any(is_npi(f"123456789{digit}") for digit in "012456789")
        assert not any(map(is_npi, ("", "123456789", "12345678933", "123456789a", "１２３４５６７８９３")))

    def test_is_not_the_number_of_a_card(self):
        assert not is_npi("808401234567893") and not is_card_issuer("1234567893")
        assert not is_card_issuer("808411234567892")


class TestDea:
    def test_checks_the_last_digit(self):
        assert [digit for digit in "0123456789" if is_dea(f"AP583672{digit}")] == ["7"]

    def test_may_be_a_businesss(self):
        assert is_dea("F91234563")

    def test_is_two_letters_and_seven_digits(self):
        assert not any(map(is_dea, ("", "5836727", "AP583672", "AP58367277", "ap5836727", "NP5836727", "AP583672７", DEA + "\n")))


class TestStanding:
    @pytest.mark.parametrize(
        "days, expected", [(-1, "expired"), (0, "runs_out"), (60, "runs_out"), (61, "valid"), (None, "valid")]
    )
    def test_is_good_on_the_last_day_and_warns_sixty_days_before(self, days, expected):
        assert standing(None if days is None else TODAY + timedelta(days=days), today=TODAY) == expected


class TestADeaNumber:
    async def test_is_kept_sealed_and_shown_to_who_may_change_it(self, north, root):
        added = (await north.ask("POST", "/providers", json={"name": "Dr. Marin", "dea": DEA.lower()})).json()
        assert added["dea"] == DEA
        path = f"/providers/{added['id']}"
        assert (await north.ask("GET", path)).json() == added
        [(sealed,)] = root.execute("select dea_sealed from provider where id = %s", [added["id"]]).fetchall()
        assert DEA.encode() not in bytes(sealed)
        renamed = (await north.ask("PATCH", path, json={"name": "Dr. Pop"}, version=1)).json()
        assert (renamed["name"], renamed["dea"]) == ("Dr. Pop", DEA)
        gone = (await north.ask("PATCH", path, json={"dea": None}, version=2)).json()
        assert gone["dea"] is None

    async def test_is_in_no_list(self, north):
        await north.ask("POST", "/providers", json={"name": "Dr. Marin", "dea": DEA})
        assert DEA not in (await north.ask("GET", "/providers")).text

    async def test_is_null_for_who_may_not_change_it(self, north, ask_with):
        added = (await north.ask("POST", "/providers", json={"name": "Dr. Marin", "dea": DEA})).json()
        seen = await ask_with("clinic.read", "GET", f"/providers/{added['id']}")
        assert (seen.status_code, seen.json()["dea"], seen.json()["name"]) == (200, None, "Dr. Marin")

    async def test_points_at_what_is_wrong(self, north):
        answer = await north.ask("POST", "/providers", json={"name": "X", "dea": "AB1234560"})
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [("/dea", "not_a_dea")]


class TestLicences:
    async def test_come_change_and_go(self, north, root, given):
        provider = await given.provider(north)
        path = f"/providers/{provider.id}/licences"
        soon = (clock.now() + timedelta(days=20)).date().isoformat()
        added = await north.ask("POST", path, json={"authority": "Oregon", "number": "D-123456", "expires_on": soon})
        assert added.status_code == 201, added.text
        one = added.json()
        assert one == {
            "id": one["id"], "provider_id": str(provider.id), "authority": "Oregon", "number": "D-123456", "expires_on": soon,
            "standing": "runs_out", "version": 1,
        }  # fmt: skip
        other = (await north.ask("POST", path, json={"authority": "Idaho", "number": "9", "expires_on": "2020-01-31"})).json()
        whole = (await north.ask("POST", path, json={"authority": "Utah", "number": "7"})).json()
        assert (other["standing"], whole["standing"]) == ("expired", "valid")
        listed = (await north.ask("GET", "/licences")).json()["items"]
        assert listed == [other, one, whole]
        of = await north.ask("GET", "/licences", params={"provider_id": NEVER})
        assert of.json()["items"] == []
        [(sealed,)] = root.execute("select number_sealed from licence where id = %s", [one["id"]]).fetchall()
        assert b"123456" not in bytes(sealed)
        changed = await north.ask("PATCH", f"/licences/{one['id']}", json={"expires_on": None}, version=1)
        assert changed.json() | {"version": 1} == one | {"expires_on": None, "standing": "valid"}
        renewed = await north.ask("PATCH", f"/licences/{one['id']}", json={"number": "D-654321"}, version=2)
        assert (renewed.json()["number"], renewed.json()["authority"]) == ("D-654321", "Oregon")
        assert (await north.ask("DELETE", f"/licences/{one['id']}")).status_code == 428
        assert (await north.ask("DELETE", f"/licences/{one['id']}", version=3)).status_code == 204
        again = await north.ask("DELETE", f"/licences/{one['id']}", version=3)
        assert (again.status_code, again.json()["code"]) == (404, "NoSuchLicence")

    async def test_change_only_the_version_that_was_seen(self, north, given):
        provider = await given.provider(north)
        one = (await north.ask("POST", f"/providers/{provider.id}/licences", json={"authority": "Oregon", "number": "1"})).json()
        path = f"/licences/{one['id']}"
        assert (await north.ask("PATCH", path, json={"number": "2"}, version=1)).status_code == 200
        for method, more in (("PATCH", {"json": {"number": "3"}}), ("DELETE", {})):
            stale = await north.ask(method, path, version=1, **more)
            assert (stale.status_code, stale.json()["code"], stale.json()["facts"]) == (412, "LicenceIsStale", {"version": 2})

    async def test_are_made_once_however_often_the_button_is_clicked(self, north, given):
        provider = await given.provider(north)
        more = {"json": {"authority": "Oregon", "number": "1"}, "headers": {"idempotency-key": "once"}}
        first, second = [await north.ask("POST", f"/providers/{provider.id}/licences", **more) for _ in range(2)]
        assert first.json() == second.json()
        assert len((await north.ask("GET", "/licences")).json()["items"]) == 1

    async def test_point_at_what_is_wrong(self, north, given):
        provider = await given.provider(north)
        wrong = {"authority": "", "number": "", "expires_on": "9999-01-01"}
        answer = await north.ask("POST", f"/providers/{provider.id}/licences", json=wrong)
        assert {error["pointer"] for error in answer.json()["errors"]} == {"/authority", "/number", "/expires_on"}

    async def test_are_not_known_to_another_clinic(self, north, south, given):
        theirs = await given.provider(south)
        new = {"authority": "Oregon", "number": "1"}
        one = (await south.ask("POST", f"/providers/{theirs.id}/licences", json=new)).json()
        assert (await north.ask("POST", f"/providers/{theirs.id}/licences", json=new)).status_code == 404
        assert (await north.ask("GET", "/licences", params={"provider_id": str(theirs.id)})).json()["items"] == []
        for method, more in (("PATCH", {"json": {"number": "3"}}), ("DELETE", {})):
            assert (await north.ask(method, f"/licences/{one['id']}", version=1, **more)).status_code == 404

    async def test_are_for_those_who_run_the_practice(self, ask_with):
        for permission, status in (("clinic.read", 403), ("clinic.write", 200)):
            assert (await ask_with(permission, "GET", "/licences")).status_code == status, permission

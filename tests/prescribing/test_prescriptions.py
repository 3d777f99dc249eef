"""From a draft to what a pharmacy reads: nothing impossible is written, what is issued stays, and one of two who issue wins."""

import asyncio
import hashlib
import json

import psycopg
import pytest

from tests.tenancy.test_invitations import code


class TestDraft:
    async def test_is_written_over_until_it_is_issued(self, prescriptions):
        one = await prescriptions.draft()
        assert (one["status"], one["provider_name"], one["refills"], one["generic_allowed"]) == (
            "draft",
            "Dr. Ioana Marin",
            0,
            True,
        )
        changed = await prescriptions.ask("PATCH", f"/{one['id']}", json={"days": 7, "quantity": 21}, version=one["version"])
        assert (changed.json()["days"], changed.json()["quantity"], changed.json()["drug"]) == (7, 21, "Amoxicillin")
        stale = await prescriptions.ask("PATCH", f"/{one['id']}", json={"days": 3}, version=one["version"])
        assert await code(stale) == (412, "PrescriptionIsStale")

    @pytest.mark.parametrize("wrong", [
        {"quantity": 0}, {"quantity": 501}, {"quantity": "10 kg"}, {"quantity": 1.5}, {"refills": 99}, {"refills": -1}, {"drug": ""},
        {"drug": "   "}, {"dose": ""}, {"times_a_day": 0}, {"times_a_day": 48}, {"days": 365}, {"form": "powder"}, {"drug": "x" * 201},
        {"times_a_day": None, "directions": None}, {"times_a_day": None, "directions": "  "},
        {"provider_id": "01a1fd99-0000-7000-8000-000000000001"}, {"more": 1},
    ])  # fmt: skip
    async def test_says_what_is_wrong_and_keeps_nothing(self, prescriptions, wrong):
        refused = await prescriptions.write(**wrong)
        assert refused.status_code == 422, refused.text
        errors = refused.json()["errors"]
        assert errors
        assert all(error["detail"] for error in errors)
        assert (await prescriptions.done("GET"))["items"] == []

    @pytest.mark.parametrize(
        "drug",
        ["Codeine phosphate", "Codeină", "Paracetamol/codeine", "DIAZEPAM 5", "hydro-codone", "Methylphenidate", "Fentanil"],
    )
    async def test_refuses_what_is_controlled_with_the_reason(self, prescriptions, drug):
        refused = await prescriptions.write(drug=drug)
        assert await code(refused) == (409, "ControlledDrug")
        assert drug in refused.json()["detail"]
        one = await prescriptions.draft()
        assert await code(await prescriptions.ask("PATCH", f"/{one['id']}", json={"drug": drug}, version=1)) == (
            409,
            "ControlledDrug",
        )


class TestIssue:
    async def test_puts_the_providers_name_to_exactly_what_it_says(self, north, prescriptions):
        one = await prescriptions.issued(directions="With water.")
        assert (one["status"], one["issued_by_name"], one["intact"]) == ("issued", "Ana Dinu", True)
        said = {
            name: one[name]
            for name in (
                "drug",
                "form",
                "strength",
                "dose",
                "times_a_day",
                "days",
                "directions",
                "quantity",
                "refills",
                "generic_allowed",
            )
        }
        content = said | {
            "what": "prescription", "prescription": one["id"], "patient": one["patient_id"], "provider": one["provider_id"],
            "signer": str(north.owner_id), "warnings": [], "override_reason": None, "at": one["issued_at"].replace("Z", "+00:00"),
        }  # fmt: skip
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert one["hash"] == hashlib.sha256(text.encode()).hexdigest()

    async def test_is_changed_by_nobody_afterwards(self, north, prescriptions, root):
        one = await prescriptions.issued()
        assert await code(await prescriptions.ask("PATCH", f"/{one['id']}", json={"days": 9}, version=one["version"])) == (
            409,
            "PrescriptionIsIssued",
        )
        with pytest.raises(psycopg.errors.CheckViolation, match="does not change"):
            async with north.op() as op:
                await op.db.run("update prescription set quantity = 400 where id = %(id)s", id=one["id"])
        for change in (
            "drug = 'x'",
            "issued_at = null, issued_by = null, hash = null, of_patient_id = null",
            "override_reason = 'x'",
            "hash = ''",
        ):
            root.rollback()
            with pytest.raises(psycopg.errors.CheckViolation):
                root.execute(f"update prescription set {change} where id = %s", [one["id"]])
        root.rollback()
        assert (await prescriptions.read(one))["quantity"] == 15

    async def test_tells_whoever_reads_what_somebody_changed_past_every_lock(self, prescriptions, root):
        one = await prescriptions.issued()
        root.rollback()
        root.execute("alter table prescription disable trigger user")
        root.execute("update prescription set quantity = 150 where id = %s", [one["id"]])
        root.execute("alter table prescription enable trigger user")
        root.commit()
        assert (await prescriptions.read(one))["intact"] is False

    async def test_of_two_at_once_one_wins(self, prescriptions):
        one = await prescriptions.draft()
        answers = await asyncio.gather(prescriptions.issue(one), prescriptions.issue(one))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        lost = next(answer for answer in answers if answer.status_code == 409)
        assert lost.json()["code"] == "PrescriptionIsIssued"

    async def test_is_the_providers_own(self, north, given, prescriptions, colleague):
        dentist = await colleague(north, "dentist")
        one = await prescriptions.draft()
        assert await code(await prescriptions.of(dentist).issue(one)) == (403, "NotThePrescriber")
        hygienist = await colleague(north, "hygienist")
        assert await code(await prescriptions.of(hygienist).issue(one)) == (403, "NotAllowed")
        assert (await prescriptions.of(hygienist).read(one))["status"] == "draft"
        receptionist = await colleague(north, "receptionist")
        assert await code(await prescriptions.of(receptionist).ask("GET")) == (403, "NotAllowed")

    async def test_needs_a_reason_against_a_severe_warning_and_keeps_it(self, prescriptions):
        await prescriptions.told(kind="allergy", name="Penicilină", severity="mild")
        one = await prescriptions.draft()
        assert await code(await prescriptions.issue(one)) == (409, "SevereWarnings")
        assert await code(await prescriptions.issue(one, override_reason="   ")) in ((409, "SevereWarnings"), (422, "Malformed"))
        issued = (await prescriptions.issue(one, override_reason="Tolerated since, tested last year")).json()
        assert issued["override_reason"] == "Tolerated since, tested last year"
        assert [(w["kind"], w["severity"], w["against"]) for w in issued["warnings"]] == [("allergy", "severe", "Penicilină")]
        assert issued["intact"] is True


class TestCancel:
    async def test_keeps_it_with_the_reason_and_takes_that_back(self, prescriptions):
        one = await prescriptions.issued()
        cancelled = await prescriptions.done(
            "POST", f"/{one['id']}/cancellation", json={"reason": "Wrong patient"}, version=one["version"]
        )
        assert (cancelled["status"], cancelled["cancel_reason"], cancelled["cancelled_by_name"]) == (
            "cancelled",
            "Wrong patient",
            "Ana Dinu",
        )
        assert cancelled["intact"] is True
        back = await prescriptions.done("DELETE", f"/{one['id']}/cancellation", version=cancelled["version"])
        assert (back["status"], back["cancel_reason"]) == ("issued", None)

    async def test_a_cancelled_draft_is_not_issued(self, prescriptions):
        one = await prescriptions.draft()
        gone = await prescriptions.done("POST", f"/{one['id']}/cancellation", json={"reason": "x"})
        assert await code(await prescriptions.issue(gone)) == (409, "PrescriptionIsCancelled")
        assert (await prescriptions.ask("POST", f"/{one['id']}/cancellation", json={"reason": ""})).status_code == 422


class TestOthers:
    async def test_never_see_it(self, north, south, prescriptions):
        one = await prescriptions.issued()
        assert (await south.ask("GET", f"{prescriptions.home}/{one['id']}")).status_code == 404
        assert (await south.ask("GET", prescriptions.home)).status_code == 404

    async def test_of_one_patient_it_is_listed_the_newest_first_in_pages(self, prescriptions):
        made = [(await prescriptions.draft(quantity=number))["id"] for number in (1, 2, 3)]
        first = await prescriptions.done("GET", params={"limit": 2})
        rest = await prescriptions.done("GET", params={"limit": 2, "cursor": first["next_cursor"]})
        assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]


class TestFavourites:
    HOME = "/prescription-favourites"

    async def test_begin_with_a_list_and_no_line_comes_twice(self, north):
        begun = await north.ask("POST", f"{self.HOME}/starting-list")
        assert begun.status_code == 201
        drugs = [one["drug"] for one in begun.json()["items"]]
        assert "Amoxicillin" in drugs
        assert drugs == sorted(drugs, key=str.lower)
        again = await north.ask("POST", f"{self.HOME}/starting-list")
        assert [one["drug"] for one in again.json()["items"]] == drugs

    async def test_are_added_and_removed(self, north):
        body = {"drug": "Nystatin", "form": "suspension", "dose": "4 ml", "times_a_day": 4, "quantity": 120}
        added = (await north.ask("POST", self.HOME, json=body)).json()
        assert await code(await north.ask("POST", self.HOME, json=body | {"drug": "Tramadol"})) == (409, "ControlledDrug")
        assert (await north.ask("DELETE", f"{self.HOME}/{added['id']}")).status_code == 204
        assert await code(await north.ask("DELETE", f"{self.HOME}/{added['id']}")) == (404, "NoSuchFavourite")

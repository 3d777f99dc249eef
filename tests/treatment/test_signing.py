"""What was shown is frozen, and what was signed never changes."""

import asyncio
from base64 import b64decode, b64encode
from io import BytesIO

import psycopg
import pytest
from pypdf import PdfReader

from chairside.kernel.resealing import COLUMNS
from chairside.treatment import resealing as resealing  # the columns it names go along
from tests.treatment.conftest import PICTURE
from tests.treatment.drawn import png
from tests.treatment.test_plans import crown, filling


async def two(plans, listed):
    return await plans.added(await plans.begin(), crown(listed), filling(listed))


class TestPresent:
    async def test_freezes_a_version_and_no_second_of_the_same(self, plans, listed):
        plan = await two(plans, listed)
        first = await plans.present(plan)
        assert (first["number"], first["intact"], len(first["items"])) == (1, True, 2)
        assert (await plans.present(plan))["number"] == 1
        await plans.added(plan, crown(listed, "17"))
        assert (await plans.present(plan))["number"] == 2
        old = await plans.done("GET", f"/{plan['id']}/presentation/1")
        assert old == first
        assert [(one["number"], one["current"]) for one in (await plans.get(plan))["versions"]] == [(2, True), (1, False)]

    async def test_refuses_an_empty_plan(self, plans):
        answer = await plans.ask("POST", f"/{(await plans.begin())['id']}/presentation")
        assert (answer.status_code, answer.json()["code"]) == (409, "PlanIsEmpty")

    async def test_is_drawn_as_a_pdf_in_every_language_the_same_twice(self, plans, listed):
        plan = await two(plans, listed)
        shown = await plans.present(plan)
        papers = [await plans.ask("GET", f"/{plan['id']}/presentation/1/pdf") for _ in range(2)]
        assert papers[0].content.startswith(b"%PDF") and papers[0].content == papers[1].content
        await plans.sign(plan, shown)
        signed = await plans.ask("GET", f"/{plan['id']}/presentation/1/pdf")
        assert signed.content.startswith(b"%PDF") and signed.content != papers[0].content
        assert signed.headers["content-type"] == "application/pdf"

    async def test_counts_teeth_on_paper_and_on_the_bill_as_the_clinic_does(self, plans, listed):
        clinic = await plans.who.ask("GET", "")
        told = {"tooth_notation": "universal", "treatment_charging": "at_end"}
        assert (await plans.who.ask("PATCH", "", json=told, version=clinic.json()["version"])).is_success
        plan = await plans.accepted(filling(listed, "26"))
        answer = await plans.ask("GET", f"/{plan['id']}/presentation/1/pdf")
        text = " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())
        assert "14 MO" in text and "26 MO" not in text
        assert (await plans.act(plan, plan["items"][0])).is_success
        ledger = await plans.who.ask("GET", f"/patients/{plans.patient.id}/ledger")
        assert "14 MO" in ledger.text and "26 MO" not in ledger.text


class TestAccept:
    async def test_says_of_each_item_and_shows_the_signature(self, plans, listed):
        plan = await two(plans, listed)
        shown = await plans.present(plan)
        signed = (await plans.sign(plan, shown, yes={plan["items"][0]["id"]})).json()
        assert [one["decision"] for one in signed["items"]] == ["accepted", "declined"]
        assert b64decode(signed["acceptance"]["picture"]) == png()
        assert signed["intact"] and signed["hash"] == shown["hash"]
        assert [one["status"] for one in (await plans.get(plan))["items"]] == ["accepted", "declined"]
        assert signed["most"] == listed.CR01["price"]

    @pytest.mark.parametrize("picture", [
        b"", png(ink=False), b"%PDF-1.7", png()[:-1], png(1601, 100), png(100, 801), png(filling=100 * 1024),
    ], ids=("nothing", "blank", "no png", "cut off", "wide", "high", "heavy"))  # fmt: skip
    async def test_refuses_a_signature_that_is_none_and_keeps_nothing(self, plans, listed, picture):
        plan = await two(plans, listed)
        refused = await plans.sign(plan, await plans.present(plan), picture=b64encode(picture).decode())
        assert (refused.status_code, refused.json()["code"]) == (422, "NotAPatientSignature"), refused.text
        now = await plans.get(plan)
        assert [one["status"] for one in now["items"]] == ["proposed", "proposed"]
        assert now["versions"][0]["signed_at"] is None

    async def test_refuses_an_older_version_a_changed_plan_and_a_second_signature(self, plans, listed):
        plan = await two(plans, listed)
        first = await plans.present(plan)
        await plans.added(plan, crown(listed, "17"))
        assert (await plans.sign(plan, first)).json()["code"] == "PlanChangedSinceShown"
        second = await plans.present(plan)
        assert (await plans.sign(plan, first)).json()["code"] == "PresentationIsOld"
        assert (await plans.sign(plan, second, number=9)).json()["code"] == "NoSuchPresentation"
        assert (await plans.sign(plan, second)).status_code == 201
        assert (await plans.sign(plan, second)).json()["code"] == "PresentationIsSigned"

    async def test_refuses_decisions_of_other_things(self, plans, listed):
        plan = await two(plans, listed)
        shown = await plans.present(plan)
        one = {"item_id": plan["items"][0]["id"], "accepted": True}
        foreign = {"item_id": plan["id"], "accepted": True}
        for decisions in ([], [one], [one, foreign]):
            refused = await plans.sign(plan, shown, decisions=decisions)
            assert refused.json()["errors"][0]["code"] == "not_all", refused.text

    async def test_of_alternatives_one(self, plans, listed):
        plan = await plans.added(await plans.begin(), crown(listed))
        plan = await plans.added(plan, filling(listed, "16", alternative_to=plan["items"][0]["id"]))
        shown = await plans.present(plan)
        assert (await plans.sign(plan, shown)).json()["errors"][0]["code"] == "one_of"
        assert (await plans.sign(plan, shown, yes={plan["items"][1]["id"]})).status_code == 201
        # Another time the other one.
        assert (await plans.sign(plan, await plans.present(plan), yes={plan["items"][0]["id"]})).status_code == 201
        assert [one["status"] for one in (await plans.get(plan))["items"]] == ["accepted", "declined"]

    async def test_two_at_once_sign_once(self, plans, listed):
        plan = await two(plans, listed)
        shown = await plans.present(plan)
        answers = await asyncio.gather(*(plans.sign(plan, shown) for _ in range(4)))
        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]

    async def test_is_changed_by_nobody_afterwards(self, plans, listed, root):
        plan = await two(plans, listed)
        await plans.sign(plan, await plans.present(plan))
        for statement in (
            "update treatment_presentation set title = 'x' where plan_id = %s",
            "update treatment_presentation set body = '[]' where plan_id = %s",
            "update treatment_acceptance set signer_name = 'x' where plan_id = %s",
            "update treatment_acceptance set decisions = '{}' where plan_id = %s",
        ):
            with pytest.raises(psycopg.errors.CheckViolation), root.transaction():
                root.execute(statement, (plan["id"],))

    async def test_the_signature_lies_encrypted_and_goes_along_with_the_key(self, plans, listed, root):
        plan = await two(plans, listed)
        await plans.sign(plan, await plans.present(plan))
        rows = root.execute("select sealed from treatment_signature").fetchall()
        assert rows and all(png() not in bytes(row[0]) for row in rows)
        assert ("treatment_signature", "sealed") in COLUMNS
        assert PICTURE

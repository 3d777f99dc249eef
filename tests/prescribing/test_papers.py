"""What the pharmacy is handed."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from chairside.prescribing.rules.papers import in_words
from tests.scheduling.test_signatures import PICTURE, keep
from tests.tenancy.test_invitations import code


async def paper(prescriptions, one):
    answer = await prescriptions.ask("GET", f"/{one['id']}/pdf")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    drawn = [one.get_object() for page in pages for one in page["/Resources"].get("/XObject", {}).values()]
    pictures = [one for one in drawn if one["/Subtype"] == "/Image"]
    return "\n".join(page.extract_text() for page in pages), pictures


class TestThePaper:
    async def test_says_everything_with_the_numbers_and_the_signature_of_whoever_prints_their_own(
        self, north, prescriptions, colleague
    ):
        licence = {"authority": "Colegiul", "number": "MD-77", "expires_on": "2099-01-01"}
        assert (await north.ask("POST", f"/providers/{prescriptions.provider.id}/licences", json=licence)).status_code == 201
        assert (await keep(north, prescriptions.provider, PICTURE)).status_code == 200
        one = await prescriptions.issued(directions="With water.", refills=2, generic_allowed=False)
        text, images = await paper(prescriptions, one)
        assert len(images) == 1
        for said in (
            "Amoxicillin",
            "500 mg",
            "With water.",
            "15",
            "NPI 1234567893",
            "MD-77",
            "Dr. Ioana Marin",
            one["hash"][:16],
            "Popescu",
        ):
            assert said in text, (said, text)
        colleagues, none = await paper(prescriptions.of(await colleague(north, "assistant")), one)
        assert none == []
        assert "Amoxicillin" in colleagues

    async def test_is_of_an_issued_one_and_says_when_it_was_cancelled(self, prescriptions):
        one = await prescriptions.draft()
        assert await code(await prescriptions.ask("GET", f"/{one['id']}/pdf")) == (409, "PrescriptionIsADraft")
        one = await prescriptions.issued()
        await prescriptions.done("POST", f"/{one['id']}/cancellation", json={"reason": "Lost by the patient"})
        assert "Lost by the patient" in (await paper(prescriptions, one))[0]

    async def test_is_refused_where_the_law_asks_for_electronic_ones(self, north, prescriptions):
        one = await prescriptions.issued()
        version = (await north.ask("GET", "")).json()["version"]
        assert (await north.ask("PATCH", "", version=version, json={"prints_prescriptions": False})).status_code == 200
        refused = await prescriptions.ask("GET", f"/{one['id']}/pdf")
        assert await code(refused) == (409, "PrintingIsOff")
        assert "the law requires electronic prescribing here" in refused.json()["detail"]

    @pytest.mark.parametrize(
        "locale, said",
        [
            ("ro-RO", ["Rețetă", "de 3 ori pe zi", "cincisprezece"]),
            ("ar", ["15"]),
            ("en-GB", ["3 times a day · for 5 days", "fifteen"]),
        ],
    )
    async def test_is_written_in_the_clinics_language(self, north, prescriptions, locale, said):
        version = (await north.ask("GET", "")).json()["version"]
        assert (await north.ask("PATCH", "", version=version, json={"locale": locale})).status_code == 200
        text, _ = await paper(prescriptions, await prescriptions.issued())
        assert all(one in text for one in said), text


@pytest.mark.parametrize("number, language, said", [
    (1, "en", "one"), (21, "en", "twenty-one"), (100, "en", "one hundred"), (342, "en", "three hundred and forty-two"), (0, "en", "zero"),
    (19, "ro", "nouăsprezece"), (42, "ro", "patruzeci și doi"), (200, "ro", "două sute"), (115, "ro", "o sută cincisprezece"),
    (11, "ar", "أحد عشر"), (15, "ar", "خمسة عشر"), (21, "ar", "واحد وعشرون"), (300, "ar", "ثلاثمئة"), (30, "xx", "thirty"),
])  # fmt: skip
def test_numbers_are_spoken(number, language, said):
    assert in_words(number, language) == said


@pytest.mark.parametrize("language", ["en", "ro", "ar"])
def test_no_two_numbers_are_spoken_alike(language):
    assert len({in_words(number, language) for number in range(1000)}) == 1000

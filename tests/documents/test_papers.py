"""Invoices and receipts as they come out of the printer, read back."""

import io
import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from chairside import documents
from chairside.documents import drawing
from chairside.kernel.money import Money
from tests.billing.test_ledger import ron

DATED = datetime(2027, 3, 1, tzinfo=UTC)


def pages(pdf: bytes) -> list[str]:
    return [unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    """Spaces apart: where a line ends is the printer's business."""
    return re.sub(r"[\s\u200b\u200e\u200f]+", " ", " ".join(pages(pdf)))


def invoice(currency="USD", lines=1, **more):
    money = Money(123_456, currency)
    line = {"on": date(2027, 3, 1), "word": None, "description": "Filling", "quantity": 1, "unit_price": money, "total": money}
    facts = {
        "clinic": {"name": "Smile", "lines": ["1 Long Street", "+1 555 0100"]}, "patient": ["Ann O'Brien", "2 Short Street"],
        "number": "INV-00001", "draft": False, "void": None, "dates": [("issued_on", date(2027, 3, 1)), ("register_number", "7")],
        "lines": [line] * lines, "totals": [("total", money), ("balance_due", money)], "payments": [], "note": None,
    }  # fmt: skip
    return facts | more


def draw(locale="en-US", **more):
    return documents.render("invoice", invoice(**more), locale=locale, dated=DATED)


class TestRender:
    @pytest.mark.parametrize(
        "locale, currency, found",
        [
            ("en-US", "USD", ["Invoice INV-00001", "Mar 1, 2027", "$1,234.56", "Balance due", "Page 1 of 1"]),
            ("ro", "RON", ["Factură INV-00001", "1 mar. 2027", "1.234,56 RON", "Rest de plată", "Pagina 1 din 1"]),
            ("de-DE", "EUR", ["Invoice INV-00001", "01.03.2027", "1.234,56 €"]),
            ("en-US", "JPY", ["¥123,456"]),
            ("ar-KW", "KWD", ["123.456"]),
            ("en-US", "IQD", ["123.456"]),
            ("sr-RS", "RSD", ["1.234,56"]),
            ("hu-HU", "HUF", ["234,56 Ft"]),
            ("en-IN", "INR", ["₹1,234.56"]),
        ],
    )
    def test_speaks_as_the_locale_does(self, locale, currency, found):
        printed = text(draw(locale, currency=currency))
        assert [words for words in found if words not in printed] == []

    def test_gives_the_same_bytes_for_the_same_facts(self):
        assert draw() == draw()
        assert draw() != draw(number="INV-00002")

    def test_is_made_for_the_archive_and_for_screen_readers(self):
        pdf = draw("ar-SA", currency="SAR")
        assert re.search(rb"pdfaid:part>2<", pdf)
        assert re.search(rb"pdfuaid:part>1<", pdf)
        root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own boolean
        assert root["/Lang"] == "ar-SA"

    def test_embeds_its_own_fonts_only(self):
        fonts = {
            font.get_object()["/BaseFont"].split("+")[-1]
            for page in PdfReader(io.BytesIO(draw(patient=["أحمد", "דוד"]))).pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert fonts == {"NotoSans-Regular", "NotoSans-SemiBold", "NotoSansArabic-SemiBold", "NotoSansHebrew-Regular"}

    @pytest.mark.parametrize(
        "typed",
        [
            '#panic("x")', "*bold* _it_", "$ x^2 $", "= Heading", "#let x = 1", "<label> @ref", "`raw` // comment", "\\u{41} \\",
            "O'Brien \"Bob\" -- ...", "{{words.total}} %(x)s", '"}, "draft": true', "ﬁ Ţ Ș ț Ő đ Ж Ω", "a\u0328 e\u0301", "a\u202eb",
        ],
    )  # fmt: skip
    def test_takes_text_for_text(self, typed):
        """Wherever somebody typed it."""
        line = invoice()["lines"][0] | {"description": typed}
        facts = invoice(
            note=typed, patient=[typed, typed], lines=1, clinic={"name": typed, "lines": [typed]},
            void={"on": date(2027, 3, 2), "reason": typed}, number=typed, dates=[("patient", typed)],
        )  # fmt: skip
        pdf = documents.render("invoice", facts | {"lines": [line]}, locale="en-US", dated=DATED)
        wanted = re.sub(r"[\s\u202e]+", "", unicodedata.normalize("NFKC", typed))
        printed = re.sub(r"[\s\u202e\u200b]+", "", text(pdf))
        assert printed.count(wanted) == 11, printed

    @pytest.mark.parametrize("name", ["李小龙", "😀", "ไทย", "\ue000", "नमस्ते"])
    def test_prints_even_what_our_fonts_lack(self, name):
        assert "$1,234.56" in text(draw(patient=[name], note=name))

    def test_keeps_arabic_and_hebrew_letters(self):
        printed = text(draw("ar-SA", currency="SAR", patient=["أحمد بن محمد المصري", "דוד כהן"]))
        for word in ("أحمد", "محمد", "المصري", "דוד", "כהן", "فاتورة"):
            assert word in printed or word[::-1] in printed, printed

    def test_repeats_the_head_of_a_long_list_on_every_page(self):
        found = pages(draw(lines=120))
        assert len(found) > 2
        for number, page in enumerate(found[:-1], 1):
            assert "Description" in page
            assert f"Page {number} of {len(found)}" in page
        assert sum(page.count("Filling") for page in found) == 120
        assert "Balance due" in found[-1]

    def test_breaks_a_word_that_is_longer_than_its_column(self):
        line = invoice()["lines"][0] | {"description": "x" * 200}
        pdf = documents.render("invoice", invoice() | {"lines": [line]}, locale="en-US", dated=DATED)
        right = []
        PdfReader(io.BytesIO(pdf)).pages[0].extract_text(
            visitor_text=lambda t, cm, tm, *_: right.append(t) if "xx" in t else None
        )
        assert len(right) > 3

    def test_says_of_a_draft_that_it_is_one(self):
        assert "DRAFT" in text(draw(draft=True, number=None))
        assert "DRAFT" not in text(draw())

    @pytest.mark.parametrize("locale, width", [("en-US", 612), ("en-GB", 595), ("ro", 595), ("es-MX", 612)])
    def test_fits_the_paper_of_the_place(self, locale, width):
        assert int(PdfReader(io.BytesIO(draw(locale))).pages[0].mediabox.width) == width


class TestWords:
    def test_every_catalog_has_every_word(self):
        english = drawing.words("en")
        for language in drawing.SPOKEN:
            catalog = drawing.words(language)
            assert catalog.keys() == english.keys()
            assert all(catalog.values())
            assert set(re.findall(r"{\w+}", catalog["page"])) == {"{page}", "{pages}"}

    def test_what_nobody_translated_is_english(self):
        assert drawing.words("fr") == drawing.words("en")


class TestInvoicePdf:
    async def test_has_everything_on_it(self, north, given):
        await north.ask("PATCH", "", json={"address": {"line1": "Str. Lungă 1", "city": "Iași", "postal_code": "700001"},
                                           "phone": "+40 21 000", "tax_id": "RO123"}, version=1)  # fmt: skip
        head = await given.patient(north, "Ștefan", "O'Țurcanu", address={"city": "Cluj", "postal_code": "400001"})
        child = await given.patient(north, "Ana", "*Mica*", guarantor_id=head.id)
        invoice = await given.invoice(north, child, 123_456, note="Mulțumim!")
        await given.payment(north, child, 23_456, method="card")
        answer = await north.ask("GET", f"/invoices/{invoice.id}/pdf")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.headers["content-disposition"] == 'inline; filename="INV-00001.pdf"'
        assert answer.headers["cache-control"] == "no-store"
        printed = text(answer.content)
        for words in ("Factură INV-00001", "north", "Str. Lungă 1, 700001 Iași", "RO123", "Ștefan O'Țurcanu", "400001 Cluj",
                      "Pacient Ana *Mica*", "Cleaning", "1.234,56 RON", "234,56 RON", "1.000,00 RON", "Card", "Mulțumim!"):  # fmt: skip
            assert words in printed, (words, printed)

    async def test_stays_the_same(self, north, given):
        invoice = await given.invoice(north, await given.patient(north), 100)
        first, second = [(await north.ask("GET", f"/invoices/{invoice.id}/pdf")).content for _ in range(2)]
        assert first == second

    async def test_of_a_draft_and_of_a_void_one_say_so(self, north, given):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 100, issued=False)
        answer = await north.ask("GET", f"/invoices/{invoice.id}/pdf")
        assert answer.headers["content-disposition"] == 'inline; filename="draft.pdf"'
        assert "CIORNĂ" in text(answer.content)
        await north.ask("POST", f"/invoices/{invoice.id}/issue")
        await north.ask("POST", f"/invoices/{invoice.id}/void", json={"reason": "Greșit #1"})
        printed = text((await north.ask("GET", f"/invoices/{invoice.id}/pdf")).content)
        assert "ANULATĂ" in printed
        assert "Greșit #1" in printed

    async def test_names_the_balance_brought_forward_in_the_clinics_language(self, north, given):
        from chairside import billing

        patient = await given.patient(north)
        async with north.op() as op:
            await billing.add_opening_balances(op, balances={patient.id: 100}, source=patient.id)
            invoice_id = await billing.draft(op, patient_id=patient.id)
        assert "Sold reportat" in text((await north.ask("GET", f"/invoices/{invoice_id}/pdf")).content)

    async def test_leaves_a_trace(self, north, given, root):
        invoice = await given.invoice(north, await given.patient(north), issued=False)
        await north.ask("GET", f"/invoices/{invoice.id}/pdf")
        [(count,)] = root.execute(
            "select count(*) from audit_event where clinic_id = %s and action = 'read' and entity = 'invoice' and entity_id = %s and request_id <> 'a test'",
            [north.id, invoice.id],
        ).fetchall()
        assert count == 1

    async def test_many_at_once_leave_the_clinic_working(self, north, given):
        import asyncio

        invoice = await given.invoice(north, await given.patient(north), 100)
        answers = await asyncio.gather(*(north.ask("GET", f"/invoices/{invoice.id}/pdf") for _ in range(12)))
        assert {answer.status_code for answer in answers} == {200}


class TestReceiptPdf:
    async def test_says_what_was_received_and_what_for(self, north, given):
        patient = await given.patient(north, "أحمد", "المصري")
        await given.invoice(north, patient, 50_000)
        body = {"patient_id": str(patient.id), "amount": ron(80_000), "method": "transfer", "reference": "OP <7>"}
        paid = (await north.ask("POST", "/payments", json=body)).json()
        await north.ask("POST", f"/payments/{paid['id']}/refunds", json={"amount": ron(10_000), "reason": "Prea mult"})
        answer = await north.ask("GET", f"/payments/{paid['id']}/receipt")
        assert answer.status_code == 200
        assert re.fullmatch(r'inline; filename="receipt-\d{4}-\d\d-\d\d.pdf"', answer.headers["content-disposition"])
        printed = text(answer.content)
        for words in ("Chitanță", "800,00 RON", "INV-00001", "500,00 RON", "Transfer bancar", "OP <7>", "Prea mult", "-100,00 RON",
                      "200,00 RON"):  # fmt: skip
            assert words in printed, (words, printed)
        assert "أحمد" in printed or "أحمد"[::-1] in printed

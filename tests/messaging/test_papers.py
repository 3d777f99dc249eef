"""Invoices and receipts by e-mail: proposed, changed, sent with the paper, and kept in the history."""

import io

import pypdf
import pytest

from tests.messaging.servers import Handler, MailServer

EMAIL = [{"type": "email", "value": "maria@example.test", "is_primary": True}]


@pytest.fixture
def maria(north, given):
    async def maria_(**more):
        return await given.patient(north, "Maria", "Ionescu", **({"contacts": EMAIL} | more))

    return maria_


async def send(clinic, path, **words):
    return await clinic.ask(
        "POST", f"{path}/messages", json={"to": "maria@example.test", "subject": "Factura", "text": "Bună.", **words}
    )


class TestAnInvoice:
    async def test_is_proposed_in_the_clinics_language_to_the_patients_address(self, north, given, maria):
        invoice = await given.invoice(north, await maria(), 12_345)
        found = (await north.ask("GET", f"/invoices/{invoice.id}/message-proposal")).json()
        assert (found["to"], found["addresses"], found["locale"]) == ("maria@example.test", ["maria@example.test"], "ro")
        assert found["subject"] == f"Factura {invoice.number} de la north"
        assert "123,45" in found["text"]
        assert "Maria Ionescu" in found["text"]
        assert found["attachment"].endswith(".pdf")

    async def test_goes_to_whoever_answers_for_the_patient_when_they_have_no_address(self, north, given, maria):
        mother = await maria()
        child = await given.patient(north, "Ana", "Ionescu", guarantor_id=mother.id)
        invoice = await given.invoice(north, child, 100)
        found = (await north.ask("GET", f"/invoices/{invoice.id}/message-proposal")).json()
        assert found["to"] == "maria@example.test"

    async def test_says_when_nobody_has_an_address(self, north, given, maria):
        invoice = await given.invoice(north, await maria(contacts=[]), 100)
        assert (await north.ask("GET", f"/invoices/{invoice.id}/message-proposal")).json()["to"] is None

    async def test_arrives_as_a_pdf_with_what_was_written(self, north, given, maria, work, post, state):
        invoice = await given.invoice(north, await maria(), 12_345)
        sent = await send(north, f"/invoices/{invoice.id}", text="Bună ziua,\n\n<b>Mulțumim</b>.")
        assert (sent.status_code, sent.json()["status"], sent.json()["by"]) == (201, "queued", "Ana Dinu")
        with MailServer(Handler()) as server:
            post(server.post())
            await work(sent.json()["id"])
            [got] = server.handler.letters
        assert got["subject"] == "Factura"
        assert "&lt;b&gt;Mulțumim" in got.get_body(("html",)).get_content()
        [paper] = got.iter_attachments()
        assert paper.get_filename() == f"{invoice.number}.pdf"
        text = pypdf.PdfReader(io.BytesIO(paper.get_content())).pages[0].extract_text()
        assert invoice.number in text
        [kept] = (await north.ask("GET", f"/invoices/{invoice.id}/messages")).json()["items"]
        assert (kept["status"], kept["to"], bool(kept["sent_at"])) == ("sent", "maria@example.test", True)

    async def test_that_is_a_draft_or_void_is_not_sent(self, north, given, maria):
        patient = await maria()
        draft = await given.invoice(north, patient, 100, issued=False)
        assert (await send(north, f"/invoices/{draft.id}")).json()["code"] == "InvoiceNotIssued"
        issued = await given.invoice(north, patient, 100)
        await north.ask("POST", f"/invoices/{issued.id}/void", json={"reason": "x"})
        assert (await send(north, f"/invoices/{issued.id}")).json()["code"] == "InvoiceNotIssued"

    async def test_voided_before_it_left_stays_here(self, north, given, maria, work, post, state):
        invoice = await given.invoice(north, await maria(), 100)
        sent = (await send(north, f"/invoices/{invoice.id}")).json()
        await north.ask("POST", f"/invoices/{invoice.id}/void", json={"reason": "x"})
        with MailServer(Handler()) as server:
            post(server.post())
            await work(sent["id"])
            assert server.handler.letters == []
        assert state(sent["id"])[:2] == ("failed", "withdrawn")

    async def test_pressed_twice_is_sent_once(self, north, given, maria):
        invoice = await given.invoice(north, await maria(), 100)
        more = {"json": {"to": "a@b.test", "subject": "x", "text": "x"}, "headers": {"idempotency-key": "once"}}
        first, second = [await north.ask("POST", f"/invoices/{invoice.id}/messages", **more) for _ in range(2)]
        assert first.json() == second.json()
        assert len((await north.ask("GET", f"/invoices/{invoice.id}/messages")).json()["items"]) == 1

    @pytest.mark.parametrize("to", ["nobody", "a@b.test\r\nBcc: c@d.test", "a@b.test, c@d.test"])
    async def test_goes_to_one_address(self, north, given, maria, to):
        invoice = await given.invoice(north, await maria(), 100)
        answer = await send(north, f"/invoices/{invoice.id}", to=to)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/to")

    async def test_is_sent_by_whoever_may_invoice(self, north, given, maria):
        from chairside import messaging
        from chairside.kernel.refusals import NotAllowed

        invoice = await given.invoice(north, await maria(), 100)
        async with north.op(grants=frozenset({"billing.read"})) as op:
            assert await messaging.list_messages(op, invoice_id=invoice.id) == []
            with pytest.raises(NotAllowed):
                await messaging.send_invoice(op, invoice_id=invoice.id, recipient="a@b.test", subject="x", body="x")


class TestAReceipt:
    async def test_arrives_as_a_pdf(self, north, given, maria, work, post):
        paid = await given.payment(north, await maria(), 5_000, parts=[])
        found = (await north.ask("GET", f"/payments/{paid.id}/message-proposal")).json()
        assert "50,00" in found["text"]
        sent = (await send(north, f"/payments/{paid.id}", text=found["text"])).json()
        with MailServer(Handler()) as server:
            post(server.post())
            await work(sent["id"])
            [got] = server.handler.letters
        [paper] = got.iter_attachments()
        assert paper.get_content_type() == "application/pdf"

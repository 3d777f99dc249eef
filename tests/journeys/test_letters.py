"""By e-mail: a sign-up where mail is sent, an invoice, a receipt; and what arrives."""

import re
import secrets
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Locator, expect
from psycopg.conninfo import make_conninfo
from pypdf import PdfReader

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.person import Person
from tests.messaging.servers import Handler, MailServer
from tests.operations import started

Sit = Callable[..., Person]
RUN_OUT = "update sign_up set expires_at = now() - interval '1 minute' where email = %s"


class Mailing:
    """Chairside with a mail server."""

    def __init__(self, running: started.Started, mail: MailServer) -> None:
        self.origin, self.data, self.mail = f"http://localhost:{running.port}", running.data, mail

    def link_to(self, email: str) -> str:
        letters = self.mail.handler.letters
        started.until(lambda: any(letter["to"] == email for letter in letters), 30)
        [letter] = [letter for letter in letters if letter["to"] == email]
        body = letter.get_body(("plain",))
        assert body
        [link] = re.findall(r"https?://\S+#\S+", body.get_content())
        return str(link)

    def run_out(self, email: str) -> None:
        password = (self.data / "admin.password").read_text()
        with psycopg.connect(make_conninfo(host=str(self.data), user="postgres", password=password, dbname="chairside")) as db:
            assert db.execute(RUN_OUT, [email]).rowcount == 1


@pytest.fixture(scope="module")
def mailing() -> Iterator[Mailing]:
    with started.folder() as data, MailServer(Handler()) as mail:
        port = started.free_port()
        words = {
            "SMTP_HOST": "localhost", "SMTP_PORT": str(mail.controller.port), "SMTP_TLS": "none",
            "SMTP_FROM": "Chairside <mail@chairside.test>", "ORIGIN": f"http://localhost:{port}",
        }  # fmt: skip
        running = started.Started(data, port, **{f"CHAIRSIDE_{name}": word for name, word in words.items()})
        try:
            yield Mailing(running.await_ready(), mail)
        finally:
            started.ended([running])


def ask_for_a_clinic(person: Person, mailing: Mailing) -> str:
    """Signs up; answers the address that was written to."""
    slug = f"zambet-{secrets.token_hex(3)}"
    person.go(f"{mailing.origin}/signup")
    person.field("Clinic name").fill("Clinica Zâmbet")
    person.field("Web address").fill(slug)
    person.field("Your name").fill("Ana Dinu")
    person.field("Email").fill(f"{slug}@example.test")
    person.field("Password").fill(PASSWORD)
    person.press("Enter")
    person.sees(person.heading("Look into your mailbox"))
    person.sees(person.page.get_by_text(f"{slug}@example.test"))
    return f"{slug}@example.test"


class TestSigningUpWhereMailIsSent:
    def test_makes_the_clinic_with_the_link_of_the_letter_and_once_only(self, sit: Sit, mailing: Mailing) -> None:
        owner = sit()
        link = mailing.link_to(ask_for_a_clinic(owner, mailing))
        owner.go(link)
        owner.sees(owner.heading("Open your clinic"))
        owner.click(owner.button("Open the clinic"))
        owner.sees(owner.heading("Welcome to Clinica Zâmbet"))

        again = sit()
        again.expects(404)
        again.go(link)
        again.click(again.button("Open the clinic"))
        again.sees(again.page.get_by_role("alert"))
        again.sees(again.page.get_by_text(re.compile("already")))

    def test_says_that_a_link_ran_out(self, sit: Sit, mailing: Mailing) -> None:
        owner = sit()
        email = ask_for_a_clinic(owner, mailing)
        link = mailing.link_to(email)
        mailing.run_out(email)
        owner.expects(404)
        owner.go(link)
        owner.click(owner.button("Open the clinic"))
        owner.sees(owner.page.get_by_text(re.compile("not good, or not any more")))


def read(person: Person, to: str) -> tuple[Locator, str]:
    """The newest letter to this address, open, and the words of its PDF."""
    person.go("/mailbox")
    item = person.page.get_by_role("listitem").filter(has_text=to).first
    person.sees(item)
    if item.get_by_role("button").first.get_attribute("aria-expanded") == "false":
        person.click(item.get_by_role("button").first)
    attached = item.get_by_role("link", name=re.compile(r"\.pdf$"))
    answer = person.page.request.get(f"{person.origin}{attached.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    return item, "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)


class TestAPaper:
    def test_an_invoice_goes_to_the_address_of_the_patient_as_somebody_worded_it(self, sit: Sit, clinic: Clinic) -> None:
        to = f"maria-{secrets.token_hex(3)}@example.test"
        maria = clinic.patient(contacts=[{"type": "email", "value": to, "is_primary": True}])
        invoice = clinic.invoice(maria, 10_000)
        person = sit(clinic)
        person.go(f"{clinic.home}/patients/{maria['id']}/invoices/{invoice['id']}")
        person.click(person.button(re.compile("^Email")))
        dialog = person.dialog(f"Send Invoice {invoice['number']} by email")
        expect(person.field("To", dialog)).to_have_value(to)
        expect(person.field("Subject", dialog)).to_have_value(re.compile(re.escape(invoice["number"])))
        person.field("Message", dialog).fill("Dear Maria,\n\nuntil Friday please.")
        person.press("Control+Enter")
        person.is_told(f"On its way to {to}")
        sent = person.page.get_by_role("listitem").filter(has_text=to)
        person.sees(sent.get_by_text("Email sent."))
        person.sees(sent.get_by_text(re.compile("Ana Dinu")))

        item, words = read(person, to)
        person.sees(item.get_by_text("until Friday please."))
        assert invoice["number"] in words
        assert "$100.00" in words

    def test_a_receipt_goes_where_somebody_says_when_no_address_is_known(self, sit: Sit, clinic: Clinic) -> None:
        maria: Any = clinic.patient()
        paid = clinic.post("/payments", patient_id=maria["id"], amount=clinic.money(4_250), method="cash", allocations=[])
        to = f"luca-{secrets.token_hex(3)}@example.test"
        person = sit(clinic)
        person.go(f"{clinic.home}/billing?show=payments&payment={paid['id']}")
        person.click(person.button(re.compile("^Email"), person.dialog()))
        dialog = person.dialog(re.compile("^Send Receipt"))
        person.sees(dialog.get_by_text("No email address is known of this patient."))
        person.is_at(person.field("To", dialog))
        person.press("Control+Enter")
        expect(dialog).to_be_visible()
        person.field("To", dialog).fill(to)
        person.press("Control+Enter")
        person.is_told(f"On its way to {to}")
        person.sees(person.dialog().get_by_role("listitem").filter(has_text=to).get_by_text("Email sent."))
        assert clinic.get(f"/patients/{maria['id']}")["contacts"] == []

        _, words = read(person, to)
        assert "$42.50" in words

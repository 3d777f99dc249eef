"""Letters by Amazon SES: what is handed over is the whole letter; what came back, or was not wanted, ends letters to that address."""

import json
from base64 import b64decode
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer
from moto.ses import ses_backends

from chairside.kernel.settings import Settings, SettingsRefused
from chairside.messaging.posts import Never, NotNow, Unsure
from chairside.messaging.rules.letters import Attachment, CalendarPart, Letter, composed
from chairside.messaging.ses import Ses
from tests.messaging.amazon import notice
from tests.messaging.servers import free_port
from tests.messaging.test_end_user_messaging import Handler as AwsHandler

SENDER = "mail@clinics.test"
MARIA = [{"type": "email", "value": "Maria@Example.test", "is_primary": True}]


@pytest.fixture
def credentials(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture
def aws(credentials):
    """Moto's SES on a port of this machine; nothing of it leaves."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    boto3.client("sesv2", region_name="eu-central-1", endpoint_url=url).create_email_identity(EmailIdentity="clinics.test")
    yield url
    server.stop()


def ses(endpoint, **more):
    return Ses(
        Settings(
            mail="ses", ses_from=f"Clinics <{SENDER}>", ses_region="eu-central-1", ses_endpoint=endpoint, ses_seconds=0.5, **more
        )
    )


def letter(to="maria@example.test"):
    made = Letter(
        id=str(uuid4()), recipient=to, sender_name="Clinica Știrbei", reply_to=None, language="ro", subject="Programarea dvs.",
        blocks=["Bună ziua, Ștefan"], attachments=[Attachment("F-1.pdf", b"%PDF-1.7 \xff\x00")], at=datetime.now(UTC),
        calendar=CalendarPart("REQUEST", b"BEGIN:VCALENDAR\r\nSUMMARY:Vizit\xc4\x83\r\nEND:VCALENDAR\r\n"),
    )  # fmt: skip
    return composed(made, sender=SENDER)


async def yes():
    return True


class TestALetter:
    async def test_arrives_whole_and_has_the_id_by_which_it_is_spoken_of(self, aws):
        id = await ses(aws).hand_over(letter(), yes)
        [told] = [one for one in ses_backends["123456789012"]["eu-central-1"].sent_messages if one.id == id]
        assert (told.source, set(told.destinations)) == (SENDER, {"maria@example.test"})
        got = message_from_bytes(told.raw_data.encode(), policy=policy.default)
        assert str(got["From"]) == f"Clinica Știrbei <{SENDER}>"
        assert got["Subject"] == "Programarea dvs."
        assert "Ștefan" in got.get_body(("plain",)).get_content()
        paper, visit = got.iter_attachments()
        assert (paper.get_filename(), paper.get_content()) == ("F-1.pdf", b"%PDF-1.7 \xff\x00")
        assert (visit.get_filename(), visit.get_content_type()) == ("visit.ics", "application/ics")
        assert "SUMMARY:Vizită" in visit.get_content().decode()

    async def test_is_not_given_when_it_is_not_to_go(self, aws):
        async def no():
            return False

        assert await ses(aws).hand_over(letter(), no) == ""

    async def test_from_an_address_that_is_not_the_clinics_is_refused_for_good(self, aws):
        boto3.client("sesv2", region_name="eu-central-1", endpoint_url=aws).delete_email_identity(EmailIdentity="clinics.test")
        with pytest.raises(Never) as refused:
            await ses(aws).hand_over(letter(), yes)
        assert refused.value.reason == "rejected"

    async def test_is_kept_for_later_where_nobody_listens(self, credentials):
        with pytest.raises(NotNow) as refused:
            await ses(f"http://127.0.0.1:{free_port()}").hand_over(letter(), yes)
        assert refused.value.reason == "unreachable"


class Handler(AwsHandler):
    def do_POST(self):
        self.server.taken.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        if self.server.seconds:
            import time

            time.sleep(self.server.seconds)
        self.say(*self.server.answer)


@pytest.fixture
def server(credentials):
    import threading
    from http.server import ThreadingHTTPServer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.taken, server.seconds, server.answer = [], 0, (200, {"MessageId": "m-1"})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class TestTheService:
    async def test_is_asked_by_the_configuration_set(self, server):
        assert (
            await ses(f"http://127.0.0.1:{server.server_port}", ses_configuration_set="clinics").hand_over(letter(), yes) == "m-1"
        )
        [taken] = server.taken
        assert (taken["ConfigurationSetName"], taken["FromEmailAddress"]) == ("clinics", SENDER)
        assert b"visit.ics" in b64decode(taken["Content"]["Raw"]["Data"])

    @pytest.mark.parametrize(
        "answer, kind, reason",
        [
            ((429, {"__type": "TooManyRequestsException", "message": "x"}), NotNow, "deferred"),
            ((400, {"__type": "SendingPausedException", "message": "x"}), NotNow, "deferred"),
            ((403, {"__type": "AccessDeniedException", "message": "x"}), NotNow, "credentials"),
            ((400, {"__type": "MessageRejected", "message": "x"}), Never, "rejected"),
            ((500, {"__type": "InternalServiceError", "message": "x"}), Unsure, "unanswered"),
            ((200, "<html>hello</html>"), Unsure, "unanswered"),
        ],
    )
    async def test_is_asked_once_whatever_it_answers(self, server, answer, kind, reason):
        server.answer = answer
        with pytest.raises(kind) as refused:
            await ses(f"http://127.0.0.1:{server.server_port}").hand_over(letter(), yes)
        assert (type(refused.value), refused.value.reason) == (kind, reason)
        assert len(server.taken) == 1

    async def test_that_does_not_answer_may_have_it(self, server):
        server.seconds = 1.5
        with pytest.raises(Unsure):
            await ses(f"http://127.0.0.1:{server.server_port}").hand_over(letter(), yes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail": "pigeon"}, {"mail": "ses"}, {"mail": "smtp"}, {"mail": "ses", "ses_from": SENDER, "smtp_host": "x"},
        {"mail": "ses", "ses_from": SENDER, "environment": "production", "secret": "x" * 32},
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused_in_a_sentence(wrong):
    with pytest.raises(SettingsRefused, match="CHAIRSIDE_"):
        Settings(**wrong).check()


def told(kind, id, *, of="eventType", **more):
    return {of: kind, "mail": {"messageId": id, "timestamp": datetime.now(UTC).isoformat()}, kind.lower(): more}


@pytest.fixture
def mailed(north, given, work, post):
    """An invoice that SES took under an id of its own."""

    class Way:
        sender = SENDER

        def __init__(self):
            self.letters, self.id = [], ""

        async def hand_over(self, letter, about_to):
            await about_to()
            self.letters.append(letter)
            return self.id

    way = Way()

    async def mail(patient=None):
        post(way)  # the app of these tests was built without one
        patient = patient or await given.patient(north, "Maria", contacts=MARIA)
        invoice = await given.invoice(north, patient, 100)
        way.id = f"ses-{uuid4()}"
        body = {"to": "maria@example.test", "subject": "Factura", "text": "x"}
        answer = await north.ask("POST", f"/invoices/{invoice.id}/messages", json=body)
        if answer.status_code == 201:
            await work(answer.json()["id"])
        return patient, way.id, answer

    return mail


async def preference(north, patient):
    return (await north.ask("GET", f"/patients/{patient.id}/contact-preference")).json()


async def log(north, patient):
    return (await north.ask("GET", f"/patients/{patient.id}/messages")).json()["items"]


class TestALetterThatWent:
    @pytest.mark.parametrize("of", ["eventType", "notificationType"])
    async def test_arrived(self, north, mailed, sns, signer, of):
        maria, id, _ = await mailed()
        assert (await sns(signer.sign(notice(told("Delivery", id, of=of))))).status_code == 204
        [line] = await log(north, maria)
        assert (line["delivery"], line["delivery_reason"]) == ("delivered", None)

    @pytest.mark.parametrize(
        "kind, more, delivery, reason",
        [
            ("Bounce", {"bounceType": "Permanent", "bounceSubType": "General"}, "undelivered", "bounced"),
            ("Complaint", {"complaintFeedbackType": "abuse"}, "delivered", "complained"),
        ],
    )
    async def test_and_came_back_or_was_not_wanted_is_the_last_until_staff_say_otherwise(
        self,
        north,
        south,
        given,
        mailed,
        sns,
        signer,
        kind,
        more,
        delivery,
        reason,
    ):
        maria, id, _ = await mailed()
        await sns(signer.sign(notice(told("Delivery", id))))
        await sns(signer.sign(notice(told(kind, id, **more))))
        [line] = await log(north, maria)
        assert (line["delivery"], line["delivery_reason"]) == (delivery, reason)
        [stop] = (await preference(north, maria))["stopped"]
        assert (stop["address"], stop["reason"]) == ("maria@example.test", reason)
        _, _, refused = await mailed(maria)
        assert refused.json()["code"] == "AddressIsStopped"
        assert (await preference(south, await given.patient(south, contacts=MARIA)))["stopped"] == []
        lifted = await north.ask("DELETE", f"/patients/{maria.id}/stopped-addresses/{stop['id']}")
        assert lifted.status_code == 204
        assert (await preference(north, maria))["stopped"] == []
        assert (await mailed(maria))[2].status_code == 201
        again = await north.ask("DELETE", f"/patients/{maria.id}/stopped-addresses/{stop['id']}")
        assert again.json()["code"] == "NoSuchStop"

    async def test_and_came_back_for_now_ends_nothing(self, north, mailed, sns, signer):
        maria, id, _ = await mailed()
        await sns(signer.sign(notice(told("Bounce", id, bounceType="Transient"))))
        [line] = await log(north, maria)
        assert (line["delivery"], line["delivery_reason"]) == ("undelivered", "returned")
        assert (await preference(north, maria))["stopped"] == []

    async def test_once_it_came_back_the_next_in_the_outbox_stays_here(self, north, given, mailed, work, sns, signer):
        maria, id, _ = await mailed()
        invoice = await given.invoice(north, maria, 100)
        body = {"to": "MARIA@example.test", "subject": "Factura", "text": "x"}
        waiting = (await north.ask("POST", f"/invoices/{invoice.id}/messages", json=body)).json()
        await sns(signer.sign(notice(told("Bounce", id, bounceType="Permanent"))))
        await work(waiting["id"])
        [line] = [one for one in await log(north, maria) if one["id"] == waiting["id"]]
        assert (line["status"], line["reason"]) == ("failed", "bounced")

    async def test_is_not_anothers_to_free(self, north, given, mailed, sns, signer):
        maria, id, _ = await mailed()
        await sns(signer.sign(notice(told("Bounce", id, bounceType="Permanent"))))
        [stop] = (await preference(north, maria))["stopped"]
        other = await given.patient(north, "Ion")
        refused = await north.ask("DELETE", f"/patients/{other.id}/stopped-addresses/{stop['id']}")
        assert refused.json()["code"] == "NoSuchStop"

"""What Amazon SNS posts: believed only when it is signed, of a topic that is heard, and new; then a text is its patient's, and a line
of the log says what became of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from chairside.cli import clinic_numbers
from chairside.kernel import clock
from chairside.kernel.settings import SettingsRefused
from chairside.kernel.stop import Stop
from chairside.messaging import phones
from chairside.messaging.actions.confirming import confirm_topics
from tests.messaging import amazon
from tests.messaging.amazon import CERTIFICATE, TOPIC, Signer, became, notice, text
from tests.messaging.test_conversations import inbox
from tests.messaging.test_reminders import CONTACTS


@pytest.fixture
def own(settings):
    """Gives a clinic numbers of its own, as the operator does."""

    async def own_(clinic, number="+12065550100"):
        await clinic_numbers.change(settings, clinic.slug, give=number)

    return own_


@pytest.fixture(autouse=True)
def numbers_of_nobody(admin, conninfo):
    yield
    with psycopg.connect(psycopg.conninfo.make_conninfo(admin, dbname="chairside")) as db:
        db.execute("set session_replication_role = replica")  # of no clinic, the audit cannot write
        db.execute("delete from clinic_number")
        db.execute("delete from notice_topic")


@pytest.fixture
def sent(north, given, work, monkeypatch):
    """A text that the network took as `id`."""

    class Network:
        delivers = False

        def __init__(self):
            self.given, self.texts = "m-1", []

        async def hand_over(self, text, about_to):
            await about_to()
            self.texts.append(text)
            return self.given

    network = Network()
    monkeypatch.setitem(phones._CHOSEN, "phone", network)

    async def send(id, *, clinic=None, number=CONTACTS[0]["value"]):
        clinic = clinic or north
        network.given = id
        patient = await given.patient(clinic, "Maria", contacts=[{**CONTACTS[0], "value": number}])
        told = (await clinic.ask("POST", f"/patients/{patient.id}/texts", json={"text": "Bună"})).json()
        await work(told["id"], clinic)
        return patient, network.texts[-1]

    return send


async def line_of(clinic, patient):
    [line] = [
        one for one in (await clinic.ask("GET", f"/patients/{patient.id}/messages")).json()["items"] if one["what"] == "message"
    ]
    return line


class TestATextThatCameIn:
    @pytest.mark.parametrize("version", ["1", "2"])
    async def test_is_the_patients_of_the_clinic_whose_number_was_written_to(
        self, north, south, given, sns, signer, own, version
    ):
        await own(north)
        maria = await given.patient(north, "Maria", contacts=CONTACTS)
        await given.patient(south, "Ion", contacts=CONTACTS)
        answer = await sns(signer.sign(notice(text("Vin mai târziu\nDa")), version=version))
        assert (answer.status_code, answer.content) == (204, b"")
        [got] = await inbox(north)
        assert (got["patient_id"], got["text"], got["number"]) == (str(maria.id), "Vin mai târziu\nDa", "+40721234567")
        assert await inbox(south) == []

    async def test_that_comes_again_is_kept_once(self, north, sns, signer, own, amazons):
        await own(north)
        same = text("Da", id="in-1")
        first = signer.sign(notice(same))
        for fields in (first, first, signer.sign(notice(same))):
            assert (await sns(fields)).status_code == 204
        assert len(await inbox(north)) == 1
        assert amazons.asked == [CERTIFICATE.removeprefix(amazon.HOST)], "the certificate is fetched once"

    async def test_of_stop_stops_the_clinic_whose_number_it_is(self, north, given, sns, signer, own):
        await own(north)
        maria = await given.patient(north, "Maria", contacts=CONTACTS)
        await sns(signer.sign(notice(text("STOP"))))
        refused = await north.ask("POST", f"/patients/{maria.id}/texts", json={"text": "x"})
        assert refused.json()["code"] == "NumberIsStopped"

    async def test_to_a_number_that_clinics_share_is_of_the_one_whose_message_it_answers(self, north, south, sns, signer, sent):
        maria, _ = await sent("north-1")
        await sent("south-1", clinic=south)
        await sns(signer.sign(notice(text("Da", answers="north-1"))))
        assert [one["patient_id"] for one in await inbox(north)] == [str(maria.id)]
        assert await inbox(south) == []

    async def test_that_answers_nothing_is_of_the_only_one_that_wrote(self, north, south, sns, signer, sent):
        number = "+40721000111"
        await sent("only-1", number=number)
        await sns(signer.sign(notice(text("Da", origin=number))))
        assert (await inbox(north))[0]["text"] == "Da"

    async def test_that_could_be_two_clinics_is_neither_ones(self, north, south, sns, signer, sent):
        number = "+40721000222"
        await sent("two-1", number=number)
        await sent("two-2", clinic=south, number=number)
        before = len(await inbox(north)), len(await inbox(south))
        assert (await sns(signer.sign(notice(text("Da", origin=number))))).status_code == 204
        assert (len(await inbox(north)), len(await inbox(south))) == before

    async def test_of_stop_to_a_shared_number_stops_everybody_who_wrote(self, north, south, sns, signer, sent):
        number = "+40721000333"
        patients = [(clinic, (await sent(f"stop-{clinic.slug}", clinic=clinic, number=number))[0]) for clinic in (north, south)]
        await sns(signer.sign(notice(text("Stop.", origin=number))))
        for clinic, patient in patients:
            refused = await clinic.ask("POST", f"/patients/{patient.id}/texts", json={"text": "x"})
            assert refused.json()["code"] == "NumberIsStopped"

    async def test_says_nothing_to_the_log_of_what_is_in_it(self, north, sns, signer, own, capfd):
        await own(north)
        await sns(signer.sign(notice(text("Sunt însărcinată"))))
        await sns({**signer.sign(notice(text("Sunt însărcinată"))), "Message": json.dumps(text("Altceva"))})
        said = "".join(capfd.readouterr())
        assert "code=signature" in said
        assert "rcinat" not in said
        assert "21234567" not in said
        assert "Altceva" not in said


class TestATextThatWentOut:
    @pytest.mark.parametrize(
        "kind, delivery, reason",
        [
            ("TEXT_DELIVERED", "delivered", None), ("TEXT_BLOCKED", "undelivered", "blocked"),
            ("TEXT_CARRIER_UNREACHABLE", "undelivered", "unreachable"), ("TEXT_INVALID", "undelivered", "invalid"),
            ("TEXT_SPAM", "undelivered", "spam"), ("TEXT_TTL_EXPIRED", "undelivered", "expired"),
            ("TEXT_SUCCESSFUL", None, None), ("TEXT_UNKNOWN", None, None), ("TEXT_SENT", None, None),
        ],
    )  # fmt: skip
    async def test_has_what_became_of_it_in_its_log(self, north, sns, signer, sent, kind, delivery, reason):
        maria, _ = await sent(f"log-{kind}-{clock.now().timestamp()}")
        line = await line_of(north, maria)
        assert line["delivery"] is None
        given = await self.id_of(north, maria)
        assert (await sns(signer.sign(notice(became(kind, given))))).status_code == 204
        line = await line_of(north, maria)
        assert (line["delivery"], line["delivery_reason"]) == (delivery, reason)

    async def id_of(self, north, patient):
        async with north.op() as op:
            return await op.db.value(
                "select message.provider_message_id from message where message.patient_id = %(id)s", id=patient.id
            )

    async def test_that_arrived_stays_arrived_whatever_comes_late(self, north, sns, signer, sent):
        maria, _ = await sent("late-1")
        for kind in ("TEXT_UNREACHABLE", "TEXT_DELIVERED", "TEXT_TTL_EXPIRED"):
            await sns(signer.sign(notice(became(kind, "late-1"))))
        line = await line_of(north, maria)
        assert (line["delivery"], line["delivery_reason"]) == ("delivered", None)

    async def test_that_is_not_written_down_yet_is_asked_for_again(self, north, sns, signer, sent):
        early = signer.sign(notice(became("TEXT_DELIVERED", "early-1")))
        assert (await sns(early)).status_code == 503
        maria, _ = await sent("early-1")
        assert (await sns(early)).status_code == 204
        assert (await line_of(north, maria))["delivery"] == "delivered"

    async def test_of_somebody_else_is_let_be(self, sns, signer):
        old = datetime.now(UTC) - timedelta(minutes=5)
        assert (await sns(signer.sign(notice(became("TEXT_DELIVERED", "of-another-program", at=old))))).status_code == 204

    async def test_comes_from_the_clinics_own_number(self, north, sent, own):
        assert (await sent("from-1"))[1].origin == ""
        await own(north, "+12065550177")
        assert (await sent("from-2", number="+40721555666"))[1].origin == "+12065550177"


def altered(signer, **more):
    return signer.sign(notice(text("Da"))) | more


LIES = {
    "altered": lambda s: altered(s, Message=json.dumps(text("Nu"))),
    "of another id": lambda s: altered(s, MessageId="other"),
    "made younger": lambda s: altered(s, Timestamp=datetime.now(UTC).isoformat().replace("+00:00", "Z")),
    "with a subject added": lambda s: altered(s, Subject="x"),
    "of another kind": lambda s: altered(s, Type="SubscriptionConfirmation", Token="x", SubscribeURL="https://x"),
    "signed by somebody": lambda s: Signer().sign(notice(text("Da"))),
    "not signed": lambda s: altered(s, Signature=""),
    "signed with noise": lambda s: altered(s, Signature="%%%"),
    "of a version that is none": lambda s: altered(s, SignatureVersion="3"),
    "of another version": lambda s: altered(s, SignatureVersion="1"),
    "of a topic that is not heard": lambda s: s.sign(notice(text("Da"), TopicArn=TOPIC + "-2")),
    "of a topic with another certificate": lambda s: s.sign(notice(text("Da"), TopicArn="arn:aws:sns:us-east-1:123456789012:other")),
    "old": lambda s: s.sign(notice(text("Da"), at=datetime.now(UTC) - timedelta(minutes=71))),
    "of tomorrow": lambda s: s.sign(notice(text("Da"), at=datetime.now(UTC) + timedelta(minutes=6))),
    "of no time": lambda s: s.sign(notice(text("Da"), Timestamp="yesterday")),
    "of a time nowhere": lambda s: s.sign(notice(text("Da"), Timestamp="2026-12-01T00:00:00")),
    "a list": lambda s: [],
    "nothing": lambda s: {},
    "with a number in it": lambda s: altered(s, Message=1),
}  # fmt: skip
HOSTS = [
    "http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com.evil.test/SimpleNotificationService-0123456789abcdef.pem",
    "https://evil.test/sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com@evil.test/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com:8443/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com/evil/../SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem?x=y",
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem\n",
    "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com.cn/SimpleNotificationService-0123456789abcdef.pem",
    "https://bucket.s3.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    "https://sns.eu-central-1.amazonaws.com/",
]


class TestANotice:
    @pytest.mark.parametrize("lie", LIES)
    async def test_is_not_believed_when_it_is(self, north, sns, signer, own, lie):
        await own(north)
        refused = await sns(LIES[lie](signer))
        assert (refused.status_code, refused.json()["code"]) == (403, "NotBelieved")
        assert await inbox(north) == []

    @pytest.mark.parametrize("url", HOSTS)
    async def test_is_not_believed_with_a_certificate_from_elsewhere_which_nobody_fetches(self, sns, signer, amazons, url):
        refused = await sns(signer.sign(notice(text("Da"), SigningCertURL=url)))
        assert refused.status_code == 403
        assert amazons.asked == []

    @pytest.mark.parametrize("wrong", [{"days": -1}, {"bits": 1024}])
    async def test_is_not_believed_with_a_certificate_that_is_over_or_weak(self, sns, amazons, wrong):
        amazons.signer = Signer(**wrong)
        assert (await sns(amazons.signer.sign(notice(text("Da"))))).status_code == 403

    async def test_comes_again_when_its_certificate_is_not_to_be_had(self, north, sns, signer, amazons, own):
        amazons.status = "404 Not Found"
        for _ in range(3):
            assert (await sns(signer.sign(notice(text("Da"))))).status_code == 503
        assert len(amazons.asked) == 1, "for a minute nobody asks again"

    async def test_of_invented_certificates_has_few_of_them_fetched(self, sns, signer, amazons):
        codes = [
            (await sns(signer.sign(notice(text("Da"), SigningCertURL=CERTIFICATE.replace("0123", f"{number:04}"))))).status_code
            for number in range(1000, 1014)
        ]
        assert codes[-1] == 429
        assert len(amazons.asked) == 10

    async def test_is_small(self, sns, signer):
        assert (await sns(signer.sign(notice("x" * 65_000)))).status_code == 413

    async def test_that_is_no_json_is_refused(self, sns):
        assert (await sns(b"hello")).status_code == 422

    @pytest.mark.parametrize(
        "message", ["hello", "[]", "{}", '{"eventType": 5}', '{"inboundMessageId": 7}', '{"eventType": "TEXT_DELIVERED"}']
    )
    async def test_that_tells_nothing_of_ours_is_let_be(self, sns, signer, message):
        assert (await sns(signer.sign(notice(message)))).status_code == 204

    async def test_is_heard_nowhere_where_no_topic_is_named(self, http, signer):
        fields = json.dumps(signer.sign(notice(text("Da"))))
        assert (await http.post("/notices/aws", content=fields)).status_code == 404


class TestATopic:
    async def test_that_asks_is_confirmed_by_a_job_once(self, sns, signer, amazons, pool):
        assert (
            await sns(signer.sign(notice("You have chosen to subscribe", kind="SubscriptionConfirmation")))
        ).status_code == 204
        assert not any("Confirm" in one for one in amazons.asked), "not while SNS waits"
        for done in (1, 0):
            assert await confirm_topics(pool, topics=[TOPIC], now=clock.now(), ask=amazons.fetch) == done
        [asked] = [one for one in amazons.asked if "Confirm" in one]
        assert asked == (
            "/?Action=ConfirmSubscription&TopicArn=arn%3Aaws%3Asns%3Aeu-central-1%3A123456789012%3Achairside-texts"
            f"&Token={'a' * 64}&Version=2010-03-31"
        )

    async def test_is_asked_for_again_until_it_answers(self, sns, signer, amazons, pool):
        await sns(signer.sign(notice("x", kind="SubscriptionConfirmation")))
        amazons.status = "500 Oh"
        assert await confirm_topics(pool, topics=[TOPIC], now=clock.now(), ask=amazons.fetch) == 0
        amazons.status = "200 OK"
        assert await confirm_topics(pool, topics=[TOPIC], now=clock.now(), ask=amazons.fetch) == 1

    async def test_that_is_named_no_more_is_not_confirmed(self, sns, signer, amazons, pool):
        await sns(signer.sign(notice("x", kind="SubscriptionConfirmation")))
        assert await confirm_topics(pool, topics=[TOPIC + "-2"], now=clock.now(), ask=amazons.fetch) == 0

    async def test_of_strangers_is_not_even_kept(self, sns, signer, root):
        refused = await sns(signer.sign(notice("x", kind="SubscriptionConfirmation", TopicArn=TOPIC + "-2")))
        assert refused.status_code == 403
        assert root.execute("select count(*) from notice_topic").fetchone() == (0,)

    @pytest.mark.parametrize("wrong", ["texts", "arn:aws:sqs:eu-central-1:123456789012:x", f"{TOPIC} {TOPIC}"])
    def test_that_is_none_is_said_at_the_start(self, settings, wrong):
        with pytest.raises(SettingsRefused, match="CHAIRSIDE_AWS_TOPICS"):
            replace(settings, aws_topics=wrong).check()


class TestANumber:
    async def test_is_of_one_clinic(self, settings, north, south):
        assert await clinic_numbers.change(settings, north.slug, give="+12065550100") == ["+12065550100"]
        with pytest.raises(Stop, match="a clinic's already"):
            await clinic_numbers.change(settings, south.slug, give="+12065550100")
        assert await clinic_numbers.change(settings, north.slug, take="+12065550100") == []
        assert await clinic_numbers.change(settings, south.slug, give="+12065550100") == ["+12065550100"]

    @pytest.mark.parametrize("wrong", ["0721 234 567", "+0123", "hello"])
    async def test_is_written_as_networks_do(self, settings, north, wrong):
        with pytest.raises(Stop, match="as networks do"):
            await clinic_numbers.change(settings, north.slug, give=wrong)

    async def test_that_is_not_there_is_not_taken(self, settings, north):
        with pytest.raises(Stop, match="has no number"):
            await clinic_numbers.change(settings, north.slug, take="+12065550199")

    async def test_is_of_no_clinic_that_is_not_there(self, settings):
        with pytest.raises(Stop, match="no clinic"):
            await clinic_numbers.change(settings, "nowhere")

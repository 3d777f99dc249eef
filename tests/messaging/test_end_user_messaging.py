"""AWS End User Messaging: against a server that reads requests by botocore's own models, and misbehaves as services do."""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from uuid import uuid4

import botocore.session
import pytest
from botocore.validate import ParamValidator

from chairside.kernel import clock
from chairside.kernel.settings import Settings, SettingsRefused
from chairside.messaging.phones import EndUserMessaging, Text
from chairside.messaging.posts import Never, NotNow, Unsure
from tests.messaging.servers import free_port

SERVICE = botocore.session.get_session().get_service_model("pinpoint-sms-voice-v2")
OPERATION = SERVICE.operation_model("SendTextMessage")


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        report = ParamValidator().validate(body, OPERATION.input_shape)
        target = f"{SERVICE.metadata['targetPrefix']}.SendTextMessage"
        assert self.headers["x-amz-target"] == target
        assert self.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=key/")
        unknown = set(body) - set(OPERATION.input_shape.members)
        if report.has_errors() or unknown:
            return self.say(400, {"__type": "ValidationException", "message": report.generate_report() or str(unknown)})
        server.taken.append(body)
        if server.seconds:
            sleep(server.seconds)
        return self.say(*server.answer)

    def say(self, status, answer):
        text = answer if isinstance(answer, str) else json.dumps(answer)
        self.send_response(status)
        self.send_header("content-type", "text/html" if isinstance(answer, str) else "application/x-amz-json-1.0")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.taken, server.seconds, server.answer = [], 0, (200, {"MessageId": "m-1"})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def settings(port, **more):
    return Settings(
        sms="aws",
        sms_from="+12065550100",
        sms_region="eu-central-1",
        sms_endpoint=f"http://127.0.0.1:{port}",
        sms_seconds=0.5,
        **more,
    )


def text(**more):
    return Text(uuid4(), uuid4(), "North", "+40721234567", "Hello", clock.now())._replace(**more)


async def yes():
    return True


async def hand_over(port, **more):
    return await EndUserMessaging(settings(port, **more)).hand_over(text(), yes)


class TestAText:
    async def test_goes_as_the_service_wants_it(self, server):
        assert await hand_over(server.server_port, sms_configuration_set="clinic") == "m-1"
        assert server.taken == [{
            "DestinationPhoneNumber": "+40721234567", "OriginationIdentity": "+12065550100", "MessageBody": "Hello",
            "MessageType": "TRANSACTIONAL", "ConfigurationSetName": "clinic",
        }]  # fmt: skip

    async def test_is_not_given_when_it_is_not_to_go(self, server):
        async def no():
            return False

        await EndUserMessaging(settings(server.server_port)).hand_over(text(), no)
        assert server.taken == []

    @pytest.mark.parametrize(
        "answer, kind, reason",
        [
            ((400, {"__type": "ThrottlingException", "message": "slow down"}), NotNow, "deferred"),
            ((429, {"__type": "Other", "message": "x"}), NotNow, "deferred"),
            ((400, {"__type": "AccessDeniedException", "message": "no"}), NotNow, "credentials"),
            ((400, {"__type": "ServiceQuotaExceededException", "message": "no"}), NotNow, "deferred"),
            ((400, {"__type": "ValidationException", "message": "no"}), Never, "rejected"),
            ((400, {"__type": "ConflictException", "Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"}), Never, "stopped"),
            ((400, {"__type": "ConflictException", "Reason": "SENDER_ID_NOT_REGISTERED"}), Never, "rejected"),
            ((400, {"__type": "SomethingNew", "message": "x"}), Never, "rejected"),
            ((500, {"__type": "InternalServerException", "message": "x"}), Unsure, "unanswered"),
            ((503, "<html>Service Unavailable</html>"), Unsure, "unanswered"),
            ((200, "<html>hello</html>"), Unsure, "unanswered"),
        ],
    )
    async def test_is_asked_for_once_whatever_the_answer(self, server, answer, kind, reason):
        server.answer = answer
        with pytest.raises(kind) as refused:
            await hand_over(server.server_port)
        assert type(refused.value) is kind
        assert refused.value.reason == reason
        assert len(server.taken) == 1, "the SDK must not try again"

    async def test_that_was_taken_and_not_answered_is_unsure(self, server):
        server.seconds = 1.5
        with pytest.raises(Unsure):
            await hand_over(server.server_port)
        await asyncio.sleep(1.5)
        assert len(server.taken) == 1

    async def test_is_kept_for_later_where_nobody_listens(self, server):
        with pytest.raises(NotNow) as refused:
            await hand_over(free_port())
        assert refused.value.reason == "unreachable"

    async def test_is_kept_for_later_without_credentials(self, server, monkeypatch):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
        with pytest.raises(NotNow) as refused:
            await hand_over(server.server_port)
        assert refused.value.reason == "credentials"
        assert server.taken == []


@pytest.mark.parametrize(
    "wrong",
    [{"sms": "carrier pigeon"}, {"sms": "aws"}, {"environment": "production", "secret": "x" * 32, "phone": "/tmp/phone"}],
)
def test_settings_that_cannot_be_are_refused_in_a_sentence(wrong):
    with pytest.raises(SettingsRefused, match="CHAIRSIDE_"):
        Settings(**wrong).check()

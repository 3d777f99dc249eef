"""Amazon SNS on this machine: it signs as SNS does, with a certificate of its own that a server here gives out over TLS."""

import asyncio
import json
import ssl
from base64 import b64encode
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from chairside.kernel.outbound import NotReached, Outbound
from chairside.messaging.rules.notices import HASHES, signed_text

REGION = "eu-central-1"
HOST = f"https://sns.{REGION}.amazonaws.com"
TOPIC = f"arn:aws:sns:{REGION}:123456789012:chairside-texts"
CERTIFICATE = f"{HOST}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"
OURS = "sns.amazon.test"


class Signer:
    """A key with a certificate that names Amazon, of an authority of this test."""

    def __init__(self, *, days=30, bits=2048):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        authority = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        now = datetime.now(UTC)
        self.pem = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of a test")]))
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=60))
            .not_valid_after(now + timedelta(days=days))
            .sign(authority, hashes.SHA256())
            .public_bytes(serialization.Encoding.PEM)
        )

    def sign(self, fields, *, version="2"):
        signature = self.key.sign(signed_text(fields), padding.PKCS1v15(), HASHES[version]())
        return {**fields, "SignatureVersion": version, "Signature": b64encode(signature).decode()}


def notice(message, *, at=None, kind="Notification", **more):
    """Not signed yet."""
    fields = {
        "Type": kind,
        "MessageId": str(uuid4()),
        "TopicArn": TOPIC,
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": (at or datetime.now(UTC)).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "SigningCertURL": CERTIFICATE,
    }
    if kind == "SubscriptionConfirmation":
        fields |= {"Token": "a" * 64, "SubscribeURL": f"{HOST}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token={'a' * 64}"}
    return fields | more


def text(body, *, origin="+40721234567", to="+12065550100", answers=None, id=None):
    return {
        "originationNumber": origin, "destinationNumber": to, "messageKeyword": "KEYWORD_123456789012", "messageBody": body,
        "inboundMessageId": id or str(uuid4()), **({"previousPublishedMessageId": answers} if answers else {}),
    }  # fmt: skip


def became(kind, id, *, at=None, final=True):
    return {
        "eventType": kind, "eventVersion": "1.0", "eventTimestamp": int((at or datetime.now(UTC)).timestamp() * 1000),
        "isFinal": final, "originationPhoneNumber": "+12065550100", "destinationPhoneNumber": "+40721234567",
        "isoCountryCode": "RO", "messageId": id, "messageType": "TRANSACTIONAL", "messageStatus": kind.removeprefix("TEXT_"),
        "messageStatusDescription": "as the carrier says", "totalMessageParts": 1, "totalMessagePrice": 0.05,
    }  # fmt: skip


class Host:
    """`sns.<region>.amazonaws.com`: asked through the real way out, at this machine's address instead of Amazon's."""

    def __init__(self, authority, ca, signer):
        self.authority, self.ca, self.signer = authority, ca, signer
        self.asked, self.status = [], "200 OK"

    @asynccontextmanager
    async def running(self):
        async def answer(reader, writer):
            try:
                line = (await reader.readuntil(b"\r\n\r\n")).decode().split()[1]
                self.asked.append(line)
                body = self.signer.pem if line.endswith(".pem") else b"<ConfirmSubscriptionResponse/>"
                writer.write(
                    f"HTTP/1.1 {self.status}\r\nconnection: close\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body
                )
                await writer.drain()
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.authority.issue_cert(OURS).configure_cert(context)
        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def fetch(self, url):
        """What stands in for the open internet: everything else of the way is the real one."""

        async def lookup(host, port):
            return ["127.0.0.1"]

        assert url.startswith(HOST + "/"), "nothing else may be asked"
        way = Outbound(own=frozenset({OURS}), ca=self.ca, lookup=lookup)
        answer = await way.get(url.replace(HOST, f"https://{OURS}:{self.port}"))
        if answer.status != 200:
            raise NotReached("away")
        return answer.body

"""Notices of Amazon SNS: whether one is what it says, from a topic that is heard here, and new. Which text is signed:
https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html"""

import re
from base64 import b64decode
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from chairside.kernel.settings import TOPIC

CERTIFICATE = re.compile(
    r"https://sns\.([a-z0-9-]+)\.(amazonaws\.com|amazonaws\.com\.cn)/SimpleNotificationService-[A-Za-z0-9]{8,64}\.pem"
)
HOSTS = {"aws": "amazonaws.com", "aws-us-gov": "amazonaws.com", "aws-cn": "amazonaws.com.cn"}
OLDEST = timedelta(minutes=70)  # SNS tries for an hour at most
AHEAD = timedelta(minutes=5)
KEPT = timedelta(days=1)  # longer than a notice is believed
NOTICE, ASKS, ENDED = "Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"
SIGNED = {
    NOTICE: ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    ASKS: ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ENDED: ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}
NEEDED = {"MessageId", "Message", "Timestamp", "TopicArn", "Type", "Signature", "SignatureVersion", "SigningCertURL"}
HASHES = {"1": SHA1, "2": SHA256}
LEAST_BITS = 2048


class NotBelieved(Exception):
    """`reason` is a code for the log; whoever sent it is not told."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Notice(NamedTuple):
    """`kind`: Notification, SubscriptionConfirmation, UnsubscribeConfirmation. `fields`: as they came."""

    kind: str
    id: str
    topic: str
    at: datetime
    message: str
    token: str
    certificate: str
    fields: dict[str, str]


def read(body: Any, *, topics: Collection[str], now: datetime) -> Notice:
    """All that can be said without its certificate. Refuses NotBelieved."""
    if not isinstance(body, dict) or not all(isinstance(value, str) for value in body.values() if value is not None):
        raise NotBelieved("shape")
    fields = {name: value for name, value in body.items() if value is not None}
    if not set(fields) >= NEEDED or fields["Type"] not in SIGNED or len(fields["MessageId"]) > 100:
        raise NotBelieved("shape")
    if fields["Type"] != NOTICE and not {"Token", "SubscribeURL"} <= set(fields):
        raise NotBelieved("shape")
    topic = TOPIC.fullmatch(fields["TopicArn"])
    if topic is None or fields["TopicArn"] not in topics:
        raise NotBelieved("topic")
    where = CERTIFICATE.fullmatch(fields["SigningCertURL"])
    if where is None or where[1] != topic[2] or where[2] != HOSTS[topic[1]]:
        raise NotBelieved("certificate")
    if fields["SignatureVersion"] not in HASHES:
        raise NotBelieved("version")
    at = _instant(fields["Timestamp"])
    if not now - OLDEST <= at <= now + AHEAD:
        raise NotBelieved("age")
    return Notice(
        fields["Type"], fields["MessageId"], fields["TopicArn"], at, fields["Message"], fields.get("Token", ""),
        fields["SigningCertURL"], fields,
    )  # fmt: skip


def verify(notice: Notice, pem: bytes, *, now: datetime) -> None:
    """Refuses NotBelieved."""
    key = key_of(pem, now=now)
    try:
        signature = b64decode(notice.fields["Signature"], validate=True)
        key.verify(signature, signed_text(notice.fields), PKCS1v15(), HASHES[notice.fields["SignatureVersion"]]())
    except (ValueError, InvalidSignature) as error:
        raise NotBelieved("signature") from error


def key_of(pem: bytes, *, now: datetime) -> RSAPublicKey:
    """Of a certificate that holds today. Whose it is was proved by where it was fetched. Refuses NotBelieved."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        key = certificate.public_key()
    except ValueError as error:
        raise NotBelieved("certificate") from error
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise NotBelieved("certificate")
    if not isinstance(key, RSAPublicKey) or key.key_size < LEAST_BITS:
        raise NotBelieved("certificate")
    return key


def signed_text(fields: dict[str, str]) -> bytes:
    return "".join(f"{name}\n{fields[name]}\n" for name in SIGNED[fields["Type"]] if name in fields).encode()


def confirming(topic: str, token: str) -> str:
    """Where a subscription is confirmed: made of the topic, not of what a notice says."""
    found = TOPIC.fullmatch(topic)
    assert found, "topics are looked at before they are kept"
    asked = urlencode({"Action": "ConfirmSubscription", "TopicArn": topic, "Token": token, "Version": "2010-03-31"})
    return f"https://sns.{found[2]}.{HOSTS[found[1]]}/?{asked}"


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotBelieved("shape") from error
    if at.tzinfo is None:
        raise NotBelieved("shape")
    return at

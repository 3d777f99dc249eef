"""The ways out for texts: a provider's service, or in development a phone on this machine."""

import json
from asyncio import get_running_loop, to_thread
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from time import time_ns
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop
from chairside.messaging.posts import Ask, Never, NotHandedOver, NotNow, Unsure


class Text(NamedTuple):
    clinic_id: UUID
    message_id: UUID
    sender: str
    number: str
    body: str
    at: datetime


class Phone(Protocol):
    """As with letters: `about_to` is asked at the last moment at which nothing has been sent; if it says no, nothing is."""

    delivers: bool
    """What it took has arrived: nothing more will be heard of it."""

    async def hand_over(self, text: Text, about_to: Ask) -> str:
        """The provider's own id of it. Refuses NotNow, Never, Unsure."""


class Simulated:
    """A folder in the data folder, a file for each text that came, and for one that came twice two; /phone shows them."""

    delivers = True

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    async def hand_over(self, text: Text, about_to: Ask) -> str:
        if await about_to():
            await to_thread(self._keep, text)
        return str(text.message_id)

    def _keep(self, text: Text) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = self.folder / f"{time_ns():020}-{text.message_id}.json"
        kept.touch(mode=0o600)
        kept.write_text(json.dumps(text._asdict(), default=str, ensure_ascii=False))


class EndUserMessaging:
    """AWS End User Messaging. The SDK never tries again by itself: SendTextMessage knows no idempotency token, so that a second
    attempt would be a second text. What is known not to have been taken the outbox tries again; what may have been, nobody."""

    delivers = False

    def __init__(self, settings: Settings) -> None:
        """Refuses Stop."""
        self.settings = settings
        self._client = _client(settings)
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="sms")

    async def hand_over(self, text: Text, about_to: Ask) -> str:
        given: dict[str, Any] = {
            "DestinationPhoneNumber": text.number,
            "OriginationIdentity": self.settings.sms_from,
            "MessageBody": text.body,
            "MessageType": "TRANSACTIONAL",
        }
        if self.settings.sms_configuration_set:
            given["ConfigurationSetName"] = self.settings.sms_configuration_set
        if not await about_to():
            return ""
        try:
            answer = await get_running_loop().run_in_executor(self._threads, lambda: self._client.send_text_message(**given))
        except Exception as error:
            raise _failed(error) from error
        if "MessageId" not in answer:  # something that is no answer of the service, with 200
            raise Unsure("unanswered")
        return str(answer["MessageId"])


REFUSED = {"ValidationException", "ResourceNotFoundException"}
"""Nothing about it will be different next time."""
LATER = {"ThrottlingException", "ServiceQuotaExceededException"}
OPERATORS = {"AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException"}


def _failed(error: Exception) -> NotHandedOver:
    """https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html"""
    from botocore.exceptions import (
        ClientError,
        ConnectTimeoutError,
        EndpointConnectionError,
        NoCredentialsError,
        ParamValidationError,
        PartialCredentialsError,
        ProxyConnectionError,
        SSLError,
    )

    match error:
        case ClientError():
            code = str(error.response.get("Error", {}).get("Code", ""))
            status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
            reply = f"{code} {error.response.get('Error', {}).get('Message', '')}"
            if code == "ConflictException":  # the network knows that they do not want to be written to
                return Never("stopped" if "OPTED_OUT" in str(error.response.get("Reason", "")) else "rejected", reply)
            if code in REFUSED:
                return Never("rejected", reply)
            if code in LATER or status == 429:
                return NotNow("deferred", reply)
            if code in OPERATORS or status in (401, 403):
                return NotNow("credentials", reply)
            return Never("rejected", reply) if 400 <= status < 500 else Unsure("unanswered", reply)
        case NoCredentialsError() | PartialCredentialsError():
            return NotNow("credentials")
        case ParamValidationError():
            return Never("rejected", str(error))
        case EndpointConnectionError() | ConnectTimeoutError() | ProxyConnectionError():
            return NotNow("unreachable")
        case SSLError():
            return NotNow("tls")
    return Unsure("unanswered")  # the line broke, or nobody answered in time: it may have been taken


def _client(settings: Settings) -> Any:
    """Loaded only where it is used. Neither the environment's proxies nor its endpoints count."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=5, read_timeout=settings.sms_seconds, retries={"total_max_attempts": 1, "mode": "standard"},
        ignore_configured_endpoint_urls=True, proxies={}, max_pool_connections=2,
    )  # fmt: skip
    try:
        return boto3.session.Session().client(
            "pinpoint-sms-voice-v2", region_name=settings.sms_region or None, endpoint_url=settings.sms_endpoint or None,
            config=config,
        )  # fmt: skip
    except Exception as error:
        raise Stop(f"AWS End User Messaging cannot be used: {error}") from None


_CHOSEN: dict[str, Phone | None] = {"phone": None}


def phone_with(settings: Settings) -> None:
    """App and worker call this once each. Refuses Stop."""
    _CHOSEN["phone"] = (
        EndUserMessaging(settings) if settings.sms == "aws" else Simulated(settings.phone) if settings.phone else None
    )


def chosen() -> Phone | None:
    """None where this deployment sends no texts."""
    return _CHOSEN["phone"]

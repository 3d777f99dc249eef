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
from chairside.messaging import aws
from chairside.messaging.posts import Ask, Unsure


class Text(NamedTuple):
    clinic_id: UUID
    message_id: UUID
    sender: str
    number: str
    body: str
    at: datetime
    origin: str = ""
    """The clinic's own number; without one it comes from the deployment's."""


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
    """AWS End User Messaging."""

    delivers = False

    def __init__(self, settings: Settings) -> None:
        """Refuses Stop."""
        self.settings = settings
        self._client = aws.client(
            "pinpoint-sms-voice-v2", region=settings.sms_region, endpoint=settings.sms_endpoint, seconds=settings.sms_seconds
        )
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="sms")

    async def hand_over(self, text: Text, about_to: Ask) -> str:
        given: dict[str, Any] = {
            "DestinationPhoneNumber": text.number,
            "OriginationIdentity": text.origin or self.settings.sms_from,
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
            raise aws.failed(error, refused=REFUSED, later=LATER) from error
        if "MessageId" not in answer:  # something that is no answer of the service, with 200
            raise Unsure("unanswered")
        return str(answer["MessageId"])


REFUSED = {"ValidationException", "ResourceNotFoundException"}
LATER = {"ThrottlingException", "ServiceQuotaExceededException"}
"""https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html"""

_CHOSEN: dict[str, Phone | None] = {"phone": None}


def phone_with(settings: Settings) -> None:
    """App and worker call this once each. Refuses Stop."""
    _CHOSEN["phone"] = (
        EndUserMessaging(settings) if settings.sms == "aws" else Simulated(settings.phone) if settings.phone else None
    )


def chosen() -> Phone | None:
    """None where this deployment sends no texts."""
    return _CHOSEN["phone"]

"""Letters by Amazon SES, as they are: SendEmail with the whole of the letter, so that papers and calendars survive."""

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from chairside.kernel.settings import Settings
from chairside.messaging import aws
from chairside.messaging.posts import Ask, Unsure

REFUSED = {"MessageRejected", "BadRequestException", "NotFoundException", "MailFromDomainNotVerifiedException"}
LATER = {
    "ThrottlingException", "TooManyRequestsException", "LimitExceededException", "AccountSuspendedException",
    "SendingPausedException",
}  # fmt: skip


class Ses:
    def __init__(self, settings: Settings) -> None:
        """Refuses Stop."""
        self.sender = parseaddr(settings.ses_from)[1]
        self._set = settings.ses_configuration_set
        self._client = aws.client(
            "sesv2", region=settings.ses_region, endpoint=settings.ses_endpoint, seconds=settings.ses_seconds
        )
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="ses")

    async def hand_over(self, letter: EmailMessage, about_to: Ask) -> str:
        """https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html"""
        recipient = str(letter["To"].addresses[0].addr_spec)
        given: dict[str, Any] = {
            "FromEmailAddress": self.sender,
            "Destination": {"ToAddresses": [recipient]},
            "Content": {"Raw": {"Data": letter.as_bytes()}},
        }
        if self._set:
            given["ConfigurationSetName"] = self._set
        if not await about_to():
            return ""
        try:
            answer = await get_running_loop().run_in_executor(self._threads, lambda: self._client.send_email(**given))
        except Exception as error:
            raise aws.failed(error, refused=REFUSED, later=LATER) from error
        if "MessageId" not in answer:
            raise Unsure("unanswered")
        return str(answer["MessageId"])

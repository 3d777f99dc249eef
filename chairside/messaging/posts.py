"""The ways out: a mail server, or in development a mailbox on this machine."""

import mailbox
import re
import ssl
from asyncio import to_thread
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Protocol

import aiosmtplib

from chairside.kernel.settings import Settings

PORTS = {"starttls": 587, "tls": 465, "none": 25}
NOBODYS = "chairside@localhost"


class NotHandedOver(Exception):
    """`reason` is a code for programs and screens, `reply` what the server said."""

    def __init__(self, reason: str, reply: str = "") -> None:
        super().__init__(reason)
        self.reason, self.reply = reason, _short(reply)


class NotNow(NotHandedOver):
    """Another attempt may do it."""


class Never(NotHandedOver):
    """No attempt will."""


class Unsure(NotHandedOver):
    """The letter was given to the server and nobody knows whether it took it."""


Ask = Callable[[], Awaitable[bool]]


class Post(Protocol):
    """`about_to` is asked at the last moment at which nothing has been sent; if it says no, nothing is."""

    sender: str

    async def hand_over(self, letter: EmailMessage, about_to: Ask) -> str | None:
        """The id under which it will be spoken of, where there is one. Refuses NotNow, Never, Unsure."""


class Smtp:
    def __init__(self, settings: Settings, tls: ssl.SSLContext | None = None) -> None:
        self.settings, self.tls = settings, tls
        self.sender = parseaddr(settings.smtp_from)[1]

    async def hand_over(self, letter: EmailMessage, about_to: Ask) -> None:
        server = self._server()
        try:
            try:
                await server.connect()
                await self._address(server, letter)
            except aiosmtplib.SMTPException as error:
                raise _before(error) from error
            except (OSError, ssl.SSLError, ValueError) as error:
                raise NotNow("tls" if isinstance(error, ssl.SSLError) else "unreachable") from error
            if await about_to():
                await self._give(server, letter)
        finally:
            server.close()

    def _server(self) -> aiosmtplib.SMTP:
        given = self.settings
        return aiosmtplib.SMTP(
            hostname=given.smtp_host,
            port=given.smtp_port or PORTS[given.smtp_tls],
            use_tls=given.smtp_tls == "tls",
            start_tls=given.smtp_tls == "starttls",
            tls_context=self.tls,
            username=given.smtp_user or None,
            password=given.smtp_password or None,
            timeout=given.smtp_seconds,
        )

    async def _address(self, server: aiosmtplib.SMTP, letter: EmailMessage) -> None:
        recipient = str(letter["To"].addresses[0].addr_spec)
        utf8 = not recipient.isascii()
        if utf8 and not server.supports_extension("smtputf8"):
            raise Never("address")
        await server.mail(self.sender, options=["SMTPUTF8", "BODY=8BITMIME"] if utf8 else [], encoding="utf-8")
        await server.rcpt(recipient, encoding="utf-8")

    async def _give(self, server: aiosmtplib.SMTP, letter: EmailMessage) -> None:
        """From here on only an answer tells: without one the server may have it."""
        try:
            await server.data(letter.as_bytes())
        except aiosmtplib.SMTPResponseException as error:
            raise _answered(error) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Unsure("unanswered") from error


class Mailbox:
    """A Maildir in the data folder: any mail program reads it, and so does /mailbox."""

    sender = NOBODYS

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    async def hand_over(self, letter: EmailMessage, about_to: Ask) -> None:
        if await about_to():
            await to_thread(self._keep, letter)

    def _keep(self, letter: EmailMessage) -> None:
        """Closed to everyone else, as all of the data folder is."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in ("cur", "new", "tmp"):
            (self.folder / part).mkdir(mode=0o700, exist_ok=True)
        key = mailbox.Maildir(self.folder).add(letter.as_bytes())
        for kept in (self.folder / "new").glob(f"{key}*"):
            kept.chmod(0o600)


_CHOSEN: dict[str, Any] = {"post": None, "origin": ""}


def choose(post: Post | None, *, origin: str) -> None:
    _CHOSEN.update(post=post, origin=origin)


def chosen() -> Post | None:
    """None where this deployment sends no mail."""
    found: Post | None = _CHOSEN["post"]
    return found


def origin() -> str:
    """Where links lead: what the operator said, never what a request claims."""
    return str(_CHOSEN["origin"]).rstrip("/")


def _before(error: aiosmtplib.SMTPException) -> NotHandedOver:
    """Nothing was sent yet, whatever happened."""
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return NotNow("credentials", f"{error.code} {error.message}")
        case aiosmtplib.SMTPResponseException():
            return _answered(error)
        case aiosmtplib.SMTPConnectError() | aiosmtplib.SMTPTimeoutError() | aiosmtplib.SMTPServerDisconnected():
            caused = isinstance(error.__cause__, ssl.SSLError) or "TLS" in str(error) or "certificate" in str(error)
            return NotNow("tls" if caused else "unreachable")
    return NotNow("tls" if "TLS" in str(error) else "credentials", str(error))  # not supported: STARTTLS, or AUTH


def _answered(error: aiosmtplib.SMTPResponseException) -> NotHandedOver:
    """4xx: later. 5xx: never."""
    reply = f"{error.code} {error.message}"
    return Never("rejected", reply) if 500 <= error.code < 600 else NotNow("deferred", reply)


def _short(reply: str) -> str:
    return re.sub(r"\s+", " ", reply).strip()[:300]

"""A mail server that speaks the protocol, and misbehaves as real ones do."""

import asyncio
import ssl
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from chairside.kernel.settings import Settings
from chairside.messaging.posts import Smtp

USER, PASSWORD = "chairside", "a password for mail"
CA = trustme.CA()


class Handler:
    """Keeps what it is given. `answers`: what it says to RCPT and to DATA, None for silence after it has taken the letter."""

    def __init__(self, rcpt: str = "250 OK", data: str | None = "250 OK") -> None:
        self.rcpt, self.data = rcpt, data
        self.letters: list[EmailMessage] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data is None or self.data.startswith("250"):
            found = message_from_bytes(envelope.original_content or envelope.content, policy=policy.default)
            assert isinstance(found, EmailMessage)
            self.letters.append(found)
        if self.data is None:
            await asyncio.sleep(30)
        return self.data or "250 OK"


def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


class MailServer:
    """On a port of its own, in a thread of its own."""

    def __init__(self, handler: Handler, *, tls: str = "none", sign_in: bool = False) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        CA.issue_cert("localhost").configure_cert(context)
        more: dict[str, Any] = {"authenticator": authenticate, "auth_required": True} if sign_in else {}
        if sign_in and tls == "none":
            more["auth_require_tls"] = False
        if tls == "starttls":
            more |= {"tls_context": context, "require_starttls": True}
        self.handler, self.tls = handler, tls
        self.controller = Controller(
            handler, hostname="localhost", port=free_port(), ssl_context=context if tls == "tls" else None, **more
        )

    def __enter__(self) -> "MailServer":
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop(no_assert=True)

    def post(self, *, user: str = "", password: str = "", trusted: bool = True, seconds: float = 5) -> Smtp:
        return Smtp(settings(self.controller.port, self.tls, user, password, seconds), trusting() if trusted else None)


def settings(port: int, tls: str = "none", user: str = "", password: str = "", seconds: float = 5) -> Settings:
    return Settings(
        smtp_host="localhost", smtp_port=port, smtp_tls=tls, smtp_user=user, smtp_password=password, smtp_seconds=seconds,
        smtp_from="Chairside <mail@chairside.test>", origin="https://chairside.test",
    )  # fmt: skip


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    CA.configure_trust(context)
    return context


def free_port() -> int:
    import socket

    with socket.socket() as asking:
        asking.bind(("localhost", 0))
        return int(asking.getsockname()[1])


Made = Callable[..., MailServer]

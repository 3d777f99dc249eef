"""Which way letters go: what the operator has set."""

from chairside.kernel.settings import Settings
from chairside.messaging import posts
from chairside.messaging.posts import Mailbox, Post, Smtp
from chairside.messaging.ses import Ses


def post_with(settings: Settings) -> None:
    """App and worker call this once each. Refuses Stop."""
    posts.choose(_way(settings), origin=settings.origin or "http://localhost:8000")


def _way(settings: Settings) -> Post | None:
    if settings.mail == "ses":
        return Ses(settings)
    return Smtp(settings) if settings.smtp_host else Mailbox(settings.mailbox) if settings.mailbox else None

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chairside.kernel.http.shapes import Instant, Line, Strict, View

Address = Annotated[str, Field(min_length=3, max_length=254)]


class NewMessage(Strict):
    """What is said besides the paper, which is attached when the letter goes."""

    to: Address
    subject: Line
    text: Annotated[str, Field(min_length=1, max_length=10_000)]


class MessageView(View):
    """`status`: queued, sending, sent, failed, or unsure: given to the mail server, which never answered. `reason`, as a code:
    unreachable, tls, credentials, deferred, rejected, address, withdrawn, not_configured, unanswered. `reply`: the mail server's
    own words."""

    id: UUID
    kind: str
    to: str
    subject: str | None
    status: str
    reason: str | None
    reply: str | None
    attempts: int
    created_at: Instant
    created_by: UUID
    by: str | None
    sent_at: Instant | None


class Messages(View):
    items: list[MessageView]
    next_cursor: str | None = None


class InvitationLetter(View):
    """What became of an invitation's newest letter."""

    invitation_id: UUID
    status: str
    reason: str | None
    sent_at: Instant | None


class InvitationLetters(View):
    items: list[InvitationLetter]
    next_cursor: str | None = None


class ProposalView(View):
    """`to`: null where no address is known."""

    to: str | None
    addresses: list[str]
    subject: str
    text: str
    locale: str
    attachment: str


class KeptLetter(View):
    """A letter of the development mailbox."""

    id: str
    sender: str
    to: str
    subject: str
    at: Instant | None
    text: str
    attachments: list[str]


class KeptLetters(View):
    items: list[KeptLetter]
    next_cursor: str | None = None

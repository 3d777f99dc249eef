from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.messaging.queries.settings import Cascade

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


Channel = Literal["email", "sms"]
Kind = Literal["before", "moved", "cancelled", "offer", "offer_gone"]
Language = Literal["en", "ro", "ar", "he"]
Flag = Annotated[bool, Field(strict=True)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class RuleShape(Strict):
    """`before` the visit, in days or hours; `until_confirmed`: not to whoever confirmed."""

    channel: Channel
    before: Annotated[int, Field(strict=True, ge=1, le=90)]
    unit: Literal["days", "hours"]
    until_confirmed: Flag


class NewCascade(Strict):
    """`undo_minutes`: after a visit was booked or moved, nothing goes for so long. Quiet hours are of the patient's day; alike,
    no hour is quiet. `tell_changes`: whoever was told of a time is told when it changes."""

    undo_minutes: Annotated[int, Field(strict=True, ge=0, le=1440)]
    quiet_from: Clock
    quiet_until: Clock
    tell_changes: Flag
    rules: Annotated[list[RuleShape], Field(max_length=12)]


class CascadeView(View):
    undo_minutes: int
    quiet_from: str
    quiet_until: str
    tell_changes: bool
    rules: list[RuleShape]
    version: int

    @classmethod
    def of(cls, cascade: Cascade) -> Self:
        setting = cascade.setting
        rules = [{name: getattr(rule, name) for name in RuleShape.model_fields} for rule in cascade.rules]
        clock = {name: f"{getattr(setting, name):%H:%M}" for name in ("quiet_from", "quiet_until")}
        return cls.model_validate(setting._asdict() | clock | {"rules": rules})


class TemplateWords(Strict):
    """With fields {patient}, {clinic}, {day}, {time}, {provider}, {phone}. A letter has a subject, a text has none."""

    subject: Line | None = None
    body: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]


class TemplateView(View):
    """`own`: the clinic's, in place of the product's words, which are version 0."""

    kind: Kind
    channel: Channel
    language: Language
    subject: str | None
    body: str
    own: bool
    version: int


class Templates(View):
    """`fields`: what may stand in braces."""

    fields: list[str]
    items: list[TemplateView]
    next_cursor: str | None = None


class TemplateTrial(Strict):
    language: Language
    channel: Channel
    subject: Line | None = None
    body: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]


class PreviewView(View):
    subject: str | None
    body: str


class NewPreference(Strict):
    """`only_email`, `only_phone`: where alone it is safe to write to them. `language`, `timezone`: null as the clinic's."""

    do_not_contact: Flag
    email: Flag
    sms: Flag
    only_email: Address | None
    only_phone: Annotated[str, Field(min_length=3, max_length=40)] | None
    language: Language | None
    timezone: Annotated[str, Field(max_length=64)] | None


class StoppedAddressView(View):
    """Letters come back from it (`bounced`), or were reported there as unwanted (`complained`): none goes there."""

    id: UUID
    address: str
    reason: Literal["bounced", "complained"]
    stopped_at: Instant


class PreferenceView(View):
    do_not_contact: bool
    email: bool
    sms: bool
    only_email: str | None
    only_phone: str | None
    language: Language | None
    timezone: str | None
    unsubscribed_at: Instant | None
    version: int
    stopped: list[StoppedAddressView]


class LineView(View):
    """`what`: message, reminder (planned or skipped), inbound. `reason`, as a code. `delivery`: what the network said afterwards,
    and why. `text`: null where it cannot be opened any more, or is made when it goes."""

    what: Literal["message", "reminder", "inbound"]
    id: UUID
    kind: str
    channel: Channel
    address: str | None
    status: str
    reason: str | None
    delivery: str | None
    delivery_reason: str | None
    at: Instant
    appointment_at: Instant | None
    subject: str | None
    text: str | None
    by: str | None


class Log(View):
    items: list[LineView]
    next_cursor: str | None = None


class NewText(Strict):
    text: Annotated[str, StringConstraints(min_length=1, max_length=480)]


class TextSent(View):
    id: UUID
    number: str
    status: str


class InboundTextView(View):
    """`patient`: whose number it is, while that is one patient. `word`: stop or start, which was obeyed."""

    id: UUID
    number: str
    text: str | None
    patient_id: UUID | None
    first_name: str | None
    last_name: str | None
    word: Literal["stop", "start"] | None
    received_at: Instant
    read_at: Instant | None


class Inbox(View):
    items: list[InboundTextView]
    next_cursor: str | None = None


class Whose(Strict):
    patient_id: UUID


class KeptText(View):
    """A text of the development phone."""

    id: UUID
    clinic_id: UUID
    sender: str
    number: str
    body: str
    at: Instant


class KeptTexts(View):
    items: list[KeptText]
    next_cursor: str | None = None

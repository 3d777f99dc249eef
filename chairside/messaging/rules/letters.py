"""A letter as text and as HTML, and as what a mail server takes. Everything that somebody typed is escaped, and nothing of it can
become a header."""

import html
import re
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import NamedTuple

RTL = frozenset({"ar", "he"})
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


class BadAddress(ValueError):
    """No letter can be sent to this."""


class Action(NamedTuple):
    """A link with a label; in the text it stands in full."""

    label: str
    url: str


class Attachment(NamedTuple):
    name: str
    pdf: bytes


class CalendarPart(NamedTuple):
    """A visit for the reader's calendar (RFC 6047): beside text and HTML, and as a file for whoever opens it by hand."""

    method: str
    ics: bytes


class Letter(NamedTuple):
    """`blocks` are paragraphs, and links between them; a line end in a paragraph is one on paper, too."""

    id: str
    recipient: str
    sender_name: str
    reply_to: str | None
    language: str
    subject: str
    blocks: list[str | Action]
    attachments: list[Attachment]
    at: datetime
    calendar: CalendarPart | None = None
    unsubscribe: str | None = None
    """Where one POST ends letters of this kind (RFC 8058)."""


def one_line(text: str) -> str:
    """Without line ends and other controls, which have no business in a header."""
    return " ".join(CONTROL.sub(" ", text).split())


def address_of(spec: str, name: str = "") -> Address:
    """The domain in ASCII (IDNA), as most servers expect it. Refuses BadAddress."""
    spec = spec.strip()
    if CONTROL.search(spec) or spec.count("@") < 1:
        raise BadAddress(spec)
    local, _, domain = spec.rpartition("@")
    try:
        return Address(display_name=one_line(name), addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except (ValueError, IndexError, MessageError) as error:
        raise BadAddress(spec) from error


def is_address(spec: str) -> bool:
    try:
        address_of(spec)
    except BadAddress:
        return False
    return True


def text_of(blocks: list[str | Action]) -> str:
    return "\n\n".join(block if isinstance(block, str) else f"{block.label}:\n{block.url}" for block in blocks) + "\n"


def html_of(letter: Letter) -> str:
    """Styles stand in the elements: mail programs drop sheets. Dark mode is theirs."""
    direction = "rtl" if letter.language in RTL else "ltr"
    parts = [_block(block) for block in letter.blocks]
    return (
        f'<!doctype html><html lang="{letter.language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{html.escape(letter.subject)}</title></head>"
        '<body style="margin:0;background:#f4f5f7;font:15px/1.55 system-ui,Segoe UI,Roboto,sans-serif;color:#1c2430">'
        '<div style="max-width:560px;margin:0 auto;padding:32px 20px">'
        '<div style="background:#ffffff;border:1px solid #dfe3e8;border-radius:12px;padding:28px">'
        f"{''.join(parts)}</div></div></body></html>"
    )


def composed(letter: Letter, *, sender: str) -> EmailMessage:
    """Ready for a mail server: headers encoded, text and HTML of the same, papers attached. Refuses BadAddress."""
    to = address_of(letter.recipient)
    _, _, host = sender.rpartition("@")
    message = EmailMessage(policy=SMTP if to.addr_spec.isascii() else SMTPUTF8)
    message["From"] = Address(display_name=one_line(letter.sender_name), addr_spec=sender)
    message["To"] = to
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.reply_to and is_address(letter.reply_to):
        message["Reply-To"] = address_of(letter.reply_to)
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text_of(letter.blocks), cte="quoted-printable")
    message.add_alternative(html_of(letter), subtype="html", cte="quoted-printable")
    if letter.calendar:
        text = letter.calendar.ics.decode()
        message.add_alternative(text, subtype="calendar", cte="quoted-printable", params={"method": letter.calendar.method})
    for paper in letter.attachments:
        message.add_attachment(paper.pdf, maintype="application", subtype="pdf", filename=paper.name)
    if letter.calendar:
        message.add_attachment(letter.calendar.ics, maintype="application", subtype="ics", filename="visit.ics")
    message["Content-Language"] = letter.language  # last: what describes content moves into the parts as they are made
    return message


def _block(block: str | Action) -> str:
    if isinstance(block, Action):
        url, label = html.escape(block.url), html.escape(block.label)
        return (
            f'<p style="margin:20px 0"><a href="{url}" style="display:inline-block;background:#2457d6;color:#ffffff;'
            f'text-decoration:none;font-weight:600;padding:11px 18px;border-radius:8px">{label}</a></p>'
            f'<p dir="ltr" style="margin:0 0 16px;font-size:12px;color:#5b6675;word-break:break-all">{url}</p>'
        )
    return f'<p dir="auto" style="margin:0 0 14px">{html.escape(block).replace(chr(10), "<br>")}</p>'

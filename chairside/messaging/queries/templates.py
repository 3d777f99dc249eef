from typing import NamedTuple

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.messaging.rows import TEMPLATE, MessageTemplate
from chairside.messaging.rules.templates import usual
from chairside.messaging.rules.words import SPOKEN, language_of

KINDS = ("before", "moved", "cancelled", "offer", "offer_gone")
CHANNELS = ("email", "sms")
ALL = f"select {TEMPLATE} from message_template"
FIND = f"""
    select {TEMPLATE}
      from message_template
     where message_template.kind = %(kind)s
       and message_template.channel = %(channel)s
       and message_template.language = %(language)s
"""


class Saying(NamedTuple):
    """A template as it counts: the clinic's own, or the product's words (`version` 0)."""

    template: MessageTemplate
    own: bool


@needs("clinic.read")
async def list_templates(op: Op) -> list[Saying]:
    """Of each kind, channel and language, the clinic's language first."""
    own = {(one.kind, one.channel, one.language): one for one in await op.db.all(MessageTemplate, ALL)}
    first = language_of(op.clinic.locale)
    languages = [first, *[one for one in SPOKEN if one != first]]
    return [
        Saying(own.get((kind, channel, language)) or _usual(kind, channel, language), (kind, channel, language) in own)
        for language in languages
        for kind in KINDS
        for channel in CHANNELS
    ]


async def find_template(op: Op, *, kind: str, channel: str, language: str) -> MessageTemplate:
    """Not a door."""
    return await op.db.one(MessageTemplate, FIND, kind=kind, channel=channel, language=language) or _usual(
        kind, channel, language
    )


def _usual(kind: str, channel: str, language: str) -> MessageTemplate:
    return MessageTemplate(kind, channel, language, *usual(kind, channel, language), 0)

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Stale, malformed
from chairside.messaging.events import RemindersChanged
from chairside.messaging.queries.templates import find_template
from chairside.messaging.rows import TEMPLATE, MessageTemplate
from chairside.messaging.rules.templates import LINKS, check_words, fields_of

SET = f"""
    insert into message_template (kind, channel, language, subject, body)
    values (%(kind)s, %(channel)s, %(language)s, %(subject)s, %(body)s)
    on conflict (clinic_id, kind, channel, language) do update
       set subject = excluded.subject, body = excluded.body,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = message_template.version + 1
     where message_template.version = coalesce(%(version)s, message_template.version)
    returning {TEMPLATE}
"""
REMOVE = """
    delete from message_template
     where message_template.kind = %(kind)s
       and message_template.channel = %(channel)s
       and message_template.language = %(language)s
"""


class TemplateIsStale(Stale):
    """Somebody changed this template while you were looking."""


@needs("clinic.write")
async def set_template(
    op: Op, *, kind: str, channel: str, language: str, version: int | None, subject: str | None, body: str
) -> MessageTemplate:
    """In place of the product's words, which are `version` 0. Refuses TemplateIsStale, and fields that there are not."""
    check_words(channel=channel, subject=subject, body=body)
    if kind == "offer" and "link" not in fields_of(body):
        raise malformed("/body", "without_link", "An offer needs its {link}: without it nobody can say yes.")
    if kind.startswith("offer") and (strange := fields_of(f"{subject} {body}") & LINKS.keys() - {"link"}):
        raise malformed("/body", "not_found", f"An offer is of no visit yet, and has no {', '.join(sorted(strange))}.")
    found = await find_template(op, kind=kind, channel=channel, language=language)
    if version not in (None, found.version):
        raise TemplateIsStale(version=found.version)
    done = await op.db.one(
        MessageTemplate, SET, kind=kind, channel=channel, language=language, version=version, subject=subject, body=body
    )
    if done is None:
        raise TemplateIsStale()
    await op.emit(RemindersChanged(op.clinic.id))
    return done


@needs("clinic.write")
async def reset_template(op: Op, *, kind: str, channel: str, language: str) -> MessageTemplate:
    """The product's own words again. There already: nothing happens."""
    await op.db.run(REMOVE, kind=kind, channel=channel, language=language)
    await op.emit(RemindersChanged(op.clinic.id))
    return await find_template(op, kind=kind, channel=channel, language=language)

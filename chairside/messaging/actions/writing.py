"""From a message to its letter, when it goes: links are made here and kept nowhere."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name

from chairside import billing, identity, tenancy
from chairside.kernel import links
from chairside.kernel.op import Op
from chairside.messaging.actions.wanting import Withdrawn
from chairside.messaging.actions.writing_reminders import write_offer, write_reminder, write_text
from chairside.messaging.bodies import body_of
from chairside.messaging.posts import origin
from chairside.messaging.rows import Message
from chairside.messaging.rules.letters import Action, Attachment, Letter
from chairside.messaging.rules.words import language_of, role_words, words

__all__ = ["Withdrawn", "write", "write_text"]


async def write(op: Op, message: Message, *, sender: str) -> Letter:
    """Refuses Withdrawn."""
    match message.kind:
        case "reminder":
            return await write_reminder(op, message, sender=sender)
        case "offer" | "offer_gone":
            return await write_offer(op, message)
        case "invitation":
            return await _invitation(op, message)
        case "sign_up":
            return await _sign_up(op, message)
        case "password_reset" | "password_changed" | "email_change" | "email_changed":
            return await _account(op, message)
        case _:
            return await _paper(op, message)


async def _invitation(op: Op, message: Message) -> Letter:
    assert message.invitation_id
    invitation = await tenancy.get_invitation(op, invitation_id=message.invitation_id)
    if invitation.state(op.now) != "open":
        raise Withdrawn
    clinic = await tenancy.get(op)
    language = language_of(message.locale)
    said = words(language)["invitation"]
    named = {role.slug: role.name for role, _ in await tenancy.list_roles(op)}
    facts = {
        "name": invitation.name or "",
        "clinic": clinic.name,
        "inviter": await _name_of(op, invitation.created_by) or clinic.name,
        "roles": role_words(language, [(slug, named.get(slug, slug)) for slug in invitation.roles]),
        "until": _instant(invitation.expires_at, op.clinic.zone, clinic.locale),
    }
    token = links.token(tenancy.INVITING, invitation.id, invitation.salt)
    return _letter(
        op, message, sender=clinic.name, reply_to=clinic.email, subject=said["subject"].format(**facts),
        blocks=[
            said["hello_name" if invitation.name else "hello"].format(**facts), said["text"].format(**facts),
            Action(said["action"], f"{origin()}/invitation#{token}"), said["after"].format(**facts),
        ],
    )  # fmt: skip


async def _sign_up(op: Op, message: Message) -> Letter:
    """Whoever signs in with the address already is told so, and gets no link: only they read it."""
    assert message.sign_up_id
    asked = await tenancy.get_sign_up(op, sign_up_id=message.sign_up_id)
    known = await identity.find_person(op, email=asked.email)
    said = words(language_of(message.locale))["known" if known else "sign_up"]
    facts = {
        "name": known.name if known else asked.owner,
        "clinic": asked.name,
        "until": _instant(asked.expires_at, ZoneInfo(asked.timezone), asked.locale),
    }
    token = links.token(tenancy.OPENING, asked.id, asked.salt)
    url = f"{origin()}/login" if known else f"{origin()}/confirmation#{token}"
    return _letter(
        op, message, sender="Chairside", reply_to=None, subject=said["subject"].format(**facts),
        blocks=[
            said["hello"].format(**facts), said["text"].format(**facts), Action(said["action"], url),
            said["after"].format(**facts),
        ],
    )  # fmt: skip


async def _account(op: Op, message: Message) -> Letter:
    """About somebody's own account. What carries no link says where to turn if it was somebody else."""
    assert message.person_link_id
    link = await tenancy.get_person_link(op, link_id=message.person_link_id)
    carries = message.kind in (tenancy.RESETTING, tenancy.CHANGING)
    if link.principal_id is None or (carries and (link.used_at or op.now >= link.expires_at)):
        raise Withdrawn
    person = await identity.get_name(op, principal_id=link.principal_id)
    said = words(language_of(message.locale))[message.kind]
    facts = {
        "name": person.name,
        "email": link.email,
        "hours": max(1, round((link.expires_at - message.created_at).seconds / 3600)),
    }
    page = "password-reset" if link.kind == tenancy.RESETTING else "email-change"
    url = f"{origin()}/{page}#{links.token(link.kind, link.id, link.salt)}" if carries else f"{origin()}/forgotten-password"
    return _letter(
        op, message, sender="Chairside", reply_to=None, subject=said["subject"].format(**facts),
        blocks=[
            said["hello"].format(**facts), said["text"].format(**facts), Action(said["action"], url),
            said["after"].format(**facts),
        ],
    )  # fmt: skip


async def _paper(op: Op, message: Message) -> Letter:
    """What somebody wrote, with the paper as it is now."""
    clinic = await tenancy.get(op)
    body = await body_of(op, message)  # before the paper is drawn, for which the operation steps aside
    if message.invoice_id:
        if (await billing.get_invoice(op, invoice_id=message.invoice_id)).status == "void":
            raise Withdrawn
        paper = await billing.draw_invoice(op, invoice_id=message.invoice_id)
    else:
        assert message.payment_id
        paper = await billing.draw_receipt(op, payment_id=message.payment_id)
    paragraphs: list[str | Action] = [part.strip() for part in body.split("\n\n") if part.strip()]
    return _letter(
        op, message, sender=clinic.name, reply_to=clinic.email, subject=message.subject or "", blocks=paragraphs,
        attachments=[Attachment(paper.name, paper.pdf)],
    )  # fmt: skip


def _letter(
    op: Op, message: Message, *, sender: str, reply_to: str | None, subject: str, blocks: list[str | Action],
    attachments: list[Attachment] | None = None,
) -> Letter:  # fmt: skip
    return Letter(
        id=str(message.id), recipient=message.recipient, sender_name=sender, reply_to=reply_to,
        language=language_of(message.locale), subject=subject, blocks=blocks, attachments=attachments or [], at=op.now,
    )  # fmt: skip


async def _name_of(op: Op, member_id: UUID) -> str | None:
    try:
        return (await tenancy.get_member(op, member_id=member_id)).name
    except tenancy.NoSuchMember:
        return None


def _instant(at: datetime, zone: ZoneInfo, locale: str) -> str:
    """To the minute, with the zone: "November 24, 2026 at 12:58 PM (New York Time)" as each language writes it."""
    language = Locale.parse(locale, sep="-")
    day, time = format_date(at.astimezone(zone), "long", locale=language), format_time(at, "short", tzinfo=zone, locale=language)
    return f"{day}, {time} ({get_timezone_name(zone, width='short', locale=language)})"

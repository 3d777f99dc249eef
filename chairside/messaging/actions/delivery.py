"""One attempt at sending. A letter leaves at most once: the row says `sending` from the moment before the server is given the
letter until its answer is known. Whoever finds it so later (the worker was killed, the line went dead) cannot know whether it was
taken; it stays `unsure` and is never sent again by itself. SMTP permits no more."""

from datetime import timedelta
from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import EVERYTHING, SYSTEM, Op
from chairside.messaging import phones, posts
from chairside.messaging.actions.wanting import check_still_wanted
from chairside.messaging.actions.writing import Withdrawn, write, write_text
from chairside.messaging.posts import Never, NotNow, Unsure
from chairside.messaging.rows import MESSAGE, Message
from chairside.messaging.rules.letters import BadAddress, composed

MOST_ATTEMPTS = 8  # the job library waits 3, 9, 27 … seconds between them: about an hour in all
OLDEST = timedelta(days=3)  # a letter that arrives later surprises more than it tells
BEGIN = f"""
    update message
       set attempts = message.attempts + 1,
           status = case message.status when 'sending' then 'unsure' else message.status end,
           reason = case message.status when 'sending' then 'unanswered' else message.reason end,
           updated_at = clock_timestamp(), updated_by = app.actor(), version = message.version + 1
     where message.id = %(message_id)s
       and message.status in ('queued', 'sending')
    returning {MESSAGE}
"""
# A second worker that believes the first one dead raises `attempts`, and so takes the letter out of the first one's hand.
ABOUT_TO = """
    update message
       set status = 'sending', updated_at = clock_timestamp(), updated_by = app.actor(), version = message.version + 1
     where message.id = %(message_id)s
       and message.status = 'queued'
       and message.attempts = %(attempts)s
    returning true
"""
SETTLE = """
    update message
       set status = %(status)s, reason = %(reason)s, reply = %(reply)s,
           sent_at = case when %(status)s::text = 'sent' then clock_timestamp() end,
           provider_message_id = coalesce(%(given)s, message.provider_message_id),
           delivery = case when %(delivered)s then 'delivered' else message.delivery end,
           delivered_at = case when %(delivered)s then clock_timestamp() else message.delivered_at end,
           updated_at = clock_timestamp(), updated_by = app.actor(), version = message.version + 1
     where message.id = %(message_id)s
       and message.status in ('queued', 'sending')
       and message.attempts = %(attempts)s
"""

# What was not said after all may be said again, should the visit be at that time again.
FREE = """
    update reminder
       set status = 'withdrawn',
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = reminder.version + 1
     where reminder.id = %(reminder_id)s
       and reminder.status = 'queued'
"""


class TryAgain(Exception):
    """For the job queue, which waits longer each time."""


class _Taken(Exception):
    """Another worker has it."""


async def deliver(op: Op, *, message_id: UUID) -> None:
    """Raises TryAgain where another attempt may do it. Repeated for what is settled it does nothing."""
    message = await op.db.one(Message, BEGIN, message_id=message_id)
    if message is None or message.status == "unsure":
        return None
    post, phone = posts.chosen(), phones.chosen()
    if (post if message.channel == "email" else phone) is None:
        return await _settle(op, message, "failed", "not_configured")
    if op.now - message.created_at > OLDEST:
        return await _settle(op, message, "failed", "too_late")
    try:
        await check_still_wanted(op, message)
        if message.channel == "email":
            assert post
            letter = composed(await write(op, message, sender=post.sender), sender=post.sender)
        else:
            text = await write_text(op, message)
    except Withdrawn as error:
        return await _withdraw(op, message, error)
    except vault.DoesNotOpen as error:  # the patient was erased, or somebody was at the row
        say().error("letter does not open", clinic_id=str(message.clinic_id), **scrubbed(error))
        return await _settle(op, message, "failed", "withdrawn")
    except BadAddress:
        return await _settle(op, message, "failed", "address")

    async def about_to() -> bool:
        """Refuses Withdrawn: a mail server may have been long in answering, and the visit is at another time meanwhile."""
        await _again(op, message)
        await check_still_wanted(op, message)
        mine = await op.db.value(ABOUT_TO, message_id=message.id, attempts=message.attempts)
        await op.db.commit()
        if not mine:
            raise _Taken
        return True

    await op.db.commit()
    given, delivered = None, False
    try:
        if message.channel == "email":
            assert post
            given = await post.hand_over(letter, about_to)
        else:
            assert phone
            given, delivered = await phone.hand_over(text, about_to), phone.delivers
    except _Taken:
        return None
    except Withdrawn as error:
        await _withdraw(op, message, error)
    except NotNow as error:
        last = message.attempts >= MOST_ATTEMPTS
        await _settle(op, message, "failed" if last else "queued", error.reason, error.reply)
        if not last:
            await op.db.commit()
            raise TryAgain(error.reason) from None
    except Never as error:
        await _settle(op, message, "failed", error.reason, error.reply)
    except Unsure as error:
        await _settle(op, message, "unsure", error.reason)
    else:
        await _settle(op, message, "sent", given=given, delivered=delivered)


async def _withdraw(op: Op, message: Message, error: Withdrawn) -> None:
    if message.reminder_id:
        op.db.with_next(FREE, reminder_id=message.reminder_id)
    await _settle(op, message, "failed", error.reason)


async def _settle(
    op: Op, message: Message, status: str, reason: str | None = None, reply: str | None = None, *, given: str | None = None,
    delivered: bool = False,
) -> None:  # fmt: skip
    await _again(op, message)
    await op.db.run(
        SETTLE, message_id=message.id, attempts=message.attempts, status=status, reason=reason, reply=reply or None, given=given,
        delivered=delivered,
    )  # fmt: skip
    if status in ("failed", "unsure"):
        say().warning("letter", code=reason, kind=message.kind, attempt=message.attempts, clinic_id=str(message.clinic_id))


async def _again(op: Op, message: Message) -> None:
    """In a transaction that begins anew: no connection is held while the mail server is spoken to."""
    await op.act_for(message.clinic_id, actor_id=SYSTEM, grants=EVERYTHING, behalf=message.created_by)

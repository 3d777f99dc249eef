"""A third place, in the clinic's own hands: once a day the newest checkpoint goes to its own address. Whoever keeps these letters
can hold the chain against them (`audit verify --letters`), even if both database and second place are somebody else's."""

from datetime import datetime
from uuid import UUID

from chairside import tenancy
from chairside.compliance.actions.verifying import list_clinics
from chairside.compliance.rules.checkpoints import Checkpoint
from chairside.kernel.db import Source
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging.posts import NotHandedOver, Post
from chairside.messaging.rules.letters import BadAddress, Letter, composed
from chairside.messaging.rules.words import language_of, words

NEWEST = """
    select k.clinic_id, k.number, k.kind, k.seq, k.hash, k.at, k.key_id, k.signature
      from audit_checkpoint k
     order by k.number desc
     limit 1
"""


async def mail_checkpoints(source: Source, *, post: Post | None, now: datetime) -> int:
    """To every clinic that has an address; how many went. One that could not is left out: tomorrow's says the same and more."""
    if post is None:
        return 0
    sent = 0
    for one in await list_clinics(source):
        try:
            sent += await mail_checkpoint(source, clinic_id=one.clinic_id, post=post, now=now)
        except (NotHandedOver, BadAddress) as error:
            say().warning("checkpoint not mailed", clinic_id=str(one.clinic_id), **scrubbed(error))
    return sent


async def mail_checkpoint(source: Source, *, clinic_id: UUID, post: Post, now: datetime) -> bool:
    """Refuses NotHandedOver, BadAddress."""
    async with begin(source, now, "audit letter") as op:
        await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        clinic = await tenancy.get(op)
        newest = await op.db.one(Checkpoint, NEWEST)
    if not clinic.email or newest is None:
        return False
    language = language_of(clinic.locale)
    said = words(language)["checkpoint"]
    facts = {"clinic": clinic.name, "rows": newest.seq}
    letter = Letter(
        id=f"checkpoint.{clinic_id}.{newest.number}",
        recipient=clinic.email,
        sender_name="Chairside",
        reply_to=None,
        language=language,
        subject=said["subject"].format(**facts),
        blocks=[said["text"].format(**facts), newest.line(), said["after"].format(**facts)],
        attachments=[],
        at=now,
    )
    await post.hand_over(composed(letter, sender=post.sender), _at_once)
    return True


async def _at_once() -> bool:
    return True

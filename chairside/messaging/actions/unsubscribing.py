"""The way out that every reminder by e-mail carries. Its token says which message it stood in and is good for nothing else;
looking at the page changes nothing, for mail programs look at every link (RFC 8058)."""

import hmac
from uuid import UUID

from chairside.kernel import links
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import EVERYTHING, SYSTEM, Op
from chairside.kernel.refusals import Missing
from chairside.messaging.actions.preferences import UNSUBSCRIBE
from chairside.messaging.events import PreferenceChanged
from chairside.messaging.posts import origin
from chairside.messaging.rows import Message

PURPOSE = "unsubscribe"
OF = "select message.patient_id from message where message.id = %(message_id)s"


class NoSuchSubscription(Missing):
    """This link is not complete, or leads nowhere any more."""


def addresses_for(op: Op, message: Message) -> tuple[str, str]:
    """The page for people, and what a mail program posts to."""
    token = links.token(PURPOSE, message.id, op.clinic.id.bytes)
    path = f"{op.clinic.id}/{message.id}/{token}"
    return f"{origin()}/unsubscribe#{path}", f"{origin()}/api/v1/unsubscriptions/{path}"


@open_to_all("the token in the link is the proof")
async def unsubscribe(op: Op, *, clinic_id: UUID, message_id: UUID, token: str) -> None:
    """From reminders by e-mail, for whom that message was. Again: nothing happens. Refuses NoSuchSubscription."""
    if not hmac.compare_digest(token.encode(), links.token(PURPOSE, message_id, clinic_id.bytes).encode()):
        raise NoSuchSubscription()
    await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
    if op.entered is None:
        raise NoSuchSubscription()
    patient_id: UUID | None = await op.db.value(OF, message_id=message_id)
    if patient_id is None:
        raise NoSuchSubscription()
    await op.db.run(UNSUBSCRIBE, patient_id=patient_id, at=op.now)
    await op.emit(PreferenceChanged(patient_id))

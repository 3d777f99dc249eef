"""What a person wrote in a letter, kept under the key of the patient it is about: erasing the patient takes it, too."""

from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.op import Op
from chairside.messaging.rows import Message

TABLE, COLUMN = "message", "body_sealed"


async def seal_body(op: Op, *, message_id: UUID, body: str, patient_id: UUID | None) -> bytes:
    return await vault.seal(op, table=TABLE, column=COLUMN, row=message_id, value=body.encode(), patient_id=patient_id)


async def body_of(op: Op, message: Message) -> str:
    """Raises vault.DoesNotOpen."""
    if message.body_sealed is None:
        return message.body or ""
    opened = await vault.open_(
        op, table=TABLE, column=COLUMN, row=message.id, sealed=message.body_sealed, patient_id=message.patient_id
    )
    return opened.decode()

from uuid import UUID

from chairside.booking.rows import BOOKING_CODE, BookingCode
from chairside.kernel import links
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

CODE = f"select {BOOKING_CODE} from booking_code where booking_code.id = %(code_id)s"


@needs("messages.write")
async def find_code(op: Op, *, code_id: UUID) -> BookingCode | None:
    """For the text that takes it to its number; nothing once it was over and forgotten."""
    return await op.db.one(BookingCode, CODE, code_id=code_id)


def code_of(code: BookingCode) -> str:
    """Six digits that nobody guesses who knows the row but not the secret."""
    made = links.token("booking code digits", code.id, code.salt)
    return f"{int.from_bytes(links.hashed(made)[:8]) % 1_000_000:06}"

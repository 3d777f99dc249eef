"""Texts to whoever stands on the booking page: to the number that they wrote, whosever it is."""

from uuid import UUID

from chairside import booking
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.messaging import phones
from chairside.messaging.actions.queueing import queue_booking_code, queue_booking_text
from chairside.messaging.actions.wanting import Withdrawn
from chairside.messaging.posts import origin
from chairside.messaging.queries.preferences import is_stopped
from chairside.messaging.rows import Message
from chairside.messaging.rules.numbers import number_of, region_of
from chairside.messaging.rules.words import language_of, words

TOLD = """
    select message.recipient
      from message
     where message.booking_id = %(booking_id)s
       and message.kind = 'booking_request'
"""


async def text_code(op: Op, *, code_id: UUID) -> None:
    """Refuses what is no number: nobody would read it."""
    code = await booking.find_code(op, code_id=code_id)
    assert code
    number = number_of(code.mobile, region_of(op.clinic.locale))
    if number is None:
        raise malformed("/mobile", "not_a_phone", "Write a phone number, with its digits.")
    await queue_booking_code(op, code_id=code_id, number=number, locale=code.locale)


async def text_request(op: Op, *, booking_id: UUID) -> None:
    """The link that shows how it stands, to the number that they wrote, where this deployment sends texts."""
    request = await booking.get_request(op, request_id=booking_id)
    number = number_of(request.mobile or "", region_of(op.clinic.locale))
    if number and phones.chosen() and not await is_stopped(op, number=number):
        await queue_booking_text(op, kind="booking_request", booking_id=booking_id, number=number)


async def text_answer(op: Op, *, booking_id: UUID) -> None:
    """To where the link went: the request names nobody any more."""
    number: str | None = await op.db.value(TOLD, booking_id=booking_id)
    if number:
        await queue_booking_text(op, kind="booking_answer", booking_id=booking_id, number=number)


async def written(op: Op, message: Message, clinic: str) -> str:
    """What nobody wrote is said when it goes. Refuses Withdrawn."""
    if await is_stopped(op, number=message.recipient):
        raise Withdrawn("stopped")
    said = words(language_of(message.locale))["booking"]
    if message.booking_id:
        request = await booking.get_request(op, request_id=message.booking_id)
        if (request.status == "requested") != (message.kind == "booking_request"):
            raise Withdrawn
        link = f"{origin()}{await booking.path_of_request(op, request_id=request.id)}"
        return str(said[message.kind.removeprefix("booking_")]).format(clinic=clinic, link=link)
    assert message.booking_code_id
    code = await booking.find_code(op, code_id=message.booking_code_id)
    if code is None or code.proved_at or code.expires_at <= op.now:
        raise Withdrawn
    return str(said["code"]).format(code=booking.code_of(code), clinic=clinic)

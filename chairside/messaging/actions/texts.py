"""Texts both ways: what comes in is tied to the patient whose number it is; what somebody answers leaves by the outbox."""

from typing import NamedTuple
from uuid import UUID

from psycopg.errors import ForeignKeyViolation

from chairside import patients
from chairside.kernel import vault
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing
from chairside.messaging.actions.queueing import DoNotContact, queue_text
from chairside.messaging.events import TextRead, TextReceived
from chairside.messaging.queries.preferences import is_stopped, preference_of
from chairside.messaging.rows import Message
from chairside.messaging.rules.numbers import number_of, region_of, tail_of, word_of

NEW_ID = "select uuidv7()"
# The last one who was written to under the number; else those whose number it may be.
WRITTEN_TO = """
    select message.patient_id
      from message
      join patient on patient.id = message.patient_id and patient.deleted_at is null
     where message.channel = 'sms'
       and message.recipient = %(number)s
     order by message.id desc
     limit 1
"""
CALLED = """
    with shown as (
        select patient.id, patient.contacts
          from app.find_patients('%%' || %(tail)s || '%%', '%%', '%%', '%%', '', 20) as found
          join patient on patient.id = found.id
    ), noted as (
        insert into audit_event (action, entity, patient_ids)
        select 'read', 'patient', coalesce(array_agg(shown.id), '{}') from shown
    )
    select shown.id, shown.contacts from shown
"""
KEEP = """
    insert into inbound_text (id, number, body_sealed, patient_id, provider_message_id, word, received_at)
    values (%(id)s, %(number)s, %(body)s, %(patient_id)s, %(given)s, %(word)s, %(at)s)
    on conflict (clinic_id, provider_message_id) do nothing
    returning inbound_text.id
"""
STOP = """
    insert into stopped_number (number, stopped_at)
    values (%(number)s, %(at)s)
    on conflict (clinic_id, number) where lifted_at is null do nothing
"""
LIFT = """
    update stopped_number
       set lifted_at = %(at)s, updated_at = transaction_timestamp(), updated_by = app.actor()
     where stopped_number.number = %(number)s
       and stopped_number.lifted_at is null
"""
READ = """
    update inbound_text
       set read_at = coalesce(inbound_text.read_at, %(at)s), read_by = coalesce(inbound_text.read_by, app.actor()),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = inbound_text.version + 1
     where inbound_text.id = %(text_id)s
    returning inbound_text.id
"""
TIE = """
    update inbound_text
       set patient_id = patient.id,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = inbound_text.version + 1
      from patient
     where inbound_text.id = %(text_id)s
       and patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning inbound_text.id
"""


class NoSuchText(Missing):
    """There is no such text in this clinic."""


class NoMobileNumber(Conflict):
    """This patient has no mobile number at which they may be written to."""


class NumberIsStopped(Conflict):
    """Whoever has this number answered STOP; no text is sent there until they answer START."""


class Called(NamedTuple):
    id: UUID
    contacts: list[dict[str, object]]


@open_to_all("what comes from the network of texts; the route has checked from whom")
async def receive(op: Op, *, number: str, body: str, provider_message_id: str) -> UUID | None:
    """The operation acts for the clinic that was written to. Given twice, it is kept once."""
    text_id: UUID = await op.db.value(NEW_ID)
    sealed = await vault.seal(op, table="inbound_text", column="body_sealed", row=text_id, value=body.encode())
    word = word_of(body)
    new: UUID | None = await op.db.value(
        KEEP, id=text_id, number=number, body=sealed, patient_id=await _whose(op, number), given=provider_message_id, word=word,
        at=op.now,
    )  # fmt: skip
    if new is None:
        return None
    if word == "stop":
        await op.db.run(STOP, number=number, at=op.now)
    if word == "start":
        await op.db.run(LIFT, number=number, at=op.now)
    await op.emit(TextReceived(new))
    return new


async def _whose(op: Op, number: str) -> UUID | None:
    if written_to := await op.db.value(WRITTEN_TO, number=number):
        return UUID(str(written_to))
    region = region_of(op.clinic.locale)
    theirs = [
        one.id for one in await op.db.all(Called, CALLED, tail=tail_of(number))
        if any(c["type"] != "email" and number_of(str(c["value"]), region) == number for c in one.contacts)
    ]  # fmt: skip
    return theirs[0] if len(theirs) == 1 else None


@needs("messages.write")
async def send_text(op: Op, *, patient_id: UUID, body: str) -> Message:
    """To the number that is safe, or their mobile number. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam,
    DoNotContact, NoMobileNumber, NumberIsStopped."""
    patient = await patients.get(op, patient_id=patient_id)
    wish = await preference_of(op, patient_id)
    if wish.do_not_contact:
        raise DoNotContact()
    mobiles = sorted((one for one in patient.contacts if one["type"] == "mobile"), key=lambda one: not one.get("is_primary"))
    typed = [wish.only_phone] if wish.only_phone else [] if wish.only_email else [one["value"] for one in mobiles]
    numbers = [number for one in typed if (number := number_of(one, region_of(op.clinic.locale)))]
    if not numbers:
        raise NoMobileNumber()
    if await is_stopped(op, number=numbers[0]):
        raise NumberIsStopped()
    return await queue_text(op, patient_id=patient_id, number=numbers[0], body=body)


@needs("messages.write")
async def read_text(op: Op, *, text_id: UUID) -> None:
    """Somebody has seen to it. Again: nothing changes. Refuses NoSuchText."""
    if await op.db.value(READ, text_id=text_id, at=op.now) is None:
        raise NoSuchText()
    await op.emit(TextRead(text_id))


@needs("messages.write")
async def tie_text(op: Op, *, text_id: UUID, patient_id: UUID) -> None:
    """It is this patient's. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam, NoSuchText."""
    await patients.get(op, patient_id=patient_id)
    try:
        if await op.db.value(TIE, text_id=text_id, patient_id=patient_id) is None:
            raise NoSuchText()
    except ForeignKeyViolation as error:
        raise patients.NoSuchPatient() from error
    await op.emit(TextRead(text_id))

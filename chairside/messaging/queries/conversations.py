from typing import NamedTuple
from uuid import UUID

from chairside import patients
from chairside.kernel import vault
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.messaging.rows import InboundText, Logged

# Papers and texts by hand, reminders with what became of them, what is planned, and what came in; the newest first.
LOG = shown("""
    select 'message' as what, message.id, coalesce(reminder.kind, message.kind) as kind, message.channel,
           message.recipient as address, message.status, message.reason, message.delivery, message.delivery_reason,
           coalesce(message.sent_at, message.created_at) as at, reminder.starts_at as appointment_at, message.subject,
           message.body_sealed, message.body, message.patient_id as sealed_for, membership.name as by, message.patient_id
      from message
      left join reminder on reminder.id = message.reminder_id
      left join membership on membership.principal_id = message.created_by
     where message.patient_id = %(patient_id)s
     union all
    select 'reminder', reminder.id, reminder.kind, reminder.channel, null, reminder.status, reminder.reason, null,
           null, reminder.due_at, reminder.starts_at, null, null, null, null, null, reminder.patient_id
      from reminder
     where reminder.patient_id = %(patient_id)s
       and reminder.status in ('planned', 'skipped')
     union all
    select 'inbound', inbound.id, coalesce(inbound.word, 'text'), 'sms', inbound.number,
           case when inbound.read_at is null then 'unread' else 'read' end, null, null, null, inbound.received_at, null, null,
           inbound.body_sealed, null, null, null, inbound.patient_id
      from inbound_text as inbound
     where inbound.patient_id = %(patient_id)s
     order by at desc, id desc
     limit 200
""", entity="message", patient="patient_id", columns=", ".join(Logged._fields))  # fmt: skip
INBOX = shown("""
    select inbound.id, inbound.number, inbound.body_sealed, inbound.patient_id, patient.first_name, patient.last_name,
           inbound.word, inbound.received_at, inbound.read_at
      from inbound_text as inbound
      left join patient on patient.id = inbound.patient_id
     where inbound.id < %(before)s
       and (not %(unread)s or inbound.read_at is null)
     order by inbound.id desc
     limit %(limit)s
""", entity="inbound_text", patient="patient_id")  # fmt: skip
NEWEST = UUID(int=2**128 - 1)


class Said(NamedTuple):
    """A line of the log with its words; none where they cannot be opened any more."""

    line: Logged
    text: str | None


class Received(NamedTuple):
    inbound: InboundText
    text: str | None


@needs("messages.read")
async def list_log(op: Op, *, patient_id: UUID) -> list[Said]:
    """What was sent to them, what came from them, and what is to be sent or was not, and why; two hundred at most.
    Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return [Said(line, await _words(op, line)) for line in await op.db.all(Logged, LOG, patient_id=patient_id)]


@needs("messages.read")
async def list_inbox(op: Op, *, unread: bool = False, before: UUID = NEWEST, limit: int = 50) -> list[Received]:
    """The newest first. What is of a record that is not open to whoever asks is not there."""
    found = await op.db.all(InboundText, INBOX, unread=unread, before=before, limit=limit)
    return [Received(one, await _inbound(op, one.id, one.body_sealed)) for one in found]


async def _words(op: Op, line: Logged) -> str | None:
    if line.body_sealed is None:
        return line.body
    if line.what == "inbound":
        return await _inbound(op, line.id, line.body_sealed)
    return await _opened(op, "message", line.id, line.body_sealed, line.sealed_for)


async def _inbound(op: Op, id: UUID, sealed: bytes) -> str | None:
    return await _opened(op, "inbound_text", id, sealed, None)


async def _opened(op: Op, table: str, id: UUID, sealed: bytes, patient_id: UUID | None) -> str | None:
    """A letter to whoever was merged into this patient lies under their own key, and says so by not opening."""
    try:
        found = await vault.open_(op, table=table, column="body_sealed", row=id, sealed=sealed, patient_id=patient_id)
    except vault.DoesNotOpen:
        return None
    return found.decode()

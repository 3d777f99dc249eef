"""Addresses to which no more goes: a letter came back for good, or whoever read it reported it as unwanted."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside import patients
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.messaging.events import PreferenceChanged

STOP = """
    insert into stopped_address (address, reason, stopped_at)
    values (lower(%(address)s), %(reason)s, %(at)s)
    on conflict (clinic_id, address) where lifted_at is null do nothing
"""
WHY = """
    select stopped_address.reason
      from stopped_address
     where stopped_address.address = lower(%(address)s)
       and stopped_address.lifted_at is null
"""
# Theirs now, and those to which something went to them, or to whoever acts for them.
OF = """
    select stopped_address.id, stopped_address.address, stopped_address.reason, stopped_address.stopped_at
      from stopped_address
     where stopped_address.lifted_at is null
       and (stopped_address.address in (
                select lower(contact.value ->> 'value')
                  from patient, jsonb_array_elements(patient.contacts) as contact (value)
                 where patient.id = %(patient_id)s
                   and contact.value ->> 'type' = 'email')
            or stopped_address.address = (
                select lower(wish.only_email) from contact_preference as wish where wish.patient_id = %(patient_id)s)
            or exists (
                select from message
                 where message.patient_id = %(patient_id)s
                   and message.channel = 'email'
                   and lower(message.recipient) = stopped_address.address))
     order by stopped_address.id
"""
LIFT = """
    update stopped_address
       set lifted_at = %(at)s, lifted_by = app.actor(), updated_at = transaction_timestamp(), updated_by = app.actor()
     where stopped_address.id = %(stop_id)s
"""


class NoSuchStop(Missing):
    """Mail goes to this address already."""


class StoppedAddress(NamedTuple):
    """`reason`: bounced, complained."""

    id: UUID
    address: str
    reason: str
    stopped_at: datetime


@needs("messages.read")
async def list_stopped(op: Op, *, patient_id: UUID) -> list[StoppedAddress]:
    """Of the addresses at which the patient is written to. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return await op.db.all(StoppedAddress, OF, patient_id=patient_id)


@needs("messages.write")
async def lift_stop(op: Op, *, patient_id: UUID, stop_id: UUID) -> None:
    """Somebody says that it is good: letters go there again, until one comes back. Refuses patients.NoSuchPatient,
    PatientIsMerged, NotOnCareTeam, NoSuchStop."""
    if stop_id not in [one.id for one in await list_stopped(op, patient_id=patient_id)]:
        raise NoSuchStop()
    await op.db.run(LIFT, stop_id=stop_id, at=op.now)
    await op.emit(PreferenceChanged(patient_id))


async def stop_address(op: Op, *, address: str, reason: str) -> None:
    """Not a door."""
    await op.db.run(STOP, address=address, reason=reason, at=op.now)


async def why_stopped(op: Op, *, address: str) -> str | None:
    """None where letters go. Not a door."""
    found: str | None = await op.db.value(WHY, address=address)
    return found

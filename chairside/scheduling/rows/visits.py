"""Visits, their steps, and what was done in them."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chairside.scheduling.rows.columns import columns


class Appointment(NamedTuple):
    """`items` are {service_id, quantity, tooth, surfaces}; `last_step` is {step, at, by, reason}, of those not undone. `also`:
    what else it takes, as {resource_id, from, to}, minutes from its start; to its end where `to` is None. `series_number`: the
    how manieth of its series it was when that was booked. `group_session_id`: it is a seat of that session, which has the
    provider and the operatory."""

    id: UUID
    patient_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    service_id: UUID | None
    items: list[dict[str, Any]]
    starts_at: datetime
    ends_at: datetime
    status: str
    overbooking_reason: str | None
    notes: str | None
    last_step: dict[str, Any] | None
    calendar_id: UUID | None
    also: list[dict[str, Any]]
    series_id: UUID | None
    series_number: int | None
    group_session_id: UUID | None
    version: int

    @property
    def duration_minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    def glimpse(self) -> "Appointment":
        """When and with whom, without a word of why: for whoever is not on the patient's care team."""
        return self._replace(items=[], overbooking_reason=None, notes=None, last_step=without_reason(self.last_step))


def without_reason(step: dict[str, Any] | None) -> dict[str, Any] | None:
    return step and step | {"reason": None}


class Happened(NamedTuple):
    """One line of a visit's history: that it was booked, or a step, with who took it back if somebody did."""

    step: str
    at: datetime
    by: UUID
    reason: str | None
    undone_at: datetime | None
    undone_by: UUID | None


class Held(NamedTuple):
    """An appointment that nobody else changes until this transaction ends, and whose it is."""

    id: UUID
    patient_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    service_id: UUID | None
    items: list[dict[str, Any]]
    starts_at: datetime
    ends_at: datetime
    status: str
    overbooking_reason: str | None
    notes: str | None
    last_step: dict[str, Any] | None
    calendar_id: UUID | None
    also: list[dict[str, Any]]
    series_id: UUID | None
    series_number: int | None
    group_session_id: UUID | None
    version: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    member_id: UUID | None

    @property
    def appointment(self) -> Appointment:
        return Appointment._make(self[: len(Appointment._fields)])


class Tried(NamedTuple):
    """What came of a booking: the appointment, or the reasons against it. `busy` are the resources taken at that time."""

    patient_known: bool
    patient_archived: bool
    provider_active: bool | None
    member_id: UUID | None
    operatory_active: bool | None
    unknown_services: int
    inactive_services: int
    minutes: int | None
    buffer_before_minutes: int
    buffer_after_minutes: int
    busy: list[UUID]
    id: UUID | None
    service_id: UUID | None
    ends_at: datetime
    status: str | None
    overbooking_reason: str | None
    version: int | None


class Places(NamedTuple):
    """Where an appointment is to be moved."""

    provider_active: bool | None
    member_id: UUID | None
    operatory_active: bool | None


class Moved(NamedTuple):
    busy: list[UUID]
    overbooking_reason: str | None
    version: int | None


class LastStep(NamedTuple):
    id: UUID
    step: str
    status_before: str
    at: datetime
    by: UUID
    reason: str | None


class ListedService(NamedTuple):
    id: UUID
    name: str
    price: int
    currency: str


class CompletedItem(NamedTuple):
    """What was done, as it was called and priced that day; prices in minor units of `currency`, for one."""

    id: UUID
    appointment_id: UUID
    patient_id: UUID
    provider_id: UUID
    service_id: UUID
    description: str
    quantity: int
    unit_price: int
    list_price: int
    currency: str
    price_reason: str | None


COMPLETED_ITEM = columns("completed_item", CompletedItem)
APPOINTMENT = """
           appointment.id, appointment.patient_id, appointment.provider_id, appointment.operatory_id, appointment.service_id,
           (select coalesce(jsonb_agg(jsonb_build_object(
                       'service_id', item.service_id, 'quantity', item.quantity, 'tooth', item.tooth, 'surfaces', item.surfaces
                   ) order by item.position), '[]')
              from appointment_item as item
             where item.appointment_id = appointment.id) as items,
           appointment.starts_at, appointment.ends_at, appointment.status, appointment.overbooking_reason, appointment.notes,
           (select jsonb_build_object('step', taken.step, 'at', taken.at, 'by', taken.by, 'reason', taken.reason)
              from appointment_step as taken
             where taken.appointment_id = appointment.id
               and taken.undone_at is null
             order by taken.id desc
             limit 1) as last_step,
           appointment.calendar_id, appointment.also, appointment.series_id, appointment.series_number,
           appointment.group_session_id, appointment.version"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID


class Provider(NamedTuple):
    """`operatory_id` is where they usually work, `colour` an index into the palette of the screens. `dea` is known only where it
    was opened for somebody who may see it."""

    id: UUID
    name: str
    title: str | None
    member_id: UUID | None
    npi: str | None
    specialties: list[str]
    timezone: str | None
    colour: int
    operatory_id: UUID | None
    active: bool
    version: int
    dea_sealed: bytes | None
    dea: str | None = None


class Licence(NamedTuple):
    """`authority`: a state or whoever else gives it. Good on the day on which it expires. `number` is known where it was opened
    for somebody who may see it."""

    id: UUID
    provider_id: UUID
    authority: str
    number_sealed: bytes
    expires_on: date | None
    version: int
    number: str = ""


class Operatory(NamedTuple):
    id: UUID
    name: str
    position: int
    active: bool
    version: int


class WeeklyHours(NamedTuple):
    """ISO weekday to local blocks; none: the provider follows the clinic."""

    weekly: dict[str, Any] | None
    version: int


class HoursOverride(NamedTuple):
    id: UUID
    provider_id: UUID
    date: date
    blocks: list[Any]
    reason: str | None


class Holiday(NamedTuple):
    id: UUID
    date: date
    name: str


class Vacation(NamedTuple):
    """Off on every day of it, the last one included, save those with hours of their own."""

    id: UUID
    provider_id: UUID
    first_on: date
    last_on: date
    reason: str | None


class Travel(NamedTuple):
    """The provider's hours are of another zone on these days, the last one included."""

    id: UUID
    provider_id: UUID
    first_on: date
    last_on: date
    timezone: str


class BookedVisit(NamedTuple):
    """A visit that still is to be, and whose."""

    id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    starts_at: datetime
    ends_at: datetime
    status: str


class CalendarFeed(NamedTuple):
    """An address at which a calendar program fetches when a provider is taken."""

    id: UUID
    provider_id: UUID
    member_id: UUID
    last_fetched_at: datetime | None
    created_at: datetime


class FollowedFeed(NamedTuple):
    """Where such an address leads."""

    clinic_id: UUID
    id: UUID
    provider_id: UUID
    member_id: UUID


class FeedVisit(NamedTuple):
    """A visit as far as it may leave the clinic: nobody's. `service` where the clinic lets feeds say it."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    status: str
    operatory: str | None
    service: str | None
    created_at: datetime
    updated_at: datetime
    version: int


class Schedule(NamedTuple):
    """What a provider's working time over some days is made of. Days of a vacation are among the overrides; `travel` is
    [first, last, zone]."""

    provider_id: UUID
    operatory_id: UUID | None
    timezone: str | None
    weekly: dict[str, Any] | None
    overrides: dict[str, Any]
    holidays: list[date]
    travel: list[Any] = []


class Candidate(NamedTuple):
    """A provider who may be asked for, with what their working time is made of."""

    id: UUID
    name: str
    active: bool
    timezone: str | None
    operatory_id: UUID | None
    weekly: dict[str, Any] | None
    overrides: dict[str, Any]
    travel: list[list[str]]


class Place(NamedTuple):
    id: UUID
    name: str
    active: bool


class Candidates(NamedTuple):
    """Whom and what a visit without a time could be made of."""

    patient_id: UUID | None
    patient_archived: bool
    service_known: bool
    duration_minutes: int | None
    buffer_before_minutes: int | None
    buffer_after_minutes: int | None
    operatories: list[Place]
    holidays: frozenset[date]
    providers: list[Candidate]

    @classmethod
    def of(
        cls, patient_id: UUID | None, patient_archived: bool, service_known: bool, minutes: int | None, before: int | None,
        after: int | None, operatories: list[Any], holidays: list[date], providers: list[Any],
    ) -> "Candidates":  # fmt: skip
        """Of a row whose lists came as JSON."""
        return cls(
            patient_id, patient_archived, service_known, minutes, before, after,
            [Place(UUID(id), name, active) for id, name, active in operatories], frozenset(holidays),
            [Candidate(UUID(id), name, active, zone, place and UUID(place), weekly, overrides, travel)
             for id, name, active, zone, place, weekly, overrides, travel in providers],
        )  # fmt: skip


class TakenMinutes(NamedTuple):
    """Of one resource: the minutes since 1970 at which each claim begins and ends, four bytes each."""

    resource_id: UUID
    starts: bytes
    ends: bytes


class Hold(NamedTuple):
    """A time that somebody is about to book."""

    id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    patient_id: UUID | None
    service_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime
    extended: bool


class Blockout(NamedTuple):
    id: UUID
    provider_id: UUID | None
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    reason: str


class Blocked(NamedTuple):
    """What came of blocking a time."""

    id: UUID | None
    member_id: UUID | None
    provider_known: bool
    operatory_known: bool
    visits: int


class Holding(NamedTuple):
    """What came of an attempt to hold a time, or the reasons against it."""

    patient_known: bool
    provider_active: bool | None
    member_id: UUID | None
    operatory_active: bool | None
    service_known: bool
    service_active: bool | None
    minutes: int | None
    held: int
    busy: list[UUID]
    id: UUID | None
    ends_at: datetime | None


class InTheWay(NamedTuple):
    """A claim, and from when to when its visit is without its buffers."""

    resource_id: UUID
    starts_at: datetime
    ends_at: datetime
    appointment_id: UUID | None
    hold_id: UUID | None
    reason: str | None
    from_: datetime
    to: datetime


class Appointment(NamedTuple):
    """`items` are {service_id, quantity, tooth, surfaces}; `last_step` is {step, at, by, reason}, of those not undone."""

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


class Claim(NamedTuple):
    resource_id: UUID
    starts_at: datetime
    ends_at: datetime


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


def _columns(table: str, row: type[NamedTuple]) -> str:
    return ", ".join(f"{table}.{column}" for column in row._fields if column not in row._field_defaults)


PROVIDER = _columns("provider", Provider)
LICENCE = _columns("licence", Licence)
OPERATORY = _columns("operatory", Operatory)
OVERRIDE = _columns("hours_override", HoursOverride)
VACATION = _columns("vacation", Vacation)
TRAVEL = _columns("travel", Travel)
CALENDAR_FEED = _columns("calendar_feed", CalendarFeed)
HOLIDAY = _columns("holiday", Holiday)
BLOCKOUT = _columns("blockout", Blockout)
TIME_HOLD = _columns("hold", Hold)
COMPLETED_ITEM = _columns("completed_item", CompletedItem)
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
           appointment.version"""

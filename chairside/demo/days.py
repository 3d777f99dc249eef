"""Two months behind and one ahead: who came, what was done, what was paid."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Literal
from uuid import UUID

from chairside import billing, catalog, scheduling
from chairside.demo.practice import CURRENCY, WEEK, Practice, Staff
from chairside.kernel.money import Money
from chairside.kernel.op import Op

BEHIND, AHEAD = 62, 31
REASONS = ("Ill", "Work", "Moved to another day by the patient", "Family matter")
METHODS: tuple[Literal["card", "cash", "check", "transfer"], ...] = (
    "card",
    "card",
    "card",
    "cash",
    "check",
    "transfer",
)
TERMS_DAYS = 14


async def live(op: Op, practice: Practice, patients: list[UUID], *, chance: Random, at: datetime) -> None:
    """Every working day around `at`; what lies before it has happened."""
    today = at.astimezone(op.clinic.zone).date()
    for offset in range(-BEHIND, AHEAD + 1):
        day = today + timedelta(days=offset)
        fullness = 0.9 if offset <= 0 else max(0.25, 0.85 - offset * 0.02)
        seen: set[UUID] = set()
        for staff in practice.staff:
            await _day_of(op, practice, staff, [p for p in patients if p not in seen], seen, day, fullness, chance, at)


async def _day_of(
    op: Op, practice: Practice, staff: Staff, free: list[UUID], seen: set[UUID], day: date, fullness: float, chance: Random,
    at: datetime,
) -> None:  # fmt: skip
    for block in WEEK[str(day.isoweekday())]:
        opens, closes = (int(edge[:2]) * 60 + int(edge[3:]) for edge in block)
        minute = opens
        while minute < closes - 25:
            service = staff.pick(chance)
            if minute + service.duration_minutes > closes or chance.random() > fullness:
                minute += chance.choice((15, 30, 45))
                continue
            patient = chance.choice(free)
            if patient in seen:
                continue
            seen.add(patient)
            starts_at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=op.clinic.zone)
            await _visit(op, practice, staff, patient, service, starts_at, chance, at)
            minute += service.duration_minutes + service.buffer_after_minutes
            minute += -minute % 5 + chance.choice((0, 0, 0, 5, 15))


async def _visit(
    op: Op, practice: Practice, staff: Staff, patient: UUID, service: catalog.Service, starts_at: datetime, chance: Random,
    at: datetime,
) -> None:  # fmt: skip
    ends_at = starts_at + timedelta(minutes=service.duration_minutes)
    op.now = min(at, starts_at - timedelta(days=chance.randint(1, 20)))
    visit = await scheduling.book(
        op, patient_id=patient, provider_id=staff.provider.id, operatory_id=staff.provider.operatory_id,
        service_id=service.id, starts_at=starts_at,
    )  # fmt: skip
    luck = chance.random()
    if luck < 0.05:
        await scheduling.cancel(op, appointment_id=visit.id, reason=chance.choice(REASONS))
        return
    if luck < 0.75:
        await scheduling.confirm(op, appointment_id=visit.id)
    if ends_at <= at and luck > 0.955:
        op.now = ends_at
        await scheduling.miss(op, appointment_id=visit.id)
        return
    if starts_at - timedelta(minutes=10) <= at:
        op.now = min(at, starts_at - timedelta(minutes=5))
        await scheduling.arrive(op, appointment_id=visit.id)
    if starts_at <= at:
        op.now = min(at, starts_at)
        await scheduling.seat(op, appointment_id=visit.id)
    if ends_at <= at:
        op.now = min(at, ends_at)
        done = [scheduling.Done(service.id)]
        if chance.random() < 0.3:
            done.append(scheduling.Done(chance.choice(practice.extras).id))
        await scheduling.complete(op, appointment_id=visit.id, items=done)
        await _settle(op, patient, chance)


async def _settle(op: Op, patient: UUID, chance: Random) -> None:
    """Most pay as they leave; some in part, some later, some not yet; a few visits are not billed yet."""
    luck = chance.random()
    if luck < 0.06:
        return
    invoice_id = await billing.draft(op, patient_id=patient, terms_days=TERMS_DAYS)
    if luck < 0.09:
        return
    await billing.issue(op, invoice_id=invoice_id)
    due = (await billing.get_invoice(op, invoice_id=invoice_id)).balance_due
    amount = due if luck < 0.82 else due // 2 if luck < 0.88 else 0
    if luck > 0.985:
        amount = due + 5000
    if amount:
        parts = [(invoice_id, Money(min(amount, due), CURRENCY))]
        await billing.collect(op, patient_id=patient, amount=Money(amount, CURRENCY), method=chance.choice(METHODS), parts=parts)

"""Five months behind and one ahead: who came, what was done, what was paid, how the drawer was counted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from chairside import billing, catalog, scheduling
from chairside.demo.evenings import close
from chairside.demo.practice import Practice, Staff
from chairside.kernel.money import Money
from chairside.kernel.op import Op

BEHIND, AHEAD = 150, 31
TERMS_DAYS = 14
IN_DETAIL = 21
"""Days behind of which every step is there; of those before, what was booked, done and paid."""


@dataclass
class Life:
    """One clinic as it is lived through, day by day."""

    op: Op
    practice: Practice
    everyone: list[UUID]
    chance: Random
    at: datetime
    patients: list[UUID] = field(default_factory=list)
    """Who may still come."""
    last_seen: dict[UUID, date] = field(default_factory=dict)
    first_seen: dict[UUID, datetime] = field(default_factory=dict)
    owing: list[tuple[date, UUID, UUID, int]] = field(default_factory=list)
    to_refund: list[tuple[date, UUID, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.patients = list(self.everyone)

    @property
    def gone(self) -> list[UUID]:
        """Those who moved away, or went elsewhere."""
        return self.everyone[:: max(2, len(self.everyone) // 12)]

    @property
    def currency(self) -> str:
        return self.practice.setting.currency

    def money(self, amount: int) -> Money:
        return Money(amount, self.currency)

    def on(self, day: date, minute: int) -> datetime:
        return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=self.op.clinic.zone)


async def live(life: Life, tell: Callable[[str], None]) -> None:
    """Every day around `at`; what lies before it has happened."""
    today = life.at.astimezone(life.op.clinic.zone).date()
    month = 0
    for offset in range(-BEHIND, AHEAD + 1):
        day = today + timedelta(days=offset)
        if day.month != month:
            month = day.month
            tell(f"{day:%Y-%m}")
        if offset == -min(60, BEHIND // 2):
            life.patients = [patient for patient in life.everyone if patient not in life.gone]
        if day in life.practice.holidays:
            continue
        seen: set[UUID] = set()
        for staff in life.practice.staff:
            if day not in staff.away:
                await _day_of(life, staff, seen, day, _fullness(offset), detailed=offset >= -IN_DETAIL)
        if offset < 0:
            await _afterwards(life, day)
            await close(life.op, life.practice.setting, day=day, at=life.on(day, 20 * 60 + 30), chance=life.chance)


def _fullness(offset: int) -> float:
    """Full around today, looser long ago and in weeks to come."""
    if offset < -IN_DETAIL:
        return 0.3
    return 0.88 if offset <= 1 else max(0.2, 0.85 - offset * 0.022)


def _next_patient(life: Life, seen: set[UUID], day: date) -> UUID:
    """Of a few, whoever has waited longest: most come again after months, as a recall brings them."""
    few = [patient for patient in life.chance.sample(life.patients, 6) if patient not in seen] or life.patients
    return min(few, key=lambda patient: (life.last_seen.get(patient, date.min), few.index(patient)))


async def _day_of(life: Life, staff: Staff, seen: set[UUID], day: date, fullness: float, *, detailed: bool) -> None:
    chance = life.chance
    for block in staff.week.get(str(day.isoweekday()), ()):
        opens, closes = (int(edge[:2]) * 60 + int(edge[3:]) for edge in block)
        minute = opens
        while minute < closes - 25:
            service = staff.pick(chance)
            if minute + service.duration_minutes > closes or chance.random() > fullness:
                minute += chance.choice((15, 30, 45))
                continue
            patient = _next_patient(life, seen, day)
            if patient in seen:
                continue
            seen.add(patient)
            await _visit(life, staff, patient, service, life.on(day, minute), detailed=detailed)
            if detailed and service.duration_minutes >= 45 and chance.random() < 0.02:
                await _squeeze_in(life, staff, seen, day, minute)
            minute += service.duration_minutes + service.buffer_after_minutes
            minute += -minute % 5 + chance.choice((0, 0, 0, 5, 15))


async def _squeeze_in(life: Life, staff: Staff, seen: set[UUID], day: date, minute: int) -> None:
    """Somebody in pain, over another's time."""
    patient = _next_patient(life, seen, day)
    if patient not in seen:
        seen.add(patient)
        words = life.practice.setting.words
        service = staff.services[0]
        starts_at = life.on(day, minute + 10)
        await _visit(life, staff, patient, service, starts_at, detailed=True, minutes=15, overbooked=words.overbooked)


async def _visit(
    life: Life, staff: Staff, patient: UUID, service: catalog.Service, starts_at: datetime, *, detailed: bool,
    minutes: int | None = None, overbooked: str | None = None,
) -> None:  # fmt: skip
    op, at, chance = life.op, life.at, life.chance
    ends_at = starts_at + timedelta(minutes=minutes or service.duration_minutes)
    op.now = min(at, starts_at - timedelta(days=chance.randint(1, 20)))
    visit = await scheduling.book(
        op, patient_id=patient, provider_id=staff.provider.id, operatory_id=staff.provider.operatory_id,
        service_id=service.id, starts_at=starts_at, duration_minutes=minutes, overbooking_reason=overbooked,
        notes=chance.choice(life.practice.setting.words.visit_notes),
    )  # fmt: skip
    luck = chance.random()
    if luck < 0.05:
        await scheduling.cancel(op, appointment_id=visit.id, reason=chance.choice(life.practice.setting.words.cancelled))
        return
    life.last_seen[patient] = starts_at.date()
    life.first_seen.setdefault(patient, op.now)
    if detailed and luck < 0.75 and starts_at - timedelta(days=6) < at:
        await scheduling.confirm(op, appointment_id=visit.id)
    if ends_at <= at and luck > 0.955:
        op.now = ends_at
        await scheduling.miss(op, appointment_id=visit.id)
        return
    if detailed and starts_at - timedelta(minutes=10) <= at:
        op.now = min(at, starts_at - timedelta(minutes=5))
        await scheduling.arrive(op, appointment_id=visit.id)
    if detailed and starts_at <= at:
        op.now = min(at, starts_at)
        await scheduling.seat(op, appointment_id=visit.id)
    if ends_at <= at:
        op.now = ends_at
        done = [service, *([chance.choice(life.practice.extras)] if chance.random() < 0.3 else [])]
        await scheduling.complete(op, appointment_id=visit.id, items=[scheduling.Done(one.id) for one in done])
        await _settle(life, patient, sum(one.price for one in done))


async def _settle(life: Life, patient: UUID, due: int) -> None:
    """Most pay as they leave; some in part, some later, some not yet; a few visits are not billed yet."""
    op, chance = life.op, life.chance
    luck = chance.random()
    recent = op.now > life.at - timedelta(days=40)
    if luck < 0.06 and recent:
        return
    invoice_id = await billing.draft(op, patient_id=patient, terms_days=TERMS_DAYS)
    if luck < 0.09 and recent:
        return
    await billing.issue(op, invoice_id=invoice_id)
    # What was left unbilled before is on this invoice too; the sum is asked for where it may be more.
    due = (await billing.get_invoice(op, invoice_id=invoice_id)).balance_due if recent else due
    amount = due if luck < 0.82 else due // 2 if luck < 0.88 else 0
    if luck > 0.985:
        amount = due + 5000
    if amount:
        await _pay(life, patient, amount, [(invoice_id, life.money(min(amount, due)))])
    if amount < due and chance.random() < 0.7:
        life.owing.append((op.today + timedelta(days=chance.randint(5, 45)), invoice_id, patient, due - amount))


async def _pay(life: Life, patient: UUID, amount: int, parts: list[tuple[UUID, Money]]) -> None:
    op, chance = life.op, life.chance
    method = chance.choice(life.practice.setting.methods)
    reference = str(chance.randint(1001, 1999)) if method == "check" else None
    payment_id = await billing.collect(
        op, patient_id=patient, amount=life.money(amount), method=method, parts=parts, reference=reference
    )
    if chance.random() < 0.012:
        life.to_refund.append((op.today + timedelta(days=chance.randint(1, 6)), payment_id, min(amount, 4000)))


async def _afterwards(life: Life, day: date) -> None:
    """What the afternoon's post brings, refunds, a little goodwill."""
    op, words = life.op, life.practice.setting.words
    op.now = life.on(day, 16 * 60)
    for due in [one for one in life.owing if one[0] <= day]:
        life.owing.remove(due)
        _, invoice_id, patient, amount = due
        await _pay(life, patient, amount, [(invoice_id, life.money(amount))])
    for back in [one for one in life.to_refund if one[0] <= day]:
        life.to_refund.remove(back)
        await billing.refund(op, payment_id=back[1], amount=life.money(back[2]), reason=words.refunded)
    if life.chance.random() < 0.06:
        patient = life.chance.choice(life.patients)
        await billing.adjust(op, patient_id=patient, amount=life.money(-1500), reason=words.goodwill)

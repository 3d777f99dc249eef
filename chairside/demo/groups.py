"""A class for several patients at once, with times to come and somebody in each."""

from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID

from chairside import catalog, scheduling
from chairside.demo.days import Life
from chairside.kernel.money import Money
from chairside.scheduling import Calendar, Wanted
from chairside.scheduling.rows import Asked

AHEAD = timedelta(days=16)
TIMES = 3


async def meet(life: Life) -> None:
    """By a chance of their own, so that the days stay what they are; on so many days as have a free time for it."""
    op, group, setting = life.op, life.practice.setting.group, life.practice.setting
    chance = Random(f"groups {setting.name}")
    service = await catalog.add_service(
        op, name=group.name, code=group.code, duration_minutes=group.minutes, price=Money(group.price, setting.currency)
    )  # fmt: skip
    hygienists = [one.provider.id for one in life.practice.staff if any(s.code == group.beside for s in one.services)]
    calendar = await scheduling.add_booking_calendar(op, calendar=_calendar(group.name, service.id, hygienists, group.capacity))
    assert calendar.id
    wanted = Wanted(service.id, None, (), None, calendar_id=calendar.id)
    free = await scheduling.list_openings(op, wanted=wanted, since=life.at, until=life.at + AHEAD)
    days = {opening.starts_at.astimezone(op.clinic.zone).date(): opening.starts_at for opening in reversed(free.slots)}
    coming = [one for one in life.everyone if one not in life.gone]
    for day in sorted(days)[:TIMES]:
        session = await scheduling.open_group_session(op, calendar_id=calendar.id, starts_at=days[day])
        seats = 0
        for patient_id in chance.sample(coming, len(coming)):
            if seats == group.capacity // 2:
                break
            with suppress(scheduling.TimeTaken):  # a visit of theirs at that very time
                await scheduling.book(op, patient_id=patient_id, starts_at=session.starts_at, group_session_id=session.id)
                seats += 1


def _calendar(name: str, service_id: UUID, providers: list[UUID], capacity: int) -> Calendar:
    return Calendar(
        id=None, name=name, modality="in_person", strategy="round_robin", increment=30, grid="clock", buffer_before=None,
        buffer_after=None, buffers_inside_hours=False, min_notice=0, max_days_ahead=60, window_start=None, window_end=None,
        per_day_limit=1, capacity=capacity, public=False, active=True, version=0, service_ids=[service_id],
        providers=[Asked(one) for one in providers], requires=[],
    )  # fmt: skip

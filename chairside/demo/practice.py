"""Who works in an invented clinic, where, when, and what they do."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from chairside import billing, catalog, scheduling, tenancy
from chairside.demo.setting import ProviderSetting, Setting, Week
from chairside.kernel.money import Money
from chairside.kernel.op import Op


@dataclass(frozen=True)
class Staff:
    provider: scheduling.Provider
    week: Week
    services: list[catalog.Service]
    weights: list[int]
    away: frozenset[date]

    def pick(self, chance: Random) -> catalog.Service:
        return chance.choices(self.services, self.weights)[0]


@dataclass(frozen=True)
class Practice:
    setting: Setting
    staff: list[Staff]
    extras: list[catalog.Service]
    holidays: dict[date, str]


async def furnish(op: Op, setting: Setting, *, members: dict[str, UUID], first: date, last: date, chance: Random) -> Practice:
    """Address, hours, holidays, operatories, services, providers and what stays in the drawer."""
    clinic = await tenancy.get(op)
    await tenancy.change(op, version=clinic.version, changes=setting.details)
    await scheduling.set_hours(op, weekly=setting.week)
    holidays = setting.holidays_of(first, last)
    for day, name in holidays.items():
        await scheduling.add_holiday(op, date=day, name=name)
    made = []
    for one in setting.services:
        service = await catalog.add_service(
            op, name=one.name, code=one.code, duration_minutes=one.minutes, price=Money(one.price, setting.currency),
            buffer_after_minutes=one.after,
        )  # fmt: skip
        made.append((service, one))
    staff = []
    for provider in setting.providers:
        offered = [(service, one.often) for service, one in made if one.often and one.hygiene == provider.hygiene]
        staff.append(await _hire(op, setting, provider, members, offered, first, last, chance))
    await billing.set_cash_drawer(op, kept=Money(setting.float_amount, setting.currency), bank_account=setting.bank_account)
    return Practice(setting, staff, [service for service, one in made if not one.often], holidays)


async def _hire(
    op: Op, setting: Setting, one: ProviderSetting, members: dict[str, UUID], offered: list[tuple[catalog.Service, int]],
    first: date, last: date, chance: Random,
) -> Staff:  # fmt: skip
    room = await scheduling.add_operatory(op, name=one.room)
    member_id = members.get(one.email) if one.email else None
    provider = await scheduling.add_provider(op, name=one.name, title=one.title, operatory_id=room.id, member_id=member_id)
    await scheduling.set_provider_hours(op, provider_id=provider.id, weekly=one.week)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    away = sorted(chance.sample([day for day in days if str(day.isoweekday()) in one.week], 3)) if len(days) > 60 else []
    for day in away:
        await scheduling.add_override(op, provider_id=provider.id, date=day, blocks=[], reason=setting.words.away)
    return Staff(provider, one.week, [service for service, _ in offered], [often for _, often in offered], frozenset(away))

"""What an invented clinic is made of; each clinic is one of these."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Week = dict[str, list[list[str]]]
Method = Literal["cash", "card", "check", "transfer"]


@dataclass(frozen=True, kw_only=True)
class ServiceSetting:
    """`often` is its share of visits; none: only done beside another. Price in minor units."""

    name: str
    code: str
    minutes: int
    price: int
    after: int = 0
    often: int = 0
    hygiene: bool = False


@dataclass(frozen=True, kw_only=True)
class ProviderSetting:
    name: str
    title: str
    room: str
    week: Week
    hygiene: bool = False
    email: str | None = None
    """Of the member who they are."""


@dataclass(frozen=True, kw_only=True)
class MemberSetting:
    name: str
    email: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """What people write, in the clinic's language."""

    cancelled: tuple[str, ...]
    notes: tuple[str | None, ...]
    visit_notes: tuple[str | None, ...]
    overbooked: str
    refunded: str
    goodwill: str
    short: str
    away: str
    plan: str


@dataclass(frozen=True, kw_only=True)
class GroupSetting:
    """What several are shown at once, by whoever does the service with the code `beside`. Price in minor units."""

    name: str
    code: str
    beside: str
    minutes: int
    price: int
    capacity: int


@dataclass(frozen=True, kw_only=True)
class Setting:
    slug: str
    name: str
    timezone: str
    locale: str
    currency: str
    details: dict[str, Any]
    """Address, phone, e-mail, tax id: as `tenancy.change` takes them."""
    owner: MemberSetting
    members: tuple[MemberSetting, ...]
    providers: tuple[ProviderSetting, ...]
    services: tuple[ServiceSetting, ...]
    group: GroupSetting
    week: Week
    holidays: tuple[tuple[int, int, str], ...]
    """(month, day, name) of every year."""
    patients: int
    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[str, ...]
    streets: tuple[str, ...]
    address: dict[str, str]
    phone: str
    """With two digits to fill in."""
    methods: tuple[Method, ...]
    float_amount: int
    bank_account: str
    words: Words
    also: tuple[MemberSetting, ...] = field(default=())
    """Who works here besides, having an account from another of the clinics."""

    def holidays_of(self, first: date, last: date) -> dict[date, str]:
        years = range(first.year, last.year + 1)
        days = {date(year, month, day): name for year in years for month, day, name in self.holidays}
        return {day: name for day, name in sorted(days.items()) if first <= day <= last}

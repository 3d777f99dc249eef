"""The day on paper: who comes, and the money of the day."""

import asyncio
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Literal

from chairside import documents, scheduling, tenancy
from chairside.billing.queries.ledger import BALANCE_OF
from chairside.billing.queries.papers import Paper
from chairside.kernel.audit import EXPORTED, shown
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.reports.queries.day import list_day_lines
from chairside.reports.queries.glimpses import for_whoever_asks
from chairside.reports.rows import Line, SheetVisit
from chairside.reports.rules import COLLECTED, age

VISITS = shown(
    f"""
    select appointment.id, appointment.patient_id, appointment.starts_at, appointment.status, provider.name as provider,
           operatory.name as operatory,
           concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name) as patient_name, patient.birth_date,
           coalesce((select string_agg(planned.name, ', ' order by item.position)
                       from appointment_item as item
                       join service as planned on planned.id = item.service_id
                      where item.appointment_id = appointment.id), service.name) as reason,
           contact.reach ->> 'value' as phone, (contact.reach ->> 'safe_for_voicemail')::boolean as safe_for_voicemail,
           case when %(money)s then {BALANCE_OF.format(patient="appointment.patient_id")} end as balance,
           concat_ws(' · ', appointment.overbooking_reason, appointment.notes) as notes
      from appointment
      join patient on patient.id = appointment.patient_id
      join provider on provider.id = appointment.provider_id
      left join operatory on operatory.id = appointment.operatory_id
      left join service on service.id = appointment.service_id
      left join lateral (select one as reach
                           from jsonb_array_elements(patient.contacts) as one
                          where one ->> 'type' <> 'email'
                          order by (one ->> 'is_primary')::boolean desc
                          limit 1) as contact on true
     where appointment.starts_at >= %(starts_at)s
       and appointment.starts_at < %(ends_at)s
       and appointment.status <> 'cancelled'
     order by appointment.starts_at, appointment.id
""",
    entity="day_sheet",
    patient="patient_id",
)
By = Literal["provider", "operatory"]


@needs("scheduling.read")
@way_out(
    "paper",
    "patient.first_name",
    "patient.last_name",
    "patient.contacts",
    "patient.birth_date",
    "appointment.starts_at",
    "appointment.notes",
)
async def draw_day_sheet(op: Op, *, day: date, by: By = "provider", money: bool = True) -> Paper:
    """A day as a PDF: visits by provider or operatory, and a page of its money for those who may see it. Everyone on it is
    named in the audit."""
    op.db.with_next(EXPORTED, what="day_sheet", id=None)
    starts_at, ends_at = scheduling.day_interval(day, op.clinic.zone)
    found = await op.db.all(SheetVisit, VISITS, starts_at=starts_at, ends_at=ends_at, money=op.may("billing.read"))
    visits = await for_whoever_asks(op, found)
    holidays = await scheduling.list_holidays(op, first=day, last=day)
    may_count = op.may("reports.day") and op.may("billing.read")
    figures = ["produced", *COLLECTED, "refunded", "adjusted"]
    lines = await list_day_lines(op, day=day, figures=figures) if money and may_count else None
    clinic = await tenancy.get(op)
    locale = op.clinic.locale
    facts: dict[str, Any] = {
        "clinic": documents.sender(clinic._asdict(), locale),
        "day": day,
        "weekday": documents.long_day(day, locale),
        "holiday": holidays[0].name if holidays else None,
        "groups": _groups(op, visits, by, day),
        "money": None if lines is None else _money(op.clinic.currency, lines),
    }
    async with op.apart():
        pdf = await asyncio.to_thread(documents.render, "day-sheet", facts, locale=locale, dated=op.now)
    return Paper(f"day-sheet-{day}.pdf", pdf)


def _groups(op: Op, visits: Sequence[SheetVisit], by: By, day: date) -> list[dict[str, Any]]:
    def group(visit: SheetVisit) -> str:
        return visit.provider if by == "provider" else visit.operatory or ""

    return [
        {"name": name, "visits": [_visit(op, visit, day) for visit in its]}
        for name, its in groupby(sorted(visits, key=lambda visit: (group(visit), visit.starts_at, visit.id)), group)
    ]


def _visit(op: Op, visit: SheetVisit, day: date) -> dict[str, Any]:
    call = None if visit.phone is None else "voicemail_ok" if visit.safe_for_voicemail else "no_voicemail"
    return {
        "time": documents.time_of(visit.starts_at.astimezone(op.clinic.zone), op.clinic.locale),
        "patient": visit.patient_name,
        "age": age(visit.birth_date, day),
        "status": visit.status,
        "reason": visit.reason or "",
        "phone": visit.phone,
        "call": call,
        "balance": None if not visit.balance else Money(visit.balance, op.clinic.currency),
        "notes": visit.notes or None,
    }


def _money(currency: str, lines: Sequence[Line]) -> dict[str, Any]:
    def sum_of(*figures: str) -> int:
        return sum(line.amount or 0 for line in lines if line.figure in figures)

    sums = [("produced", sum_of("produced")), ("adjustments", sum_of("adjusted"))]
    sums += [(figure.removeprefix("collected_"), sum_of(figure)) for figure in COLLECTED]
    sums += [("refunds", sum_of("refunded")), ("net_collected", sum_of(*COLLECTED, "refunded"))]
    parts = (("payments", COLLECTED), ("refunds", ("refunded",)), ("charges", ("produced",)), ("adjustments", ("adjusted",)))
    return {
        "sums": [(word, Money(amount, currency)) for word, amount in sums],
        "parts": [
            {
                "word": word,
                "lines": [
                    {
                        "patient": line.patient_name, "description": "" if word == "payments" else line.description,
                        "method": line.method, "amount": Money(line.amount or 0, currency),
                    }
                    for line in lines
                    if line.figure in figures
                ],
            }
            for word, figures in parts
            if any(line.figure in figures for line in lines)
        ],
    }  # fmt: skip

"""What goes with a patient through the practice on paper: a page of each visit."""

import asyncio
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chairside import documents, scheduling, tenancy
from chairside.billing.queries.ledger import BALANCE_OF
from chairside.billing.queries.papers import Paper
from chairside.kernel.audit import EXPORTED, shown
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.reports.queries.glimpses import for_whoever_asks
from chairside.reports.rows import SlipVisit
from chairside.reports.rules import age
from chairside.scheduling import NoSuchAppointment

# Of recalls those for which no visit is booked yet; what is booked after this visit is what comes next.
SLIPS = f"""
    select appointment.id, appointment.patient_id, appointment.starts_at, appointment.ends_at, appointment.status,
           provider.name as provider, operatory.name as operatory,
           concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name) as patient_name, patient.preferred_name,
           patient.birth_date, patient.register_number, contact.reach ->> 'value' as phone, patient.note as patient_note,
           (select concat_ws(' ', guarantor.first_name, guarantor.last_name)
              from patient as guarantor
             where guarantor.id = patient.guarantor_id) as guarantor,
           coalesce((select jsonb_agg(jsonb_build_object(
                                'name', planned.name, 'quantity', item.quantity, 'tooth', item.tooth, 'surfaces', item.surfaces
                            ) order by item.position)
                       from appointment_item as item
                       join service as planned on planned.id = item.service_id
                      where item.appointment_id = appointment.id),
                    case when service.id is null then '[]'
                         else jsonb_build_array(jsonb_build_object('name', service.name, 'quantity', 1)) end) as planned,
           case when %(money)s then {BALANCE_OF.format(patient="appointment.patient_id")} end as balance,
           concat_ws(' · ', appointment.overbooking_reason, appointment.notes) as notes,
           (select coalesce(jsonb_agg(jsonb_build_array(recall_type.name, recall.due_on) order by recall.due_on), '[]')
              from recall
              join recall_type on recall_type.id = recall.type_id
             where %(due)s
               and recall.patient_id = appointment.patient_id
               and recall.closed_at is null
               and recall.appointment_id is null) as due,
           (select coalesce(jsonb_agg(jsonb_build_array(later.starts_at, later.provider) order by later.starts_at), '[]')
              from (select other.starts_at, whose.name as provider
                      from appointment as other
                      join provider as whose on whose.id = other.provider_id
                     where other.patient_id = appointment.patient_id
                       and other.starts_at > appointment.starts_at
                       and other.status in ('requested', 'scheduled', 'confirmed')
                     order by other.starts_at
                     limit 3) as later) as later
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
     where {{which}}
     order by provider.name, appointment.starts_at, appointment.id
     limit 400
"""
ONE = shown(SLIPS.format(which="appointment.id = %(appointment_id)s"), entity="route_slip", patient="patient_id")
OF_DAY = shown(
    SLIPS.format(
        which="appointment.starts_at >= %(starts_at)s and appointment.starts_at < %(ends_at)s"
        " and appointment.status <> 'cancelled'"
    ),
    entity="route_slip",
    patient="patient_id",
)


@needs("scheduling.read")
@way_out(
    "paper",
    "patient.first_name",
    "patient.last_name",
    "patient.contacts",
    "patient.birth_date",
    "patient.note",
    "appointment.starts_at",
    "appointment.notes",
    "recall.due_on",
)
async def draw_route_slips(op: Op, *, day: date, appointment_id: UUID | None = None) -> Paper:
    """A page of one visit, or of each of the day, by provider and time: who it is, what is planned, what is owed and due, and
    room to write. What may not be seen is left out. Whose slips they are is named in the audit. Refuses NoSuchAppointment."""
    op.db.with_next(EXPORTED, what="route_slip", id=appointment_id)
    may = {"money": op.may("billing.read"), "due": op.may("recalls.read")}
    if appointment_id:
        found = await op.db.all(SlipVisit, ONE, appointment_id=appointment_id, **may)
    else:
        starts_at, ends_at = scheduling.day_interval(day, op.clinic.zone)
        found = await op.db.all(SlipVisit, OF_DAY, starts_at=starts_at, ends_at=ends_at, **may)
    if appointment_id and not found:
        raise NoSuchAppointment()
    visits = await for_whoever_asks(op, found)
    clinic = await tenancy.get(op)
    locale = op.clinic.locale
    facts: dict[str, Any] = {
        "clinic": documents.sender(clinic._asdict(), locale),
        "day": day,
        "slips": [_slip(op, visit) for visit in visits],
    }
    async with op.apart():
        pdf = await asyncio.to_thread(documents.render, "route-slip", facts, locale=locale, dated=op.now)
    return Paper(f"route-slips-{appointment_id or day}.pdf", pdf)


def _slip(op: Op, visit: SlipVisit) -> dict[str, Any]:
    locale, zone = op.clinic.locale, op.clinic.zone
    starts = visit.starts_at.astimezone(zone)
    return {
        "patient": visit.patient_name,
        "preferred": visit.preferred_name,
        "born": visit.birth_date,
        "age": age(visit.birth_date, starts.date()),
        "register_number": visit.register_number,
        "phone": visit.phone,
        "guarantor": visit.guarantor,
        "note": visit.patient_note,
        "weekday": documents.long_day(starts.date(), locale),
        "time": f"{documents.time_of(starts, locale)} – {documents.time_of(visit.ends_at.astimezone(zone), locale)}",
        "status": visit.status,
        "provider": visit.provider,
        "operatory": visit.operatory,
        "planned": [_planned(**one) for one in visit.planned],
        "notes": visit.notes or None,
        "balance": None if visit.balance is None else Money(visit.balance, op.clinic.currency),
        "due": [f"{name} · {documents.long_day(date.fromisoformat(on), locale)}" for name, on in visit.due],
        "later": [_later(op, at, provider) for at, provider in visit.later],
    }


def _planned(*, name: str, quantity: int, tooth: str | None = None, surfaces: str | None = None) -> str:
    return " ".join(filter(None, (f"{quantity} ×" if quantity > 1 else "", name, tooth, surfaces)))


def _later(op: Op, at: str, provider: str) -> str:
    starts = datetime.fromisoformat(at).astimezone(op.clinic.zone)
    return f"{documents.long_day(starts.date(), op.clinic.locale)}, {documents.time_of(starts, op.clinic.locale)} · {provider}"

"""A day in figures, each the sum of lines that can be looked at: figure and lines are read from the same rows."""

from dataclasses import dataclass
from datetime import date, datetime

from chairside import billing, documents, scheduling
from chairside.billing.rows import DayClose
from chairside.kernel.audit import EXPORTED, shown
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.reports.rows import Figure, Line
from chairside.reports.rules import FIGURES, FOR_MONEY, as_csv

# What the ledger moved on a day of the clinic, by the account on the other side of the patient.
MONEY = """
    select case posting.account
             when 'income' then 'produced'
             when 'adjustments' then 'adjusted'
             else case entry.kind when 'refund' then 'refunded' else 'collected_' || posting.account end
           end as figure,
           entry.id,
           -- What was entered later, or brought in by an import, has a day and no time of it.
           case when entry.created_at >= %(starts_at)s and entry.created_at < %(ends_at)s then entry.created_at end as at,
           entry.on_day, entry.patient_id, entry.description,
           case when posting.account in ('cash', 'card', 'check', 'transfer') then posting.account end as method,
           case when posting.account in ('income', 'adjustments') then -posting.amount else posting.amount end as amount,
           case when entry.source in ('appointment', 'payment') then entry.source else 'patient' end as opens,
           case when entry.source in ('appointment', 'payment') then entry.source_id else entry.patient_id end as opens_id
      from ledger_transaction as entry
      join ledger_posting as posting on posting.transaction_id = entry.id
     where entry.on_day = %(day)s
       and posting.account in ('income', 'adjustments', 'cash', 'card', 'check', 'transfer')
"""
VISITS = """
    select appointment.status as figure, appointment.id, appointment.starts_at as at, null::date as on_day,
           appointment.patient_id,
           concat_ws(' · ', service.name, provider.name,
                     (select step.reason
                        from appointment_step as step
                       where step.appointment_id = appointment.id and step.undone_at is null and step.reason is not null
                       order by step.id desc
                       limit 1)) as description,
           null as method, null::bigint as amount, 'appointment' as opens, appointment.id as opens_id
      from appointment
      join provider on provider.id = appointment.provider_id
      left join service on service.id = appointment.service_id
     where appointment.starts_at >= %(starts_at)s
       and appointment.starts_at < %(ends_at)s
"""
# Those who were registered here; an import brings people who were patients before.
NEW_PATIENTS = """
    select 'new_patients' as figure, patient.id, patient.created_at as at, null::date as on_day, patient.id as patient_id,
           '' as description, null as method, null::bigint as amount, 'patient' as opens, patient.id as opens_id
      from patient
     where patient.created_at >= %(starts_at)s
       and patient.created_at < %(ends_at)s
       and patient.import_id is null
       and patient.deleted_at is null
"""
# What was done up to that day and stands on no issued invoice now.
UNBILLED = """
    select 'unbilled' as figure, charge.patient_id as id, null::timestamptz as at, min(charge.on_day) as on_day,
           charge.patient_id,
           string_agg(distinct charge.description, ', ' order by charge.description) as description,
           null as method, sum(charge.amount)::bigint as amount, 'patient' as opens, charge.patient_id as opens_id
      from charge
      left join invoice on invoice.id = charge.invoice_id
     where charge.kind = 'service'
       and charge.amount > 0
       and charge.reversed_at is null
       and charge.on_day <= %(day)s
       and (charge.invoice_id is null or invoice.issued_at is null)
     group by charge.patient_id
"""
# By whoever answers for the bills: one call, however many invoices of the family are overdue.
OVERDUE = """
    select 'overdue' as figure, coalesce(patient.guarantor_id, patient.id) as id, null::timestamptz as at,
           min(invoice.due_on) as on_day, coalesce(patient.guarantor_id, patient.id) as patient_id,
           string_agg(invoice.number, ', ' order by invoice.due_on, invoice.id) as description,
           null as method, sum(invoice.total - invoice.allocated)::bigint as amount, 'patient' as opens,
           coalesce(patient.guarantor_id, patient.id) as opens_id
      from invoice
      join patient on patient.id = invoice.patient_id
     where invoice.issued_at is not null
       and invoice.voided_at is null
       and invoice.allocated < invoice.total
       and invoice.due_on < %(today)s
     group by coalesce(patient.guarantor_id, patient.id)
"""
ALL = f"""
    {MONEY} and %(money)s
    union all
    {VISITS} and %(visits)s
    union all
    {NEW_PATIENTS} and %(patients)s
    union all
    select * from ({UNBILLED}) as unbilled where %(money)s
    union all
    select * from ({OVERDUE}) as overdue where %(money)s
"""
FIGURED = f"""
    select line.figure, count(*) as many, sum(line.amount)::bigint as amount
      from ({ALL}) as line
     group by line.figure
"""
# What is owed may be more than anybody reads: the largest come first.
LINES = shown(
    f"""
    select line.figure, line.id, line.at, line.on_day, line.patient_id,
           concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name) as patient_name, patient.register_number,
           line.description, line.method, line.amount,
           contact.reach ->> 'value' as phone, (contact.reach ->> 'safe_for_voicemail')::boolean as safe_for_voicemail,
           line.opens, line.opens_id
      from ({ALL}) as line
      join patient on patient.id = line.patient_id
      left join lateral (select one as reach
                           from jsonb_array_elements(patient.contacts) as one
                          where one ->> 'type' <> 'email'
                          order by (one ->> 'is_primary')::boolean desc
                          limit 1) as contact on true
     where line.figure = any(%(figures)s)
     order by line.figure, line.at, case when line.figure = 'overdue' then -line.amount end, line.on_day, line.id
     limit %(limit)s
""",
    entity="day_report",
    patient="patient_id",
)

NEEDED = dict.fromkeys(FOR_MONEY, "billing.read") | {"new_patients": "patients.read"}
"""What it takes to see a figure; those of visits take scheduling.read."""


@dataclass(frozen=True, slots=True)
class DayReport:
    """A day of the clinic, from a local midnight to the next. Figures of money and visits are of that day; what is not billed
    yet and what is overdue is as it stands now. `closes` are those of the day that stand."""

    day: date
    starts_at: datetime
    ends_at: datetime
    holiday: str | None
    figures: list[Figure]
    closes: list[DayClose]


@needs("reports.day", "reports.read")
async def get_day(op: Op, *, day: date) -> DayReport:
    """Every figure of the day, those without lines too; money, visits and patients each only where they may be seen."""
    starts_at, ends_at = scheduling.day_interval(day, op.clinic.zone)
    found = await op.db.all(Figure, FIGURED, **_asked(op, day, starts_at, ends_at))
    known = {figure.figure: figure for figure in found}
    holidays = await scheduling.list_holidays(op, first=day, last=day) if op.may("clinic.read") else []
    may_close = op.may("billing.close_day") or op.may("reports.read")
    return DayReport(
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        holiday=holidays[0].name if holidays else None,
        figures=[known.get(name, Figure(name, 0, 0 if name in FOR_MONEY else None)) for name in _permitted(op)],
        closes=await billing.list_closes_of_day(op, day=day) if may_close else [],
    )


@needs("reports.day", "reports.read")
async def list_day_lines(op: Op, *, day: date, figures: list[str] | None = None, limit: int = 5000) -> list[Line]:
    """What stands behind the figures, in their order; of what is owed the largest first. Everyone in it is named in the audit."""
    permitted = _permitted(op)
    wanted = permitted if figures is None else [name for name in figures if name in permitted]
    starts_at, ends_at = scheduling.day_interval(day, op.clinic.zone)
    lines = await op.db.all(Line, LINES, figures=wanted, limit=limit, **_asked(op, day, starts_at, ends_at))
    return sorted(lines, key=lambda line: FIGURES.index(line.figure))


@needs("reports.day", "reports.read")
@way_out(
    "bulk_export",
    "patient.first_name",
    "patient.last_name",
    "patient.register_number",
    "charge.description",
    "charge.amount",
    "credit.amount",
    "appointment.status",
)
async def export_day(op: Op, *, day: date) -> str:
    """Every line of the day as CSV, in the clinic's language."""
    op.db.with_next(EXPORTED, what="day_report", id=None)
    lines = await list_day_lines(op, day=day)
    words = documents.words(documents.language_of(op.clinic.locale))
    return as_csv(lines, zone=op.clinic.zone, currency=op.clinic.currency, words=words)


def _permitted(op: Op) -> list[str]:
    return [name for name in FIGURES if op.may(NEEDED.get(name, "scheduling.read"))]


def _asked(op: Op, day: date, starts_at: datetime, ends_at: datetime) -> dict[str, object]:
    return {
        "day": day, "today": op.today, "starts_at": starts_at, "ends_at": ends_at, "money": op.may("billing.read"),
        "visits": op.may("scheduling.read"), "patients": op.may("patients.read"),
    }  # fmt: skip

"""What is due is decided on and handed to the outbox, each in a transaction of its own: the reminder says `queued` together with
the message that it became, or neither. Two workers at once skip what the other holds."""

from datetime import datetime
from uuid import UUID

from chairside import tenancy
from chairside.kernel.db import Source
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import EVERYTHING, SYSTEM, Op, begin
from chairside.messaging.actions.linking import link_to_visit
from chairside.messaging.actions.queueing import queue_reminder
from chairside.messaging.actions.stopping import why_stopped
from chairside.messaging.queries.preferences import is_stopped
from chairside.messaging.queries.settings import get_setting
from chairside.messaging.queries.speaking import MINOR, OTHERS
from chairside.messaging.queries.templates import find_template
from chairside.messaging.rows import Due
from chairside.messaging.rules.numbers import region_of
from chairside.messaging.rules.reminders import Go, Skip, Wait, decide
from chairside.messaging.rules.templates import LINKS, facts_of, fields_of, filled
from chairside.messaging.rules.words import language_of

MOST = 500  # of a clinic at a time: the next minute goes on
CLINICS = "select clinic_id from app.clinics_with_reminders(%(at)s) as clinic_id"
IDS = """
    select reminder.id
      from reminder
     where reminder.status = 'planned'
       and reminder.due_at <= %(now)s
     order by reminder.due_at, reminder.id
     limit %(most)s
"""
DUE = f"""
    select reminder.id, reminder.appointment_id, reminder.patient_id, reminder.kind, reminder.channel, reminder.starts_at,
           reminder.due_at, rule.until_confirmed,
           exists (select from reminder as later
                    where later.appointment_id = reminder.appointment_id
                      and later.starts_at = reminder.starts_at
                      and later.channel = reminder.channel
                      and later.kind = 'before' and reminder.kind = 'before'
                      and later.status in ('planned', 'queued')
                      and later.due_at <= %(now)s
                      and later.due_at > reminder.due_at) as overtaken,
           visit.status, visit.starts_at, visit.ends_at, provider.name, coalesce(patient.preferred_name, patient.first_name),
           patient.archived_at is not null or patient.deleted_at is not null, patient.contacts, {OTHERS},
           {MINOR}, coalesce(wish.do_not_contact, false), coalesce(wish.email, true),
           coalesce(wish.sms, true), wish.only_email, wish.only_phone, wish.language, wish.timezone,
           wish.unsubscribed_at is not null
      from reminder
      left join reminder_rule as rule on rule.id = reminder.rule_id
      join appointment as visit on visit.id = reminder.appointment_id
      join provider on provider.id = visit.provider_id
      join patient on patient.id = reminder.patient_id
      left join contact_preference as wish on wish.patient_id = patient.id
     where reminder.id = %(id)s
       and reminder.status = 'planned'
       and reminder.due_at <= %(now)s
       for update of reminder skip locked
"""
SETTLE = """
    update reminder
       set status = %(status)s, reason = %(reason)s, due_at = coalesce(%(due_at)s::timestamptz, reminder.due_at),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = reminder.version + 1
     where reminder.id = %(id)s
"""


async def send_due(source: Source, *, now: datetime) -> int:
    """Of every clinic; how many messages were queued. One that fails is said, and keeps nobody else waiting."""
    async with begin(source, now, "reminders") as op:
        clinics = await op.db.all(_id, CLINICS, at=now)
    sent = 0
    for clinic_id in clinics:
        async with begin(source, now, "reminders") as op:
            await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
            ids = await op.db.all(_id, IDS, now=now, most=MOST)
        for id in ids:
            try:
                async with begin(source, now, "reminders") as op:
                    await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
                    sent += await settle(op, reminder_id=id)
            except Exception as error:
                say().error("reminder", clinic_id=str(clinic_id), **scrubbed(error))
    return sent


async def settle(op: Op, *, reminder_id: UUID) -> bool:
    """Whether it became a message. Somebody else's, or not due any more: nothing happens."""
    due = await op.db.one(Due, DUE, id=reminder_id, now=op.now, today=op.today)
    if due is None:
        return False
    setting = await get_setting(op)
    region = region_of(op.clinic.locale)
    what = decide(due, now=op.now, zone=op.clinic.zone, region=region, setting=setting)
    if isinstance(what, Go) and due.channel == "sms" and await is_stopped(op, number=what.address):
        what = Skip("stopped")
    if isinstance(what, Go) and due.channel == "email" and (reason := await why_stopped(op, address=what.address)):
        what = Skip(reason)
    match what:
        case Wait(until):
            await op.db.run(SETTLE, id=due.id, status="planned", reason=None, due_at=until)
        case Skip("changed"):
            await op.db.run(SETTLE, id=due.id, status="withdrawn", reason=None, due_at=None)
        case Skip(reason):
            await op.db.run(SETTLE, id=due.id, status="skipped", reason=reason, due_at=None)
        case Go(address, schedules):
            op.db.with_next(SETTLE, id=due.id, status="queued", reason=None, due_at=None)
            await _queue(op, due, address, schedules=schedules)
            return True
    return False


async def _queue(op: Op, due: Due, address: str, *, schedules: bool) -> None:
    """Who may not move the patient's visits can say that they will come."""
    clinic = await tenancy.get(op)
    language = due.language or language_of(op.clinic.locale)
    template = await find_template(op, kind=due.kind, channel=due.channel, language=language)
    # The day as the clinic's own locale writes it where the language is its own: 24 hours in London, AM and PM in New York.
    locale = op.clinic.locale if op.clinic.locale.partition("-")[0] == language else language
    facts = facts_of(
        clinic=clinic.name, phone=clinic.phone or clinic.email or "", patient=due.first_name, provider=due.provider,
        starts_at=due.starts_at,
        locale=locale, zone=op.clinic.zone,
    )  # fmt: skip
    if due.kind != "cancelled":
        for field in sorted(fields_of(f"{template.subject} {template.body}") & LINKS.keys()):
            purpose = LINKS[field] if schedules else "confirm"
            facts[field] = await link_to_visit(op, appointment_id=due.appointment_id, purpose=purpose)
    await queue_reminder(
        op, reminder_id=due.id, patient_id=due.patient_id, channel=due.channel, recipient=address, locale=locale,
        subject=template.subject and filled(template.subject, facts), body=filled(template.body, facts),
    )  # fmt: skip


def _id(id: UUID) -> UUID:
    return id

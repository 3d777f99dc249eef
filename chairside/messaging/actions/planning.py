"""What is to be said of a visit, planned anew with whatever happens to it: the same however often it is done. What was said stays
said; what speaks of another time is withdrawn before it goes."""

from uuid import UUID

from chairside.kernel.op import Op
from chairside.messaging.rows import USUAL
from chairside.messaging.rules.reminders import EXPECTED

QUIET = {"quiet_from": USUAL.quiet_from, "quiet_until": USUAL.quiet_until}

WITHDRAW = """
    update reminder
       set status = 'withdrawn',
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = reminder.version + 1
      from appointment as visit
     where visit.id = %(appointment_id)s
       and reminder.appointment_id = visit.id
       and reminder.status = 'planned'
       and (reminder.kind <> 'before' or reminder.starts_at <> visit.starts_at or visit.status <> all(%(expected)s::text[]))
"""
# Days before are the same hour on the clinic's clock, hours before are hours. What would fall into hours that are quiet until
# the visit is said half an hour before they begin. What would have been due before the visit was booked is skipped, for the
# patient has just heard of it.
STEPS = """
    select visit.id, visit.patient_id, rule.id as rule_id, rule.channel, visit.starts_at, step.due_at,
           greatest(step.due_at, %(now)s::timestamptz + make_interval(mins => coalesce(
               (select reminder_setting.undo_minutes from reminder_setting), 10))) as held_until
      from appointment as visit
      join reminder_rule as rule on rule.ended_at is null
     cross join lateral (
           select coalesce(min(reminder_setting.quiet_from), %(quiet_from)s) as starts,
                  coalesce(min(reminder_setting.quiet_until), %(quiet_until)s) as ends
             from reminder_setting) as quiet
     cross join lateral (
           select case rule.unit
                      when 'days' then ((visit.starts_at at time zone %(zone)s) - make_interval(days => rule.before))
                                       at time zone %(zone)s
                      else visit.starts_at - make_interval(hours => rule.before) end as due_at) as usual
     cross join lateral (
           select (usual.due_at at time zone %(zone)s)::date as day, (usual.due_at at time zone %(zone)s)::time as clock) as here
     cross join lateral (
           select case
                      when here.clock >= quiet.starts and (here.clock < quiet.ends or quiet.ends < quiet.starts) then here.day
                      when here.clock < quiet.ends and quiet.ends < quiet.starts then here.day - 1 end as night) as falls
     cross join lateral (
           select case
                      when falls.night + case when quiet.ends < quiet.starts then 1 else 0 end + quiet.ends
                           >= visit.starts_at at time zone %(zone)s
                      then (falls.night + quiet.starts - interval '30 minutes') at time zone %(zone)s
                      else usual.due_at end as due_at) as step
     where visit.starts_at > %(now)s
       and visit.status = any(%(expected)s::text[])"""
PLAN = f"""
    insert into reminder (appointment_id, patient_id, rule_id, kind, channel, starts_at, due_at, status, reason)
    select step.id, step.patient_id, step.rule_id, 'before', step.channel, step.starts_at, step.held_until,
           case when step.due_at <= %(now)s then 'skipped' else 'planned' end,
           case when step.due_at <= %(now)s then 'short_notice' end
      from ({STEPS}) as step
     where step.id = %(appointment_id)s
    on conflict (clinic_id, appointment_id, rule_id, starts_at) where rule_id is not null do update
       set status = case reminder.status when 'planned' then 'planned' else excluded.status end,
           reason = case reminder.status when 'planned' then null else excluded.reason end,
           due_at = greatest(excluded.due_at, case reminder.status when 'planned' then reminder.due_at end),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = reminder.version + 1
     where reminder.status in ('planned', 'withdrawn')
"""
# Whoever was told of a time by letter or by text is told in the same way what became of it, unless they know.
TELL = """
    insert into reminder (appointment_id, patient_id, kind, channel, starts_at, due_at)
    select visit.id, visit.patient_id, case visit.status when 'cancelled' then 'cancelled' else 'moved' end, told.channel,
           visit.starts_at,
           %(now)s::timestamptz + make_interval(mins => coalesce(
               (select reminder_setting.undo_minutes from reminder_setting), 10))
      from appointment as visit
      join lateral (
           select distinct on (former.channel) former.channel, former.kind, former.starts_at
             from reminder as former
             join message on message.reminder_id = former.id
            where former.appointment_id = visit.id
              and message.status in ('sending', 'sent', 'unsure')
            order by former.channel, message.id desc) as told on true
     where visit.id = %(appointment_id)s
       and visit.starts_at > %(now)s
       and coalesce((select reminder_setting.tell_changes from reminder_setting), true)
       and case when visit.status = 'cancelled' then told.kind <> 'cancelled'
                when visit.status = any(%(expected)s::text[])
                then told.kind = 'cancelled' or told.starts_at <> visit.starts_at
                else false end
"""
# After the cascade changed: what steps that ended would have said is withdrawn; of new ones, what is still to come is planned.
WITHDRAW_ENDED = """
    update reminder
       set status = 'withdrawn',
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = reminder.version + 1
      from reminder_rule as rule
     where rule.id = reminder.rule_id
       and rule.ended_at is not null
       and reminder.status = 'planned'
"""
PLAN_ALL = f"""
    insert into reminder (appointment_id, patient_id, rule_id, kind, channel, starts_at, due_at)
    select step.id, step.patient_id, step.rule_id, 'before', step.channel, step.starts_at, step.held_until
      from ({STEPS}) as step
     where step.due_at > %(now)s
    on conflict (clinic_id, appointment_id, rule_id, starts_at) where rule_id is not null do nothing
"""


def plan(op: Op, appointment_id: UUID) -> None:
    """Travels with the next statement: it cannot be refused."""
    facts = {"appointment_id": appointment_id, "now": op.now, "expected": list(EXPECTED)}
    op.db.with_next(WITHDRAW, appointment_id=appointment_id, expected=list(EXPECTED))
    op.db.with_next(PLAN, zone=op.clinic.timezone, **facts, **QUIET)
    op.db.with_next(TELL, **facts)


def plan_all(op: Op) -> None:
    op.db.with_next(WITHDRAW_ENDED)
    op.db.with_next(PLAN_ALL, now=op.now, zone=op.clinic.timezone, expected=list(EXPECTED), **QUIET)

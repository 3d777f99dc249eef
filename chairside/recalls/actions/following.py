"""Recalls and the waiting list follow the visits: whatever happens to one, what concerns the patient is counted anew, which gives
the same however often and in whatever order it is done, and so undoes itself with what is undone."""

from typing import Any
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.recalls.queries.recalls import day_begins
from chairside.scheduling.rules.steps import LIVE

# One patient's visits and recalls change one after another: whoever waits here sees, with the next statement, what the other did.
QUEUE = "select app.queue_for(array[%(patient_id)s]::uuid[], %(at)s)"


def _follow(whose: str) -> str:
    return f"""
    with seen as (
        select recall.id, last.on_day as previous_on, coming.id as appointment_id,
               case when recall.set_at >= coalesce(last.over_at, recall.set_at) then recall.set_due_on
                    else (coalesce(last.on_day, recall.begun_on)
                          + case coalesce(recall.unit, type.unit)
                                 when 'months' then make_interval(months => coalesce(recall.every, type.every))
                                 else make_interval(weeks => coalesce(recall.every, type.every)) end)::date
                    end as due_on
          from recall
          join recall_type as type on type.id = recall.type_id
          left join lateral (
               select (visit.starts_at at time zone %(zone)s)::date as on_day, done.created_at as over_at
                 from appointment as visit
                 join completed_item as done on done.appointment_id = visit.id and done.undone_at is null
                 join recall_type_service as answering on answering.service_id = done.service_id
                where visit.patient_id = recall.patient_id
                  and answering.type_id = recall.type_id
                order by visit.starts_at desc, done.created_at desc
                limit 1) as last on true
          left join lateral (
               select visit.id
                 from appointment as visit
                where visit.patient_id = recall.patient_id
                  and visit.status = any(%(live)s::text[])
                  and (visit.starts_at >= %(since)s or visit.status in ('arrived', 'in_chair'))
                  and exists (select from recall_type_service as answering
                               where answering.type_id = recall.type_id
                                 and (answering.service_id = visit.service_id
                                      or answering.service_id in (select item.service_id
                                                                    from appointment_item as item
                                                                   where item.appointment_id = visit.id)))
                order by visit.starts_at, visit.id
                limit 1) as coming on true
         where {whose}
           and recall.closed_at is null
    )
    update recall
       set previous_on = seen.previous_on, due_on = seen.due_on, appointment_id = seen.appointment_id,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = recall.version + 1
      from seen
     where seen.id = recall.id
       and (seen.previous_on, seen.due_on, seen.appointment_id)
           is distinct from (recall.previous_on, recall.due_on, recall.appointment_id)
"""


FOLLOW = _follow("recall.patient_id = %(patient_id)s")
FOLLOW_TYPE = _follow("recall.type_id = %(type_id)s")

# A booking for what they wait for, made since they wait, ends the waiting; so does the visit that they have, once it is earlier.
FOLLOW_WAITING = """
    with seen as (
        select entry.id, ending.id as booked_id
          from waitlist_entry as entry
          left join lateral (
               select visit.id
                 from appointment as visit
                where visit.patient_id = entry.patient_id
                  and visit.status not in ('cancelled', 'no_show')
                  and case when visit.id = entry.appointment_id then visit.starts_at < entry.earlier_than
                           else visit.created_at > entry.created_at
                            and (visit.service_id = entry.service_id
                                 or exists (select from appointment_item as item
                                             where item.appointment_id = visit.id
                                               and item.service_id = entry.service_id)) end
                order by visit.created_at, visit.id
                limit 1) as ending on true
         where entry.patient_id = %(patient_id)s
           and entry.closed_at is null
    )
    update waitlist_entry
       set booked_id = seen.booked_id,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = waitlist_entry.version + 1
      from seen
     where seen.id = waitlist_entry.id
       and seen.booked_id is distinct from waitlist_entry.booked_id
"""


@needs("recalls.write")
async def follow_visits(op: Op, *, patient_id: UUID, queued: bool = False) -> None:
    """What is due, since when, whether a visit is booked for it, and whether they still wait. Travels with the next statement: it
    cannot be refused.
    `queued`: whoever booked the visit, moved or released it stands at the front of the patient's queue already."""
    if not queued:
        queue_for(op, patient_id)
    op.db.with_next(FOLLOW, patient_id=patient_id, **_seen_from(op))
    op.db.with_next(FOLLOW_WAITING, patient_id=patient_id)


def follow_type(op: Op, type_id: UUID) -> None:
    """After its interval or its services changed."""
    op.db.with_next(FOLLOW_TYPE, type_id=type_id, **_seen_from(op))


def queue_for(op: Op, patient_id: UUID) -> None:
    op.db.with_next(QUEUE, patient_id=patient_id, at=op.now)


def _seen_from(op: Op) -> dict[str, Any]:
    return {"zone": op.clinic.timezone, "live": list(LIVE), "since": day_begins(op)}

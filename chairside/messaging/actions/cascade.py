from collections.abc import Sequence
from datetime import time
from typing import NamedTuple

from psycopg.errors import UniqueViolation

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Stale, malformed
from chairside.messaging.actions.planning import plan_all
from chairside.messaging.events import RemindersChanged
from chairside.messaging.queries.settings import Cascade, get_cascade

# One of a clinic, in turn: `version` 0 where nothing was said yet.
SET = """
    insert into reminder_setting (undo_minutes, quiet_from, quiet_until, tell_changes)
    values (%(undo_minutes)s, %(quiet_from)s, %(quiet_until)s, %(tell_changes)s)
    on conflict (clinic_id) do update
       set undo_minutes = excluded.undo_minutes, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
           tell_changes = excluded.tell_changes,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = reminder_setting.version + 1
     where reminder_setting.version = coalesce(%(version)s, reminder_setting.version)
    returning reminder_setting.version
"""
END = """
    update reminder_rule
       set ended_at = transaction_timestamp(),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = reminder_rule.version + 1
     where reminder_rule.ended_at is null
       and (reminder_rule.channel, reminder_rule.unit, reminder_rule.before) not in (
           select wanted.channel, wanted.unit, wanted.before
             from unnest(%(channels)s::text[], %(units)s::text[], %(befores)s::int[]) as wanted (channel, unit, before))
"""
ADD = """
    insert into reminder_rule (channel, unit, before, until_confirmed)
    select wanted.channel, wanted.unit, wanted.before, wanted.until_confirmed
      from unnest(%(channels)s::text[], %(units)s::text[], %(befores)s::int[], %(until_confirmed)s::bool[])
           as wanted (channel, unit, before, until_confirmed)
    on conflict (clinic_id, channel, unit, before) where ended_at is null do update
       set until_confirmed = excluded.until_confirmed,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = reminder_rule.version + 1
     where reminder_rule.until_confirmed <> excluded.until_confirmed
"""
MOST_DAYS, MOST_HOURS = 90, 72


class NewRule(NamedTuple):
    """`before` in days (90 at most) or hours (72)."""

    channel: str
    before: int
    unit: str
    until_confirmed: bool


class RemindersAreStale(Stale):
    """Somebody changed the reminders while you were looking."""


@needs("clinic.write")
async def set_cascade(
    op: Op, *, version: int | None, undo_minutes: int, quiet_from: time, quiet_until: time, tell_changes: bool,
    rules: Sequence[NewRule],
) -> Cascade:  # fmt: skip
    """As a whole. Visits to come are reminded of by it from now on; what a step that ended has said stays said.
    Refuses RemindersAreStale, and the same step twice."""
    _check(rules)
    before = await get_cascade(op)
    if version not in (None, before.setting.version):
        raise RemindersAreStale(version=before.setting.version)
    try:
        done = await op.db.value(
            SET, version=version, undo_minutes=undo_minutes, quiet_from=quiet_from, quiet_until=quiet_until,
            tell_changes=tell_changes,
        )  # fmt: skip
    except UniqueViolation as error:
        raise RemindersAreStale() from error
    if done is None:
        raise RemindersAreStale()
    steps = {
        "channels": [one.channel for one in rules],
        "units": [one.unit for one in rules],
        "befores": [one.before for one in rules],
    }
    op.db.with_next(END, **steps)
    op.db.with_next(ADD, until_confirmed=[one.until_confirmed for one in rules], **steps)
    plan_all(op)
    await op.emit(RemindersChanged(op.clinic.id))
    return await get_cascade(op)


def _check(rules: Sequence[NewRule]) -> None:
    for place, one in enumerate(rules):
        if one.before > (MOST_DAYS if one.unit == "days" else MOST_HOURS):
            raise malformed(f"/rules/{place}/before", "out_of_range", "At most 90 days, or 72 hours.")
        if any((one.channel, one.unit, one.before) == (other.channel, other.unit, other.before) for other in rules[:place]):
            raise malformed(f"/rules/{place}", "duplicate", "This step is there already.")

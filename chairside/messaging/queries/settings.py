from typing import NamedTuple

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.messaging.rows import USUAL, ReminderRule, ReminderSetting

SETTING = """
    select reminder_setting.undo_minutes, reminder_setting.quiet_from, reminder_setting.quiet_until,
           reminder_setting.tell_changes, reminder_setting.version
      from reminder_setting
"""
RULES = """
    select rule.id, rule.channel, rule.before, rule.unit, rule.until_confirmed
      from reminder_rule as rule
     where rule.ended_at is null
     order by case rule.unit when 'days' then 24 else 1 end * rule.before desc, rule.channel
"""


class Cascade(NamedTuple):
    """How a clinic reminds; of the rules the one that speaks first stands first."""

    setting: ReminderSetting
    rules: list[ReminderRule]


@needs("clinic.read")
async def get_cascade(op: Op) -> Cascade:
    return Cascade(await get_setting(op), await op.db.all(ReminderRule, RULES))


async def get_setting(op: Op) -> ReminderSetting:
    """The usual one where the clinic has not said. Not a door."""
    return await op.db.one(ReminderSetting, SETTING) or USUAL

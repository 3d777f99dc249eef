"""Whom the practice calls in: recalls counted from the visits that there were, some of them tried already, and a few who wait."""

from datetime import timedelta
from uuid import UUID

from chairside import recalls, scheduling
from chairside.demo.days import Life
from chairside.recalls import Interval

CALLED = 140
"""At most so many have a recall: a list that one can work through."""

TRIED = (("call", "no_answer"), ("call", "left_message"), ("call", "will_call_back"), ("sms", "sent"))
WAITING = 6


async def call_in(life: Life) -> None:
    """A check-up and hygiene every six months, some patients at intervals of their own; what is named after the services."""
    check = await _type(life, hygiene=False)
    hygiene = await _type(life, hygiene=True)
    here = [patient for patient in life.everyone if patient not in life.gone][:CALLED]
    for turn, patient in enumerate(here):
        await _recall(life, patient, hygiene if turn % 2 else check)
    for patient in life.chance.sample(here, min(WAITING, len(here))):
        await _wait(life, patient)


async def _type(life: Life, *, hygiene: bool) -> recalls.RecallType:
    """Of the first service that is done often by those who do it."""
    wanted = next(one for one in life.practice.setting.services if one.often and one.hygiene == hygiene)
    service = next(one for staff in life.practice.staff for one in staff.services if one.code == wanted.code)
    return await recalls.add_type(life.op, name=wanted.name, interval=Interval(6, "months"), service_ids=[service.id])


async def _recall(life: Life, patient_id: UUID, type: recalls.RecallType) -> None:
    """Those who came for it are due by that visit; of the others somebody set the day."""
    op, chance = life.op, life.chance
    op.now = life.at
    own = Interval(chance.choice((3, 4)), "months") if chance.random() < 0.4 else None
    recall = await recalls.add(op, patient_id=patient_id, type_id=type.id, interval=own)
    if recall.previous_on is None:
        day = op.today + timedelta(days=chance.randint(-45, 75))
        changes = {"due_on": day}
        recall = await recalls.change(op, recall_id=recall.id, version=recall.version, changes=changes)
    if recall.status == "due" and recall.due_on < op.today and chance.random() < 0.5:
        kind, outcome = chance.choice(TRIED)
        op.now = life.at - timedelta(days=chance.randint(1, 9))
        await recalls.note_attempt(op, recall_id=recall.id, kind=kind, outcome=outcome)
        op.now = life.at


async def _wait(life: Life, patient_id: UUID) -> None:
    op, chance = life.op, life.chance
    staff = chance.choice(life.practice.staff)
    providers: list[scheduling.Provider] = [staff.provider] if chance.random() < 0.5 else []
    await recalls.wait(
        op, patient_id=patient_id, service_id=staff.pick(chance).id, provider_ids=[one.id for one in providers],
        weekdays=sorted(chance.sample(range(1, 6), 2)) if chance.random() < 0.5 else [],
        parts=[chance.choice(("morning", "afternoon"))] if chance.random() < 0.6 else [],
        notice_hours=chance.choice((0, 2, 24, 48)), urgent=chance.random() < 0.3,
    )  # fmt: skip

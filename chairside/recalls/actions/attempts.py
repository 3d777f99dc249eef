from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.recalls.actions.recalls import RecallIsClosed
from chairside.recalls.events import RecallChanged
from chairside.recalls.queries.recalls import get
from chairside.recalls.rows import ATTEMPT, Recall, RecallAttempt

ADD = f"""
    insert into recall_attempt as attempt (recall_id, patient_id, kind, outcome, note, at)
    values (%(recall_id)s, %(patient_id)s, %(kind)s, %(outcome)s, %(note)s, %(at)s)
    returning {ATTEMPT}
"""
TAKE_BACK = """
    update recall_attempt
       set undone_at = %(at)s, undone_by = app.actor()
     where recall_attempt.id = %(attempt_id)s
       and recall_attempt.recall_id = %(recall_id)s
       and recall_attempt.undone_at is null
    returning recall_attempt.id
"""


class NoSuchAttempt(Missing):
    """There is no such attempt on this recall, or it was taken back."""


@needs("recalls.write")
async def note_attempt(op: Op, *, recall_id: UUID, kind: str, outcome: str, note: str | None = None) -> RecallAttempt:
    """Somebody tried to reach the patient. Two at once are two attempts: the recall itself does not change.
    Refuses NoSuchRecall, RecallIsClosed."""
    recall = await _open(op, recall_id)
    attempt = await op.db.one(
        RecallAttempt, ADD, recall_id=recall_id, patient_id=recall.patient_id, kind=kind, outcome=outcome, note=note, at=op.now
    )
    assert attempt
    await op.emit(RecallChanged(recall_id, recall.patient_id))
    return attempt


@needs("recalls.write")
async def take_attempt_back(op: Op, *, recall_id: UUID, attempt_id: UUID) -> None:
    """It was noted by mistake: no longer listed, and kept. Refuses NoSuchRecall, NoSuchAttempt."""
    recall = await get(op, recall_id=recall_id)
    if await op.db.value(TAKE_BACK, recall_id=recall_id, attempt_id=attempt_id, at=op.now) is None:
        raise NoSuchAttempt()
    await op.emit(RecallChanged(recall_id, recall.patient_id))


async def _open(op: Op, recall_id: UUID) -> Recall:
    recall = await get(op, recall_id=recall_id)
    if recall.closed_at:
        raise RecallIsClosed()
    return recall

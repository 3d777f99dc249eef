from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import recalls
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.recalls.schemas.recalls import (
    Attempts,
    AttemptView,
    Closure,
    Day,
    NewAttempt,
    NewRecall,
    RecallPage,
    RecallPatch,
    RecallView,
    Snooze,
    Status,
)

router = APIRouter(prefix="/api/v1/clinics/{clinic}/recalls", tags=["recalls"], route_class=Route)


@router.post("", status_code=201, response_model=RecallView)
async def add_recall(op: InOp, new: NewRecall) -> Any:
    recall = await recalls.add(
        op, patient_id=new.patient_id, type_id=new.type_id, interval=new.interval.interval() if new.interval else None,
        due_on=new.due_on, note=new.note,
    )  # fmt: skip
    return RecallView.of(recall)


@router.get("", response_model=RecallPage)
async def list_recalls(
    op: InOp,
    patient_id: UUID | None = None,
    due_before: Day | None = None,
    type_id: UUID | None = None,
    status: Annotated[list[Status] | None, Query()] = None,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The call list, by the day on which they are due: before `due_before`, which is not included. `status` may be repeated;
    without it, all but the closed ones."""
    after = pages.unseal(cursor, date.fromisoformat, UUID) if cursor else recalls.START
    items = await recalls.list_(
        op, patient_id=patient_id, due_before=due_before, type_id=type_id,
        statuses=tuple(status) if status else recalls.OPEN, after=after, limit=limit,
    )  # fmt: skip
    last = items[-1] if len(items) == limit else None
    cursor = pages.seal(last.due_on.isoformat(), last.id) if last else ""
    return {"items": [RecallView.of(recall) for recall in items], "next_cursor": cursor or None}


@router.get("/{recall_id}", response_model=RecallView)
async def get_recall(op: InOp, recall_id: UUID) -> Any:
    return RecallView.of(await recalls.get(op, recall_id=recall_id))


@router.patch("/{recall_id}", response_model=RecallView)
async def change_recall(op: InOp, recall_id: UUID, version: Version, patch: RecallPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    if "interval" in changes:
        changes["interval"] = patch.interval.interval() if patch.interval else None
    return RecallView.of(await recalls.change(op, recall_id=recall_id, version=version, changes=changes))


@router.post("/{recall_id}/snooze", status_code=201, response_model=RecallView)
async def snooze_recall(op: InOp, recall_id: UUID, version: SeenVersion, snooze: Snooze) -> Any:
    return RecallView.of(await recalls.snooze(op, recall_id=recall_id, until=snooze.until, version=version))


@router.delete("/{recall_id}/snooze", response_model=RecallView)
async def wake_recall(op: InOp, recall_id: UUID, version: SeenVersion) -> Any:
    return RecallView.of(await recalls.wake(op, recall_id=recall_id, version=version))


@router.post("/{recall_id}/closure", status_code=201, response_model=RecallView)
async def close_recall(op: InOp, recall_id: UUID, version: SeenVersion, closure: Closure) -> Any:
    return RecallView.of(await recalls.close(op, recall_id=recall_id, reason=closure.reason, version=version))


@router.delete("/{recall_id}/closure", response_model=RecallView)
async def reopen_recall(op: InOp, recall_id: UUID, version: SeenVersion) -> Any:
    return RecallView.of(await recalls.reopen(op, recall_id=recall_id, version=version))


@router.post("/{recall_id}/attempts", status_code=201, response_model=AttemptView)
async def note_attempt(op: InOp, recall_id: UUID, attempt: NewAttempt) -> Any:
    return await recalls.note_attempt(op, recall_id=recall_id, **attempt.model_dump())


@router.get("/{recall_id}/attempts", response_model=Attempts)
async def list_attempts(op: InOp, recall_id: UUID) -> Any:
    """The latest first."""
    return {"items": await recalls.list_attempts(op, recall_id=recall_id)}


@router.delete("/{recall_id}/attempts/{attempt_id}", status_code=204)
async def take_attempt_back(op: InOp, recall_id: UUID, attempt_id: UUID) -> None:
    """It was noted by mistake; it stays in the record of changes."""
    await recalls.take_attempt_back(op, recall_id=recall_id, attempt_id=attempt_id)

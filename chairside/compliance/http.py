from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime

from chairside import compliance
from chairside.compliance.schemas import EventPage, EventView, HealthView, OpenedList
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["audit"], route_class=Route)
NOT_THE_RECORD = {"x-record": False}
"""Who opened it is not what stands in it: an auditor is on nobody's care team."""
Since = Annotated[AwareDatetime | None, Query(alias="from")]
Word = Annotated[str | None, Query(max_length=60)]


def asked(
    patient_id: UUID | None = None,
    actor_id: UUID | None = None,
    entity: Word = None,
    action: Word = None,
    outcome: Word = None,
    from_: Since = None,
    to: AwareDatetime | None = None,
) -> compliance.Wanted:
    """`from` is included, `to` is not. A patient is looked for in lists, too."""
    since, until = from_ or compliance.BEGINNING, to or compliance.LATEST[0]
    return compliance.Wanted(patient_id, actor_id, entity, action, outcome, since, until)


Asked = Annotated[compliance.Wanted, Depends(asked)]


@router.get("/audit-events", response_model=EventPage, openapi_extra=NOT_THE_RECORD)
async def list_audit_events(
    op: InOp, wanted: Asked, cursor: Annotated[str, Query(max_length=2000)] = "", limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Any:
    """Who saw and changed what, newest first."""
    before = compliance.LATEST
    if cursor:
        at, id = pages.unseal(cursor, datetime.fromisoformat, UUID)
        before = (at, id)
    events = await compliance.list_events(op, wanted=wanted, before=before, limit=limit)
    last = events[-1] if len(events) == limit else None
    return {"items": [_told(one) for one in events], "next_cursor": pages.seal(last.at, last.id) if last else None}


@router.get(
    "/audit-events.csv", response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The events"}},
    openapi_extra=NOT_THE_RECORD,
)  # fmt: skip
async def export_audit_events(op: InOp, wanted: Asked) -> StreamingResponse:
    """The same as a file; at most 100,000, and itself on record."""
    rows: Iterator[bytes] = await compliance.export_events(op, wanted=wanted)
    headers = {"content-disposition": f'attachment; filename="audit-{op.today}.csv"'}
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/audit-events/health", response_model=HealthView)
async def get_audit_health(op: InOp) -> Any:
    """How far the record is sealed, signed in a second place and looked through."""
    return await compliance.get_health(op)


@router.get("/audit-events/{event_id}", response_model=EventView)
async def get_audit_event(op: InOp, event_id: UUID) -> Any:
    """One, with what was before and after, as far as its reader may see that."""
    event, changes = await compliance.get_event(op, event_id=event_id)
    return {**_told(event), "changes": changes}


@router.get("/patients/{patient_id}/audit-events", response_model=OpenedList, openapi_extra=NOT_THE_RECORD)
async def list_patient_audit_events(
    op: InOp,
    patient_id: UUID,
    from_: Since = None,
    to: AwareDatetime | None = None,
) -> Any:
    """Who opened, changed or was shown this record, by day; at most 500."""
    since, until = from_ or compliance.BEGINNING, to or compliance.LATEST[0]
    opened = await compliance.list_opened(op, patient_id=patient_id, since=since, until=until)
    return {"items": [{**one._asdict(), "actor": _actor(one.actor_id, one.actor_name, one.actor_type)} for one in opened]}


def _told(event: compliance.Noted) -> dict[str, Any]:
    behalf = event.on_behalf_of and _actor(event.on_behalf_of, event.behalf_name, "human")
    return {
        **event._asdict(), "actor": _actor(event.actor_id, event.actor_name, event.actor_type), "on_behalf_of": behalf or None,
        "changed_fields": event.changed_fields or [],
    }  # fmt: skip


def _actor(id: UUID | None, name: str | None, kind: str | None) -> dict[str, Any]:
    return {"id": id, "name": name, "kind": kind}

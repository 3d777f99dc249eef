from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route
from chairside.kernel.op import Op
from chairside.scheduling.http.edges import shown
from chairside.scheduling.schemas.series import (
    AskedSeries,
    BookedSeriesView,
    CancelledSeriesView,
    MovedSeriesView,
    NewSeries,
    SeriesCancellation,
    SeriesPreview,
    SeriesRescheduling,
    SeriesView,
)

router = APIRouter(prefix="/api/v1/clinics/{clinic}/series", tags=["scheduling"], route_class=Route)


@router.post("/preview", response_model=SeriesPreview, openapi_extra={"x-changes-nothing": True})
async def preview_series(op: InOp, asked: AskedSeries) -> Any:
    """Every time of it; of those that cannot be had, why, and the nearest that can."""
    wanted = scheduling.Wanted(
        asked.service_id, asked.duration_minutes, (asked.provider_id,), asked.operatory_id, asked.patient_id, held=asked.hold_id
    )
    found = await scheduling.preview_series(op, wanted=wanted, rule=asked.repeat.rule())
    return {"timezone": op.clinic.timezone, "items": [_occurrence(one) for one in found]}


@router.post("", status_code=201, response_model=BookedSeriesView)
async def book_series(op: InOp, new: NewSeries) -> Any:
    """All of them or none: 409 SeriesClashes names those that cannot be had, unless they are to be left out."""
    booked = await scheduling.book_series(
        op, patient_id=new.patient_id, provider_id=new.provider_id, operatory_id=new.operatory_id, service_id=new.service_id,
        duration_minutes=new.duration_minutes, notes=new.notes, rule=new.repeat.rule(), skip=new.skip,
        instead={one.on: one.starts_at for one in new.instead}, leave_out=new.clashes == "leave_out", hold_id=new.hold_id,
    )  # fmt: skip
    return {"series": await _whole(op, booked.series_id), "left_out": [_occurrence(one) for one in booked.left_out]}


@router.get("/{series_id}", response_model=SeriesView)
async def get_series(op: InOp, series_id: UUID) -> Any:
    """The rule, and its visits by their number."""
    return await _whole(op, series_id)


@router.post("/{series_id}/reschedulings", status_code=201, response_model=MovedSeriesView)
async def reschedule_series(op: InOp, series_id: UUID, moved: SeriesRescheduling) -> Any:
    """That visit and all that follow, by as many days and as much on the clinic's clock: 409 SeriesClashes names those whose new
    time is taken, and then none is moved."""
    done = await scheduling.reschedule_series(op, series_id=series_id, number=moved.number, starts_at=moved.starts_at)
    return {"series": await _whole(op, series_id), "outside": done.outside}


@router.post("/{series_id}/cancellations", status_code=201, response_model=CancelledSeriesView)
async def cancel_series(op: InOp, series_id: UUID, why: SeriesCancellation) -> Any:
    """From that number on; who has arrived, and what is over, stays."""
    return await scheduling.cancel_series(op, series_id=series_id, number=why.number, reason=why.reason)


@router.delete("/{series_id}/cancellations/{cancellation_id}", response_model=SeriesView)
async def undo_series_cancellation(op: InOp, series_id: UUID, cancellation_id: UUID) -> Any:
    """On the same day, and if all their times are still free."""
    await scheduling.undo_series_cancellation(op, series_id=series_id, cancellation_id=cancellation_id)
    return await _whole(op, series_id)


async def _whole(op: Op, series_id: UUID) -> dict[str, Any]:
    series = await scheduling.get_series(op, series_id=series_id)
    visits = await scheduling.list_series_visits(op, series_id=series_id)
    return series._asdict() | {"time": f"{series.local_time:%H:%M}", "visits": visits}


def _occurrence(one: scheduling.Occurrence) -> dict[str, Any]:
    reasons = [{"kind": each.kind, "because": shown(each.because)} for each in one.reasons]
    return one._asdict() | {"free": one.free, "reasons": reasons}

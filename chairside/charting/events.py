from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

CHARTS = Topic("charts", "charting.read")


@dataclass(frozen=True)
class ChartChanged(Event):
    """Something was found, planned, done, struck or restored, or the stage of the dentition was set."""

    name = "charting.chart_changed"
    topic = CHARTS

    patient_id: UUID


@dataclass(frozen=True)
class PerioChanged(Event):
    """An exam was begun, measured, signed, struck or restored."""

    name = "charting.perio_changed"
    topic = CHARTS

    patient_id: UUID
    exam_id: UUID

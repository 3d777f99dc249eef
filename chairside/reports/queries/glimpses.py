"""What of a schedule is for whoever asks: of visits of patients on whose care team they are not, when and who."""

from typing import Protocol, Self, TypeVar
from uuid import UUID

from chairside import history, patients
from chairside.kernel.op import Op
from chairside.reports.rows import DayVisit


class Visit(Protocol):
    @property
    def patient_id(self) -> UUID: ...

    def glimpse(self) -> Self: ...


V = TypeVar("V", bound=Visit)


async def for_whoever_asks(op: Op, visits: list[V]) -> list[V]:
    closed = await patients.list_closed(op, patient_ids=[visit.patient_id for visit in visits])
    return [visit.glimpse() if visit.patient_id in closed else visit for visit in visits] if closed else visits


async def with_alerts(op: Op, visits: list[DayVisit]) -> list[DayVisit]:
    """What of a patient's history everybody who treats must see, for those who may read it."""
    if not op.may("history.read"):
        return visits
    found = await history.list_alerts(op, patient_ids={visit.patient_id for visit in visits if not visit.restricted})
    return [visit._replace(alerts=found.get(visit.patient_id, ())) for visit in visits] if found else visits

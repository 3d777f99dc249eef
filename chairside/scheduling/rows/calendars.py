"""How visits of a kind are offered."""

from datetime import date
from typing import Any, NamedTuple, Self
from uuid import UUID

CALENDAR = """
           calendar.id, calendar.name, calendar.modality, calendar.strategy, calendar.increment, calendar.grid,
           calendar.buffer_before, calendar.buffer_after, calendar.buffers_inside_hours, calendar.min_notice,
           calendar.max_days_ahead, calendar.window_start, calendar.window_end, calendar.per_day_limit, calendar.capacity,
           calendar.public, calendar.active, calendar.version,
           (select coalesce(jsonb_agg(named.service_id order by named.position), '[]')
              from calendar_service as named
             where named.calendar_id = calendar.id) as service_ids,
           (select coalesce(jsonb_agg(jsonb_build_object('provider_id', named.provider_id, 'priority', named.priority)
                                      order by named.position), '[]')
              from calendar_provider as named
             where named.calendar_id = calendar.id) as providers,
           (select coalesce(jsonb_agg(jsonb_build_object(
                       'any_of', (select coalesce(jsonb_agg(coalesce(one.operatory_id, one.provider_id)
                                                            order by one.position), '[]')
                                    from calendar_resource as one
                                   where one.need_id = needed.id),
                       'need', needed.need, 'from_minute', needed.from_minute, 'to_minute', needed.to_minute
                   ) order by needed.position), '[]')
              from calendar_need as needed
             where needed.calendar_id = calendar.id) as requires
"""


class Asked(NamedTuple):
    """A provider of a calendar; of the lowest priority first where it goes by that."""

    provider_id: UUID
    priority: int = 1


class Required(NamedTuple):
    """So many of these operatories and providers, from a minute of the visit to another, or to its end."""

    any_of: tuple[UUID, ...]
    need: int = 1
    from_minute: int = 0
    to_minute: int | None = None


class Calendar(NamedTuple):
    """Minutes throughout. `buffer_before`, `buffer_after`: None is the service's own. The window's days are both included."""

    id: UUID | None
    name: str
    modality: str
    strategy: str
    increment: int
    grid: str
    buffer_before: int | None
    buffer_after: int | None
    buffers_inside_hours: bool
    min_notice: int
    max_days_ahead: int | None
    window_start: date | None
    window_end: date | None
    per_day_limit: int | None
    capacity: int
    public: bool
    active: bool
    version: int
    service_ids: list[UUID]
    providers: list[Asked]
    requires: list[Required]

    @classmethod
    def of(cls, *columns: Any) -> Self:
        """Of a row whose lists came as JSON."""
        return cls._make(columns)._read()

    @classmethod
    def of_json(cls, row: dict[str, Any]) -> Self:
        found = cls(**row)._read()
        first, last = row["window_start"], row["window_end"]
        return found._replace(
            id=UUID(row["id"]), window_start=first and date.fromisoformat(first), window_end=last and date.fromisoformat(last)
        )

    @property
    def resources(self) -> set[UUID]:
        return {id for each in self.requires for id in each.any_of}

    def _read(self) -> Self:
        lists: Any = self
        return self._replace(
            service_ids=[UUID(id) for id in lists.service_ids],
            providers=[Asked(UUID(one["provider_id"]), one["priority"]) for one in lists.providers],
            requires=[
                Required(tuple(UUID(id) for id in one["any_of"]), one["need"], one["from_minute"], one["to_minute"])
                for one in lists.requires
            ],
        )

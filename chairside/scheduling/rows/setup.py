"""Who works here, and where."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from chairside.scheduling.rows.columns import columns


class Provider(NamedTuple):
    """`operatory_id` is where they usually work, `colour` an index into the palette of the screens. Who
    `assists` takes no visits of their own: calendars may need them, "anybody" is never them. `dea` is known only where it
    was opened for somebody who may see it."""

    id: UUID
    name: str
    title: str | None
    member_id: UUID | None
    npi: str | None
    specialties: list[str]
    timezone: str | None
    colour: int
    operatory_id: UUID | None
    assists: bool
    active: bool
    version: int
    dea_sealed: bytes | None
    dea: str | None = None


class Licence(NamedTuple):
    """`authority`: a state or whoever else gives it. Good on the day on which it expires. `number` is known where it was opened
    for somebody who may see it."""

    id: UUID
    provider_id: UUID
    authority: str
    number_sealed: bytes
    expires_on: date | None
    version: int
    number: str = ""


class Operatory(NamedTuple):
    id: UUID
    name: str
    position: int
    active: bool
    version: int


PROVIDER = columns("provider", Provider)
LICENCE = columns("licence", Licence)
OPERATORY = columns("operatory", Operatory)

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from chairside.kernel.http.shapes import Line, Strict, View
from chairside.scheduling.schemas.setup import ABSENT, Day

Number = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class NewLicence(Strict):
    """`authority`: a state, or whoever else gives it. `expires_on`: the last day on which it is good."""

    authority: Line
    number: Number
    expires_on: Day | None = None


class LicencePatch(Strict):
    authority: Line = ABSENT
    number: Number = ABSENT
    expires_on: Day | None = None


class LicenceView(View):
    """`runs_out`: within sixty days."""

    id: UUID
    provider_id: UUID
    authority: str
    number: str
    expires_on: date | None
    standing: Literal["valid", "runs_out", "expired"]
    version: int


class Licences(View):
    items: list[LicenceView]
    next_cursor: str | None = None

from datetime import date
from uuid import UUID

from chairside.kernel.http.shapes import View
from chairside.patients.schemas.proxies import Relationship


class ActingView(View):
    """Who acts for them. `ends`: on that day no more; else they go on. `receives`: the patient's messages go to them."""

    id: UUID
    holder_id: UUID | None
    name: str
    relationship: Relationship
    ends: bool
    receives: bool


class ComesOfAgeView(View):
    """`majority_on`: from that birthday on they speak for themselves. `reached`: some way to reach them is known."""

    id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date
    majority_on: date
    reached: bool
    proxies: list[ActingView]


class ComingOfAge(View):
    items: list[ComesOfAgeView]
    next_cursor: str | None = None

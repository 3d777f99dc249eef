from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from chairside.booking.queries.pages import PageSettings
from chairside.kernel.http.shapes import Line, Strict, View
from chairside.kernel.refusals import Wrong

Flag = Annotated[bool, Field(strict=True)]


def _address(text: str) -> str:
    found = urlsplit(text)
    if found.scheme != "https" or not found.hostname or any(sign.isspace() for sign in text):
        raise Wrong("not_an_address", "A web address that begins with https://.")
    return text


def _origin(text: str) -> str:
    """It goes into a header: nothing but a scheme, a host and a port."""
    found = urlsplit(text)
    here = found.scheme == "http" and found.hostname in ("localhost", "127.0.0.1")
    if (found.scheme != "https" and not here) or f"{found.scheme}://{found.netloc}" != text.rstrip("/"):
        raise Wrong("not_an_origin", "The beginning of a web address alone, such as https://www.example.com.")
    return text.rstrip("/")


Address = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]
Origin = Annotated[
    str, StringConstraints(max_length=200, pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$"), AfterValidator(_origin)
]


class OfferedServiceShape(Strict):
    """With whom; nobody named: whoever works here."""

    service_id: UUID
    provider_ids: Annotated[list[UUID], Field(max_length=100)] = []


class BookingPageShape(Strict):
    """`notice_hours`: how long before a visit at the latest. `change_hours`: until how long before it its patient moves or
    cancels it. `answer_hours`: how long a request waits. `embedders`: origins whose pages may show it in a frame.
    `asks_birth_date`: of a child, where somebody books for one. `asks_code`: whoever
    books is sent a code, and says it: whose number it is, is known then."""

    open: Flag
    needs_confirmation: Flag = False
    asks_birth_date: Flag = False
    asks_code: Flag = False
    shows_prices: Flag = True
    notice_hours: Annotated[int, Field(strict=True, ge=0, le=720)] = 2
    days_ahead: Annotated[int, Field(strict=True, ge=1, le=365)] = 60
    change_hours: Annotated[int, Field(strict=True, ge=0, le=720)] = 24
    answer_hours: Annotated[int, Field(strict=True, ge=1, le=168)] = 24
    policy_url: Address | None = None
    policy_words: Line | None = None
    embedders: Annotated[list[Origin], Field(max_length=20)] = []
    services: Annotated[list[OfferedServiceShape], Field(max_length=100)] = []

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [one.service_id for one in self.services]
        if len(ids) != len(set(ids)):
            raise Wrong("duplicate", "A service stands on the page once.")
        return self


class OfferedServiceSettings(View):
    service_id: UUID
    name: str
    provider_ids: list[UUID]


class BookingPageView(View):
    open: bool
    needs_confirmation: bool
    asks_birth_date: bool
    asks_code: bool
    shows_prices: bool
    notice_hours: int
    days_ahead: int
    change_hours: int
    answer_hours: int
    policy_url: str | None
    policy_words: str | None
    embedders: list[str]
    services: list[OfferedServiceSettings]
    version: int

    @classmethod
    def of(cls, found: PageSettings) -> dict[str, Any]:
        services = [{"service_id": one.id, "name": one.name, "provider_ids": one.provider_ids} for one in found.services]
        return found.page._asdict() | {"services": services}

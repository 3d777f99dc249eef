"""Signing in by the word of a provider (OpenID Connect)."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from chairside.kernel.http.shapes import Instant, Strict, View

Inside = Annotated[str, StringConstraints(max_length=400, pattern=r"^/c/[^/\\\s][^\\\s]*$")]


class NewTrip(Strict):
    """`back`: the page of ours on which to end up."""

    back: Inside | None = None


class TripView(View):
    """Where the browser is to go now."""

    address: str


class OutsideIdentityView(View):
    """An account at a provider that one has linked. `email`: as the provider knows it."""

    id: UUID
    provider: str
    email: str | None
    linked_at: Instant
    last_used_at: Instant | None


class OutsideIdentities(View):
    items: list[OutsideIdentityView]
    next_cursor: str | None = None


class WayInView(View):
    """A provider that may vouch for people here."""

    key: str
    name: str

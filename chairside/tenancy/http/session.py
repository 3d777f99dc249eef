"""What routes before and around sign-in share: the cookie, where somebody asks from, and that our own pages ask."""

import math
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response

from chairside import identity, tenancy
from chairside.kernel import addresses
from chairside.kernel.http.entering import COOKIES, READING, same_origin
from chairside.kernel.op import Op


async def sign_in_as(
    op: Op, request: Request, response: Response, *, principal_id: Any, by: str = "password", mfa: bool = False,
    proved_at: datetime | None = None, until: datetime | None = None,
) -> identity.NewSession:  # fmt: skip
    """Whoever has proved who they are, just now or when `proved_at` says, gets a session: `until` then at most, to the hour."""
    settings = request.app.state.settings
    hours = settings.session_hours
    if until:
        hours = min(hours, max(1, math.ceil((until - op.now) / timedelta(hours=1))))
    life = identity.Life(settings.idle_minutes, hours)
    opened = await identity.open_session(
        op, principal_id=principal_id, life=life, address=address_of(request), agent=agent_of(request), by=by, mfa=mfa,
        proved_at=proved_at,
    )  # fmt: skip
    give_cookie(request, response, opened.token)
    return opened


async def view(op: Op, session: identity.LiveSession) -> dict[str, Any]:
    return {
        "principal": {"id": session.principal_id, "name": session.name, "email": session.email},
        "clinics": await tenancy.list_workplaces(op, principal_id=session.principal_id),
        "expires_at": session.ends_at,
        "idle_expires_at": session.idle_ends_at,
        "proved_at": session.step_up_at,
        "second_factor": session.mfa_at is not None,
        "enrolled": session.enrolled_at is not None,
        "locked": session.locked_at is not None,
        "has_pin": session.has_pin,
    }


def from_our_pages(request: Request) -> None:
    """A sign-in that another site asks for would sign the victim in as somebody else. Programs send neither header."""
    if request.method not in READING and ("sec-fetch-site" in request.headers or "origin" in request.headers):
        same_origin(request)


def address_of(request: Request) -> str | None:
    return request.client.host if request.client else None


def agent_of(request: Request) -> str:
    return request.headers.get("user-agent", "")


def guessing_of(request: Request) -> identity.Guessing:
    """Where a guess comes from; a customer's whole network counts as one."""
    settings = request.app.state.settings
    return identity.Guessing(
        addresses.home(request.client.host) if request.client else "", settings.guesses_per_account,
        settings.guesses_per_network, settings.guesses_everywhere,
    )  # fmt: skip


def site_of(request: Request) -> identity.Site:
    """Passkeys belong to the deployment's own host; without one set, on one's own machine, to the host that is asked."""
    origin = urlsplit(request.app.state.settings.origin or f"{request.url.scheme}://{request.url.netloc}")
    return identity.Site(origin.hostname or "localhost", f"{origin.scheme}://{origin.netloc}")


def give_cookie(request: Request, response: Response, token: str) -> None:
    secure = request.url.scheme == "https"
    seconds = request.app.state.settings.session_hours * 3600
    response.set_cookie(
        COOKIES[request.url.scheme], token, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/"
    )

"""What routes before and around sign-in share: the cookie, where somebody asks from, and that our own pages ask."""

from typing import Any

from fastapi import Request, Response

from chairside import identity, tenancy
from chairside.kernel.http.route import COOKIES, READING, same_origin
from chairside.kernel.op import Op


async def sign_in_as(op: Op, request: Request, response: Response, *, principal_id: Any) -> identity.NewSession:
    """Whoever has just proved who they are gets a session."""
    settings = request.app.state.settings
    life = identity.Life(settings.idle_minutes, settings.session_hours)
    opened = await identity.open_session(
        op, principal_id=principal_id, life=life, address=address_of(request), agent=agent_of(request)
    )
    give_cookie(request, response, opened)
    return opened


async def view(op: Op, session: identity.LiveSession) -> dict[str, Any]:
    return {
        "principal": {"id": session.principal_id, "name": session.name, "email": session.email},
        "clinics": await tenancy.list_workplaces(op, principal_id=session.principal_id),
        "expires_at": session.ends_at,
        "idle_expires_at": session.idle_ends_at,
    }


def from_our_pages(request: Request) -> None:
    """A sign-in that another site asks for would sign the victim in as somebody else. Programs send neither header."""
    if request.method not in READING and ("sec-fetch-site" in request.headers or "origin" in request.headers):
        same_origin(request)


def address_of(request: Request) -> str | None:
    return request.client.host if request.client else None


def agent_of(request: Request) -> str:
    return request.headers.get("user-agent", "")


def give_cookie(request: Request, response: Response, session: identity.NewSession) -> None:
    secure = request.url.scheme == "https"
    seconds = request.app.state.settings.session_hours * 3600
    response.set_cookie(
        COOKIES[request.url.scheme], session.token, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/"
    )

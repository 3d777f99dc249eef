from typing import Any

from fastapi import APIRouter, Request, Response

from chairside import identity, tenancy
from chairside.kernel.http import InOp, Polled, Route, Version
from chairside.kernel.http.limits import count_address
from chairside.kernel.http.route import COOKIES, READING, same_origin, token_of
from chairside.kernel.op import Op
from chairside.kernel.refusals import Forbidden, malformed
from chairside.tenancy.schemas import (
    ClinicHere,
    ClinicPatch,
    ClinicView,
    Credentials,
    DeploymentView,
    Members,
    NewClinic,
    Permissions,
    Roles,
    SessionView,
)

router = APIRouter(prefix="/api/v1", tags=["tenancy"], route_class=Route)
polled = APIRouter(prefix="/api/v1", tags=["tenancy"], route_class=Polled)


class SignUpClosed(Forbidden):
    """This deployment does not take new clinics; ask whoever runs it."""


@polled.get("/deployment", response_model=DeploymentView)
async def get_deployment(request: Request) -> Any:
    settings = request.app.state.settings
    return {"sign_up": settings.sign_up and not settings.single_clinic, "single_clinic": settings.single_clinic}


@router.post("/clinics", status_code=201, response_model=ClinicView)
async def sign_up(op: InOp, new: NewClinic, request: Request, response: Response) -> Any:
    """A new clinic, with its owner signed in; for somebody who is signed in already, without `owner`."""
    settings = request.app.state.settings
    if not settings.sign_up or settings.single_clinic:
        raise SignUpClosed()
    count_address(request, "sign-up", most=settings.sign_ups_per_address, window=3600)
    words = new.model_dump(exclude={"owner"})
    if new.owner is None:
        session = await identity.get_session(op, token=token_of(request), act=True)
        return await tenancy.add_clinic(
            op, principal_id=session.principal_id, owner_name=session.name, email=session.email, **words
        )
    _from_our_pages(request)
    key = request.headers.get("idempotency-key")
    clinic, principal_id = await tenancy.sign_up(
        op, **words, owner_name=new.owner.name, email=new.owner.email, password=new.owner.password,
        key=tenancy.sign_up_key(_address(request), key, await request.body()) if key else None,
    )  # fmt: skip
    opened = await identity.open_session(
        op, principal_id=principal_id, life=_life(request), address=_address(request), agent=_agent(request)
    )
    _give_cookie(request, response, opened)
    return clinic


@router.post("/session", status_code=201, response_model=SessionView)
async def sign_in(op: InOp, given: Credentials, request: Request, response: Response) -> Any:
    _from_our_pages(request)
    count_address(request, "sign-in", most=request.app.state.settings.requests_per_address, window=10)
    opened = await identity.sign_in(
        op, email=given.email, password=given.password, life=_life(request), address=_address(request), agent=_agent(request)
    )
    _give_cookie(request, response, opened)
    session = await identity.get_session(op, token=_hash(opened.token))
    return await _view(op, session)


@polled.get("/session", response_model=SessionView)
async def get_session(op: InOp, request: Request) -> Any:
    """Who is signed in. Asking does not move the idle clock."""
    return await _view(op, await identity.get_session(op, token=token_of(request)))


@router.post("/session/renewal", response_model=SessionView)
async def stay_signed_in(op: InOp, request: Request) -> Any:
    """A person says that they are still there."""
    return await _view(op, await identity.get_session(op, token=token_of(request), act=True))


@router.delete("/session", status_code=204)
async def sign_out(op: InOp, request: Request, response: Response) -> None:
    await identity.sign_out(op, token=token_of(request))
    name = COOKIES[request.url.scheme]
    response.delete_cookie(name, httponly=True, samesite="lax", secure=request.url.scheme == "https")


@router.get("/clinics/{clinic}", response_model=ClinicHere)
async def get_clinic(op: InOp) -> Any:
    return (await tenancy.get(op))._asdict() | {"permissions": sorted(op.actor.grants)}


@router.patch("/clinics/{clinic}", response_model=ClinicView)
async def change_clinic(op: InOp, version: Version, patch: ClinicPatch) -> Any:
    for field in ("name", "timezone", "locale"):
        if field in patch.model_fields_set and not getattr(patch, field):
            raise malformed(f"/{field}", "required", "This cannot be empty.")
    return await tenancy.change(op, version=version, changes=patch.model_dump(exclude_unset=True))


@router.get("/clinics/{clinic}/members", response_model=Members)
async def list_members(op: InOp) -> Any:
    members = await tenancy.list_members(op)
    return {"items": [m._asdict() | {"status": "suspended" if m.suspended_at else "active"} for m in members]}


@router.get("/clinics/{clinic}/permissions", response_model=Permissions)
async def list_permissions(op: InOp) -> Any:
    op.require("members.read")
    return {"items": [{"name": name, "sentence": sentence} for name, sentence in tenancy.CATALOGUE.items()]}


@router.get("/clinics/{clinic}/roles", response_model=Roles)
async def list_roles(op: InOp) -> Any:
    op.require("members.read")
    return {"items": [{"slug": s, "name": n, "permissions": sorted(g)} for s, (n, g) in tenancy.TEMPLATES.items()]}


def _from_our_pages(request: Request) -> None:
    """A sign-in that another site asks for would sign the victim in as somebody else. Programs send neither header."""
    if request.method not in READING and ("sec-fetch-site" in request.headers or "origin" in request.headers):
        same_origin(request)


async def _view(op: Op, session: identity.LiveSession) -> dict[str, Any]:
    return {
        "principal": {"id": session.principal_id, "name": session.name, "email": session.email},
        "clinics": await tenancy.list_workplaces(op, principal_id=session.principal_id),
        "expires_at": session.ends_at,
        "idle_expires_at": session.idle_ends_at,
    }


def _life(request: Request) -> identity.Life:
    settings = request.app.state.settings
    return identity.Life(settings.idle_minutes, settings.session_hours)


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _hash(token: str) -> bytes:
    import hashlib

    return hashlib.sha256(token.encode()).digest()


def _give_cookie(request: Request, response: Response, session: identity.NewSession) -> None:
    secure = request.url.scheme == "https"
    seconds = request.app.state.settings.session_hours * 3600
    response.set_cookie(
        COOKIES[request.url.scheme], session.token, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/"
    )

from typing import Any

from fastapi import APIRouter, Request, Response

from chairside import identity, tenancy
from chairside.kernel.http import InOp, Polled, Route, Version
from chairside.kernel.http.entering import token_of
from chairside.kernel.http.limits import count_address
from chairside.kernel.refusals import Forbidden, malformed
from chairside.tenancy.http.session import address_of, from_our_pages, sign_in_as
from chairside.tenancy.schemas.clinics import (
    ClinicHere,
    ClinicPatch,
    ClinicView,
    Colleagues,
    DeploymentView,
    NewClinic,
    SignUpMailed,
)
from chairside.tenancy.schemas.people import Link

router = APIRouter(prefix="/api/v1", tags=["tenancy"], route_class=Route)
polled = APIRouter(prefix="/api/v1", tags=["tenancy"], route_class=Polled)


class SignUpClosed(Forbidden):
    """This deployment does not take new clinics; ask whoever runs it."""


@polled.get("/deployment", response_model=DeploymentView)
async def get_deployment(request: Request) -> Any:
    settings = request.app.state.settings
    return {
        "sign_up": settings.sign_up and not settings.single_clinic,
        "single_clinic": settings.single_clinic,
        "mail": settings.sends_mail,
        "mailbox": bool(settings.mailbox),
        "invitation_hours": settings.invitation_hours,
        "providers": [one.provider for one in request.app.state.providers.all],
    }


@router.post("/clinics", status_code=201, response_model=ClinicView | SignUpMailed, responses={202: {"model": SignUpMailed}})
async def sign_up(op: InOp, new: NewClinic, request: Request, response: Response) -> Any:
    """A new clinic, with its owner signed in; for somebody who is signed in already, without `owner`. Where mail is sent, 202
    for every address: the clinic is made when the link in the letter is used."""
    settings = request.app.state.settings
    if not settings.sign_up or settings.single_clinic:
        raise SignUpClosed()
    await count_address(request, "sign-up", most=settings.sign_ups_per_address, window=3600)
    words = new.model_dump(exclude={"owner"})
    if new.owner is None:
        session = await identity.get_session(op, token=token_of(request), act=True)
        return await tenancy.add_clinic(
            op, principal_id=session.principal_id, owner_name=session.name, email=session.email, **words
        )
    from_our_pages(request)
    if settings.sends_mail:
        response.status_code = 202
        await count_address(request, "letters to", new.owner.email.lower(), most=settings.letters_per_address, window=3600)
        asked = {"owner_name": new.owner.name, "email": new.owner.email, "password": new.owner.password}
        await tenancy.ask_to_sign_up(op, **words, **asked)
        return SignUpMailed(email=new.owner.email)
    key = request.headers.get("idempotency-key")
    clinic, principal_id = await tenancy.sign_up(
        op, **words, owner_name=new.owner.name, email=new.owner.email, password=new.owner.password,
        key=tenancy.sign_up_key(address_of(request), key, await request.body()) if key else None,
    )  # fmt: skip
    await sign_in_as(op, request, response, principal_id=principal_id)
    return clinic


@router.post("/clinics/confirmation", status_code=201, response_model=ClinicView)
async def confirm_sign_up(op: InOp, given: Link, request: Request, response: Response) -> Any:
    """The link of the letter was used: the clinic is made, its owner signed in. POST alone does it, so opening the link's page
    changes nothing."""
    from_our_pages(request)
    clinic, principal_id = await tenancy.confirm_sign_up(op, token=given.token)
    await sign_in_as(op, request, response, principal_id=principal_id)
    return clinic


@router.get("/clinics/{clinic}", response_model=ClinicHere)
async def get_clinic(op: InOp) -> Any:
    return (await tenancy.get(op))._asdict() | {"permissions": sorted(op.actor.grants)}


@router.patch("/clinics/{clinic}", response_model=ClinicView)
async def change_clinic(op: InOp, version: Version, patch: ClinicPatch) -> Any:
    for field in ("name", "timezone", "locale"):
        if field in patch.model_fields_set and not getattr(patch, field):
            raise malformed(f"/{field}", "required", "This cannot be empty.")
    return await tenancy.change(op, version=version, changes=patch.model_dump(exclude_unset=True))


@polled.get("/clinics/{clinic}/colleagues", response_model=Colleagues)
async def list_colleagues(op: InOp) -> Any:
    """Who works here, by name: for everybody who does."""
    return {"items": await tenancy.list_colleagues(op)}

from typing import Any

from fastapi import APIRouter, Request, Response

from chairside import identity, tenancy
from chairside.kernel.http import InOp, Personal
from chairside.kernel.http.entering import token_of
from chairside.tenancy.http.session import guessing_of, sign_in_as, view
from chairside.tenancy.schemas.clinics import SessionView
from chairside.tenancy.schemas.people import NewPassword, PersonPatch

router = APIRouter(prefix="/api/v1/person", tags=["people"], route_class=Personal)


@router.patch("", response_model=SessionView)
async def change_person(op: InOp, patch: PersonPatch, request: Request) -> Any:
    """One's own name, wherever one works."""
    token = token_of(request)
    session = await identity.get_session(op, token=token, act=True)
    await tenancy.rename(op, principal_id=session.principal_id, name=patch.name)
    return await view(op, await identity.get_session(op, token=token))


@router.put("/password", status_code=204)
async def change_password(op: InOp, given: NewPassword, request: Request, response: Response) -> None:
    """One's own. Every session of the person ends; the cookie of the answer is a new one. Where there is a second factor, the
    password alone is no fresh proof: whoever knows it could take the factor away."""
    session = await identity.get_session(op, token=token_of(request), act=True)
    await identity.change_password(op, session=session, old=given.old, new=given.new, guessing=guessing_of(request))
    proved_at = session.step_up_at if session.enrolled_at else None
    await sign_in_as(
        op, request, response, principal_id=session.principal_id, mfa=session.mfa_at is not None, proved_at=proved_at
    )  # fmt: skip

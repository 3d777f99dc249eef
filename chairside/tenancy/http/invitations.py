from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from chairside import identity, tenancy
from chairside.kernel import links
from chairside.kernel.http import InOp, Route, Version
from chairside.kernel.http.entering import token_of
from chairside.kernel.http.limits import count, count_address
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, NotSignedIn, malformed
from chairside.tenancy.http.session import from_our_pages, guessing_of, sign_in_as, view
from chairside.tenancy.schemas.clinics import SessionView
from chairside.tenancy.schemas.people import Acceptance, Invitations, InvitationView, Invited, Link, NewInvitation

router = APIRouter(prefix="/api/v1", tags=["people"], route_class=Route)
HERE = "/clinics/{clinic}/invitations"
GUESSES, MINUTES = 10, 15


class LetterCarriesIt(Conflict):
    """The link is in the letter; send that again instead."""


@router.post(HERE, status_code=201, response_model=InvitationView)
async def invite(op: InOp, new: NewInvitation, request: Request) -> Any:
    """A letter with a link goes to the address."""
    await _count_letter(request, op, new.email)
    return _shown(op, await tenancy.invite(op, email=new.email, roles=new.roles, name=new.name, life=_life(request)))


@router.get(HERE, response_model=Invitations)
async def list_invitations(op: InOp) -> Any:
    return {"items": [_shown(op, one) for one in await tenancy.list_invitations(op)]}


@router.post(HERE + "/{invitation_id}/repetition", response_model=InvitationView)
async def send_invitation_again(op: InOp, invitation_id: UUID, request: Request) -> Any:
    """The same link once more, good as long as a new one."""
    before = await tenancy.get_invitation(op, invitation_id=invitation_id)
    await _count_letter(request, op, before.email)
    return _shown(op, await tenancy.send_invitation_again(op, invitation_id=invitation_id, life=_life(request)))


@router.get(HERE + "/{invitation_id}/link", response_model=Link)
async def get_invitation_link(op: InOp, invitation_id: UUID, request: Request) -> Any:
    """Where no mail is sent: what the link ends in, for whoever invites to hand over. Not in the answer to the invitation itself,
    which is kept for repeated requests."""
    settings = request.app.state.settings
    if settings.sends_mail or settings.mailbox:
        raise LetterCarriesIt()
    return {"token": await tenancy.get_invitation_link(op, invitation_id=invitation_id)}


@router.delete(HERE + "/{invitation_id}", status_code=204)
async def revoke_invitation(op: InOp, invitation_id: UUID, version: Version) -> None:
    await tenancy.revoke_invitation(op, invitation_id=invitation_id, version=version)


@router.post("/invitations/lookups", response_model=Invited)
async def read_invitation(op: InOp, given: Link, request: Request) -> Any:
    """What a link offers. The token is in the body: no address holds it. Reading changes nothing."""
    from_our_pages(request)
    await count_address(request, "links", most=request.app.state.settings.requests_per_address, window=10)
    found = await tenancy.read_invitation(op, token=given.token)
    clinic = await tenancy.get(op)
    person = await identity.find_person(op, email=found.email)
    return found._asdict() | {"clinic": clinic.name, "slug": clinic.slug, "known": person is not None}


@router.post("/invitations/acceptance", status_code=201, response_model=SessionView)
async def accept_invitation(op: InOp, given: Acceptance, request: Request, response: Response) -> Any:
    """Whoever it was meant for works in the clinic and is signed in: somebody new with a name and a password that they choose,
    somebody known with their own password, or with the session that they have."""
    from_our_pages(request)
    await count(request, "guesses at", links.hashed(given.token), most=GUESSES, window=MINUTES * 60)
    session = await _session(op, request)
    if given.password is None and session is None:
        raise malformed("/password", "required", "This is needed.")
    proof = await tenancy.accept_invitation(
        op, token=given.token, name=given.name, password=given.password or "", code=given.code, guessing=guessing_of(request),
        session_of=session.principal_id if session and given.password is None else None,
    )  # fmt: skip
    if session and proof.by == "session":  # nothing was proved anew: it is as old as it was, and lasts no longer
        opened = await sign_in_as(
            op, request, response, principal_id=proof.principal_id, mfa=session.mfa_at is not None,
            proved_at=session.step_up_at, until=session.ends_at,
        )  # fmt: skip
    else:
        opened = await sign_in_as(op, request, response, principal_id=proof.principal_id, mfa=proof.mfa)
    return await view(op, await identity.get_session(op, token=links.hashed(opened.token)))


async def _session(op: Op, request: Request) -> identity.LiveSession | None:
    try:
        return await identity.get_session(op, token=token_of(request))
    except NotSignedIn:
        return None


def _life(request: Request) -> timedelta:
    return timedelta(hours=request.app.state.settings.invitation_hours)


async def _count_letter(request: Request, op: Op, email: str) -> None:
    """A clinic writes to so many people in an hour, and to each of them so often: nobody's mailbox is flooded through us."""
    settings = request.app.state.settings
    await count(request, "letters of", op.clinic.id, most=settings.letters_per_clinic, window=3600)
    await count(request, "letters to", op.clinic.id, email.lower(), most=settings.letters_per_address, window=3600)


def _shown(op: Op, invitation: tenancy.Invitation) -> dict[str, Any]:
    return invitation._asdict() | {"state": invitation.state(op.now)}

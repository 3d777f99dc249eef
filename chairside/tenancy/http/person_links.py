"""By letter: a new password, a new address. Opening a link's page changes nothing; its token comes in a body."""

from typing import Any

from fastapi import APIRouter, Request, Response

from chairside import identity, tenancy
from chairside.kernel import links
from chairside.kernel.http import InOp, Personal, Route
from chairside.kernel.http.entering import token_of
from chairside.kernel.http.limits import count, count_address
from chairside.kernel.refusals import Conflict
from chairside.tenancy.http.session import from_our_pages
from chairside.tenancy.schemas.people import EmailMoved, ForgottenPassword, Link, NewEmail, ResetPassword

router = APIRouter(prefix="/api/v1", tags=["people"], route_class=Route)
own = APIRouter(prefix="/api/v1/person", tags=["people"], route_class=Personal)
GUESSES, MINUTES = 10, 15


class NoLetters(Conflict):
    """No letters are sent from here; whoever runs this deployment can give you a link for a new password."""


@router.post("/password-resets", status_code=202)
async def ask_new_password(op: InOp, given: ForgottenPassword, request: Request) -> None:
    """A letter with a link goes to the address, if somebody signs in with it; the answer is the same if not."""
    from_our_pages(request)
    if not _mails(request):
        raise NoLetters()
    await _count_letter(request, given.email)
    await tenancy.ask_new_password(op, email=given.email, locale=given.locale)


@router.post("/password-resets/acceptance", status_code=204)
async def reset_password(op: InOp, given: ResetPassword, request: Request) -> None:
    """Once. One is signed out everywhere, and signs in with the new password."""
    from_our_pages(request)
    await _count_link(request, given.token)
    await tenancy.reset_password(op, token=given.token, password=given.password)


@own.post("/email", response_model=EmailMoved, responses={202: {"model": EmailMoved}})
async def ask_new_email(op: InOp, given: NewEmail, request: Request, response: Response) -> Any:
    """What one signs in with. Where letters are sent, 202: it counts when the link in the letter is used."""
    session = await identity.get_session(op, token=token_of(request), act=True)
    if not _mails(request):
        await tenancy.change_email(op, session=session, email=given.email)
        return {"email": given.email.lower(), "mailed": False}
    await _count_letter(request, given.email)
    await tenancy.ask_new_email(op, session=session, email=given.email, locale=given.locale)
    response.status_code = 202
    return {"email": given.email.lower(), "mailed": True}


@router.post("/email-changes/confirmation", response_model=EmailMoved)
async def confirm_new_email(op: InOp, given: Link, request: Request) -> Any:
    """The link of the letter was used."""
    from_our_pages(request)
    await _count_link(request, given.token)
    return {"email": await tenancy.confirm_new_email(op, token=given.token), "mailed": False}


def _mails(request: Request) -> bool:
    settings = request.app.state.settings
    return settings.sends_mail or bool(settings.mailbox)


async def _count_letter(request: Request, email: str) -> None:
    """Of an address, whoever asks and whether or not anybody has it; and of whoever asks."""
    settings = request.app.state.settings
    await count(request, "account letters to", email.lower(), most=settings.letters_per_address, window=3600)
    await count_address(request, "account letters", most=settings.sign_ups_per_address, window=3600)


async def _count_link(request: Request, token: str) -> None:
    await count_address(request, "links", most=request.app.state.settings.requests_per_address, window=10)
    await count(request, "guesses at", links.hashed(token), most=GUESSES, window=MINUTES * 60)

"""The word of a provider (OpenID Connect): to sign in by, to accept an invitation, to prove once more who one is; and the
accounts there that one has linked."""

import re
import secrets
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from chairside import identity, tenancy
from chairside.kernel import links
from chairside.kernel.http import InOp, Personal, Route
from chairside.kernel.http.entering import token_of
from chairside.kernel.http.limits import count_address
from chairside.kernel.op import Op
from chairside.kernel.refusals import Refusal
from chairside.tenancy.http.session import from_our_pages, give_cookie, guessing_of, sign_in_as, site_of, view
from chairside.tenancy.schemas.clinics import SessionView
from chairside.tenancy.schemas.outside import NewTrip, OutsideIdentities, TripView
from chairside.tenancy.schemas.people import Link
from chairside.tenancy.schemas.security import GivenCode

router = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=Route)
invited = APIRouter(prefix="/api/v1/invitations", tags=["people"], route_class=Route)
proving = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=Personal)
own = APIRouter(prefix="/api/v1/person/outside-identities", tags=["security"], route_class=Personal)
COOKIES = {"https": "__Host-chairside-outside", "http": "chairside-outside"}
SECRET = re.compile(r"[\w-]{43}", re.ASCII)
SECONDS = 600


@router.post("/outside/{provider}", status_code=201, response_model=TripView)
async def go_outside(op: InOp, provider: str, given: NewTrip, request: Request, response: Response) -> Any:
    """Begins a sign-in at a provider. The browser gets a cookie, without which the return is worth nothing."""
    from_our_pages(request)
    await _count(request)
    return await _begin(op, provider, request, response, purpose="sign_in", back=given.back)


@invited.post("/outside/{provider}", status_code=201, response_model=TripView)
async def go_outside_invited(op: InOp, provider: str, given: Link, request: Request, response: Response) -> Any:
    """Begins to accept an invitation with an account at a provider. Refuses what a look at the invitation does."""
    from_our_pages(request)
    await _count(request)
    found = await tenancy.read_invitation(op, token=given.token)
    return await _begin(
        op, provider, request, response, purpose="invitation", invitation=links.hashed(given.token), hint=found.email
    )


@proving.post("/proof/{provider}", status_code=201, response_model=TripView)
async def go_outside_to_prove(op: InOp, provider: str, given: NewTrip, request: Request, response: Response) -> Any:
    """Begins to prove once more who one is, by a linked account whose provider asks anew: for who has no second factor here."""
    session = await identity.get_session(op, token=token_of(request), even_locked=True)
    await _count(request)
    return await _begin(
        op, provider, request, response, purpose="proof", back=given.back, session=session,
        hint=await identity.email_at(op, asking=request.app.state.providers.find(provider), principal_id=session.principal_id),
    )  # fmt: skip


@router.get("/outside/{provider}/return", status_code=302, response_class=RedirectResponse)
async def come_back(
    op: InOp, provider: str, request: Request, state: str = "", code: str = "", error: str = "", iss: str = ""
) -> Response:
    """Where a provider sends the browser. It goes on to a page: signed in, or told in one sentence why not."""
    trip = None
    answer = RedirectResponse("/", status_code=302)
    try:
        await _count(request)
        asking, browser = request.app.state.providers.find(provider), _browser(request)
        trip = await identity.end_trip(op, asking=asking, state=state, browser=browser)
        vouched = await identity.hear(
            op, asking=asking, code=code, error=error, issuer=iss or None, redirect_uri=_redirect_uri(request, provider),
            state=state, browser=browser,
        )  # fmt: skip
        answer.headers["location"] = await _arrived(op, request, answer, asking, trip, vouched, browser)
    except Refusal as refusal:
        await op.db.undo()
        request.scope["code"] = refusal.code
        answer.headers["location"] = _told(refusal, provider, trip)
        if isinstance(refusal, identity.SecondFactorNeeded):
            return answer
    _forget(request, answer)
    return answer


@router.post("/second-step", status_code=201, response_model=SessionView)
async def take_second_step(op: InOp, given: GivenCode, request: Request, response: Response) -> Any:
    """The code of somebody for whom a provider has just vouched in this browser."""
    from_our_pages(request)
    await _count(request)
    proof = await identity.prove_second_step(op, browser=_browser(request), code=given.code, guessing=guessing_of(request))
    opened = await _sign_in(op, request, response, proof)
    _forget(request, response)
    return await view(op, await identity.get_session(op, token=links.hashed(opened.token)))


@own.get("", response_model=OutsideIdentities)
async def list_outside_identities(op: InOp, request: Request) -> Any:
    session = await identity.get_session(op, token=token_of(request))
    found = await identity.list_outside_identities(op, principal_id=session.principal_id)
    name_of = request.app.state.providers.name_of
    return {"items": [one._asdict() | {"provider": name_of(one.issuer) or urlsplit(one.issuer).hostname} for one in found]}


@own.post("/{provider}", status_code=201, response_model=TripView)
async def link_outside_identity(op: InOp, provider: str, given: NewTrip, request: Request, response: Response) -> Any:
    """Begins to link an account at a provider with one's own. Asks for fresh proof."""
    session = await identity.get_session(op, token=token_of(request), act=True)
    identity.check_proof(op, session)
    await _count(request)
    return await _begin(op, provider, request, response, purpose="link", back=given.back, session=session)


@own.delete("/{identity_id}", status_code=204)
async def unlink_outside_identity(op: InOp, identity_id: UUID, request: Request) -> None:
    """Asks for fresh proof."""
    session = await identity.get_session(op, token=token_of(request), act=True)
    identity.check_proof(op, session)
    await identity.unlink_outside_identity(op, session=session, identity_id=identity_id)


async def _arrived(
    op: Op, request: Request, answer: Response, asking: identity.Asking, trip: identity.Trip, vouched: identity.Vouched,
    browser: str,
) -> str:  # fmt: skip
    """Does what the trip was for; answers the page to go on to."""
    match trip.purpose:
        case "link":
            session = await identity.get_session(op, token=token_of(request), act=True)
            await identity.link_outside_identity(op, asking=asking, trip=trip, session=session, vouched=vouched)
        case "proof":
            session = await identity.get_session(op, token=token_of(request), even_locked=True)
            proof = await identity.prove_again_by_provider(op, asking=asking, trip=trip, session=session, vouched=vouched)
            token = await identity.renew_session(op, session=session, mfa=proof.mfa, proved_at=proof.at)
            give_cookie(request, answer, token)
        case "invitation":
            assert trip.invitation_hash
            proof = await tenancy.accept_by_provider(
                op, hash=trip.invitation_hash, asking=asking, vouched=vouched, browser=browser
            )
            slug = op.clinic.slug
            await _sign_in(op, request, answer, proof)
            return f"/c/{slug}/schedule"
        case _:
            proof = await identity.prove_by_provider(op, asking=asking, vouched=vouched, browser=browser)
            await _sign_in(op, request, answer, proof)
    return trip.back or "/"


async def _sign_in(op: Op, request: Request, response: Response, proof: identity.Proof) -> identity.NewSession:
    return await sign_in_as(
        op, request, response, principal_id=proof.principal_id, by=proof.by, mfa=proof.mfa, proved_at=proof.at
    )


async def _begin(
    op: Op, provider: str, request: Request, response: Response, *,
    purpose: Literal["sign_in", "link", "invitation", "proof"], **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """A browser that is on its way in another tab keeps its secret."""
    browser = _browser(request) or secrets.token_urlsafe(32)
    address = await identity.begin_trip(
        op, asking=request.app.state.providers.find(provider), redirect_uri=_redirect_uri(request, provider), browser=browser,
        purpose=purpose, **more,
    )  # fmt: skip
    scheme = request.url.scheme
    response.set_cookie(
        COOKIES[scheme], browser, max_age=SECONDS, httponly=True, samesite="lax", secure=scheme == "https", path="/"
    )
    return {"address": address}


def _redirect_uri(request: Request, provider: str) -> str:
    return f"{site_of(request).origin}/api/v1/session/outside/{provider}/return"


def _browser(request: Request) -> str:
    secret = request.cookies.get(COOKIES[request.url.scheme], "")
    return secret if SECRET.fullmatch(secret) else ""


def _forget(request: Request, response: Response) -> None:
    scheme = request.url.scheme
    response.delete_cookie(COOKIES[scheme], httponly=True, samesite="lax", secure=scheme == "https")


def _told(refusal: Refusal, provider: str, trip: identity.Trip | None) -> str:
    """The page that says it: by the code, whose sentence the page knows; nothing of what the provider wrote."""
    said = {"outside": refusal.code, "provider": provider[:40]}
    if trip and trip.purpose in ("link", "proof"):
        back = trip.back or "/"
        if trip.purpose == "proof":
            said = {"proof": refusal.code, "provider": provider[:40]}
        return f"{back}{'&' if '?' in back else '?'}{urlencode(said)}"
    if trip and trip.back:
        said["next"] = trip.back
    if isinstance(refusal, identity.SecondFactorNeeded):
        said["ways"] = ",".join(map(str, refusal.facts["ways"]))  # type: ignore[call-overload]
    if trip and trip.purpose == "invitation":
        return "/invitation?" + urlencode(said)
    return "/login?" + urlencode(said)


async def _count(request: Request) -> None:
    await count_address(request, "sign-in", most=request.app.state.settings.requests_per_address, window=10)

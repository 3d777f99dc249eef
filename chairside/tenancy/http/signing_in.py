"""The session: signing in and out, proving once more who one is, and locking the screen."""

from typing import Any

from fastapi import APIRouter, Request, Response

from chairside import identity
from chairside.kernel import links
from chairside.kernel.http import InOp, Personal, Polled, Route
from chairside.kernel.http.entering import COOKIES, token_of
from chairside.kernel.http.limits import count_address
from chairside.kernel.op import Op
from chairside.tenancy.http.session import (
    from_our_pages,
    give_cookie,
    guessing_of,
    sign_in_as,
    site_of,
    view,
)
from chairside.tenancy.schemas.clinics import Credentials, SessionView
from chairside.tenancy.schemas.security import Challenge, NewPin, NewProof, Signed

router = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=Route)
own = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=Personal)
polled = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=Polled)


@router.post("", status_code=201, response_model=SessionView)
async def sign_in(op: InOp, given: Credentials, request: Request, response: Response) -> Any:
    """Whoever has a second factor is told `SecondFactorNeeded` and sends the same again with a `code`, or a passkey instead."""
    from_our_pages(request)
    await _count(request)
    proof = await identity.prove(op, email=given.email, password=given.password, code=given.code, guessing=guessing_of(request))
    return await _opened(op, request, response, proof)


@router.post("/passkey-challenges", status_code=201, response_model=Challenge)
async def ask_passkey(op: InOp, request: Request) -> Any:
    """What a passkey, anybody's, has to sign. Good for five minutes, once."""
    from_our_pages(request)
    await _count(request)
    return await identity.ask_passkey(op, site=site_of(request))


@router.post("/passkey", status_code=201, response_model=SessionView)
async def sign_in_by_passkey(op: InOp, given: Signed, request: Request, response: Response) -> Any:
    from_our_pages(request)
    await _count(request)
    proof = await identity.prove_by_passkey(
        op, challenge_id=given.challenge_id, credential=given.credential, site=site_of(request)
    )
    return await _opened(op, request, response, proof)


@polled.get("", response_model=SessionView)
async def get_session(op: InOp, request: Request) -> Any:
    """Who is signed in. Asking does not move the idle clock."""
    return await view(op, await identity.get_session(op, token=token_of(request), even_locked=True))


@router.post("/renewal", response_model=SessionView)
async def stay_signed_in(op: InOp, request: Request) -> Any:
    """A person says that they are still there."""
    return await view(op, await identity.get_session(op, token=token_of(request), act=True))


@router.delete("", status_code=204)
async def sign_out(op: InOp, request: Request, response: Response) -> None:
    await identity.sign_out(op, token=token_of(request))
    name = COOKIES[request.url.scheme]
    response.delete_cookie(name, httponly=True, samesite="lax", secure=request.url.scheme == "https")


@own.post("/proof-challenges", status_code=201, response_model=Challenge)
async def ask_proof(op: InOp, request: Request) -> Any:
    """What one of one's own passkeys has to sign for `proof`."""
    session = await identity.get_session(op, token=token_of(request), even_locked=True)
    return await identity.ask_passkey(op, site=site_of(request), session=session)


@own.post("/proof", response_model=SessionView)
async def prove(op: InOp, given: NewProof, request: Request, response: Response) -> Any:
    """That it is still the same person: good for five minutes, for what asks for it (`StepUpNeeded`). It unlocks the screen. The
    cookie of the answer is a new one."""
    session = await identity.get_session(op, token=token_of(request), even_locked=True)
    if given.passkey:
        signed = given.passkey
        await identity.prove_by_passkey(
            op, challenge_id=signed.challenge_id, credential=signed.credential, site=site_of(request), session=session
        )
    elif given.code:
        await identity.prove_by_code(op, session=session, code=given.code, guessing=guessing_of(request))
    else:
        await identity.prove_by_password(op, session=session, password=given.password or "", guessing=guessing_of(request))
    token = await identity.renew_session(op, session=session, mfa=not given.password)
    give_cookie(request, response, token)
    return await view(op, await identity.get_session(op, token=links.hashed(token)))


@own.put("/pin", status_code=204)
async def set_pin(op: InOp, given: NewPin, request: Request) -> None:
    """Six digits that unlock this session in this browser, until it ends."""
    session = await identity.get_session(op, token=token_of(request), act=True)
    await identity.set_pin(op, session=session, pin=given.pin)


@own.post("/lock", response_model=SessionView)
async def lock(op: InOp, request: Request) -> Any:
    """Nothing is answered until it is unlocked: by the PIN, or by `proof`."""
    token = token_of(request)
    session = await identity.get_session(op, token=token, even_locked=True)
    await identity.lock(op, session=session)
    return await view(op, await identity.get_session(op, token=token, even_locked=True))


@own.post("/unlocking", response_model=SessionView)
async def unlock(op: InOp, given: NewPin, request: Request) -> Any:
    """Five wrong PINs end the session."""
    token = token_of(request)
    session = await identity.get_session(op, token=token, even_locked=True)
    await identity.unlock(op, session=session, pin=given.pin)
    return await view(op, await identity.get_session(op, token=token))


async def _opened(op: Op, request: Request, response: Response, proof: identity.Proof) -> dict[str, Any]:
    opened = await sign_in_as(op, request, response, principal_id=proof.principal_id, by=proof.by, mfa=proof.mfa)
    return await view(op, await identity.get_session(op, token=links.hashed(opened.token)))


async def _count(request: Request) -> None:
    await count_address(request, "sign-in", most=request.app.state.settings.requests_per_address, window=10)

"""One's own passkeys, authenticator app, recovery codes and sessions. What changes the first three asks for fresh proof."""

from typing import Any
from uuid import UUID

import segno
from fastapi import APIRouter, Request
from pyotp import parse_uri

from chairside import identity
from chairside.kernel.http import InOp, Personal
from chairside.kernel.http.entering import token_of
from chairside.kernel.op import Op
from chairside.tenancy.http.session import site_of
from chairside.tenancy.schemas.security import (
    Challenge,
    GivenCode,
    NewAuthenticator,
    NewPasskey,
    OpenSessions,
    PasskeyPatch,
    RecoveryCodes,
    SecurityView,
)

router = APIRouter(prefix="/api/v1/person", tags=["security"], route_class=Personal)


@router.get("/security", response_model=SecurityView)
async def get_security(op: InOp, request: Request) -> Any:
    session = await identity.get_session(op, token=token_of(request))
    return await _shown(op, request, session)


@router.post("/passkey-challenges", status_code=201, response_model=Challenge)
async def ask_new_passkey(op: InOp, request: Request) -> Any:
    """What a browser needs to make a passkey."""
    session = await _proven(op, request)
    return await identity.ask_new_passkey(op, session=session, site=site_of(request))


@router.post("/passkeys", status_code=201, response_model=SecurityView)
async def add_passkey(op: InOp, given: NewPasskey, request: Request) -> Any:
    session = await _proven(op, request)
    await identity.add_passkey(
        op, session=session, challenge_id=given.challenge_id, credential=given.credential, name=given.name, site=site_of(request)
    )
    return await _shown(op, request, session)


@router.patch("/passkeys/{passkey_id}", response_model=SecurityView)
async def rename_passkey(op: InOp, passkey_id: UUID, patch: PasskeyPatch, request: Request) -> Any:
    session = await identity.get_session(op, token=token_of(request), act=True)
    await identity.rename_passkey(op, session=session, passkey_id=passkey_id, name=patch.name)
    return await _shown(op, request, session)


@router.delete("/passkeys/{passkey_id}", status_code=204)
async def remove_passkey(op: InOp, passkey_id: UUID, request: Request) -> None:
    session = await _proven(op, request)
    await identity.remove_passkey(op, session=session, passkey_id=passkey_id)


@router.post("/authenticator", status_code=201, response_model=NewAuthenticator)
async def begin_authenticator(op: InOp, request: Request) -> Any:
    """A new secret for an authenticator app. It counts once a code of it was shown; until then the one before does."""
    uri = await identity.begin_totp(op, session=await _proven(op, request))
    return {"uri": uri, "secret": parse_uri(uri).secret, "qr": _square(uri)}


@router.post("/authenticator/confirmation", response_model=SecurityView)
async def confirm_authenticator(op: InOp, given: GivenCode, request: Request) -> Any:
    session = await _proven(op, request)
    await identity.confirm_totp(op, session=session, code=given.code)
    return await _shown(op, request, session)


@router.delete("/authenticator", status_code=204)
async def remove_authenticator(op: InOp, request: Request) -> None:
    await identity.remove_totp(op, session=await _proven(op, request))


@router.post("/recovery-codes", status_code=201, response_model=RecoveryCodes, openapi_extra={"x-kept": False})
async def make_recovery_codes(op: InOp, request: Request) -> Any:
    """Ten new ones; those before are good no more."""
    return {"codes": await identity.make_recovery_codes(op, session=await _proven(op, request))}


@router.get("/sessions", response_model=OpenSessions)
async def list_own_sessions(op: InOp, request: Request) -> Any:
    session = await identity.get_session(op, token=token_of(request))
    found = await identity.list_sessions(op, principal_id=session.principal_id)
    return {"items": [session_shown(one, current=session.id) for one in found]}


@router.delete("/sessions/{session_id}", status_code=204)
async def end_own_session(op: InOp, session_id: UUID, request: Request) -> None:
    session = await identity.get_session(op, token=token_of(request), act=True)
    await identity.end_own_session(op, session=session, session_id=session_id)


@router.post("/session-revocation", status_code=204)
async def end_other_sessions(op: InOp, request: Request) -> None:
    """Wherever else one is signed in."""
    session = await identity.get_session(op, token=token_of(request), act=True)
    await identity.end_other_sessions(op, session=session)


def session_shown(session: identity.OpenSession, *, current: UUID | None) -> dict[str, Any]:
    return session._asdict() | {
        "second_factor": session.mfa_at is not None,
        "locked": session.locked_at is not None,
        "current": session.id == current,
    }


async def _proven(op: Op, request: Request) -> identity.LiveSession:
    """Refuses StepUpNeeded."""
    session = await identity.get_session(op, token=token_of(request), act=True)
    identity.check_proof(op, session)
    return session


async def _shown(op: Op, request: Request, session: identity.LiveSession) -> dict[str, Any]:
    factors = await identity.get_factors(op, principal_id=session.principal_id)
    linked = {one.issuer for one in await identity.list_outside_identities(op, principal_id=session.principal_id)}
    known = [one.provider for one in request.app.state.providers.all]
    return factors._asdict() | {
        "passkeys": await identity.list_passkeys(op, principal_id=session.principal_id),
        "providers": [{"key": one.key, "name": one.name} for one in known if one.issuer in linked],
    }


def _square(uri: str) -> dict[str, Any]:
    rows = [list(row) for row in segno.make(uri, error="m", micro=False).matrix_iter(border=2)]
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"side": len(rows), "path": path}

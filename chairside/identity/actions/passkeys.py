"""Passkeys (WebAuthn): what a browser is asked to sign, and whether it did. A passkey is two things at once: the device, and what
unlocks it; so it needs no password beside it."""

import json
import secrets
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import webauthn
from psycopg.errors import UniqueViolation
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from chairside.identity.actions.factors import check_way_in, settle
from chairside.identity.actions.signing_in import note_refused
from chairside.identity.queries import list_passkeys
from chairside.identity.rows import KnownPasskey, LiveSession, Proof
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing, Unauthenticated

LIFE = timedelta(minutes=5)  # of a challenge
MOST = 20  # of a person
ASK = "select app.ask_challenge(%(purpose)s, %(principal_id)s, %(challenge)s, %(expires_at)s)"
TAKE = "select app.take_challenge(%(challenge_id)s, %(purpose)s, %(principal_id)s, %(at)s)"
FIND = "select id, principal_id, public_key, sign_count from app.find_passkey(%(credential_id)s)"
ADD = "select app.add_passkey(%(principal_id)s, %(credential_id)s, %(public_key)s, %(sign_count)s, %(name)s, %(backed_up)s)"
USE = "select app.use_passkey(%(passkey_id)s, %(counted)s, %(backed_up)s)"
RENAME = "select app.rename_passkey(%(principal_id)s, %(passkey_id)s, %(name)s)"
REMOVE = "select app.remove_passkey(%(principal_id)s, %(passkey_id)s)"


class Site(NamedTuple):
    """To whom a passkey belongs: the host it is bound to, and the origin that the browser must have seen."""

    host: str
    origin: str


class Asked(NamedTuple):
    """`options` go to the browser's `navigator.credentials` as they are."""

    id: UUID
    options: dict[str, Any]


class PasskeyRefused(Unauthenticated):
    """This passkey was not accepted."""


class PasskeyKnown(Conflict):
    """This passkey is known already."""


class TooManyPasskeys(Conflict):
    """You have as many passkeys as one may have; remove one first."""


class NoSuchPasskey(Missing):
    """There is no such passkey."""


@open_to_all("signing in is how one becomes somebody")
async def ask_passkey(op: Op, *, site: Site, session: LiveSession | None = None) -> Asked:
    """What a passkey is to sign: of anybody, or to confirm who a session's person is."""
    known = await list_passkeys(op, principal_id=session.principal_id) if session else []
    challenge = secrets.token_bytes(32)
    options = webauthn.generate_authentication_options(
        rp_id=site.host, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED,
        allow_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
    )  # fmt: skip
    return await _asked(op, "step_up" if session else "sign_in", session, challenge, webauthn.options_to_json(options))


@open_to_all("signing in is how one becomes somebody")
async def prove_by_passkey(
    op: Op, *, challenge_id: UUID, credential: dict[str, Any], site: Site, session: LiveSession | None = None
) -> Proof:
    """Whose passkey signed the challenge, once. It is heard while passwords are throttled: it cannot be guessed.
    Refuses PasskeyRefused."""
    challenge = await _taken(op, challenge_id, "step_up" if session else "sign_in", session)
    known = await _known(op, credential)
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            credential_public_key=known.public_key, credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        at, action = (session.id, "step_up") if session else (None, "sign_in")
        await note_refused(op, principal_id=known.principal_id, session_id=at, action=action)
        raise PasskeyRefused() from error
    if session and known.principal_id != session.principal_id:
        raise PasskeyRefused()
    used = await op.db.value(USE, passkey_id=known.id, counted=verified.new_sign_count, backed_up=verified.credential_backed_up)
    if not used:
        raise PasskeyRefused()
    return Proof(known.principal_id, "passkey", True)


@open_to_all("a person's own")
async def ask_new_passkey(op: Op, *, session: LiveSession, site: Site) -> Asked:
    """What a browser needs to make one. Refuses TooManyPasskeys."""
    known = await list_passkeys(op, principal_id=session.principal_id)
    if len(known) >= MOST:
        raise TooManyPasskeys()
    challenge = secrets.token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=site.host, rp_name="Chairside", user_id=session.principal_id.bytes, user_name=session.email,
        user_display_name=session.name, challenge=challenge,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return await _asked(op, "enrol", session, challenge, webauthn.options_to_json(options))


@open_to_all("a person's own")
async def add_passkey(
    op: Op, *, session: LiveSession, challenge_id: UUID, credential: dict[str, Any], name: str, site: Site
) -> UUID:
    """Refuses PasskeyRefused, PasskeyKnown."""
    challenge = await _taken(op, challenge_id, "enrol", session)
    try:
        made = webauthn.verify_registration_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused() from error
    try:
        passkey_id: UUID = await op.db.value(
            ADD, principal_id=session.principal_id, credential_id=made.credential_id, public_key=made.credential_public_key,
            sign_count=made.sign_count, name=name, backed_up=made.credential_backed_up,
        )  # fmt: skip
    except UniqueViolation as error:
        raise PasskeyKnown() from error
    await settle(op, session=session, action="add_passkey")
    return passkey_id


@open_to_all("a person's own")
async def rename_passkey(op: Op, *, session: LiveSession, passkey_id: UUID, name: str) -> None:
    """Refuses NoSuchPasskey."""
    if not await op.db.value(RENAME, principal_id=session.principal_id, passkey_id=passkey_id, name=name):
        raise NoSuchPasskey()


@open_to_all("a person's own")
async def remove_passkey(op: Op, *, session: LiveSession, passkey_id: UUID) -> None:
    """Refuses NoSuchPasskey, OnlyWayIn."""
    if not await op.db.value(REMOVE, principal_id=session.principal_id, passkey_id=passkey_id):
        raise NoSuchPasskey()
    await check_way_in(op, principal_id=session.principal_id)
    await settle(op, session=session, action="remove_passkey")


async def _asked(op: Op, purpose: str, session: LiveSession | None, challenge: bytes, options: str) -> Asked:
    id: UUID = await op.db.value(
        ASK, purpose=purpose, principal_id=session.principal_id if session else None, challenge=challenge,
        expires_at=op.now + LIFE,
    )  # fmt: skip
    return Asked(id, json.loads(options))


async def _taken(op: Op, challenge_id: UUID, purpose: str, session: LiveSession | None) -> bytes:
    """Committed at once: a challenge that was answered wrongly is not answered again."""
    challenge: bytes | None = await op.db.value(
        TAKE, challenge_id=challenge_id, purpose=purpose, principal_id=session.principal_id if session else None, at=op.now
    )
    await op.db.commit()
    if challenge is None:
        raise PasskeyRefused()
    return challenge


async def _known(op: Op, credential: dict[str, Any]) -> KnownPasskey:
    try:
        credential_id = webauthn.base64url_to_bytes(credential["id"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise PasskeyRefused() from error
    known = await op.db.one(KnownPasskey, FIND, credential_id=credential_id)
    if known is None:
        raise PasskeyRefused()
    return known

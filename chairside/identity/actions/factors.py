"""Second factors that are typed: an authenticator app's codes (TOTP, RFC 6238) and recovery codes, each good once."""

from uuid import UUID, uuid4

import pyotp

from chairside.identity.rows import LiveSession, Secret
from chairside.identity.rules import is_six_digits, new_recovery_codes, recovery_hash
from chairside.kernel import vault
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, malformed

SECONDS = 30
DRIFT = (0, -1, 1)  # a clock may be one step off
BEGIN = "select app.begin_totp(%(id)s, %(principal_id)s, %(secret)s)"
FIND = "select id, secret from app.find_totp(%(principal_id)s, %(confirmed)s)"
USE = "select app.use_totp(%(totp_id)s, %(step)s)"
CONFIRM = "select app.confirm_totp(%(totp_id)s)"
REMOVE = "select app.remove_totp(%(principal_id)s)"
SETTLE = "select app.settle_factors(%(principal_id)s)"
PROVEN = "select app.note_factor(%(session_id)s)"
REPLACE_CODES = "select app.replace_recovery_codes(%(principal_id)s, %(hashes)s)"
USE_CODE = "select app.use_recovery_code(%(principal_id)s, %(hash)s)"
WAYS_IN = "select app.ways_in(%(principal_id)s)"
NOTE = "select app.note_sign_in(%(principal_id)s, %(session_id)s, %(action)s, 'done', %(request)s, null)"


class NothingToConfirm(Conflict):
    """Begin with the authenticator app anew."""


class NotEnrolled(Conflict):
    """Recovery codes go with a passkey or an authenticator app; add one first."""


class OnlyWayIn(Conflict):
    """This is the only thing you can sign in with; add another one first."""


@open_to_all("a person's own")
async def begin_totp(op: Op, *, session: LiveSession) -> str:
    """The address (otpauth://…) that an authenticator app reads; it counts once a code of it was shown."""
    secret = pyotp.random_base32()
    id = uuid4()
    sealed = await vault.seal(op, table="totp", column="secret", row=id, value=secret.encode(), ours=True)
    await op.db.run(BEGIN, id=id, principal_id=session.principal_id, secret=sealed)
    return pyotp.TOTP(secret).provisioning_uri(name=session.email, issuer_name="Chairside")


@open_to_all("a person's own")
async def confirm_totp(op: Op, *, session: LiveSession, code: str) -> None:
    """The app takes the place of the one before. Refuses NothingToConfirm, and at the field a code that is not right."""
    found = await op.db.one(Secret, FIND, principal_id=session.principal_id, confirmed=False)
    if found is None:
        raise NothingToConfirm()
    if not await _right(op, found, code):
        raise malformed("/code", "wrong_code", "This code is not right; look whether the clock of the phone is.")
    await op.db.run(CONFIRM, totp_id=found.id)
    await settle(op, session=session, action="add_authenticator")


@open_to_all("a person's own")
async def remove_totp(op: Op, *, session: LiveSession) -> None:
    await op.db.run(REMOVE, principal_id=session.principal_id)
    await settle(op, session=session, action="remove_authenticator")


@open_to_all("a person's own")
async def make_recovery_codes(op: Op, *, session: LiveSession) -> list[str]:
    """Ten new ones, shown this once; those before are good no more. Refuses NotEnrolled."""
    if not await op.db.value(SETTLE, principal_id=session.principal_id):
        raise NotEnrolled()
    codes = new_recovery_codes()
    await op.db.run(REPLACE_CODES, principal_id=session.principal_id, hashes=[recovery_hash(code) for code in codes])
    op.db.with_next(
        NOTE, principal_id=session.principal_id, session_id=session.id, action="make_recovery_codes", request=op.request_id
    )
    return codes


@open_to_all("the door that calls it is about to let somebody in")
async def take_code(op: Op, *, principal_id: UUID, code: str) -> bool:
    """Whether it is the app's code of this moment or one of the person's recovery codes; either is good once."""
    plain = code.replace(" ", "")
    if not is_six_digits(plain):
        return bool(await op.db.value(USE_CODE, principal_id=principal_id, hash=recovery_hash(code)))
    found = await op.db.one(Secret, FIND, principal_id=principal_id, confirmed=True)
    return found is not None and await _right(op, found, plain)


async def settle(op: Op, *, session: LiveSession, action: str) -> None:
    """After a factor came or went: whether the person is enrolled; a session that has just shown one counts as shown."""
    if await op.db.value(SETTLE, principal_id=session.principal_id) and action.startswith("add"):
        await op.db.run(PROVEN, session_id=session.id)
    op.db.with_next(NOTE, principal_id=session.principal_id, session_id=session.id, action=action, request=op.request_id)


async def check_way_in(op: Op, *, principal_id: UUID) -> None:
    """After something was taken away: whoever has no password keeps a passkey or a linked account. Refuses OnlyWayIn."""
    if not await op.db.value(WAYS_IN, principal_id=principal_id):
        raise OnlyWayIn()


async def _right(op: Op, found: Secret, code: str) -> bool:
    secret = await vault.open_(op, table="totp", column="secret", row=found.id, sealed=found.secret, ours=True)
    totp, now = pyotp.TOTP(secret.decode()), int(op.now.timestamp()) // SECONDS
    for drift in DRIFT:
        if totp.verify(code.replace(" ", ""), for_time=(now + drift) * SECONDS):
            return bool(await op.db.value(USE, totp_id=found.id, step=now + drift))
    return False

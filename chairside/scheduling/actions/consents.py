"""A calendar behind an account: a person goes to whoever keeps it, grants a look at when they are busy, and comes back."""

import hmac
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from chairside.kernel import links
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Busy, Conflict, Missing
from chairside.scheduling import outside
from chairside.scheduling.actions.outside import check_own, connect
from chairside.scheduling.outside import NotRefreshed
from chairside.scheduling.rows import OUTSIDE_CONSENT, OutsideCalendar, OutsideConsent

LIFE = timedelta(minutes=15)
STATE, VERIFIER = "outside calendar state", "outside calendar verifier"
BEGIN = f"""
    insert into outside_consent (provider_id, kind, name, back, salt, expires_at)
    values (%(provider_id)s, %(kind)s, %(name)s, %(back)s, %(salt)s, %(expires_at)s)
    returning {OUTSIDE_CONSENT}
"""
# Once: of two who come back with the same, one finds it.
END = f"""
    delete from outside_consent
     where outside_consent.id = %(consent_id)s
       and outside_consent.created_by = app.actor()
       and outside_consent.expires_at > %(now)s
    returning {OUTSIDE_CONSENT}
"""


class NoSuchCalendarKind(Missing):
    """Calendars of this kind cannot be connected here."""


class ConsentExpired(Conflict):
    """This took too long, was used already, or began in another account; please connect the calendar again."""


class ConsentDenied(Conflict):
    """The calendar was not connected: access was not granted."""


class ConsentNotHeard(Busy):
    """Whoever keeps the calendar could not be reached, or did not let us in; please try again."""


class Consented(NamedTuple):
    """What somebody brought back, and where they began."""

    consent: OutsideConsent
    verifier: str


@needs("scheduling.read")
async def begin_consent(op: Op, *, provider_id: UUID, kind: str, name: str, back: str, redirect_uri: str) -> str:
    """Where the browser goes; `back`: a path of ours to which it comes in the end. Refuses NoSuchCalendarKind, NoSuchProvider,
    NotYourOutsideCalendar."""
    account = outside.account_of(kind)
    if account is None:
        raise NoSuchCalendarKind()
    await check_own(op, provider_id)
    begun = await op.db.one(
        OutsideConsent, BEGIN, provider_id=provider_id, kind=kind, name=name, back=back, salt=links.new_salt(),
        expires_at=op.now + LIFE,
    )  # fmt: skip
    assert begun
    state = f"{op.clinic.id.hex}.{begun.id.hex}.{links.token(STATE, begun.id, begun.salt)}"
    return account.address(redirect_uri=redirect_uri, state=state, verifier=links.token(VERIFIER, begun.id, begun.salt))


@needs("scheduling.read")
async def end_consent(op: Op, *, consent_id: UUID, token: str) -> Consented:
    """Committed at once: it is used up, whatever comes of it. Refuses ConsentExpired."""
    found = await op.db.one(OutsideConsent, END, consent_id=consent_id, now=op.now)
    await op.db.commit()
    if found is None or not hmac.compare_digest(links.token(STATE, found.id, found.salt).encode(), token.encode()):
        raise ConsentExpired()
    return Consented(found, links.token(VERIFIER, found.id, found.salt))


@needs("scheduling.read")
async def hear_consent(op: Op, *, consented: Consented, code: str, error: str, redirect_uri: str) -> OutsideCalendar:
    """The calendar is connected, and the worker asks it at once; whoever keeps it is asked with no connection held, after
    `end_consent`.
    Refuses ConsentDenied, ConsentNotHeard, and as add_outside_calendar does."""
    consent = consented.consent
    account = outside.account_of(consent.kind)
    if error or not code or account is None:
        raise ConsentDenied()
    clinic_id, actor = op.clinic.id, op.actor
    try:
        secret = await account.granted(code=code, redirect_uri=redirect_uri, verifier=consented.verifier)
    except NotRefreshed as not_heard:
        raise ConsentNotHeard(reason=not_heard.reason) from not_heard
    await op.act_for(clinic_id, actor_id=actor.id, grants=actor.grants)
    hint = urlsplit(account.api).hostname or ""
    return await connect(op, provider_id=consent.provider_id, kind=consent.kind, name=consent.name, hint=hint, secret=secret)

"""The operation in progress: who acts, for which clinic, when, and in which transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside.kernel.db import Ahead, Db, Jsonb, Source
from chairside.kernel.events import Event
from chairside.kernel.refusals import (
    Forbidden,
    NoSuchThing,
    NotAllowed,
    NotSignedIn,
    SecondFactorWanted,
    SessionLocked,
    StepUpNeeded,
    Suspended,
)

ENTER = """
    select actor_id, clinic_id, session_id, slug, timezone, locale, currency, grants, proved_at, barred, restricted
      from app.enter(%(token)s, %(clinic)s, %(request)s, %(address)s, %(act)s, %(durable)s)
"""
ACT = "select app.act(%(clinic)s, %(actor)s, %(behalf)s, %(kind)s, %(request)s)"
IN_SESSION = "select app.in_session(%(session)s)"
ACT_AS = "select app.act_as(%(actor)s, %(behalf)s, %(kind)s)"
PLACE = "select clinic.id, clinic.slug, clinic.timezone, clinic.locale, clinic.currency from clinic"
IS_SUSPENDED = "select app.is_suspended(%(actor)s, %(clinic)s)"
REFUSED = """
    insert into audit_event (action, entity, outcome, patient_id)
    values ('try', %(permission)s, 'refused', %(patient_id)s::uuid)
"""
RESTRICT = "select app.restrict_to_teams()"
RECORD = """
    with fact as (
        insert into event (name, facts) values (%(name)s, %(facts)s) returning clinic_id, id, at
    )
    select procrastinate_defer_jobs_v1(array_agg(
               row('default', reaction, 0, null, null,
                   jsonb_build_object('clinic', fact.clinic_id, 'event', fact.id, 'at', fact.at), null
               )::procrastinate_job_to_defer_v1))
      from fact, unnest(%(later)s::text[]) as reaction
"""
REFRESH = "select set_config('app.context', 'refresh', true)"
SYSTEM = UUID(int=0)
NOBODY = UUID(int=0)
EVERYTHING = frozenset({"*"})
PROOF_LASTS = timedelta(minutes=5)
OF_EVERYBODY = frozenset({"reports.day", "reports.read", "billing.close_day", "imports.run"})
"""What counts or brings in every patient, and so is nothing for those who open only some records."""


@dataclass(frozen=True, slots=True)
class Actor:
    id: UUID
    grants: frozenset[str] = frozenset()
    session_id: UUID | None = None
    proved_at: datetime | None = None
    """When a person last proved who they are; nothing of a program."""
    program: bool = False
    most: frozenset[str] | None = None
    """While they look at the product as a role: nothing beyond these, whatever their own role permits."""
    restricted: bool = False
    """Opens only the records of those on whose care team they are; the database keeps to it (`app.keep_to_team`)."""

    @property
    def kind(self) -> str:
        if self.program:
            return "service_account"
        return "system" if self.id == SYSTEM else "human"


@dataclass(frozen=True, slots=True)
class Place:
    """The clinic of the operation, as far as every domain needs to know it."""

    id: UUID
    slug: str
    timezone: str
    locale: str
    currency: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Unknown(Actor):
    """While it is not known yet who acts: to ask anything about them is a bug, `await op.settle()` comes first."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("__"):
            return object.__getattribute__(self, name)
        raise LookupError(f"{name} of the actor is known only after op.settle()")


UNKNOWN = Unknown(NOBODY)


class Who(NamedTuple):
    actor: Actor
    place: Place | None
    barred: str | None = None
    """`locked`: the screen; `mfa`: the clinic asks for a second factor."""


@dataclass(slots=True)
class Op:
    db: Db
    actor: Actor
    now: datetime
    request_id: str = ""
    entered: Place | None = field(default=None)
    settling: Callable[[], Awaitable[None]] | None = field(default=None, repr=False)
    """Until the first statement was answered it may be open who acts; it is settled before anything that was read is shown."""
    wanted: list[tuple[str, ...]] = field(default_factory=list, repr=False)

    @property
    def clinic(self) -> Place:
        assert self.entered, "this operation has not entered a clinic"
        return self.entered

    @property
    def today(self) -> date:
        """The day it is in the clinic."""
        return self.now.astimezone(self.clinic.zone).date()

    def may(self, permission: str) -> bool:
        return permission in self.actor.grants or "*" in self.actor.grants

    def require(self, *permissions: str) -> None:
        """Refuses NotAllowed; while it is open who acts, `settle` does."""
        if self.settling:
            self.wanted.append(permissions)
        elif not any(map(self.may, permissions)):
            raise NotAllowed(permission=permissions[0])

    def settle_by(self, settling: Callable[[], Awaitable[None]]) -> None:
        """Who acts is asked along with the first statement, which saves a turn: the fence holds for it either way, and what it
        wrote is undone with the refusal."""
        self.actor, self.settling = UNKNOWN, settling

    async def settle(self) -> None:
        """Who acts is known from here on, and may do what was asked of them so far. Refuses what entering refuses, NotAllowed."""
        if self.settling:
            settling, self.settling = self.settling, None
            await settling()
            for permissions in self.wanted:
                self.require(*permissions)

    def require_proof(self) -> None:
        """For what must not be done by whoever finds a desk unattended: a person has signed in or proved who they are within the
        last five minutes. A program's key is its proof. Refuses StepUpNeeded."""
        if self.actor.session_id and not proved_lately(self.actor.proved_at, self.now):
            raise StepUpNeeded()

    async def emit(self, event: Event) -> None:
        """Record the fact, do at once what must be true with it, queue the rest; all vanish if this operation fails."""
        self.db.with_next(RECORD, name=event.name, facts=Jsonb(event.facts()), later=list(event.later))
        if event.at_once:
            system = replace(self, actor=Actor(SYSTEM, EVERYTHING))
            self.db.with_next(ACT_AS, actor=SYSTEM, behalf=self.actor.id, kind="system")
            for reaction in event.at_once:
                await reaction(system, event)
            self.db.with_next(ACT_AS, actor=self.actor.id, behalf=None, kind=self.actor.kind)

    async def act_for(self, clinic_id: UUID, *, actor_id: UUID, grants: frozenset[str], behalf: UUID | None = None) -> None:
        """Fence the transaction to a clinic without a session: jobs, the command line, sign-up."""
        self.actor = Actor(actor_id, grants)
        self.db.with_next(ACT, clinic=clinic_id, actor=actor_id, behalf=behalf, kind=self.actor.kind, request=self.request_id)
        self.entered = await self.db.one(Place, PLACE)

    async def enter(self, token: bytes, clinic: str, *, address: str | None, act: bool, durable: bool) -> None:
        """Fence the transaction to the clinic of a person who is signed in. Refuses NotSignedIn, NoSuchThing."""
        entering = self.entering(token, clinic, address=address, act=act, durable=durable)
        await self.db.now()
        await self.look_at(entering.one, clinic)
        self.enter_as(entering.one)

    def entering(self, token: bytes, clinic: str, *, address: str | None, act: bool, durable: bool) -> Ahead[Who]:
        """The same, along with the next statement; what came of it is for `enter_as`, before anything else."""
        return self.db.ahead(
            _entered, ENTER, token=token, clinic=clinic, request=self.request_id, address=address, act=act, durable=durable
        )

    async def look_at(self, who: Who | None, clinic: str) -> None:
        """Whoever worked there and may not any more is told so; every other stranger hears nothing. Refuses Suspended."""
        if who and who.place is None and await self.db.value(IS_SUSPENDED, actor=who.actor.id, clinic=clinic):
            raise Suspended()

    def enter_as(self, who: Who | None) -> None:
        """Refuses NotSignedIn, SessionLocked, NoSuchThing, SecondFactorWanted."""
        if who is None:
            raise NotSignedIn()
        if who.barred == "locked":
            raise SessionLocked()
        self.actor = who.actor
        if who.place is None:
            raise NoSuchThing()
        if who.barred:
            raise SecondFactorWanted()
        self.entered = who.place

    def restrict(self) -> None:
        """From here on only the records of those on whose care team the actor is."""
        self.actor = replace(self.actor, restricted=True, grants=self.actor.grants - OF_EVERYBODY)
        self.db.with_next(RESTRICT)

    def refreshes(self) -> None:
        """What is read follows from somebody else's change: the read records say so."""
        self.db.with_next(REFRESH)

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[None]:
        """Give the connection back while something slow is done; what was written so far is committed."""
        await self.db.commit()
        yield


@lru_cache(4096)
def _grants(words: str) -> frozenset[str]:
    return frozenset(words.split())


@lru_cache(4096)
def _place(id: UUID, slug: str, timezone: str, locale: str, currency: str) -> Place:
    return Place(id, slug, timezone, locale, currency)


def proved_lately(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at < PROOF_LASTS


def _entered(
    actor_id: UUID, clinic_id: UUID | None, session_id: UUID | None, slug: str, timezone: str, locale: str, currency: str,
    grants: str, proved_at: datetime | None, barred: str | None, restricted: bool,
) -> Who:  # fmt: skip
    place = _place(clinic_id, slug, timezone, locale, currency) if clinic_id else None
    held = _grants(grants or "")
    if restricted:
        held -= OF_EVERYBODY
    return Who(Actor(actor_id, held, session_id, proved_at, session_id is None, restricted=restricted), place, barred)


@asynccontextmanager
async def begin(pool: Source, now: datetime, request_id: str = "") -> AsyncIterator[Op]:
    """The one transaction of a request or a job: begun by its first statement, committed on leaving, undone by any exception."""
    op = Op(Db(pool), Actor(NOBODY), now, request_id)
    try:
        yield op
        await op.db.commit()
    except BaseException as error:
        await op.db.undo()
        if isinstance(error, Forbidden) and op.entered:
            await _remember_refusal(op, pool, error)
        raise


async def _remember_refusal(op: Op, pool: Source, refusal: Forbidden) -> None:
    """The refused transaction is gone; that somebody tried must not be."""
    assert op.entered
    again = Op(Db(pool), op.actor, op.now, op.request_id)
    try:
        again.db.with_next(ACT, clinic=op.entered.id, actor=op.actor.id, behalf=None, kind=op.actor.kind, request=op.request_id)
        again.db.with_next(IN_SESSION, session=op.actor.session_id)
        permission = str(refusal.facts.get("permission", refusal.code))
        await again.db.run(REFUSED, permission=permission, patient_id=refusal.facts.get("patient_id"))
        await again.db.commit()
    except BaseException:
        await again.db.undo()
        raise

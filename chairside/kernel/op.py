"""The operation in progress: who acts, for which clinic, when, and in which transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside.kernel.db import Ahead, Db, Jsonb, Source
from chairside.kernel.events import Event
from chairside.kernel.refusals import Forbidden, NoSuchThing, NotAllowed, NotSignedIn, Suspended

ENTER = """
    select actor_id, clinic_id, session_id, slug, timezone, locale, currency, grants
      from app.enter(%(token)s, %(clinic)s, %(request)s, %(address)s, %(act)s, %(durable)s)
"""
ACT = "select app.act(%(clinic)s, %(actor)s, %(behalf)s, %(kind)s, %(request)s)"
ACT_AS = "select app.act_as(%(actor)s, %(behalf)s, %(kind)s)"
PLACE = "select clinic.id, clinic.slug, clinic.timezone, clinic.locale, clinic.currency from clinic"
IS_SUSPENDED = "select app.is_suspended(%(actor)s, %(clinic)s)"
REFUSED = "insert into audit_event (action, entity, outcome) values ('try', %(permission)s, 'refused')"
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


@dataclass(frozen=True, slots=True)
class Actor:
    id: UUID
    grants: frozenset[str] = frozenset()
    session_id: UUID | None = None

    @property
    def kind(self) -> str:
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


Who = tuple[Actor, Place | None]


@dataclass(slots=True)
class Op:
    db: Db
    actor: Actor
    now: datetime
    request_id: str = ""
    entered: Place | None = field(default=None)

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
        if not any(map(self.may, permissions)):
            raise NotAllowed(permission=permissions[0])

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
        if who and who[1] is None and await self.db.value(IS_SUSPENDED, actor=who[0].id, clinic=clinic):
            raise Suspended()

    def enter_as(self, who: Who | None) -> None:
        """Refuses NotSignedIn, NoSuchThing."""
        if who is None:
            raise NotSignedIn()
        self.actor, place = who
        if place is None:
            raise NoSuchThing()
        self.entered = place

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


def _entered(
    actor_id: UUID, clinic_id: UUID | None, session_id: UUID, slug: str, timezone: str, locale: str, currency: str, grants: str
) -> Who:
    place = _place(clinic_id, slug, timezone, locale, currency) if clinic_id else None
    return Actor(actor_id, _grants(grants or ""), session_id), place


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
        await again.act_for(op.entered.id, actor_id=op.actor.id, grants=frozenset())
        await again.db.run(REFUSED, permission=str(refusal.facts.get("permission", refusal.code)))
        await again.db.commit()
    except BaseException:
        await again.db.undo()
        raise

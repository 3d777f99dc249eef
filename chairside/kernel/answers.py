"""A request repeated with its idempotency key gets the answer it was given before.

The answer commits with the work; work that is refused or fails leaves none behind. A key belongs to one clinic, person and route.
Its body lies sealed: it says what the work was about.
"""

from typing import Any, NamedTuple
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.kernel import vault
from chairside.kernel.db import Jsonb
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Invalid
from chairside.kernel.resealing import Column, Stale, goes_along

# One look: was this answered before, and is nobody else answering it now?
FIND = """
    select pg_try_advisory_xact_lock(
               hashtextextended(concat_ws(' ', app.clinic(), app.actor(), %(route)s::text, %(key)s::text), 1)) as free,
           answer.asked, answer.status, answer.body
      from (values (1)) as once
      left join answer
        on answer.actor_id = app.actor()
       and answer.route = %(route)s
       and answer.key = %(key)s
"""
KEEP = """
    insert into answer (route, key, asked, status, body)
    values (%(route)s, %(key)s, %(asked)s, %(status)s, %(body)s)
"""

LEFT = "select count(*) from answer where app.key_version(answer.body) is distinct from %(version)s"
STALE = """
    select jsonb_build_array(answer.actor_id, answer.route, answer.key), answer.actor_id, answer.route, answer.key, answer.body
      from answer
     where app.key_version(answer.body) is distinct from %(version)s
       and (answer.actor_id, answer.route, answer.key)
           > ((%(after)s::jsonb ->> 0)::uuid, %(after)s::jsonb ->> 1, %(after)s::jsonb ->> 2)
     order by answer.actor_id, answer.route, answer.key
     limit %(limit)s
"""
PUT = """
    update answer set body = %(sealed)s
     where (answer.actor_id, answer.route, answer.key)
           = ((%(at)s::jsonb ->> 0)::uuid, %(at)s::jsonb ->> 1, %(at)s::jsonb ->> 2)
       and answer.body = %(was)s
"""


class IdempotencyKeyReused(Invalid):
    """This idempotency key came with another request before."""


class IdempotencyKeyInFlight(Conflict):
    """The first request with this idempotency key is still being answered."""


class Question(NamedTuple):
    route: str
    key: str
    asked: bytes


class Answer(NamedTuple):
    free: bool
    asked: bytes | None
    status: int
    body: bytes


async def look(op: Op, question: Question) -> Answer:
    found = await op.db.one(Answer, FIND, route=question.route, key=question.key)
    assert found
    return found


def given(found: Answer, question: Question) -> Answer | None:
    """The answer to give again, if there is one. Refuses IdempotencyKeyReused, IdempotencyKeyInFlight."""
    if found.asked is None and not found.free:
        raise IdempotencyKeyInFlight()
    if found.asked not in (None, question.asked):
        raise IdempotencyKeyReused()
    return found if found.asked is not None else None


async def body_of(op: Op, found: Answer, question: Question) -> bytes:
    """Those kept before they were sealed lie there as they were, for 72 hours more. Refuses vault.KeysAway."""
    if not vault.is_sealed(found.body):
        return bytes(found.body)
    return await vault.open_(op, table="answer", column="body", row=_row(op, question), sealed=found.body)


async def keep(op: Op, question: Question, *, status: int, body: bytes) -> None:
    """Along with the commit. Refuses vault.KeysAway, and the work with it."""
    sealed = await vault.seal(op, table="answer", column="body", row=_row(op, question), value=body)
    op.db.with_next(KEEP, **question._asdict(), status=status, body=sealed)


def _row(op: Op, question: Question) -> str:
    return f"{op.actor.id} {question.route} {question.key}"


@goes_along
class Bodies(Column):
    table, column = "answer", "body"
    first = [str(UUID(int=0)), "", ""]

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(_stale, STALE, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT, at=Jsonb(at), was=was, sealed=sealed)


def _stale(at: Any, actor_id: UUID, route: str, key: str, body: bytes) -> Stale:
    return Stale(at, f"{actor_id} {route} {key}", None, body, None)


def overtaken(error: UniqueViolation) -> bool:
    """Whether a commit failed because the question was answered between our look and our turn."""
    return error.diag.table_name == "answer"

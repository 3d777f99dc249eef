"""A request repeated with its idempotency key gets the answer it was given before.

The answer commits with the work; work that is refused or fails leaves none behind. A key belongs to one clinic, person and route.
"""

from typing import NamedTuple

from psycopg.errors import UniqueViolation

from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Invalid

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


def keep(op: Op, question: Question, *, status: int, body: bytes) -> None:
    """Along with the commit."""
    op.db.with_next(KEEP, **question._asdict(), status=status, body=body)


def overtaken(error: UniqueViolation) -> bool:
    """Whether a commit failed because the question was answered between our look and our turn."""
    return error.diag.table_name == "answer"

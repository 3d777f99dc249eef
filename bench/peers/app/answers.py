"""A request that is repeated with its idempotency key gets the answer that it was given before; the answer commits with the work."""

import hashlib
from typing import Any, NamedTuple

from app.models import Answer
from app.sessions import Who
from django.db import connection
from rest_framework.exceptions import APIException

FIND = """
    select pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', %s::text, %s::text, %s::text, %s::text), 1)),
           answer.asked, answer.status, answer.body
      from (values (1)) as once
      left join app_answer as answer
        on answer.clinic_id = %s and answer.actor_id = %s and answer.route = %s and answer.key = %s
"""


class InFlight(APIException):
    status_code = 409
    default_detail = "The first request with this idempotency key is still being answered."


class KeyReused(APIException):
    status_code = 422
    default_detail = "This idempotency key came with another request before."


class Question(NamedTuple):
    route: str
    key: str
    asked: bytes


class Given(NamedTuple):
    status: int
    body: bytes


def question(request: Any) -> Question | None:
    if key := request.headers.get("idempotency-key"):
        return Question(f"{request.method} {request.path}", key, hashlib.sha256(request._request.body).digest())
    return None


def find(who: Who, question: Question) -> Given | None:
    place = [who.clinic_id, who.id, question.route, question.key]
    with connection.cursor() as cursor:
        cursor.execute(FIND, [*place, *place])
        free, asked, status, body = cursor.fetchone()
    if asked is None and not free:
        raise InFlight()
    if asked is not None and bytes(asked) != question.asked:
        raise KeyReused()
    return Given(status, bytes(body)) if asked is not None else None


def keep(who: Who, question: Question, status: int, body: bytes) -> None:
    Answer.objects.create(clinic_id=who.clinic_id, actor_id=who.id, **question._asdict(), status=status, body=body)

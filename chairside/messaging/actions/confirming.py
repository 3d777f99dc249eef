"""Topics that asked to be confirmed are, by the worker: within a minute, and for as long as the token is good (three days)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from chairside.kernel.log import say
from chairside.kernel.op import begin
from chairside.kernel.outbound import NotReached
from chairside.kernel.pool import Pool
from chairside.messaging.certificates import Fetch, fetched
from chairside.messaging.rules.notices import confirming

WAITING = """
    select notice_topic.arn, notice_topic.token
      from notice_topic
     where notice_topic.confirmed_at is null
       and notice_topic.token is not null
       and notice_topic.asked_at > %(since)s
       and notice_topic.arn = any(%(topics)s::text[])
"""
TRIED = """
    update notice_topic
       set attempts = notice_topic.attempts + 1, confirmed_at = %(at)s,
           token = case when %(at)s::timestamptz is null then notice_topic.token end
     where notice_topic.arn = %(arn)s
       and notice_topic.token = %(token)s
"""
GOOD_FOR = timedelta(days=3)


class Waiting(NamedTuple):
    arn: str
    token: str


async def confirm_topics(pool: Pool, *, topics: Collection[str], now: datetime, ask: Fetch = fetched) -> int:
    """How many were confirmed. Only those that the operator names, still."""
    async with begin(pool, now, "topics") as op:
        waiting = await op.db.all(Waiting, WAITING, since=now - GOOD_FOR, topics=list(topics))
    done = 0
    for one in waiting:
        at: datetime | None = now
        try:
            await ask(confirming(one.arn, one.token))
            done += 1
        except NotReached as error:
            say().warning("a topic was not confirmed", code=error.reason, name=one.arn)
            at = None
        async with begin(pool, now, "topics") as op:
            await op.db.run(TRIED, arn=one.arn, token=one.token, at=at)
    return done

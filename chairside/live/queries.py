import time
from collections.abc import Iterable
from datetime import timedelta

from chairside.kernel.events import KINDS
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Invalid
from chairside.live import frames
from chairside.live.hub import NEWS, Hub, heard_by
from chairside.live.rows import News
from chairside.live.rules import Position, Seen
from chairside.live.stream import Stream

SNAPSHOT = "select pg_current_snapshot()::text"
# Events are found by when they were written; their transactions may have begun a while before that.
LATELY = """
    select null, event.clinic_id, event.id, event.txid::text::bigint, event.at, event.actor_id, event.name, event.facts
      from event
     where event.at > %(now)s::timestamptz - interval '1 hour'
       and uuid_extract_timestamp(event.id) > %(since)s
     order by event.id
     limit %(most)s
"""
MOST_MISSED = 1_000


class UnknownTopic(Invalid):
    """There is no such topic: {topic}."""


@open_to_all("whoever works here may listen; of each event only those are told who hold the permission of its topic")
async def hear(op: Op, *, hub: Hub, topics: Iterable[str], after: str | None, lookback: int) -> Stream:
    """A stream of what happens in the clinic from now on; after the position `after`, what happened since; or what was written
    in the last `lookback` seconds. A position that is not gone on from begins with a resync. Refuses UnknownTopic,
    TooManyStreams."""
    known = {kind.topic.name for kind in KINDS.values()}
    wanted = frozenset(topics) or known
    for topic in sorted(wanted - known):
        raise UnknownTopic(topic=topic)
    now = await op.db.value(SNAPSHOT)
    stream = hub.join(op.actor, op.clinic.id, wanted, seen=now)
    try:
        here = Position(int(time.time()), stream.start)
        first = frames.opened(here, sorted(stream.hears), op.actor.id)
        if after:
            stream.begin(*await _since(op, stream, after, first))
        elif lookback:
            stream.begin(first, *await _lately(op, stream, lookback))
        else:
            stream.begin(first)
    except BaseException:
        hub.leave(stream)
        raise
    return stream


async def _since(op: Op, stream: Stream, after: str, first: bytes) -> list[bytes]:
    """What the position does not see and the start of the stream does; the first frame, which says where that is, comes last."""
    here = Position(int(time.time()), stream.start)
    position, start = Position.read(after), Seen.read(stream.start)
    before = Seen.read(position.seen) if position else None
    assert start
    if not position or not before or not position.is_kept(here.at) or before.next > start.next:
        return [frames.resync(here), first]
    found = await op.db.all(News, NEWS, since=position.seen, clinic=op.clinic.id, most=MOST_MISSED + 1)
    if len(found) > MOST_MISSED:
        return [frames.resync(here), first]
    missed = [one for one in found if one.id and one.txid and start.sees(one.txid) and not position.was_told(one.txid, one.id)]
    # They may have left in the middle of what became visible together: that first, then what came after it.
    until = Seen.read(position.until)
    rest = [one for one in missed if until and one.txid and until.sees(one.txid)]
    after_it = [one for one in missed if one not in rest]
    return [
        frames.told(heard_by(stream, rest), position.seen, position.until, here.at),
        frames.told(heard_by(stream, after_it), position.until or position.seen, stream.start, here.at),
        first,
    ]


async def _lately(op: Op, stream: Stream, lookback: int) -> list[bytes]:
    since = op.now - timedelta(seconds=lookback)
    found = await op.db.all(News, LATELY, now=op.now, since=since, most=MOST_MISSED)
    here = Position(int(time.time()), stream.start)
    heard = heard_by(stream, found)
    return [frames.told(heard, stream.start, stream.start, here.at)] if heard else []

"""From the database to everybody who listens to this process.

One tailer reads what is new, for all clinics and all listeners, as long as there are any; one watch looks, for all of them
together, who may still listen. Neither keeps a connection while it waits. A database that goes away is waited for: the position
is kept here, so nothing is lost and nothing told twice.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from chairside.kernel import clock
from chairside.kernel.db import Source, array
from chairside.kernel.events import KINDS
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import Actor, begin
from chairside.kernel.refusals import Busy
from chairside.live import frames
from chairside.live.rows import Here, News
from chairside.live.rules import Position, Seen
from chairside.live.stream import Stream

NEWS = """
    select news.seen::text, news.clinic_id, news.id, news.txid::text::bigint, news.at, news.actor_id, news.name, news.facts
      from app.news(%(since)s::pg_snapshot, %(clinic)s::uuid, %(most)s) as news
"""
STILL_THERE = """
    select still_there.place, still_there.grants
      from app.still_there(%(sessions)s::uuid[], %(clinics)s::uuid[]) as still_there
"""
POLL_SECONDS = 0.15
AWAY_SECONDS = 1.0
WATCH_SECONDS = 3.0
BEAT_SECONDS = 15.0
UNTAKEN_SECONDS = 30.0
MOST_NEWS = 5_000  # at one look; after more than that everybody reads again


class TooManyStreams(Busy):
    """Too many are listening to this server; please try again in a moment."""


class Hub:
    """For one event loop. `source` lends the pool, which may come later than this."""

    def __init__(self, source: Callable[[], Source], *, per_session: int, per_principal: int, most: int) -> None:
        self.source = source
        self.per_session, self.per_principal, self.most = per_session, per_principal, most
        self.seen: str | None = None
        self.told = 0
        self.lag = 0.0  # seconds from an event to its telling, of the latest that were told
        self.looked = time.monotonic()
        self.streams: dict[UUID, dict[Stream, None]] = defaultdict(dict)
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = False

    def all(self) -> list[Stream]:
        return [stream for those in self.streams.values() for stream in those]

    def open(self) -> int:
        return sum(map(len, self.streams.values()))

    def behind(self) -> float:
        """Seconds since the tailer looked last; none while nobody listens."""
        return time.monotonic() - self.looked if self._tasks else 0.0

    # Coming and going.

    def join(self, actor: Actor, clinic_id: UUID, wanted: Iterable[str], *, seen: str) -> Stream:
        """From now on they are told; `seen` is for the first one, from which on is looked. The oldest of too many gives way: most
        likely nobody is there any more. Refuses TooManyStreams."""
        assert actor.session_id
        if self._closing or self.open() >= self.most:
            raise TooManyStreams()
        self.seen = self.seen or seen
        stream = Stream(clinic_id, actor.session_id, actor.id, frozenset(wanted), actor.grants, actor.most, self.seen)
        everyone = sorted(self.all(), key=lambda one: one.joined)
        for most, others in (
            (self.per_session, [one for one in everyone if one.session_id == stream.session_id]),
            (self.per_principal, [one for one in everyone if one.principal_id == stream.principal_id]),
        ):
            for old in others[: max(0, len(others) - most + 1)]:
                self._close(old, "too_many")
        self.streams[clinic_id][stream] = None
        if not self._tasks:
            self.looked = time.monotonic()
            self._tasks = [asyncio.ensure_future(self._tail()), asyncio.ensure_future(self._watch())]
        return stream

    def leave(self, stream: Stream) -> None:
        stream.end()
        those = self.streams.get(stream.clinic_id, {})
        those.pop(stream, None)
        if not those:
            self.streams.pop(stream.clinic_id, None)
        if not self.streams:
            self._rest()

    def close(self) -> None:
        """The process ends: everybody is told to come back to another."""
        self._closing = True
        for stream in self.all():
            self._close(stream, "restarting")
        self._rest()

    def _rest(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks, self.seen = [], None

    def _close(self, stream: Stream, why: str) -> None:
        stream.end(frames.ended(why))
        self.leave(stream)

    # What is new.

    async def _tail(self) -> None:
        while True:
            try:
                await self._look()
                self.looked = time.monotonic()
                await asyncio.sleep(POLL_SECONDS)
            except Exception as error:  # the database may be away for a while
                say().warning("tailer", **scrubbed(error))
                await asyncio.sleep(AWAY_SECONDS)

    async def _look(self) -> None:
        assert self.seen
        async with begin(self.source(), clock.now()) as op:
            found = await op.db.all(News, NEWS, since=self.seen, clinic=None, most=MOST_NEWS + 1)
        before, self.seen = self.seen, found[0].seen
        news = [one for one in found if one.id and one.name in KINDS]
        if len(found) > MOST_NEWS or _went_back(before, self.seen):
            for stream in self.all():
                stream.put(frames.resync(Position(int(time.time()), self.seen)), self.seen)
        elif news:
            self._tell(news, before, self.seen)

    def _tell(self, news: Sequence[News], before: str, after: str) -> None:
        now = time.time()
        self.lag = max(0.0, now - min(_written_at(one.id) for one in news if one.id))
        by_clinic: dict[UUID, list[News]] = defaultdict(list)
        for one in news:
            if one.clinic_id in self.streams:
                by_clinic[one.clinic_id].append(one)
        for clinic_id, those in by_clinic.items():
            chunks: dict[frozenset[str], tuple[bytes, int]] = {}
            for stream in list(self.streams[clinic_id]):
                if stream.hears not in chunks:
                    heard = heard_by(stream, those)
                    chunks[stream.hears] = frames.told(heard, before, after, int(now)), len(heard)
                chunk, count = chunks[stream.hears]
                if count:
                    stream.put(chunk, after)
                    self.told += count

    # Who may listen.

    async def _watch(self) -> None:
        beat_at = time.monotonic() + BEAT_SECONDS
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self.look_who_may()
            except Exception as error:
                say().warning("streams", **scrubbed(error))
            if time.monotonic() >= beat_at and self.seen:
                beat_at = time.monotonic() + BEAT_SECONDS
                beat = frames.beat(Position(int(time.time()), self.seen))
                for stream in self.all():
                    stream.put(beat, self.seen)

    async def look_who_may(self) -> None:
        """Sessions that ended, members who no longer are, roles that permit something else: for all streams at once."""
        asked = self.all()
        async with begin(self.source(), clock.now()) as op:
            sessions, clinics = array(one.session_id for one in asked), array(one.clinic_id for one in asked)
            rows = await op.db.all(Here, STILL_THERE, sessions=sessions, clinics=clinics)
        here = {row.place: frozenset((row.grants or "").split()) for row in rows}
        for place, stream in enumerate(asked, 1):
            if place not in here:
                self._close(stream, "signed_out")
            elif here[place] != stream.grants:
                stream.permit(here[place])
                stream.put(frames.permitted(sorted(stream.hears)), stream.start)
            if not stream.taken and time.monotonic() - stream.joined > UNTAKEN_SECONDS:
                self.leave(stream)


def heard_by(stream: Stream, news: Iterable[News]) -> list[News]:
    return [one for one in news if one.name in KINDS and KINDS[one.name].topic.name in stream.hears]


def _went_back(before: str, after: str) -> bool:
    """Another database stands where the one was that we knew."""
    was, now = Seen.read(before), Seen.read(after)
    return not was or not now or now.next < was.next


def _written_at(id: UUID) -> float:
    return (id.int >> 80) / 1000

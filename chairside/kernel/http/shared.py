"""The counters of several app processes, in one Valkey. When it is away each process counts for itself, and nobody notices.

A counter is one key that lives as long as its window. Keys are keyed digests: what lies there tells nobody's address.
"""

import asyncio
import hashlib
import time
from collections import Counter
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from chairside.kernel.http.limits import Counters, Limit, TooManyRequests
from chairside.kernel.log import say, scrubbed

PATIENCE = 0.5  # seconds of a request's time
AGAIN_SECONDS = 2.0  # then one request tries whether it is back
CONNECTIONS = 8


class SharedCounters:
    def __init__(self, url: str, secret: str = "") -> None:
        self.url = url
        self.here = Counters()
        self.refused: Counter[str] = self.here.refused
        self.missed = 0
        """Requests that were counted in this process alone."""
        self.away_until: float | None = None
        self._secret = hashlib.sha256(secret.encode()).digest()
        self._valkey: Redis | None = None

    @property
    def away(self) -> bool:
        return self.away_until is not None

    async def count(self, *limits: Limit) -> None:
        now = time.monotonic()
        if self.away_until is not None:
            if now < self.away_until:
                await self._count_here(*limits)
                return
            self.away_until = now + AGAIN_SECONDS  # the others go on here while this one tries
        try:
            async with asyncio.timeout(PATIENCE):
                counted = await self._count_there(*limits)
        except (RedisError, OSError, TimeoutError) as error:
            self._lost(error)
            await self._count_here(*limits)
            return
        if self.away:
            self.away_until = None
            say().warning("counters are shared again", host=urlsplit(self.url).hostname)
        for (what, _, most, window), (count, left) in zip(limits, counted, strict=True):
            if count > most:
                self.refused[what] += 1
                raise TooManyRequests(seconds=max(1, left if 0 < left <= window else window))

    async def close(self) -> None:
        if self._valkey:
            await self._valkey.aclose()

    async def _count_there(self, *limits: Limit) -> list[tuple[int, int]]:
        """One turn for all: counts, sees that each counter ends (also one that lost its end on the way), and asks when."""
        asked = self._connected().pipeline(transaction=False)
        for what, who, _, window in limits:
            digest = hashlib.blake2b(f"{what}\0{who}".encode(), digest_size=16, key=self._secret).hexdigest()
            key = f"chairside:count:{digest}"
            asked.incr(key)
            asked.expire(key, window, nx=True)
            asked.ttl(key)
        found = await asked.execute()
        return [(int(count), int(left)) for count, left in zip(found[::3], found[2::3], strict=True)]

    def _connected(self) -> Redis:
        """Connections belong to a loop, so they begin with the first request."""
        if self._valkey is None:
            pool = BlockingConnectionPool.from_url(
                self.url, max_connections=CONNECTIONS, timeout=PATIENCE, socket_timeout=PATIENCE,
                socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0),
            )  # fmt: skip
            self._valkey = Redis(connection_pool=pool)
        return self._valkey

    async def _count_here(self, *limits: Limit) -> None:
        self.missed += 1
        await self.here.count(*limits)

    def _lost(self, error: BaseException) -> None:
        if not self.away:
            say().warning("counters are not shared: Valkey is away", host=urlsplit(self.url).hostname, **scrubbed(error))
        self.away_until = time.monotonic() + AGAIN_SECONDS

"""Certificates by which notices are signed, fetched from where Amazon keeps them and nowhere else: `notices.CERTIFICATE` has
looked at the address before. Kept for a day, for there is one for months; that one was not to be had, for a minute."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import NamedTuple

from chairside.kernel.outbound import NotReached, Outbound

Fetch = Callable[[str], Awaitable[bytes]]
DAY, MINUTE, MOST = 24 * 3600, 60, 32


class _Known(NamedTuple):
    pem: bytes | None
    until: float


async def fetched(url: str) -> bytes:
    """Refuses NotReached."""
    answer = await Outbound().get(url)
    if answer.status != 200:
        raise NotReached("away")
    return answer.body


class Certificates:
    def __init__(self, fetch: Fetch = fetched) -> None:
        self._fetch = fetch
        self._known: dict[str, _Known] = {}

    def knows(self, url: str) -> bool:
        """Nothing would be fetched for it."""
        return url in self._known and self._known[url].until > monotonic()

    async def get(self, url: str) -> bytes:
        """Refuses NotReached."""
        if not self.knows(url):
            try:
                self._keep(url, await self._fetch(url), DAY)
            except NotReached:
                self._keep(url, None, MINUTE)
        pem = self._known[url].pem
        if pem is None:
            raise NotReached("away")
        return pem

    def _keep(self, url: str, pem: bytes | None, seconds: float) -> None:
        """What is good is not pushed out by addresses that somebody invents."""
        now = monotonic()
        self._known = {one: known for one, known in self._known.items() if known.until > now}
        while len(self._known) >= MOST:
            bad = next((one for one, known in self._known.items() if known.pem is None), next(iter(self._known)))
            del self._known[bad]
        self._known[url] = _Known(pem, now + seconds)

"""Passwords known from breaches elsewhere, asked of Have I Been Pwned by k-anonymity: five of forty digits of a hash leave, among
padding, and a list comes back in which the rest is looked for here. Who cannot be reached is not waited for; the list of common
passwords stands by itself.
"""

import hashlib
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from chairside.kernel.log import say
from chairside.kernel.outbound import NotReached, Outbound

PUBLIC = "https://api.pwnedpasswords.com/range/"
SECONDS = 2.0
AGAIN_SECONDS = 60.0  # after it could not be reached


@dataclass(slots=True)
class Breaches:
    """`url`: of the public service, or of an operator's own copy; empty: nobody is asked."""

    url: str = ""
    outbound: Outbound = field(default_factory=lambda: Outbound(seconds=SECONDS))
    away_until: float = 0.0

    async def has(self, password: str) -> bool:
        """Whether it is known from a breach; also false where nobody can be asked."""
        if not self.url or time.monotonic() < self.away_until:
            return False
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()  # as the service has them
        try:
            answer = await self.outbound.get(self.url + digest[:5], headers={"add-padding": "true"})
        except NotReached as error:
            return self._away(error.reason)
        if answer.status != 200:
            return self._away(str(answer.status))
        for line in answer.body.decode("ascii", "replace").splitlines():
            rest, _, times = line.partition(":")
            if rest.strip() == digest[5:] and times.strip() not in ("", "0"):  # padding is seen no times
                return True
        return False

    def _away(self, reason: str) -> bool:
        self.away_until = time.monotonic() + AGAIN_SECONDS
        say().warning("breached passwords cannot be asked for", code=reason)
        return False


_ASKED = [Breaches()]


def address(setting: str, *, development: bool) -> str:
    """Of whom to ask by CHAIRSIDE_BREACHED; on a developer's machine nobody, unless it is said."""
    if setting == "auto":
        return "" if development else PUBLIC
    return "" if setting == "off" else setting.rstrip("/") + "/"


def ask_at(url: str) -> None:
    """From now on, in this process. A host that is not the public one is the operator's own, and may stand in their network."""
    own = frozenset({urlsplit(url).hostname or ""}) if url and url != PUBLIC else frozenset[str]()
    _ASKED[0] = Breaches(url, Outbound(own=own, seconds=SECONDS))


def breaches() -> Breaches:
    return _ASKED[0]

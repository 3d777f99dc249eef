"""What keeps the keys that keep the keys: a key-encryption key wraps and unwraps data keys, and never leaves its place."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from chairside.kernel.refusals import Busy

KEY_BYTES = 32
Context = Mapping[str, str]
"""What a data key is for; it opens for nothing else."""


class KeysAway(Busy):
    """The keys cannot be reached at the moment; please try again."""


class WrongKey(Exception):
    """This key-encryption key does not open what it is given: it is another one, or the wrapped key was changed."""


class Wrapped(NamedTuple):
    """A data key as it is stored, and the id of what wraps it."""

    kek: str
    bytes: bytes


class KeyPort(Protocol):
    """Both implementations stand under one contract test. Each may refuse KeysAway; what recovers by itself is tried again."""

    async def newest(self) -> str:
        """The id of the key that wraps from now on."""

    async def generate(self, context: Context) -> tuple[bytes, Wrapped]:
        """A new data key, in plain and wrapped."""

    async def unwrap(self, wrapped: Wrapped, context: Context) -> bytes:
        """Raises WrongKey."""

    async def rewrap(self, wrapped: Wrapped, context: Context) -> Wrapped:
        """The same data key under the newest key. Raises WrongKey."""


def said(context: Context) -> bytes:
    """A context in one way only."""
    return b"".join(_sized(part) for pair in sorted(context.items()) for part in pair)


def _sized(part: str) -> bytes:
    written = part.encode()
    return len(written).to_bytes(4, "big") + written

"""Data keys in this process: fetched, unwrapped, kept for a while."""

import asyncio
from collections import OrderedDict
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

from chairside.kernel.envelope import DoesNotOpen, Key
from chairside.kernel.keys.port import KeyPort, Wrapped, WrongKey
from chairside.kernel.op import Op

MOST = 4096
LIFE_SECONDS = 600.0
NEWEST_SECONDS = 10.0
"""After so long nobody seals under a key that was followed by another: whoever rotates waits for it."""
OURS = """
    select clinic_key.version, clinic_key.kek, clinic_key.wrapped,
           coalesce(clinic_key.made_in = pg_current_xact_id_if_assigned(), false) as fresh
      from clinic_key
     where clinic_key.wrapped is not null
     order by clinic_key.version desc
"""
ADD = """
    insert into clinic_key (version, kek, wrapped)
    values (%(version)s, %(kek)s, %(wrapped)s)
    on conflict (clinic_id, version) do nothing
"""
DEPLOYMENTS = """
    select deployment_key.version, deployment_key.kek, deployment_key.wrapped,
           coalesce(deployment_key.made_in = pg_current_xact_id_if_assigned(), false) as fresh
      from deployment_key
     where deployment_key.wrapped is not null
     order by deployment_key.version desc
"""
ADD_TO_DEPLOYMENT = """
    insert into deployment_key (version, kek, wrapped)
    values (%(version)s, %(kek)s, %(wrapped)s)
    on conflict (version) do nothing
"""
DEPLOYMENT = UUID(int=0)


class Found(NamedTuple):
    """A data key as it lies; `fresh`: made by this very transaction, which may yet be undone."""

    version: int
    kek: str
    wrapped: bytes
    fresh: bool


def context(owner: UUID, version: int) -> dict[str, str]:
    """A wrapped key that is put in the place of another clinic's does not open."""
    return {"app": "chairside", "owner": str(owner), "version": str(version)}


class Keeping:
    def __init__(self, port: KeyPort) -> None:
        self.port = port
        self.unwrapped = 0
        """How often the port was asked."""
        self._keys: OrderedDict[tuple[UUID, int], tuple[Key, float]] = OrderedDict()
        self._newest: OrderedDict[UUID, tuple[int, float]] = OrderedDict()
        self._asking: dict[tuple[UUID, int, bytes], asyncio.Future[bytes]] = {}

    async def newest(self, op: Op, owner: UUID) -> Key:
        """Refuses KeysAway."""
        version, until = self._newest.get(owner, (0, 0.0))
        if monotonic() < until and (key := self._kept(owner, version)):
            return key
        asked_at = monotonic()
        found = await self.wrapped(op, owner)
        if not found:
            return await self._first(op, owner)
        version, one = found[0]
        key = await self._unwrap(owner, one)
        if not one.fresh:
            self._newest[owner] = (version, asked_at + NEWEST_SECONDS)
            self._shorten(self._newest)
        return key

    async def of_version(self, op: Op, owner: UUID, version: int) -> Key | None:
        """None when there is none, or none any more. Refuses KeysAway."""
        if key := self._kept(owner, version):
            return key
        one = dict(await self.wrapped(op, owner)).get(version)
        return await self._unwrap(owner, one) if one else None

    async def all_of(self, op: Op, owner: UUID) -> list[Key]:
        """The newest first; at least one. Refuses KeysAway."""
        newest = await self.newest(op, owner)
        others = [one for version, one in await self.wrapped(op, owner) if version != newest.version]
        return [newest, *[await self._unwrap(owner, one) for one in others]]

    async def wrapped(self, op: Op, owner: UUID) -> list[tuple[int, Found]]:
        if owner == DEPLOYMENT:
            return [(one.version, one) for one in await op.db.all(Found, DEPLOYMENTS)]
        return [(one.version, one) for one in await op.db.all(Found, OURS)]

    async def add(self, op: Op, owner: UUID, version: int) -> None:
        """Another data key, unless somebody was faster. Refuses KeysAway."""
        _, (kek, wrapped) = await self.port.generate(context(owner, version))
        if owner == DEPLOYMENT:
            await op.db.run(ADD_TO_DEPLOYMENT, version=version, kek=kek, wrapped=wrapped)
        else:
            await op.db.run(ADD, version=version, kek=kek, wrapped=wrapped)

    def look_again(self, owner: UUID) -> None:
        """Whether there is a newer key: at once, not after a while."""
        self._newest.pop(owner, None)

    def forget(self) -> None:
        self._keys.clear()
        self._newest.clear()

    async def _first(self, op: Op, owner: UUID) -> Key:
        await self.add(op, owner, 1)
        (_, one), *_ = await self.wrapped(op, owner)
        return await self._unwrap(owner, one)

    async def _unwrap(self, owner: UUID, one: Found) -> Key:
        """What this transaction made is not kept: if it is undone, nobody may have used the key. Raises DoesNotOpen."""
        if key := self._kept(owner, one.version):
            return key
        asked = (owner, one.version, one.wrapped)
        asking = self._asking.get(asked)
        if asking is None:  # once, however many wait, and whoever of them goes away meanwhile
            wrapped = Wrapped(one.kek, one.wrapped)
            asking = self._asking[asked] = asyncio.ensure_future(self.port.unwrap(wrapped, context(owner, one.version)))
            asking.add_done_callback(lambda _: self._asking.pop(asked))
            self.unwrapped += 1
        try:
            key = Key(one.version, await asyncio.shield(asking))
        except WrongKey:
            raise DoesNotOpen(f"the data key is wrapped by {one.kek}, which is not here") from None
        if not one.fresh:
            self._keys[owner, one.version] = key, monotonic() + LIFE_SECONDS
            self._shorten(self._keys)
        return key

    def _kept(self, owner: UUID, version: int) -> Key | None:
        key, until = self._keys.get((owner, version), (None, 0.0))
        if key and monotonic() < until:
            self._keys.move_to_end((owner, version))
            return key
        self._keys.pop((owner, version), None)
        return None

    @staticmethod
    def _shorten(kept: OrderedDict[Any, Any]) -> None:
        while len(kept) > MOST:
            kept.popitem(last=False)

"""Seals what is over, and signs where the chains end. Several workers may: one at a time does."""

import asyncio
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.compliance.places import Place, last
from chairside.compliance.rules.checkpoints import SIGNED, Checkpoint, Ring
from chairside.kernel.db import Db, Source
from chairside.kernel.log import say

MOST_ROWS = 5000  # in one transaction
MOST_CHECKPOINTS = 500
SEAL = "select sealed, more from app.seal(%(most)s::int)"
UNSIGNED = "select clinic_id, number, seq, hash from app.unsigned_heads(%(most)s::int)"
KEEP = """
    select app.keep_checkpoint(%(clinic_id)s::uuid, %(number)s::bigint, %(kind)s::text, %(seq)s::bigint, %(hash)s::bytea,
                               %(at)s::timestamptz, %(key_id)s::text, %(signature)s::bytea)
"""
SIGN_SECONDS = 45  # less than a transaction may wait for us


class Sealed(NamedTuple):
    rows: int
    more: bool


class Head(NamedTuple):
    clinic_id: UUID
    number: int
    seq: int
    hash: bytes


async def seal(source: Source, *, most: int = MOST_ROWS) -> int:
    """Everything that can be sealed now; how many rows that was. Rows of a transaction that still runs, or that began after one
    which still runs, come later."""
    done = 0
    while True:
        db = Db(source)
        try:
            batch = await db.one(Sealed, SEAL, most=most)
            await db.commit()
        except BaseException:
            await db.undo()
            raise
        if batch is None:  # somebody else is at it
            return done
        done += batch.rows
        if not batch.more:
            return done


class Signer:
    """Signs for as long as it lives; it remembers how far the second place is."""

    def __init__(self, ring: Ring, place: Place) -> None:
        self.ring, self.place = ring, place
        self._there: dict[UUID, int] = {}

    async def sign(self, source: Source, *, now: datetime) -> int:
        """A checkpoint for every chain that grew: first in the second place, then in the database. A crash between the two
        leaves one too many there, which does no harm. How many."""
        done = 0
        while True:
            db = Db(source)
            try:
                heads = await db.all(Head, UNSIGNED, most=MOST_CHECKPOINTS)
                async with asyncio.timeout(SIGN_SECONDS):
                    checkpoints = [self._checkpoint(one, now) for one in heads if await self._follows(one)]
                    await asyncio.to_thread(self.place.keep, checkpoints)
                for one in checkpoints:
                    db.with_next(
                        KEEP, clinic_id=one.clinic_id, number=one.number, kind=one.kind, seq=one.seq, hash=one.hash, at=one.at,
                        key_id=one.key_id, signature=one.signature,
                    )  # fmt: skip
                await db.commit()
            except BaseException:
                self._there.clear()
                await db.undo()
                raise
            self._there |= {one.clinic_id: one.number for one in checkpoints}
            done += len(checkpoints)
            if len(heads) < MOST_CHECKPOINTS or not checkpoints:
                return done

    def _checkpoint(self, head: Head, now: datetime) -> Checkpoint:
        return self.ring.sign(Checkpoint(head.clinic_id, head.number, SIGNED, head.seq, head.hash, now))

    async def _follows(self, head: Head) -> bool:
        """Not when the second place is further than the database: a backup was restored, and somebody must say so first."""
        if self._there.get(head.clinic_id) != head.number - 1:
            self._there[head.clinic_id] = await asyncio.to_thread(last, self.place, head.clinic_id)
        if self._there[head.clinic_id] > head.number:
            say().error("audit not signed: the second place is ahead, see `audit restored`", clinic_id=str(head.clinic_id))
            return False
        return True

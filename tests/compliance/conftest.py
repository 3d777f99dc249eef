"""A clinic whose audit is sealed and signed, and the second place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import make_conninfo

from chairside.compliance.actions.sealing import Signer, seal
from chairside.compliance.places import Folder
from chairside.compliance.queries.chain import Verified, look_through
from chairside.compliance.rules.checkpoints import Ring, new_key
from chairside.kernel import clock
from chairside.kernel.db import Db
from chairside.kernel.pool import Pool


class Sealed:
    """What a worker does, at once; and what a person finds who looks."""

    def __init__(self, pool: Pool, owner: Pool, folder: Path) -> None:
        self.pool, self.owner = pool, owner
        self.place, self.ring = Folder(folder), Ring.read(new_key())

    async def seal(self) -> int:
        return await seal(self.pool)

    async def sign(self) -> int:
        return await Signer(self.ring, self.place).sign(self.pool, now=clock.now())

    async def look(self, clinic: Any, db: Db | None = None) -> Verified:
        mine = db or Db(self.owner)
        try:
            return await look_through(mine, clinic_id=clinic.id, place=self.place, ring=self.ring)
        finally:
            if db is None:
                await mine.undo()

    @asynccontextmanager
    async def tampering(self) -> AsyncIterator[Db]:
        """As the owner of every table, in a transaction that is undone."""
        db = Db(self.owner)
        try:
            yield db
        finally:
            await db.undo()


@pytest.fixture(scope="session")
async def owner(admin: str, conninfo: str) -> AsyncIterator[Pool]:
    async with Pool(make_conninfo(admin, dbname="chairside"), size=2) as pool:
        yield pool


@pytest.fixture
def sealed(pool: Pool, owner: Pool, tmp_path: Path) -> Sealed:
    return Sealed(pool, owner, tmp_path / "second")

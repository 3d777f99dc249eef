from dataclasses import replace

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.app import build, enveloped
from chairside.kernel.pool import Pool
from chairside.kernel.settings import Settings
from tests.conftest import DATABASE, opened
from tests.undone import Undone
from tests.walls.world import World, make


@pytest.fixture(scope="session")
async def worlds(settings: Settings, pool: Pool, admin: str, conninfo: str) -> tuple[World, World]:
    """Two clinics with one of everything. What is asked of them is undone at once, so that each request finds the same."""
    many = 10**9
    app = build(replace(settings, letters_per_clinic=many, letters_per_address=many))
    app.state.pool = pool
    whole = enveloped(app)
    transport = httpx.ASGITransport(whole)
    async with httpx.AsyncClient(transport=transport, base_url="http://chairside.test/api/v1") as client:
        with psycopg.connect(make_conninfo(admin, dbname=DATABASE)) as db:
            made = [await make(await opened(name, pool, client), whole, db) for name in ("north", "south")]
            db.rollback()
    app.state.pool = Undone(pool)
    return made[0], made[1]

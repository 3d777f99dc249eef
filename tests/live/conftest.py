import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
import uvicorn
from fastapi import FastAPI
from psycopg.conninfo import make_conninfo

from chairside import identity
from chairside.app import build, enveloped
from chairside.kernel.op import begin
from chairside.kernel.settings import Settings
from tests.conftest import DATABASE, NOON

JOIN = """
    with person as (
        insert into principal (email, name) values (%(email)s, 'Rada Ilie') returning id
    ), member as (
        insert into membership (principal_id, name, email) select person.id, 'Rada Ilie', %(email)s from person
        returning principal_id
    )
    insert into membership_role (principal_id, role_slug) select principal_id, %(role)s from member
    returning principal_id
"""


class Served:
    """The app on a port, as another process would have it: it knows of what happens by the database alone."""

    def __init__(self, app: FastAPI, url: str) -> None:
        self.app, self.url = app, url

    @property
    def hub(self) -> Any:
        return self.app.state.live


async def serve(settings: Settings) -> AsyncIterator[Served]:
    app = build(settings)
    config = uvicorn.Config(enveloped(app), port=0, lifespan="on", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    running = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Served(app, f"http://127.0.0.1:{port}")
    app.state.live.close()
    server.should_exit = True
    await running


@pytest.fixture(scope="package")
async def served(settings: Settings) -> AsyncIterator[Served]:
    """With two connections to the database for all that listen."""
    async for one in serve(replace(settings, pool_size=2)):
        yield one


@pytest.fixture
def by_hand(admin: str) -> Callable[..., Any]:
    """What has no door yet, done in a clinic by the administrator and committed; the first value."""

    def run(clinic: Any, query: str, **values: Any) -> Any:
        with psycopg.connect(make_conninfo(admin, dbname=DATABASE)) as db:
            db.execute("select app.act(%s, %s, null, null, 'a test')", [clinic.id, clinic.owner_id])
            found = db.execute(query, values)
            return found.fetchone()[0] if found.description else None

    return run


@pytest.fixture
def join(by_hand: Any, pool: Any) -> Callable[..., Awaitable[tuple[UUID, str]]]:
    """Somebody begins to work in a clinic: their id and a session of theirs."""

    async def join_(clinic: Any, role: str, idle_minutes: int = 10**6) -> tuple[UUID, str]:
        email = f"{role}-{secrets.token_hex(4)}@example.test"
        id = by_hand(clinic, JOIN, email=email, role=role)
        life = identity.Life(idle_minutes=idle_minutes, hours=10**4)
        async with begin(pool, NOON) as op:
            session = await identity.open_session(op, principal_id=id, life=life, address="127.0.0.1", agent="tests")
        return id, session.token

    return join_

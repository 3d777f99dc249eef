"""A real PostgreSQL, the app's own weak role, and two clinics in every test."""

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from argon2 import PasswordHasher
from psycopg.conninfo import make_conninfo
from xdist.scheduler import LoadScopeScheduling

from chairside import identity, tenancy
from chairside.app import build, enveloped
from chairside.identity import passwords
from chairside.kernel import embedded, keys, migrate, store, vault
from chairside.kernel.op import Op, begin
from chairside.kernel.pool import Pool
from chairside.kernel.settings import Settings
from chairside.tenancy.permissions import TEMPLATES
from tests.given import Given
from tests.operations import started

HERE = Path(__file__).parent
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
DATABASE = "chairside"
SCREENS = "tests/journeys/test_every_screen.py"
FILES = TemporaryDirectory(prefix="chairside-files-")
OWNER = frozenset(TEMPLATES["owner"][1])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first."""
    items.sort(key=lambda item: item.path.relative_to(HERE).parts[0] != "journeys")


class Beside(LoadScopeScheduling):
    """Of two workers one drives the browser through every journey, while the other looks at every screen and then does the rest file
    by file: what takes longest is shared between them, and no world of rows is made twice."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "journeys" if file.startswith("tests/journeys/") and file != SCREENS else file


@pytest.hookimpl(optionalhook=True)  # only with -n
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Beside:
    config.option.loadscopereorder = False
    return Beside(config, log)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def admin() -> Iterator[str]:
    with TemporaryDirectory() as folder, embedded.running(Path(folder), fsync="off") as admin:
        yield admin


@pytest.fixture(scope="session")
def conninfo(admin: str) -> str:
    """The migrated database, as the app sees it. Argon2 is made cheap: it is not what these tests are about."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    password = secrets.token_urlsafe(24)
    migrate.prepare(admin, DATABASE, password)
    migrate.migrate(admin, DATABASE)
    return make_conninfo(admin, dbname=DATABASE, user="chairside_app", password=password)


@pytest.fixture
def root(admin: str, conninfo: str) -> Iterator[psycopg.Connection]:
    """The administrator, in a transaction that is always undone."""
    with psycopg.connect(make_conninfo(admin, dbname=DATABASE)) as db:
        yield db
        db.rollback()


@pytest.fixture(scope="session")
async def pool(conninfo: str, settings: Settings) -> AsyncIterator[Pool]:
    """What an app opens when its life begins; the tests' app has none."""
    vault.open_with(keys.chosen(settings))
    store.open_with(settings)
    async with Pool(conninfo, size=8) as pool:
        yield pool


@pytest.fixture(scope="session")
def settings(conninfo: str) -> Settings:
    many = 10**9
    return Settings(
        app_url=conninfo,
        keyring=started.keyring(),
        files=FILES.name,
        requests_per_principal=many,
        requests_per_address=many,
        sign_ups_per_address=many,
        bookings_per_address=many,
        session_hours=10**4,
        guesses_per_network=many,
        guesses_everywhere=many,
    )


@pytest.fixture(scope="session")
async def http(settings: Settings, pool: Pool) -> AsyncIterator[httpx.AsyncClient]:
    """The whole app, without a socket between."""
    app = build(settings)
    app.state.pool = pool
    transport = httpx.ASGITransport(enveloped(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://chairside.test/api/v1") as client:
        yield client


@dataclass
class Clinic:
    """A clinic and the person who asks in it."""

    id: UUID
    slug: str
    owner_id: UUID
    email: str
    pool: Pool
    http: httpx.AsyncClient
    token: str

    @asynccontextmanager
    async def op(self, *, grants: frozenset[str] = OWNER, now: datetime = NOON) -> AsyncIterator[Op]:
        async with begin(self.pool, now, "a test") as op:
            await op.act_for(self.id, actor_id=self.owner_id, grants=grants)
            yield op

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request of the clinic; every POST has a fresh idempotency key unless it names one."""
        headers = {"authorization": f"Bearer {self.token}"}
        if method == "POST":
            headers["idempotency-key"] = secrets.token_hex(8)
        if (version := more.pop("version", None)) is not None:
            headers["if-match"] = f'"{version}"'
        headers |= more.pop("headers", {})
        return await self.http.request(method, f"/clinics/{self.slug}{path}", headers=headers, **more)


async def opened(
    name: str,
    pool: Pool,
    http: httpx.AsyncClient,
    *,
    timezone: str = "Europe/Bucharest",
    currency: str = "RON",
    locale: str = "ro",
) -> Clinic:
    """A clinic, its owner signed in."""
    slug = f"{name}-{secrets.token_hex(4)}"
    email = f"{slug}@example.test"
    async with begin(pool, NOON) as op:
        clinic, principal_id = await tenancy.sign_up(
            op, name=name, slug=slug, timezone=timezone, locale=locale, currency=currency,
            owner_name="Ana Dinu", email=email, password=PASSWORD,
        )  # fmt: skip
        life = identity.Life(idle_minutes=10**6, hours=10**4)
        session = await identity.open_session(op, principal_id=principal_id, life=life, address="127.0.0.1", agent="tests")
    return Clinic(clinic.id, slug, principal_id, email, pool, http, session.token)


@pytest.fixture
async def open_clinic(pool: Pool, http: httpx.AsyncClient) -> Any:
    async def open_(name: str, **more: str) -> Clinic:
        return await opened(name, pool, http, **more)

    return open_


@pytest.fixture
async def north(open_clinic: Any) -> Clinic:
    return await open_clinic("north")


@pytest.fixture
async def south(open_clinic: Any) -> Clinic:
    return await open_clinic("south")


@pytest.fixture
def given() -> Given:
    return Given()

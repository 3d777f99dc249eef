import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import trustme

from chairside.app import build, enveloped
from chairside.kernel import clock
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.kernel.settings import Settings
from chairside.messaging import posts
from chairside.messaging.actions.delivery import deliver
from chairside.messaging.certificates import Certificates
from tests.messaging import amazon
from tests.messaging.amazon import Signer


@pytest.fixture(autouse=True)
def post() -> Iterator[Callable[[Any], None]]:
    """`post(smtp)`: letters go this way until the test is over."""
    before = dict(posts._CHOSEN)

    def choose(way: Any) -> None:
        posts._CHOSEN.update(post=way, origin="https://chairside.test")

    yield choose
    posts._CHOSEN.update(before)


@pytest.fixture
def work(north: Any) -> Callable[[UUID], Any]:
    """What the job does, once."""

    async def work_(message_id: UUID, clinic: Any = north) -> None:
        async with begin(clinic.pool, clock.now(), "job") as op:
            await op.act_for(clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
            await deliver(op, message_id=message_id)

    return work_


@pytest.fixture
def state(north: Any, root: Any) -> Callable[[UUID], tuple[str, str | None, int]]:
    def state_(message_id: UUID) -> tuple[str, str | None, int]:
        root.rollback()
        found = root.execute("select status, reason, attempts from message where id = %s", [message_id]).fetchone()
        assert found
        return found

    return state_


@pytest.fixture
def invited(north: Any, root: Any) -> Callable[..., Any]:
    """Somebody is invited; answers the invitation and the id of its newest letter."""

    async def invited_(email: str = "ion@example.test", **more: Any) -> tuple[dict[str, Any], UUID]:
        answer = await north.ask("POST", "/invitations", json={"email": email, "roles": ["receptionist"], **more})
        assert answer.status_code == 201, answer.text
        root.rollback()
        letters = "select id from message where invitation_id = %s order by id desc limit 1"
        return answer.json(), root.execute(letters, [answer.json()["id"]]).fetchone()[0]

    return invited_


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer()


@pytest.fixture
async def amazons(signer: Signer, tmp_path: Path) -> AsyncIterator[amazon.Host]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    async with amazon.Host(authority, str(tmp_path / "ca.pem"), signer).running() as host:
        yield host


@pytest.fixture
async def sns(settings: Settings, pool: Any, amazons: amazon.Host) -> AsyncIterator[Callable[[Any], Any]]:
    """Posts as SNS does."""
    app = build(replace(settings, aws_topics=f"{amazon.TOPIC}, arn:aws:sns:us-east-1:123456789012:other"))
    app.state.pool = pool
    app.state.certificates = Certificates(amazons.fetch)
    transport = httpx.ASGITransport(enveloped(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://chairside.test") as client:

        async def post(fields: Any) -> httpx.Response:
            body = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
            return await client.post("/api/v1/notices/aws", content=body, headers={"content-type": "text/plain; charset=UTF-8"})

        yield post

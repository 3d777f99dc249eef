from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from chairside.kernel import clock
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import posts
from chairside.messaging.actions.delivery import deliver


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

from typing import Any

import pytest

from chairside.exchange.actions import undoing
from tests.exchange import brought


@pytest.fixture
def drain(conninfo: str, pool: Any) -> Any:
    """The worker's code, until there is nothing to do."""

    async def drain_() -> None:
        await brought.drain(conninfo, pool)

    return drain_


@pytest.fixture
def by_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few they are, a job takes them out."""
    monkeypatch.setattr(undoing, "AT_ONCE", 0)


@pytest.fixture
def undone(drain: Any) -> Any:
    """An import, undone to its end."""

    async def undone_(clinic: Any, found: dict[str, Any]) -> dict[str, Any]:
        answer = await clinic.ask("POST", f"/imports/{found['id']}/undo")
        assert answer.status_code in (200, 202), answer.text
        if answer.status_code == 202:
            await drain()
        gone: dict[str, Any] = await brought.seen(clinic, found)
        assert gone["status"] == "undone", gone["error"]
        return gone

    return undone_


@pytest.fixture
def bring(drain: Any) -> Any:
    """A file, imported to its end."""

    async def bring_(clinic: Any, content: bytes, **mapping: Any) -> dict[str, Any]:
        found = await brought.uploaded(clinic, content)
        assert found["status"] == "analysed", found["error"]
        if mapping:
            corrected = await clinic.ask("PUT", f"/imports/{found['id']}/mapping", json=mapping)
            assert corrected.status_code == 200, corrected.text
        await brought.started(clinic, found)
        await drain()
        done = await brought.seen(clinic, found)
        assert done["status"] == "done", done["error"]
        return done

    return bring_

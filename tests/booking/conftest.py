import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from chairside.kernel import clock

WHO = {"first_name": "Maria", "last_name": "Ionescu", "mobile": "+40 722 123 456", "consent": True}


@pytest.fixture
def later(monkeypatch):
    """From then on it is so much later."""
    plain = clock.now

    def later_(**by):
        monkeypatch.setattr(clock, "now", lambda: plain() + timedelta(**by))

    return later_


@dataclass
class Page:
    """A clinic whose booking page is open, and anybody who looks at it."""

    clinic: Any
    given: Any
    provider: Any
    operatory: Any
    service: Any
    sent: dict[str, Any] = field(default_factory=dict)

    async def set(self, **more: Any) -> Any:
        services = [{"service_id": str(self.service.id), "provider_ids": [str(self.provider.id)]}]
        self.sent = {"open": True, "notice_hours": 2, "change_hours": 24, "services": services, **self.sent, **more}
        answer = await self.clinic.ask("PUT", "/booking-page", json=self.sent)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def anybody(self, method: str, path: str = "", **more: Any) -> Any:
        """Without a session."""
        return await self.clinic.http.request(method, f"/public/clinics/{self.clinic.slug}{path}", **more)

    async def link(self, method: str, token: str, path: str = "", **more: Any) -> Any:
        return await self.clinic.http.request(method, f"/links/{token}{path}", **more)

    async def times(self, **query: Any) -> list[datetime]:
        asked = {"service_id": str(self.service.id), "days": 14, **query}
        answer = await self.anybody("GET", "/openings", params=asked)
        assert answer.status_code == 200, answer.text
        return [datetime.fromisoformat(slot["starts_at"]) for slot in answer.json()["slots"]]

    async def time(self) -> datetime:
        """One that a deadline of a day is still far from."""
        return next(at for at in await self.times() if at > clock.now() + timedelta(days=3))

    async def keep(self, at: datetime | None = None, **more: Any) -> Any:
        at = at or await self.time()
        body = {"service_id": str(self.service.id), "starts_at": at.isoformat(), **more}
        return await self.anybody("POST", "/holds", json=body)

    async def kept(self, at: datetime | None = None, **more: Any) -> dict[str, Any]:
        answer = await self.keep(at, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def book(self, hold: dict[str, Any], **more: Any) -> Any:
        return await self.anybody("POST", "/bookings", json={"hold": hold["token"], **WHO, **more})

    async def booked(self, at: datetime | None = None, **more: Any) -> dict[str, Any]:
        answer = await self.book(await self.kept(at), **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def visits(self) -> list[dict[str, Any]]:
        """All that are still to be."""
        since = clock.now() - timedelta(days=2)
        asked = {"from": since.date().isoformat(), "to": (since + timedelta(days=90)).date().isoformat()}
        answer = await self.clinic.ask("GET", "/appointments", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def patients(self) -> list[dict[str, Any]]:
        return (await self.clinic.ask("GET", "/patients")).json()["items"]


@pytest.fixture
async def page(north: Any, given: Any) -> Page:
    page = Page(
        north, given, await given.provider(north), await given.operatory(north), await given.service(north, minutes=30)
    )  # fmt: skip
    await page.set()
    return page


def never() -> str:
    return secrets.token_urlsafe(32)

"""A clinic with a free time, people who wait, phones that keep what they are sent, and time that passes as a test wants it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from chairside import messaging
from chairside.filling.actions.waves import send_waves
from chairside.kernel import clock
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import phones, posts
from chairside.messaging.actions.delivery import deliver
from tests.messaging.servers import Handler, MailServer

ALL_DAY = {"undo_minutes": 0, "quiet_from": time(0), "quiet_until": time(0), "tell_changes": True, "version": 0}


class Phone:
    """`broken`: numbers at which nothing arrives."""

    delivers = True

    def __init__(self) -> None:
        self.texts: list[phones.Text] = []
        self.broken: set[str] = set()

    async def hand_over(self, text: phones.Text, about_to: posts.Ask) -> str:
        if text.number in self.broken:
            raise posts.Never("rejected")
        if await about_to():
            self.texts.append(text)
        return f"sms-{len(self.texts)}"


@dataclass
class Gap:
    """`now` is what the minute's job takes for the time; requests go by `clock.now`, which is set to the same."""

    clinic: Any
    given: Any
    root: Any
    phone: Phone
    letters: list[Any]
    provider: Any
    service: Any
    set_clock: Any
    now: datetime = field(default_factory=clock.now)
    numbers: Any = field(default_factory=lambda: itertools.count(100))

    def __post_init__(self) -> None:
        self.pass_(minutes=0)
        self.starts_at = (self.now + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)
        self.ends_at = self.starts_at + timedelta(minutes=60)

    def pass_(self, **by: float) -> None:
        self.now += timedelta(**by)
        self.set_clock(self.now)

    async def quiet(self, **more: Any) -> None:
        async with self.clinic.op() as op:
            await messaging.set_cascade(op, rules=[], **ALL_DAY | more)

    async def wait(self, name: str, *, by: str = "sms", urgent: bool = False, **more: Any) -> Any:
        """Somebody on the waiting list; who comes first waits longest."""
        value = f"0722 333 {next(self.numbers)}" if by == "sms" else f"{name.lower()}@example.test"
        contacts = [{"type": "mobile" if by == "sms" else "email", "value": value, "is_primary": True}] if by else []
        patient = await self.given.patient(self.clinic, name, contacts=contacts)
        body = {"patient_id": str(patient.id), "service_id": str(self.service.id), "urgent": urgent, **more}
        answer = await self.clinic.ask("POST", "/waitlist", json=body)
        assert answer.status_code == 201, answer.text
        return patient

    async def begin(self, **more: Any) -> Any:
        body = {
            "provider_id": str(self.provider.id), "starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat(),
            "wave_size": 2, "wave_minutes": 15, **more,
        }  # fmt: skip
        return await self.clinic.ask("POST", "/opening-fills", json=body)

    async def begun(self, **more: Any) -> dict[str, Any]:
        answer = await self.begin(**more)
        assert answer.status_code == 201, answer.text
        await self.tick()
        return answer.json()

    async def tick(self) -> None:
        """What the minute's job does, and then the outbox."""
        await send_waves(self.clinic.pool, now=self.now)
        await self.outbox()

    async def outbox(self) -> None:
        for (id,) in self.asked("select id from message where clinic_id = %s and status in ('queued', 'sending') order by id"):
            async with begin(self.clinic.pool, self.now, "job") as op:
                await op.act_for(self.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
                await deliver(op, message_id=id)

    def asked(self, query: str) -> list[Any]:
        self.root.rollback()
        return self.root.execute(query, [self.clinic.id]).fetchall()

    async def seen(self) -> dict[str, Any]:
        """What the desk sees, the newest."""
        query = {
            "provider_id": str(self.provider.id), "starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat(),
        }  # fmt: skip
        answer = await self.clinic.ask("GET", "/opening-fills", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"][0]

    async def states(self) -> dict[str, str]:
        return {one["patient"]["first_name"]: one["status"] for one in (await self.seen())["offers"]}

    def said(self) -> list[str]:
        """The texts that offered the time."""
        return [one.body for one in self.phone.texts if "/offer/" in one.body]

    def gone(self) -> list[str]:
        return [one.number for one in self.phone.texts if "/offer/" not in one.body]

    def tokens(self) -> list[str]:
        """Of the texts, in the order in which they went."""
        return [re.search(r"/offer/(\S+)", body)[1] for body in self.said()]  # type: ignore[index]

    async def link(self, method: str, token: str, path: str = "", **more: Any) -> Any:
        return await self.clinic.http.request(method, f"/offers/{token}{path}", **more)

    async def yes(self, token: str) -> Any:
        return await self.link("POST", token, "/acceptance")

    async def visits(self) -> list[dict[str, Any]]:
        since = self.now.date() - timedelta(days=1)
        asked = {"from": since.isoformat(), "to": (since + timedelta(days=80)).isoformat()}
        found = (await self.clinic.ask("GET", "/appointments", params=asked)).json()["items"]
        return [one for one in found if one["status"] not in ("cancelled", "no_show")]

    async def book(self, patient: Any = None, **more: Any) -> Any:
        body = {
            "patient_id": str((patient or await self.given.patient(self.clinic, "Zoe")).id),
            "provider_id": str(self.provider.id), "service_id": str(self.service.id),
            "starts_at": self.starts_at.isoformat(), **more,
        }  # fmt: skip
        answer = await self.clinic.ask("POST", "/appointments", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture
def phone() -> Iterator[Phone]:
    before, phones._CHOSEN["phone"] = phones._CHOSEN["phone"], Phone()
    yield phones._CHOSEN["phone"]
    phones._CHOSEN["phone"] = before


@pytest.fixture
async def gap(north: Any, given: Any, root: Any, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> Any:
    before = dict(posts._CHOSEN)
    with MailServer(Handler()) as server:
        posts._CHOSEN.update(post=server.post(), origin="https://chairside.test")
        gap = Gap(
            north, given, root, phone, server.handler.letters, await given.provider(north), await given.service(north),
            lambda at: monkeypatch.setattr(clock, "now", lambda: at),
        )  # fmt: skip
        await gap.quiet()
        yield gap
    posts._CHOSEN.update(before)

"""Somebody who listens over a real connection."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple

import httpx


class Frame(NamedTuple):
    name: str
    what: dict[str, Any]
    position: str


class Listener:
    """Every frame as it comes; `position` is where it is, as a browser keeps it."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.position = ""
        self.over = asyncio.Event()
        self._came = asyncio.Event()

    @property
    def events(self) -> list[Frame]:
        return [frame for frame in self.frames if "." in frame.name]

    def names(self) -> list[str]:
        return [frame.name for frame in self.frames]

    async def hears(self, name: str, *, count: int = 1, seconds: float = 8) -> Frame:
        """Waits for so many frames of a name; the last of them."""

        async def enough() -> Frame:
            while True:
                self._came.clear()
                found = [frame for frame in self.frames if frame.name == name]
                if len(found) >= count:
                    return found[-1]
                await self._came.wait()

        try:
            return await asyncio.wait_for(enough(), seconds)
        except TimeoutError:
            raise AssertionError(f"no {name} among {self.names()}") from None

    async def read(self, answer: httpx.Response) -> None:
        name, data = "", ""
        with suppress(httpx.TransportError):
            async for line in answer.aiter_lines():
                field, _, value = line.partition(": ")
                if field == "id":
                    self.position = value
                elif field == "event":
                    name = value
                elif field == "data":
                    data = value
                elif not line and data:
                    self.frames.append(Frame(name, json.loads(data), self.position))
                    name = data = ""
                    self._came.set()
        self.over.set()


@asynccontextmanager
async def listening(
    url: str, clinic: Any, *, token: str = "", after: str = "", seen_as: str = "", **query: Any
) -> AsyncIterator[Listener]:
    headers = {"authorization": f"Bearer {token or clinic.token}"} | ({"last-event-id": after} if after else {})
    headers |= {"x-see-as": seen_as} if seen_as else {}
    address = f"{url}/api/v1/clinics/{clinic.slug}/stream"
    listener = Listener()
    async with httpx.AsyncClient(timeout=30) as client, client.stream("GET", address, params=query, headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["content-type"].startswith("text/event-stream")
        reading = asyncio.ensure_future(listener.read(answer))
        try:
            await listener.hears("open")
            yield listener
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading

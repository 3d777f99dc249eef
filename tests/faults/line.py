"""One person's line to a clinic: asks the same again, under the same key, until the answer is definite."""

import json
import random
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

AGAIN = {
    409: ("IdempotencyKeyInFlight",),
    429: ("TooManyRequests",),
    503: ("Busy", "DatabaseAway", "PerhapsSaved"),
    504: ("TooSlow",),
}
PATIENCE = 45.0
PAUSE = 0.1
SLOW = 12.0  # longer than the pool waits
PASSWORD = "correct horse battery"


@dataclass
class Journal:
    """What the clients were told, and how often they had to ask again. Shared by all of them; a line in the file for each act."""

    path: Path
    acts: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    longest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledged(self, act: str, **facts: Any) -> None:
        with self.lock:
            self.acts[act] += 1
            with self.path.open("a") as file:
                file.write(json.dumps({"act": act, "at": time.time(), **facts}, default=str) + "\n")

    def asked_again(self, why: str, seconds: float) -> None:
        with self.lock:
            self.again[why] += 1
            self.longest = max(self.longest, seconds)

    def finds_strange(self, what: str) -> None:
        with self.lock:
            self.strange.append(what)


@dataclass
class Told:
    """A definite answer."""

    answer: httpx.Response

    @property
    def body(self) -> Any:
        return self.answer.json()


@dataclass
class Clinic:
    ports: list[int]
    id: str
    slug: str
    cookie: str

    @staticmethod
    def sign_up(ports: list[int], *, name: str) -> "Clinic":
        slug = f"{name}-{secrets.token_hex(4)}"
        owner = {"name": "Ana", "email": f"{slug}@example.test", "password": PASSWORD}
        new = {"name": name, "slug": slug, "timezone": "UTC", "locale": "en-US", "currency": "USD", "owner": owner}
        answer = httpx.post(f"http://127.0.0.1:{ports[0]}/api/v1/clinics", json=new, timeout=30)
        assert answer.status_code == 201, answer.text
        return Clinic(ports, answer.json()["id"], slug, answer.headers["set-cookie"].split(";")[0])


class Line:
    def __init__(self, clinic: Clinic, journal: Journal, chance: random.Random) -> None:
        self.clinic, self.journal, self.chance = clinic, journal, chance
        self.http = httpx.Client(timeout=PATIENCE)

    def once(self, method: str, path: str, body: Any = None, *, key: str = "", version: int | None = None) -> httpx.Response:
        headers = {"cookie": self.clinic.cookie, "sec-fetch-site": "same-origin"}
        if key:
            headers["idempotency-key"] = key
        if version is not None:
            headers["if-match"] = f'"{version}"'
        port = self.chance.choice(self.clinic.ports)
        url = f"http://127.0.0.1:{port}/api/v1/clinics/{self.clinic.slug}{path}"
        if isinstance(body, bytes):
            return self.http.request(method, url, content=body, headers={**headers, "content-type": "text/csv"})
        return self.http.request(method, url, json=body, headers=headers)

    def insist(self, method: str, path: str, body: Any = None, *, key: str = "", version: int | None = None) -> Told:
        while True:
            began = time.monotonic()
            try:
                answer = self.once(method, path, body, key=key, version=version)
            except httpx.TransportError as error:
                why = type(error).__name__
            else:
                if answer.status_code == 500:  # never right; asked again so that the others' promises can still be looked at
                    self.journal.finds_strange(f"{method} {path}: 500 {answer.text}")
                elif not _asks_for_patience(answer):
                    return Told(answer)
                why = f"{answer.status_code} {answer.json()['code']}"
            self.journal.asked_again(f"{why}{' slowly' if time.monotonic() - began > SLOW else ''}", time.monotonic() - began)
            time.sleep(self.chance.uniform(PAUSE, 2 * PAUSE))

    def get(self, path: str) -> Any:
        told = self.insist("GET", path)
        assert told.answer.status_code == 200, told.answer.text
        return told.body


def _asks_for_patience(answer: httpx.Response) -> bool:
    if answer.status_code not in AGAIN:
        return False
    problem = answer.headers.get("content-type") == "application/problem+json"
    return problem and answer.json()["code"] in AGAIN[answer.status_code]

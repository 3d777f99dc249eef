"""Visits of which somebody is reminded while everything is struck, and what came on the phone."""

import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.line import Line

HOURS = 1
CASCADE = {
    "undo_minutes": 0, "quiet_from": "00:00", "quiet_until": "00:00", "tell_changes": True,
    "rules": [{"channel": "sms", "before": HOURS, "unit": "hours", "until_confirmed": False}],
}  # fmt: skip
SOONEST, LATEST = 15, 75  # seconds from the booking to the reminder: the worker looks once a minute
TOGETHER = 6  # alive at once, at a desk
MARGIN = 1.0  # seconds between the last look at a visit and the text that leaves
PATIENCE = 150  # a look a minute, a job of a killed worker that begins again after 30 s, and both anew
OWED = """
    select count(*) from (
        select 1 from reminder where status = 'planned' and due_at < now()
         union all
        select 1 from message where status in ('queued', 'sending') and reminder_id is not null) as owed
"""


@dataclass
class Reminded:
    """A visit, and when it was told to have which time; None from when it was cancelled."""

    id: str
    version: int
    times: list[tuple[float, datetime | None]] = field(default_factory=list)

    @property
    def at(self) -> datetime | None:
        return self.times[-1][1]

    def was(self, at: datetime, *, since: float) -> bool:
        """Whether it had that time at that moment, or shortly before."""
        ends = [*(moment for moment, _ in self.times[1:]), float("inf")]
        return any(its == at and since <= end + MARGIN for (_, its), end in zip(self.times, ends, strict=True))


def remind(line: Line) -> None:
    """The clinic reminds by text an hour ahead, at any hour."""
    told = line.insist("PUT", "/reminder-settings", CASCADE, version=0, key=secrets.token_hex(8))
    assert told.answer.status_code == 200, told.answer.text


def soon(seconds: float) -> datetime:
    """Of a visit whose reminder is due then."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(hours=HOURS, seconds=seconds)


def broken(db: psycopg.Connection, phone: Path, visits: Sequence[Reminded], *, over: bool) -> Iterator[str]:
    """Every text that came twice, spoke of a time that no longer was, or never came. `over`: what is due is waited for."""
    if over:
        deadline = time.monotonic() + PATIENCE
        while (left := _number(db, OWED)) and time.monotonic() < deadline:
            time.sleep(0.5)
        if left:
            yield f"reminders: {left} still not gone {PATIENCE} s after they were due"
    texts = [(int(path.name.partition("-")[0]) / 1e9, path.stem.partition("-")[2]) for path in phone.glob("*.json")]
    if twice := [id for id, times in Counter(id for _, id in texts).items() if times > 1]:
        yield f"texts: {len(twice)} came TWICE, such as {twice[0]}"
    rows: list[tuple[Any, ...]] = db.execute(
        "select message.id::text, message.status, reminder.kind, reminder.appointment_id::text, reminder.starts_at"
        " from message join reminder on reminder.clinic_id = message.clinic_id and reminder.id = message.reminder_id"
    ).fetchall()
    known = {id: row for id, *row in rows}
    came = {id: at for at, id in texts}
    if lost := [id for id, (status, *_) in known.items() if status == "sent" and id not in came]:
        yield f"texts: {len(lost)} said to be sent never came, such as {lost[0]}"
    if strange := [id for id in came if id not in known or (over and known[id][0] not in ("sent", "unsure"))]:
        yield f"texts: {len(strange)} came of which nothing is known, such as {strange[0]}"
    ours = {visit.id: visit for visit in visits}
    old = [
        id for id, at in came.items()
        if id in known and known[id][1] == "before" and known[id][2] in ours
        and not ours[known[id][2]].was(known[id][3], since=at)
    ]  # fmt: skip
    if old:
        yield f"texts: {len(old)} spoke of a time that the visit no longer had, such as {old[0]}"


def account(phone: Path, admin: str) -> str:
    with psycopg.connect(admin, autocommit=True) as db:
        states = dict(db.execute("select status, count(*) from reminder group by 1").fetchall())
        unsure = _number(db, "select count(*) from message where reminder_id is not null and status = 'unsure'")
    planned = ", ".join(f"{name} {count}" for name, count in sorted(states.items()))
    return f"  reminders: {planned}; {len(list(phone.glob('*.json')))} texts came, of {unsure} messages nobody knows whether they did"


def _number(db: psycopg.Connection, query: str) -> int:
    row = db.execute(query.encode()).fetchone()
    assert row
    return int(row[0])

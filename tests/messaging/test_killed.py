"""Reminders of a worker that is killed while it sends them."""

import asyncio
from datetime import time, timedelta

from chairside import messaging, scheduling
from chairside.kernel import clock
from chairside.messaging.actions.cascade import NewRule
from tests.exchange.killed import age_workers, until, worker
from tests.messaging.test_reminders import CONTACTS

VISITS = 24


async def test_each_leaves_once_though_the_worker_was_killed(north, given, admin, conninfo, root, tmp_path):
    """What it had in its hand at that moment may have gone: it stays unsure, and nobody sends it again."""
    phone = tmp_path / "phone"
    now = clock.now().replace(microsecond=0)
    async with north.op(now=now) as op:
        await messaging.set_cascade(
            op, version=0, undo_minutes=0, quiet_from=time(0), quiet_until=time(0), tell_changes=True,
            rules=[NewRule("sms", 2, "hours", False)],
        )  # fmt: skip
    for _ in range(VISITS):
        patient = await given.patient(north, contacts=CONTACTS)
        provider, service = await given.provider(north), await given.service(north)
        async with north.op(now=now) as op:
            await scheduling.book(
                op, patient_id=patient.id, provider_id=provider.id, service_id=service.id,
                starts_at=now + timedelta(hours=2, seconds=1),
            )  # fmt: skip

    def texts() -> list[str]:
        return [path.stem.partition("-")[2] for path in phone.glob("*.json")]

    async def some():
        return len(texts()) >= 2

    def rows(query):
        root.rollback()
        return root.execute(query, [north.id]).fetchall()

    first = worker(conninfo, phone=str(phone))
    try:
        await until(some)
    finally:
        first.kill()
        first.wait()
    assert len(texts()) < VISITS, "it was killed while there was more to do"
    await asyncio.sleep(0.2)
    age_workers(admin)

    async def settled():
        [(left,)] = rows("select count(*) from reminder where clinic_id = %s and status = 'planned'")
        [(going,)] = rows("select count(*) from message where clinic_id = %s and status in ('queued', 'sending')")
        return left == going == 0

    second = worker(conninfo, phone=str(phone))
    try:
        await until(settled, 150)
    finally:
        second.kill()
        second.wait()
    ours = {str(id) for (id,) in rows("select id from message where clinic_id = %s")}
    arrived = [id for id in texts() if id in ours]  # other tests left texts for a worker
    assert len(arrived) == len(set(arrived)), "a text came twice"
    assert rows("select count(*) from message where clinic_id = %s and reminder_id is not null") == [(VISITS,)]
    found = dict(rows("select status, count(*) from message where clinic_id = %s and reminder_id is not null group by status"))
    assert set(found) <= {"sent", "unsure"}
    # One worker has two jobs in its hands at a time.
    assert found.get("unsure", 0) <= 2
    assert found["sent"] <= len(arrived) <= VISITS

"""The composition root for jobs: runs reactions, each in an operation of its own, and what returns by the clock."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job
from psycopg import OperationalError
from psycopg.errors import QueryCanceled

from chairside.billing import reactions as billing_reactions
from chairside.compliance.actions.archiving import archive_old
from chairside.compliance.actions.mailing import mail_checkpoints
from chairside.compliance.actions.sealing import Signer, seal
from chairside.compliance.actions.verifying import verify_all
from chairside.compliance.places import open_place
from chairside.compliance.rules.checkpoints import Ring
from chairside.exchange import reactions as exchange_reactions
from chairside.exchange import resealing as exchange_sealed
from chairside.filling import reactions as filling_reactions
from chairside.filling.actions.waves import send_waves
from chairside.identity import resealing as identity_sealed
from chairside.imaging import reactions as imaging_reactions
from chairside.imaging import resealing as imaging_sealed
from chairside.kernel import clock, keys, links, resealing, store, vault
from chairside.kernel.events import LATER, Event
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.kernel.pool import Pool, noticing
from chairside.kernel.refusals import Busy
from chairside.kernel.settings import Settings
from chairside.merging import reactions as merging_reactions
from chairside.messaging import reactions as messaging_reactions
from chairside.messaging import resealing as messaging_sealed
from chairside.messaging.actions.confirming import confirm_topics
from chairside.messaging.actions.reminding import send_due
from chairside.messaging.phones import phone_with
from chairside.messaging.posts import chosen
from chairside.messaging.ways import post_with
from chairside.patients import resealing as patients_sealed
from chairside.recalls import reactions as recalls_reactions
from chairside.scheduling import outside
from chairside.scheduling import resealing as scheduling_sealed
from chairside.scheduling.actions.refreshing import refresh_due
from chairside.tenancy import resealing as tenancy_sealed
from chairside.treatment import reactions as treatment_reactions
from chairside.treatment import resealing as treatment_sealed

SEALED: tuple[Any, ...] = (
    identity_sealed, tenancy_sealed, scheduling_sealed, messaging_sealed, exchange_sealed, patients_sealed, treatment_sealed,
    imaging_sealed,
)  # fmt: skip
LISTENING: tuple[Any, ...] = (
    billing_reactions, treatment_reactions, recalls_reactions, messaging_reactions, filling_reactions, merging_reactions,
    exchange_reactions, imaging_reactions,
)  # fmt: skip
EVENT = "select event.name, event.facts, event.actor_id from event where event.id = %(id)s and event.at = %(at)s"
BEAT = """
    insert into worker_beat (name, at) values (%(name)s, clock_timestamp())
    on conflict (name) do update set at = excluded.at
"""
ROLL_FORWARD = "select app.roll_forward()"
FORGET_ANSWERS = "select app.forget_answers('72 hours')"
FORGET_PERSON_LINKS = "select app.forget_person_links()"
FORGET_GUESSES = "select app.forget_guesses()"
FORGET_SIGN_UPS = "select app.forget_sign_ups()"
QUEUE_LETTERS_AGAIN = "select app.queue_letters_again('15 minutes')"
FORGET_OUTSIDE_CALENDARS = "select app.forget_outside_calendars()"
FORGET_NOTICES = "delete from heard_notice where heard_notice.at < now() - interval '1 day'"
FORGET_IMPORT_FILES = "select app.forget_import_files('7 days')"
MOST_ATTEMPTS = 8  # of what goes wrong by itself
LONGEST_WAIT = 30  # seconds, for a database that is away
POLL_SECONDS = 0.5
BEAT_SECONDS = 10
HEART_SECONDS = 5
DEAD_SECONDS = 20  # without a heartbeat
AGAIN_SECONDS = 1
ASK_SECONDS = 3


class Again(BaseRetryStrategy):
    """A job that lost its database, its lock or its worker is tried until it is done, however often that happens: it is not at
    fault. One that goes wrong by itself gives up after some three hours; attempts cut short by a kill count among those."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if _time_mends(exception):
            return RetryDecision(retry_in={"seconds": min(2 ** min(job.attempts, 5), LONGEST_WAIT)})
        if job.attempts >= MOST_ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": 3 ** (job.attempts + 1)})


RETRY = Again()
Timed = Callable[[], Awaitable[object]]


def _time_mends(error: BaseException) -> bool:
    if isinstance(error, QueryCanceled):  # too slow: it would be again
        return False
    return isinstance(error, OperationalError | Busy | TimeoutError | asyncio.CancelledError | JobAborted)


class Recorded(NamedTuple):
    name: str
    facts: dict[str, Any]
    actor_id: UUID | None


@asynccontextmanager
async def working(
    conninfo: str,
    pool: Pool,
    *,
    look: Timed | None = None,
    mail: Timed | None = None,
    archive: Timed | None = None,
    topics: Collection[str] = (),
) -> AsyncIterator[App]:
    """The job library's app, with every reaction and every periodic job known to it. Its few statements are not prepared, so
    that any pooler may stand between."""
    settings = {"prepare_threshold": None}
    app = App(connector=PsycopgConnector(conninfo=noticing(conninfo), min_size=1, max_size=3, timeout=10, kwargs=settings))
    for name in LATER:
        app.task(name=name, retry=RETRY)(_runs(name, pool))
    for name, statement, cron in (
        ("kernel.roll_forward", ROLL_FORWARD, "17 3 * * *"),
        ("kernel.forget_answers", FORGET_ANSWERS, "37 3 * * *"),
        ("tenancy.forget_person_links", FORGET_PERSON_LINKS, "43 3 * * *"),
        ("identity.forget_guesses", FORGET_GUESSES, "*/15 * * * *"),
        ("tenancy.forget_sign_ups", FORGET_SIGN_UPS, "41 3 * * *"),
        ("messaging.queue_letters_again", QUEUE_LETTERS_AGAIN, "*/10 * * * *"),
        ("scheduling.forget_outside_calendars", FORGET_OUTSIDE_CALENDARS, "49 3 * * *"),
        ("exchange.forget_import_files", FORGET_IMPORT_FILES, "47 3 * * *"),
        ("messaging.forget_notices", FORGET_NOTICES, "53 * * * *"),
    ):
        app.periodic(cron=cron)(app.task(name=name, retry=RETRY)(_returns(statement, pool)))
    app.periodic(cron="* * * * *")(app.task(name="kernel.reseal", queueing_lock="kernel.reseal")(_reseals(pool)))
    due = app.task(name="messaging.send_due", queueing_lock="messaging.send_due")(_looks(lambda: send_due(pool, now=clock.now())))
    app.periodic(cron="* * * * *")(due)  # not tried again: the next minute goes on with it
    waves = app.task(name="filling.send_waves", queueing_lock="filling.send_waves")(
        _looks(lambda: send_waves(pool, now=clock.now()))
    )
    app.periodic(cron="* * * * *")(waves)
    if topics:
        confirm = app.task(name="messaging.confirm_topics", queueing_lock="messaging.confirm_topics")(
            _looks(lambda: confirm_topics(pool, topics=topics, now=clock.now()))
        )
        app.periodic(cron="* * * * *")(confirm)
    if mail:
        app.periodic(cron="27 4 * * *")(app.task(name="compliance.mail_checkpoints")(_looks(mail)))
    if archive:  # before the night's look, which then holds the files against what was signed; not tried again: tomorrow is soon
        app.periodic(cron="37 1 * * *")(app.task(name="compliance.archive", queueing_lock="compliance.archive")(_looks(archive)))
    if look:
        app.periodic(cron="7 2 * * *")(app.task(name="compliance.verify", retry=RETRY)(_looks(look)))
    async with app.open_async():
        yield app


async def work(settings: Settings) -> None:
    """Run jobs until cancelled."""
    size = 4
    links.sign_with(settings.secret)
    vault.open_with(keys.chosen(settings))
    store.open_with(settings)
    imaging_reactions.scan_with(settings.clamd)
    post_with(settings)
    phone_with(settings)
    outside.ask_with(settings)
    ring, place = Ring.read(settings.audit_key), open_place(settings)
    async with (
        Pool(settings.app_url, size=size, prepare=settings.prepare) as pool,
        working(
            settings.app_url,
            pool,
            topics=settings.topics,
            look=lambda: verify_all(pool, place=place, ring=ring, now=clock.now()),
            mail=(lambda: mail_checkpoints(pool, post=chosen(), now=clock.now())) if settings.audit_letters else None,
            archive=(lambda: archive_old(pool, years=settings.audit_years, place=place, ring=ring, now=clock.now()))
            if settings.audit_archive
            else None,
        ) as jobs,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(_beat(pool))
        group.create_task(_sweep(jobs))
        group.create_task(_every(settings.audit_seal_seconds, "seal", lambda: seal(pool)))
        signer = Signer(ring, place)
        group.create_task(_every(settings.audit_checkpoint_seconds, "sign", lambda: signer.sign(pool, now=clock.now())))
        # Not among the jobs, whose turns are few: somebody else's machine may be slow.
        group.create_task(_every(ASK_SECONDS, "outside calendars", lambda: refresh_due(pool, now=clock.now())))
        group.create_task(_run_jobs(jobs))


async def _run_jobs(jobs: App) -> None:
    """The library's worker ends, in error or quietly, when it cannot reach the database once; then another begins. What it had
    in hand is found by the sweep."""
    while True:
        try:
            await jobs.run_worker_async(
                install_signal_handlers=False,
                listen_notify=False,
                fetch_job_polling_interval=POLL_SECONDS,
                concurrency=2,
                delete_jobs="successful",
                shutdown_graceful_timeout=1.5,  # less than the supervisor has patience for: then the job comes again soon
                update_heartbeat_interval=HEART_SECONDS,
                stalled_worker_timeout=DEAD_SECONDS,
            )
        except Exception as error:  # the database may be away for a while
            say().warning("jobs", **scrubbed(error))
        if (us := asyncio.current_task()) and us.cancelling():  # told to end: the library may say that it cannot sign off instead
            raise asyncio.CancelledError
        await asyncio.sleep(AGAIN_SECONDS)


def _runs(name: str, pool: Pool) -> Any:
    async def run(*, clinic: str, event: str, at: str) -> None:
        async with begin(pool, clock.now(), f"job {event}") as op:
            await op.act_for(UUID(clinic), actor_id=SYSTEM, grants=EVERYTHING)
            recorded = await op.db.one(Recorded, EVENT, id=event, at=at)
            assert recorded, "the event and its jobs commit together"
            await op.act_for(UUID(clinic), actor_id=SYSTEM, grants=EVERYTHING, behalf=recorded.actor_id)
            await LATER[name](op, Event.restore(recorded.name, recorded.facts))

    return run


def _returns(statement: str, pool: Pool) -> Any:
    async def run(timestamp: int) -> None:
        async with pool.connection() as connection:
            await connection.execute(statement.encode())

    return run


def _reseals(pool: Pool) -> Any:
    """Not tried again: the next minute goes on with it."""

    async def run(timestamp: int) -> None:
        await resealing.reseal_all(pool)

    return run


def _looks(look: Timed) -> Any:
    async def run(timestamp: int) -> None:
        await look()

    return run


async def _sweep(jobs: App) -> None:
    """What a worker had in hand when it was killed is done by another. Jobs are safe to repeat."""
    while True:
        try:
            for job in await jobs.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS):
                say().warning("job of a dead worker", job=job.task_name, job_id=job.id, attempt=job.attempts)
                await jobs.job_manager.retry_job(job)
        except Exception as error:  # the database may be away for a while
            say().warning("sweep", **scrubbed(error))
        await asyncio.sleep(HEART_SECONDS)


async def _every(seconds: float, what: str, do: Timed) -> None:
    while True:
        try:
            await do()
        except Exception as error:  # the database, or the second place, may be away for a while
            say().warning(what, **scrubbed(error))
        await asyncio.sleep(seconds)


async def _beat(pool: Pool) -> None:
    name = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        try:
            async with pool.connection() as connection:
                await connection.execute(BEAT, {"name": name})
        except Exception as error:  # the database may be away for a while
            say().warning("beat", **scrubbed(error))
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            await asyncio.sleep(BEAT_SECONDS)

"""Is it there, is it ready, how is it doing. For machines that watch; nothing of a clinic."""

import asyncio
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from chairside.kernel.http.metrics import Family, Labels, family
from chairside.kernel.log import say, scrubbed
from chairside.kernel.migrate import newest

health = APIRouter(tags=["health"], include_in_schema=False)

READY = """
    select (select version_num from alembic_version) as revision,
           exists (select from worker_beat where worker_beat.at > clock_timestamp() - interval '30 seconds') as working
"""
JOBS = """
    select count(*) filter (where job.status = 'todo') as waiting,
           count(*) filter (where job.status = 'doing') as doing,
           count(*) filter (where job.status = 'failed') as failed,
           coalesce(extract(epoch from max(clock_timestamp() - coalesce(job.scheduled_at, asked.at))
               filter (where job.status = 'todo')), 0)::float8 as oldest_seconds
      from procrastinate_jobs job
      left join procrastinate_events asked on asked.job_id = job.id and asked.type = 'deferred'
     where job.status in ('todo', 'doing', 'failed')
"""
SEALING = "select unsealed, oldest_seconds, broken, verified_seconds from app.sealing()"
RESEALING = "select count(*) from app.clinics_to_reseal()"
DATABASE_SECONDS = 2
READY_SECONDS = 3  # a server may take a connection, and not answer on it


@health.get("/health")
async def is_alive() -> dict[str, str]:
    return {"status": "ok"}


@health.get("/ready")
async def is_ready(request: Request) -> Response:
    """200 when requests can be answered: database reached, migrations current, a worker seen within 30 seconds, and this
    process not about to leave."""
    found = {"database": False, "migrations": False, "worker": False}
    if getattr(request.app.state, "leaving", False):
        return JSONResponse({"status": "leaving"}, 503)
    try:
        async with (
            asyncio.timeout(READY_SECONDS),
            request.app.state.pool.connection(wait_seconds=DATABASE_SECONDS) as connection,
        ):
            row = await (await connection.execute(READY)).fetchone()
            found = {"database": True, "migrations": row[0] == newest(), "worker": row[1]}
    except Exception as error:
        say().warning("not ready", **scrubbed(error))
    ready = all(found.values())
    return JSONResponse({"status": "ok" if ready else "not ready", **found}, 200 if ready else 503)


@health.get("/metrics")
async def tell_metrics(request: Request) -> Response:
    """For the operator's own networks; to everybody else there is nothing here."""
    state = request.app.state
    if not state.arrival.watches(request.scope):
        raise HTTPException(404)
    more = [*_database(await _asked(state.pool)), *_counters(state.counters)]
    return PlainTextResponse(state.metrics.text(more), media_type="text/plain; version=0.0.4")


def tell_release(app: FastAPI) -> Iterator[Family]:
    """What runs here, and its connections to the database."""
    facts = {"version": version("chairside"), "revision": newest()}
    yield family("chairside_build_info", "gauge", "Which release this is.", 1, **facts)
    yield family("chairside_leaving", "gauge", "1 once this process was told to end.", int(getattr(app.state, "leaving", False)))
    if (pool := getattr(app.state, "pool", None)) is None:
        return
    state = pool.state()
    yield family("chairside_pool_connections", "gauge", "Connections to the database that this process has.", state["size"])
    yield family("chairside_pool_in_use", "gauge", "Those that are at work.", state["in_use"])
    yield family("chairside_pool_waiting", "gauge", "Requests that wait for one.", state["waiting"])
    yield family("chairside_pool_waited_total", "counter", "How often one had to be waited for.", state["waited"])
    yield family("chairside_pool_refused_total", "counter", "How often none came in time.", state["refused"])


async def _asked(pool: Any) -> tuple[Any, Any, Any, Any] | None:
    try:
        async with asyncio.timeout(READY_SECONDS), pool.connection(wait_seconds=DATABASE_SECONDS) as connection:
            ready = await (await connection.execute(READY)).fetchone()
            jobs = await (await connection.execute(JOBS)).fetchone()
            sealing = await (await connection.execute(SEALING)).fetchone()
            resealing = await (await connection.execute(RESEALING)).fetchone()
            return ready, jobs, sealing, resealing
    except Exception as error:
        say().warning("metrics without the database", **scrubbed(error))
        return None


def _database(found: tuple[Any, Any, Any, Any] | None) -> Iterator[Family]:
    yield family("chairside_database_up", "gauge", "1 while the database answers.", int(found is not None))
    if found is None:
        return
    (_, working), (waiting, doing, failed, oldest), (unsealed, lag, broken, looked), (resealing,) = found
    yield family("chairside_worker_up", "gauge", "1 while a worker was seen within 30 seconds.", int(working))
    states: dict[Labels, float] = {
        (("state", state),): count for state, count in (("waiting", waiting), ("doing", doing), ("failed", failed))
    }
    yield Family("chairside_jobs", "gauge", "Jobs of all clinics, by state.", states)
    yield family("chairside_jobs_oldest_seconds", "gauge", "How long the job waits that waits longest.", max(0.0, oldest))
    for name, sentence, value in (
        (
            "chairside_clinics_resealing",
            "Clinics on their way to another key, or keeping the one before.",
            resealing,
        ),
        ("chairside_audit_unsealed", "Rows of the audit that wait to be sealed; 100000 are that or more.", unsealed),
        ("chairside_audit_lag_seconds", "How long the row waits that waits longest.", max(0.0, lag)),
        ("chairside_audit_broken", "Clinics whose audit was not what was sealed, when last looked through.", broken),
        ("chairside_audit_looked_seconds", "Since when a chain was not looked through, the oldest.", max(0.0, looked)),
    ):
        yield family(name, "gauge", sentence, value)


def _counters(counters: Any) -> Iterator[Family]:
    refused: dict[Labels, float] = {(("what", what),): times for what, times in counters.refused.items()}
    yield Family("chairside_rate_limited_total", "counter", "Refused because somebody asked too often.", refused)
    if (missed := getattr(counters, "missed", None)) is not None:
        yield family("chairside_valkey_up", "gauge", "1 while counters are shared.", int(not counters.away))
        yield family("chairside_valkey_missed_total", "counter", "Requests counted in this process alone.", missed)

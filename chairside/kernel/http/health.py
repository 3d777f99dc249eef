"""Is it there, is it ready, how is it doing. For machines that watch; nothing of a clinic."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from chairside.kernel.log import say, scrubbed
from chairside.kernel.migrate import newest

health = APIRouter(tags=["health"], include_in_schema=False)

READY = """
    select (select version_num from alembic_version) as revision,
           exists (select from worker_beat where worker_beat.at > clock_timestamp() - interval '30 seconds') as working
"""


@health.get("/health")
async def is_alive() -> dict[str, str]:
    return {"status": "ok"}


@health.get("/ready")
async def is_ready(request: Request) -> Response:
    """200 when requests can be answered: database reached, migrations current, a worker seen within 30 seconds."""
    found = {"database": False, "migrations": False, "worker": False}
    try:
        async with request.app.state.pool.connection(wait_seconds=2) as connection:
            row = await (await connection.execute(READY)).fetchone()
            found = {"database": True, "migrations": row[0] == newest(), "worker": row[1]}
    except Exception as error:
        say().warning("not ready", **scrubbed(error))
    ready = all(found.values())
    return JSONResponse({"status": "ok" if ready else "not ready", **found}, 200 if ready else 503)


@health.get("/metrics")
async def tell_metrics(request: Request) -> Response:
    return PlainTextResponse(request.app.state.metrics.text(), media_type="text/plain; version=0.0.4")

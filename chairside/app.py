"""The composition root for HTTP: the only module that knows every domain."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from psycopg import Error as PostgresError
from psycopg_pool import PoolTimeout

from chairside.billing import reactions as billing_reactions
from chairside.billing.http import routers as billing
from chairside.booking import list_embedders
from chairside.booking.http import ROUTERS as booking
from chairside.catalog.http import ROUTERS as catalog
from chairside.charting.http import charts, perio
from chairside.compliance.http import router as compliance
from chairside.exchange import reactions as exchange_reactions
from chairside.exchange.http import ROUTERS as imports
from chairside.filling import reactions as filling_reactions
from chairside.filling.http import ROUTERS as filling
from chairside.history.http import router as history
from chairside.identity import Providers, breached
from chairside.imaging import reactions as imaging_reactions
from chairside.imaging.http import ROUTERS as imaging
from chairside.kernel import clock, keys, links, pages, store, vault
from chairside.kernel.http import Envelope, Route, answer_refusals
from chairside.kernel.http.arrival import Arrival
from chairside.kernel.http.docs import docs
from chairside.kernel.http.health import health, tell_release
from chairside.kernel.http.limits import Counters, Counts
from chairside.kernel.http.metrics import Metrics
from chairside.kernel.http.openapi import document
from chairside.kernel.http.switch import Switch
from chairside.kernel.http.web import serve_web
from chairside.kernel.op import begin
from chairside.kernel.pool import Pool
from chairside.kernel.providers import providers
from chairside.kernel.refusals import Busy
from chairside.kernel.settings import Settings
from chairside.labs.http import of_clinic as labs
from chairside.labs.http import of_patient as lab_cases
from chairside.live import Hub
from chairside.live.http import router as live
from chairside.merging import reactions as merging_reactions
from chairside.merging.http import router as merging
from chairside.messaging import reactions as messaging_reactions
from chairside.messaging.certificates import Certificates
from chairside.messaging.http import ROUTERS as messaging
from chairside.messaging.phones import phone_with
from chairside.messaging.ways import post_with
from chairside.notes.http import of_clinic as clinic_notes
from chairside.notes.http import of_patient as patient_notes
from chairside.patients import check_record
from chairside.patients.http import ROUTERS as PATIENTS
from chairside.prescribing.http import of_clinic as favourites
from chairside.prescribing.http import of_patient as prescriptions
from chairside.recalls import reactions as recalls_reactions
from chairside.recalls.http import ROUTERS as recalls
from chairside.reports.http import polled as reports_polled
from chairside.reports.http import refreshed as reports_refreshed
from chairside.reports.http import router as reports
from chairside.scheduling import outside
from chairside.scheduling.http import (
    appointments,
    availability,
    away,
    blockouts,
    calendars,
    consents,
    feeds,
    holds,
    licences,
    public_consents,
    public_feeds,
    series,
    sessions,
    setup,
    signatures,
    steps,
    views,
)
from chairside.scheduling.http import (
    outside as outside_calendars,
)
from chairside.tenancy import see_as
from chairside.tenancy.http import ROUTERS as TENANCY
from chairside.treatment import reactions as treatment_reactions
from chairside.treatment.http import of_clinic as unscheduled_treatment
from chairside.treatment.http import of_patient as treatment_plans

ROUTERS = (
    *TENANCY, *PATIENTS, merging, history, *catalog, setup, licences, signatures, away, feeds, public_feeds, outside_calendars,
    consents, public_consents, availability, calendars, holds, blockouts, appointments, steps, series, sessions, views,
    charts, perio, *imaging, patient_notes, clinic_notes, prescriptions, favourites, labs, lab_cases, treatment_plans,
    unscheduled_treatment, *recalls, *booking, *billing, *messaging, *filling, reports, reports_polled, reports_refreshed,
    compliance, *imports, live,
)  # fmt: skip
LISTENING: tuple[Any, ...] = (
    billing_reactions, treatment_reactions, recalls_reactions, messaging_reactions, filling_reactions, merging_reactions,
    exchange_reactions, imaging_reactions,
)  # fmt: skip


def build(settings: Settings) -> FastAPI:
    """The whole API and the web app. With its life its pool opens, and the vault with its keys: of those a process has one."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        size, seconds = settings.pool_size, settings.pool_seconds
        vault.open_with(keys.chosen(settings))
        store.open_with(settings)
        async with Pool(settings.app_url, size=size, prepare=settings.prepare, wait_seconds=seconds) as app.state.pool:
            try:
                yield
            finally:
                app.state.live.close()
                await app.state.counters.close()

    app = FastAPI(
        title="Chairside",
        version="1",
        description="An open clinical practice platform, dental first.",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # what leaves a clinic is said in one place
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    app.state.settings = settings
    app.state.counters = _counters(settings)
    app.state.arrival = Arrival(settings)
    app.state.metrics = metrics = Metrics()
    metrics.tell(lambda: tell_release(app))
    app.state.live = hub = Hub(
        lambda: app.state.pool, per_session=settings.streams_per_session, per_principal=settings.streams_per_principal,
        most=settings.streams,
    )  # fmt: skip
    metrics.watch("chairside_streams", "gauge", "Open streams of live updates.", hub.open)
    metrics.watch("chairside_stream_events_total", "counter", "Events told to streams.", lambda: hub.told)
    metrics.watch("chairside_tailer_lag_seconds", "gauge", "From a commit to its event's telling, the last one.", lambda: hub.lag)
    metrics.watch("chairside_tailer_behind_seconds", "gauge", "How long the tailer has not heard the database.", hub.behind)
    app.state.see_as = see_as
    app.state.certificates = Certificates()
    app.state.check_record = check_record
    pages.sign_with(settings.secret)
    links.sign_with(settings.secret)
    breached.ask_at(breached.address(settings.breached, development=settings.development))
    post_with(settings)
    phone_with(settings)
    outside.ask_with(settings)
    app.state.providers = Providers(providers(settings.oidc))
    answer_refusals(app)
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]
    app.router.routes += [Switch(routes), *routes]
    app.include_router(health)
    app.include_router(docs)
    serve_web(app, settings.web, settings.portal, framers)
    return app


async def framers(request: Request, slug: str) -> list[str]:
    """Who may show a clinic's booking page in a frame; nobody while the database does not say."""
    try:
        async with begin(request.app.state.pool, clock.now(), request.scope["request_id"]) as op:
            return await list_embedders(op, slug=slug)
    except (Busy, PostgresError, PoolTimeout, OSError):
        return []


def _counters(settings: Settings) -> Counts:
    """Shared when there is somewhere to share them; the driver is loaded only then."""
    if not settings.redis_url:
        return Counters()
    from chairside.kernel.http.shared import SharedCounters

    return SharedCounters(settings.redis_url, settings.secret)


def enveloped(app: FastAPI) -> Envelope:
    """What a server runs: the app, with every answer sealed."""
    return Envelope(app, metrics=app.state.metrics, arrival=app.state.arrival)

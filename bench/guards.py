"""GET patient as it is served, over the same route without session check, fences and read audit: at most 1.6 times the processor time.

The routes without them are put together here, in processes of their own beside the real app, on the same database: the product has no
switch for it. One guard after another is left out, so that it is seen what each costs: the read audit (the same select alone), the
fences (a role that bypasses row security, the clinic in the condition), the session (`app.enter`, and who asks is known beforehand).
Everything else stays: envelope, routing, limits, transaction, shape of the answer. All are measured in turns, app and PostgreSQL.
"""

import asyncio
import json
import os
import secrets
import signal
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from bench import wire
from bench.running import MANY, UNLIMITED, Running, Somebody, free_port, running, seconds, sign_up

CONNECTIONS, REQUESTS, TURNS, PATIENTS = 4, 2000, 11, 500
MOST = 1.6
LESS = ("audit", "fences", "session")
"""What is left out, one more each time."""
PATH = "/api/v1/clinics/{clinic}/patients/{patient_id}"
ROLE = "chairside_bench"


def serve(without: list[str], known: dict[str, Any]) -> None:
    """An app of one route, without these guards."""
    from chairside.app import build
    from chairside.cli import reach, server
    from chairside.cli.serve import _open_many_files, _spare_the_collector
    from chairside.kernel import clock, log
    from chairside.kernel.http import InOp, Route
    from chairside.kernel.http.limits import count_entered
    from chairside.kernel.http.switch import Switch
    from chairside.kernel.op import Actor, Place, begin
    from chairside.patients import NoSuchPatient, Patient
    from chairside.patients.rows import PATIENT

    folder = Path(known["folder"])
    settings = reach.settings(folder, reach.app_url(folder))
    own = "and patient.clinic_id = %(clinic)s"
    query = f"""
        select {PATIENT}
          from patient
         where patient.id = %(patient_id)s
           {own if "fences" in without else ""}
           and patient.deleted_at is null
    """
    place = Place(UUID(known["clinic"]), known["slug"], "UTC", "en-US", "USD")
    actor = Actor(UUID(known["actor"]), frozenset({"patients.read"}))

    async def get_patient(op: InOp, patient_id: UUID) -> Any:
        op.require("patients.read")
        given = {"clinic": op.clinic.id} if "fences" in without else {}
        patient = await op.db.one(Patient, query, patient_id=patient_id, **given)
        if patient is None:
            raise NoSuchPatient()
        return patient

    class Unasked(Route):
        """Whoever asks is let in as the one who is known."""

        def get_route_handler(self) -> Any:
            handle = super(Route, self).get_route_handler()

            async def answer(request: Any) -> Any:
                state = request.app.state
                async with (
                    asyncio.timeout(settings.request_seconds),
                    begin(state.pool, clock.now(), request.scope["request_id"]) as op,
                ):
                    request.state.op, op.actor, op.entered = op, actor, place
                    await count_entered(request, actor.id, place.id, self.kind)
                    return await handle(request)

            return answer

    log.configure(settings.log)
    app = build(replace(settings, app_url=known["urls"]["fences" if "fences" in without else "kept"]))
    kind = Unasked if "session" in without else Route
    app.router.routes.insert(0, Switch([kind(PATH, get_patient, response_model=Patient, methods=["GET"])]))
    made = server.Server(app, certificate=None, key=None, drain=0, patience=5, shared=False)
    _spare_the_collector()
    _open_many_files()
    made.run_on(reach.listen(known["port"], "127.0.0.1"), ready=lambda: None)


@contextmanager
def beside(without: list[str], known: dict[str, Any]) -> Iterator[tuple[int, psutil.Process]]:
    port = free_port()
    words = json.dumps({**known, "port": port})
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.guards", ",".join(without), words],
        stderr=subprocess.DEVNULL,
        env={**os.environ, **UNLIMITED, **known["settings"]},
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).close()
                break
            except OSError:
                asyncio.run(asyncio.sleep(0.1)) if process.poll() is None else sys.exit("the app beside it did not start")
        yield port, psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)


def bypassing(server: Running) -> str:
    """A role with the rights of the app's and no fence."""
    password = secrets.token_urlsafe(16)
    with psycopg.connect(server.admin, autocommit=True) as db:
        db.execute(f"create role {ROLE} login bypassrls in role chairside_app password '{password}'")
        for name in ("timezone = 'UTC'", "statement_timeout = '20s'", "lock_timeout = '10s'"):
            db.execute(f"alter role {ROLE} set {name}")
    return make_conninfo(server.admin, user=ROLE, password=password)


async def turn(port: int, requests: list[bytes], processes: list[psutil.Process]) -> tuple[float, float]:
    """Seconds a request, of the app and of PostgreSQL."""
    before = [seconds([one]) for one in processes]
    statuses = await wire.drive(port, requests, connections=CONNECTIONS)
    if set(statuses) != {200}:
        raise RuntimeError(str(statuses))
    app, postgres = ((seconds([one]) - was) / len(requests) for one, was in zip(processes, before, strict=True))
    return app, postgres


def known_of(server: Running, somebody: Somebody) -> dict[str, Any]:
    from chairside.cli import reach

    with psycopg.connect(server.admin) as db:
        row = db.execute(
            "select c.id::text, m.principal_id::text from clinic c join membership m on m.clinic_id = c.id where c.slug = %s",
            [somebody.slug],
        ).fetchone()
    assert row
    urls = {"kept": reach.app_url(server.folder), "fences": bypassing(server)}
    return {"folder": str(server.folder), "clinic": row[0], "actor": row[1], "slug": somebody.slug, "urls": urls}


async def main() -> None:
    """Durable read records cost a flush of the log for each; with asynchronous ones the last moment's may be lost."""
    for mode in ("durable", "asynchronous"):
        print(mode, flush=True)
        await measure(CHAIRSIDE_REQUESTS_PER_CLINIC=MANY, CHAIRSIDE_DURABLE_READS=str(int(mode == "durable")))


async def measure(**settings: str) -> None:
    with running(**settings) as server, ExitStack() as stack:
        somebody = sign_up(server.url)
        ids = [
            somebody.ask(
                "POST", "/patients", {"first_name": f"Ana {n}", "last_name": f"Dinu {n % 97}", "birth_date": "1980-05-01"}
            )["id"]
            for n in range(PATIENTS)
        ]
        with psycopg.connect(server.admin, autocommit=True) as db:
            db.execute("vacuum analyze")
        known = known_of(server, somebody) | {"settings": settings}
        apps = [(server.port, server.app)]
        apps += [await asyncio.to_thread(stack.enter_context, beside(list(LESS[: n + 1]), known)) for n in range(len(LESS))]
        path = f"/api/v1/clinics/{somebody.slug}/patients/"
        requests = [wire.request("GET", path + ids[n % PATIENTS], {"cookie": somebody.cookie}) for n in range(REQUESTS)]
        alike(somebody, path + ids[0], [port for port, _ in apps])
        for port, app in apps:
            await turn(port, requests, [app, server.postmaster])
        turns = []
        for _ in range(TURNS):
            turns.append([await turn(port, requests, [app, server.postmaster]) for port, app in apps])
        tell(turns)


def alike(somebody: Somebody, path: str, ports: list[int]) -> None:
    """They give the same answer."""
    answers = set()
    for port in ports:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"cookie": somebody.cookie})
        with urllib.request.urlopen(request) as answer:
            answers.add(answer.read())
    if len(answers) != 1:
        raise RuntimeError(f"they answer differently: {answers}")


def tell(turns: list[list[tuple[float, float]]]) -> None:
    for n, column in enumerate(zip(*turns, strict=True)):
        app, postgres = (statistics.median(part) * 1e6 for part in zip(*column, strict=True))
        what = f"without {', '.join(LESS[:n])}" if n else "as it is served"
        print(f"{what:32} {app:6.0f} µs in the app {postgres:6.0f} in PostgreSQL", flush=True)
    ratio = statistics.median(sum(one[0]) / sum(one[-1]) for one in turns)
    print(
        f"session, fences and read audit: ratio {ratio:.2f}, at most {MOST}  {'met' if ratio <= MOST else 'MISSED'}", flush=True
    )
    print(json.dumps([{"case": "GET patient", "ratio": round(ratio, 2), "most": MOST}]))


if __name__ == "__main__":
    serve([word for word in sys.argv[1].split(",") if word], json.loads(sys.argv[2]))

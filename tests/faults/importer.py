"""The desk that brings a file in and takes it out again, over and over; jobs do both."""

import random
import secrets
import threading
import time
from typing import Any

from tests.faults.line import Clinic, Journal, Line

ROWS = 2_100  # more than are taken out while one waits, so that a job does it
HEADER = "Number,Last name,First name,Birthdate,Balance,Guarantor\n"


class Importer(threading.Thread):
    def __init__(self, clinic: Clinic, journal: Journal, seed: object, *, rows: int = ROWS) -> None:
        super().__init__(daemon=True, name=f"{clinic.slug} importer")
        self.clinic, self.journal, self.rows = clinic, journal, rows
        self.line = Line(clinic, journal, random.Random(f"{seed} importer"))
        self.stopping, self.resting, self.idle = threading.Event(), threading.Event(), threading.Event()
        self.turn = 0
        self.brought: set[str] = set()
        self.undone: set[str] = set()

    def run(self) -> None:
        while not self.stopping.is_set():
            if self.resting.is_set():
                self.idle.set()
                time.sleep(0.05)
                continue
            self.idle.clear()
            try:
                self.bring_and_undo()
            except AssertionError as error:
                self.journal.finds_strange(f"{self.name}: {error}")
            time.sleep(0.5)
        self.idle.set()

    def bring_and_undo(self) -> None:
        self.turn += 1
        content = (
            HEADER + "".join(f"I{n},Import{self.turn},Ana {n},1980-05-01,1.00,\n" for n in range(1, self.rows + 1))
        ).encode()
        new = {"kind": "patients", "filename": f"turn-{self.turn}.csv", "size": len(content)}
        made = self.line.insist("POST", "/imports", new, key=secrets.token_hex(8))
        assert made.answer.status_code == 201, made.answer.text
        id = made.body["id"]
        told = self.line.insist("PUT", f"/imports/{id}/content", content)
        assert told.answer.status_code == 200, told.answer.text
        self.reaches(id, "analysed")
        started = self.line.insist("POST", f"/imports/{id}/run", key=secrets.token_hex(8))
        assert started.answer.status_code == 202, started.answer.text
        done = self.reaches(id, "done")
        assert done["counts"]["accepted"] == self.rows, done["counts"]
        self.brought.add(id)
        self.journal.acknowledged("import_finished", id=id, clinic=self.clinic.slug)
        undo = self.line.insist("POST", f"/imports/{id}/undo", key=secrets.token_hex(8))
        assert undo.answer.status_code in (200, 202), undo.answer.text
        gone = self.reaches(id, "undone")
        assert (gone["undone"]["removed"], gone["undone"]["kept_count"]) == (self.rows, 0), gone["undone"]
        self.undone.add(id)
        self.journal.acknowledged("import_undone", id=id, clinic=self.clinic.slug)

    def reaches(self, id: str, status: str, seconds: float = 300) -> Any:
        deadline = time.monotonic() + seconds
        while (now := self.line.get(f"/imports/{id}"))["status"] != status:
            assert now["status"] != "failed", f"an import failed: {now.get('refusal')}"
            assert time.monotonic() < deadline, f"an import is still {now['status']}: {now.get('progress')}"
            time.sleep(0.2)
        return now

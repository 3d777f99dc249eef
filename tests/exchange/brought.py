"""What tests of imports begin with: a file, brought in through HTTP, with the real worker's code at work on it."""

import json
from pathlib import Path
from typing import Any

from chairside.worker import working

CASES = Path(__file__).parents[1] / "cases"
HEADER = "Number,Last name,First name,Birthdate,Balance,Guarantor\n"


def case(name: str) -> bytes:
    return (CASES / f"patients-{name}.csv").read_bytes()


def listed(name: str) -> dict[str, Any]:
    return json.loads((CASES / f"patients-{name}.json").read_text())


def rows(*lines: str) -> bytes:
    return (HEADER + "".join(f"{line}\n" for line in lines)).encode()


async def uploaded(clinic, content: bytes, filename: str = "patients.csv") -> dict[str, Any]:
    """The import after its file came."""
    created = await clinic.ask("POST", "/imports", json={"kind": "patients", "filename": filename, "size": len(content)})
    assert created.status_code == 201, created.text
    assert created.json()["status"] == "created"
    return await put(clinic, created.json(), content)


async def put(clinic, found: dict[str, Any], content: bytes) -> dict[str, Any]:
    before = f"/api/v1/clinics/{clinic.slug}"
    assert found["upload_url"].startswith(before)
    answer = await clinic.ask(
        "PUT", found["upload_url"].removeprefix(before), content=content, headers={"content-type": "text/csv"}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def started(clinic, found: dict[str, Any]) -> dict[str, Any]:
    answer = await clinic.ask("POST", f"/imports/{found['id']}/run")
    assert (answer.status_code, answer.json()["status"]) == (202, "running"), answer.text
    return answer.json()


async def undoing(clinic, found: dict[str, Any]) -> dict[str, Any]:
    answer = await clinic.ask("POST", f"/imports/{found['id']}/undo")
    assert (answer.status_code, answer.json()["status"]) == (202, "undoing"), answer.text
    return answer.json()


async def seen(clinic, found: dict[str, Any]) -> dict[str, Any]:
    answer = await clinic.ask("GET", f"/imports/{found['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def drain(conninfo: str, pool) -> None:
    """The worker's code, until there is nothing to do."""
    async with working(conninfo, pool) as jobs:
        await jobs.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="successful")


def balances(root, clinic) -> dict[str, int]:
    """What the ledger says of every patient of the clinic who has an entry, by register number; straight from the postings."""
    return dict(
        root.execute(
            """select patient.register_number, sum(ledger_posting.amount)::bigint
                 from ledger_posting join patient on (patient.clinic_id, patient.id) = (ledger_posting.clinic_id, ledger_posting.patient_id)
                where ledger_posting.clinic_id = %s group by patient.id, patient.register_number""",
            [clinic.id],
        ).fetchall()
    )


async def everyone(clinic) -> list[dict[str, Any]]:
    """Every patient of the clinic, the archived too."""
    found = []
    for archived in ("false", "true"):
        cursor = ""
        while cursor is not None:
            page = (await clinic.ask("GET", f"/patients?limit=200&archived={archived}&cursor={cursor}")).json()
            found += page["items"]
            cursor = page["next_cursor"]
    return found

"""The audit as a file, for whoever must hand it on."""

import csv
import io
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chairside.compliance.queries.events import LATEST, Wanted, page
from chairside.compliance.rows import Noted
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Invalid

MOST = 100_000
PORTION = 2000
PIECE = 1 << 16
HEADER = (
    "at", "who", "kind", "on behalf of", "action", "entity", "entity id", "patient", "patient id", "patients in the list",
    "outcome", "changed fields", "purpose", "context", "request", "session", "address", "place in the chain",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TooManyEvents(Invalid):
    """These are more than {most} events; ask for fewer days."""


@needs("audit.export")
@way_out(
    "bulk_export",
    "audit_event.at",
    "audit_event.actor_id",
    "audit_event.action",
    "audit_event.entity",
    "audit_event.patient_id",
    "audit_event.changed_fields",
    "audit_event.ip",
    "membership.name",
    "patient.first_name",
    "patient.last_name",
)
async def export_events(op: Op, *, wanted: Wanted) -> Iterator[bytes]:
    """What was asked for as CSV, newest first, in the clinic's time; which no longer needs this operation. Every page of it is on
    record as an export, with the patients in it. Refuses StepUpNeeded, TooManyEvents."""
    op.require_proof()
    file = TemporaryFile()  # noqa: SIM115 - closed once it was sent
    try:
        count, before = 0, LATEST
        _write(file, [HEADER], bom=True)
        while events := await page(op, wanted, before, PORTION, reading="export"):
            count += len(events)
            if count > MOST:
                raise TooManyEvents(most=MOST)
            _write(file, [_cells(event, op.clinic.zone) for event in events])
            before = events[-1].at, events[-1].id
            if len(events) < PORTION:
                break
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return _sent(file)


def _cells(one: Noted, zone: ZoneInfo) -> tuple[object, ...]:
    return (
        one.at.astimezone(zone).isoformat(timespec="seconds"), one.actor_name or one.actor_id, one.actor_type,
        one.behalf_name or one.on_behalf_of, one.action, one.entity, one.entity_id, one.patient_name, one.patient_id,
        one.patients, one.outcome, " ".join(one.changed_fields or ()), one.purpose, one.context, one.request_id,
        one.session_id, one.ip, one.seq,
    )  # fmt: skip


def guarded(cell: object) -> str:
    """A spreadsheet runs what begins like a formula; an apostrophe before it makes it text. OWASP, CSV injection."""
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(FORMULA) else text


def _write(file: BinaryIO, rows: list[tuple[object, ...]], *, bom: bool = False) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[guarded(cell) for cell in row] for row in rows])
    file.write((("\ufeff" if bom else "") + text.getvalue()).encode())


def _sent(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece

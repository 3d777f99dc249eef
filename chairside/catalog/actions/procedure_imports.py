from datetime import date
from typing import Any, NamedTuple

from chairside.catalog.actions.procedures import FACTS, SET_ARCHIVED, add_codes, write_versions
from chairside.catalog.events import ProceduresChanged
from chairside.catalog.queries.procedures import of_codes
from chairside.catalog.rows.procedures import Procedure
from chairside.catalog.rules.reading import Reading, read
from chairside.kernel.guard import needs
from chairside.kernel.money import exponent
from chairside.kernel.op import Op

USUAL_MINUTES = 30


class Outcome(NamedTuple):
    """`new`, `changed` and `same` are codes; of those with a problem nothing is done. `done`: whether it was written."""

    reading: Reading
    new: list[str]
    changed: list[str]
    same: list[str]
    done: bool


@needs("clinic.write")
async def import_procedures(
    op: Op, *, text: str, mapping: dict[str, str] | None = None, effective_on: date | None = None, dry_run: bool = True
) -> Outcome:
    """The rows of a file that the clinic has a right to: new codes are added, and what differs holds from that day on, or from
    today. Nothing is archived. A dry run writes nothing."""
    day = effective_on or op.today
    units = 10 ** exponent(op.clinic.currency)
    reading = read(text, mapping=mapping, usual_minutes=USUAL_MINUTES, minor_units=units)
    there = await of_codes(op, [item["code"] for item in reading.items], day)
    new: list[str] = []
    changed: list[str] = []
    same: list[str] = []
    written: dict[str, dict[str, Any]] = {}
    for item in reading.items:
        facts = {**item, "currency": op.clinic.currency}
        before = there.get(item["code"].lower())
        if before and not _differs(before, facts):
            same.append(item["code"])
            continue
        (changed if before else new).append(item["code"])
        written[item["code"]] = facts
    if not dry_run and written:
        ids = await add_codes(op, new) | {code: there[code.lower()].id for code in changed}
        await write_versions(op, day, {ids[code]: facts for code, facts in written.items()})
        for code in changed:
            if there[code.lower()].archived_at:
                before = there[code.lower()]
                op.db.with_next(SET_ARCHIVED, procedure_id=before.id, version=before.version, at=None)
        await op.emit(ProceduresChanged())
    return Outcome(reading, new, changed, same, not dry_run)


def _differs(before: Procedure, facts: dict[str, Any]) -> bool:
    """Also when it was archived: what comes in a list is in use."""
    return before.archived_at is not None or any(getattr(before, name) != facts[name] for name in FACTS)

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from psycopg.errors import CheckViolation

from chairside.history import rules
from chairside.history.actions.stock import hold, turn
from chairside.history.queries.histories import get_entry
from chairside.history.rows import ENTRY, HistoryEntry
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed

ADD = f"""
    insert into history_entry as entry (patient_id, kind, name, code_system, code, severity, reaction, dose, anticoagulant,
                                        controlled, reason, due_on, since, until, note)
    values (%(patient_id)s, %(kind)s, %(name)s, %(code_system)s, %(code)s, %(severity)s, %(reaction)s, %(dose)s,
            %(anticoagulant)s, %(controlled)s, %(reason)s, %(due_on)s, %(since)s, %(until)s, %(note)s)
    returning {ENTRY}
"""
CHANGE = f"""
    update history_entry as entry
       set name = %(name)s, code_system = %(code_system)s, code = %(code)s, severity = %(severity)s, reaction = %(reaction)s,
           dose = %(dose)s, anticoagulant = %(anticoagulant)s, controlled = %(controlled)s, reason = %(reason)s,
           due_on = %(due_on)s, since = %(since)s, until = %(until)s, note = %(note)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = entry.version + 1
     where entry.id = %(entry_id)s
    returning {ENTRY}
"""
SET_ENDED = """
    update history_entry as entry
       set ended_at = %(at)s, ended_by = case when %(at)s::timestamptz is not null then app.actor() end,
           end_reason = %(reason)s, until = %(until)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = entry.version + 1
     where entry.id = %(entry_id)s
"""
SET_STRUCK = """
    update history_entry as entry
       set struck_at = %(at)s, struck_by = case when %(at)s::timestamptz is not null then app.actor() end,
           strike_reason = %(reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = entry.version + 1
     where entry.id = %(entry_id)s
"""


class HistoryEntryIsStale(Stale):
    """Somebody changed this entry while you were editing."""


class HistoryEntryIsStruck(Conflict):
    """This entry was struck through; restore it first."""


@needs("history.write")
async def add_entry(op: Op, *, patient_id: UUID, kind: str, facts: dict[str, Any]) -> HistoryEntry:
    """`facts` by their names, of `rules.FACTS`. Refuses NoSuchPatient, NotOnCareTeam, and a fact that is not of this kind."""
    _check(kind, facts)
    await hold(op, patient_id)
    with _promises():
        entry = await op.db.one(
            HistoryEntry, ADD, patient_id=patient_id, kind=kind, **_NOTHING | {k: v for k, v in facts.items() if v is not None}
        )
    assert entry
    await turn(op, patient_id, "added")
    return entry


@needs("history.write")
async def change_entry(op: Op, *, patient_id: UUID, entry_id: UUID, version: int, changes: dict[str, Any]) -> HistoryEntry:
    """What kind of entry it is stays. Refuses NoSuchPatient, NotOnCareTeam, NoSuchHistoryEntry, HistoryEntryIsStale,
    HistoryEntryIsStruck."""
    before = await _held(op, patient_id, entry_id, version)
    if before.struck_at:
        raise HistoryEntryIsStruck()
    facts = {name: changes.get(name, getattr(before, name)) for name in rules.FACTS}
    _check(before.kind, facts)
    with _promises():
        entry = await op.db.one(HistoryEntry, CHANGE, entry_id=entry_id, **facts)
    assert entry
    await turn(op, patient_id, "changed")
    return entry


@needs("history.write")
async def end_entry(
    op: Op, *, patient_id: UUID, entry_id: UUID, until: str | None = None, reason: str | None = None, version: int | None = None
) -> HistoryEntry:
    """It is over, since today or since then; it stays on record. Refuses NoSuchPatient, NotOnCareTeam, NoSuchHistoryEntry,
    HistoryEntryIsStale, HistoryEntryIsStruck."""
    before = await _held(op, patient_id, entry_id, version)
    if before.struck_at:
        raise HistoryEntryIsStruck()
    if before.ended_at:
        return before
    last = until or before.until or op.today.isoformat()
    with _promises():
        await op.db.run(SET_ENDED, entry_id=entry_id, at=op.now, reason=reason, until=last)
    return await _became(op, before, "ended")


@needs("history.write")
async def resume_entry(op: Op, *, patient_id: UUID, entry_id: UUID, version: int | None = None) -> HistoryEntry:
    """It is not over. Refuses NoSuchPatient, NotOnCareTeam, NoSuchHistoryEntry, HistoryEntryIsStale."""
    before = await _held(op, patient_id, entry_id, version)
    if before.ended_at is None:
        return before
    await op.db.run(SET_ENDED, entry_id=entry_id, at=None, reason=None, until=None)
    return await _became(op, before, "resumed")


@needs("history.strike")
async def strike_entry(op: Op, *, patient_id: UUID, entry_id: UUID, reason: str, version: int | None = None) -> HistoryEntry:
    """It should never have stood here: kept, shown struck through, of no effect. Refuses NoSuchPatient, NotOnCareTeam,
    NoSuchHistoryEntry, HistoryEntryIsStale."""
    before = await _held(op, patient_id, entry_id, version)
    if before.struck_at:
        return before
    await op.db.run(SET_STRUCK, entry_id=entry_id, at=op.now, reason=reason)
    return await _became(op, before, "struck")


@needs("history.strike")
async def restore_entry(op: Op, *, patient_id: UUID, entry_id: UUID, version: int | None = None) -> HistoryEntry:
    """It stands again. Refuses NoSuchPatient, NotOnCareTeam, NoSuchHistoryEntry, HistoryEntryIsStale."""
    before = await _held(op, patient_id, entry_id, version)
    if before.struck_at is None:
        return before
    await op.db.run(SET_STRUCK, entry_id=entry_id, at=None, reason=None)
    return await _became(op, before, "restored")


_NOTHING: dict[str, Any] = dict.fromkeys(rules.FACTS) | {"anticoagulant": False}


async def _held(op: Op, patient_id: UUID, entry_id: UUID, version: int | None) -> HistoryEntry:
    await hold(op, patient_id)
    entry = await get_entry(op, patient_id=patient_id, entry_id=entry_id)
    if version not in (None, entry.version):
        raise HistoryEntryIsStale(version=entry.version)
    return entry


async def _became(op: Op, before: HistoryEntry, why: str) -> HistoryEntry:
    await turn(op, before.patient_id, why)
    return await get_entry(op, patient_id=before.patient_id, entry_id=before.id)


def _check(kind: str, facts: dict[str, Any]) -> None:
    """Facts of its own kind, a name unless it is a pregnancy, a reason for premedication, a system with a code."""
    of_others = set().union(*rules.OF_KIND.values()) - rules.OF_KIND[kind]
    if kind == "pregnancy":
        of_others |= {"name"}
    for name in sorted(of_others):
        if facts.get(name):
            raise malformed(f"/{name}", "not_of_this_kind", "An entry of this kind has no such field.")
    if kind != "pregnancy" and not facts.get("name"):
        raise malformed("/name", "required", "Say what it is.")
    if kind == "premedication" and not facts.get("reason"):
        raise malformed("/reason", "required", "Say why it is needed.")
    if bool(facts.get("code")) != bool(facts.get("code_system")):
        raise malformed("/code" if facts.get("code_system") else "/code_system", "required", "A code and its system go together.")


@contextmanager
def _promises() -> Iterator[None]:
    try:
        yield
    except CheckViolation as error:
        if error.diag.constraint_name != "history_entry_runs_forward":
            raise
        raise malformed("/until", "runs_backward", "The end is before the beginning.") from error

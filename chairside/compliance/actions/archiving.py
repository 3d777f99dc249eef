"""A month of events in one file: facts alone, and only what is sealed and signed for. What was before and after a change is not
in it: a file that nobody can change must not hold what somebody may want erased."""

import asyncio
import gzip
import json
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple
from uuid import UUID

from chairside.compliance.actions.verifying import list_clinics
from chairside.compliance.places import Place, file_digest
from chairside.compliance.queries.chain import look_through
from chairside.compliance.rules import facts
from chairside.compliance.rules.checkpoints import Archive, Ring
from chairside.kernel.db import Db, Source
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.kernel.stop import Stop

MONTH = (
    "e.at >= %(month)s::date::timestamp at time zone 'UTC' and e.at < (%(month)s::date + interval '1 month') at time zone 'UTC'"
)
WAITING = f"""
    select c.id, c.slug, count(*), count(s.seq), max(s.seq)
      from audit_event e
      join clinic c on c.id = e.clinic_id
      left join audit_seal s on s.clinic_id = e.clinic_id and s.at = e.at and s.audit_id = e.id
     where {MONTH.strip()}
       and not exists (select from audit_archive a where a.clinic_id = e.clinic_id and a.month = %(month)s::date)
     group by c.id
     order by c.slug
"""
FACTS = f"""
    select s.seq, s.hash,
           e.clinic_id::text, e.id::text, ((extract(epoch from e.at) * 1000000)::bigint)::text, e.actor_id::text, e.actor_type,
           e.on_behalf_of::text, e.session_id::text, e.request_id, e.ip::text, e.purpose, e.context, e.break_glass_id::text,
           e.impersonation_id::text, e.action, e.entity, e.entity_id::text, e.patient_id::text, e.patient_ids::text, e.outcome,
           e.changed_fields::text, encode(e.values_digest, 'hex'), e.txid::text
      from audit_event e
      join audit_seal s on s.clinic_id = e.clinic_id and s.at = e.at and s.audit_id = e.id
     where e.clinic_id = %(clinic)s::uuid
       and {MONTH.strip()}
       and s.seq > %(after)s::bigint
     order by s.seq
     limit 2000
"""
NOTE = """
    insert into audit_archive (clinic_id, month, events, last_seq, digest, at, key_id, signature)
    values (%(clinic)s, %(month)s, %(events)s, %(last_seq)s, %(digest)s, %(at)s, %(key_id)s, %(signature)s)
"""


MONTHS = """
    select substring(c.relname from '\\d{4}_\\d\\d$')
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'public.audit_event'::regclass
     order by 1
"""
# By the worker, which may not write there itself.
KEEP = """
    select app.keep_archive(%(clinic)s::uuid, %(month)s::date, %(events)s::bigint, %(last_seq)s::bigint, %(digest)s::bytea,
                            %(at)s::timestamptz, %(key_id)s::text, %(signature)s::bytea)
"""
DROP = "select app.drop_archived_month(%(month)s::date)"
# A file goes to the second place, and is read back, while the transaction waits.
PATIENCE = "select set_config('idle_in_transaction_session_timeout', '15min', true)"


class Waiting(NamedTuple):
    clinic_id: UUID
    slug: str
    events: int
    sealed: int
    last_seq: int | None


async def archive_month(source: Source, *, month: date, place: Place, ring: Ring, now: datetime) -> list[Archive]:
    """For the administrator: a file for every clinic that has none of this month yet. Refuses Stop whatever is not sealed, not
    signed for or not what was sealed."""
    db = Db(source)
    try:
        waiting = await db.all(Waiting, WAITING, month=month)
        done = []
        for one in waiting:
            archive = await _archive(db, one, month=month, place=place, ring=ring, now=now)
            await db.run(NOTE, **_noted(archive))
            done.append(archive)
        await db.commit()
    except BaseException:
        await db.undo()
        raise
    return done


async def archive_old(source: Source, *, years: int, place: Place, ring: Ring, now: datetime) -> list[date]:
    """For the worker, every night: the months that are older than so many years, six at least, oldest first. One that is not
    sealed, not signed for or not what was sealed stays and is tried again, and so does everything after it. Which went."""
    gone = []
    for month in await _months(source, before=date(now.year - years, now.month, 1)):
        try:
            events = await _archive_apart(source, month, place=place, ring=ring, now=now)
            await _drop(source, month)
        except Stop as reason:
            say().warning("audit month stays", name=f"{month:%Y-%m}", **scrubbed(reason))
            break
        say().info("audit month archived", name=f"{month:%Y-%m}", count=events)
        gone.append(month)
    return gone


async def _months(source: Source, *, before: date) -> list[date]:
    db = Db(source)
    try:
        months = [date(int(text[:4]), int(text[5:]), 1) for text in await db.all(str, MONTHS)]
    finally:
        await db.undo()
    return [month for month in months if month < before]


async def _archive_apart(source: Source, month: date, *, place: Place, ring: Ring, now: datetime) -> int:
    """Each clinic behind its own fence and in a transaction of its own; how many events that was."""
    events = 0
    for clinic in await list_clinics(source):
        async with begin(source, now, "audit archive") as op:
            await op.act_for(clinic.clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
            op.db.with_next(PATIENCE)
            if (one := await op.db.one(Waiting, WAITING, month=month)) is None:
                continue
            archive = await _archive(op.db, one, month=month, place=place, ring=ring, now=now)
            if not await op.db.value(KEEP, **_noted(archive)):
                raise Stop(f"The archive of {one.slug} for {month:%Y-%m} is not what lies here. Nothing was dropped.")
            events += archive.events
    return events


async def _drop(source: Source, month: date) -> None:
    db = Db(source)
    try:
        left = await db.value(DROP, month=month)
        await db.commit()
    except BaseException:
        await db.undo()
        raise
    if left:
        raise Stop(f"{month:%Y-%m} stays: {left} events are in no archive.")


async def _archive(db: Db, one: Waiting, *, month: date, place: Place, ring: Ring, now: datetime) -> Archive:
    if one.sealed < one.events or one.last_seq is None:
        raise Stop(f"{one.slug} has {one.events - one.sealed} events of {month:%Y-%m} that are not sealed: let a worker run.")
    found = await look_through(db, clinic_id=one.clinic_id, place=place, ring=ring)
    if found.finding:
        raise Stop(f"The audit of {one.slug} is not what was sealed; `chairside audit verify` says where. Nothing was archived.")
    if not await asyncio.to_thread(_is_closed, place, ring, one):
        raise Stop(f"No checkpoint of {one.slug} closes {month:%Y-%m} yet: let a worker run first.")
    with TemporaryFile() as file:
        events = await _write(db, file, one.clinic_id, month)
        file.seek(0)
        unsigned = Archive(one.clinic_id, month, events, one.last_seq, b"", now)
        await asyncio.to_thread(place.store, unsigned.name, file)
        digest = await asyncio.to_thread(file_digest, place, unsigned.name)
    if digest is None or events != one.events:
        raise Stop(f"The archive of {one.slug} for {month:%Y-%m} could not be read again. Nothing was dropped.")
    return ring.sign(Archive(one.clinic_id, month, events, one.last_seq, digest, now))


def _noted(archive: Archive) -> dict[str, Any]:
    return {
        "clinic": archive.clinic_id, "month": archive.month, "events": archive.events, "last_seq": archive.last_seq,
        "digest": archive.digest, "at": archive.at, "key_id": archive.key_id, "signature": archive.signature,
    }  # fmt: skip


def _is_closed(place: Place, ring: Ring, one: Waiting) -> bool:
    return any(mark.seq >= (one.last_seq or 0) and ring.knows(mark) for mark in place.read(one.clinic_id))


async def _write(db: Db, file: BinaryIO, clinic_id: UUID, month: date) -> int:
    """One line for each event, in the order of the chain: its seal, and the values of facts.COLUMNS as they were sealed."""
    after = events = 0
    with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
        while page := await db.all(_row, FACTS, clinic=clinic_id, month=month, after=after):
            for seq, hash_, *values in page:
                line = {"seq": seq, "hash": hash_.hex(), "fact": dict(zip(facts.COLUMNS, values, strict=True))}
                packed.write(json.dumps(line).encode() + b"\n")
            after, events = page[-1][0], events + len(page)
    return events


def _row(*values: Any) -> tuple[Any, ...]:
    return values

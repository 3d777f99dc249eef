"""Looking through a clinic's chain, from its first row to its last, in as much memory as a page takes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from chairside.compliance.places import Place, file_digest
from chairside.compliance.rules import facts
from chairside.compliance.rules.checkpoints import RESTORED, Archive, Checkpoint, Ring, is_void
from chairside.kernel.db import Db

SEALED = """
    select s.seq, s.audit_id, s.at, s.digest, s.hash,
           v.audit_id is not null as has_values,
           sha256(v.salt || convert_to(coalesce(v.old::text, ''), 'UTF8')
                         || convert_to(coalesce(v.new::text, ''), 'UTF8')) as values_digest,
           date_trunc('month', s.at at time zone 'UTC')::date as month,
           e.clinic_id::text, e.id::text, ((extract(epoch from e.at) * 1000000)::bigint)::text, e.actor_id::text, e.actor_type,
           e.on_behalf_of::text, e.session_id::text, e.request_id, e.ip::text, e.purpose, e.context, e.break_glass_id::text,
           e.impersonation_id::text, e.action, e.entity, e.entity_id::text, e.patient_id::text, e.patient_ids::text, e.outcome,
           e.changed_fields::text, encode(e.values_digest, 'hex'), e.txid::text
      from audit_seal s
      left join audit_event e on e.clinic_id = s.clinic_id and e.at = s.at and e.id = s.audit_id
      left join audit_value v on v.clinic_id = s.clinic_id and v.at = s.at and v.audit_id = s.audit_id
     where s.clinic_id = %(clinic)s::uuid
       and s.seq > %(after)s::bigint
     order by s.seq
     limit 2000
"""
# One page of the events themselves: where it ends, and the first in it that should have a seal and has none.
UNSEALED = """
    with page as materialized (
        select e.at, e.id, e.txid
          from audit_event e
         where e.clinic_id = %(clinic)s::uuid
           and (e.at, e.id) > (%(at)s::timestamptz, %(id)s::uuid)
         order by e.at, e.id
         limit 10000
    ), stray as (
        select page.id
          from page
          left join lateral (
                select true as is_sealed
                  from audit_seal s
                 where s.clinic_id = %(clinic)s::uuid and s.at = page.at and s.audit_id = page.id
                 limit 1
               ) seal on true
         where seal.is_sealed is null
           and page.txid < %(horizon)s::text::xid8
         order by page.at, page.id
         limit 1
    )
    select last.at, last.id, (select stray.id from stray)
      from (select page.at, page.id from page order by page.at desc, page.id desc limit 1) last
"""
ARCHIVES = """
    select a.clinic_id, a.month, a.events, a.last_seq, a.digest, a.at, a.key_id, a.signature
      from audit_archive a
     where a.clinic_id = %(clinic)s::uuid
     order by a.month
"""
HORIZON = "select audit_horizon.horizon::text from audit_horizon"
MARKS = """
    select k.clinic_id, k.number, k.kind, k.seq, k.hash, k.at, k.key_id, k.signature
      from audit_checkpoint k
     where k.clinic_id = %(clinic)s::uuid
       and k.number > %(after)s::bigint
     order by k.number
     limit 1000
"""
NEWEST = "select coalesce(max(k.number), 0) from audit_checkpoint k where k.clinic_id = %(clinic)s::uuid"
LONG_AGO = datetime.fromisoformat("0001-01-02T00:00:00+00:00")
NO_ID = UUID(int=0)
VALUES = facts.COLUMNS.index("values_digest")


class Finding(NamedTuple):
    """The first thing that is wrong. `problem` is its code, `sentence` says it; `seq` is its place in the chain, if any."""

    problem: str
    sentence: str
    seq: int | None = None
    audit_id: UUID | None = None


class Verified(NamedTuple):
    """All is well up to `seq`, whose event happened `at`; and what is wrong behind it. `voided` checkpoints are of a time that a
    restored backup undid."""

    clinic_id: UUID
    seq: int
    at: datetime | None
    checkpoints: int
    voided: int
    finding: Finding | None


class Amiss(Exception):
    def __init__(self, problem: str, sentence: str, seq: int | None = None, audit_id: UUID | None = None) -> None:
        self.finding = Finding(problem, sentence, seq, audit_id)


class Look:
    """One looking-through of one clinic."""

    def __init__(self, db: Db, clinic_id: UUID, place: Place, ring: Ring) -> None:
        self.db, self.clinic_id, self.place, self.ring = db, clinic_id, place, ring
        self.seq, self.hash = 0, facts.beginning(clinic_id)
        self.at: datetime | None = None
        self.checkpoints = self.voided = 0
        self.restored: list[Checkpoint] = []
        self.archived: dict[date, Archive] = {}

    async def through(self) -> Verified:
        finding = None
        try:
            async for one in self._placed():
                if one.kind == RESTORED and self.ring.knows(one):
                    self.restored.append(one)
            await self._archives()
            await self._chain()
            await self._strays()
            await self._marks()
        except Amiss as wrong:
            finding = wrong.finding
        return Verified(self.clinic_id, self.seq, self.at, self.checkpoints, self.voided, finding)

    async def _archives(self) -> None:
        """Months whose events lie in the second place: the file is there, and the one that was signed."""
        for one in await self.db.all(Archive, ARCHIVES, clinic=self.clinic_id):
            month = f"{one.month:%Y-%m}"
            if not self.ring.knows(one):
                raise Amiss("archive_forged", f"that {month} was archived is not signed by a key of ours", one.last_seq)
            if await asyncio.to_thread(file_digest, self.place, one.name) != one.digest:
                raise Amiss("archive_changed", f"the archive of {month} is missing or not what was signed", one.last_seq)
            self.archived[one.month] = one

    async def _chain(self) -> None:
        """Every link against its event, and every checkpoint of the second place against its link."""
        links = self._links()
        number = 0
        async for one in self._placed():
            if one.number > number + 1:
                raise Amiss("checkpoint_missing", f"checkpoint {number + 1} is missing in the second place", one.seq)
            number = max(number, one.number)
            if not self.ring.knows(one):
                raise Amiss("checkpoint_forged", f"checkpoint {one.number} is not signed by a key of ours", one.seq)
            self.checkpoints += 1
            if is_void(one, self.restored):
                self.voided += 1
                continue
            while self.seq < one.seq and await anext(links, False):
                pass
            self._hold(one)
        async for _ in links:
            pass

    def _hold(self, one: Checkpoint) -> None:
        if self.seq < one.seq:
            raise Amiss("truncated", f"the chain ends with {self.seq}, and {one.seq} rows were signed for", self.seq + 1)
        if self.seq > one.seq:
            raise Amiss("checkpoint_forged", f"checkpoint {one.number} stands behind one of a later row", one.seq)
        if self.hash != one.hash:
            raise Amiss("rewritten", f"the chain was written anew: at {one.seq} it is not the one that was signed", one.seq)

    async def _links(self) -> AsyncIterator[bool]:
        while page := await self.db.all(_row, SEALED, clinic=self.clinic_id, after=self.seq):
            for row in page:
                self._follow(row)
                yield True

    def _follow(self, row: tuple[Any, ...]) -> None:
        seq, audit_id, at, digest, hash_, has_values, values_digest, month, *values = row
        if seq != self.seq + 1:
            raise Amiss("missing", f"the seal of row {self.seq + 1} is missing", self.seq + 1)
        is_here = values[0] is not None
        if not is_here and month not in self.archived:
            raise Amiss("missing", "the row is missing", seq, audit_id)
        if is_here and facts.digest(values) != digest:
            raise Amiss("changed", "the row is not what was sealed", seq, audit_id)
        if hash_ != facts.link(self.hash, seq=seq, digest=digest):
            raise Amiss("unbound", "the seal does not follow from the one before it", seq, audit_id)
        if has_values and is_here and (values_digest and values_digest.hex()) != values[VALUES]:
            raise Amiss("values_changed", "the values before and after are not those that were sealed", seq, audit_id)
        self.seq, self.at, self.hash = seq, at, hash_

    async def _strays(self) -> None:
        """Rows that stand among the sealed ones and have no seal were put there afterwards."""
        horizon = await self.db.value(HORIZON)
        at, id_ = LONG_AGO, NO_ID
        while page := await self.db.one(_row, UNSEALED, clinic=self.clinic_id, at=at, id=id_, horizon=horizon):
            at, id_, stray = page
            if stray:
                raise Amiss("inserted", "the row was put in afterwards", None, stray)

    async def _marks(self) -> None:
        """What the database says was signed is what the second place holds. What is signed meanwhile is there first."""
        newest = await self.db.value(NEWEST, clinic=self.clinic_id)
        marks = self._marked()
        mark = await anext(marks, None)
        number, same = 0, list[Checkpoint]()
        async for one in self._placed():
            if one.number != number:
                mark = await self._agree(mark, marks, same, is_last=False)
                number, same = one.number, []
            same.append(one)
        mark = await self._agree(mark, marks, same, is_last=True)
        if mark and mark.number <= newest:
            raise Amiss("checkpoint_missing", f"checkpoint {mark.number} is missing in the second place", mark.seq)

    async def _agree(
        self, mark: Checkpoint | None, marks: AsyncIterator[Checkpoint], same: list[Checkpoint], *, is_last: bool
    ) -> Checkpoint | None:
        """`same` are all that the second place has of one number: more than one where a crash came between; and the last may not
        be in the database yet."""
        if not same:
            return mark
        if mark is None or mark.number > same[0].number:
            if is_last or all(is_void(one, self.restored) for one in same):
                return mark
            raise Amiss("checkpoint_missing", f"checkpoint {same[0].number} is missing in the database", same[0].seq)
        if mark not in same:
            raise Amiss("checkpoint_forged", f"checkpoint {mark.number} in the database is not the one that was signed", mark.seq)
        return await anext(marks, None)

    async def _marked(self) -> AsyncIterator[Checkpoint]:
        after = 0
        while page := await self.db.all(Checkpoint, MARKS, clinic=self.clinic_id, after=after):
            for one in page:
                yield one
            after = page[-1].number

    async def _placed(self) -> AsyncIterator[Checkpoint]:
        """Of the second place, some at a time: it may be slow."""
        there = self.place.read(self.clinic_id)
        while some := await asyncio.to_thread(_some, there):
            for one in some:
                yield one


async def look_through(db: Db, *, clinic_id: UUID, place: Place, ring: Ring) -> Verified:
    """The chain of a clinic, as whoever `db` is may see it. Values that were erased are not missed."""
    return await Look(db, clinic_id, place, ring).through()


def _some(there: Iterator[Checkpoint]) -> list[Checkpoint]:
    return list(islice(there, 1000))


def _row(*values: Any) -> tuple[Any, ...]:
    return values

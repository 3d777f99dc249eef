"""Every row of the audit gets its place in its clinic's chain: one order, without a gap, whoever commits late."""

import asyncio
import secrets
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest

from chairside.compliance.actions.sealing import Signer, seal
from chairside.compliance.places import last
from chairside.compliance.queries.chain import look_through
from chairside.compliance.rules import facts
from chairside.compliance.rules.checkpoints import RESTORED, SIGNED, Checkpoint, Ring, new_key
from chairside.kernel import clock
from chairside.kernel.db import Db

SEQS = "select array_agg(s.seq order by s.seq) from audit_seal s where s.clinic_id = %s"
WITHOUT = """
    select count(*) from audit_event e
     where e.clinic_id = %s and not exists (select from audit_seal s where (s.clinic_id, s.at, s.audit_id) = (e.clinic_id, e.at, e.id))
"""


def seqs(root, clinic) -> list[int]:
    return root.execute(SEQS, [clinic.id]).fetchone()[0] or []


class TestSeal:
    async def test_gives_every_row_a_place_without_a_gap(self, sealed, north, given, root):
        await given.patient(north)
        await sealed.seal()
        assert root.execute(WITHOUT, [north.id]).fetchone() == (0,)
        found = seqs(root, north)
        assert found == list(range(1, len(found) + 1)) and len(found) > 10

    async def test_goes_on_where_it_ended(self, sealed, north, given, root):
        await sealed.seal()
        before = seqs(root, north)
        await given.patient(north)
        await sealed.seal()
        assert seqs(root, north) == list(range(1, len(before) + 2))
        await sealed.seal()
        assert len(seqs(root, north)) == len(before) + 1

    async def test_keeps_each_clinic_its_own_chain(self, sealed, north, south, given, root):
        for clinic in (north, south, north):
            await given.patient(clinic)
        await sealed.seal()
        await sealed.sign()
        for clinic in (north, south):
            found = seqs(root, clinic)
            assert found == list(range(1, len(found) + 1))
            assert (await sealed.look(clinic)).finding is None

    async def test_waits_for_a_transaction_that_runs_and_skips_none_that_commits_late(self, sealed, north, given, conninfo, root):
        await sealed.seal()
        before = len(seqs(root, north))
        with psycopg.connect(conninfo) as late:
            late.execute("select app.act(%s, %s, null, 'human', 'late')", [north.id, north.owner_id])
            late.execute("insert into location (name) values ('late')")
            await given.patient(north)
            await sealed.seal()
            assert len(seqs(root, north)) == before, "what began after a transaction that still runs is not sealed before it"
            late.commit()
        await sealed.seal()
        assert len(seqs(root, north)) == before + 2
        assert root.execute(WITHOUT, [north.id]).fetchone() == (0,)

    async def test_takes_a_backlog_in_portions_that_keep_transactions_whole(self, sealed, north, conninfo, root, pool):
        await sealed.seal()
        before = len(seqs(root, north))
        with psycopg.connect(conninfo) as db:
            for rows in (1, 7, 3, 2, 9):
                db.execute("select app.act(%s, %s, null, 'human', 'backlog')", [north.id, north.owner_id])
                db.execute("insert into location (name) select 'x' from generate_series(1, %s)", [rows])
                db.commit()
        assert await seal(pool, most=4) >= 22
        assert seqs(root, north) == list(range(1, before + 23))

    async def test_is_gapless_under_writers_and_several_sealers(self, sealed, north, conninfo, root, pool):
        writing = True

        def write() -> int:
            with psycopg.connect(conninfo) as db:
                for number in range(60):
                    db.execute("select app.act(%s, %s, null, 'human', 'busy')", [north.id, north.owner_id])
                    db.execute("insert into location (name) select 'x' from generate_series(1, %s)", [number % 4 + 1])
                    db.rollback() if number % 7 == 3 else db.commit()
            return 0

        async def go_on() -> None:
            while writing:
                await seal(pool, most=10)

        sealers = [asyncio.create_task(go_on()) for _ in range(3)]
        await asyncio.gather(*(asyncio.to_thread(write) for _ in range(6)))
        writing = False
        await asyncio.gather(*sealers)
        await sealed.seal()
        await sealed.sign()
        assert root.execute(WITHOUT, [north.id]).fetchone() == (0,)
        found = seqs(root, north)
        assert found == list(range(1, len(found) + 1)) and len(found) > 700
        assert (await sealed.look(north)).finding is None

    async def test_is_done_by_one_at_a_time(self, sealed, north, given, conninfo, pool):
        await given.patient(north)
        with psycopg.connect(conninfo) as other:
            other.execute("select pg_advisory_xact_lock(7246002)")
            assert await seal(pool) == 0
        assert await seal(pool) > 0

    async def test_writes_a_fact_down_as_the_program_does(self, sealed, north, given, root):
        await given.patient(north, first_name='Ana, "Ță"', last_name="{NULL}")
        columns = ", ".join(
            "((extract(epoch from at) * 1000000)::bigint)::text"
            if name == "at"
            else "encode(values_digest, 'hex')"
            if name == "values_digest"
            else f"{name}::text"
            for name in facts.COLUMNS
        )
        query = f"select sha256(convert_to(app.fact(e), 'UTF8')), {columns} from audit_event e where clinic_id = %s"
        rows = root.execute(query, [north.id]).fetchall()
        assert len(rows) > 10
        for digest, *values in rows:
            assert facts.digest(values) == digest

    def test_covers_every_column_of_a_fact(self, root):
        query = "select array_agg(attname::text) from pg_attribute where attrelid = 'audit_event'::regclass and attnum > 0 and not attisdropped"
        assert set(root.execute(query).fetchone()[0]) == set(facts.COLUMNS), "a new column is a new form of app.fact"

    async def test_goes_on_after_a_restore_on_a_server_that_counts_anew(self, sealed, north, given, root, conninfo):
        await sealed.seal()
        before = len(seqs(root, north))
        await given.patient(north)  # not sealed yet, in the backup
        root.execute(
            "update audit_event set txid = '9000000000' where clinic_id = %s and txid >= (select horizon from audit_horizon)",
            [north.id],
        )
        root.execute("update audit_horizon set horizon = '8999999999'")
        assert root.execute("select more from app.seal(100)").fetchone() == (True,)
        assert len(seqs(root, north)) == before + 1
        while root.execute("select more from app.seal(5000)").fetchone() == (True,):
            pass
        assert len(seqs(root, north)) == before + 1, "what is sealed is not sealed again"


class TestTheApp:
    @pytest.mark.parametrize("change", [
        "insert into audit_seal (clinic_id, seq, audit_id, at, digest, hash) values (app.clinic(), 10000, uuidv7(), now(), 'x', 'x')",
        "update audit_seal set hash = 'x'", "delete from audit_seal", "truncate audit_seal",
        "update audit_checkpoint set hash = 'x'", "delete from audit_checkpoint", "update audit_horizon set horizon = '0'",
        "insert into audit_checkpoint select * from audit_checkpoint", "delete from audit_verification", "delete from audit_value",
        "insert into audit_archive select * from audit_archive", "set role chairside_sealer",
        "insert into audit_event (action, entity, at) values ('read', 'patient', now() - interval '1 hour')",
        "insert into audit_event (action, entity, txid) values ('read', 'patient', '5')",
        "insert into audit_value (audit_id, salt, at) values (uuidv7(), 'x', now() - interval '1 hour')",
    ])  # fmt: skip
    async def test_can_neither_write_seals_nor_choose_a_time(self, conninfo, change, north):
        with psycopg.connect(conninfo) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute("select app.act(%s, %s, null, 'human', 'x')", [north.id, north.owner_id])
            db.execute(change)

    async def test_sees_the_seals_of_its_clinic_alone(self, sealed, north, south, conninfo):
        await sealed.seal()
        await sealed.sign()
        with psycopg.connect(conninfo) as db:
            for table in ("audit_seal", "audit_checkpoint"):
                assert db.execute(f"select count(*) from {table}").fetchone() == (0,)
            db.execute("select app.act(%s, %s, null, 'human', 'x')", [north.id, north.owner_id])
            for table in ("audit_seal", "audit_checkpoint"):
                assert db.execute(f"select distinct clinic_id from {table}").fetchall() == [(north.id,)]

    async def test_cannot_keep_a_checkpoint_of_a_place_that_is_not_there(self, sealed, north, conninfo):
        await sealed.seal()
        with psycopg.connect(conninfo) as db:
            db.execute("select app.keep_checkpoint(%s, 1, 'signed', 3, 'x', now(), 'k', 's')", [north.id])
            db.execute("select app.act(%s, %s, null, 'human', 'x')", [north.id, north.owner_id])
            assert db.execute("select count(*) from audit_checkpoint").fetchone() == (0,)


class TestSign:
    async def test_signs_each_chain_that_grew_and_no_other(self, sealed, north, south, given):
        await sealed.seal()
        assert await sealed.sign() >= 2
        assert await sealed.sign() == 0
        await given.patient(north)
        await sealed.seal()
        assert await sealed.sign() == 1
        assert (last(sealed.place, north.id), last(sealed.place, south.id)) == (2, 1)
        for clinic in (north, south):
            assert (await sealed.look(clinic)).finding is None

    async def test_survives_a_crash_between_the_second_place_and_the_database(self, sealed, north, given):
        await sealed.seal()
        await sealed.sign()
        for _ in range(2):
            await given.patient(north)
            await sealed.seal()
            await self.crash(sealed)
            found = await sealed.look(north)
            assert found.finding is None, "what was signed last may not be in the database yet"
        await given.patient(north)
        await sealed.seal()
        await sealed.sign()
        found = await sealed.look(north)
        assert found.finding is None and found.checkpoints == 4

    async def crash(self, sealed) -> None:
        class Gone(Exception): ...

        class Crashing:
            def keep(self, checkpoints):
                sealed.place.keep(checkpoints)
                raise Gone

            def __getattr__(self, name):
                return getattr(sealed.place, name)

        with pytest.raises(Gone):
            await Signer(sealed.ring, Crashing()).sign(sealed.pool, now=clock.now())

    async def test_survives_a_crash_between_seal_and_checkpoint(self, sealed, north, given):
        await sealed.seal()
        another = type(sealed)(sealed.pool, sealed.owner, sealed.place.folder)
        another.ring = sealed.ring
        assert await another.sign() >= 1
        assert (await sealed.look(north)).finding is None

    async def test_goes_on_after_a_line_that_was_cut_short(self, sealed, north, given):
        await sealed.seal()
        await sealed.sign()
        [file] = (sealed.place.folder / str(north.id)).iterdir()
        with file.open("ab") as torn:
            torn.write(b'{"clinic": "0')
        await given.patient(north)
        await sealed.seal()
        await sealed.sign()
        found = await sealed.look(north)
        assert found.finding is None and found.checkpoints == 2

    async def test_of_two_at_once_one_signs(self, sealed, north, given):
        await sealed.seal()
        await asyncio.gather(*(sealed.sign() for _ in range(4)))
        assert (await sealed.look(north)).finding is None

    async def test_does_not_sign_over_a_second_place_that_is_ahead(self, sealed, north, given):
        await sealed.seal()
        ahead = Checkpoint(north.id, 7, SIGNED, 1000, secrets.token_bytes(32), clock.now())
        sealed.place.keep([sealed.ring.sign(ahead)])
        await sealed.sign()
        assert last(sealed.place, north.id) == 7


class TestKeys:
    async def test_know_what_they_signed_and_nothing_else(self, north):
        ours, theirs = Ring.read(new_key()), Ring.read(new_key())
        one = ours.sign(Checkpoint(north.id, 1, SIGNED, 5, b"h" * 32, datetime(2027, 3, 1, tzinfo=UTC)))
        assert ours.knows(one) and not theirs.knows(one)
        for changed in (
            {"seq": 6},
            {"number": 2},
            {"kind": RESTORED},
            {"hash": b"g" * 32},
            {"at": clock.now()},
            {"signature": b"x" * 64},
        ):
            assert not ours.knows(type(one)(**{**{name: getattr(one, name) for name in one.__slots__}, **changed}))

    async def test_know_what_a_former_key_signed(self, north):
        former = new_key()
        one = Ring.read(former).sign(Checkpoint(north.id, 1, SIGNED, 5, b"h" * 32, clock.now()))
        public = former[former.index("-----BEGIN PUBLIC") :]
        assert Ring.read(new_key() + public).knows(one)
        assert Ring.read(public).knows(one), "the public half is enough to verify"


async def test_a_clinic_without_a_row_is_well(sealed, owner):
    db = Db(owner)
    try:
        found = await look_through(db, clinic_id=uuid4(), place=sealed.place, ring=sealed.ring)
    finally:
        await db.undo()
    assert found.finding is None and (found.seq, found.checkpoints) == (0, 0)

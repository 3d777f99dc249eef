"""Whoever may do anything in the database, the owner of its tables too, cannot change what was sealed without being found out.

Each tampering is done in a transaction that is undone, looked for through the same transaction, and must be named with its place.
"""

from dataclasses import replace
from uuid import UUID

import pytest

from chairside.compliance.rules import facts
from chairside.compliance.rules.checkpoints import SIGNED, Checkpoint, Ring, new_key
from chairside.kernel import clock

ROWS = 64
CHANGED = {
    "clinic_id": "uuidv7()", "id": "uuidv7()", "at": "at + interval '1 microsecond'", "actor_id": "uuidv7()",
    "actor_type": "coalesce(actor_type, '') || 'x'", "on_behalf_of": "uuidv7()", "session_id": "uuidv7()",
    "request_id": "coalesce(request_id, '') || ' '", "ip": "coalesce(ip + 1, '10.0.0.1')", "purpose": "coalesce(purpose, '')",
    "context": "coalesce(context || 'x', '')", "break_glass_id": "uuidv7()", "impersonation_id": "uuidv7()",
    "action": "upper(action)", "entity": "entity || 's'", "entity_id": "uuidv7()", "patient_id": "uuidv7()",
    "patient_ids": "patient_ids || uuidv7()", "outcome": "'refused'", "changed_fields": "changed_fields || '{id}'::text[]",
    "values_digest": "sha256(coalesce(values_digest, ''))", "txid": "(txid::text::bigint + 1)::text::xid8",
}  # fmt: skip
SEAL = {
    "seq": "seq + 1000000", "audit_id": "uuidv7()", "at": "at + interval '1 microsecond'", "digest": "sha256(digest)",
    "hash": "sha256(hash)", "clinic_id": "uuidv7()",
}  # fmt: skip
VALUES = {
    "salt": "sha256(salt)", "old": "coalesce(old, '{}') || '{\"name\": \"Somebody Else\"}'",
    "new": "coalesce(new, '{}') || '{\"name\": \"Somebody Else\"}'",
}  # fmt: skip
OF = "(clinic_id, at, {id}) = (select s.clinic_id, s.at, s.audit_id from audit_seal s where s.clinic_id = %(clinic)s and s.seq = %(seq)s)"
EVENT, VALUE = OF.format(id="id"), OF.format(id="audit_id")
MINE = "clinic_id = %(clinic)s"


@pytest.fixture
async def full(sealed, north, given):
    """A clinic with many rows of all kinds, signed for in three places and a little further."""
    patient = await given.patient(north)
    for part in range(3):
        while (await count(sealed, north)) < ROWS * (part + 1) // 4:
            assert (await north.ask("GET", f"/patients/{patient.id}")).status_code == 200
            assert (await north.ask("GET", "/patients")).status_code == 200
            patient = await given.patient(north)
        await sealed.seal()
        await sealed.sign()
    await given.patient(north)
    await sealed.seal()
    await sealed.sign()
    assert (await sealed.look(north)).finding is None
    return north


async def count(sealed, clinic) -> int:
    async with sealed.tampering() as db:
        return await db.value("select count(*) from audit_event where clinic_id = %(clinic)s", clinic=clinic.id)


async def found_after(sealed, clinic, *statements: str, **values):
    """What is found after these, or None when they changed nothing."""
    async with sealed.tampering() as db:
        for statement in statements:
            await db.run(statement, clinic=clinic.id, **values)
        return (await sealed.look(clinic, db)).finding


async def last_seq(sealed, clinic) -> int:
    async with sealed.tampering() as db:
        return await db.value("select max(seq) from audit_seal where clinic_id = %(clinic)s", clinic=clinic.id)


class TestEvents:
    @pytest.mark.parametrize("column", facts.COLUMNS)
    async def test_a_change_of_any_column_of_any_row_is_found(self, sealed, full, column):
        problem = "missing" if column in ("clinic_id", "id", "at") else "changed"
        for seq in range(1, await last_seq(sealed, full) + 1):
            found = await found_after(sealed, full, f"update audit_event set {column} = {CHANGED[column]} where {EVENT}", seq=seq)
            if column in ("patient_ids", "changed_fields") and found is None:
                continue  # it was null, and null with something more is null
            assert found and (found.problem, found.seq) == (problem, seq)

    async def test_a_row_taken_away_is_found(self, sealed, full):
        for seq in range(1, await last_seq(sealed, full) + 1):
            found = await found_after(sealed, full, f"delete from audit_event where {EVENT}", seq=seq)
            assert found and (found.problem, found.seq) == ("missing", seq)

    async def test_a_row_put_in_afterwards_is_found(self, sealed, full):
        columns = ", ".join(name for name in facts.COLUMNS if name != "id")
        for seq in range(1, await last_seq(sealed, full) + 1):
            put = f"insert into audit_event ({columns}) select {columns} from audit_event where {EVENT}"
            found = await found_after(sealed, full, put, seq=seq)
            assert found and found.problem == "inserted" and found.audit_id

    async def test_two_rows_that_change_places_are_found(self, sealed, full):
        columns = [name for name in facts.COLUMNS if name not in ("clinic_id", "id", "at")]
        swap = f"""
            update audit_event e set ({", ".join(columns)}) = (
                select {", ".join(f"o.{name}" for name in columns)} from audit_event o
                  join audit_seal os on (os.clinic_id, os.at, os.audit_id) = (o.clinic_id, o.at, o.id)
                 where os.clinic_id = %(clinic)s and os.seq = %(seq)s * 2 + 1 - (
                       select s.seq from audit_seal s where (s.clinic_id, s.at, s.audit_id) = (e.clinic_id, e.at, e.id)))
             where exists (select from audit_seal s where (s.clinic_id, s.at, s.audit_id) = (e.clinic_id, e.at, e.id)
                              and s.clinic_id = %(clinic)s and s.seq in (%(seq)s, %(seq)s + 1))
        """
        # Two reads of the same list in one moment are the same but for their transaction, and that is sealed, too.
        for seq in range(1, await last_seq(sealed, full)):
            found = await found_after(sealed, full, swap, seq=seq)
            assert found and (found.problem, found.seq) == ("changed", seq)


class TestSeals:
    @pytest.mark.parametrize("column", SEAL)
    async def test_a_change_of_any_column_of_any_seal_is_found(self, sealed, full, column):
        for seq in range(1, await last_seq(sealed, full) + 1):
            found = await found_after(
                sealed, full, f"update audit_seal set {column} = {SEAL[column]} where {MINE} and seq = %(seq)s", seq=seq
            )
            assert found and found.seq == seq

    async def test_a_seal_taken_away_is_found_with_its_row_or_without(self, sealed, full):
        take = f"delete from audit_seal where {MINE} and seq = %(seq)s"
        for seq in range(1, await last_seq(sealed, full) + 1):
            for statements in ((take,), (f"delete from audit_event where {EVENT}", take)):
                found = await found_after(sealed, full, *statements, seq=seq)
                assert found and found.seq == seq and found.problem in ("missing", "truncated")

    async def test_the_end_cut_off_is_found(self, sealed, full):
        cut = (
            f"delete from audit_event e using audit_seal s where s.{MINE} and s.seq >= %(seq)s and (e.clinic_id, e.at, e.id) = (s.clinic_id, s.at, s.audit_id)",
            f"delete from audit_seal where {MINE} and seq >= %(seq)s",
            f"delete from audit_checkpoint where {MINE} and seq >= %(seq)s",
        )
        for seq in range(1, await last_seq(sealed, full) + 1):
            found = await found_after(sealed, full, *cut, seq=seq)
            assert found and (found.problem, found.seq) == ("truncated", seq)

    async def test_the_beginning_cut_off_is_found(self, sealed, full):
        for seq in range(1, await last_seq(sealed, full), 5):
            found = await found_after(sealed, full, f"delete from audit_seal where {MINE} and seq <= %(seq)s", seq=seq)
            assert found and (found.problem, found.seq) == ("missing", 1)


class TestValues:
    @pytest.mark.parametrize("column", VALUES)
    async def test_a_change_of_values_is_found(self, sealed, full, column):
        seen = 0
        for seq in range(1, await last_seq(sealed, full) + 1):
            found = await found_after(sealed, full, f"update audit_value set {column} = {VALUES[column]} where {VALUE}", seq=seq)
            if found is not None:  # reads have no values
                assert (found.problem, found.seq) == ("values_changed", seq)
                seen += 1
        assert seen > 10

    async def test_values_beside_a_read_are_found(self, sealed, full):
        put = f"insert into audit_value (clinic_id, at, audit_id, salt, new) select clinic_id, at, id, 'x', '{{}}' from audit_event where action = 'read' and {EVENT}"
        found = {(await found_after(sealed, full, put, seq=seq)) for seq in range(1, await last_seq(sealed, full) + 1)} - {None}
        assert len(found) > 5 and {one.problem for one in found} == {"values_changed"}

    async def test_values_that_were_erased_are_not_missed(self, sealed, full):
        assert await found_after(sealed, full, f"delete from audit_value where {MINE}") is None


# As the owner can: the change, and every digest and hash after it made anew with the database's own functions.
RECHAIN = """
    update audit_seal s set digest = made.digest, hash = made.hash
      from (select f.seq, f.digest,
                   app.chain(sha256(uuid_send(%(clinic)s::uuid)), f.seq, f.digest) over (order by f.seq rows unbounded preceding) as hash
              from (select o.seq, sha256(convert_to(app.fact(e), 'UTF8')) as digest
                      from audit_seal o
                      join audit_event e on (e.clinic_id, e.at, e.id) = (o.clinic_id, o.at, o.audit_id)
                     where o.clinic_id = %(clinic)s) f) made
     where s.clinic_id = %(clinic)s and s.seq = made.seq
"""
CLOSE_UP = f"""
    with gone as (delete from audit_seal where {MINE} and seq = %(seq)s)
    update audit_seal set seq = -seq + 1 where {MINE} and seq > %(seq)s
"""


class TestEverythingAnew:
    """Rows are changed and the whole chain is made anew: it is right in itself, and not the one that was signed."""

    async def test_is_found_whichever_row_was_changed(self, sealed, full):
        for seq in range(1, await last_seq(sealed, full) + 1):
            change = f"update audit_event set actor_id = uuidv7() where {EVENT}"
            found = await found_after(sealed, full, change, RECHAIN, seq=seq)
            assert found and found.problem == "rewritten" and found.seq >= seq

    async def test_is_found_when_a_row_is_gone(self, sealed, full):
        for seq in range(1, await last_seq(sealed, full)):
            async with sealed.tampering() as db:
                await db.run(f"delete from audit_event where {EVENT}", clinic=full.id, seq=seq)
                await db.run("alter table audit_seal drop constraint audit_seal_begins_with_one")
                await db.run(CLOSE_UP, clinic=full.id, seq=seq)
                await db.run(f"update audit_seal set seq = -seq where {MINE} and seq < 0", clinic=full.id)
                await db.run(RECHAIN, clinic=full.id)
                found = (await sealed.look(full, db)).finding
            assert found and found.problem in ("rewritten", "truncated") and found.seq >= seq

    @pytest.mark.parametrize("where", ["database", "both"])
    async def test_is_found_when_checkpoints_are_signed_anew_with_another_key(self, sealed, full, where):
        theirs = Ring.read(new_key())
        files = list((sealed.place.folder / str(full.id)).iterdir())
        for seq in range(1, await last_seq(sealed, full) + 1, 7):
            async with sealed.tampering() as db:
                await db.run(f"update audit_event set actor_id = uuidv7() where {EVENT}", clinic=full.id, seq=seq)
                await db.run(RECHAIN, clinic=full.id)
                kept = [path.read_bytes() for path in files]
                await self.sign_anew(db, sealed, full, theirs, files if where == "both" else [])
                found = (await sealed.look(full, db)).finding
                for path, whole in zip(files, kept, strict=True):
                    path.write_bytes(whole)
            assert found and found.problem == ("checkpoint_forged" if where == "both" else "rewritten")

    async def sign_anew(self, db, sealed, clinic, ring, files) -> None:
        query = f"select number, k.seq, s.hash from audit_checkpoint k join audit_seal s using (clinic_id, seq) where k.{MINE} order by number"
        forged = [
            ring.sign(Checkpoint(clinic.id, number, SIGNED, seq, hash_, clock.now()))
            for number, seq, hash_ in await db.all(lambda *row: row, query, clinic=clinic.id)
        ]
        for one in forged:
            await db.run(
                f"update audit_checkpoint set hash = %(hash)s, at = %(at)s, key_id = %(key)s, signature = %(sig)s where {MINE} and number = %(number)s",
                clinic=clinic.id, hash=one.hash, at=one.at, key=one.key_id, sig=one.signature, number=one.number,
            )  # fmt: skip
        if files:
            files[0].write_text("".join(f"{one.line()}\n" for one in forged))

    async def test_is_found_when_the_key_is_said_to_be_ours(self, sealed, full):
        [file] = (sealed.place.folder / str(full.id)).iterdir()
        theirs, lines = Ring.read(new_key()), [Checkpoint.read(line) for line in file.read_text().splitlines()]
        forged = [replace(theirs.sign(one), key_id=one.key_id) for one in lines if one]
        file.write_text("".join(f"{one.line()}\n" for one in forged))
        found = (await sealed.look(full)).finding
        assert found and found.problem == "checkpoint_forged"


class TestCheckpoints:
    async def test_one_missing_or_changed_in_the_database_is_found(self, sealed, full):
        for number in (1, 2, 3):
            for change, problem in (
                ("delete from audit_checkpoint where", "checkpoint_missing"),
                ("update audit_checkpoint set hash = sha256(hash) where", "checkpoint_forged"),
                ("update audit_checkpoint set signature = sha256(signature) where", "checkpoint_forged"),
                ("update audit_checkpoint set at = at - interval '1 day' where", "checkpoint_forged"),
            ):
                found = await found_after(sealed, full, f"{change} {MINE} and number = %(number)s", number=number)
                assert found and found.problem == problem

    async def test_all_missing_in_the_database_are_found(self, sealed, full):
        found = await found_after(sealed, full, f"delete from audit_checkpoint where {MINE}")
        assert found and found.problem == "checkpoint_missing"

    async def test_one_missing_or_changed_in_the_second_place_is_found(self, sealed, full):
        [file] = (sealed.place.folder / str(full.id)).iterdir()
        lines = file.read_text().splitlines(keepends=True)
        for number in range(len(lines)):
            for other in ([], [lines[number].replace('"seq": ', '"seq": 1')], ["x\n"]):
                file.write_text("".join([*lines[:number], *other, *lines[number + 1 :]]))
                found = (await sealed.look(full)).finding
                assert found and found.problem in ("checkpoint_missing", "checkpoint_forged")
        file.write_text("".join(reversed(lines)))
        assert (await sealed.look(full)).finding
        file.unlink()
        found = (await sealed.look(full)).finding
        assert found and found.problem == "checkpoint_missing"

    async def test_those_of_another_clinic_do_not_count(self, sealed, full, south):
        await sealed.seal()
        await sealed.sign()
        ours, theirs = (sealed.place.folder / str(clinic.id) for clinic in (full, south))
        [file], [other] = ours.iterdir(), theirs.iterdir()
        file.write_text(other.read_text().replace(str(south.id), str(full.id)))
        found = (await sealed.look(full)).finding
        assert found and found.problem == "checkpoint_forged"


def test_there_are_more_than_a_thousand_of_them():
    """Every column of every event and every seal, and what else stands here for each row, of at least so many rows."""
    each = len(CHANGED) - 2 + len(SEAL) + len(("taken", "put in", "swapped", "seal", "both", "cut", "anew", "closed up"))
    assert set(CHANGED) == set(facts.COLUMNS) and each * (ROWS * 3 // 4) > 1000


async def test_nothing_is_changed_by_looking(sealed, full):
    before = await count(sealed, full)
    assert (await sealed.look(full)).finding is None
    assert await count(sealed, full) == before
    assert isinstance(full.id, UUID)

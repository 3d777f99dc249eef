"""Keys are followed by others while everybody works, and nothing is left under the old ones."""

import asyncio
import secrets
from time import monotonic

import pytest

from chairside import messaging, worker
from chairside.kernel import resealing, vault
from chairside.kernel.keys import keeping
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.kernel.pool import Pool
from chairside.kernel.resealing import rotate
from tests.conftest import NOON
from tests.exchange.brought import rows, uploaded

WRITERS = 200
ANA = {"first_name": "Ana", "last_name": "Pop", "birth_date": "1980-05-01", "sex": "female"}
assert worker.SEALED


@pytest.fixture
def quick(monkeypatch):
    """Processes see a new key within 0.2 s instead of 10."""
    monkeypatch.setattr(keeping, "NEWEST_SECONDS", 0.2)
    monkeypatch.setattr(resealing, "SEEN_SECONDS", 0.4)
    monkeypatch.setattr(resealing, "PAUSE_SECONDS", 0.0)
    vault.keeping().forget()


def versions(root, clinic):
    root.rollback()
    return root.execute(
        "select version, retired_at is not null, wrapped is null from clinic_key where clinic_id = %s order by 1", [clinic.id]
    ).fetchall()


async def until_done(pool, clinic_id, seconds=20):
    end = monotonic() + seconds
    while not await resealing.reseal(pool, clinic_id):
        assert monotonic() < end, "rows are left"
        await asyncio.sleep(0.1)


class TestRotation:
    async def test_fails_no_writer_and_leaves_no_row_behind(self, north, conninfo, root, quick):
        statuses, ending = [], asyncio.Event()

        async def write(number: int) -> None:
            turn = 0
            while not ending.is_set() or turn == 0:
                more = {
                    "json": {"name": f"Chair {number}-{turn}"},
                    "headers": {"idempotency-key": f"{number}-{turn}"},
                }
                first = await north.ask("POST", "/operatories", **more)
                again = await north.ask("POST", "/operatories", **more)
                statuses.append((first.status_code, again.status_code, first.json() == again.json()))
                assert first.status_code == 201, first.text
                turn += 1
                await asyncio.sleep(3)

        async def turn_the_key() -> None:
            await asyncio.sleep(0.5)
            async with Pool(conninfo, size=2) as workers:  # as the worker has
                for _ in range(2):
                    async with begin(workers, NOON) as op:
                        await op.act_for(north.id, actor_id=SYSTEM, grants=EVERYTHING)
                        await rotate(op)
                    await until_done(workers, north.id, 60)
            ending.set()

        await asyncio.gather(turn_the_key(), *map(write, range(WRITERS)))
        assert set(statuses) == {(201, 201, True)} and len(statuses) >= WRITERS
        kept = root.execute(
            "select app.key_version(body), count(*) from answer where clinic_id = %s group by 1", [north.id]
        ).fetchall()
        assert kept == [(3, len(statuses))]
        assert versions(root, north) == [(1, True, False), (2, True, False), (3, False, False)]

    async def test_takes_every_kind_of_value_along(self, north, given, pool, root, quick):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 100)
        await north.ask("PATCH", "", version=1, json={"tax_id": "RO-4711"})
        async with north.op() as op:
            message = await messaging.send_invoice(op, invoice_id=invoice.id, recipient="a@b.test", subject="x", body="Dear Ana")
        found = await uploaded(north, rows(*[f"{n},Pop,Ana,1980-05-01,1.00,{n}" for n in range(5_000)]))
        async with north.op() as op:
            assert await rotate(op) == 2
            assert await resealing.count_left(op) > 0
        await until_done(pool, north.id)
        async with north.op() as op:
            assert await resealing.count_left(op) == 0
            body = await op.db.value("select body_sealed from message where id = %(id)s", id=message.id)
            where = {"table": "message", "column": "body_sealed", "row": message.id, "patient_id": patient.id}
            assert await vault.open_(op, **where, sealed=body) == b"Dear Ana"
            from chairside.exchange.queries import read_file

            with await read_file(op, found["id"]) as content:
                assert content.read().count(b"Pop,Ana") == 5_000
        assert (await north.ask("GET", "")).json()["tax_id"] == "RO-4711"

    async def test_goes_on_where_it_was_broken_off(self, north, pool, quick, monkeypatch):
        for _number in range(120):
            await north.ask("POST", "/patients", json=ANA)
        async with north.op() as op:
            await rotate(op)
        real, turns = vault.seal, []

        async def breaks(op, **more):
            turns.append(more)
            if len(turns) == 70:
                raise ConnectionError
            return await real(op, **more)

        monkeypatch.setattr(vault, "seal", breaks)
        with pytest.raises(ConnectionError):
            await resealing.reseal(pool, north.id)
        async with north.op() as op:
            assert await resealing.count_left(op) == 70  # one batch was done
        monkeypatch.setattr(vault, "seal", real)
        await until_done(pool, north.id)

    async def test_waits_for_whoever_may_still_write_under_the_old_key(self, north, pool, root, quick):
        async with north.op() as op:
            await vault.key_of(op)
        async with north.op() as slow:
            await vault.key_of(slow)
            async with north.op() as op:
                await rotate(op)
            await asyncio.sleep(0.6)
            assert not await resealing.reseal(pool, north.id)
            assert versions(root, north)[0] == (1, False, False)
        await until_done(pool, north.id)
        assert versions(root, north)[0] == (1, True, False)

    async def test_destroys_the_old_key_when_nobody_can_need_it_any_more(self, north, pool, root, quick, monkeypatch):
        await north.ask("POST", "/patients", json=ANA)
        async with north.op() as op:
            await rotate(op)
        await until_done(pool, north.id)
        await until_done(pool, north.id)
        assert versions(root, north)[0] == (1, True, False)
        monkeypatch.setattr(resealing, "KEPT_SECONDS", 0)
        await until_done(pool, north.id)
        assert versions(root, north) == [(1, True, True), (2, False, False)]
        assert root.execute("select app.clinics_to_reseal()").fetchall().count((north.id,)) == 0

    async def test_of_the_deployment_takes_secrets_of_people_along(self, north, pool, root, quick):
        from uuid import uuid4

        id = uuid4()
        async with begin(pool, NOON) as op:
            where = {"table": "totp", "column": "secret", "row": id, "ours": True}
            sealed = await vault.seal(op, **where, value=b"JBSWY3DP")
            await op.db.run("select app.begin_totp(%(id)s, %(who)s, %(s)s)", id=id, who=north.owner_id, s=sealed)
            version = await rotate(op, ours=True)
        await until_done(pool, None)
        root.rollback()
        (again,) = root.execute("select secret from totp where id = %s", [id]).fetchone()
        assert bytes(again) != sealed and int.from_bytes(again[2:6], "big") == version
        async with begin(pool, NOON) as op:
            assert await vault.open_(op, **where, sealed=bytes(again)) == b"JBSWY3DP"

    async def test_notes_in_the_audit_that_a_key_was_followed(self, north, pool, root, quick):
        async with north.op() as op:
            await rotate(op)
        await until_done(pool, north.id)
        noted = root.execute(
            "select action from audit_event where clinic_id = %s and entity = 'clinic_key' order by id", [north.id]
        ).fetchall()
        assert noted == [("rotate",), ("retire",)]


class TestPlainValues:
    async def test_of_the_release_before_are_read_and_sealed(self, north, given, pool, root, quick):
        patient = await given.patient(north)
        invoice = await given.invoice(north, patient, 100)
        async with north.op() as op:
            message = await messaging.send_invoice(op, invoice_id=invoice.id, recipient="a@b.test", subject="x", body="y")
        found = await uploaded(north, rows("1,Pop,Ana,1980-05-01,1.00,1"))
        content = rows("1,Pop,Ana,1980-05-01,1.00,1")
        root.execute("select app.act(%s, %s, null, 'human', 'x')", [north.id, north.owner_id])
        root.execute("update message set body = 'in plain', body_sealed = null where id = %s", [message.id])
        root.execute("update clinic set tax_id = 'RO1', tax_id_sealed = null where id = %s", [north.id])
        root.execute("update import_chunk set bytes = %s, sealed = null where import_id = %s", [content, found["id"]])
        root.execute("update answer set body = %s where clinic_id = %s", [b'{"a": 1}', north.id])
        root.commit()
        assert (await north.ask("GET", "")).json()["tax_id"] == "RO1"
        assert (north.id,) in root.execute("select app.clinics_to_reseal()").fetchall()
        root.rollback()
        await resealing.reseal_all(pool)
        assert (north.id,) not in root.execute("select app.clinics_to_reseal()").fetchall()
        kept = root.execute("select body, body_sealed from message where id = %s", [message.id]).fetchone()
        assert kept[0] is None and vault.is_sealed(bytes(kept[1]))
        assert (await north.ask("GET", "")).json()["tax_id"] == "RO1"
        async with north.op() as op:
            where = {"table": "message", "column": "body_sealed", "row": message.id, "patient_id": patient.id}
            assert await vault.open_(op, **where, sealed=bytes(kept[1])) == b"in plain"
            assert await resealing.count_left(op) == 0
            from chairside.exchange.queries import read_file

            with await read_file(op, found["id"]) as file:
                assert file.read() == content

    async def test_given_before_are_given_again(self, north, root):
        key = {"headers": {"idempotency-key": secrets.token_hex(4)}, "json": ANA}
        await north.ask("POST", "/patients", **key)
        root.execute("update answer set body = %s where clinic_id = %s", [b'{"kept": "in plain"}', north.id])
        root.commit()
        assert (await north.ask("POST", "/patients", **key)).json() == {"kept": "in plain"}
        root.execute("delete from answer where clinic_id = %s", [north.id])
        root.commit()

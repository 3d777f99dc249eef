"""A run is all or nothing, whatever happens to the worker: killed, cancelled, twice at once, or in error."""

import asyncio
import signal

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside import billing, exchange
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from tests.conftest import NOON
from tests.exchange.brought import balances, everyone, rows, seen, started, uploaded
from tests.exchange.killed import age_workers, until, worker

MANY = rows(*(f"{n},Popescu,Ana {n},1980-05-01,1.00,{n - n % 4 or 1}" for n in range(1, 6001)))


class TestAKilledWorker:
    async def test_leaves_nothing_and_the_next_does_it_all(self, north, conninfo, admin, root):
        found = await uploaded(north, MANY)
        await started(north, found)

        async def half_way():
            now = await seen(north, found)
            assert now["status"] == "running"
            return 1000 < now["progress"]["done"] < 6000 and now

        first = worker(conninfo)
        try:
            half = await until(half_way)
            assert half["worker"] == "working"
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait()
        assert await everyone(north) == []
        assert (await seen(north, found))["status"] == "running"
        age_workers(admin)
        second = worker(conninfo)
        try:

            async def is_done():
                now = await seen(north, found)
                return now["status"] == "done" and now

            done = await until(is_done)
        finally:
            second.terminate()
            second.wait()
        assert (done["counts"]["accepted"], done["balances"]["ledger"]["amount"]) == (6000, 600_000)
        assert len(await everyone(north)) == 6000
        assert set(balances(root, north).values()) == {100}
        assert root.execute("select count(*) from ledger_transaction where clinic_id = %s", [north.id]).fetchone() == (6000,)
        events = "select count(*) from event where clinic_id = %s and name = 'exchange.import_finished'"
        assert root.execute(events, [north.id]).fetchone() == (1,)


class TestAJobThatWasCutShortAgainAndAgain:
    async def test_goes_on_however_often_that_was(self, north, conninfo, admin):
        """Forty kills count as forty attempts: one more time without the database, or a lock, was its last, and the import was
        running for ever."""
        found = await uploaded(north, rows("1,Pop,Ana,,1.00,"))
        await started(north, found)
        with psycopg.connect(make_conninfo(admin, dbname="chairside"), autocommit=True) as db:
            mine = f"where task_name = 'exchange.bring_the_file_in' and args ->> 'clinic' = '{north.id}'"
            db.execute(f"update procrastinate_jobs set attempts = 40 {mine}")
            running = None
            try:
                with psycopg.connect(make_conninfo(admin, dbname="chairside")) as other:
                    other.execute("select from import where id = %s for update", [found["id"]])
                    running = worker(conninfo)

                    async def was_tried():
                        return db.execute(
                            f"select id from procrastinate_jobs {mine} and attempts = 41 and status = 'todo'"
                        ).fetchone()

                    await until(was_tried)
                [wait] = db.execute(f"select scheduled_at - clock_timestamp() from procrastinate_jobs {mine}").fetchone()
                assert wait.total_seconds() <= 30
                db.execute(f"update procrastinate_jobs set scheduled_at = clock_timestamp() {mine}")

                async def is_done():
                    return (await seen(north, found))["status"] == "done"

                await until(is_done)
            finally:
                if running:
                    running.terminate()
                    running.wait()


class TestTheWorker:
    @pytest.mark.parametrize("ago, said", [("0 s", "queued"), ("40 s", "away")])
    async def test_is_missed_when_it_is_away(self, north, admin, ago, said):
        found = await uploaded(north, rows("1,Pop,Ana,,1.00,"))
        await started(north, found)
        with psycopg.connect(make_conninfo(admin, dbname="chairside"), autocommit=True) as db:
            db.execute("delete from worker_beat")
            db.execute("insert into worker_beat (name, at) values ('w', clock_timestamp() - %s::interval)", [ago])
        now = await seen(north, found)
        assert (now["status"], now["worker"]) == ("running", said)


class TestARun:
    async def carry_out(self, north, found):
        async with begin(north.pool, NOON, "job") as op:
            await op.act_for(north.id, actor_id=SYSTEM, grants=EVERYTHING)
            await exchange.carry_out(op, import_id=found["id"])

    async def test_that_is_cancelled_leaves_nothing_and_can_be_done_again(self, north):
        found = await uploaded(north, MANY)
        await started(north, found)
        running = asyncio.ensure_future(self.carry_out(north, found))

        async def has_begun():
            return (await seen(north, found))["progress"]["done"] > 0

        await until(has_begun)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert (await seen(north, found))["status"] == "running"
        assert await everyone(north) == []
        await self.carry_out(north, found)
        assert (await seen(north, found))["counts"]["accepted"] == 6000

    async def test_by_two_workers_at_once_is_one(self, north, root):
        found = await uploaded(north, MANY)
        await started(north, found)
        ends = await asyncio.gather(*(self.carry_out(north, found) for _ in range(3)), return_exceptions=True)
        assert sorted(type(end).__name__ for end in ends) == ["AlreadyAtWork", "AlreadyAtWork", "NoneType"]
        await self.carry_out(north, found)
        assert (await seen(north, found))["status"] == "done"
        assert len(await everyone(north)) == 6000
        assert set(balances(root, north).values()) == {100}

    async def test_while_the_front_desk_registers_gives_no_number_twice(self, north, given):
        found = await uploaded(north, MANY)
        await started(north, found)

        async def register():
            return [await given.patient(north, "New", f"One{n}") for n in range(5)]

        _, registered = await asyncio.gather(self.carry_out(north, found), register())
        assert (await seen(north, found))["status"] == "done"
        numbers = [patient["register_number"] for patient in await everyone(north)]
        assert len(numbers) == len(set(numbers)) >= 6000
        assert {patient.register_number for patient in registered} <= set(numbers)

    async def test_that_does_not_reconcile_imports_nothing_and_says_so(self, north, drain, root, monkeypatch):
        """The ledger is made to lose one row's balance on the way."""
        found = await uploaded(north, rows("1,Pop,Ana,,1.00,", "2,Pop,Ion,,2.00,", "3,Pop,Eva,,3.00,"))
        await started(north, found)
        whole = billing.add_opening_balances

        async def careless(op, *, balances, source):
            await whole(op, balances=dict(list(balances.items())[1:]), source=source)

        monkeypatch.setattr(billing, "add_opening_balances", careless)
        await drain()
        failed = await seen(north, found)
        assert (failed["status"], failed["error"]["code"]) == ("failed", "DoesNotReconcile")
        assert failed["error"]["facts"] == {"accepted": 600, "ledger": 500}
        assert await everyone(north) == []
        assert balances(root, north) == {}
        monkeypatch.undo()
        again = await north.ask("PUT", f"/imports/{found['id']}/mapping", json={})
        assert (again.json()["status"], again.json()["error"]) == ("analysed", None)
        await started(north, found)
        await drain()
        assert (await seen(north, found))["status"] == "done"

    async def test_with_a_bug_imports_nothing_and_says_nothing_of_whom(self, north, drain, monkeypatch, capsys):
        found = await uploaded(north, rows("1,Pop,Ana,,1.00,"))
        await started(north, found)

        async def buggy(op, *, balances, source):
            raise RuntimeError("patient Ana Pop")

        monkeypatch.setattr(billing, "add_opening_balances", buggy)
        await drain()
        failed = await seen(north, found)
        assert (failed["status"], failed["error"]["code"]) == ("failed", "RunBroke")
        assert failed["error"]["detail"] == "Something went wrong on our side; nothing was imported."
        assert await everyone(north) == []
        said = capsys.readouterr()
        assert "Ana" not in said.out + said.err
        assert "RuntimeError" in said.out + said.err

    async def test_whose_file_cannot_be_looked_at_for_a_bug_can_be_looked_at_again(self, north, drain, monkeypatch, capsys):
        from chairside.exchange.actions import analysis

        found = await uploaded(north, MANY * 6)
        assert found["status"] == "uploaded"

        def buggy(*_):
            raise RuntimeError("patient Ana Pop")

        monkeypatch.setattr(analysis, "survey", buggy)
        await drain()
        failed = await seen(north, found)
        assert (failed["status"], failed["error"]["code"]) == ("failed", "LookBroke")
        assert "Ana" not in "".join(capsys.readouterr())
        monkeypatch.undo()
        assert (await north.ask("PUT", f"/imports/{found['id']}/mapping", json={})).json()["status"] == "uploaded"
        await drain()
        assert (await seen(north, found))["status"] == "analysed"

    async def test_does_not_fill_the_audit_with_its_progress(self, north, root):
        found = await uploaded(north, MANY)
        await started(north, found)
        await self.carry_out(north, found)
        entities = root.execute(
            "select entity, count(*) from audit_event where clinic_id = %s and action <> 'read' group by 1", [north.id]
        ).fetchall()
        counted = dict(entities)
        assert counted["patient"] == 6000
        assert counted["import"] == 5  # created, uploaded, analysed, started, done
        assert not {"import_chunk", "import_finding", "import_progress"} & set(counted)

"""An undo goes on where it was, whatever happens to the worker: killed, cancelled, twice at once, or in error."""

import asyncio
import signal
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside import billing, exchange
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from tests.conftest import NOON
from tests.exchange.brought import balances, everyone, rows, seen, started, undoing, uploaded
from tests.exchange.killed import age_workers, until, worker

MANY = rows(*(f"{n},Popescu,Ana {n},1980-05-01,{'-' * (n % 3 == 0)}1.00,{n - n % 4 or 1}" for n in range(1, 4001)))


async def carry_out(north, found):
    async with begin(north.pool, NOON, "job") as op:
        await op.act_for(north.id, actor_id=SYSTEM, grants=EVERYTHING)
        await exchange.carry_out_undo(op, import_id=found["id"])


def half_way(north, found):
    async def look():
        now = await seen(north, found)
        assert now["status"] == "undoing"
        return 500 <= now["progress"]["done"] < 4000 and now

    return look


class TestAKilledWorker:
    async def test_leaves_what_it_did_and_the_next_goes_on(self, north, bring, conninfo, admin, root, given):
        done = await bring(north, MANY)
        stays = (await north.ask("GET", "/patients?q=4000")).json()["items"][0]
        await north.ask("PATCH", f"/patients/{stays['id']}", json={"note": "here"}, version=1)
        await undoing(north, done)
        first = worker(conninfo)
        try:
            half = await until(half_way(north, done))
            assert (half["worker"], half["progress"]["total"]) == ("working", 4000)
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait()
        left = len(await everyone(north))
        assert 1 < left <= 4000 - 500
        assert (await seen(north, done))["status"] == "undoing"
        age_workers(admin)
        second = worker(conninfo)
        try:

            async def is_undone():
                now = await seen(north, done)
                return now["status"] == "undone" and now

            gone = await until(is_undone)
        finally:
            second.terminate()
            second.wait()
        assert (gone["undone"]["removed"], gone["undone"]["kept_count"]) == (3999, 1)
        assert gone["undone"]["kept"][0]["patient"]["register_number"] == "4000"
        assert gone["balances"]["ledger"]["amount"] == 100
        assert {number: amount for number, amount in balances(root, north).items() if amount} == {"4000": 100}
        twice = "select count(*) from ledger_transaction where clinic_id = %s and kind = 'reversal'"
        assert root.execute(twice, [north.id]).fetchone() == (3999,)
        events = "select count(*) from event where clinic_id = %s and name = 'exchange.import_undone'"
        assert root.execute(events, [north.id]).fetchone() == (1,)


class TestAnUndo:
    async def test_of_few_is_done_when_it_answers(self, north, bring):
        done = await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,", "2,Pop,Ion,1980-05-01,-1.00,1"))
        answer = await north.ask("POST", f"/imports/{done['id']}/undo")
        assert (answer.status_code, answer.json()["status"]) == (200, "undone")
        assert answer.json()["undone"] == {"removed": 2, "kept_count": 0, "kept": []}
        assert await everyone(north) == []

    async def test_tells_how_far_it_is(self, north, bring):
        done = await bring(north, MANY)
        asked = await undoing(north, done)
        assert (asked["progress"], asked["undone"]) == ({"done": 0, "total": 4000}, None)
        at_work = asyncio.ensure_future(carry_out(north, done))
        await until(half_way(north, done))
        await at_work
        gone = await seen(north, done)
        assert (gone["status"], gone["progress"]) == ("undone", {"done": 4000, "total": 4000})

    async def test_that_is_cancelled_goes_on_from_there(self, north, bring, root):
        done = await bring(north, MANY)
        await undoing(north, done)
        at_work = asyncio.ensure_future(carry_out(north, done))
        await until(half_way(north, done))
        at_work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await at_work
        assert 0 < len(await everyone(north)) < 4000
        await carry_out(north, done)
        await carry_out(north, done)
        assert (await seen(north, done))["undone"] == {"removed": 4000, "kept_count": 0, "kept": []}
        assert set(balances(root, north).values()) == {0}

    async def test_of_few_by_several_people_at_once_is_one(self, north, bring):
        done = await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,"))
        answers = await asyncio.gather(*(north.ask("POST", f"/imports/{done['id']}/undo") for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
        assert {answer.json()["code"] for answer in answers if answer.is_error} == {"AlreadyUndone"}

    async def test_by_several_people_at_once_is_one(self, north, bring, drain, by_a_job):
        done = await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,"))
        answers = await asyncio.gather(
            *(north.ask("POST", f"/imports/{done['id']}/undo", version=done["version"]) for _ in range(4))
        )
        assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409]
        refused = [answer.json() for answer in answers if answer.is_error]
        assert {answer["code"] for answer in refused} == {"ImportIsBeingUndone"}
        await drain()
        assert (await seen(north, done))["undone"]["removed"] == 1

    async def test_by_two_workers_at_once_is_one(self, north, bring, root):
        done = await bring(north, MANY)
        await undoing(north, done)
        ends = await asyncio.gather(*(carry_out(north, done) for _ in range(3)), return_exceptions=True)
        assert sorted(type(end).__name__ for end in ends) == ["AlreadyAtWork", "AlreadyAtWork", "NoneType"]
        assert (await seen(north, done))["undone"]["removed"] == 4000
        assert set(balances(root, north).values()) == {0}

    async def test_and_an_import_wait_for_each_other(self, north, bring, drain, by_a_job):
        done = await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,"))
        other = await uploaded(north, rows("2,Pop,Ion,1980-05-01,1.00,"))
        await undoing(north, done)
        refused = await north.ask("POST", f"/imports/{other['id']}/run")
        assert (refused.status_code, refused.json()["code"]) == (409, "AnotherImportRuns")
        await drain()
        await started(north, other)
        await drain()
        third = await uploaded(north, rows("3,Pop,Eva,1980-05-01,1.00,"))
        await started(north, third)
        refused = await north.ask("POST", f"/imports/{other['id']}/undo")
        assert (refused.status_code, refused.json()["code"]) == (409, "AnotherImportRuns")

    async def test_that_breaks_says_so_and_can_be_asked_for_again(self, north, bring, drain, root, monkeypatch, capsys):
        done = await bring(north, MANY)
        await undoing(north, done)
        whole, turns = billing.reverse_opening_balances, []

        async def careless(op, **more):
            turns.append(more)
            if len(turns) == 3:
                raise RuntimeError("patient Ana Popescu")
            return await whole(op, **more)

        monkeypatch.setattr(billing, "reverse_opening_balances", careless)
        await drain()
        broken = await seen(north, done)
        assert (broken["status"], broken["error"]["code"], broken["undone"]) == ("done", "UndoBroke", None)
        assert "Popescu" not in "".join(capsys.readouterr())
        left = await everyone(north)
        assert len(left) == 3000
        assert sum(balances(root, north).values()) == broken["balances"]["ledger"]["amount"]
        monkeypatch.undo()
        await undoing(north, done)
        await drain()
        gone = await seen(north, done)
        assert (gone["status"], gone["error"]) == ("undone", None)
        assert (gone["undone"]["removed"], await everyone(north)) == (4000, [])
        assert set(balances(root, north).values()) == {0}

    async def test_gives_way_to_somebody_who_reverses_a_balance_in_that_moment(self, north, bring, by_a_job):
        """They lock the charge and then the patient, the undo the other way round: the database ends one, which begins again."""
        done = await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,", "2,Pop,Ion,1980-05-01,1.00,"))
        ana = next(patient for patient in await everyone(north) if patient["register_number"] == "1")
        [charge] = (await north.ask("GET", f"/patients/{ana['id']}/ledger/charges")).json()["items"]
        await undoing(north, done)
        async with north.op() as op:
            await op.db.run("select from charge where charge.id = %(id)s for update", id=charge["id"])
            at_work = asyncio.ensure_future(carry_out(north, done))
            await asyncio.sleep(0.4)
            await billing.reverse_charge(op, charge_id=UUID(charge["id"]), patient_id=UUID(ana["id"]), reason="paid there")
        await at_work
        gone = (await seen(north, done))["undone"]
        assert (gone["removed"], [kept["why"] for kept in gone["kept"]]) == (1, ["ledger"])

    async def test_begins_a_step_anew_that_ran_out_of_time(self, north, bring, by_a_job, admin):
        """A machine that stood still for as long as a statement may take ends the statement, not the undo."""
        done = await bring(north, rows("1,Pop,Ana,1980-05-01,1.00,", "2,Pop,Ion,1980-05-01,1.00,"))
        ana = next(patient for patient in await everyone(north) if patient["register_number"] == "1")
        await undoing(north, done)
        waiting = "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%%for update%%'"
        with psycopg.connect(make_conninfo(admin, dbname="chairside"), autocommit=True) as db:
            async with north.op() as op:
                await op.db.run("select from patient where patient.id = %(id)s for update", id=ana["id"])
                at_work = asyncio.ensure_future(carry_out(north, done))

                async def is_ended():
                    return [db.execute("select pg_cancel_backend(%s)", row) for row in db.execute(waiting).fetchall()]

                await until(is_ended)
            await at_work
        gone = await seen(north, done)
        assert (gone["status"], gone["undone"]["removed"]) == ("undone", 2)

"""What the route class promises whatever the door does: one transaction, run again when it lost a race, cut off when too slow."""

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

import httpx
import psycopg
import pytest
from fastapi import APIRouter

from chairside.app import build, enveloped
from chairside.kernel.events import Event, later, on
from chairside.kernel.http import InOp, Route
from chairside.kernel.op import SYSTEM, begin
from chairside.kernel.pool import Pool
from chairside.kernel.refusals import Conflict
from chairside.tenancy.events import ClinicDetailsChanged
from chairside.worker import working
from tests.conftest import NOON

RENAME = "update location set name = %(name)s"
NAME = "select location.name from location"
SLEEP = "select pg_sleep(%(seconds)s)"


@dataclass(frozen=True)
class SignPainted(Event):
    name = "test.sign_painted"
    topic = ClinicDetailsChanged.topic

    location_id: UUID


class PaintRanOut(Conflict):
    """There is no paint left."""


heard: list[tuple[str, UUID]] = []
refuse: list[bool] = []


@on(SignPainted)
async def hang_it_up(op, event):
    if refuse:
        raise PaintRanOut()
    heard.append(("at once", op.actor.id))
    await op.db.run(RENAME, name="hung up")


@later(SignPainted)
async def admire_it(op, event):
    heard.append(("later", op.actor.id))


class TestEvents:
    async def paint(self, clinic):
        async with clinic.op() as op:
            await op.emit(SignPainted(clinic.id))

    async def test_what_must_be_true_together_is_done_by_the_system_on_behalf_of_the_person(self, north, root):
        heard.clear()
        await self.paint(north)
        assert heard == [("at once", SYSTEM)]
        rows = root.execute(
            "select actor_id, actor_type, on_behalf_of from audit_event where clinic_id = %s and entity = 'location' and action = 'update'",
            [north.id],
        ).fetchall()
        assert rows == [(SYSTEM, "system", north.owner_id)]

    async def test_a_refusal_of_it_refuses_the_whole_act(self, north, root):
        refuse.append(True)
        try:
            with pytest.raises(PaintRanOut):
                await self.paint(north)
        finally:
            refuse.clear()
        assert root.execute("select count(*) from event where clinic_id = %s", [north.id]).fetchone() == (0,)

    async def test_the_rest_is_a_job_of_the_same_commit(self, north, conninfo, pool, root):
        heard.clear()
        await self.paint(north)
        assert root.execute(
            "select count(*) from procrastinate_jobs where args ->> 'clinic' = %s", [str(north.id)]
        ).fetchone() == (1,)
        async with working(conninfo, pool) as jobs:
            await jobs.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        assert heard[-1] == ("later", SYSTEM)

    async def test_the_queue_holds_ids_and_nothing_else(self, north, root):
        await self.paint(north)
        for (args,) in root.execute("select args from procrastinate_jobs where args ->> 'clinic' = %s", [str(north.id)]):
            assert set(args) == {"clinic", "event", "at"}


turns: dict[str, int] = {}
probe = APIRouter(prefix="/api/v1/clinics/{clinic}/probe", route_class=Route)


@probe.post("/deadlock/{times}")
async def lose_a_race(op: InOp, times: int) -> dict[str, int]:
    await op.db.run(RENAME, name="lost")
    turns["deadlock"] = turns.get("deadlock", 0) + 1
    if turns["deadlock"] <= times:
        raise psycopg.errors.DeadlockDetected("as the server says it")
    return {"turns": turns["deadlock"]}


@probe.post("/sleep")
async def sleep_long(op: InOp) -> None:
    await op.db.run(RENAME, name="slept")
    await op.db.run(SLEEP, seconds=30)


@probe.get("/read-only")
@probe.post("/read-only")
async def write_where_nobody_may(op: InOp) -> None:
    await op.db.run("set transaction read only")
    await op.db.run(RENAME, name="written")


@probe.get("/commit/{ends}")
@probe.post("/commit/{ends}")
async def lose_the_commit(op: InOp, ends: bool) -> None:
    """The server goes away when the commit was sent; in `ends`, after it was done."""
    await op.db.run(RENAME, name="committed")
    assert op.db.connection
    wire, ask = op.db.connection, op.db.connection.ask

    async def cut(*asked):
        if asked[-1].query == "commit":
            if ends:
                await ask(*asked)
            wire.pgconn.finish()
        return await ask(*asked)

    op.db.connection.ask = cut


@probe.post("/bug")
async def have_a_bug(op: InOp) -> None:
    await op.db.run(RENAME, name="buggy")
    raise RuntimeError("patient Ana Dinu, born 1980")


@pytest.fixture
async def edge(settings, pool):
    app = build(replace(settings, request_seconds=2, requests_per_principal=50))
    app.router.routes.pop()  # the web app answers every address, and stands last
    app.include_router(probe)
    app.state.pool = pool
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(enveloped(app)), base_url="http://chairside.test/api/v1"
    ) as client:
        yield client


async def name_of(clinic) -> str:
    async with clinic.op() as op:
        return await op.db.value(NAME)


class TestRoute:
    async def ask(self, edge, clinic, path, method="POST", **headers):
        headers = {"authorization": f"Bearer {clinic.token}"} | headers
        return await edge.request(method, f"/clinics/{clinic.slug}/probe{path}", headers=headers)

    async def test_runs_again_what_lost_a_race(self, edge, north):
        turns.clear()
        assert (await self.ask(edge, north, "/deadlock/3")).json() == {"turns": 4}
        assert await name_of(north) == "lost"

    async def test_gives_up_after_three_turns_and_says_when_to_come_back(self, edge, north):
        turns.clear()
        answer = await self.ask(edge, north, "/deadlock/9")
        assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "Busy", "1")
        assert await name_of(north) == "north"

    async def test_cuts_off_what_takes_too_long_and_the_pool_recovers(self, edge, north, pool):
        answers = await asyncio.gather(*(self.ask(edge, north, "/sleep") for _ in range(4)))
        assert {(answer.status_code, answer.json()["code"]) for answer in answers} <= {(504, "TooSlow"), (503, "Busy")}
        assert await name_of(north) == "north"
        for _ in range(16):
            async with begin(pool, NOON) as op:
                assert await op.db.value("select 1") == 1

    async def test_a_line_that_is_slow_to_send_keeps_no_connection(self, edge, north, conninfo):
        async def slowly():
            yield b"{"
            await asyncio.sleep(0.5)
            yield b"}"

        async with Pool(conninfo, size=1, wait_seconds=0.2) as edge._transport.app.app.state.pool:
            turns.clear()
            path = f"/clinics/{north.slug}/probe/deadlock/0"
            slow = asyncio.create_task(edge.post(path, content=slowly(), headers={"authorization": f"Bearer {north.token}"}))
            await asyncio.sleep(0.1)
            assert (await self.ask(edge, north, "/deadlock/0")).status_code == 200
            assert (await slow).status_code == 200

    async def test_answers_a_bug_without_a_word_of_what_it_held(self, edge, north, capsys):
        answer = await self.ask(edge, north, "/bug")
        assert (answer.status_code, answer.json()["code"]) == (500, "Bug")
        said = capsys.readouterr()
        assert "Ana" not in answer.text + said.out + said.err
        assert await name_of(north) == "north"

    @pytest.mark.parametrize("method", ["GET", "POST"])
    async def test_says_that_the_database_is_away_when_it_may_only_be_read(self, edge, north, method):
        """As a standby that was not promoted yet: every request leaves a record."""
        answer = await self.ask(edge, north, "/read-only", method=method)
        assert (answer.status_code, answer.json()["code"]) == (503, "DatabaseAway")
        assert answer.headers["retry-after"] == "1"

    @pytest.mark.parametrize(("ends", "there"), [("true", "committed"), ("false", "north")])
    async def test_promises_neither_when_the_commit_was_sent_and_no_word_came_back(self, edge, north, ends, there):
        answer = await self.ask(edge, north, f"/commit/{ends}")
        assert (answer.status_code, answer.json()["code"]) == (503, "PerhapsSaved")
        assert await name_of(north) == there
        assert (await self.ask(edge, north, "/commit/true", method="GET")).json()["code"] == "DatabaseAway"

    async def test_a_body_that_breaks_off_is_nobodys_bug(self, edge, north, capsys):
        sent = iter([{"type": "http.request", "body": b'{"na', "more_body": True}, {"type": "http.disconnect"}])
        answered = []

        async def receive():
            return next(sent)

        async def send(message):
            answered.append(message)

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
            "path": f"/api/v1/clinics/{north.slug}/probe/deadlock/0", "raw_path": b"", "query_string": b"", "root_path": "",
            "headers": [(b"authorization", f"Bearer {north.token}".encode())], "client": ("127.0.0.1", 1), "server": ("t", 80),
        }  # fmt: skip
        await edge._transport.app(scope, receive, send)
        assert answered[0]["status"] == 422
        assert "bug" not in capsys.readouterr().err
        assert await name_of(north) == "north"

    async def test_limits_how_often_one_person_asks(self, edge, north, south):
        turns.clear()
        answers = [await self.ask(edge, north, "/deadlock/0") for _ in range(51)]
        assert [answer.status_code for answer in answers] == [200] * 50 + [429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 10
        assert (await self.ask(edge, south, "/deadlock/0")).status_code == 200


class TestAhead:
    """What need not wait is sent with the next statement, or with the commit, in the order in which it was asked."""

    async def test_its_rows_are_there_once_the_next_was_answered(self, north):
        async with north.op() as op:
            before = op.db.ahead(str, NAME)
            op.db.with_next(RENAME, name="ahead")
            after = op.db.ahead(str, NAME)
            with pytest.raises(LookupError):
                _ = before.one
            assert await op.db.value("select 1") == 1
            assert (before.one, after.one) == ("north", "ahead")

    async def test_travels_with_the_commit_at_the_latest(self, north):
        async with north.op() as op:
            op.db.with_next(RENAME, name="committed")
        assert await name_of(north) == "committed"

    async def test_its_refusal_is_raised_by_the_next_and_undoes_everything(self, north):
        with pytest.raises(psycopg.errors.DivisionByZero):
            async with north.op() as op:
                await op.db.run(RENAME, name="lost")
                op.db.with_next("select 1 / 0")
                await op.db.run(RENAME, name="never sent")
        assert await name_of(north) == "north"

    async def test_a_refusal_on_the_way_to_the_commit_is_no_success(self, north):
        with pytest.raises(psycopg.errors.DivisionByZero):
            async with north.op() as op:
                op.db.with_next(RENAME, name="lost")
                op.db.with_next("select 1 / 0")
        assert await name_of(north) == "north"


class TestCommit:
    async def test_leaves_no_clinic_on_the_connection(self, north, given, pool):
        await given.patient(north)
        for _ in range(16):
            async with begin(pool, NOON) as op:
                assert await op.db.value("select count(*) from patient") == 0

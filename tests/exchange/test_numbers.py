"""Register numbers while a file comes in: the file's own are kept, nobody's is given twice, and the desk waits for none."""

import asyncio
import time

import pytest

from chairside import billing, exchange
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.patients import NumberMayCome
from tests.conftest import NOON
from tests.exchange.brought import everyone, rows, seen, started, uploaded

# Numbers 5 to 2504, and five hundred patients without one.
FILE = rows(*(f"{n},Pop,Ana {n},1980-05-01,1.00," for n in range(5, 2505)), *(f",Pop,Ion {n},1980-05-01,," for n in range(500)))
KEPT = "select count(*) from register_reservation where clinic_id = %s"
SOON_SECONDS = 1.0


class Paused:
    """A run that stands still in the middle of its transaction, once this many rows are in."""

    def __init__(self, north, found, after: int) -> None:
        self.north, self.found, self.after = north, found, after
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()

    async def report(self, done: int) -> None:
        if done >= self.after:
            self.reached.set()
            await self.go_on.wait()

    async def run(self) -> None:
        async with begin(self.north.pool, NOON, "job") as op:
            await op.act_for(self.north.id, actor_id=SYSTEM, grants=EVERYTHING)
            await exchange.bring_in(op, import_id=self.found["id"], report=self.report)

    async def __aenter__(self) -> None:
        self.running = asyncio.ensure_future(self.run())
        await asyncio.wait([self.running, asyncio.ensure_future(self.reached.wait())], return_when="FIRST_COMPLETED")
        assert self.reached.is_set(), "the run ended too early"

    async def __aexit__(self, *_: object) -> None:
        self.go_on.set()
        await self.running


class TestTheDesk:
    @pytest.mark.parametrize("after", [0, 1, 2500])
    async def test_registers_at_once_while_a_file_comes_in(self, north, given, root, after):
        await given.patient(north, register_number="4")
        found = await uploaded(north, FILE)
        await started(north, found)
        walked_in = []
        async with Paused(north, found, after):
            for n in range(3):
                began = time.monotonic()
                walked_in.append(await given.patient(north, "Walk", f"In{n}"))
                assert time.monotonic() - began < SOON_SECONDS
        done = await seen(north, found)
        assert (done["status"], done["counts"]["accepted"], done["counts"]["already_present"]) == ("done", 3000, 0)
        numbers = [patient["register_number"] for patient in await everyone(north)]
        assert len(numbers) == len(set(numbers)) == 3004
        assert set(map(str, range(4, 2505))) <= set(numbers)
        assert all(int(patient.register_number) > 2504 for patient in walked_in)
        assert root.execute(KEPT, [north.id]).fetchone() == (0,)

    async def test_is_given_no_number_of_a_file_that_was_started(self, north, given, drain):
        await given.patient(north, register_number="4")
        found = await uploaded(north, FILE)
        assert (await given.patient(north, "Early")).register_number == "5"
        await started(north, found)
        assert (await given.patient(north, "Late")).register_number == "3005"
        await drain()
        done = await seen(north, found)
        assert (done["counts"]["accepted"], done["counts"]["already_present"]) == (2999, 1)
        assert done["already_present"][0]["differs"] is True

    async def test_that_types_a_number_of_the_file_is_answered_at_once(self, north, given):
        found = await uploaded(north, FILE)
        await started(north, found)
        async with Paused(north, found, 2500):
            began = time.monotonic()
            with pytest.raises(NumberMayCome):
                await given.patient(north, register_number="100")
            answer = await north.ask(
                "POST",
                "/patients",
                json={
                    "first_name": "A",
                    "last_name": "B",
                    "birth_date": "2020-01-02",
                    "sex": "unknown",
                    "register_number": "101",
                },
            )
            assert (answer.status_code, answer.json()["code"]) == (409, "NumberMayCome")
            assert time.monotonic() - began < 2 * SOON_SECONDS
            assert (await given.patient(north, register_number="A-1")).register_number == "A-1"
        assert (await seen(north, found))["counts"]["accepted"] == 3000

    async def test_that_types_a_number_kept_for_the_file_costs_it_no_row(self, north, given):
        found = await uploaded(north, FILE)
        await started(north, found)
        async with Paused(north, found, 0):
            for number in ("2505", "2507", "3004"):
                await given.patient(north, register_number=number)
        done = await seen(north, found)
        assert (done["counts"]["accepted"], done["counts"]["already_present"]) == (3000, 0)
        numbers = [patient["register_number"] for patient in await everyone(north)]
        assert len(numbers) == len(set(numbers)) == 3003


class TestTheNextNumber:
    @pytest.mark.parametrize("huge", ["999999999999999", "1800101221144", "9" * 40])
    async def test_is_not_led_astray_by_a_number_that_was_not_counted_up_to(self, north, given, huge):
        """A slip of the hand, or a file whose register numbers are the state's personal numbers."""
        await given.patient(north, register_number="41")
        await given.patient(north, register_number=huge)
        assert [(await given.patient(north)).register_number for _ in range(3)] == ["42", "43", "44"]

    async def test_is_not_led_astray_by_a_file(self, north, given, bring):
        done = await bring(north, rows("7,Pop,Ana,,,", "999999999999999,Pop,Ion,,,", ",Pop,Eva,,,"))
        assert done["counts"]["accepted"] == 3
        assert {patient["register_number"] for patient in await everyone(north)} == {"7", "8", "999999999999999"}
        assert (await given.patient(north)).register_number == "9"


class TestKeptNumbers:
    async def test_are_free_again_when_the_run_fails(self, north, drain, given, root, monkeypatch):
        found = await uploaded(north, FILE)
        await started(north, found)
        assert root.execute(KEPT, [north.id]).fetchone() == (1,)

        async def buggy(op, *, balances, source):
            raise RuntimeError("broken")

        monkeypatch.setattr(billing, "add_opening_balances", buggy)
        await drain()
        assert (await seen(north, found))["status"] == "failed"
        assert (await given.patient(north)).register_number == "1"

    async def test_are_another_clinics_business(self, north, south, given):
        await started(north, await uploaded(north, FILE))
        assert (await given.patient(south)).register_number == "1"

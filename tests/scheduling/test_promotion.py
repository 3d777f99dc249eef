"""What was booked over a hold, a blocked time or a visit has its time once that is gone, however it goes."""

import asyncio
from datetime import timedelta

import pytest

from chairside.kernel import clock
from tests.scheduling.conftest import at

WAITS = "select array_agg(active order by resource_id = %s desc) from claim where appointment_id = %s and resource_id = any(%s)"


@pytest.fixture
def later(monkeypatch):
    plain = clock.now

    def later_(**by):
        monkeypatch.setattr(clock, "now", lambda: plain() + timedelta(**by))

    return later_


@pytest.fixture
def has(chairside, root):
    """Whether the visit has its provider's and its operatory's time, or waits for it."""

    def has_(visit):
        root.rollback()
        ids = [chairside.provider.id, chairside.operatory.id]
        return root.execute(WAITS, [ids[0], visit["id"], ids]).fetchone()[0]

    return has_


def place(chairside, **more):
    return {"provider_id": str(chairside.provider.id), "operatory_id": str(chairside.operatory.id), **more}


async def held(chairside, hour=9, **more):
    body = place(chairside, starts_at=at(hour).isoformat(), duration_minutes=30, **more)
    answer = await chairside.clinic.ask("POST", "/holds", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def blocked(chairside, first=9, last=10, **more):
    span = {"starts_at": at(first).isoformat(), "ends_at": at(last).isoformat(), "reason": "x"}
    answer = await chairside.clinic.ask("POST", "/blockouts", json=place(chairside, **span) | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def over(chairside, hour=9, **more):
    return chairside.booked(hour, overbooking_reason="Toothache", **more)


class TestPromotion:
    async def test_when_a_hold_is_released(self, chairside, north, has):
        hold = await held(chairside)
        visit = await over(chairside)
        assert has(visit) == [False, False]
        assert (await north.ask("DELETE", f"/holds/{hold['id']}")).status_code == 204
        assert has(visit) == [True, True]

    async def test_when_a_hold_has_expired_and_somebody_asks_for_any_of_their_time(self, chairside, later, has):
        await held(chairside)
        visit = await over(chairside)
        later(minutes=6)
        await chairside.booked(15)
        assert has(visit) == [True, True]

    async def test_of_the_room_also_when_the_hold_was_cleared_in_the_providers_queue(self, chairside, given, north, later, has):
        await held(chairside)
        visit = await over(chairside)
        later(minutes=6)
        await chairside.booked(15, operatory_id=None)
        assert has(visit) == [True, False]
        other = await given.provider(north)
        await chairside.booked(15, provider_id=str(other.id))
        assert has(visit) == [True, True]

    async def test_when_the_hold_becomes_a_visit_at_another_time(self, chairside, has):
        hold = await held(chairside)
        visit = await over(chairside)
        await chairside.booked(11, hold_id=hold["id"])
        assert has(visit) == [True, True]

    async def test_not_when_the_hold_becomes_a_visit_at_its_own_time_which_takes_a_reason_then(self, chairside, has):
        hold = await held(chairside)
        visit = await over(chairside)
        assert (await chairside.book(9, hold_id=hold["id"])).json()["code"] == "TimeTaken"
        await over(chairside, hold_id=hold["id"])
        assert has(visit) == [True, True], "the hold is gone, and the visit over it is the older one"

    async def test_when_a_blocked_time_is_freed(self, chairside, north, has):
        block = await blocked(chairside)
        visit = await over(chairside, 9.5)
        assert has(visit) == [False, False]
        assert (await north.ask("DELETE", f"/blockouts/{block['id']}")).status_code == 204
        assert has(visit) == [True, True]

    async def test_of_as_many_as_fit_oldest_first(self, chairside, north, has):
        block = await blocked(chairside)
        first, second, third = await over(chairside, 9), await over(chairside, 9.25), await over(chairside, 9.5)
        await north.ask("DELETE", f"/blockouts/{block['id']}")
        assert [has(one)[0] for one in (first, second, third)] == [True, False, True]

    async def test_not_while_something_else_is_in_the_way(self, chairside, north, has):
        block = await blocked(chairside, provider_id=None)
        standing = await chairside.booked(9, operatory_id=None)
        visit = await over(chairside)
        await north.ask("DELETE", f"/blockouts/{block['id']}")
        assert has(visit) == [False, True]
        await chairside.step(standing, "cancellation", {"reason": "x"})
        assert has(visit) == [True, True]

    async def test_a_blocked_time_that_was_put_over_a_visit_has_it_when_the_visit_goes(self, chairside, root):
        standing = await chairside.booked(9)
        block = await blocked(chairside)
        waits = "select bool_and(active) from claim where blockout_id = %s"
        root.rollback()
        assert root.execute(waits, [block["id"]]).fetchone() == (False,)
        await chairside.step(standing, "cancellation", {"reason": "x"})
        root.rollback()
        assert root.execute(waits, [block["id"]]).fetchone() == (True,)

    async def test_leaves_another_clinics_alone(self, chairside, south, given, north, root):
        """The same instant elsewhere: nobody's queue reaches over the fence."""
        hold = await held(chairside)
        visit = await over(chairside)
        provider = await given.provider(south)
        await given.appointment(south, starts_at=at(9), provider=provider)
        root.rollback()
        assert root.execute("select bool_or(active) from claim where appointment_id = %s and resource_id = %s",
                            [visit["id"], chairside.provider.id]).fetchone() == (False,)  # fmt: skip
        await north.ask("DELETE", f"/holds/{hold['id']}")

    @pytest.mark.parametrize("round", range(8))
    async def test_one_wins_when_all_goes_at_once(self, chairside, north, given, root, round):
        """A hold let go, a blocked time freed, visits booked over them cancelled, others booked: nobody twice, nobody waiting for
        nothing."""
        hold, block = await held(chairside, 9), await blocked(chairside, 9.5, 10.5)
        waiting = [await over(chairside, hour) for hour in (9, 9.25, 9.5, 9.75, 10)]
        bodies = [await chairside.body(hour) for hour in (9, 9.5, 10)]
        answers = await asyncio.gather(
            north.ask("DELETE", f"/holds/{hold['id']}"),
            north.ask("DELETE", f"/blockouts/{block['id']}"),
            *(chairside.step(one, "cancellation", {"reason": "x"}) for one in waiting[round % 2 :: 2]),
            *(north.ask("POST", "/appointments", json=body) for body in bodies),
            chairside.step(waiting[1 - round % 2], "rescheduling", {"starts_at": at(14).isoformat()}),
        )
        assert {answer.status_code for answer in answers} <= {201, 204, 409}, [answer.text for answer in answers]
        root.rollback()
        idle = root.execute(
            """select count(*) from claim w
                where w.resource_id = %s and not w.active
                  and not exists (select from claim t where t.resource_id = w.resource_id and t.active and t.during && w.during)""",
            [chairside.provider.id],
        ).fetchone()
        assert idle == (0,)

"""A visit is cancelled or moved, and its time is offered without anybody asking for it, where the clinic wants that."""

from datetime import timedelta

import pytest

from chairside.filling.reactions import offer_freed_time, offer_left_time
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.scheduling import AppointmentMoved, VisitCancelled


@pytest.fixture
async def freed(gap, given):
    """What happens when the visit that stands in the gap is cancelled; and the visit."""
    await gap.quiet(undo_minutes=10, version=1)
    patient = await given.patient(gap.clinic, "Cancels", contacts=[{"type": "mobile", "value": "0722 333 099"}])

    async def freed_(*, by_itself=True, times=1, further=timedelta(0)):
        visit = await given.appointment(
            gap.clinic, starts_at=gap.starts_at + further, duration_minutes=60, patient=patient, provider=gap.provider,
            service=gap.service,
        )  # fmt: skip
        clinic = (await gap.clinic.ask("GET", "")).json()
        changed = await gap.clinic.ask("PATCH", "", version=clinic["version"], json={"fills_freed_times": by_itself})
        assert changed.json()["fills_freed_times"] is by_itself
        cancelled = await gap.clinic.ask("POST", f"/appointments/{visit.id}/cancellation", json={"reason": "Ill"})
        assert cancelled.status_code == 201, cancelled.text
        for _ in range(times):
            async with begin(gap.clinic.pool, gap.now, "job") as op:
                await op.act_for(gap.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
                await offer_freed_time(op, VisitCancelled(visit.id, patient.id))
        await gap.tick()
        return visit

    return freed_


class TestAFreedTime:
    async def test_is_offered_once_nobody_takes_the_cancellation_back(self, gap, freed):
        await gap.wait("Ana")
        await freed()
        assert gap.said() == [], "they may still think better of it"
        assert await gap.states() == {"Ana": "waiting"}
        gap.pass_(minutes=10)
        await gap.tick()
        assert len(gap.said()) == 1
        assert await gap.states() == {"Ana": "offered"}

    async def test_is_offered_to_nobody_once_the_cancellation_was_taken_back(self, gap, freed):
        await gap.wait("Ana")
        visit = await freed()
        assert (await gap.clinic.ask("DELETE", f"/appointments/{visit.id}/cancellation")).status_code == 200
        gap.pass_(minutes=10)
        await gap.tick()
        assert gap.said() == []
        assert (await gap.seen())["status"] == "taken"

    async def test_is_not_offered_where_the_clinic_does_not_want_it(self, gap, freed):
        await gap.wait("Ana")
        await freed(by_itself=False)
        assert gap.asked("select count(*) from opening_fill where clinic_id = %s") == [(0,)]

    async def test_is_not_offered_to_whoever_cancelled(self, gap, freed, root):
        visit = await freed(by_itself=False)
        body = {"patient_id": str(visit.patient_id), "service_id": str(gap.service.id)}
        assert (await gap.clinic.ask("POST", "/waitlist", json=body)).status_code == 201
        await gap.wait("Ana")
        async with begin(gap.clinic.pool, gap.now, "job") as op:
            await op.act_for(gap.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
            await op.db.run("update clinic set fills_freed_times = true")
            await offer_freed_time(op, VisitCancelled(visit.id, visit.patient_id))
        assert await gap.states() == {"Ana": "waiting"}

    async def test_is_offered_once_though_the_job_runs_twice(self, gap, freed):
        await gap.wait("Ana")
        await freed(times=2)
        assert gap.asked("select count(*) from opening_fill where clinic_id = %s") == [(1,)]

    @pytest.mark.parametrize("waits, days", [(False, 0), (True, 20), (True, -1.98)], ids=["nobody", "far off", "over soon"])
    async def test_is_left_alone_where_nobody_could_come_or_it_is_too_far_off_or_too_near(self, gap, freed, waits, days):
        if waits:
            await gap.wait("Ana")
        gap.starts_at = gap.now + timedelta(days=2)
        await freed(further=timedelta(days=days))
        assert gap.asked("select count(*) from opening_fill where clinic_id = %s") == [(0,)]


@pytest.fixture
async def moving(gap, given):
    """A visit in the gap for hours, and what happens when it is moved elsewhere."""
    await gap.quiet(undo_minutes=10, version=1)
    patient = await given.patient(gap.clinic, "Moves", contacts=[{"type": "mobile", "value": "0722 333 098"}])
    visit = await given.appointment(
        gap.clinic, starts_at=gap.starts_at, duration_minutes=60, patient=patient, provider=gap.provider, service=gap.service,
    )  # fmt: skip
    clinic = (await gap.clinic.ask("GET", "")).json()
    await gap.clinic.ask("PATCH", "", version=clinic["version"], json={"fills_freed_times": True})
    await gap.wait("Ana")

    async def moved(**by):
        at = (gap.starts_at + timedelta(**by)).isoformat()
        answer = await gap.clinic.ask("POST", f"/appointments/{visit.id}/rescheduling", json={"starts_at": at})
        assert answer.status_code == 201, answer.text
        async with begin(gap.clinic.pool, gap.now, "job") as op:
            await op.act_for(gap.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
            await offer_left_time(op, AppointmentMoved(visit.id, patient.id))
        await gap.tick()

    return moved


FILLS = "select starts_at, status from opening_fill where clinic_id = %s order by id"


class TestATimeThatWasLeft:
    async def test_is_offered_once_nobody_moves_the_visit_back(self, gap, moving):
        gap.pass_(hours=1)
        await moving(days=1)
        assert await gap.states() == {"Ana": "waiting"}
        gap.pass_(minutes=10)
        await gap.tick()
        assert await gap.states() == {"Ana": "offered"}

    async def test_is_offered_to_nobody_once_the_visit_is_back(self, gap, moving):
        gap.pass_(hours=1)
        await moving(days=1)
        gap.pass_(minutes=2)
        await moving(days=0)
        gap.pass_(minutes=10)
        await gap.tick()
        assert gap.said() == []
        assert gap.asked(FILLS) == [(gap.starts_at, "taken")], "where it stood for two minutes was free before"

    async def test_is_the_first_of_two_moves_in_a_row(self, gap, moving):
        gap.pass_(hours=1)
        await moving(days=1)
        gap.pass_(minutes=2)
        await moving(days=1, hours=1)
        assert gap.asked(FILLS) == [(gap.starts_at, "open")]

    async def test_is_nobodys_where_the_visit_was_booked_just_now(self, gap, moving):
        gap.pass_(minutes=2)
        await moving(days=1)
        assert gap.asked(FILLS) == []

    async def test_is_not_offered_while_the_visit_overlaps_it(self, gap, moving):
        gap.pass_(hours=1)
        await moving(minutes=30)
        assert gap.asked(FILLS) == []

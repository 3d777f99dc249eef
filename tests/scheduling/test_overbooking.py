"""Booking over somebody else's time, on purpose and with a reason."""

import asyncio

CLAIMS = "select active from claim where appointment_id = %s and resource_id = %s"


class TestOverbooking:
    async def test_needs_a_reason_and_keeps_it(self, chairside):
        await chairside.booked(9)
        assert (await chairside.book(9)).status_code == 409
        over = await chairside.booked(9, overbooking_reason="Toothache")
        assert over["overbooking_reason"] == "Toothache"
        assert (await chairside.get(over))["overbooking_reason"] == "Toothache"

    async def test_forgets_a_reason_that_was_not_needed(self, chairside):
        assert (await chairside.booked(9, overbooking_reason="Toothache"))["overbooking_reason"] is None

    async def test_holds_what_was_free_and_waits_for_what_was_not(self, chairside, given, north, root):
        await chairside.booked(9, operatory_id=None)
        over = await chairside.booked(9, overbooking_reason="Toothache")
        for resource, active in ((chairside.provider, False), (chairside.operatory, True)):
            assert root.execute(CLAIMS, [over["id"], resource.id]).fetchall() == [(active,)]

    async def test_a_third_does_not_slip_in_when_the_first_cancels(self, chairside, root):
        """A booked, B overbooked, A cancels: the time is B's."""
        first = await chairside.booked(9)
        second = await chairside.booked(9, overbooking_reason="Toothache")
        assert (await chairside.step(first, "cancellation", {"reason": "Ill"})).status_code == 201
        third = await chairside.book(9)
        assert (third.status_code, third.json()["code"]) == (409, "TimeTaken")
        assert root.execute(CLAIMS, [second["id"], chairside.provider.id]).fetchall() == [(True,)]
        again = await chairside.undo(first, "cancellation")
        assert (again.status_code, again.json()["code"]) == (409, "TimeTaken")
        assert (await chairside.step(second, "cancellation", {"reason": "Ill"})).status_code == 201
        assert (await chairside.book(9)).status_code == 201

    async def test_a_third_does_not_slip_in_before_either(self, chairside):
        """What overlaps only the one who waits is refused as well."""
        await chairside.booked(9)
        await chairside.booked(9.25, overbooking_reason="Toothache")
        assert (await chairside.book(9.5)).status_code == 409
        assert (await chairside.book(9.75)).status_code == 201

    async def test_the_one_who_waits_moves_up_on_a_no_show_and_on_a_move(self, chairside, root):
        for hour, release in ((9, "no-show"), (12, None)):
            first = await chairside.booked(hour)
            second = await chairside.booked(hour, overbooking_reason="Toothache")
            if release:
                assert (await chairside.step(first, release)).status_code == 201
            else:
                moved = await chairside.step(first, "rescheduling", {"duration_minutes": 30, "starts_at": "2027-03-01T15:00:00Z"})
                assert moved.status_code == 201, moved.text
            assert root.execute(CLAIMS, [second["id"], chairside.provider.id]).fetchall() == [(True,)]
            root.rollback()

    async def test_the_oldest_who_now_fits_moves_up_first(self, chairside, root):
        long = await chairside.booked(9, duration_minutes=60)
        waiting = [
            await chairside.booked(hour, overbooking_reason=f"Waiting {n}")
            for n, hour in enumerate((9.25, 9, 9.75))  # the second overlaps the first, the third does not
        ]
        await chairside.step(long, "cancellation", {"reason": "Ill"})
        active = [root.execute(CLAIMS, [one["id"], chairside.provider.id]).fetchone()[0] for one in waiting]
        assert active == [True, False, True]
        root.rollback()
        await chairside.step(waiting[0], "cancellation", {"reason": "Ill"})
        assert root.execute(CLAIMS, [waiting[1]["id"], chairside.provider.id]).fetchone() == (True,)

    async def test_whoever_waits_in_the_middle_leaves_without_a_trace(self, chairside, root):
        first = await chairside.booked(9)
        second = await chairside.booked(9, overbooking_reason="Toothache")
        third = await chairside.booked(9, overbooking_reason="Swollen")
        await chairside.step(second, "cancellation", {"reason": "Better"})
        claims = [root.execute(CLAIMS, [one["id"], chairside.provider.id]).fetchall() for one in (first, second, third)]
        assert claims == [[(True,)], [], [(False,)]]

    async def test_a_patient_may_be_in_two_places_for_a_reason(self, chairside, given, north):
        patient = await given.patient(north)
        await chairside.booked(9, patient=patient)
        elsewhere = {"provider_id": str((await given.provider(north)).id), "operatory_id": None, "patient": patient}
        assert (await chairside.book(9, **elsewhere)).json()["facts"] == {"resource": "patient"}
        assert (await chairside.book(9, **elsewhere, overbooking_reason="Hygienist comes over")).status_code == 201

    async def test_undoing_the_cancellation_of_an_overbooked_visit_waits_again(self, chairside, root):
        await chairside.booked(9)
        over = await chairside.booked(9, overbooking_reason="Toothache")
        await chairside.step(over, "cancellation", {"reason": "Better"})
        assert (await chairside.undo(over, "cancellation")).status_code == 200
        assert root.execute(CLAIMS, [over["id"], chairside.provider.id]).fetchall() == [(False,)]

    async def test_many_at_once_with_a_reason_all_get_in_and_one_is_active(self, chairside, north, root):
        bodies = [await chairside.body(9, overbooking_reason="Everybody at nine") for _ in range(16)]
        answers = await asyncio.gather(*(north.ask("POST", "/appointments", json=body) for body in bodies))
        assert {answer.status_code for answer in answers} == {201}
        active = root.execute("select count(*) from claim where resource_id = %s and active", [chairside.provider.id])
        assert active.fetchone() == (1,)

    async def test_cancelling_and_booking_at_once_never_loses_the_one_who_waits(self, chairside, north, root):
        first = await chairside.booked(9)
        second = await chairside.booked(9, overbooking_reason="Toothache")
        bodies = [await chairside.body(9) for _ in range(12)]
        cancel, *answers = await asyncio.gather(
            chairside.step(first, "cancellation", {"reason": "Ill"}),
            *(north.ask("POST", "/appointments", json=body) for body in bodies),
        )
        assert cancel.status_code == 201
        assert {answer.status_code for answer in answers} == {409}
        assert root.execute(CLAIMS, [second["id"], chairside.provider.id]).fetchall() == [(True,)]

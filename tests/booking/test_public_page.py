"""What anybody sees of a clinic's booking page."""

from datetime import timedelta

import pytest

from chairside.kernel import clock

NEVER = "00000000-0000-7000-8000-000000000001"


class TestPage:
    async def test_says_what_is_offered_and_nothing_else_of_the_clinic(self, page, given, north):
        await given.service(north, name="Implant", code="IMP")
        await given.provider(north, name="Dr. Not Offered")
        await given.patient(north, first_name="Secret", last_name="Person")
        answer = await page.anybody("GET")
        found = answer.json()
        assert answer.status_code == 200
        assert [one["name"] for one in found["services"]] == ["Check-up"]
        assert found["services"][0]["price"] == {"amount": 25_000, "currency": "RON"}
        assert [one["name"] for one in found["providers"]] == ["Dr. Ioana Marin"]
        assert found["timezone"] == "Europe/Bucharest"
        assert set(found) == {
            "name", "phone", "address", "timezone", "locale", "needs_confirmation", "asks_birth_date", "asks_code", "change_hours", "days_ahead", "policy",
            "services", "providers",
        }  # fmt: skip
        assert "Secret" not in answer.text and "Implant" not in answer.text

    async def test_keeps_prices_to_itself_where_the_clinic_wants_so(self, page):
        await page.set(shows_prices=False)
        assert (await page.anybody("GET")).json()["services"][0]["price"] is None

    async def test_is_as_if_it_had_never_been_where_it_is_closed(self, page, http, south):
        await page.set(open=False)
        told = []
        for slug in (page.clinic.slug, south.slug, "never-was"):
            answer = await http.get(f"/public/clinics/{slug}")
            told.append((answer.status_code, answer.json() | {"request_id": ""}))
        assert told[0][0] == 404
        assert told[0] == told[1] == told[2]

    async def test_names_nobody_who_assists_and_offers_no_time_of_theirs(self, page, given):
        nurse = await given.provider(page.clinic, name="Nora Nurse")
        await page.set(services=[{"service_id": str(page.service.id)}])
        assert "Nora Nurse" in (await page.anybody("GET")).text
        at = await page.time()
        await given.appointment(page.clinic, starts_at=at, provider=page.provider)
        assert at in await page.times(), "the nurse is free"
        await page.clinic.ask("PATCH", f"/providers/{nurse.id}", json={"assists": True}, version=nurse.version)
        assert "Nora Nurse" not in (await page.anybody("GET")).text
        assert at not in await page.times()

    async def test_offers_no_service_that_is_not_given_any_more(self, page):
        patch = {"active": False}
        version = page.service.version
        await page.clinic.ask("PATCH", f"/services/{page.service.id}", json=patch, version=version)
        assert (await page.anybody("GET")).json()["services"] == []


class TestTimes:
    async def test_are_those_of_the_schedule_after_the_notice(self, page):
        await page.set(notice_hours=48)
        found = await page.times()
        assert found and all(at >= clock.now() + timedelta(hours=47, minutes=59) for at in found)

    @pytest.mark.parametrize(("minutes", "status"), [(1, 201), (9, 201), (11, 409)])
    async def test_may_be_chosen_for_minutes_after_they_were_shown_though_the_notice_has_begun(
        self, page, later, minutes, status
    ):
        await page.set(notice_hours=48)
        at = (await page.times())[0]
        later(seconds=(at - clock.now() - timedelta(hours=48)).total_seconds() + minutes * 60)
        assert at not in await page.times()
        assert (await page.keep(at)).status_code == status

    async def test_that_were_held_are_asked_for_though_the_notice_has_begun_meanwhile(self, page, later):
        await page.set(notice_hours=48, needs_confirmation=True)
        at = (await page.times())[0]
        until = (at - clock.now() - timedelta(hours=48)).total_seconds()
        later(seconds=until - 60)
        hold = await page.kept(at)
        later(seconds=until + 16 * 60)
        assert (await page.book(hold)).json()["status"] == "requested"

    async def test_end_with_the_days_that_the_clinic_gives_away(self, page):
        await page.set(days_ahead=3)
        assert all(at < clock.now() + timedelta(days=3) for at in await page.times())

    async def test_are_fewer_by_what_is_booked(self, page):
        at = await page.time()
        await page.booked(at)
        assert at not in await page.times()

    async def test_are_fewer_by_what_somebody_chooses_at_this_moment(self, page, later):
        at = await page.time()
        await page.kept(at)
        assert at not in await page.times()
        later(minutes=6)
        assert at in await page.times()

    async def test_are_none_where_every_room_is_taken(self, page, given, north):
        at = await page.time()
        other = await given.provider(north, name="Dr. Other")
        await given.appointment(north, starts_at=at, provider=other, operatory_id=page.operatory.id)
        assert at not in await page.times()

    @pytest.mark.parametrize("asked", [{"days": 32}, {"days": 0}])
    async def test_are_looked_for_in_a_bounded_range(self, page, asked):
        answer = await page.anybody("GET", "/openings", params={"service_id": str(page.service.id), **asked})
        assert answer.status_code == 422

    async def test_are_refused_for_what_is_not_offered(self, page, given, north):
        other = await given.service(north, name="Implant", code="IMP")
        stranger = await given.provider(north, name="Dr. Not Offered")
        for query in (
            {"service_id": str(other.id)},
            {"service_id": NEVER},
            {"service_id": str(page.service.id), "provider_id": str(stranger.id)},
        ):
            assert (await page.anybody("GET", "/openings", params=query)).status_code == 404

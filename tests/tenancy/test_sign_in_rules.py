"""What a clinic asks of those who sign in to work there."""

from datetime import UTC, datetime, timedelta

from tests.identity.conftest import Somebody, said

NOW = datetime.now(UTC)


async def ask_for(clinic, **rules):
    version = (await clinic.ask("GET", "/sign-in-rules")).json()["version"]
    return await clinic.ask("PATCH", "/sign-in-rules", version=version, json=rules)


class TestASecondFactor:
    async def test_is_asked_for_once_it_is_due_and_can_be_added_then(self, north, http):
        ana = Somebody(north, http, north.email)
        await ana.sign_in()
        answer = await ask_for(north, mfa_from=(NOW - timedelta(days=1)).isoformat(), mfa_grace_days=0)
        assert (answer.status_code, answer.json()["without_factor"]) == (200, 1), answer.text
        here = f"/clinics/{north.slug}"
        assert said(await ana.ask("GET", here)) == (403, "SecondFactorWanted")
        assert (await ana.ask("GET", "/session")).json()["clinics"][0]["second_factor_from"] is not None
        await ana.add_authenticator()
        assert (await ana.ask("GET", here)).status_code == 200

    async def test_waits_for_newcomers_as_long_as_the_grace_lasts(self, north, http):
        ana = Somebody(north, http, north.email)
        await ana.sign_in()
        await ask_for(north, mfa_from=(NOW - timedelta(days=1)).isoformat(), mfa_grace_days=7)
        assert (await ana.ask("GET", f"/clinics/{north.slug}")).status_code == 200

    async def test_of_another_clinic_is_no_matter_here(self, north, south, http):
        ana = Somebody(south, http, south.email)
        await ana.sign_in()
        await ask_for(north, mfa_from=(NOW - timedelta(days=1)).isoformat(), mfa_grace_days=0)
        assert (await ana.ask("GET", f"/clinics/{south.slug}")).status_code == 200


class TestSessions:
    async def test_become_as_short_as_it_says_at_once_and_from_then_on(self, north, http):
        ana = Somebody(north, http, north.email)
        before = (await ana.sign_in()).json()
        await ask_for(north, idle_minutes=3, session_hours=1)
        after = (await ana.ask("GET", "/session")).json()
        assert datetime.fromisoformat(after["idle_expires_at"]) <= datetime.now(UTC) + timedelta(minutes=3)
        assert datetime.fromisoformat(after["expires_at"]) < datetime.fromisoformat(before["expires_at"])
        again = (await ana.sign_in()).json()
        assert datetime.fromisoformat(again["expires_at"]) <= datetime.now(UTC) + timedelta(hours=1)


class TestTheRules:
    async def test_ask_for_proof_that_is_fresh(self, north, root):
        root.execute(
            "update session set step_up_at = step_up_at - interval '6 minutes' where principal_id = %s", [north.owner_id]
        )
        root.commit()
        assert said(await ask_for(north, idle_minutes=3)) == (403, "StepUpNeeded")

    async def test_are_not_changed_over_somebody_elses_change(self, north):
        assert (await ask_for(north, idle_minutes=3)).status_code == 200
        assert said(await north.ask("PATCH", "/sign-in-rules", version=1, json={"idle_minutes": 9})) == (412, "ClinicChanged")

    async def test_keep_within_bounds(self, north):
        for wrong in ({"idle_minutes": 1}, {"session_hours": 1000}, {"mfa_grace_days": -1}, {"mfa_from": "soon"}, {"x": 1}):
            assert said(await ask_for(north, **wrong)) == (422, "Malformed")

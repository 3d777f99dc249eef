"""A request whose first statement travels with the question who asks (`x-ahead`)."""

import pytest

from chairside.kernel.op import NOBODY, Actor, begin
from chairside.kernel.refusals import NotAllowed
from tests.conftest import NOON
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague  # noqa: F401


class TestSettling:
    """Who asks may come to be known along with the first answer. Until then nothing is said about them, and nothing is shown."""

    async def test_who_acts_is_asked_along_with_the_first_statement(self, north, given, root):
        patient = await given.patient(north)
        asked = await north.ask("GET", f"/patients/{patient.id}")
        assert asked.status_code == 200 and asked.json()["id"] == str(patient.id)
        read = "select actor_id, action from audit_event where clinic_id = %s and entity = 'patient' and action = 'read'"
        assert root.execute(read, [north.id]).fetchall() == [(north.owner_id, "read")]

    async def test_nobody_and_a_stranger_hear_what_they_always_heard(self, north, south, given, http, root):
        patient = await given.patient(north)
        address = f"/clinics/{north.slug}/patients"
        http.cookies.clear()
        for path in (f"{address}/{patient.id}", f"{address}/no-id"):
            assert (await http.get(path)).json()["code"] == "NotSignedIn"
            wrong = await http.get(path, headers={"authorization": "Bearer no-such-token"})
            assert (wrong.status_code, wrong.json()["code"]) == (401, "NotSignedIn")
            stranger = await http.get(path, headers={"authorization": f"Bearer {south.token}"})
            assert (stranger.status_code, stranger.json()["code"]) == (404, "NoSuchThing")
        assert (await north.ask("GET", "/patients/no-id")).json()["code"] == "Malformed"
        read = "select count(*) from audit_event where entity = 'patient' and action = 'read' and patient_id = %s"
        assert root.execute(read, [patient.id]).fetchone() == (0,)

    async def test_what_was_read_by_whoever_may_not_is_undone_and_the_try_recorded(self, north, given, colleague, root):  # noqa: F811
        patient = await given.patient(north)
        auditor = await colleague(north, "auditor")
        refused = await auditor.ask("GET", f"/patients/{patient.id}")
        assert (refused.status_code, refused.json()["code"]) == (403, "NotAllowed")
        noted = (
            "select action, entity, outcome from audit_event where clinic_id = %s and actor_id = %s and action in ('read', 'try')"
        )
        assert root.execute(noted, [north.id, auditor.id]).fetchall() == [("try", "patients.read", "refused")]

    async def test_to_ask_about_them_before_is_a_bug(self, north, pool):
        async def never() -> None: ...

        async with begin(pool, NOON) as op:
            op.settle_by(never)
            op.require("patients.read")
            for ask in (lambda: op.actor.id, lambda: op.may("patients.read"), lambda: op.actor.restricted):
                with pytest.raises(LookupError):
                    ask()

    async def test_what_was_asked_of_them_is_refused_then(self, pool):
        async with begin(pool, NOON) as op:

            async def settle() -> None:
                op.actor = Actor(NOBODY, frozenset({"patients.read"}))

            op.settle_by(settle)
            op.require("patients.read")
            op.require("patients.write", "patients.archive")
            with pytest.raises(NotAllowed):
                await op.settle()

    async def test_a_first_statement_that_takes_too_long_is_not_taken_for_a_stranger(self, north, given, root):
        patient = await given.patient(north)
        root.execute("select from patient where id = %s for update", [patient.id])
        root.execute("lock table audit_event in access exclusive mode")
        answer = await north.ask("GET", f"/patients/{patient.id}")
        root.rollback()
        assert answer.status_code in (503, 504), answer.text

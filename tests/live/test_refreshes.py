"""What a screen reads again because somebody else changed it: only that, said so in the audit, and no act of the reader."""

from datetime import timedelta

from tests.conftest import NOON

DAY = NOON.date().isoformat()
READS = "select context, patient_ids from audit_event where action = 'read' and patient_ids is not null and clinic_id = %s order by id"


async def board(clinic, given):
    provider, service = await given.provider(clinic), await given.service(clinic)
    return [
        await given.appointment(clinic, starts_at=NOON + timedelta(hours=n), provider=provider, service=service) for n in range(3)
    ]


class TestChangedVisits:
    async def test_reads_the_visits_that_are_named_and_notes_no_other(self, north, given, root):
        one, two, _ = await board(north, given)
        elsewhere = await given.appointment(north, starts_at=NOON + timedelta(days=1))
        await north.ask("POST", f"/appointments/{two.id}/cancellation", json={"reason": "x"})
        ids = [str(visit.id) for visit in (one, two, elsewhere)]
        answer = (await north.ask("GET", "/schedule/changes", params={"date": DAY, "ids": ids})).json()
        assert [visit["id"] for visit in answer["appointments"]] == [str(one.id)]
        assert answer["gone"] == [str(two.id), str(elsewhere.id)]
        shown = (await north.ask("GET", "/schedule", params={"date": DAY})).json()["appointments"]
        assert answer["appointments"][0] in shown
        [refresh, whole] = root.execute(READS, [north.id]).fetchall()
        assert refresh == ("refresh", [one.patient_id])
        assert whole[0] is None and len(whole[1]) == 2

    async def test_shows_and_notes_nothing_when_none_of_them_is_there(self, north, south, given, root):
        theirs = await given.appointment(south, starts_at=NOON)
        answer = (await north.ask("GET", "/schedule/changes", params={"date": DAY, "ids": [str(theirs.id)]})).json()
        assert answer == {"appointments": [], "gone": [str(theirs.id)]}
        assert root.execute(READS, [north.id]).fetchall() == []

    async def test_looks_at_as_many_days_as_the_screen_does(self, north, given):
        visit = await given.appointment(north, starts_at=NOON + timedelta(days=6))
        for days, there in ((6, 0), (7, 1)):
            query = {"date": DAY, "days": days, "ids": [str(visit.id)]}
            assert len((await north.ask("GET", "/schedule/changes", params=query)).json()["appointments"]) == there

    async def test_is_no_act(self, north, given, root):
        visit = await given.appointment(north, starts_at=NOON)
        root.execute(
            "update session set idle_minutes = 10, idle_ends_at = now() + interval '2 minutes' where principal_id = %s",
            [north.owner_id],
        )
        root.commit()
        ends = "select idle_ends_at from session where principal_id = %s"
        before = root.execute(ends, [north.owner_id]).fetchone()
        root.commit()
        await north.ask("GET", "/schedule/changes", params={"date": DAY, "ids": [str(visit.id)]})
        await north.ask("GET", f"/patients/{visit.patient_id}", headers={"x-refresh": "live"})
        assert root.execute(ends, [north.owner_id]).fetchone() == before
        root.commit()
        await north.ask("GET", f"/patients/{visit.patient_id}")
        assert root.execute(ends, [north.owner_id]).fetchone() > before


class TestRefreshedReads:
    async def test_any_read_may_say_that_nobody_asked_for_it(self, north, given, root):
        patient = await given.patient(north)
        await north.ask("GET", f"/patients/{patient.id}", headers={"x-refresh": "live"})
        await north.ask("GET", f"/patients/{patient.id}")
        contexts = "select array_agg(context order by id) from audit_event where clinic_id = %s and action = 'read' and patient_id is not null"
        assert root.execute(contexts, [north.id]).fetchone() == (["refresh", None],)

    async def test_a_change_cannot_say_so(self, north, given, root):
        patient = await given.patient(north)
        await north.ask(
            "PATCH", f"/patients/{patient.id}", json={"note": "x"}, version=patient.version, headers={"x-refresh": "live"}
        )
        contexts = "select array_agg(distinct coalesce(context, '-')) from audit_event where clinic_id = %s and action = 'update'"
        assert root.execute(contexts, [north.id]).fetchone() == (["-"],)


class TestColleagues:
    async def test_everybody_who_works_here_knows_the_others_by_name(self, north, south, open_clinic):
        answer = (await north.ask("GET", "/colleagues")).json()
        assert answer["items"] == [{"id": str(north.owner_id), "name": "Ana Dinu"}]

"""What an author does with a draft, and nobody else."""

import asyncio
from uuid import uuid4

import pytest

from tests.notes.conftest import Notes
from tests.tenancy.test_invitations import code


class TestWrite:
    async def test_makes_a_draft_of_ones_own(self, notes):
        note = await notes.write("Pain at 26 on biting.", title="Emergency", kind="consultation")
        assert (note["status"], note["author_name"], note["title"], note["kind"]) == (
            "draft",
            "Ana Dinu",
            "Emergency",
            "consultation",
        )
        listed = await notes.done("GET")
        assert [(one["id"], one["excerpt"], one["longer"], one["status"]) for one in listed["items"]] == [
            (note["id"], "Pain at 26 on biting.", False, "draft")
        ]

    async def test_keeps_the_text_as_it_was_typed(self, notes):
        body = "  - first\n  - second  \n"
        assert (await notes.read(await notes.write(body)))["body"] == body

    async def test_refuses_what_is_too_long_and_markup_is_only_text(self, notes):
        long = await notes.ask("POST", json={"body": "x" * 50_001, "editing_id": str(uuid4())})
        assert (long.status_code, long.json()["errors"][0]["pointer"]) == (422, "/body")
        assert (await notes.write("<script>x</script>"))["body"] == "<script>x</script>"

    async def test_belongs_to_a_visit_of_this_patient_only(self, north, given, notes):
        from datetime import UTC, datetime

        visit = await given.appointment(north, starts_at=datetime(2027, 3, 2, 9, tzinfo=UTC), patient=notes.patient)
        note = await notes.write(appointment_id=str(visit.id))
        assert note["appointment_id"] == str(visit.id)
        other = await given.appointment(north, starts_at=datetime(2027, 3, 2, 9, tzinfo=UTC))
        refused = await notes.ask("POST", json={"body": "x", "editing_id": notes.sitting, "appointment_id": str(other.id)})
        assert await code(refused) == (404, "NoSuchAppointment")

    async def test_pages_the_newest_first(self, notes):
        made = [(await notes.write(f"{number}"))["id"] for number in range(5)]
        first = await notes.done("GET", params={"limit": 3})
        rest = await notes.done("GET", params={"limit": 3, "cursor": first["next_cursor"]})
        assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
        assert rest["next_cursor"] is None

    async def test_of_another_clinic_is_as_if_it_did_not_exist(self, south, notes):
        note = await notes.write()
        stranger = notes.of(south)
        for method, rest, body in (
            ("GET", "", None), ("POST", "", {"body": "x", "editing_id": str(uuid4())}), ("GET", f"/{note['id']}", None),
            ("PATCH", f"/{note['id']}", {"body": "x", "editing_id": str(uuid4())}), ("GET", f"/{note['id']}/versions", None),
            ("POST", f"/{note['id']}/signature", None), ("POST", f"/{note['id']}/strike", {"reason": "x"}),
        ):  # fmt: skip
            answer = await stranger.ask(method, rest, version=1, **({"json": body} if body else {}))
            assert answer.status_code == 404, (method, rest, answer.text)
        assert (await notes.read(note))["version"] == 1


class TestChange:
    async def test_writes_over_the_draft_without_a_version_for_each_time(self, notes):
        note = await notes.write("P")
        for body in ("Pa", "Pai", "Pain"):
            note = await notes.changed(note, body=body)
        assert (note["body"], note["version"]) == ("Pain", 4)
        assert await notes.versions(note) == []

    async def test_keeps_what_another_sitting_finds(self, notes):
        note = await notes.changed(await notes.write("one"), body="one two")
        later = notes.of(notes.who)
        await later.changed(note, body="three")
        [kept] = await notes.versions(note)
        assert (kept["number"], kept["why"], kept["created_by"]) == (1, "left", "Ana Dinu")
        assert (await notes.done("GET", f"/{note['id']}/versions/1"))["body"] == "one two"
        assert await code(await notes.ask("GET", f"/{note['id']}/versions/2")) == (404, "NoSuchNoteVersion")

    async def test_keeps_a_version_when_told_to_and_none_twice(self, notes):
        note = await notes.changed(await notes.write("one"), body="two", keep=True)
        note = await notes.changed(note, body="two", keep=True)
        assert [one["why"] for one in await notes.versions(note)] == ["kept"]

    async def test_of_two_windows_of_one_author_the_later_is_told(self, notes):
        note = await notes.write("one")
        windows = [notes.of(notes.who) for _ in range(2)]
        answers = await asyncio.gather(*(one.change(note, body=f"from {place}") for place, one in enumerate(windows)))
        assert sorted(answer.status_code for answer in answers) == [200, 412]
        [stale] = [answer for answer in answers if answer.status_code == 412]
        assert (stale.json()["code"], stale.json()["facts"]["version"]) == ("NoteIsStale", 2)
        won = next(place for place, answer in enumerate(answers) if answer.status_code == 200)
        assert (await notes.read(note))["body"] == f"from {won}"

    async def test_refuses_somebody_elses_draft(self, north, notes, colleague):
        note = await notes.write()
        other = notes.of(await colleague(north, "dentist"))
        assert await code(await other.change(note, body="x")) == (403, "NotYourNote")
        assert await code(await other.act(note, "signature")) == (403, "NotYourNote")
        assert await code(await other.act(note, "strike", json={"reason": "x"})) == (403, "NotYourNote")
        assert (await notes.read(note))["body"] == "Patient comfortable."

    async def test_wants_the_version_that_was_seen(self, notes):
        note = await notes.write()
        answer = await notes.ask("PATCH", f"/{note['id']}", json={"body": "x", "editing_id": notes.sitting})
        assert answer.status_code == 428


class TestHandOver:
    async def test_gives_a_draft_to_whoever_signs_it(self, north, notes, colleague):
        assistant = notes.of(await colleague(north, "assistant"))
        note = await assistant.write("Impressions taken.")
        assert (await assistant.act(note, "signature")).status_code == 403
        dentist = await colleague(north, "dentist")
        given = await assistant.done("PUT", f"/{note['id']}/author", json={"member_id": str(dentist.id)})
        assert given["author_id"] == str(dentist.id)
        assert await code(await assistant.change(given, body="x")) == (403, "NotYourNote")
        [kept] = await notes.versions(note)
        assert kept["why"] == "handed_over"
        signed = await notes.of(dentist).act(note, "signature")
        assert signed.json()["status"] == "signed"

    async def test_only_to_somebody_who_works_here(self, notes):
        note = await notes.write()
        answer = await notes.act(note, "author", "PUT", json={"member_id": str(uuid4())})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not_found")


class TestStrike:
    async def test_keeps_what_was_wrong_with_the_reason_and_restores_it(self, notes):
        note = await notes.write()
        struck = await notes.done("POST", f"/{note['id']}/strike", json={"reason": "Wrong patient"})
        assert (struck["strike_reason"], bool(struck["struck_at"])) == ("Wrong patient", True)
        assert await code(await notes.change(struck, body="x")) == (409, "NoteIsStruck")
        assert await code(await notes.act(struck, "signature")) == (409, "NoteIsStruck")
        restored = await notes.done("DELETE", f"/{note['id']}/strike")
        assert restored["struck_at"] is None and restored["strike_reason"] is None

    async def test_is_for_its_author_or_whoever_writes_notes_and_oversees_them(self, north, notes, colleague):
        dentist = notes.of(await colleague(north, "dentist"))
        note = await dentist.signed()
        admin, hygienist = notes.of(await colleague(north, "admin")), notes.of(await colleague(north, "hygienist"))
        assert await code(await admin.change(note, body="x")) == (403, "NotAllowed")
        assert await code(await admin.act(note, "strike", json={"reason": "x"})) == (403, "NotAllowed")
        assert await code(await hygienist.act(note, "strike", json={"reason": "x"})) == (403, "NotYourNote")
        assert (await notes.act(note, "strike", json={"reason": "x"})).status_code == 201
        assert (await dentist.act(note, "strike", "DELETE")).status_code == 200


class TestRoles:
    @pytest.mark.parametrize("role", ["receptionist", "manager", "accountant", "auditor"])
    async def test_is_nothing_for_the_desk_and_the_books(self, north, notes, colleague, role):
        note = await notes.write()
        other = Notes(await colleague(north, role), notes.patient)
        for method, rest in (("GET", ""), ("GET", f"/{note['id']}"), ("GET", f"/{note['id']}/versions")):
            assert (await other.ask(method, rest)).status_code == 403, rest
        assert (await other.who.ask("GET", "/notes", params={"q": "patient"})).status_code == 403
        assert (await other.who.ask("GET", "/notes/unsigned")).status_code == 403

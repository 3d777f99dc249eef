"""A signed note says for ever what was signed, and by whom."""

import hashlib
import json

import psycopg
import pytest

from tests.tenancy.test_invitations import code


class TestSign:
    async def test_puts_the_authors_name_under_exactly_what_it_says(self, north, notes):
        note = await notes.signed("Composite at 26 MO.", title="Filling")
        [signature] = note["signatures"]
        assert (note["status"], note["intact"], signature["role"], signature["signer_name"]) == (
            "signed",
            True,
            "author",
            "Ana Dinu",
        )
        at = signature["signed_at"].replace("Z", "+00:00")
        signed = {
            "what": "note", "note": note["id"], "patient": note["patient_id"], "author": note["author_id"], "appointment": None,
            "kind": "progress", "title": "Filling", "body": "Composite at 26 MO.", "signer": str(north.owner_id), "at": at,
        }  # fmt: skip
        text = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert signature["hash"] == hashlib.sha256(text.encode()).hexdigest()
        assert [one["why"] for one in await notes.versions(note)] == ["signed"]

    async def test_is_changed_by_nobody_afterwards(self, north, notes, root):
        note = await notes.signed()
        assert await code(await notes.change(note, body="x")) == (409, "NoteIsSigned")
        assert await code(await notes.act(note, "signature")) == (409, "NoteIsSigned")
        with pytest.raises(psycopg.errors.CheckViolation, match="does not change"):
            async with north.op() as op:
                await op.db.run("update note set body = 'x' where id = %(id)s", id=note["id"])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with north.op() as op:
                await op.db.run("update note_signature set hash = '' where note_id = %(id)s", id=note["id"])
        root.rollback()
        for change in ("body = 'x'", "signed_at = null", "title = 'x'", f"author_id = '{note['patient_id']}'"):
            with pytest.raises(psycopg.errors.CheckViolation):
                root.execute(f"update note set {change} where id = %s", [note["id"]])
            root.rollback()
        for table in ("note_signature", "note_version"):
            with pytest.raises(psycopg.errors.CheckViolation):
                root.execute(f"update {table} set created_at = now() where note_id = %s", [note["id"]])
            root.rollback()
        assert (await notes.read(note))["body"] == "Patient comfortable."

    async def test_tells_whoever_reads_what_somebody_changed_past_every_lock(self, notes, root):
        note = await notes.signed()
        root.rollback()
        root.execute("alter table note disable trigger user")
        root.execute("update note set body = 'Patient uncomfortable.' where id = %s", [note["id"]])
        root.execute("alter table note enable trigger user")
        root.commit()
        assert (await notes.read(note))["intact"] is False

    async def test_asks_who_it_is(self, north, notes, root):
        note = await notes.write()
        root.rollback()
        root.execute(
            "update session set step_up_at = step_up_at - interval '6 minutes' where principal_id = %s", [north.owner_id]
        )
        root.commit()
        assert await code(await notes.act(note, "signature")) == (403, "StepUpNeeded")
        assert (await notes.read(note))["status"] == "draft"

    async def test_refuses_what_is_empty_or_not_filled_in(self, notes):
        assert await code(await notes.act(await notes.write("  \n"), "signature")) == (409, "NoteIsEmpty")
        answer = await notes.act(await notes.write("Anaesthesia [[tooth]] {{visit.date}}"), "signature")
        assert await code(answer) == (409, "SlotsAreLeft")
        assert "tooth, visit.date" in answer.json()["detail"]

    async def test_refuses_a_program(self, north, notes):
        wanted = ["patients.read", "notes.read", "notes.write", "notes.sign"]
        program = (await north.ask("POST", "/service-accounts", json={"name": "x", "permissions": wanted})).json()
        bearer = {"authorization": f"Bearer {program['key']}"}
        body = {"body": "From a device.", "editing_id": notes.sitting}
        note = (await notes.ask("POST", json=body, headers=bearer)).json()
        assert note["author_name"] == "x"
        assert await code(await notes.act(note, "signature", headers=bearer)) == (403, "OnlyPeopleSign")

    async def test_refuses_what_was_changed_since_it_was_seen(self, notes):
        note = await notes.write()
        await notes.changed(note, body="More.")
        assert await code(await notes.act(note, "signature", version=note["version"])) == (412, "NoteIsStale")


class TestAdd:
    async def test_says_more_of_a_signed_note_under_a_name_of_its_own(self, north, notes, colleague):
        note = await notes.signed()
        other = notes.of(await colleague(north, "hygienist"))
        added = await other.done("POST", f"/{note['id']}/addenda", json={"body": "Called: no pain."})
        [addendum] = added["addenda"]
        assert (addendum["body"], addendum["author_id"], added["body"]) == (
            "Called: no pain.", str(other.who.id), "Patient comfortable.",
        )  # fmt: skip
        assert added["intact"] is True
        assert (await notes.done("GET"))["items"][0]["addenda"] == 1

    async def test_not_to_a_draft_or_what_is_struck_through(self, notes):
        draft = await notes.write()
        assert await code(await notes.act(draft, "addenda", json={"body": "x"})) == (409, "NoteIsNotSigned")
        note = await notes.signed()
        await notes.done("POST", f"/{note['id']}/strike", json={"reason": "x"})
        assert await code(await notes.act(note, "addenda", json={"body": "x"})) == (409, "NoteIsStruck")


class TestCosign:
    async def test_is_asked_of_another_and_given(self, north, notes, colleague):
        dentist = await colleague(north, "dentist")
        note = await notes.write()
        asked = await notes.done("PUT", f"/{note['id']}/cosigner", json={"member_id": str(dentist.id)})
        assert asked["cosigner_id"] == str(dentist.id)
        theirs = notes.of(dentist)
        assert await code(await theirs.act(note, "cosignature")) == (409, "NoteIsNotSigned")
        assert (await dentist.ask("GET", "/notes/unsigned")).json()["to_cosign"] == []
        await notes.done("POST", f"/{note['id']}/signature")
        waiting = (await dentist.ask("GET", "/notes/unsigned")).json()
        assert [one["id"] for one in waiting["to_cosign"]] == [note["id"]]
        signed = await theirs.done("POST", f"/{note['id']}/cosignature")
        assert [one["role"] for one in signed["signatures"]] == ["author", "cosigner"]
        assert signed["intact"] is True and signed["cosigned_at"]
        assert await code(await theirs.act(note, "cosignature")) == (409, "NoteIsCosigned")
        assert await code(await notes.act(note, "cosigner", "DELETE")) == (409, "NoteIsCosigned")
        assert (await dentist.ask("GET", "/notes/unsigned")).json()["to_cosign"] == []

    async def test_is_for_whoever_was_asked_alone(self, north, notes, colleague):
        dentist, other = await colleague(north, "dentist"), await colleague(north, "dentist")
        note = await notes.signed()
        await notes.done("PUT", f"/{note['id']}/cosigner", json={"member_id": str(dentist.id)})
        assert await code(await notes.of(other).act(note, "cosignature")) == (403, "NotAskedToCosign")
        await notes.done("DELETE", f"/{note['id']}/cosigner")
        assert await code(await notes.of(dentist).act(note, "cosignature")) == (403, "NotAskedToCosign")

    async def test_is_not_asked_of_oneself_or_a_stranger(self, north, south, notes):
        note = await notes.write()
        for member, why in ((north.owner_id, "self"), (south.owner_id, "not_found")):
            answer = await notes.act(note, "cosigner", "PUT", json={"member_id": str(member)})
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, why)


class TestUnsigned:
    async def test_lists_ones_own_drafts_the_oldest_first_and_of_everybody_for_whoever_oversees(self, north, notes, colleague):
        mine = [(await notes.write(f"{number}"))["id"] for number in range(2)]
        hygienist = notes.of(await colleague(north, "hygienist"))
        theirs = await hygienist.write("x")
        await notes.signed()
        own = (await north.ask("GET", "/notes/unsigned")).json()
        assert [one["id"] for one in own["drafts"]] == mine
        everybody = (await north.ask("GET", "/notes/unsigned", params={"everybody": True})).json()
        assert {one["id"] for one in everybody["drafts"]} == {*mine, theirs["id"]}
        refused = await hygienist.who.ask("GET", "/notes/unsigned", params={"everybody": True})
        assert await code(refused) == (403, "NotAllowed")

"""Finding notes by their words."""

from hypothesis import given as supposing
from hypothesis import strategies as st

from chairside.notes import rules


class TestSearch:
    async def test_folds_accents_and_case_and_finds_beginnings(self, notes):
        note = await notes.write("Extracție 38, sutură resorbabilă.", title="Chirurgie")
        other = await notes.write("Détartrage; مريض بدون ألم")
        assert await notes.found("extractie SUTURA") == [note["id"]]
        assert await notes.found("chir resorb") == [note["id"]]
        assert await notes.found("detar") == [other["id"]]
        assert await notes.found("الم") == [other["id"]]
        assert await notes.found("sutura detartrage") == []
        assert await notes.found("?!") == []
        assert await notes.found(" ") == [other["id"], note["id"]]

    async def test_follows_what_the_draft_says_now(self, notes):
        note = await notes.changed(await notes.write("Amalgam"), body="Composite")
        assert (await notes.found("amalgam"), await notes.found("composite")) == ([], [note["id"]])

    async def test_over_all_patients_never_another_clinics(self, north, south, given, notes):
        note = await notes.write("Pulpotomy of 75")
        second = notes.of(north)
        second.patient = await given.patient(north, first_name="Dan")
        second.home = f"/patients/{second.patient.id}/notes"
        later = await second.write("Pulpotomy of 85")
        stranger = notes.of(south)
        stranger.home = f"/patients/{(await given.patient(south)).id}/notes"
        await stranger.write("Pulpotomy of 65")
        found = (await north.ask("GET", "/notes", params={"q": "pulpo"})).json()
        assert [(one["id"], one["first_name"]) for one in found["items"]] == [(later["id"], "Dan"), (note["id"], "Ana")]
        page = (await north.ask("GET", "/notes", params={"q": "pulpo", "limit": 1})).json()
        rest = (await north.ask("GET", "/notes", params={"q": "pulpo", "limit": 1, "cursor": page["next_cursor"]})).json()
        assert [one["id"] for one in page["items"] + rest["items"]] == [later["id"], note["id"]]
        assert len((await south.ask("GET", "/notes", params={"q": "pulpo"})).json()["items"]) == 1

    async def test_knows_the_rare_and_the_common_among_many(self, north, notes, root):
        rare = await notes.write("Ameloblastoma suspected")
        root.rollback()
        root.execute("alter table note disable trigger user")
        root.execute(
            "insert into note (clinic_id, patient_id, author_id, kind, body, editing_id, search, created_by, updated_by) "
            "select %s, %s, %s, 'progress', 'Check-up', gen_random_uuid(), array_to_tsvector(array['check', 'up']), %s, %s "
            "  from generate_series(1, 1000)",
            [north.id, notes.patient.id, *[north.owner_id] * 3],
        )
        root.execute("alter table note enable trigger user")
        root.commit()
        common = (await north.ask("GET", "/notes", params={"q": "check", "limit": 50})).json()
        assert len(common["items"]) == 50 and common["next_cursor"]
        ids = [one["id"] for one in common["items"]]
        assert ids == sorted(ids, reverse=True)
        found = (await north.ask("GET", "/notes", params={"q": "amelo"})).json()
        assert [one["id"] for one in found["items"]] == [rare["id"]]


@supposing(st.text())
def test_whatever_is_typed_is_a_question_that_the_database_understands(typed):
    asked = rules.wanted(typed)
    assert asked is None or asked.count("'") == 2 * len(asked.split(" & "))


@supposing(st.text(max_size=300))
def test_every_note_is_found_by_its_own_words(text):
    for word in rules.words_of(text):
        assert rules.words_of(word) == [word]

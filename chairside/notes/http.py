from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query

from chairside import notes
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.notes.schemas import (
    FilledTemplate,
    NamedMember,
    NewAddendum,
    NewNote,
    NewNoteSnippet,
    NewNoteTemplate,
    NoteLines,
    NoteLineView,
    NotePatch,
    NoteSnippetPatch,
    NoteSnippets,
    NoteSnippetView,
    NoteStrike,
    NoteTemplatePatch,
    NoteTemplates,
    NoteTemplateView,
    NoteVersionLine,
    NoteVersions,
    NoteVersionView,
    NoteView,
    TemplateToFill,
    UnsignedNotes,
)

of_patient = APIRouter(prefix="/api/v1/clinics/{clinic}/patients/{patient_id}/notes", tags=["notes"], route_class=Route)
of_clinic = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["notes"], route_class=Route)
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Cursor = Annotated[str, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=200)]


def _page(items: list[notes.NoteLine], limit: int) -> dict[str, Any]:
    last = items[-1] if len(items) == limit else None
    return {"items": [NoteLineView.of(one) for one in items], "next_cursor": pages.seal(last.id) if last else None}


def _before(cursor: str) -> UUID:
    return pages.unseal(cursor, UUID)[0] if cursor else notes.LATEST


@of_patient.get("", response_model=NoteLines)
async def list_notes(
    op: InOp, patient_id: UUID, q: Annotated[str, Query(max_length=200)] = "", cursor: Cursor = "", limit: Limit = 50
) -> Any:
    """The newest first; with `q` those in which every word of it begins one."""
    items = await notes.list_notes(op, patient_id=patient_id, text=q, before=_before(cursor), limit=limit)
    return _page(items, limit)


@of_patient.post("", status_code=201, response_model=NoteView)
async def write_note(op: InOp, patient_id: UUID, new: NewNote) -> Any:
    """A draft of one's own."""
    return NoteView.of(await notes.write(op, patient_id=patient_id, **new.model_dump()))


@of_patient.post("/filled-template", response_model=FilledTemplate)
async def fill_note_template(op: InOp, patient_id: UUID, wanted: TemplateToFill) -> Any:
    """A template with what the visit, the patient and the chart say; nothing is written."""
    return await notes.fill_template(
        op, patient_id=patient_id, template_id=wanted.template_id, appointment_id=wanted.appointment_id
    )


@of_patient.get("/{note_id}", response_model=NoteView)
async def get_note(op: InOp, patient_id: UUID, note_id: UUID) -> Any:
    return NoteView.of(await notes.get_note(op, patient_id=patient_id, note_id=note_id))


@of_patient.patch("/{note_id}", response_model=NoteView)
async def change_note(op: InOp, patient_id: UUID, note_id: UUID, version: Version, patch: NotePatch) -> Any:
    """Writes over a draft of one's own."""
    changes = patch.model_dump(exclude_unset=True, exclude={"editing_id", "keep"})
    changed = await notes.change(
        op, patient_id=patient_id, note_id=note_id, version=version, editing_id=patch.editing_id, changes=changes,
        keep=patch.keep,
    )  # fmt: skip
    return NoteView.of(changed)


@of_patient.put("/{note_id}/author", response_model=NoteView)
async def hand_note_over(op: InOp, patient_id: UUID, note_id: UUID, version: SeenVersion, named: NamedMember) -> Any:
    """A draft gets another author, who goes on with it and signs it."""
    return NoteView.of(
        await notes.hand_over(op, patient_id=patient_id, note_id=note_id, member_id=named.member_id, version=version)
    )


@of_patient.post("/{note_id}/signature", status_code=201, response_model=NoteView)
async def sign_note(op: InOp, patient_id: UUID, note_id: UUID, version: SeenVersion) -> Any:
    """From then on nobody changes it."""
    return NoteView.of(await notes.sign(op, patient_id=patient_id, note_id=note_id, version=version))


@of_patient.post("/{note_id}/addenda", status_code=201, response_model=NoteView)
async def add_to_note(op: InOp, patient_id: UUID, note_id: UUID, new: NewAddendum) -> Any:
    """Of a signed note; signed at once."""
    return NoteView.of(await notes.add(op, patient_id=patient_id, note_id=note_id, body=new.body))


@of_patient.put("/{note_id}/cosigner", response_model=NoteView)
async def ask_cosigner(op: InOp, patient_id: UUID, note_id: UUID, version: SeenVersion, named: NamedMember) -> Any:
    return NoteView.of(
        await notes.ask_cosigner(op, patient_id=patient_id, note_id=note_id, member_id=named.member_id, version=version)
    )


@of_patient.delete("/{note_id}/cosigner", response_model=NoteView)
async def ask_no_cosigner(op: InOp, patient_id: UUID, note_id: UUID, version: SeenVersion) -> Any:
    return NoteView.of(await notes.ask_cosigner(op, patient_id=patient_id, note_id=note_id, member_id=None, version=version))


@of_patient.post("/{note_id}/cosignature", status_code=201, response_model=NoteView)
async def cosign_note(op: InOp, patient_id: UUID, note_id: UUID, version: SeenVersion) -> Any:
    """By whoever was asked."""
    return NoteView.of(await notes.cosign(op, patient_id=patient_id, note_id=note_id, version=version))


@of_patient.post("/{note_id}/strike", status_code=201, response_model=NoteView)
async def strike_note(op: InOp, patient_id: UUID, note_id: UUID, version: SeenVersion, strike: NoteStrike) -> Any:
    """It should never have stood here; it stays to be read, struck through."""
    return NoteView.of(await notes.strike(op, patient_id=patient_id, note_id=note_id, reason=strike.reason, version=version))


@of_patient.delete("/{note_id}/strike", response_model=NoteView)
async def restore_note(op: InOp, patient_id: UUID, note_id: UUID, version: SeenVersion) -> Any:
    return NoteView.of(await notes.restore(op, patient_id=patient_id, note_id=note_id, version=version))


@of_patient.get("/{note_id}/versions", response_model=NoteVersions)
async def list_note_versions(op: InOp, patient_id: UUID, note_id: UUID) -> Any:
    """The latest first."""
    found = await notes.list_versions(op, patient_id=patient_id, note_id=note_id)
    return {"items": [NoteVersionLine.of(one) for one in found]}


@of_patient.get("/{note_id}/versions/{number}", response_model=NoteVersionView)
async def get_note_version(op: InOp, patient_id: UUID, note_id: UUID, number: Number) -> Any:
    return NoteVersionView.of(await notes.get_version(op, patient_id=patient_id, note_id=note_id, number=number))


@of_clinic.get("/notes", response_model=NoteLines)
async def search_notes(
    op: InOp, q: Annotated[str, Query(min_length=1, max_length=200)], cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Any:  # fmt: skip
    """In the notes of all patients, the newest first: those in which every word of `q` begins one."""
    return _page(await notes.search(op, text=q, before=_before(cursor), limit=limit), limit)


@of_clinic.get("/notes/unsigned", response_model=UnsignedNotes)
async def list_unsigned_notes(op: InOp, everybody: bool = False, limit: Limit = 100) -> Any:
    """One's own drafts, and what one is asked to sign, too; of `everybody` for whoever oversees notes."""
    found = await notes.list_unsigned(op, everybody=everybody, limit=limit)
    return {
        "drafts": [NoteLineView.of(one) for one in found.drafts],
        "to_cosign": [NoteLineView.of(one) for one in found.to_cosign],
    }


@of_clinic.get("/note-templates", response_model=NoteTemplates)
async def list_note_templates(op: InOp) -> Any:
    return {"items": await notes.list_templates(op)}


@of_clinic.post("/note-templates", status_code=201, response_model=NoteTemplateView)
async def add_note_template(op: InOp, new: NewNoteTemplate) -> Any:
    return await notes.add_template(op, **new.model_dump())


@of_clinic.patch("/note-templates/{note_template_id}", response_model=NoteTemplateView)
async def change_note_template(op: InOp, note_template_id: UUID, version: Version, patch: NoteTemplatePatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    return await notes.change_template(op, template_id=note_template_id, version=version, changes=changes)


@of_clinic.delete("/note-templates/{note_template_id}", status_code=204)
async def remove_note_template(op: InOp, note_template_id: UUID, version: Version) -> None:
    await notes.remove_template(op, template_id=note_template_id, version=version)


@of_clinic.get("/note-snippets", response_model=NoteSnippets)
async def list_note_snippets(op: InOp) -> Any:
    """The clinic's and one's own."""
    return {"items": await notes.list_snippets(op)}


@of_clinic.post("/note-snippets", status_code=201, response_model=NoteSnippetView)
async def add_note_snippet(op: InOp, new: NewNoteSnippet) -> Any:
    return await notes.add_snippet(op, **new.model_dump())


@of_clinic.patch("/note-snippets/{snippet_id}", response_model=NoteSnippetView)
async def change_note_snippet(op: InOp, snippet_id: UUID, version: Version, patch: NoteSnippetPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    return await notes.change_snippet(op, snippet_id=snippet_id, version=version, changes=changes)


@of_clinic.delete("/note-snippets/{snippet_id}", status_code=204)
async def remove_note_snippet(op: InOp, snippet_id: UUID, version: Version) -> None:
    await notes.remove_snippet(op, snippet_id=snippet_id, version=version)

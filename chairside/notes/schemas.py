from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.notes import NoteLine, NoteVersion, WholeNote

Kind = Literal["progress", "consultation", "phone", "other"]
Title = Annotated[str, StringConstraints(max_length=200)]
# As it was typed: a line that begins with spaces, or ends with one, is nobody's business but its author's.
Body = Annotated[str, StringConstraints(max_length=50_000, strip_whitespace=False)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=50_000)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=12)]
Flag = Annotated[bool, Field(strict=True)]
ABSENT: Any = Field(default_factory=lambda: None)


class NewNote(BaseModel):
    """Plain text. `editing_id`: any id, the same for as long as one person sits at it in one window."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind = "progress"
    title: Title | None = None
    body: Body
    appointment_id: UUID | None = None
    editing_id: UUID


class NotePatch(BaseModel):
    """What is left out stays. Another `editing_id` than last time: what is there is kept as a version first. `keep`: so is what
    is said now."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind = ABSENT
    title: Title | None = None
    body: Body = ABSENT
    appointment_id: UUID | None = None
    editing_id: UUID
    keep: Flag = False


class NoteStrike(Strict):
    reason: Line


class NewAddendum(Strict):
    body: Said


class NamedMember(Strict):
    member_id: UUID


class NoteSignatureView(View):
    role: Literal["author", "cosigner"]
    signer_id: UUID
    signer_name: str | None
    signed_at: Instant
    hash: str


class NoteAddendumView(View):
    id: UUID
    author_id: UUID
    author_name: str | None
    body: str
    signed_at: Instant
    hash: str


class NoteLineView(View):
    """One of a list: `excerpt` is how it begins, `longer` whether it goes on. `cosigner_id`: who is asked to sign it, too."""

    id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    author_id: UUID
    author_name: str | None
    appointment_id: UUID | None
    kind: Kind
    title: str | None
    status: Literal["draft", "signed"]
    excerpt: str
    longer: bool
    cosigner_id: UUID | None
    cosigner_name: str | None
    signed_at: Instant | None
    cosigned_at: Instant | None
    struck_at: Instant | None
    addenda: int
    created_at: Instant
    version: int

    @classmethod
    def of(cls, line: NoteLine) -> Self:
        return cls.model_validate(line._asdict() | {"status": _status(line.signed_at)})


class NoteLines(View):
    items: list[NoteLineView]
    next_cursor: str | None = None


class NoteView(View):
    """`intact`: every signature is of what stands here. `hash`: SHA-256 in hexadecimal of exactly what was signed."""

    id: UUID
    patient_id: UUID
    author_id: UUID
    author_name: str | None
    appointment_id: UUID | None
    kind: Kind
    title: str | None
    body: str
    status: Literal["draft", "signed"]
    cosigner_id: UUID | None
    cosigner_name: str | None
    signed_at: Instant | None
    cosigned_at: Instant | None
    struck_at: Instant | None
    strike_reason: str | None
    created_at: Instant
    updated_at: Instant
    version: int
    intact: bool
    signatures: list[NoteSignatureView]
    addenda: list[NoteAddendumView]

    @classmethod
    def of(cls, whole: WholeNote) -> Self:
        def hexed(row: Any) -> dict[str, Any]:
            return dict(row._asdict()) | {"hash": row.hash.hex()}

        more = {"status": _status(whole.note.signed_at), "intact": whole.intact}
        parts = {"signatures": [hexed(one) for one in whole.signatures], "addenda": [hexed(one) for one in whole.addenda]}
        return cls.model_validate(whole.note._asdict() | more | parts)


class UnsignedNotes(View):
    """Drafts, and signed notes that wait for another signature; the oldest first."""

    drafts: list[NoteLineView]
    to_cosign: list[NoteLineView]


class NoteVersionLine(View):
    number: int
    why: Literal["kept", "left", "handed_over", "signed"]
    kind: Kind
    title: str | None
    created_at: Instant
    created_by: str | None

    @classmethod
    def of(cls, version: NoteVersion) -> Self:
        return cls.model_validate(version._asdict() | {"created_by": version.created_by_name})


class NoteVersionView(NoteVersionLine):
    body: str


class NoteVersions(View):
    items: list[NoteVersionLine]


class NewNoteTemplate(Strict):
    """`code`: two to twelve letters or digits. In `body`, `{{visit.date}}`, `{{visit.services}}`, `{{chart.today}}`,
    `{{patient.first_name}}`, `{{patient.last_name}}`, `{{patient.birth_date}}` and `{{provider.name}}` are filled in;
    `[[anything]]` is left to be typed."""

    code: Code
    name: Line
    kind: Kind = "progress"
    body: Said


class NoteTemplatePatch(Strict):
    code: Code = ABSENT
    name: Line = ABSENT
    kind: Kind = ABSENT
    body: Said = ABSENT


class NoteTemplateView(View):
    id: UUID
    code: str
    name: str
    kind: Kind
    body: str
    version: int


class NoteTemplates(View):
    items: list[NoteTemplateView]


class NewNoteSnippet(Strict):
    """`of_clinic`: everybody's, not one's own."""

    code: Code
    body: Said
    of_clinic: Flag = False


class NoteSnippetPatch(Strict):
    code: Code = ABSENT
    body: Said = ABSENT


class NoteSnippetView(View):
    """Of the clinic where nobody is its owner."""

    id: UUID
    owner_id: UUID | None
    code: str
    body: str
    version: int


class NoteSnippets(View):
    items: list[NoteSnippetView]


class TemplateToFill(Strict):
    """Without a visit, today's."""

    template_id: UUID
    appointment_id: UUID | None = None


class FoundToday(View):
    teeth: list[str]
    surfaces: list[str]
    condition: str
    layer: str
    material: str | None


class FilledTemplate(View):
    """How a note begins. `{{chart.today}}` is left in the body: `found` is what the tooth chart has of today, to be said there
    in the reader's words."""

    kind: Kind
    title: str
    body: str
    appointment_id: UUID | None
    found: list[FoundToday]


def _status(signed_at: Any) -> str:
    return "signed" if signed_at else "draft"

from typing import NamedTuple
from uuid import UUID

from chairside.imaging.rows import FILE, SEALED, SealedFile, StoredFile
from chairside.imaging.rules import contents, passes
from chairside.imaging.rules.passes import Pass, What
from chairside.kernel import vault
from chairside.kernel.audit import opened
from chairside.kernel.egress import way_out
from chairside.kernel.envelope import Key
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Forbidden, Missing

TABLE, COLUMN = "stored_file", "secret"
GET = opened(
    f"""
    select {FILE}
      from stored_file as file
     where file.id = %(file_id)s
""",
    entity="stored_file",
    patient="patient_id",
)
OPEN = opened(
    f"""
    select {SEALED}
      from stored_file as file
     where file.id = %(file_id)s
       and file.state in ('ready', 'held')
""",
    entity="stored_file",
    patient="patient_id",
)
PICTURES = {"gray16": "application/octet-stream", "jpeg": "image/jpeg", "png": "image/png"}


class NoSuchFile(Missing):
    """There is no such file here."""


class FileLinkIsOver(Forbidden):
    """This address was good for some minutes and is no longer; open the page again."""


class Opened(NamedTuple):
    """How to read what was asked for: names in the store, one after the other, and the key under which they lie sealed.
    `size` in bytes where it is known."""

    file_id: UUID
    clinic_id: UUID
    name: str
    kind: str
    size: int | None
    objects: list[str]
    key: Key


def link(op: Op, file_id: UUID, what: What) -> str:
    """Good for whoever asks, in their session, for some minutes."""
    held = Pass(op.clinic.id, file_id, op.actor.id, op.actor.session_id, what, passes.until(what, op.now))
    return f"/api/v1/files/{held.token()}"


@open_to_all("the signed address is a claim, which the door behind it holds against whoever asks")
async def claimed(op: Op, *, token: str) -> Pass:
    """Before anything was entered. Refuses NoSuchFile."""
    held = passes.read(token)
    if held is None:
        raise NoSuchFile()
    return held


@needs("imaging.read")
async def get_file(op: Op, *, file_id: UUID) -> StoredFile:
    """How far it came, and what became of it. Refuses NoSuchFile."""
    found = await op.db.one(StoredFile, GET, file_id=file_id)
    if found is None:
        raise NoSuchFile()
    return found


@needs("imaging.read")
@way_out("paper", "stored_file.name")
async def open_file(op: Op, *, held: Pass) -> Opened:
    """The bytes as they came, or what is shown of them. Refuses NoSuchFile, also where the address is another's, and
    FileLinkIsOver."""
    check_pass(op, held)
    found = await op.db.one(SealedFile, OPEN, file_id=held.file_id)
    if found is None or found.secret is None:
        raise NoSuchFile()
    key = await key_of(op, found.id, found.secret)
    home = f"{op.clinic.id}/{found.id}"
    if held.what == "original":
        objects = [f"{home}/{number:05}" for number in range(found.parts)]
        return Opened(found.id, op.clinic.id, found.name, found.kind or "", found.size, objects, key)
    if found.picture is None or found.state != "ready":
        raise NoSuchFile()
    kind = contents.JPEG if held.what == "thumb" else PICTURES[found.picture]
    return Opened(found.id, op.clinic.id, found.name, kind, None, [f"{home}/{held.what}"], key)


def check_pass(op: Op, held: Pass) -> None:
    """Refuses NoSuchFile, FileLinkIsOver."""
    if (held.clinic_id, held.principal_id, held.session_id) != (op.clinic.id, op.actor.id, op.actor.session_id):
        raise NoSuchFile()
    if op.now > held.until:
        raise FileLinkIsOver()


async def key_of(op: Op, file_id: UUID, sealed: bytes) -> Key:
    """A file's own key. Not a door."""
    secret = await vault.open_(op, table=TABLE, column=COLUMN, row=file_id, sealed=sealed)
    return Key(1, secret)

"""Values that lie encrypted: sealed under the key of the clinic they belong to, or of the deployment when they belong to a person
and to no clinic. App and worker call `open_with` once, at their edge.

    sealed = await vault.seal(op, table="message", column="body", row=message_id, value=b"…", patient_id=patient_id)
    secret = await vault.open_(op, table="totp", column="secret", row=totp_id, sealed=row.secret, ours=True)

Data keys lie in the database, wrapped (`clinic_key`, `deployment_key`); unwrapped they are kept here, so many and for so long.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from chairside.kernel import envelope, frames
from chairside.kernel.envelope import DoesNotOpen, Key, Place
from chairside.kernel.keys import KeyPort, KeysAway
from chairside.kernel.keys.keeping import Keeping
from chairside.kernel.op import Op

__all__ = [
    "DoesNotOpen", "KeysAway", "index", "indexes", "is_sealed", "key_of", "open_", "open_with", "opening", "seal", "seal_file",
    "versions",
]  # fmt: skip

DEPLOYMENT = UUID(int=0)
"""The owner of what is a person's and no clinic's."""
SALT_BYTES = 32
SALT = "select patient_key.salt from patient_key where patient_key.patient_id = %(patient_id)s"
ADD_SALT = """
    insert into patient_key (patient_id, salt)
    values (%(patient_id)s, %(salt)s)
    on conflict (clinic_id, patient_id) do nothing
"""

is_sealed = envelope.is_sealed
_HELD: list[Keeping] = []


def open_with(port: KeyPort) -> None:
    """From now on keys are unwrapped by this."""
    _HELD[:] = [Keeping(port)]


def keeping() -> Keeping:
    """Raises LookupError where nobody said which keys: a key of one's own for the moment would lock others out for ever."""
    if not _HELD:
        raise LookupError("vault.open_with was not called")
    return _HELD[0]


async def seal(
    op: Op, *, table: str, column: str, row: UUID | str, value: bytes, patient_id: UUID | None = None, ours: bool = False
) -> bytes:
    """For the operation's clinic; `ours`: for the deployment. With a patient it opens for as long as that patient's key exists.
    `row` is whatever tells the row from all others of its table. Refuses KeysAway."""
    key = await key_of(op, ours=ours)
    salt = None if patient_id is None else await _salt(op, patient_id, make=True)
    return envelope.seal(key, _place(op, table, column, row, ours=ours), value, salt)


async def open_(
    op: Op, *, table: str, column: str, row: UUID | str, sealed: bytes, patient_id: UUID | None = None, ours: bool = False
) -> bytes:
    """Raises DoesNotOpen for what was changed, moved, or whose key is gone. Refuses KeysAway."""
    algorithm, version = envelope.read(sealed)
    place = _place(op, table, column, row, ours=ours)
    key = await keeping().of_version(op, place.owner, version)
    if key is None or (algorithm == envelope.PATIENTS and patient_id is None):
        raise DoesNotOpen(f"{table}.{column}")
    salt = None
    if algorithm == envelope.PATIENTS and patient_id:
        salt = await _salt(op, patient_id, make=False)
    return envelope.open_(key, place, sealed, salt)


async def index(op: Op, *, table: str, column: str, value: bytes, ours: bool = False) -> bytes:
    """What is written beside an encrypted value, so that it can be found. Refuses KeysAway."""
    return envelope.index(await key_of(op, ours=ours), table, column, value)


async def indexes(op: Op, *, table: str, column: str, value: bytes, ours: bool = False) -> list[bytes]:
    """What to look for: while keys are rotated a value may lie under one or the other. Refuses KeysAway."""
    keys = await keeping().all_of(op, _owner(op, ours=ours))
    return [envelope.index(key, table, column, value) for key in keys]


async def seal_file(
    op: Op, *, table: str, column: str, row: UUID | str, pieces: Iterable[bytes], ours: bool = False
) -> Iterator[bytes]:
    """A file of any size, a frame at a time, as `frames` has it. Refuses KeysAway."""
    return frames.seal(await key_of(op, ours=ours), _place(op, table, column, row, ours=ours), pieces)


async def opening(op: Op, *, table: str, column: str, row: UUID | str, beginning: bytes, ours: bool = False) -> frames.Opening:
    """For the pieces of a sealed file, of which `beginning` is the first: feed it those, and finish it. Raises DoesNotOpen.
    Refuses KeysAway."""
    place = _place(op, table, column, row, ours=ours)
    key = await keeping().of_version(op, place.owner, frames.version_of(beginning))
    if key is None:
        raise DoesNotOpen(f"{table}.{column}")
    return frames.Opening(key, place)


async def key_of(op: Op, *, ours: bool = False) -> Key:
    """The key that seals from now on; made when there is none yet. Refuses KeysAway."""
    return await keeping().newest(op, _owner(op, ours=ours))


async def versions(op: Op, *, ours: bool = False) -> Sequence[int]:
    """Of the keys that may still be in use, the newest first."""
    return [version for version, _ in await keeping().wrapped(op, _owner(op, ours=ours))]


def _owner(op: Op, *, ours: bool) -> UUID:
    return DEPLOYMENT if ours else op.clinic.id


def _place(op: Op, table: str, column: str, row: UUID | str, *, ours: bool) -> Place:
    return Place(_owner(op, ours=ours), table, column, str(row))


async def _salt(op: Op, patient_id: UUID, *, make: bool) -> bytes:
    """Read each time: what erasure deleted must not live on here."""
    salt = await op.db.value(SALT, patient_id=patient_id)
    if salt is None and make:
        await op.db.run(ADD_SALT, patient_id=patient_id, salt=os.urandom(SALT_BYTES))
        salt = await op.db.value(SALT, patient_id=patient_id)
    if salt is None:
        raise DoesNotOpen("the patient's key is gone")
    return bytes(salt)

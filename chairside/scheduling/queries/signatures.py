from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Forbidden, Missing
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import Provider

TABLE, COLUMN = "provider_signature_image", "sealed"
GET = """
    select signature.id, signature.provider_id, signature.created_at, image.sealed
      from provider_signature as signature
      join provider_signature_image as image on image.signature_id = signature.id
     where signature.provider_id = %(provider_id)s
       and signature.removed_at is null
"""


class NoSignature(Missing):
    """No signature of this provider is kept."""


class NotYourSignature(Forbidden):
    """Only the provider, and whoever runs the practice, may see and change this signature."""


class SignatureRow(NamedTuple):
    id: UUID
    provider_id: UUID
    kept_at: datetime
    sealed: bytes


class Signature(NamedTuple):
    """`picture`: a PNG."""

    id: UUID
    provider_id: UUID
    kept_at: datetime
    picture: bytes


@needs("clinic.read")
async def get_signature(op: Op, *, provider_id: UUID) -> Signature | None:
    """One's own, or anybody's for whoever runs the practice; None where none is kept. Refuses NoSuchProvider, NotYourSignature,
    vault.KeysAway."""
    await provider_to_sign(op, provider_id)
    row = await op.db.one(SignatureRow, GET, provider_id=provider_id)
    if row is None:
        return None
    picture = await vault.open_(op, table=TABLE, column=COLUMN, row=row.id, sealed=row.sealed)
    return Signature(row.id, row.provider_id, row.kept_at, picture)


async def provider_to_sign(op: Op, provider_id: UUID) -> Provider:
    """Refuses NoSuchProvider, NotYourSignature. Not a door."""
    provider = await get_provider(op, provider_id=provider_id)
    if provider.member_id != op.actor.id and not op.may("clinic.write"):
        raise NotYourSignature(permission="clinic.write")
    return provider

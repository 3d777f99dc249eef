"""How a provider signs, as a picture."""

from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Invalid
from chairside.scheduling.events import ProviderChanged
from chairside.scheduling.queries.signatures import COLUMN, TABLE, NoSignature, Signature, get_signature, provider_to_sign
from chairside.scheduling.rules.pictures import MOST_BYTES, is_signature

ADD = """
    insert into provider_signature (provider_id, size)
    values (%(provider_id)s, %(size)s)
    returning provider_signature.id
"""
KEEP = "insert into provider_signature_image (signature_id, sealed) values (%(signature_id)s, %(sealed)s)"
# Two at once: the second takes away what the first has kept.
ONE_BY_ONE = "select provider.id from provider where provider.id = %(provider_id)s for no key update"
# The picture goes; that there was one, and who took it away, stays.
REMOVE = """
    with gone as (
        update provider_signature
           set removed_at = %(at)s, removed_by = app.actor(),
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = provider_signature.version + 1
         where provider_signature.provider_id = %(provider_id)s
           and provider_signature.removed_at is null
        returning provider_signature.id
    ), bytes as (
        delete from provider_signature_image using gone where provider_signature_image.signature_id = gone.id
    )
    select gone.id from gone
"""


class NotASignature(Invalid):
    """Bring a picture as PNG, at most 1600 × 800 pixels and {most_kb} kB."""


@needs("clinic.read")
async def keep_signature(op: Op, *, provider_id: UUID, picture: bytes) -> Signature:
    """In the place of any that was there; a PNG. One's own, or anybody's for whoever runs the practice. Refuses NoSuchProvider,
    NotYourSignature, NotASignature, vault.KeysAway."""
    await provider_to_sign(op, provider_id)
    if len(picture) > MOST_BYTES or not is_signature(picture):
        raise NotASignature(most_kb=MOST_BYTES // 1024)
    await op.db.value(ONE_BY_ONE, provider_id=provider_id)
    await op.db.value(REMOVE, provider_id=provider_id, at=op.now)
    signature_id: UUID = await op.db.value(ADD, provider_id=provider_id, size=len(picture))
    sealed = await vault.seal(op, table=TABLE, column=COLUMN, row=signature_id, value=picture)
    await op.db.run(KEEP, signature_id=signature_id, sealed=sealed)
    await op.emit(ProviderChanged(provider_id))
    kept = await get_signature(op, provider_id=provider_id)
    assert kept
    return kept


@needs("clinic.read")
async def remove_signature(op: Op, *, provider_id: UUID) -> None:
    """Refuses NoSuchProvider, NotYourSignature, NoSignature."""
    await provider_to_sign(op, provider_id)
    if await op.db.value(REMOVE, provider_id=provider_id, at=op.now) is None:
        raise NoSignature()
    await op.emit(ProviderChanged(provider_id))

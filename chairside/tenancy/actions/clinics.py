import asyncio
import hashlib
from typing import Any
from uuid import UUID, uuid4

from psycopg.errors import UniqueViolation

from chairside import identity
from chairside.kernel import vault
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed
from chairside.tenancy.events import ClinicDetailsChanged
from chairside.tenancy.permissions import TEMPLATES
from chairside.tenancy.queries.clinics import get, unsealed
from chairside.tenancy.rows import CLINIC, Clinic, SignedUp
from chairside.tenancy.rules import is_region

OPEN = f"""
    insert into clinic (id, slug, name, timezone, locale, currency, sign_up_key)
    values (app.clinic(), %(slug)s, %(name)s, %(timezone)s, %(locale)s, %(currency)s, %(sign_up_key)s)
    returning {CLINIC}
"""
# One statement: everything a clinic begins with.
FURNISH = """
    with office as (
        insert into location (name) values (%(name)s)
    ), roles as (
        insert into role (slug, name, template, grants)
        select slug, name, slug, grants
          from unnest(%(slugs)s::text[], %(names)s::text[], %(grants)s::text[]) as template (slug, name, grants)
        returning slug
    ), first_member as (
        insert into membership (principal_id, name, email) values (%(principal_id)s, %(owner)s, %(email)s)
        returning principal_id
    )
    insert into membership_role (principal_id, role_slug)
    select first_member.principal_id, roles.slug from first_member, roles where roles.slug = 'owner'
"""
FIND_SIGN_UP = "select clinic_id, principal_id from app.find_sign_up(%(key)s, %(email)s)"
CHANGE = f"""
    update clinic
       set name = %(name)s, timezone = %(timezone)s, locale = %(locale)s, address = %(address)s, phone = %(phone)s,
           email = %(email)s, tax_id = null, tax_id_sealed = %(tax_id)s,
           feeds_name_services = %(feeds_name_services)s, majority_age = %(majority_age)s,
           fills_freed_times = %(fills_freed_times)s, tooth_notation = %(tooth_notation)s,
           history_review_months = %(history_review_months)s, holiday_region = %(holiday_region)s,
           prints_prescriptions = %(prints_prescriptions)s,
           treatment_charging = %(treatment_charging)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = clinic.version + 1
     where clinic.version = %(version)s
    returning {CLINIC}
"""
CHANGEABLE = (
    "name", "timezone", "locale", "address", "phone", "email", "tax_id", "feeds_name_services", "majority_age",
    "fills_freed_times", "tooth_notation", "history_review_months", "holiday_region", "prints_prescriptions",
    "treatment_charging",
)  # fmt: skip


class SlugTaken(Conflict):
    """Another clinic already has this address."""


class ClinicChanged(Stale):
    """Somebody changed the clinic's details while you were editing."""


def sign_up_key(address: str | None, key: str, asked: bytes) -> bytes:
    """What makes two sign-ups the same one: the network, the idempotency key and the words."""
    return hashlib.sha256(b"\0".join([(address or "").encode(), key.encode(), asked])).digest()


@open_to_all("a new clinic has nobody yet")
async def sign_up(
    op: Op, *, name: str, slug: str, timezone: str, locale: str, currency: str,
    owner_name: str, email: str, password: str, key: bytes | None = None,
) -> tuple[Clinic, UUID]:  # fmt: skip
    """Open a clinic with its first person; returns the clinic and the person's id. The same key with the same words finds
    the clinic that it made before. Refuses SlugTaken, identity.EmailTaken."""
    if key and (before := await op.db.one(SignedUp, FIND_SIGN_UP, key=key, email=email)):
        await op.act_for(before.clinic_id, actor_id=before.principal_id, grants=frozenset())
        return await get(op), before.principal_id
    password_hash = await identity.hash_password(op, password=password, at="/owner/password", about=(email, owner_name, name))
    principal_id = await identity.add_person(op, email=email, name=owner_name, password_hash=password_hash)
    clinic = await add_clinic(
        op, principal_id=principal_id, owner_name=owner_name, email=email, key=key,
        name=name, slug=slug, timezone=timezone, locale=locale, currency=currency,
    )  # fmt: skip
    return clinic, principal_id


@open_to_all("whoever is somebody may open a clinic; the route decides whether this deployment takes new ones")
async def add_clinic(
    op: Op, *, principal_id: UUID, owner_name: str, email: str, name: str, slug: str, timezone: str, locale: str, currency: str,
    key: bytes | None = None,
) -> Clinic:  # fmt: skip
    """A clinic for a person who exists, who becomes its owner. Refuses SlugTaken."""
    _, owner_grants = TEMPLATES["owner"]
    await op.act_for(uuid4(), actor_id=principal_id, grants=frozenset(owner_grants))
    try:
        clinic = await op.db.one(
            Clinic, OPEN, slug=slug, name=name, timezone=timezone, locale=locale, currency=currency, sign_up_key=key
        )
    except UniqueViolation as error:
        raise SlugTaken(slug=slug) from error
    assert clinic
    await op.db.run(
        FURNISH, name=name, principal_id=principal_id, owner=owner_name, email=email.lower(),
        slugs=list(TEMPLATES), names=[role for role, _ in TEMPLATES.values()],
        grants=[" ".join(grants) for _, grants in TEMPLATES.values()],
    )  # fmt: skip
    await op.act_for(clinic.id, actor_id=principal_id, grants=frozenset(owner_grants))
    return clinic


@needs("clinic.write")
async def change(op: Op, *, version: int, changes: dict[str, Any]) -> Clinic:
    """Change the named fields, among CHANGEABLE. Refuses ClinicChanged, and a region that is none."""
    region = changes.get("holiday_region")
    if region and not await asyncio.to_thread(is_region, region):
        raise malformed("/holiday_region", "not_a_region", "There is no such region.")
    clinic = await get(op)
    values = {field: changes.get(field, getattr(clinic, field)) for field in CHANGEABLE}
    values["address"] = Jsonb(values["address"]) if values["address"] else None
    if values["tax_id"] is not None:
        tax_id = values["tax_id"].encode()
        values["tax_id"] = await vault.seal(op, table="clinic", column="tax_id_sealed", row=clinic.id, value=tax_id)
    changed = await op.db.one(Clinic, CHANGE, version=version, **values)
    if changed is None:
        raise ClinicChanged(version=clinic.version)
    await op.emit(ClinicDetailsChanged(changed.id))
    return await unsealed(op, changed)

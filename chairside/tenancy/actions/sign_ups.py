"""Signing up where mail can be sent: the clinic is made when the link in the letter is used."""

from datetime import timedelta
from uuid import UUID, uuid4

from chairside import identity
from chairside.kernel import links
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import NOBODY, Op
from chairside.tenancy.actions.clinics import SlugTaken, add_clinic
from chairside.tenancy.events import SignUpAsked
from chairside.tenancy.queries.clinics import find
from chairside.tenancy.queries.invitations import OPENING, LinkUnknown, follow_sign_up
from chairside.tenancy.rows import Clinic

LIFE = timedelta(hours=72)
TRIES = 20
ASK = """
    insert into sign_up (id, email, owner, password_hash, name, slug, timezone, locale, currency, salt, token_hash, expires_at)
    values (%(id)s, %(email)s, %(owner)s, %(password_hash)s, %(name)s, %(slug)s, %(timezone)s, %(locale)s, %(currency)s,
            %(salt)s, %(token_hash)s, %(expires_at)s)
"""
USED = "update sign_up set used_at = %(now)s where sign_up.id = %(sign_up_id)s"


@open_to_all("a new clinic has nobody yet")
async def ask_to_sign_up(
    op: Op, *, name: str, slug: str, timezone: str, locale: str, currency: str, owner_name: str, email: str, password: str
) -> None:
    """A letter goes to the address, whoever has it and whether or not they sign in with it already: the same work, the same
    answer. Refuses SlugTaken: which clinics there are is no secret."""
    if await find(op, slug=slug):
        raise SlugTaken(slug=slug)
    password_hash = await identity.hash_password(op, password=password, at="/owner/password", about=(email, owner_name, name))
    id, salt = uuid4(), links.new_salt()
    await op.act_for(uuid4(), actor_id=NOBODY, grants=frozenset())
    await op.db.run(
        ASK, id=id, email=email.lower(), owner=owner_name, password_hash=password_hash, name=name, slug=slug,
        timezone=timezone, locale=locale, currency=currency, salt=salt, expires_at=op.now + LIFE,
        token_hash=links.hashed(links.token(OPENING, id, salt)),
    )  # fmt: skip
    await op.emit(SignUpAsked(id))


@open_to_all("the link itself is the proof")
async def confirm_sign_up(op: Op, *, token: str) -> tuple[Clinic, UUID]:
    """The clinic and its owner's id. Where somebody took the address meanwhile it gets a number.
    Refuses LinkUnknown, identity.EmailTaken."""
    asked = await follow_sign_up(op, token)
    if asked.used_at or op.now >= asked.expires_at:
        raise LinkUnknown()
    await op.db.run(USED, sign_up_id=asked.id, now=op.now)
    owner_id = await identity.add_person(op, email=asked.email, name=asked.owner, password_hash=asked.password_hash)
    clinic = await add_clinic(
        op, principal_id=owner_id, owner_name=asked.owner, email=asked.email, name=asked.name, slug=await _free(op, asked.slug),
        timezone=asked.timezone, locale=asked.locale, currency=asked.currency,
    )  # fmt: skip
    return clinic, owner_id


async def _free(op: Op, slug: str) -> str:
    for number in range(2, TRIES):
        if await find(op, slug=slug) is None:
            return slug
        slug = f"{slug.rstrip('0123456789-')[:36]}-{number}"
    raise SlugTaken(slug=slug)

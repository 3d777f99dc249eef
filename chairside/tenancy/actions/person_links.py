"""A person's own account, by letter: a new password for who has forgotten theirs, and a new address to sign in with."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from chairside import identity
from chairside.kernel import links
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import NOBODY, SYSTEM, Op
from chairside.kernel.refusals import Conflict, Missing, malformed
from chairside.tenancy.events import EmailChangeAsked, EmailChanged, MemberChanged, PasswordReset, PasswordResetAsked
from chairside.tenancy.queries.clinics import list_workplaces
from chairside.tenancy.queries.person_links import CHANGING, RESETTING, follow_person_link
from chairside.tenancy.rows import LinkedPerson

LIFE = timedelta(hours=1)
MOVE_LIFE = timedelta(hours=24)
ADD = """
    insert into person_link (id, kind, principal_id, email, former_email, locale, salt, token_hash, expires_at)
    values (%(id)s, %(kind)s, %(principal_id)s, %(email)s, %(former)s, %(locale)s, %(salt)s, %(token_hash)s, %(expires_at)s)
"""
TAKE = "select app.take_person_link(%(hash)s, %(kind)s, %(now)s)"
MOVE = """
    update membership
       set email = %(email)s, updated_at = transaction_timestamp(), updated_by = app.actor(), version = membership.version + 1
     where membership.principal_id = app.actor()
"""

GIVEN = "insert into audit_event (action, entity) values ('give_password_link', 'session')"


class PasswordLink(NamedTuple):
    """What a link for a new password ends in, whose it is and until when it is good."""

    token: str
    name: str
    expires_at: datetime


class NoSuchPerson(Missing):
    """Nobody signs in with this e-mail address."""


class PersonLinkUsed(Conflict):
    """This link was used already, or is not good any more; ask for a new one."""


@open_to_all("whoever has forgotten their password is nobody yet")
async def ask_new_password(op: Op, *, email: str, locale: str) -> None:
    """A letter goes to the address if somebody signs in with it. The same work and the same answer if not."""
    person = await identity.find_person(op, email=email)
    id, _ = await _add(
        op, RESETTING, principal_id=person.id if person else None, email=email, former=None, locale=locale, life=LIFE
    )
    await op.emit(PasswordResetAsked(id))


@open_to_all("the operator's command, where no letters are sent; no route leads here")
async def give_password_link(op: Op, *, email: str) -> PasswordLink:
    """The link that the letter would carry, and no letter. Every clinic that the person works in has it on record, as done by the
    system for them. Refuses NoSuchPerson."""
    person = await identity.find_person(op, email=email)
    if person is None:
        raise NoSuchPerson()
    _, token = await _add(op, RESETTING, principal_id=person.id, email=email, former=None, locale="en", life=LIFE)
    for place in await list_workplaces(op, principal_id=person.id):
        await op.act_for(place.id, actor_id=SYSTEM, grants=frozenset(), behalf=person.id)
        await op.db.run(GIVEN)
    return PasswordLink(token, person.name, op.now + LIFE)


@open_to_all("the link itself is the proof")
async def reset_password(op: Op, *, token: str, password: str) -> None:
    """Once. Every session of the person ends; a second factor is still asked for. Refuses PersonLinkUsed, and at the field a
    password that is too common."""
    linked = await _found(op, token, RESETTING)
    name = await identity.get_name(op, principal_id=linked.principal_id)
    password_hash = await identity.hash_password(op, password=password, about=(name.email or "", name.name))
    await _take(op, token, RESETTING)
    await identity.put_password(op, principal_id=linked.principal_id, password_hash=password_hash)
    await identity.forget_guesses_at(op, email=linked.email)
    await _tell(op, linked, PasswordReset(linked.id))


@open_to_all("a person changes their own")
async def ask_new_email(op: Op, *, session: identity.LiveSession, email: str, locale: str) -> None:
    """A letter goes to the new address, whoever has it; nothing changes before its link is used. Refuses StepUpNeeded."""
    identity.check_proof(op, session)
    if email.lower() == session.email:
        raise malformed("/email", "same", "That is your address already.")
    id, _ = await _add(
        op, CHANGING, principal_id=session.principal_id, email=email, former=session.email, locale=locale, life=MOVE_LIFE
    )
    await op.emit(EmailChangeAsked(id))


@open_to_all("a person changes their own")
async def change_email(op: Op, *, session: identity.LiveSession, email: str) -> None:
    """Where no letters are sent: at once. Refuses StepUpNeeded, identity.EmailTaken."""
    identity.check_proof(op, session)
    await _move(op, session.principal_id, email)


@open_to_all("the link itself is the proof")
async def confirm_new_email(op: Op, *, token: str) -> str:
    """The address that the person signs in with from now on; the former one is told. Refuses PersonLinkUsed,
    identity.EmailTaken."""
    linked = await _found(op, token, CHANGING)
    await _take(op, token, CHANGING)
    await _move(op, linked.principal_id, linked.email)
    await _tell(op, linked, EmailChanged(linked.id))
    return linked.email


async def _move(op: Op, principal_id: UUID, email: str) -> None:
    """Wherever they work."""
    await identity.change_email(op, principal_id=principal_id, email=email)
    for place in await list_workplaces(op, principal_id=principal_id):
        await op.act_for(place.id, actor_id=principal_id, grants=frozenset())
        await op.db.run(MOVE, email=email.lower())
        await op.emit(MemberChanged(principal_id))


async def _add(
    op: Op, kind: str, *, principal_id: UUID | None, email: str, former: str | None, locale: str, life: timedelta
) -> tuple[UUID, str]:
    id, salt = uuid4(), links.new_salt()
    token = links.token(kind, id, salt)
    await op.act_for(uuid4(), actor_id=principal_id or NOBODY, grants=frozenset())
    await op.db.run(
        ADD, id=id, kind=kind, principal_id=principal_id, email=email.lower(), former=former, locale=locale, salt=salt,
        token_hash=links.hashed(token), expires_at=op.now + life,
    )  # fmt: skip
    return id, token


async def _found(op: Op, token: str, kind: str) -> LinkedPerson:
    linked = await follow_person_link(op, token=token, kind=kind)
    if linked is None:
        raise PersonLinkUsed()
    return linked


async def _take(op: Op, token: str, kind: str) -> None:
    if await op.db.value(TAKE, hash=links.hashed(token), kind=kind, now=op.now) is None:
        raise PersonLinkUsed()


async def _tell(op: Op, linked: LinkedPerson, event: PasswordReset | EmailChanged) -> None:
    await op.act_for(linked.clinic_id, actor_id=linked.principal_id, grants=frozenset())
    await op.emit(event)

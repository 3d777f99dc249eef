"""Programs that work in a clinic, and the keys that they show. A key is shown once; its hash is kept."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from chairside import identity
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Missing, Stale, malformed
from chairside.tenancy.events import ServiceAccountChanged
from chairside.tenancy.permissions import CATALOGUE
from chairside.tenancy.queries.service_accounts import get_service_account
from chairside.tenancy.rows import SERVICE_ACCOUNT, SERVICE_KEY, ServiceAccount, ServiceKey
from chairside.tenancy.rules import giving

PREFIX = "chs_"
MOST_ACCOUNTS, MOST_KEYS = 50, 5
ADD = f"""
    insert into service_account (id, name, grants) values (%(id)s, %(name)s, %(grants)s)
    returning {SERVICE_ACCOUNT}
"""
COUNT = "select count(*) from service_account where service_account.revoked_at is null"
CHANGE = """
    update service_account
       set name = %(name)s, grants = %(grants)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = service_account.version + 1
     where service_account.id = %(account_id)s
       and service_account.version = %(version)s
       and service_account.revoked_at is null
    returning service_account.version
"""
REVOKE = """
    update service_account
       set revoked_at = %(at)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = service_account.version + 1
     where service_account.id = %(account_id)s
       and service_account.revoked_at is null
    returning service_account.version
"""
ADD_KEY = f"""
    insert into service_key (account_id, key_hash, hint, expires_at)
    values (%(account_id)s, %(key_hash)s, %(hint)s, %(expires_at)s)
    returning {SERVICE_KEY}
"""
REVOKE_KEY = """
    update service_key set revoked_at = %(at)s
     where service_key.id = %(key_id)s and service_key.account_id = %(account_id)s and service_key.revoked_at is null
    returning service_key.id
"""
Made = tuple[ServiceAccount, ServiceKey, str]


class ServiceAccountIsStale(Stale):
    """Somebody changed this program while you were editing."""


class MoreThanYouMay(Forbidden):
    """You cannot let a program do more than you may yourself."""


class OnlyAPerson(Forbidden):
    """Only a person lets programs in; a program cannot."""


class TooManyServiceAccounts(Conflict):
    """There are as many programs as there may be; revoke one first."""


class TooManyKeys(Conflict):
    """This program has as many keys as it may have; revoke one first."""


class ServiceAccountRevoked(Conflict):
    """This program was shut out; let it in anew."""


class NoSuchKey(Missing):
    """There is no such key, or it was revoked already."""


@needs("service_accounts.write")
async def add_service_account(op: Op, *, name: str, permissions: list[str], expires_at: datetime | None = None) -> Made:
    """A program, its first key, and that key in full: nobody sees it again.
    Refuses OnlyAPerson, StepUpNeeded, MoreThanYouMay, TooManyServiceAccounts, and at its field an unknown permission or a past
    expiry."""
    _check(op, permissions, expires_at)
    if await op.db.value(COUNT) >= MOST_ACCOUNTS:
        raise TooManyServiceAccounts()
    id = await identity.add_program(op, name=name)
    account = await op.db.one(ServiceAccount, ADD, id=id, name=name, grants=" ".join(permissions))
    assert account
    key, shown = await _new_key(op, id, expires_at)
    await op.emit(ServiceAccountChanged(id))
    return account, key, shown


@needs("service_accounts.write")
async def change_service_account(
    op: Op, *, account_id: UUID, name: str, permissions: list[str], version: int
) -> tuple[ServiceAccount, list[ServiceKey]]:
    """From its next request on. Refuses as `add_service_account`, NoSuchServiceAccount, ServiceAccountIsStale."""
    before, _ = await get_service_account(op, account_id=account_id)
    _check(op, [one for one in permissions if one not in before.grants.split()], None)
    changed = await op.db.value(CHANGE, account_id=account_id, name=name, grants=" ".join(permissions), version=version)
    if changed is None:
        raise ServiceAccountIsStale(version=before.version)
    await op.emit(ServiceAccountChanged(account_id))
    return await get_service_account(op, account_id=account_id)


@needs("service_accounts.write")
async def revoke_service_account(op: Op, *, account_id: UUID) -> None:
    """All of its keys are good no more, from their next request on. Refuses NoSuchServiceAccount."""
    await get_service_account(op, account_id=account_id)
    await op.db.run(REVOKE, account_id=account_id, at=op.now)
    await op.emit(ServiceAccountChanged(account_id))


@needs("service_accounts.write")
async def add_service_key(op: Op, *, account_id: UUID, expires_at: datetime | None = None) -> tuple[ServiceKey, str]:
    """Another key beside those there are, so that a program can change to it without a pause.
    Refuses OnlyAPerson, StepUpNeeded, MoreThanYouMay, NoSuchServiceAccount, ServiceAccountRevoked, TooManyKeys."""
    account, keys = await get_service_account(op, account_id=account_id)
    _check(op, account.grants.split(), expires_at)
    if account.revoked_at:
        raise ServiceAccountRevoked()
    if sum(key.revoked_at is None for key in keys) >= MOST_KEYS:
        raise TooManyKeys()
    made = await _new_key(op, account_id, expires_at)
    await op.emit(ServiceAccountChanged(account_id))
    return made


@needs("service_accounts.write")
async def revoke_service_key(op: Op, *, account_id: UUID, key_id: UUID) -> None:
    """From its next request on. Refuses NoSuchServiceAccount, NoSuchKey."""
    await get_service_account(op, account_id=account_id)
    if not await op.db.value(REVOKE_KEY, account_id=account_id, key_id=key_id, at=op.now):
        raise NoSuchKey()
    await op.emit(ServiceAccountChanged(account_id))


async def _new_key(op: Op, account_id: UUID, expires_at: datetime | None) -> tuple[ServiceKey, str]:
    shown = PREFIX + secrets.token_urlsafe(32)
    key = await op.db.one(
        ServiceKey, ADD_KEY, account_id=account_id, key_hash=hashlib.sha256(shown.encode()).digest(), hint=shown[-4:],
        expires_at=expires_at,
    )  # fmt: skip
    assert key
    return key, shown


def _check(op: Op, permissions: list[str], expires_at: datetime | None) -> None:
    if op.actor.program:
        raise OnlyAPerson()
    op.require_proof()
    for at, permission in enumerate(permissions):
        if permission not in CATALOGUE:
            raise malformed(f"/permissions/{at}", "not_found", "There is no such permission.")
    if expires_at and expires_at <= op.now:
        raise malformed("/expires_at", "in_the_past", "This is in the past.")
    if giving.beyond(permissions, op.actor.grants):
        raise MoreThanYouMay(permission="service_accounts.write")

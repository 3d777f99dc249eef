from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.tenancy.rows import SERVICE_ACCOUNT, SERVICE_KEY, ServiceAccount, ServiceKey

# Revoked ones stay for a month, for whoever wonders where they went; the audit has them for longer.
ACCOUNTS = f"""
    select {SERVICE_ACCOUNT}
      from service_account
     where service_account.revoked_at is null
        or service_account.revoked_at > transaction_timestamp() - interval '30 days'
     order by service_account.revoked_at is not null, lower(service_account.name), service_account.id
"""
ACCOUNT = f"select {SERVICE_ACCOUNT} from service_account where service_account.id = %(account_id)s"
KEYS = f"""
    select {SERVICE_KEY}
      from service_key
     where service_key.revoked_at is null
        or service_key.revoked_at > transaction_timestamp() - interval '30 days'
     order by service_key.created_at desc, service_key.id
"""


class NoSuchServiceAccount(Missing):
    """There is no such program here."""


@needs("service_accounts.read")
async def list_service_accounts(op: Op) -> list[tuple[ServiceAccount, list[ServiceKey]]]:
    """Those at work first, by name; each with its keys, the newest first."""
    accounts = await op.db.all(ServiceAccount, ACCOUNTS)
    keys = await op.db.all(ServiceKey, KEYS)
    return [(account, [key for key in keys if key.account_id == account.id]) for account in accounts]


@needs("service_accounts.read")
async def get_service_account(op: Op, *, account_id: UUID) -> tuple[ServiceAccount, list[ServiceKey]]:
    """Refuses NoSuchServiceAccount."""
    account = await op.db.one(ServiceAccount, ACCOUNT, account_id=account_id)
    if account is None:
        raise NoSuchServiceAccount()
    return account, [key for key in await op.db.all(ServiceKey, KEYS) if key.account_id == account_id]

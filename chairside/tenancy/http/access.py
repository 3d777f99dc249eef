"""What a clinic asks of those who sign in, who is signed in, and the programs that it lets in."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request

from chairside import tenancy
from chairside.kernel.http import InOp, Route, Version
from chairside.kernel.op import Op
from chairside.tenancy.http.factors import session_shown
from chairside.tenancy.schemas.security import (
    MemberSessions,
    NewServiceAccount,
    NewServiceAccountView,
    NewServiceKey,
    RecordRulesPatch,
    RecordRulesView,
    ServiceAccountPatch,
    ServiceAccounts,
    ServiceAccountView,
    ShownKey,
    SignInRulesPatch,
    SignInRulesView,
)

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["access"], route_class=Route)


@router.get("/sign-in-rules", response_model=SignInRulesView)
async def get_sign_in_rules(op: InOp, request: Request) -> Any:
    return await _rules(request, op, await tenancy.get_sign_in_rules(op))


@router.patch("/sign-in-rules", response_model=SignInRulesView)
async def change_sign_in_rules(op: InOp, version: Version, patch: SignInRulesPatch, request: Request) -> Any:
    """The version is the clinic's."""
    before = (await tenancy.get_sign_in_rules(op))._asdict()
    values = {field: before[field] for field in type(patch).model_fields} | patch.model_dump(exclude_unset=True)
    return await _rules(request, op, await tenancy.change_sign_in_rules(op, version=version, **values))


@router.get("/record-rules", response_model=RecordRulesView)
async def get_record_rules(op: InOp) -> Any:
    return await _record_rules(op, await tenancy.get_record_rules(op))


@router.patch("/record-rules", response_model=RecordRulesView)
async def change_record_rules(op: InOp, version: Version, patch: RecordRulesPatch) -> Any:
    """The version is the clinic's."""
    return await _record_rules(op, await tenancy.change_record_rules(op, care_teams=patch.care_teams, version=version))


@router.get("/sessions", response_model=MemberSessions)
async def list_sessions(op: InOp) -> Any:
    """Of everybody who works here; the one used last first."""
    found = await tenancy.list_sessions(op)
    current = op.actor.session_id
    return {"items": [session_shown(one, current=current) | {"member_id": one.principal_id, "name": name} for one, name in found]}


@router.delete("/sessions/{session_id}", status_code=204)
async def end_session(op: InOp, session_id: UUID) -> None:
    """From its next request on."""
    await tenancy.end_session(op, session_id=session_id)


@router.get("/service-accounts", response_model=ServiceAccounts)
async def list_service_accounts(op: InOp) -> Any:
    return {"items": [_shown(account, keys) for account, keys in await tenancy.list_service_accounts(op)]}


@router.post("/service-accounts", status_code=201, response_model=NewServiceAccountView, openapi_extra={"x-kept": False})
async def add_service_account(op: InOp, new: NewServiceAccount) -> Any:
    """The key in the answer is shown this once."""
    account, key, shown = await tenancy.add_service_account(
        op, name=new.name, permissions=new.permissions, expires_at=new.expires_at
    )
    return _shown(account, [key]) | {"key": shown}


@router.get("/service-accounts/{account_id}", response_model=ServiceAccountView)
async def get_service_account(op: InOp, account_id: UUID) -> Any:
    return _shown(*await tenancy.get_service_account(op, account_id=account_id))


@router.patch("/service-accounts/{account_id}", response_model=ServiceAccountView)
async def change_service_account(op: InOp, account_id: UUID, version: Version, patch: ServiceAccountPatch) -> Any:
    account, _ = await tenancy.get_service_account(op, account_id=account_id)
    permissions = account.grants.split() if patch.permissions is None else patch.permissions
    changed = await tenancy.change_service_account(
        op, account_id=account_id, name=patch.name or account.name, permissions=permissions, version=version
    )
    return _shown(*changed)


@router.post("/service-accounts/{account_id}/revocation", status_code=204)
async def revoke_service_account(op: InOp, account_id: UUID) -> None:
    """All of its keys are good no more, from the next request on."""
    await tenancy.revoke_service_account(op, account_id=account_id)


@router.post("/service-accounts/{account_id}/keys", status_code=201, response_model=ShownKey, openapi_extra={"x-kept": False})
async def add_service_key(op: InOp, account_id: UUID, new: NewServiceKey) -> Any:
    """Another key beside those there are; shown this once."""
    key, shown = await tenancy.add_service_key(op, account_id=account_id, expires_at=new.expires_at)
    return key._asdict() | {"key": shown}


@router.delete("/service-accounts/{account_id}/keys/{key_id}", status_code=204)
async def revoke_service_key(op: InOp, account_id: UUID, key_id: UUID) -> None:
    await tenancy.revoke_service_key(op, account_id=account_id, key_id=key_id)


def _shown(account: tenancy.ServiceAccount, keys: list[tenancy.ServiceKey]) -> dict[str, Any]:
    return account._asdict() | {"permissions": account.grants.split(), "keys": keys}


async def _record_rules(op: Op, rules: tenancy.RecordRules) -> dict[str, Any]:
    return rules._asdict() | {"restricted": await tenancy.list_restricted(op)}


async def _rules(request: Request, op: Any, rules: tenancy.SignInRules) -> dict[str, Any]:
    settings = request.app.state.settings
    return rules._asdict() | {
        "usual_idle_minutes": settings.idle_minutes,
        "usual_session_hours": settings.session_hours,
        "without_factor": await tenancy.count_without_factor(op),
    }

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query

from chairside import patients
from chairside.kernel.http import InOp, Route
from chairside.patients.schemas.majority import ComingOfAge

router = APIRouter(prefix="/api/v1/clinics/{clinic}/coming-of-age", tags=["patients"], route_class=Route)


@router.get("", response_model=ComingOfAge)
async def list_coming_of_age(op: InOp, days: Annotated[int, Query(ge=1, le=730)] = 90) -> Any:
    """Patients for whom somebody acts and who come of age within so many days, the next first; two hundred at most."""
    found = await patients.list_coming_of_age(op, until=op.today + timedelta(days=days))
    return {"items": [one._asdict() | {"proxies": [proxy._asdict() for proxy in one.proxies]} for one in found]}

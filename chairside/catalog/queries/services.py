from uuid import UUID

from chairside.catalog.rows.services import SERVICE, Service
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

GET = f"select {SERVICE} from service where service.id = %(service_id)s"
LIST = f"""
    select {SERVICE}
      from service
     where (lower(service.name), service.id) > (lower(%(name)s), %(id)s::uuid)
       and (%(active)s::boolean is null or service.active = %(active)s)
     order by lower(service.name), service.id
     limit %(limit)s
"""
START = ("", UUID(int=0))


class NoSuchService(Missing):
    """There is no such service in this clinic."""


@needs("clinic.read")
async def get_service(op: Op, *, service_id: UUID) -> Service:
    """Refuses NoSuchService."""
    service = await op.db.one(Service, GET, service_id=service_id)
    if service is None:
        raise NoSuchService()
    return service


@needs("clinic.read")
async def list_services(
    op: Op, *, active: bool | None = None, after: tuple[str, UUID] = START, limit: int = 200
) -> list[Service]:
    """By name, beginning after a (name, id)."""
    name, id = after
    return await op.db.all(Service, LIST, name=name, id=id, active=active, limit=limit)

from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.patients.queries.patients import get
from chairside.patients.rows import Proxy

PROXY = """
    select proxy.id, proxy.patient_id, concat_ws(' ', patient.first_name, patient.last_name) as patient_name,
           proxy.holder_id, coalesce(proxy.name, concat_ws(' ', holder.first_name, holder.last_name)) as name,
           proxy.phone, proxy.email, proxy.relationship, proxy.scopes, proxy.proof,
           proxy.starts_on, proxy.ends_on, proxy.ends_at_majority,
           (patient.birth_date + make_interval(years => clinic.majority_age))::date as majority_on,
           proxy.revoked_at, proxy.version,
           (select jsonb_build_object('name', proof.name, 'kind', proof.kind, 'size', proof.size, 'added_at', proof.created_at)
              from proxy_proof as proof
             where proof.proxy_id = proxy.id
               and proof.removed_at is null) as proof_file
      from proxy
      join patient on patient.id = proxy.patient_id
      left join patient as holder on holder.id = proxy.holder_id
      cross join clinic
"""
# Everybody who is named in the answer was looked at.
LIST = f"""
    with shown as (
        {PROXY.strip()}
         where (proxy.patient_id = %(patient_id)s or proxy.holder_id = %(patient_id)s)
           and patient.deleted_at is null
    ), noted as (
        insert into audit_event (action, entity, patient_ids)
        select 'read', 'proxy', array(select %(patient_id)s::uuid union select shown.patient_id from shown
                                       union select shown.holder_id from shown where shown.holder_id is not null)
    )
    select * from shown
     order by shown.revoked_at is not null, shown.starts_on, shown.id
"""
GET = f"""
    with shown as (
        {PROXY.strip()}
         where proxy.id = %(proxy_id)s
           and proxy.patient_id = %(patient_id)s
    ), noted as (
        insert into audit_event (action, entity, entity_id, patient_id)
        select 'read', 'proxy', shown.id, shown.patient_id from shown
    )
    select * from shown
"""


class NoSuchProxy(Missing):
    """Nobody like that acts for this patient."""


@needs("patients.read")
async def list_proxies(op: Op, *, patient_id: UUID) -> list[Proxy]:
    """Who acts for the patient and for whom the patient acts, also once: those in force first, by their first day.
    Refuses NoSuchPatient, NotOnCareTeam."""
    await get(op, patient_id=patient_id)
    return await op.db.all(Proxy, LIST, patient_id=patient_id)


@needs("patients.read")
async def get_proxy(op: Op, *, patient_id: UUID, proxy_id: UUID) -> Proxy:
    """Refuses NoSuchPatient, NotOnCareTeam, NoSuchProxy."""
    await get(op, patient_id=patient_id)
    proxy = await op.db.one(Proxy, GET, proxy_id=proxy_id, patient_id=patient_id)
    if proxy is None:
        raise NoSuchProxy()
    return proxy

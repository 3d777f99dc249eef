"""Who comes of age soon while somebody acts for them, and what that changes."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op

# Named in the audit: the patients, and the patients who act for them.
SOON = """
    with shown as (
        select patient.id, patient.register_number, patient.first_name, patient.last_name, patient.birth_date,
               (patient.birth_date + make_interval(years => clinic.majority_age))::date as majority_on,
               exists (select from jsonb_array_elements(patient.contacts)) as reached,
               jsonb_agg(jsonb_build_object(
                   'id', proxy.id, 'holder_id', proxy.holder_id, 'relationship', proxy.relationship,
                   'name', coalesce(proxy.name, concat_ws(' ', holder.first_name, holder.last_name)),
                   'ends', proxy.ends_at_majority,
                   'receives', 'message' = any(proxy.scopes)) order by proxy.starts_on, proxy.id) as proxies
          from patient
          cross join clinic
          join proxy on proxy.patient_id = patient.id
          left join patient as holder on holder.id = proxy.holder_id
         where patient.birth_date is not null
           and patient.deleted_at is null
           and patient.archived_at is null
           and patient.birth_date + make_interval(years => clinic.majority_age) > %(today)s
           and patient.birth_date + make_interval(years => clinic.majority_age) <= %(until)s
           and proxy.revoked_at is null
           and (proxy.ends_on is null or proxy.ends_on >= %(today)s)
         group by patient.clinic_id, patient.id, clinic.majority_age
         order by majority_on, patient.id
         limit 200
    ), noted as (
        insert into audit_event (action, entity, patient_ids)
        select 'read', 'proxy', array(select shown.id from shown
                                       union
                                      select (one.value ->> 'holder_id')::uuid
                                        from shown, jsonb_array_elements(shown.proxies) as one (value)
                                       where one.value ->> 'holder_id' is not null)
    )
    select * from shown
     order by shown.majority_on, shown.id
"""


class Acting(NamedTuple):
    """Who acts for them. `ends`: on that day no more. `receives`: the patient's messages go to them."""

    id: UUID
    holder_id: UUID | None
    name: str
    relationship: str
    ends: bool
    receives: bool


class ComesOfAge(NamedTuple):
    """`majority_on`: from that birthday on they speak for themselves. `reached`: some way to reach them is known."""

    id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date
    majority_on: date
    reached: bool
    proxies: list[Acting]


@needs("patients.read")
async def list_coming_of_age(op: Op, *, until: date) -> list[ComesOfAge]:
    """After today and until that day, the next first; two hundred at most. By the clinic's own age of majority."""
    found = await op.db.all(ComesOfAge, SOON, today=op.today, until=until)
    return [one._replace(proxies=[Acting(**proxy) for proxy in one.proxies]) for one in found]  # type: ignore[arg-type]

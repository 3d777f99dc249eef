-- Links in letters to patients: each for one purpose and one visit, until the visit begins, used once.

create table patient_link (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    appointment_id uuid not null,
    purpose        text not null constraint patient_link_purpose_is_known check (purpose in ('confirm', 'move', 'cancel', 'manage')),
    salt           bytea not null,
    token_hash     bytea not null,
    expires_at     timestamptz not null,
    used_at        timestamptz,
    used_for       text,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint patient_link_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
);
call app.fence('patient_link');
create unique index patient_link_by_token on patient_link (token_hash);
create index patient_link_by_appointment on patient_link (clinic_id, appointment_id);

grant usage, create on schema app to chairside_auth;
grant select (clinic_id, id, token_hash, expires_at) on patient_link to chairside_auth;
create policy auth on patient_link for select to chairside_auth using (true);

set local role chairside_auth;

create function app.find_patient_link(hash bytea, at timestamptz) returns table (clinic_id uuid, id uuid)
    language sql stable security definer rows 1
    set search_path = pg_catalog, pg_temp
begin atomic
    select l.clinic_id, l.id
      from public.patient_link l
     where l.token_hash = hash
       and l.expires_at > at;
end;
revoke execute on function app.find_patient_link from public;
grant execute on function app.find_patient_link to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

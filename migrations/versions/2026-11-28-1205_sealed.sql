-- Columns for what lies sealed from now on, beside those that hold it in plain. The release before goes on writing the plain ones,
-- and this one reads both; a job seals what lies there. Where the release before meets a sealed one during the change, it says
-- that the file is gone (an import is uploaded again), sends a paper without the words that came with it, or issues an invoice
-- without the clinic's tax id: end it before the worker of this one begins, where that matters.

alter table import_chunk
    add column sealed bytea,
    alter column sealed set storage external,
    alter column bytes drop not null;

alter table message add column body_sealed bytea;

alter table clinic add column tax_id_sealed bytea;

-- Sealed anew under the next key, or for the first time; nothing else of an answer ever changes.
grant update (body) on answer to chairside_app;

-- A key is a link to a patient as the others are.
create trigger patient_is_there after insert on patient_key for each row execute function app.patient_is_there();

-- Which data key a sealed value lies under; nothing for what is not sealed. Values, patients' values, files.
create function app.key_version(sealed bytea) returns int
    language sql immutable parallel safe
begin atomic
    select case when octet_length(sealed) >= 22 and get_byte(sealed, 0) = 1 and get_byte(sealed, 1) between 1 and 3
                then (get_byte(sealed, 2) << 24) + (get_byte(sealed, 3) << 16) + (get_byte(sealed, 4) << 8) + get_byte(sealed, 5)
            end;
end;

create index message_body_in_plain on message (clinic_id) where body is not null;
create index import_chunk_in_plain on import_chunk (clinic_id) where bytes is not null;
create index clinic_tax_id_in_plain on clinic (id) where tax_id is not null;

-- Clinics whose key was followed by another, or where something lies in plain that must not; their ids alone.
create function app.clinics_to_reseal() returns setof uuid
    language sql stable security definer rows 10
    set search_path = pg_catalog, pg_temp
begin atomic
    select k.clinic_id from public.clinic_key k where k.wrapped is not null group by k.clinic_id having count(*) > 1
    union
    select m.clinic_id from public.message m where m.body is not null
    union
    select c.clinic_id from public.import_chunk c where c.bytes is not null
    union
    select c.id from public.clinic c where c.tax_id is not null;
end;
revoke execute on function app.clinics_to_reseal from public;
grant execute on function app.clinics_to_reseal to chairside_app;

-- What is a person's only chairside_auth sees.
grant usage, create on schema app to chairside_auth;
set local role chairside_auth;

create function app.count_stale_totp(version int) returns bigint
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select count(*) from public.totp t where app.key_version(t.secret) is distinct from version;
end;

create function app.stale_totp(version int, after uuid, most int) returns table (id uuid, secret bytea)
    language sql stable security definer rows 50 set search_path = pg_catalog, pg_temp
begin atomic
    select t.id, t.secret from public.totp t
     where app.key_version(t.secret) is distinct from version and t.id > after
     order by t.id limit least(most, 100);
end;

create function app.reseal_totp(wanted uuid, was bytea, sealed bytea) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.totp t set secret = sealed where t.id = wanted and t.secret = was;
end;

revoke execute on function app.count_stale_totp, app.stale_totp, app.reseal_totp from public;
grant execute on function app.count_stale_totp, app.stale_totp, app.reseal_totp to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

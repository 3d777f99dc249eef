create table patient (
    clinic_id       uuid not null default app.clinic() references clinic,
    id              uuid not null default uuidv7(),
    register_number text not null,
    first_name      text not null,
    middle_name     text,
    last_name       text not null,
    preferred_name  text,
    birth_date      date, -- old registers do not always know it
    sex             text not null default 'unknown'
                    constraint patient_sex_is_known_word check (sex in ('female', 'male', 'other', 'unknown')),
    address         jsonb,
    note            text,
    contacts        jsonb not null default '[]',
    guarantor_id    uuid,
    import_id       uuid,
    archived_at     timestamptz,
    deleted_at      timestamptz,
    search          text not null, -- folded in Python: names, register number, digits of phones, e-mail
    sort_key        text not null collate "C", -- folded: last name, first name
    created_at      timestamptz not null default transaction_timestamp(),
    created_by      uuid not null default app.actor(),
    updated_at      timestamptz not null default transaction_timestamp(),
    updated_by      uuid not null default app.actor(),
    version         int not null default 1,
    primary key (clinic_id, id),
    constraint patient_guarantor_is_known foreign key (clinic_id, guarantor_id) references patient (clinic_id, id),
    constraint patient_guarantor_is_another check (guarantor_id <> id)
);
call app.fence('patient');

create unique index patient_register_number_is_free on patient (clinic_id, register_number) where deleted_at is null;
create index patient_by_name on patient (clinic_id, sort_key, id);
create index patient_by_birth_date on patient (clinic_id, birth_date);
create index patient_by_guarantor on patient (clinic_id, guarantor_id) where guarantor_id is not null;
create index patient_by_import on patient (clinic_id, import_id) where import_id is not null;
create index patient_by_number on patient (
    clinic_id, (case when register_number ~ '^[0-9]{1,15}$' then register_number::bigint end) desc nulls last
);
create index patient_by_trigram on patient using gin (clinic_id, search gin_trgm_ops);

-- Trigram operators are not leakproof, so under a policy their index is not used: the search role looks, the fence checks again.

grant usage, create on schema app to chairside_search;
grant execute on function app.clinic to chairside_search;
grant select (clinic_id, id, search, sort_key, archived_at, deleted_at) on patient to chairside_search;
create policy search on patient for select to chairside_search using (true);

set local role chairside_search;

-- Patients whose folded text holds all three patterns (`%` for none). `start` is the folded beginning of a last name:
-- those come first; the archived come last.
create function app.search_patients(one text, two text, three text, start text, most int)
    returns table (id uuid, rank int, sort_key text)
    language sql stable security definer rows 20
    set search_path = pg_catalog, public, pg_temp
begin atomic
    select p.id,
           case when p.archived_at is not null then 3 when p.sort_key ^@ start then 0
                when position(' ' || start in p.search) > 0 then 1 else 2 end as rank,
           p.sort_key
      from public.patient p
     where p.clinic_id = app.clinic()
       and p.deleted_at is null
       and p.search like one
       and p.search like two
       and p.search like three
     order by rank, p.sort_key, p.id
     limit least(most, 200);
end;

revoke execute on function app.search_patients from public;
grant execute on function app.search_patients to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_search;

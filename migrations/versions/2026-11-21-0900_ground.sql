-- What every clinic table stands on: the fence, the audit, events, answers given.

create extension if not exists btree_gist;
create extension if not exists btree_gin;
create extension if not exists pg_trgm;

create schema app;
grant usage on schema app to public;

-- Who is acting, for whom. Transaction-local settings end as '', not as null.

create function app.clinic() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.clinic_id', true), '')::uuid;

create function app.actor() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.actor_id', true), '')::uuid;

-- Jobs, the command line and sign-up act for a clinic without a session; HTTP requests go through app.enter.
create function app.act(clinic uuid, actor uuid, behalf uuid, kind text, request text) returns void
    language sql volatile
begin atomic
    select set_config('app.clinic_id', clinic::text, true),
           set_config('app.actor_id', actor::text, true),
           set_config('app.actor_type', kind, true),
           set_config('app.on_behalf_of', coalesce(behalf::text, ''), true),
           set_config('app.session_id', '', true),
           set_config('app.request_id', request, true);
end;

-- For a while somebody else acts, in the same clinic, session and request: a reaction, on behalf of a person.
create function app.act_as(actor uuid, behalf uuid, kind text) returns void
    language sql volatile
begin atomic
    select set_config('app.actor_id', actor::text, true),
           set_config('app.actor_type', kind, true),
           set_config('app.on_behalf_of', coalesce(behalf::text, ''), true);
end;

-- Event-shaped tables are cut by month. There is no default partition: a missing month must be noticed, not swallowed.

create function app.make_months(parent regclass, ahead int) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    month date := date_trunc('month', current_date);
begin
    for i in 0..ahead loop
        execute format(
            'create table if not exists public.%I partition of %s for values from (%L) to (%L)',
            (select relname from pg_class where oid = parent) || to_char(month, '_YYYY_MM'),
            parent, month, month + interval '1 month');
        month := month + interval '1 month';
    end loop;
end $$;

-- Audit. Facts and values lie apart, so that erasure may take the values and the facts still verify.

create table audit_event (
    clinic_id       uuid not null default app.clinic(),
    id              uuid not null default uuidv7(),
    at              timestamptz not null default transaction_timestamp(),
    actor_id        uuid default app.actor(),
    actor_type      text default nullif(current_setting('app.actor_type', true), ''),
    on_behalf_of    uuid default nullif(current_setting('app.on_behalf_of', true), '')::uuid,
    session_id      uuid default nullif(current_setting('app.session_id', true), '')::uuid,
    request_id      text default nullif(current_setting('app.request_id', true), ''),
    ip              inet default nullif(current_setting('app.ip', true), '')::inet,
    purpose         text,
    context         text,
    break_glass_id  uuid,
    impersonation_id uuid,
    action          text not null,
    entity          text not null,
    entity_id       uuid,
    patient_id      uuid,
    patient_ids     uuid[],
    outcome         text not null default 'done',
    changed_fields  text[],
    values_digest   bytea,
    txid            xid8 not null default pg_current_xact_id(),
    primary key (clinic_id, at, id)
) partition by range (at);

create table audit_value (
    clinic_id uuid not null default app.clinic(),
    audit_id  uuid not null,
    at        timestamptz not null default transaction_timestamp(),
    salt      bytea not null,
    old       jsonb,
    new       jsonb,
    primary key (clinic_id, at, audit_id)
) partition by range (at);

-- One fact for each change, naming the fields that changed; what they were and became goes beside it, salted and digested.
create function app.audit() returns trigger
    language plpgsql
as $$
declare
    was    jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) else '{}' end;
    became jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else '{}' end;
    about  jsonb := was || became;
    fields text[];
    before jsonb;
    after  jsonb;
    audit  uuid := uuidv7();
    salt   bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
begin
    select array_agg(field order by field),
           jsonb_object_agg(field, was -> field) filter (where was ? field),
           jsonb_object_agg(field, became -> field) filter (where became ? field)
      into fields, before, after
      from jsonb_object_keys(about) as field
     where coalesce(was -> field, 'null') <> coalesce(became -> field, 'null')
       and field not in ('clinic_id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version', 'search', 'sort_key');
    if tg_op = 'UPDATE' and fields is null then
        return null;
    end if;
    insert into public.audit_event (id, action, entity, entity_id, patient_id, changed_fields, values_digest)
    values (audit, lower(tg_op), tg_table_name, (about ->> 'id')::uuid,
            (about ->> case when tg_table_name = 'patient' then 'id' else 'patient_id' end)::uuid,
            fields, sha256(salt || convert_to(coalesce(before::text, ''), 'UTF8') || convert_to(coalesce(after::text, ''), 'UTF8')));
    insert into public.audit_value (audit_id, salt, old, new) values (audit, salt, before, after);
    return null;
end $$;

-- The fence. Migrations call it once for each clinic table.
create procedure app.fence(fenced regclass, key text default 'clinic_id', audited boolean default true, rights text default 'select, insert, update')
    language plpgsql
as $$
begin
    execute format('alter table %s enable row level security', fenced);
    execute format('alter table %s force row level security', fenced);
    execute format('create policy own_clinic on %s to chairside_app using (%I = (select app.clinic())) with check (%2$I = (select app.clinic()))', fenced, key);
    execute format('create policy owner on %s to chairside_owner using (true) with check (true)', fenced);
    execute format('grant %s on %s to chairside_app', rights, fenced);
    if audited then
        execute format('create trigger audit after insert or update or delete on %s for each row execute function app.audit()', fenced);
    end if;
end $$;

call app.fence('audit_event', audited => false, rights => 'select, insert');
call app.fence('audit_value', audited => false, rights => 'insert');
create index audit_event_by_patient on audit_event (clinic_id, patient_id, at) where patient_id is not null;

-- Facts, written in the transaction that made them true. Ids only.

create table event (
    clinic_id uuid not null default app.clinic(),
    id        uuid not null default uuidv7(),
    at        timestamptz not null default transaction_timestamp(),
    actor_id  uuid default app.actor(),
    name      text not null,
    facts     jsonb not null,
    txid      xid8 not null default pg_current_xact_id(),
    primary key (clinic_id, at, id)
) partition by range (at);
call app.fence('event', audited => false, rights => 'select, insert');

select app.make_months('audit_event', 3), app.make_months('audit_value', 3), app.make_months('event', 3);

-- The monthly roll-forward, for a job that owns nothing: it can make months ahead and do nothing else.
create function app.roll_forward() returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select app.make_months('public.audit_event', 3), app.make_months('public.audit_value', 3), app.make_months('public.event', 3);
end;
revoke execute on function app.roll_forward from public;
revoke execute on function app.make_months from public;
grant execute on function app.roll_forward to chairside_app;

-- Answers already given, so that a repeated request gets the same one. Kept for 72 hours.

create table answer (
    clinic_id uuid not null default app.clinic(),
    actor_id  uuid not null default app.actor(),
    route     text not null,
    key       text not null,
    asked     bytea not null,
    status    int not null,
    body      bytea not null,
    at        timestamptz not null default transaction_timestamp(),
    primary key (clinic_id, actor_id, route, key)
);
call app.fence('answer', audited => false, rights => 'select, insert, delete');
create index answer_by_age on answer (at);

-- The worker says that it lives; /ready asks.
create table worker_beat (
    name text primary key,
    at   timestamptz not null
);
grant select, insert, update on worker_beat to chairside_app;

-- Old answers go for every clinic at once; the job that asks can do nothing else.
create function app.forget_answers(older_than interval) returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with gone as (
        delete from public.answer where answer.at < transaction_timestamp() - greatest(older_than, interval '72 hours') returning 1
    )
    select count(*) from gone;
end;
revoke execute on function app.forget_answers from public;
grant execute on function app.forget_answers to chairside_app;

-- /ready compares the revision with the newest file.
grant select on alembic_version to chairside_app;

-- Clinics, who works there and as what; and the one call that opens every request.

create table clinic (
    id            uuid primary key default uuidv7(),
    slug          text not null constraint clinic_slug_is_free unique
                  constraint clinic_slug_is_an_address check (slug ~ '^[a-z][a-z0-9-]{2,39}$'),
    name          text not null,
    timezone      text not null,
    locale        text not null,
    currency      text not null constraint clinic_currency_is_a_code check (currency ~ '^[A-Z]{3}$'),
    address       jsonb,
    phone         text,
    email         text,
    tax_id        text,
    logo_file_id  uuid,
    settings      jsonb not null default '{}',
    sign_up_key   bytea,
    custom_domain text,
    deleted_at    timestamptz,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    updated_at    timestamptz not null default transaction_timestamp(),
    updated_by    uuid not null default app.actor(),
    version       int not null default 1
);
call app.fence('clinic', key => 'id');

-- Offices. One for each clinic until the screens for several exist; everything that happens somewhere names it.
create table location (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    name       text not null,
    timezone   text,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id)
);
call app.fence('location');

create table role (
    clinic_id  uuid not null default app.clinic() references clinic,
    slug       text not null,
    name       text not null,
    template   text,
    grants     text not null, -- permission names, separated by spaces
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, slug)
);
call app.fence('role');

create table membership (
    clinic_id    uuid not null default app.clinic() references clinic,
    principal_id uuid not null references principal,
    name         text not null,
    email        text not null,
    suspended_at timestamptz,
    last_used_at timestamptz,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    updated_at   timestamptz not null default transaction_timestamp(),
    updated_by   uuid not null default app.actor(),
    version      int not null default 1,
    primary key (clinic_id, principal_id)
);
call app.fence('membership');
create index membership_by_principal on membership (principal_id);

create table membership_role (
    clinic_id    uuid not null default app.clinic() references clinic,
    principal_id uuid not null,
    role_slug    text not null,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    primary key (clinic_id, principal_id, role_slug),
    constraint membership_role_has_a_member foreign key (clinic_id, principal_id) references membership (clinic_id, principal_id),
    constraint membership_role_is_known foreign key (clinic_id, role_slug) references role (clinic_id, slug)
);
call app.fence('membership_role', rights => 'select, insert, delete');

-- chairside_auth runs before a clinic is known; it sees only what that takes.

grant usage, create on schema app to chairside_auth;
grant execute on function app.clinic, app.actor to chairside_auth;
grant select, insert, update on principal to chairside_auth;
grant select, insert, update on session to chairside_auth;
grant select (id, slug, name, timezone, locale, currency, deleted_at, sign_up_key) on clinic to chairside_auth;
grant select on role, membership_role to chairside_auth;
grant select, update (last_used_at) on membership to chairside_auth;
create policy auth on clinic for select to chairside_auth using (true);
create policy auth on role for select to chairside_auth using (true);
create policy auth on membership for select to chairside_auth using (true);
create policy auth on membership_role for select to chairside_auth using (true);

set local role chairside_auth;

-- Checks the session and the clinic (by address or id), fences the transaction, answers who acts and where.
-- No row: not signed in. No clinic: a stranger here.
create function app.enter(token bytea, clinic text, request text, address inet, act boolean, durable boolean)
    returns table (actor_id uuid, clinic_id uuid, session_id uuid, slug text, timezone text, locale text, currency text, grants text)
    language plpgsql volatile security definer rows 1
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    idling boolean;
    ip text := coalesce(host(address), '');
begin
    select s.principal_id, m.clinic_id, s.id, c.slug, c.timezone, c.locale, c.currency,
           (select string_agg(r.grants, ' ')
              from public.membership_role mr
              join public.role r on r.clinic_id = mr.clinic_id and r.slug = mr.role_slug
             where mr.clinic_id = m.clinic_id and mr.principal_id = m.principal_id),
           s.idle_ends_at < clock_timestamp() + make_interval(mins => s.idle_minutes - 1)
      into actor_id, clinic_id, session_id, slug, timezone, locale, currency, grants, idling
      from public.session s
      join public.principal p on p.id = s.principal_id and p.suspended_at is null
      left join public.clinic c
        on c.deleted_at is null
       and (c.slug = enter.clinic
            or (enter.clinic ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
                and c.id = case when length(enter.clinic) = 36 then enter.clinic::uuid end))
      left join public.membership m on m.clinic_id = c.id and m.principal_id = s.principal_id and m.suspended_at is null
     where s.token_hash = token
       and s.revoked_at is null
       and s.ends_at > clock_timestamp()
       and s.idle_ends_at > clock_timestamp();
    if not found then
        return;
    end if;
    perform set_config('app.clinic_id', coalesce(clinic_id::text, ''), true),
            set_config('app.actor_id', actor_id::text, true),
            set_config('app.actor_type', 'human', true),
            set_config('app.session_id', session_id::text, true),
            set_config('app.request_id', request, true),
            set_config('app.ip', ip, true);
    -- Only read records are written by a read: a power loss may cost the last moments of them, never a change.
    if not durable then
        perform set_config('synchronous_commit', 'off', true);
    end if;
    -- At most once a minute, and never waiting: parallel requests of one session must not queue.
    if act and idling then
        update public.session s
           set idle_ends_at = clock_timestamp() + make_interval(mins => s.idle_minutes)
         where s.id = (select id from public.session where id = session_id for update skip locked);
    end if;
    return next;
end $$;

create function app.find_credentials(wanted text, out principal_id uuid, out password_hash text)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select id, password_hash from public.principal where email = lower(wanted) and suspended_at is null and kind = 'human';
end;

create function app.add_principal(email text, name text, password_hash text) returns uuid
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.principal (email, name, password_hash, password_changed_at)
    values (lower(email), name, password_hash, transaction_timestamp())
    returning id;
end;

create function app.open_session(principal uuid, token_hash bytea, idle_minutes int, hours int, address inet, agent text)
    returns table (id uuid, idle_ends_at timestamptz, ends_at timestamptz)
    language sql volatile security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.session (principal_id, token_hash, idle_minutes, ip, agent, idle_ends_at, ends_at)
    values (principal, token_hash, idle_minutes, address, agent,
            transaction_timestamp() + make_interval(mins => idle_minutes),
            transaction_timestamp() + make_interval(hours => hours))
    returning session.id, session.idle_ends_at, session.ends_at;
end;

-- The session behind a token, and its person. With `act` the idle clock starts anew.
create function app.find_session(token bytea, act boolean)
    returns table (id uuid, principal_id uuid, name text, email text, idle_ends_at timestamptz, ends_at timestamptz)
    language plpgsql volatile security definer rows 1 set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    if act then
        update public.session s
           set idle_ends_at = clock_timestamp() + make_interval(mins => s.idle_minutes)
         where s.token_hash = token
           and s.revoked_at is null and s.ends_at > clock_timestamp() and s.idle_ends_at > clock_timestamp();
    end if;
    return query
    select s.id, p.id, p.name, p.email, s.idle_ends_at, s.ends_at
      from public.session s
      join public.principal p on p.id = s.principal_id and p.suspended_at is null
     where s.token_hash = token
       and s.revoked_at is null and s.ends_at > clock_timestamp() and s.idle_ends_at > clock_timestamp();
end $$;

create function app.close_session(token bytea) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session set revoked_at = clock_timestamp(), revoked_reason = 'signed out'
     where token_hash = token and revoked_at is null
    returning true;
end;

-- Where a person works: for the session's own answer, before any clinic is entered.
create function app.clinics_of(principal uuid)
    returns table (id uuid, slug text, name text, roles text[])
    language sql stable security definer rows 2 set search_path = pg_catalog, pg_temp
begin atomic
    select c.id, c.slug, c.name,
           array(select mr.role_slug from public.membership_role mr
                  where mr.clinic_id = m.clinic_id and mr.principal_id = m.principal_id order by 1)
      from public.membership m
      join public.clinic c on c.id = m.clinic_id and c.deleted_at is null
     where m.principal_id = principal and m.suspended_at is null
     order by lower(c.name), c.id;
end;

-- A sign-up that is sent again: the clinic that the same key made for the same person.
create function app.find_sign_up(key bytea, owner text) returns table (clinic_id uuid, principal_id uuid)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select c.id, p.id
      from public.clinic c
      join public.membership m on m.clinic_id = c.id
      join public.principal p on p.id = m.principal_id and p.email = lower(owner)
     where c.sign_up_key = key;
end;

create function app.find_clinic(wanted text) returns uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select id from public.clinic where slug = wanted and deleted_at is null;
end;

create function app.count_clinics() returns bigint
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select count(*) from public.clinic where deleted_at is null;
end;

revoke execute on function app.enter, app.find_credentials, app.add_principal, app.open_session, app.find_session,
    app.close_session, app.clinics_of, app.find_sign_up, app.find_clinic, app.count_clinics from public;
grant execute on function app.enter, app.find_credentials, app.add_principal, app.open_session, app.find_session,
    app.close_session, app.clinics_of, app.find_sign_up, app.find_clinic, app.count_clinics to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;
grant execute on function app.clinic, app.actor, app.act, app.act_as, app.audit to chairside_app;

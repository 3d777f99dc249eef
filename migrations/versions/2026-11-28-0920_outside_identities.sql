-- Who a person is elsewhere: an account at a provider that vouches for them (OpenID Connect). Nobody but chairside_auth reads or
-- writes what lies here.

create table outside_identity (
    id           uuid primary key default uuidv7(),
    principal_id uuid not null references principal,
    issuer       text not null,
    subject      text not null, -- the provider's own name for the account, which it never gives to another
    email        text, -- as the provider said it last: to show, never to find somebody by
    linked_at    timestamptz not null default transaction_timestamp(),
    last_used_at timestamptz,
    constraint outside_identity_is_one unique (issuer, subject)
);
create index outside_identity_by_principal on outside_identity (principal_id);

-- A way to a provider and back, which is good once and in one browser. Of both of its secrets only hashes are kept.
create table outside_trip (
    state_hash   bytea primary key,
    browser_hash bytea not null,
    provider     text not null,
    purpose      text not null constraint outside_trip_purpose_is_known check (purpose in ('sign_in', 'link', 'second_step')),
    principal_id uuid references principal, -- of a sign-in nobody's yet
    session_id   uuid references session,
    back         text, -- a path of ours
    expires_at   timestamptz not null
);
create index outside_trip_by_age on outside_trip (expires_at);
create index outside_trip_by_browser on outside_trip (browser_hash) where purpose = 'second_step';

grant usage, create on schema app to chairside_auth;
grant select, insert, update, delete on outside_identity, outside_trip to chairside_auth;

set local role chairside_auth;

-- What ran out makes room, a little each time; never waiting for somebody else who does the same.
create function app.begin_outside(state bytea, browser bytea, provider text, purpose text, person uuid, session uuid, back text,
                                  expires_at timestamptz) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.outside_trip t
     where t.state_hash in (select o.state_hash from public.outside_trip o
                             where o.expires_at < transaction_timestamp() limit 100 for update skip locked);
    insert into public.outside_trip (state_hash, browser_hash, provider, purpose, principal_id, session_id, back, expires_at)
    values (state, browser, begin_outside.provider, begin_outside.purpose, person, session, begin_outside.back,
            begin_outside.expires_at);
end;

-- Once: whoever comes second, or from another browser, finds nothing.
create function app.take_outside(state bytea, browser bytea, provider text, at timestamptz)
    returns table (purpose text, principal_id uuid, session_id uuid, back text)
    language sql volatile security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.outside_trip t
     where t.state_hash = state and t.browser_hash = browser and t.provider = take_outside.provider
       and t.purpose <> 'second_step' and t.expires_at > at
    returning t.purpose, t.principal_id, t.session_id, t.back;
end;

create function app.find_second_step(browser bytea, at timestamptz)
    returns table (state_hash bytea, provider text, principal_id uuid, email text)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select t.state_hash, t.provider, t.principal_id, p.email
      from public.outside_trip t
      join public.principal p on p.id = t.principal_id and p.suspended_at is null
     where t.browser_hash = browser and t.purpose = 'second_step' and t.expires_at > at
     order by t.expires_at desc
     limit 1;
end;

create function app.take_second_step(state bytea) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.outside_trip t where t.state_hash = state and t.purpose = 'second_step' returning true;
end;

-- The person behind an account elsewhere, and what else they have to show.
create function app.find_outside_identity(issuer text, subject text)
    returns table (id uuid, principal_id uuid, has_totp boolean, has_passkey boolean, codes_left int)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select o.id, o.principal_id,
           exists (select from public.totp t where t.principal_id = p.id and t.confirmed_at is not null),
           exists (select from public.passkey k where k.principal_id = p.id),
           (select count(*)::int from public.recovery_code r where r.principal_id = p.id and r.used_at is null)
      from public.outside_identity o
      join public.principal p on p.id = o.principal_id and p.suspended_at is null and p.kind = 'human'
     where o.issuer = find_outside_identity.issuer and o.subject = find_outside_identity.subject;
end;

create function app.use_outside_identity(wanted uuid, email text) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.outside_identity o
       set last_used_at = clock_timestamp(), email = coalesce(use_outside_identity.email, o.email)
     where o.id = wanted;
end;

create function app.link_outside_identity(person uuid, issuer text, subject text, email text) returns uuid
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.outside_identity (principal_id, issuer, subject, email) values (person, issuer, subject, email)
    on conflict (issuer, subject) do nothing returning id;
end;

create function app.unlink_outside_identity(person uuid, wanted uuid) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.outside_identity o where o.id = wanted and o.principal_id = person returning true;
end;

create function app.list_outside_identities(person uuid)
    returns table (id uuid, issuer text, email text, linked_at timestamptz, last_used_at timestamptz)
    language sql stable security definer rows 2 set search_path = pg_catalog, pg_temp
begin atomic
    select o.id, o.issuer, o.email, o.linked_at, o.last_used_at
      from public.outside_identity o where o.principal_id = person order by o.linked_at, o.id;
end;

do $$
declare
    made regprocedure;
begin
    for made in
        select p.oid::regprocedure from pg_proc p
         where p.pronamespace = 'app'::regnamespace and p.proname ~ '(outside|second_step)'
    loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to chairside_app', made);
    end loop;
end $$;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

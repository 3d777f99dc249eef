-- A provider vouches for somebody who is invited, and once more for somebody who is here.

alter table outside_trip
    add column invitation_hash bytea, -- of the link's token, as the invitation keeps it
    drop constraint outside_trip_purpose_is_known,
    add constraint outside_trip_purpose_is_known
        check (purpose in ('sign_in', 'link', 'second_step', 'invitation', 'proof')),
    add constraint outside_trip_invites_by_its_link check ((purpose = 'invitation') = (invitation_hash is not null));

grant create on schema app to chairside_auth;
set local role chairside_auth;

-- As before; and whose invitation is to be accepted.
drop function app.begin_outside(bytea, bytea, text, text, uuid, uuid, text, timestamptz);
create function app.begin_outside(state bytea, browser bytea, provider text, purpose text, person uuid, session uuid, back text,
                                  expires_at timestamptz, invitation bytea default null) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.outside_trip t
     where t.state_hash in (select o.state_hash from public.outside_trip o
                             where o.expires_at < transaction_timestamp() limit 100 for update skip locked);
    insert into public.outside_trip (state_hash, browser_hash, provider, purpose, principal_id, session_id, back, expires_at,
                                     invitation_hash)
    values (state, browser, begin_outside.provider, begin_outside.purpose, person, session, begin_outside.back,
            begin_outside.expires_at, invitation);
end;

drop function app.take_outside(bytea, bytea, text, timestamptz);
create function app.take_outside(state bytea, browser bytea, provider text, at timestamptz)
    returns table (purpose text, principal_id uuid, session_id uuid, back text, expires_at timestamptz, invitation_hash bytea)
    language sql volatile security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.outside_trip t
     where t.state_hash = state and t.browser_hash = browser and t.provider = take_outside.provider
       and t.purpose <> 'second_step' and t.expires_at > at
    returning t.purpose, t.principal_id, t.session_id, t.back, t.expires_at, t.invitation_hash;
end;

-- As before; and proved as long ago as a provider says: one that remembers somebody has not asked them anew.
drop function app.open_session(uuid, bytea, int, int, inet, text, text, boolean);
create function app.open_session(principal uuid, token_hash bytea, idle_minutes int, hours int, address inet, agent text,
                                 proved_by text default 'password', mfa boolean default false, proved_at timestamptz default null)
    returns table (id uuid, idle_ends_at timestamptz, ends_at timestamptz)
    language sql volatile security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.session (principal_id, token_hash, idle_minutes, ip, agent, auth_level, mfa_at, step_up_at, idle_ends_at,
                                ends_at)
    select principal, token_hash, least(open_session.idle_minutes, strict.idle_minutes), address, agent, proved_by,
           case when mfa then transaction_timestamp() end,
           least(proved_at, transaction_timestamp()),
           transaction_timestamp() + make_interval(mins => least(open_session.idle_minutes, strict.idle_minutes)),
           transaction_timestamp() + make_interval(hours => least(hours, strict.session_hours))
      from app.strictest(principal) as strict
    returning session.id, session.idle_ends_at, session.ends_at;
end;

drop function app.renew_session(uuid, bytea, boolean);
create function app.renew_session(wanted uuid, token_hash bytea, mfa boolean, proved_at timestamptz default null) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s
       set token_hash = renew_session.token_hash, step_up_at = least(proved_at, clock_timestamp()), locked_at = null, pin_tries = 0,
           mfa_at = case when mfa then clock_timestamp() else s.mfa_at end,
           idle_ends_at = clock_timestamp() + make_interval(mins => s.idle_minutes), seen_at = clock_timestamp()
     where s.id = wanted and s.revoked_at is null;
end;

-- By how many things somebody can sign in. Asked after one was taken away; whoever takes another away meanwhile waits.
create function app.ways_in(person uuid) returns int
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform from public.principal p where p.id = person for update;
    return (select (p.password_hash is not null)::int
                   + (select count(*)::int from public.passkey k where k.principal_id = p.id)
                   + (select count(*)::int from public.outside_identity o where o.principal_id = p.id)
              from public.principal p where p.id = person);
end $$;

do $$
declare
    made regprocedure;
begin
    for made in
        select p.oid::regprocedure from pg_proc p
         where p.pronamespace = 'app'::regnamespace
           and p.proname in ('begin_outside', 'take_outside', 'open_session', 'renew_session', 'ways_in')
    loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to chairside_app', made);
    end loop;
end $$;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

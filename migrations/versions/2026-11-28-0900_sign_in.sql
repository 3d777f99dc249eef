-- More than a password: second factors, how often one may guess, proof renewed, a locked screen; programs with keys of their own;
-- and what a clinic asks of those who work in it.

-- What belongs to a person and to no clinic. Nobody but chairside_auth reads or writes it.

create table passkey (
    id            uuid primary key default uuidv7(),
    principal_id  uuid not null references principal,
    credential_id bytea not null constraint passkey_is_one unique,
    public_key    bytea not null,
    sign_count    bigint not null,
    name          text not null,
    backed_up     boolean not null,
    created_at    timestamptz not null default transaction_timestamp(),
    last_used_at  timestamptz
);
create index passkey_by_principal on passkey (principal_id);

create table totp (
    id           uuid primary key,
    principal_id uuid not null references principal,
    secret       bytea not null, -- encrypted
    confirmed_at timestamptz,
    last_step    bigint not null default 0, -- a code is good once: only later ones are
    created_at   timestamptz not null default transaction_timestamp()
);
create unique index totp_is_one on totp (principal_id) where confirmed_at is not null;

create table recovery_code (
    principal_id uuid not null references principal,
    code_hash    bytea not null,
    created_at   timestamptz not null default transaction_timestamp(),
    used_at      timestamptz,
    primary key (principal_id, code_hash)
);

-- What a passkey has to sign, once.
create table challenge (
    id           uuid primary key default uuidv7(),
    purpose      text not null constraint challenge_purpose_is_known check (purpose in ('sign_in', 'enrol', 'step_up')),
    principal_id uuid references principal, -- of a sign-in nobody's
    challenge    bytea not null,
    expires_at   timestamptz not null
);
create index challenge_by_age on challenge (expires_at);

-- Wrong guesses of the last minutes, by account (a digest: it need not exist) and by network.
create table guess (
    kind  text not null constraint guess_kind_is_known check (kind in ('account', 'network', 'everywhere')),
    key   bytea not null,
    times timestamptz[] not null,
    primary key (kind, key)
);

alter table session
    add column pin_hash   text,
    add column pin_tries  int not null default 0,
    add column locked_at  timestamptz,
    add column seen_at    timestamptz not null default transaction_timestamp();

-- What a clinic asks of those who work in it; null: what the deployment asks.
alter table clinic
    add column mfa_from       timestamptz, -- from when on nobody works here without a second factor
    add column mfa_grace_days int not null default 7 constraint clinic_grace_is_bounded check (mfa_grace_days between 0 and 90),
    add column idle_minutes   int constraint clinic_idle_is_bounded check (idle_minutes between 2 and 480),
    add column session_hours  int constraint clinic_session_is_bounded check (session_hours between 1 and 72);

-- Programs. The account is a principal of its own kind, and works in one clinic.

create table service_account (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null,
    name        text not null,
    grants      text not null, -- permission names, separated by spaces
    revoked_at  timestamptz,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id),
    constraint service_account_is_a_principal foreign key (id) references principal (id)
);
call app.fence('service_account');

create table service_key (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    account_id   uuid not null,
    key_hash     bytea not null,
    hint         text not null, -- its last characters, to tell one from another
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint service_key_has_an_account foreign key (clinic_id, account_id) references service_account (clinic_id, id)
);
call app.fence('service_key');
create index service_key_by_account on service_key (clinic_id, account_id);
create index service_key_by_hash on service_key (key_hash);
-- That a key was used is no change of it.
drop trigger audit on service_key;
create trigger audit after insert or delete or update of expires_at, revoked_at on service_key
    for each row execute function app.audit();

-- For the record of a refusal, which is written in a transaction of its own.
create function app.in_session(session uuid) returns void
    language sql volatile
begin atomic
    select set_config('app.session_id', coalesce(session::text, ''), true);
end;

grant usage, create on schema app to chairside_auth;
grant select, insert, update, delete on passkey, totp, recovery_code, challenge, guess to chairside_auth;
grant select (mfa_from, mfa_grace_days, idle_minutes, session_hours) on clinic to chairside_auth;
grant select on service_account, service_key to chairside_auth;
grant update (last_used_at) on service_key to chairside_auth;
create policy auth on service_account for select to chairside_auth using (true);
create policy auth on service_key for select to chairside_auth using (true);
create policy auth_seen on service_key for update to chairside_auth using (true);
grant insert on audit_event to chairside_auth;
create policy auth on audit_event for insert to chairside_auth with check (true);

set local role chairside_auth;

-- Opens every request: checks the session (or a program's key) and the clinic (by address or id), fences the transaction, answers
-- who acts and where, when they last proved who they are, and what bars them: `locked` (the screen), `mfa` (this clinic asks for a
-- second factor). No row: not signed in. No clinic: a stranger here.
drop function app.enter(bytea, text, text, inet, boolean, boolean);
create function app.enter(token bytea, clinic text, request text, address inet, act boolean, durable boolean)
    returns table (actor_id uuid, clinic_id uuid, session_id uuid, slug text, timezone text, locale text, currency text, grants text,
                   proved_at timestamptz, barred text)
    language plpgsql volatile security definer rows 1
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    idling boolean;
    unseen boolean;
    key_id uuid;
    kind text := 'human';
    ip text := coalesce(host(address), '');
begin
    select s.principal_id, m.clinic_id, s.id, c.slug, c.timezone, c.locale, c.currency,
           (select string_agg(r.grants, ' ')
              from public.membership_role mr
              join public.role r on r.clinic_id = mr.clinic_id and r.slug = mr.role_slug
             where mr.clinic_id = m.clinic_id and mr.principal_id = m.principal_id),
           s.step_up_at,
           case when s.locked_at is not null then 'locked'
                when s.mfa_at is null
                 and greatest(c.mfa_from, m.created_at + make_interval(days => c.mfa_grace_days)) < clock_timestamp()
                 and c.mfa_from is not null then 'mfa' end,
           s.idle_ends_at < clock_timestamp() + make_interval(mins => s.idle_minutes - 1),
           m.last_used_at is null or m.last_used_at < clock_timestamp() - interval '1 minute'
      into actor_id, clinic_id, session_id, slug, timezone, locale, currency, grants, proved_at, barred, idling, unseen
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
        select a.id, c.id, k.id, c.slug, c.timezone, c.locale, c.currency, a.grants,
               k.last_used_at is null or k.last_used_at < clock_timestamp() - interval '1 minute'
          into actor_id, clinic_id, key_id, slug, timezone, locale, currency, grants, unseen
          from public.service_key k
          join public.service_account a on a.clinic_id = k.clinic_id and a.id = k.account_id and a.revoked_at is null
          left join public.clinic c
            on c.id = k.clinic_id
           and c.deleted_at is null
           and enter.clinic in (c.slug, c.id::text)
         where k.key_hash = token
           and k.revoked_at is null
           and (k.expires_at is null or k.expires_at > clock_timestamp());
        if not found then
            return;
        end if;
        kind := 'service_account';
        if unseen and clinic_id is not null then
            update public.service_key k set last_used_at = clock_timestamp()
             where (k.clinic_id, k.id) = (
                       select o.clinic_id, o.id from public.service_key o
                        where o.clinic_id = enter.clinic_id and o.id = key_id for no key update skip locked);
        end if;
        act := false;
    end if;
    perform set_config('app.clinic_id', case when barred is null then coalesce(clinic_id::text, '') else '' end, true),
            set_config('app.actor_id', actor_id::text, true),
            set_config('app.actor_type', kind, true),
            set_config('app.session_id', coalesce(session_id::text, ''), true),
            set_config('app.request_id', request, true),
            set_config('app.ip', ip, true);
    -- Only read records are written by a read: a power loss may cost the last moments of them, never a change.
    if not durable then
        perform set_config('synchronous_commit', 'off', true);
    end if;
    -- At most once a minute, and never waiting: parallel requests of one session must not queue.
    if act and idling and barred is distinct from 'locked' then
        update public.session s
           set idle_ends_at = clock_timestamp() + make_interval(mins => s.idle_minutes), seen_at = clock_timestamp()
         where s.id = (select id from public.session where id = session_id for update skip locked);
    end if;
    if act and unseen and clinic_id is not null and barred is null then
        update public.membership m
           set last_used_at = clock_timestamp()
         where (m.clinic_id, m.principal_id) = (
                   select o.clinic_id, o.principal_id from public.membership o
                    where o.clinic_id = enter.clinic_id and o.principal_id = enter.actor_id
                      for no key update skip locked);
    end if;
    return next;
end $$;

-- A locked screen, or one without the second factor that its clinic asks for, hears nothing.
create or replace function app.still_there(sessions uuid[], clinics uuid[])
    returns table (place int, grants text)
    language sql stable security definer rows 100
    set search_path = pg_catalog, pg_temp
begin atomic
    select asked.place::int,
           (select string_agg(r.grants, ' ')
              from public.membership_role mr
              join public.role r on r.clinic_id = mr.clinic_id and r.slug = mr.role_slug
             where mr.clinic_id = m.clinic_id and mr.principal_id = m.principal_id)
      from unnest(sessions, clinics) with ordinality as asked (session_id, clinic_id, place)
      join public.session s on s.id = asked.session_id
      join public.principal p on p.id = s.principal_id and p.suspended_at is null
      join public.clinic c on c.id = asked.clinic_id and c.deleted_at is null
      join public.membership m on m.clinic_id = c.id and m.principal_id = s.principal_id and m.suspended_at is null
     where s.revoked_at is null
       and s.locked_at is null
       and s.ends_at > clock_timestamp()
       and s.idle_ends_at > clock_timestamp()
       and (c.mfa_from is null
            or s.mfa_at is not null
            or greatest(c.mfa_from, m.created_at + make_interval(days => c.mfa_grace_days)) >= clock_timestamp());
end;

-- Guessing. Counted before anything is compared, in a transaction of its own, so that no number of parallel tries gets past.
-- Answers the seconds to wait, or null where one may guess.
create function app.count_guess(account bytea, network bytea, at timestamptz, most_account int, most_network int, most_everywhere int,
                                minutes int) returns int
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    since timestamptz := at - make_interval(mins => minutes);
    waits int;
    longest int := 0;
    counted record;
begin
    for counted in
        select * from (values ('account', account, most_account), ('network', network, most_network),
                              ('everywhere', '\x00'::bytea, most_everywhere)) as v (kind, key, most)
    loop
        insert into public.guess as g (kind, key, times) values (counted.kind, counted.key, array[at])
        on conflict (kind, key) do update
           set times = array(select one from unnest(g.times) as one where one > since order by one)
                       || case when (select count(*) from unnest(g.times) as one where one > since) < counted.most
                               then array[at] else '{}'::timestamptz[] end
        returning case when cardinality(g.times) >= counted.most and not (at = any(g.times))
                       then greatest(1, ceil(extract(epoch from g.times[1] - since))::int) end
        into waits;
        longest := greatest(longest, coalesce(waits, 0));
    end loop;
    return nullif(longest, 0);
end $$;

-- That guess was right.
create function app.forget_guess(account bytea, network bytea, at timestamptz) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.guess set times = array_remove(times, at)
     where (kind, key) in (('account', account), ('network', network), ('everywhere', '\x00'::bytea));
end;

create function app.forget_guesses() returns bigint
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    with old as (
        delete from public.guess
         where not exists (select from unnest(times) as one where one > transaction_timestamp() - interval '1 hour') returning 1
    ), past as (
        delete from public.challenge where expires_at < transaction_timestamp() returning 1
    )
    select (select count(*) from old) + (select count(*) from past);
end;

-- What a person has beside a password.
drop function app.find_credentials(text);
create function app.find_credentials(wanted text, out principal_id uuid, out password_hash text, out has_totp boolean, out has_passkey boolean)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select p.id, p.password_hash,
           exists (select from public.totp t where t.principal_id = p.id and t.confirmed_at is not null),
           exists (select from public.passkey k where k.principal_id = p.id)
      from public.principal p
     where p.email = lower(wanted) and p.suspended_at is null and p.kind = 'human';
end;

create function app.find_factors(person uuid)
    returns table (has_totp boolean, has_password boolean, codes_left int, enrolled_at timestamptz)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select exists (select from public.totp t where t.principal_id = p.id and t.confirmed_at is not null),
           p.password_hash is not null,
           (select count(*) from public.recovery_code r where r.principal_id = p.id and r.used_at is null)::int,
           p.mfa_enrolled_at
      from public.principal p
     where p.id = person;
end;

create function app.list_passkeys(person uuid)
    returns table (id uuid, credential_id bytea, name text, backed_up boolean, created_at timestamptz, last_used_at timestamptz)
    language sql stable security definer rows 3 set search_path = pg_catalog, pg_temp
begin atomic
    select k.id, k.credential_id, k.name, k.backed_up, k.created_at, k.last_used_at
      from public.passkey k where k.principal_id = person order by k.created_at, k.id;
end;

create function app.find_passkey(credential bytea)
    returns table (id uuid, principal_id uuid, public_key bytea, sign_count bigint)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select k.id, k.principal_id, k.public_key, k.sign_count
      from public.passkey k
      join public.principal p on p.id = k.principal_id and p.suspended_at is null
     where k.credential_id = credential;
end;

-- Nobody is enrolled who has nothing left to prove it with; their codes go with it.
create function app.settle_factors(person uuid) returns boolean
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    enrolled boolean := exists (select from public.totp t where t.principal_id = person and t.confirmed_at is not null)
                     or exists (select from public.passkey k where k.principal_id = person);
begin
    update public.principal p
       set mfa_enrolled_at = case when enrolled then coalesce(p.mfa_enrolled_at, clock_timestamp()) end,
           updated_at = clock_timestamp(), version = p.version + 1
     where p.id = person and (p.mfa_enrolled_at is not null) <> enrolled;
    if not enrolled then
        delete from public.recovery_code r where r.principal_id = person;
    end if;
    return enrolled;
end $$;

create function app.add_passkey(person uuid, credential bytea, public_key bytea, sign_count bigint, name text, backed_up boolean) returns uuid
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.passkey (principal_id, credential_id, public_key, sign_count, name, backed_up)
    values (person, credential, public_key, sign_count, name, backed_up)
    returning id;
end;

create function app.rename_passkey(person uuid, passkey uuid, name text) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.passkey k set name = rename_passkey.name where k.id = passkey and k.principal_id = person returning true;
end;

create function app.remove_passkey(person uuid, passkey uuid) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.passkey k where k.id = passkey and k.principal_id = person returning true;
end;

-- Whether its counter went on: one that stands still or goes back is a copy. Authenticators that do not count say 0.
create function app.use_passkey(passkey uuid, counted bigint, backed_up boolean) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.passkey k
       set sign_count = counted, backed_up = use_passkey.backed_up, last_used_at = clock_timestamp()
     where k.id = passkey and (counted > k.sign_count or (counted = 0 and k.sign_count = 0))
    returning true;
end;

create function app.ask_challenge(purpose text, person uuid, challenge bytea, expires_at timestamptz) returns uuid
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.challenge (purpose, principal_id, challenge, expires_at)
    values (purpose, person, challenge, expires_at) returning id;
end;

-- Once: whoever comes second finds nothing.
create function app.take_challenge(wanted uuid, purpose text, person uuid, at timestamptz) returns bytea
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.challenge c
     where c.id = wanted and c.purpose = take_challenge.purpose and c.principal_id is not distinct from person and c.expires_at > at
    returning c.challenge;
end;

create function app.begin_totp(id uuid, person uuid, secret bytea) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.totp t where t.principal_id = person and t.confirmed_at is null;
    insert into public.totp (id, principal_id, secret) values (id, person, secret);
end;

create function app.find_totp(person uuid, confirmed boolean) returns table (id uuid, secret bytea)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select t.id, t.secret from public.totp t where t.principal_id = person and (t.confirmed_at is not null) = confirmed;
end;

-- A code is good once: of many at the same moment one finds the step not yet taken.
create function app.use_totp(wanted uuid, step bigint) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.totp t set last_step = step where t.id = wanted and t.last_step < step returning true;
end;

create function app.confirm_totp(wanted uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.totp t
     using public.totp n where n.id = wanted and t.principal_id = n.principal_id and t.id <> n.id;
    update public.totp t set confirmed_at = clock_timestamp() where t.id = wanted;
end;

create function app.remove_totp(person uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.totp t where t.principal_id = person;
end;

create function app.replace_recovery_codes(person uuid, hashes bytea[]) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.recovery_code r where r.principal_id = person;
    insert into public.recovery_code (principal_id, code_hash) select person, one from unnest(hashes) as one;
end;

create function app.use_recovery_code(person uuid, hash bytea) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.recovery_code r set used_at = clock_timestamp()
     where r.principal_id = person and r.code_hash = hash and r.used_at is null
    returning true;
end;

-- Sessions. The strictest of a person's clinics says how long one lasts.

create function app.strictest(person uuid, out idle_minutes int, out session_hours int)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select min(c.idle_minutes), min(c.session_hours)
      from public.membership m
      join public.clinic c on c.id = m.clinic_id and c.deleted_at is null
     where m.principal_id = person and m.suspended_at is null;
end;

drop function app.open_session(uuid, bytea, int, int, inet, text);
create function app.open_session(principal uuid, token_hash bytea, idle_minutes int, hours int, address inet, agent text,
                                 proved_by text default 'password', mfa boolean default false)
    returns table (id uuid, idle_ends_at timestamptz, ends_at timestamptz)
    language sql volatile security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.session (principal_id, token_hash, idle_minutes, ip, agent, auth_level, mfa_at, idle_ends_at, ends_at)
    select principal, token_hash, least(open_session.idle_minutes, strict.idle_minutes), address, agent, proved_by,
           case when mfa then transaction_timestamp() end,
           transaction_timestamp() + make_interval(mins => least(open_session.idle_minutes, strict.idle_minutes)),
           transaction_timestamp() + make_interval(hours => least(hours, strict.session_hours))
      from app.strictest(principal) as strict
    returning session.id, session.idle_ends_at, session.ends_at;
end;

-- What is open already does not outlast what a clinic asks from now on.
create function app.tighten_sessions(clinic uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s
       set idle_minutes = least(s.idle_minutes, c.idle_minutes),
           idle_ends_at = least(s.idle_ends_at, clock_timestamp() + make_interval(mins => coalesce(c.idle_minutes, 10000))),
           ends_at = least(s.ends_at, s.created_at + make_interval(hours => coalesce(c.session_hours, 10000)))
      from public.clinic c
      join public.membership m on m.clinic_id = c.id and m.suspended_at is null
     where c.id = clinic and s.principal_id = m.principal_id and s.revoked_at is null and s.ends_at > clock_timestamp();
end;

-- The session behind a token, and its person. With `act` the idle clock starts anew.
drop function app.find_session(bytea, boolean);
create function app.find_session(token bytea, act boolean)
    returns table (id uuid, principal_id uuid, name text, email text, idle_ends_at timestamptz, ends_at timestamptz,
                   step_up_at timestamptz, mfa_at timestamptz, locked_at timestamptz, has_pin boolean, enrolled_at timestamptz)
    language plpgsql volatile security definer rows 1 set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    if act then
        update public.session s
           set idle_ends_at = clock_timestamp() + make_interval(mins => s.idle_minutes), seen_at = clock_timestamp()
         where s.token_hash = token
           and s.revoked_at is null and s.ends_at > clock_timestamp() and s.idle_ends_at > clock_timestamp()
           and s.locked_at is null;
    end if;
    return query
    select s.id, p.id, p.name, p.email, s.idle_ends_at, s.ends_at, s.step_up_at, s.mfa_at, s.locked_at, s.pin_hash is not null,
           p.mfa_enrolled_at
      from public.session s
      join public.principal p on p.id = s.principal_id and p.suspended_at is null
     where s.token_hash = token
       and s.revoked_at is null and s.ends_at > clock_timestamp() and s.idle_ends_at > clock_timestamp();
end $$;

create function app.list_sessions(person uuid)
    returns table (id uuid, principal_id uuid, ip inet, agent text, proved_by text, mfa_at timestamptz, locked_at timestamptz,
                   created_at timestamptz, seen_at timestamptz, ends_at timestamptz)
    language sql stable security definer rows 5 set search_path = pg_catalog, pg_temp
begin atomic
    select s.id, s.principal_id, s.ip, s.agent, s.auth_level, s.mfa_at, s.locked_at, s.created_at, s.seen_at, s.ends_at
      from public.session s
     where s.principal_id = person
       and s.revoked_at is null and s.ends_at > clock_timestamp() and s.idle_ends_at > clock_timestamp()
     order by s.seen_at desc, s.id;
end;

-- Of everybody who works in the clinic that the transaction is fenced to.
create function app.list_clinic_sessions()
    returns table (id uuid, principal_id uuid, ip inet, agent text, proved_by text, mfa_at timestamptz, locked_at timestamptz,
                   created_at timestamptz, seen_at timestamptz, ends_at timestamptz)
    language sql stable security definer rows 50 set search_path = pg_catalog, pg_temp
begin atomic
    select s.id, s.principal_id, s.ip, s.agent, s.auth_level, s.mfa_at, s.locked_at, s.created_at, s.seen_at, s.ends_at
      from public.membership m
      join public.session s on s.principal_id = m.principal_id
     where m.clinic_id = app.clinic()
       and s.revoked_at is null and s.ends_at > clock_timestamp() and s.idle_ends_at > clock_timestamp()
     order by s.seen_at desc, s.id
     limit 1000;
end;

-- Who of those at work in the clinic has a second factor.
create function app.enrolled_members() returns table (principal_id uuid)
    language sql stable security definer rows 20 set search_path = pg_catalog, pg_temp
begin atomic
    select p.id
      from public.membership m
      join public.principal p on p.id = m.principal_id and p.mfa_enrolled_at is not null
     where m.clinic_id = app.clinic() and m.suspended_at is null;
end;

create function app.revoke_session(person uuid, wanted uuid, reason text) returns boolean
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s set revoked_at = clock_timestamp(), revoked_reason = reason
     where s.id = wanted and s.principal_id = person and s.revoked_at is null
    returning true;
end;

-- Proved once more: the time is noted, and the token is another from now on.
create function app.renew_session(wanted uuid, token_hash bytea, mfa boolean) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s
       set token_hash = renew_session.token_hash, step_up_at = clock_timestamp(), locked_at = null, pin_tries = 0,
           mfa_at = case when mfa then clock_timestamp() else s.mfa_at end,
           idle_ends_at = clock_timestamp() + make_interval(mins => s.idle_minutes), seen_at = clock_timestamp()
     where s.id = wanted and s.revoked_at is null;
end;

-- A second factor was shown in this session: it was just added in it.
create function app.note_factor(wanted uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s set mfa_at = clock_timestamp() where s.id = wanted and s.revoked_at is null;
end;

create function app.set_pin(wanted uuid, pin_hash text) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s set pin_hash = set_pin.pin_hash, pin_tries = 0 where s.id = wanted;
end;

create function app.lock_session(wanted uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s set locked_at = coalesce(s.locked_at, clock_timestamp()) where s.id = wanted;
end;

-- Counted before the PIN is compared; after the last try the session is over.
create function app.try_pin(wanted uuid, most int, out pin_hash text, out tries int)
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s
       set pin_tries = s.pin_tries + 1,
           revoked_at = case when s.pin_tries + 1 > most then clock_timestamp() end,
           revoked_reason = case when s.pin_tries + 1 > most then 'wrong PIN' end
     where s.id = wanted and s.revoked_at is null
    returning s.pin_hash, s.pin_tries;
end;

create function app.unlock_session(wanted uuid) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.session s
       set locked_at = null, pin_tries = 0, seen_at = clock_timestamp(),
           idle_ends_at = clock_timestamp() + make_interval(mins => s.idle_minutes)
     where s.id = wanted;
end;

-- What a person did to get in, and whether it worked, is known to every clinic they work in.
create function app.note_sign_in(person uuid, session uuid, action text, outcome text, request text, address inet) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.audit_event (clinic_id, actor_id, actor_type, session_id, request_id, ip, action, entity, entity_id, outcome)
    select m.clinic_id, person, 'human', session, nullif(request, ''), address, action, 'session', session, outcome
      from public.membership m
     where m.principal_id = person and m.suspended_at is null;
end;

-- As before; and from when on a clinic asks this person for a second factor, if it does.
drop function app.clinics_of(uuid);
create function app.clinics_of(principal uuid)
    returns table (id uuid, slug text, name text, roles text[], second_factor_from timestamptz)
    language sql stable security definer rows 2 set search_path = pg_catalog, pg_temp
begin atomic
    select c.id, c.slug, c.name,
           array(select mr.role_slug from public.membership_role mr
                  where mr.clinic_id = m.clinic_id and mr.principal_id = m.principal_id order by 1),
           case when c.mfa_from is not null then greatest(c.mfa_from, m.created_at + make_interval(days => c.mfa_grace_days)) end
      from public.membership m
      join public.clinic c on c.id = m.clinic_id and c.deleted_at is null
     where m.principal_id = principal and m.suspended_at is null
     order by lower(c.name), c.id;
end;

create function app.add_program(name text) returns uuid
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.principal (kind, name) values ('service_account', name) returning id;
end;

do $$
declare
    made regprocedure;
begin
    for made in
        select p.oid::regprocedure from pg_proc p
         where p.pronamespace = 'app'::regnamespace and p.proowner = 'chairside_auth'::regrole
    loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to chairside_app', made);
    end loop;
end $$;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

-- Whose record is whose business. Where a clinic keeps records to care teams, whoever may not open every patient's (`patients.every`)
-- opens those of the patients on whose team they are: named there, or with a visit of theirs.

alter table clinic add column care_teams boolean not null default false;
grant select (care_teams) on clinic to chairside_auth;

create table care_team (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    patient_id uuid not null,
    member_id  uuid not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint care_team_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint care_team_member_is_known foreign key (clinic_id, member_id) references membership (clinic_id, principal_id),
    constraint care_team_names_each_once unique (clinic_id, patient_id, member_id)
);
call app.fence('care_team', rights => 'select, insert, delete');
create index care_team_by_member on care_team (clinic_id, member_id);
create trigger patient_is_there after insert on care_team for each row execute function app.patient_is_there();

-- Jobs, the command line and reactions open everything; so does whoever app.enter, or a look at another role, did not restrict.
create function app.opens_every() returns boolean
    language sql stable parallel safe
    return current_setting('app.restricted', true) is distinct from 'yes'
        or current_setting('app.actor_type', true) = 'system';

-- While somebody looks at the product as a role that does not open every record.
create function app.restrict_to_teams() returns void
    language sql volatile
begin atomic
    select set_config('app.restricted', 'yes', true);
end;

create function app.may_open(patient uuid) returns boolean
    language sql stable
begin atomic
    select app.opens_every()
        or exists (select from public.care_team t where t.patient_id = patient and t.member_id = app.actor())
        or exists (select from public.appointment a
                     join public.provider p on p.id = a.provider_id
                    where a.patient_id = patient
                      and a.status <> 'cancelled'
                      and p.member_id = app.actor());
end;

-- Those of a team: named, or with a visit; `named_at` is empty for those who are on it by their visits alone.
create function app.team_of(patient uuid) returns table (member_id uuid, name text, named_at timestamptz, has_visits boolean)
    language sql stable rows 5
begin atomic
    select m.principal_id, m.name, t.created_at, v.member_id is not null
      from public.membership m
      left join public.care_team t on t.member_id = m.principal_id and t.patient_id = patient
      left join (select distinct p.member_id
                   from public.appointment a
                   join public.provider p on p.id = a.provider_id
                  where a.patient_id = patient and a.status <> 'cancelled') v on v.member_id = m.principal_id
     where t.id is not null or v.member_id is not null
     order by lower(m.name), m.principal_id;
end;

revoke execute on function app.opens_every, app.restrict_to_teams, app.may_open, app.team_of from public;
grant execute on function app.opens_every, app.restrict_to_teams, app.may_open, app.team_of to chairside_app;

-- The fence around a record, inside a clinic. Migrations call it once for each table that holds some of it.
create procedure app.keep_to_team(fenced regclass, verbs text[] default '{all}', patient text default 'patient_id')
    language plpgsql
as $$
declare
    verb text;
    test text := format('(select app.opens_every()) or %I is null or app.may_open(%1$I)', patient);
begin
    foreach verb in array verbs loop
        execute format('create policy %I on %s as restrictive for %s to chairside_app %s %s',
            case verb when 'all' then 'care_team' else 'care_team_' || verb end, fenced, verb,
            case when verb <> 'insert' then format('using (%s)', test) end,
            case when verb <> 'select' then format('with check (%s)', test) end);
    end loop;
end $$;

call app.keep_to_team('appointment_item');
call app.keep_to_team('completed_item');
call app.keep_to_team('invoice');
call app.keep_to_team('invoice_line');
call app.keep_to_team('charge');
call app.keep_to_team('credit');
call app.keep_to_team('refund');
call app.keep_to_team('message');
-- That somebody has a visit then is on the schedule for all to see; to book or move it one must know whom.
call app.keep_to_team('appointment', '{insert,update}');
-- A name and a birthday are seen in lists by whoever may find patients; the rest the doors leave out.
call app.keep_to_team('patient', '{update}', 'id');

grant usage, create on schema app to chairside_auth;
set local role chairside_auth;

-- Opens every request: checks the session (or a program's key) and the clinic (by address or id), fences the transaction, answers
-- who acts and where, when they last proved who they are, and what bars them: `locked` (the screen), `mfa` (this clinic asks for a
-- second factor), and whether they open only the records of those on whose care team they are. No row: not signed in. No clinic: a
-- stranger here.
drop function app.enter(bytea, text, text, inet, boolean, boolean);
create function app.enter(token bytea, clinic text, request text, address inet, act boolean, durable boolean)
    returns table (actor_id uuid, clinic_id uuid, session_id uuid, slug text, timezone text, locale text, currency text, grants text,
                   proved_at timestamptz, barred text, restricted boolean)
    language plpgsql volatile security definer rows 1
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    idling boolean;
    unseen boolean;
    key_id uuid;
    kind text := 'human';
    kept_to_teams boolean;
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
           m.last_used_at is null or m.last_used_at < clock_timestamp() - interval '1 minute',
           c.care_teams
      into actor_id, clinic_id, session_id, slug, timezone, locale, currency, grants, proved_at, barred, idling, unseen,
           kept_to_teams
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
               k.last_used_at is null or k.last_used_at < clock_timestamp() - interval '1 minute',
               c.care_teams
          into actor_id, clinic_id, key_id, slug, timezone, locale, currency, grants, unseen, kept_to_teams
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
    restricted := coalesce(kept_to_teams, false)
              and 'patients.every' <> all (string_to_array(coalesce(grants, ''), ' '));
    perform set_config('app.restricted', case when restricted then 'yes' else '' end, true),
            set_config('app.clinic_id', case when barred is null then coalesce(clinic_id::text, '') else '' end, true),
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

revoke execute on function app.enter from public;
grant execute on function app.enter to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

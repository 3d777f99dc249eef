-- Addresses at which a calendar program fetches when a provider is taken: whoever has one reads it, so that it names no patient.

-- Whether it says for what: a service's name may tell a lot where few have it.
alter table clinic add column feeds_name_services boolean not null default false;

create table calendar_feed (
    clinic_id       uuid not null default app.clinic() references clinic,
    id              uuid not null default uuidv7(),
    provider_id     uuid not null,
    member_id       uuid not null default app.actor(), -- whose it is: it stops when they may not see that schedule any more
    token_hash      bytea not null,
    last_fetched_at timestamptz,
    revoked_at      timestamptz,
    created_at      timestamptz not null default transaction_timestamp(),
    created_by      uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint calendar_feed_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint calendar_feed_is_a_members foreign key (clinic_id, member_id) references membership (clinic_id, principal_id)
);
call app.fence('calendar_feed');
create unique index calendar_feed_is_one on calendar_feed (clinic_id, provider_id, member_id) where revoked_at is null;
create index calendar_feed_by_token on calendar_feed (token_hash) where revoked_at is null;
-- That a program looked is no change of it.
drop trigger audit on calendar_feed;
create trigger audit after insert or delete or update of revoked_at on calendar_feed
    for each row execute function app.audit();

grant usage, create on schema app to chairside_auth;
grant select (clinic_id, id, provider_id, member_id, token_hash, revoked_at) on calendar_feed to chairside_auth;
grant select (clinic_id, id, member_id) on provider to chairside_auth;
create policy auth on calendar_feed for select to chairside_auth using (true);
create policy auth on provider for select to chairside_auth using (true);

set local role chairside_auth;

-- Where an address leads: while its member works there, sees the schedule, and the column is their own or they run the practice.
create function app.find_calendar_feed(hash bytea) returns table (clinic_id uuid, id uuid, provider_id uuid, member_id uuid)
    language sql stable security definer rows 1
    set search_path = pg_catalog, pg_temp
begin atomic
    select f.clinic_id, f.id, f.provider_id, f.member_id
      from public.calendar_feed f
      join public.provider p on (p.clinic_id, p.id) = (f.clinic_id, f.provider_id)
      join public.membership m on (m.clinic_id, m.principal_id) = (f.clinic_id, f.member_id)
     cross join lateral (
               select string_to_array(coalesce(string_agg(r.grants, ' '), ''), ' ') as names
                 from public.membership_role mr
                 join public.role r on (r.clinic_id, r.slug) = (mr.clinic_id, mr.role_slug)
                where (mr.clinic_id, mr.principal_id) = (m.clinic_id, m.principal_id)) as granted
     where f.token_hash = hash
       and f.revoked_at is null
       and m.suspended_at is null
       and 'scheduling.read' = any(granted.names)
       and (p.member_id = f.member_id or 'clinic.write' = any(granted.names));
end;
revoke execute on function app.find_calendar_feed from public;
grant execute on function app.find_calendar_feed to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

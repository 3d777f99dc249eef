-- Calendars that providers keep elsewhere: when somebody is busy there they are busy here. Times alone are kept, and no word of what
-- they are for.

create table outside_calendar (
    clinic_id     uuid not null default app.clinic() references clinic,
    id            uuid not null default uuidv7(),
    provider_id   uuid not null,
    kind          text not null,
    name          text not null,
    hint          text not null, -- as much of the address as is shown: its host and its last four characters
    secret_sealed bytea not null, -- the address of an ICS calendar, or the token of an account
    state         text not null default 'new',
    failure       text,
    failing_since timestamptz,
    failures      int not null default 0,
    left_out      int not null default 0, -- entries that nobody could read
    refreshed_at  timestamptz, -- when it last was known to be so
    read_at       timestamptz, -- when all of it was last read
    tried_at      timestamptz,
    due_at        timestamptz default transaction_timestamp(), -- when it is asked next; while it is asked, when another may
    etag          text,
    last_modified text,
    removed_at    timestamptz,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    updated_at    timestamptz not null default transaction_timestamp(),
    updated_by    uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint outside_calendar_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint outside_calendar_kind_is_known check (kind in ('ics', 'google', 'microsoft')),
    constraint outside_calendar_state_is_known check (state in ('new', 'ok', 'failing', 'revoked')),
    constraint outside_calendar_says_why_it_fails check ((state in ('failing', 'revoked')) = (failure is not null)),
    constraint outside_calendar_says_since_when check ((failure is null) = (failing_since is null))
);
call app.fence('outside_calendar');
create index outside_calendar_by_provider on outside_calendar (clinic_id, provider_id);
create index outside_calendar_due on outside_calendar (due_at) where due_at is not null and removed_at is null;
create index outside_calendar_removed on outside_calendar (removed_at) where removed_at is not null;
-- That it was asked again is no change of it; that it is forgotten follows from its removal.
drop trigger audit on outside_calendar;
create trigger audit after insert or update of name, secret_sealed, removed_at on outside_calendar
    for each row execute function app.audit();

-- Somebody is on their way to grant a look at a calendar behind an account: whoever comes back with the state, in a session of theirs
-- and in time, goes on with what they began. What the state and the verifier are made of is here, the secret they are made with is not.
create table outside_consent (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    provider_id uuid not null,
    kind        text not null,
    name        text not null,
    back        text not null,
    salt        bytea not null,
    expires_at  timestamptz not null,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint outside_consent_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint outside_consent_kind_is_known check (kind in ('google', 'microsoft'))
);
call app.fence('outside_consent', audited => false, rights => 'select, insert, delete');
create index outside_consent_expired on outside_consent (expires_at);

-- Busy elsewhere is a claim like any other, so that whatever looks at claims minds it. It never holds a time against a claim that
-- stands there already: two calendars may say the same.
alter table claim add column outside_calendar_id uuid;
alter table claim add constraint claim_outside_calendar_is_known
    foreign key (clinic_id, outside_calendar_id) references outside_calendar (clinic_id, id) on delete cascade;
create index claim_by_outside_calendar on claim (clinic_id, outside_calendar_id, starts_at) where outside_calendar_id is not null;
alter table claim drop constraint claim_of_a_hold_expires;
alter table claim add constraint claim_of_a_hold_expires check (
    appointment_id is not null or blockout_id is not null or outside_calendar_id is not null or expires_at is not null) not valid;
alter table claim validate constraint claim_of_a_hold_expires;
alter table claim add constraint claim_elsewhere_waits check (outside_calendar_id is null or not active) not valid;
alter table claim validate constraint claim_elsewhere_waits;

-- It waits for nothing: it is never let in, and whoever waits is let in beside it.
drop index claim_waiting;
create index claim_waiting on claim (clinic_id, resource_id, starts_at) where not active and outside_calendar_id is null;

create or replace function app.let_in(resources uuid[], at timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    since timestamptz := at - interval '24 hours';
    waiting record;
begin
    for waiting in
        select claim.id, claim.resource_id, claim.starts_at, claim.ends_at, claim.starts_at - interval '24 hours' as since
          from public.claim
         where claim.resource_id = any(resources)
           and not claim.active
           and claim.outside_calendar_id is null
           and claim.starts_at > since
         order by claim.created_at, claim.id
    loop
        update public.claim
           set active = true
         where claim.id = waiting.id
           and not exists (select
                             from public.claim taken
                            where taken.resource_id = waiting.resource_id
                              and taken.active
                              and taken.starts_at > waiting.since
                              and taken.starts_at < waiting.ends_at
                              and taken.ends_at > waiting.starts_at);
    end loop;
end $$;

create or replace function app.queue_for(resources uuid[], at timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint;
    since timestamptz := at - interval '24 hours';
begin
    for place in
        select distinct hashtextextended(app.clinic()::text || resource::text, 0) as place
          from unnest(resources) as resource
         where resource is not null
         order by place
    loop
        perform pg_advisory_xact_lock(place);
    end loop;
    if exists (select from public.claim
                where claim.resource_id = any(resources)
                  and claim.active
                  and claim.expires_at is not null
                  and claim.expires_at <= at) then
        with gone as materialized (
            select hold.id
              from public.hold
             where hold.id in (select claim.hold_id
                                 from public.claim
                                where claim.resource_id = any(resources)
                                  and claim.active
                                  and claim.expires_at is not null
                                  and claim.expires_at <= at)
             order by hold.id
               for update
        )
        delete from public.hold using gone where hold.id = gone.id;
        delete from public.claim
         where claim.resource_id = any(resources)
           and claim.active
           and claim.expires_at is not null
           and claim.expires_at <= at;
    end if;
    if exists (select from public.claim
                where claim.resource_id = any(resources)
                  and not claim.active
                  and claim.outside_calendar_id is null
                  and claim.starts_at > since) then
        perform app.let_in(resources, at);
    end if;
end $$;

-- Which clinics have one that is to be asked; the worker sees the rest behind their fence.
create function app.clinics_with_outside_calendars(at timestamptz) returns setof uuid
    language sql stable security definer rows 10
    set search_path = pg_catalog, pg_temp
begin atomic
    select distinct c.clinic_id from public.outside_calendar c where c.due_at <= at and c.removed_at is null;
end;
revoke execute on function app.clinics_with_outside_calendars from public;
grant execute on function app.clinics_with_outside_calendars to chairside_app;

-- A calendar that was removed may be had back for a day; then its address is gone as well. What is past by two days keeps nobody away.
create function app.forget_outside_calendars() returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.claim c
     where c.outside_calendar_id is not null and c.ends_at < transaction_timestamp() - interval '2 days';
    delete from public.outside_consent c where c.expires_at < transaction_timestamp();
    delete from public.outside_calendar c where c.removed_at < transaction_timestamp() - interval '1 day';
end;
revoke execute on function app.forget_outside_calendars from public;
grant execute on function app.forget_outside_calendars to chairside_app;

-- Who is asked to join, who asked to open a clinic, what is sent to whom; and what a person changes of themselves.

create table invitation (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    email       text not null constraint invitation_email_is_folded check (email = lower(email)),
    name        text,
    roles       text[] not null constraint invitation_names_a_role check (cardinality(roles) > 0),
    salt        bytea not null, -- with the deployment's secret it makes the link; alone it makes nothing
    token_hash  bytea not null,
    expires_at  timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid references principal,
    revoked_at  timestamptz,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id)
);
call app.fence('invitation');
create index invitation_by_token on invitation (token_hash);
create unique index invitation_is_open_once on invitation (clinic_id, email) where accepted_at is null and revoked_at is null;

-- A clinic that will exist once the mailed link is used. Its future id fences it; there is no clinic yet to link to.
create table sign_up (
    clinic_id     uuid not null default app.clinic(),
    id            uuid not null default uuidv7(),
    email         text not null constraint sign_up_email_is_folded check (email = lower(email)),
    owner         text not null,
    password_hash text not null,
    name          text not null,
    slug          text not null,
    timezone      text not null,
    locale        text not null,
    currency      text not null,
    salt          bytea not null,
    token_hash    bytea not null,
    expires_at    timestamptz not null,
    used_at       timestamptz,
    created_at    timestamptz not null default transaction_timestamp(),
    primary key (clinic_id, id)
);
call app.fence('sign_up', audited => false);
create index sign_up_by_token on sign_up (token_hash);
create index sign_up_by_age on sign_up (expires_at);

-- What was to be sent, and what became of it. The letter itself is made when it goes: a link in it is never kept.
-- No link to the clinic: the letter of a sign-up goes before there is one.
create table message (
    clinic_id     uuid not null default app.clinic(),
    id            uuid not null default uuidv7(),
    kind          text not null constraint message_kind_is_known check (kind in ('invitation', 'sign_up', 'invoice', 'receipt')),
    invitation_id uuid,
    sign_up_id    uuid,
    invoice_id    uuid,
    payment_id    uuid,
    patient_id    uuid,
    recipient     text not null,
    locale        text not null,
    subject       text, -- what a person wrote; null: the words of the kind
    body          text,
    status        text not null default 'queued' constraint message_status_is_known
                  check (status in ('queued', 'sending', 'sent', 'failed', 'unsure')),
    reason        text, -- why it failed or waits, as a code
    reply         text, -- what the mail server said
    attempts      int not null default 0,
    sent_at       timestamptz,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    updated_at    timestamptz not null default transaction_timestamp(),
    updated_by    uuid not null default app.actor(),
    version       int not null default 1,
    primary key (clinic_id, id),
    constraint message_is_about_one_thing check (num_nonnulls(invitation_id, sign_up_id, invoice_id, payment_id) = 1),
    constraint message_invitation_is_known foreign key (clinic_id, invitation_id) references invitation (clinic_id, id),
    constraint message_sign_up_is_known foreign key (clinic_id, sign_up_id) references sign_up (clinic_id, id) on delete cascade,
    constraint message_invoice_is_known foreign key (clinic_id, invoice_id) references invoice (clinic_id, id),
    constraint message_payment_is_known foreign key (clinic_id, payment_id) references credit (clinic_id, id),
    constraint message_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('message', audited => false);
-- What goes before there is a clinic, and is deleted with its sign-up, is no matter of a clinic's.
create trigger audit after insert or update on message for each row when (new.sign_up_id is null) execute function app.audit();
create index message_by_invitation on message (clinic_id, invitation_id) where invitation_id is not null;
create index message_by_sign_up on message (clinic_id, sign_up_id) where sign_up_id is not null;
create index message_by_invoice on message (clinic_id, invoice_id) where invoice_id is not null;
create index message_by_payment on message (clinic_id, payment_id) where payment_id is not null;
create trigger patient_is_there after insert on message for each row execute function app.patient_is_there();

-- Sign-ups hold a password's hash: unused or not, they go a week after their link.
create function app.forget_sign_ups() returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with gone as (
        delete from public.sign_up where sign_up.expires_at < transaction_timestamp() - interval '7 days' returning 1
    )
    select count(*) from gone;
end;
revoke execute on function app.forget_sign_ups from public;
grant execute on function app.forget_sign_ups to chairside_app;

-- That somebody was here is no change of their membership.
drop trigger audit on membership;
create trigger audit after insert or delete or update of name, email, suspended_at on membership
    for each row execute function app.audit();

grant select (clinic_id, id, token_hash) on invitation, sign_up to chairside_auth;
create policy auth on invitation for select to chairside_auth using (true);
create policy auth on sign_up for select to chairside_auth using (true);
create policy auth_seen on membership for update to chairside_auth using (true);
grant create on schema app to chairside_auth;

set local role chairside_auth;

create function app.find_invitation(hash bytea) returns table (clinic_id uuid, id uuid)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select i.clinic_id, i.id from public.invitation i where i.token_hash = hash;
end;

create function app.find_sign_up_link(hash bytea) returns table (clinic_id uuid, id uuid)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select s.clinic_id, s.id from public.sign_up s where s.token_hash = hash;
end;

-- Told to nobody but the person themselves, who worked there.
create function app.is_suspended(person uuid, wanted text) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select exists (
        select from public.membership m
          join public.clinic c on c.id = m.clinic_id and c.deleted_at is null
         where m.principal_id = person and m.suspended_at is not null and (c.slug = wanted or c.id::text = wanted));
end;

create function app.find_person(wanted text) returns table (id uuid, name text)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select p.id, p.name from public.principal p where p.email = lower(wanted) and p.kind = 'human';
end;

create function app.change_password(person uuid, password_hash text) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.principal
       set password_hash = change_password.password_hash, password_changed_at = clock_timestamp(),
           updated_at = clock_timestamp(), version = version + 1
     where id = person;
end;

create function app.rename_person(person uuid, name text) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.principal
       set name = rename_person.name, updated_at = clock_timestamp(), version = version + 1
     where id = person;
end;

-- All sessions of a person but one, if any is to be spared.
create function app.close_sessions(person uuid, spared uuid, reason text) returns bigint
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    with closed as (
        update public.session set revoked_at = clock_timestamp(), revoked_reason = reason
         where principal_id = person and revoked_at is null and id is distinct from spared
        returning 1
    )
    select count(*) from closed;
end;

-- As before, and a person's act is now seen on their membership, too.
create or replace function app.enter(token bytea, clinic text, request text, address inet, act boolean, durable boolean)
    returns table (actor_id uuid, clinic_id uuid, session_id uuid, slug text, timezone text, locale text, currency text, grants text)
    language plpgsql volatile security definer rows 1
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    idling boolean;
    unseen boolean;
    ip text := coalesce(host(address), '');
begin
    select s.principal_id, m.clinic_id, s.id, c.slug, c.timezone, c.locale, c.currency,
           (select string_agg(r.grants, ' ')
              from public.membership_role mr
              join public.role r on r.clinic_id = mr.clinic_id and r.slug = mr.role_slug
             where mr.clinic_id = m.clinic_id and mr.principal_id = m.principal_id),
           s.idle_ends_at < clock_timestamp() + make_interval(mins => s.idle_minutes - 1),
           m.last_used_at is null or m.last_used_at < clock_timestamp() - interval '1 minute'
      into actor_id, clinic_id, session_id, slug, timezone, locale, currency, grants, idling, unseen
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
    if act and unseen and clinic_id is not null then
        update public.membership m
           set last_used_at = clock_timestamp()
         where (m.clinic_id, m.principal_id) = (
                   select o.clinic_id, o.principal_id from public.membership o
                    where o.clinic_id = enter.clinic_id and o.principal_id = enter.actor_id
                      for no key update skip locked);
    end if;
    return next;
end $$;

revoke execute on function app.find_invitation, app.find_sign_up_link, app.is_suspended, app.find_person, app.change_password, app.rename_person,
    app.close_sessions from public;
grant execute on function app.find_invitation, app.find_sign_up_link, app.is_suspended, app.find_person, app.change_password, app.rename_person,
    app.close_sessions to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

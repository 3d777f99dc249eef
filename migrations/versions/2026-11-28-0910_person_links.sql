-- Links that a person is sent about their own account: for a new password, and to prove a new address.

-- No clinic's: an id of its own fences each, as a sign-up's does. Nobody: somebody asked about an address that nobody signs in with.
create table person_link (
    clinic_id    uuid not null default app.clinic(),
    id           uuid not null default uuidv7(),
    kind         text not null constraint person_link_kind_is_known check (kind in ('password_reset', 'email_change')),
    principal_id uuid references principal,
    email        text not null constraint person_link_email_is_folded check (email = lower(email)),
    former_email text,
    locale       text not null,
    salt         bytea not null,
    token_hash   bytea not null,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    created_at   timestamptz not null default transaction_timestamp(),
    primary key (clinic_id, id)
);
call app.fence('person_link', audited => false);
create index person_link_by_token on person_link (token_hash);
create index person_link_by_age on person_link (expires_at);
create index person_link_by_principal on person_link (principal_id) where principal_id is not null;

alter table message
    add column person_link_id uuid,
    drop constraint message_kind_is_known,
    drop constraint message_is_about_one_thing,
    add constraint message_kind_is_known check (kind in (
        'invitation', 'sign_up', 'invoice', 'receipt', 'password_reset', 'password_changed', 'email_change', 'email_changed')),
    add constraint message_is_about_one_thing
        check (num_nonnulls(invitation_id, sign_up_id, invoice_id, payment_id, person_link_id) = 1),
    add constraint message_person_link_is_known
        foreign key (clinic_id, person_link_id) references person_link (clinic_id, id) on delete cascade;
create index message_by_person_link on message (clinic_id, person_link_id) where person_link_id is not null;
-- What is about a person's account is no matter of a clinic's.
drop trigger audit on message;
create trigger audit after insert or update on message for each row
    when (new.sign_up_id is null and new.person_link_id is null) execute function app.audit();

create function app.forget_person_links() returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with gone as (
        delete from public.person_link where person_link.expires_at < transaction_timestamp() - interval '7 days' returning 1
    )
    select count(*) from gone;
end;
revoke execute on function app.forget_person_links from public;
grant execute on function app.forget_person_links to chairside_app;

grant usage, create on schema app to chairside_auth;
grant select (clinic_id, id, kind, principal_id, email, token_hash, expires_at, used_at) on person_link to chairside_auth;
grant update (used_at) on person_link to chairside_auth;
create policy auth on person_link for select to chairside_auth using (true);
create policy auth_used on person_link for update to chairside_auth using (true);

set local role chairside_auth;

-- Where a link leads, while it is good.
create function app.find_person_link(hash bytea, wanted text, at timestamptz)
    returns table (clinic_id uuid, id uuid, principal_id uuid, email text)
    language sql stable security definer rows 1 set search_path = pg_catalog, pg_temp
begin atomic
    select l.clinic_id, l.id, l.principal_id, l.email
      from public.person_link l
     where l.token_hash = hash and l.kind = wanted and l.used_at is null and l.expires_at > at and l.principal_id is not null;
end;

-- Once: of many at the same moment one finds it unused. With it all others of the same kind and person are good no more.
create function app.take_person_link(hash bytea, wanted text, at timestamptz) returns uuid
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    whose uuid;
begin
    update public.person_link l set used_at = at
     where l.token_hash = hash and l.kind = wanted and l.used_at is null and l.expires_at > at and l.principal_id is not null
    returning l.principal_id into whose;
    if whose is not null then
        update public.person_link l set used_at = at
         where l.principal_id = whose and l.kind = wanted and l.used_at is null;
    end if;
    return whose;
end $$;

create function app.find_name(person uuid, out name text, out email text)
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select p.name, p.email from public.principal p where p.id = person;
end;

create function app.change_email(person uuid, email text) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.principal
       set email = lower(change_email.email), updated_at = clock_timestamp(), version = version + 1
     where id = person;
end;

-- Whoever reads the mailbox is not who guessed.
create function app.forget_guesses_at(account bytea) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    delete from public.guess where kind = 'account' and key = account;
end;

revoke execute on function app.find_person_link, app.take_person_link, app.find_name, app.change_email, app.forget_guesses_at from public;
grant execute on function app.find_person_link, app.take_person_link, app.find_name, app.change_email, app.forget_guesses_at
    to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

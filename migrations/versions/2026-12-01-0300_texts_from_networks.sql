-- What a network of texts says to us: what patients answer, and what became of what was sent.

-- Numbers that are a clinic's alone: its texts come from the first of them, and what is written to one is its own. The operator has them
-- from the network and gives them; a clinic that could claim one would read what is written to another.
create table clinic_number (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    number     text not null, -- E.164, or a short code
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint clinic_number_is_a_number check (number ~ '^\+?[0-9]{3,15}$')
);
call app.fence('clinic_number', rights => 'select, insert, delete');
create unique index clinic_number_is_of_one_clinic on clinic_number (number);

-- Why the network did not deliver it, as a code.
alter table message add column delivery_reason text;
create index message_by_provider on message (provider_message_id) where provider_message_id is not null;
create index message_by_text_recipient on message (recipient, id) where channel = 'sms';

-- Notices that were heard: one that comes again does nothing. Forgotten once it would be too old to be believed.
create table heard_notice (
    id text primary key,
    at timestamptz not null default transaction_timestamp()
);
grant select, insert, delete on heard_notice to chairside_app;
create index heard_notice_by_time on heard_notice (at);

-- Topics that asked to be confirmed. The token is worth nothing beyond that: it makes our own address a reader of a topic that the
-- operator has named.
create table notice_topic (
    arn          text primary key,
    token        text,
    asked_at     timestamptz not null,
    attempts     int not null default 0,
    confirmed_at timestamptz
);
grant select, insert, update on notice_topic to chairside_app;

create function app.clinic_of_number(number text) returns uuid
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select n.clinic_id from public.clinic_number n where n.number = clinic_of_number.number;
end;
revoke execute on function app.clinic_of_number from public;
grant execute on function app.clinic_of_number to chairside_app;

create function app.clinic_of_sent(given text) returns uuid
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select m.clinic_id from public.message m where m.provider_message_id = given limit 1;
end;
revoke execute on function app.clinic_of_sent from public;
grant execute on function app.clinic_of_sent to chairside_app;

-- Of clinics that share one number: who wrote there. Those with numbers of their own did not write from the shared one.
create function app.clinics_that_wrote_to(number text, since timestamptz) returns setof uuid
    language sql stable security definer rows 2
    set search_path = pg_catalog, pg_temp
begin atomic
    select distinct m.clinic_id
      from public.message m
     where m.channel = 'sms'
       and m.recipient = clinics_that_wrote_to.number
       and m.sent_at >= since
       and not exists (select from public.clinic_number n where n.clinic_id = m.clinic_id);
end;
revoke execute on function app.clinics_that_wrote_to from public;
grant execute on function app.clinics_that_wrote_to to chairside_app;

-- Reminders of visits, texts both ways, how patients want to be reached, and what a clinic says to them.

-- One row for each clinic that has said how; the product's own values where there is none.
create table reminder_setting (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    undo_minutes int not null, -- after a visit was booked or moved, nothing goes for so long
    quiet_from   time not null, -- in the patient's time zone; the clinic's where theirs is not known
    quiet_until  time not null,
    tell_changes boolean not null, -- whoever was told of a time is told when it changes or the visit is cancelled
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    updated_at   timestamptz not null default transaction_timestamp(),
    updated_by   uuid not null default app.actor(),
    version      int not null default 1,
    primary key (clinic_id, id),
    constraint reminder_setting_is_one unique (clinic_id),
    constraint reminder_setting_undo_is_sensible check (undo_minutes between 0 and 1440)
);
call app.fence('reminder_setting');

-- The cascade. A rule that ended stays: reminders name it.
create table reminder_rule (
    clinic_id       uuid not null default app.clinic() references clinic,
    id              uuid not null default uuidv7(),
    channel         text not null constraint reminder_rule_channel_is_known check (channel in ('email', 'sms')),
    before          int not null,
    unit            text not null constraint reminder_rule_unit_is_known check (unit in ('days', 'hours')),
    until_confirmed boolean not null,
    ended_at        timestamptz,
    created_at      timestamptz not null default transaction_timestamp(),
    created_by      uuid not null default app.actor(),
    updated_at      timestamptz not null default transaction_timestamp(),
    updated_by      uuid not null default app.actor(),
    version         int not null default 1,
    primary key (clinic_id, id),
    constraint reminder_rule_before_is_sensible check (before between 1 and case unit when 'days' then 90 else 72 end)
);
call app.fence('reminder_rule');
create unique index reminder_rule_is_one on reminder_rule (clinic_id, channel, unit, before) where ended_at is null;

-- What is to be said of a visit, by which rule, of which time: once. `moved` and `cancelled` follow no rule, but what was said before.
create table reminder (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    appointment_id uuid not null,
    patient_id     uuid not null,
    rule_id        uuid,
    kind           text not null constraint reminder_kind_is_known check (kind in ('before', 'moved', 'cancelled')),
    channel        text not null constraint reminder_channel_is_known check (channel in ('email', 'sms')),
    starts_at      timestamptz not null, -- the time of which it speaks
    due_at         timestamptz not null,
    status         text not null default 'planned' constraint reminder_status_is_known
                   check (status in ('planned', 'queued', 'skipped', 'withdrawn')),
    reason         text, -- why it was skipped, as a code
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    updated_at     timestamptz not null default transaction_timestamp(),
    updated_by     uuid not null default app.actor(),
    version        int not null default 1,
    primary key (clinic_id, id),
    constraint reminder_before_follows_a_rule check ((kind = 'before') = (rule_id is not null)),
    constraint reminder_skipped_for_a_reason check ((status = 'skipped') = (reason is not null)),
    constraint reminder_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint reminder_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint reminder_rule_is_known foreign key (clinic_id, rule_id) references reminder_rule (clinic_id, id)
);
call app.fence('reminder');
call app.keep_to_team('reminder');
create unique index reminder_is_one on reminder (clinic_id, appointment_id, rule_id, starts_at) where rule_id is not null;
create unique index reminder_of_a_change_is_one on reminder (clinic_id, appointment_id, channel)
    where rule_id is null and status = 'planned';
create index reminder_by_patient on reminder (clinic_id, patient_id, id);
create index reminder_due on reminder (due_at) where status = 'planned';

-- How a patient wants to be reached; whoever has no row wants to be reached as the clinic does it.
create table contact_preference (
    clinic_id       uuid not null default app.clinic() references clinic,
    id              uuid not null default uuidv7(),
    patient_id      uuid not null,
    do_not_contact  boolean not null default false, -- nothing goes to them, whatever it is
    email           boolean not null default true, -- reminders by e-mail
    sms             boolean not null default true,
    only_email      text, -- the one address at which it is safe to write to them
    only_phone      text,
    language        text,
    timezone        text,
    unsubscribed_at timestamptz, -- by the link in an e-mail
    created_at      timestamptz not null default transaction_timestamp(),
    created_by      uuid not null default app.actor(),
    updated_at      timestamptz not null default transaction_timestamp(),
    updated_by      uuid not null default app.actor(),
    version         int not null default 1,
    primary key (clinic_id, id),
    constraint contact_preference_is_one unique (clinic_id, patient_id),
    constraint contact_preference_unsubscribed_gets_none check (unsubscribed_at is null or not email),
    constraint contact_preference_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('contact_preference');
call app.keep_to_team('contact_preference');
create trigger patient_is_there after insert on contact_preference for each row execute function app.patient_is_there();

-- What a clinic says in place of the product's own words.
create table message_template (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    kind       text not null constraint message_template_kind_is_known check (kind in ('before', 'moved', 'cancelled')),
    channel    text not null constraint message_template_channel_is_known check (channel in ('email', 'sms')),
    language   text not null,
    subject    text,
    body       text not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint message_template_is_one unique (clinic_id, kind, channel, language),
    constraint message_template_subject_is_of_letters check ((channel = 'email') = (subject is not null))
);
call app.fence('message_template', rights => 'select, insert, update, delete');

alter table message
    add column channel text not null default 'email',
    add column reminder_id uuid,
    add column provider_message_id text,
    add column delivery text, -- what the network says of a text after it was handed over
    add column delivered_at timestamptz,
    drop constraint message_kind_is_known,
    drop constraint message_is_about_one_thing,
    add constraint message_kind_is_known check (kind in (
        'invitation', 'sign_up', 'invoice', 'receipt', 'password_reset', 'password_changed', 'email_change', 'email_changed',
        'reminder', 'text')),
    add constraint message_is_about_one_thing
        check (num_nonnulls(invitation_id, sign_up_id, invoice_id, payment_id, person_link_id, reminder_id)
               = case kind when 'text' then 0 else 1 end),
    add constraint message_channel_is_known check (channel in ('email', 'sms')),
    add constraint message_delivery_is_known check (delivery in ('delivered', 'undelivered')),
    add constraint message_text_has_a_patient check (kind <> 'text' or patient_id is not null),
    add constraint message_reminder_is_known foreign key (clinic_id, reminder_id) references reminder (clinic_id, id);
-- A reminder leaves as one message; one that did not leave may be followed by another.
create unique index message_of_a_reminder_is_one on message (clinic_id, reminder_id)
    where reminder_id is not null and status <> 'failed';
create index message_by_reminder on message (clinic_id, reminder_id) where reminder_id is not null;
create index message_by_patient on message (clinic_id, patient_id, id) where patient_id is not null;
create index message_by_text_number on message (clinic_id, recipient, id) where channel = 'sms';

-- What came in by text. A network that gives it twice gives the same id.
create table inbound_text (
    clinic_id           uuid not null default app.clinic() references clinic,
    id                  uuid not null default uuidv7(),
    number              text not null, -- E.164
    body_sealed         bytea not null,
    patient_id          uuid, -- none while nobody, or more than one, has the number
    provider_message_id text not null,
    word                text constraint inbound_text_word_is_known check (word in ('stop', 'start')),
    received_at         timestamptz not null,
    read_at             timestamptz,
    read_by             uuid,
    updated_at          timestamptz not null default transaction_timestamp(),
    updated_by          uuid not null default app.actor(),
    version             int not null default 1,
    primary key (clinic_id, id),
    constraint inbound_text_came_once unique (clinic_id, provider_message_id),
    constraint inbound_text_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('inbound_text');
call app.keep_to_team('inbound_text');
create index inbound_text_by_patient on inbound_text (clinic_id, patient_id, id) where patient_id is not null;
create index inbound_text_by_time on inbound_text (clinic_id, id desc);
create trigger patient_is_there after insert on inbound_text for each row execute function app.patient_is_there();

-- Whose owner answered STOP; START lifts it. Of the number, whoever has it.
create table stopped_number (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    number     text not null,
    stopped_at timestamptz not null,
    lifted_at  timestamptz,
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    primary key (clinic_id, id)
);
call app.fence('stopped_number');
create unique index stopped_number_is_one on stopped_number (clinic_id, number) where lifted_at is null;

create function app.clinics_with_reminders(at timestamptz) returns setof uuid
    language sql stable security definer rows 10
    set search_path = pg_catalog, pg_temp
begin atomic
    select distinct r.clinic_id from public.reminder r where r.status = 'planned' and r.due_at <= at;
end;
revoke execute on function app.clinics_with_reminders from public;
grant execute on function app.clinics_with_reminders to chairside_app;

-- What was sent, answered and is to be sent goes along when two records become one, and comes back. How the one that stays wants to be
-- reached is theirs to say; the duplicate's wish goes along where they said nothing.
create function app.move_messages(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'reminder', r.id
          from public.reminder r where r.clinic_id = app.clinic() and r.patient_id = side.giver
         union all
        select merge, 'inbound_text', t.id
          from public.inbound_text t where t.clinic_id = app.clinic() and t.patient_id = side.giver
         union all
        select merge, 'contact_preference', p.id
          from public.contact_preference p
         where p.clinic_id = app.clinic()
           and p.patient_id = side.giver
           and not exists (select from public.contact_preference other
                            where other.clinic_id = app.clinic() and other.patient_id = side.taker);
    end if;
    update public.reminder r
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'reminder'
       and r.clinic_id = app.clinic() and r.id = v.row_id and r.patient_id = side.giver;
    update public.inbound_text t
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'inbound_text'
       and t.clinic_id = app.clinic() and t.id = v.row_id and t.patient_id = side.giver;
    update public.contact_preference p
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'contact_preference'
       and p.clinic_id = app.clinic() and p.id = v.row_id and p.patient_id = side.giver;
end $$;
revoke execute on function app.move_messages from public;
grant execute on function app.move_messages to chairside_app;

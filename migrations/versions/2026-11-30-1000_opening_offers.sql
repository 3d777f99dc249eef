-- A free time that is offered to those whom it suits, in waves: the first yes has it, and the others hear that it is gone.

create table opening_fill (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    provider_id  uuid not null,
    operatory_id uuid,
    starts_at    timestamptz not null,
    ends_at      timestamptz not null,
    wave_size    int not null, -- how many are asked at once
    wave_minutes int not null, -- between one wave and the next
    closes_at    timestamptz not null, -- nobody is asked from then on, and no yes is taken
    next_at      timestamptz, -- when the next wave goes; none while nobody is left to ask
    wave         int not null default 0, -- the last one that went
    status       text not null default 'open' constraint opening_fill_status_is_known
                 check (status in ('open', 'filled', 'taken', 'exhausted', 'withdrawn')),
    ended_at     timestamptz,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    updated_at   timestamptz not null default transaction_timestamp(),
    updated_by   uuid not null default app.actor(),
    version      int not null default 1,
    primary key (clinic_id, id),
    constraint opening_fill_runs_forward check (starts_at < ends_at and ends_at - starts_at <= interval '12 hours'),
    constraint opening_fill_closes_before_it_begins check (closes_at <= starts_at),
    constraint opening_fill_wave_size_is_sensible check (wave_size between 1 and 10),
    constraint opening_fill_wave_minutes_are_sensible check (wave_minutes between 1 and 240),
    constraint opening_fill_ended_once check ((status = 'open') = (ended_at is null)),
    constraint opening_fill_over_asks_nobody check (status = 'open' or next_at is null),
    constraint opening_fill_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint opening_fill_operatory_is_known foreign key (clinic_id, operatory_id) references operatory (clinic_id, id),
    constraint opening_fill_is_one exclude using gist
        (clinic_id with =, provider_id with =, tstzrange(starts_at, ends_at) with &&) where (status = 'open')
);
call app.fence('opening_fill');
create index opening_fill_by_provider on opening_fill (clinic_id, provider_id, starts_at);
create index opening_fill_open on opening_fill (clinic_id) where status = 'open';

-- To whom, in which order, for what, and what they said. Nobody is asked twice for the same time.
create table opening_offer (
    clinic_id         uuid not null default app.clinic() references clinic,
    id                uuid not null default uuidv7(),
    fill_id           uuid not null,
    patient_id        uuid not null,
    rank              int not null, -- 1 is asked first
    waitlist_entry_id uuid, -- of the waiting list; or
    recall_id         uuid, -- of those who are due
    service_id        uuid not null,
    duration_minutes  int not null,
    moving_id         uuid, -- the later visit that is moved to the new time
    expires_at        timestamptz not null, -- the last moment at which they can still be here in time
    status            text not null default 'waiting' constraint opening_offer_status_is_known
                      check (status in ('waiting', 'offered', 'accepted', 'declined', 'gone', 'expired', 'unreachable')),
    reason            text, -- why they were not asked, as a code
    wave              int,
    channel           text constraint opening_offer_channel_is_known check (channel in ('email', 'sms')),
    sent_at           timestamptz, -- when it was handed to the outbox
    answered_at       timestamptz,
    appointment_id    uuid, -- what came of a yes
    tell_at           timestamptz, -- when they are to be told that it is gone; none once they were, or need not be
    salt              bytea,
    token_hash        bytea,
    created_at        timestamptz not null default transaction_timestamp(),
    created_by        uuid not null default app.actor(),
    updated_at        timestamptz not null default transaction_timestamp(),
    updated_by        uuid not null default app.actor(),
    version           int not null default 1,
    primary key (clinic_id, id),
    constraint opening_offer_is_of_one_list check (num_nonnulls(waitlist_entry_id, recall_id) = 1),
    constraint opening_offer_sent_in_a_wave check (num_nulls(wave, channel, sent_at, salt, token_hash) in (0, 5)),
    constraint opening_offer_answered_after_it_was_sent
        check (sent_at is not null or status in ('waiting', 'unreachable', 'expired')),
    constraint opening_offer_unreachable_for_a_reason check (status <> 'unreachable' or reason is not null),
    constraint opening_offer_accepted_is_booked check ((status = 'accepted') = (appointment_id is not null)),
    constraint opening_offer_fill_is_known foreign key (clinic_id, fill_id) references opening_fill (clinic_id, id),
    constraint opening_offer_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint opening_offer_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id),
    constraint opening_offer_entry_is_known foreign key (clinic_id, waitlist_entry_id) references waitlist_entry (clinic_id, id),
    constraint opening_offer_recall_is_known foreign key (clinic_id, recall_id) references recall (clinic_id, id),
    constraint opening_offer_moving_is_known foreign key (clinic_id, moving_id) references appointment (clinic_id, id),
    constraint opening_offer_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint opening_offer_is_one unique (clinic_id, fill_id, patient_id)
);
call app.fence('opening_offer');
call app.keep_to_team('opening_offer');
create trigger patient_is_there after insert on opening_offer for each row execute function app.patient_is_there();
create unique index opening_offer_is_taken_once on opening_offer (clinic_id, fill_id) where status = 'accepted';
create unique index opening_offer_by_token on opening_offer (token_hash) where token_hash is not null;
create index opening_offer_by_patient on opening_offer (clinic_id, patient_id);
create index opening_offer_to_tell on opening_offer (clinic_id, tell_at) where tell_at is not null;

-- The letter or text of an offer, and the one that says that it is gone: each leaves once.
alter table message
    add column offer_id uuid,
    drop constraint message_kind_is_known,
    drop constraint message_is_about_one_thing,
    add constraint message_kind_is_known check (kind in (
        'invitation', 'sign_up', 'invoice', 'receipt', 'password_reset', 'password_changed', 'email_change', 'email_changed',
        'reminder', 'text', 'offer', 'offer_gone')) not valid,
    add constraint message_is_about_one_thing
        check (num_nonnulls(invitation_id, sign_up_id, invoice_id, payment_id, person_link_id, reminder_id, offer_id)
               = case kind when 'text' then 0 else 1 end) not valid,
    add constraint message_offer_is_known foreign key (clinic_id, offer_id) references opening_offer (clinic_id, id) not valid;
alter table message validate constraint message_kind_is_known;
alter table message validate constraint message_is_about_one_thing;
alter table message validate constraint message_offer_is_known;
create unique index message_of_an_offer_is_one on message (clinic_id, offer_id, kind) where offer_id is not null;

alter table message_template
    drop constraint message_template_kind_is_known,
    add constraint message_template_kind_is_known check (kind in ('before', 'moved', 'cancelled', 'offer', 'offer_gone')) not valid;
alter table message_template validate constraint message_template_kind_is_known;

create function app.clinics_with_openings(at timestamptz) returns setof uuid
    language sql stable security definer rows 10
    set search_path = pg_catalog, pg_temp
begin atomic
    select f.clinic_id from public.opening_fill f where f.status = 'open'
     union
    select o.clinic_id from public.opening_offer o where o.tell_at <= at;
end;
revoke execute on function app.clinics_with_openings from public;
grant execute on function app.clinics_with_openings to chairside_app;

grant usage, create on schema app to chairside_auth;
grant select (clinic_id, id, fill_id, token_hash) on opening_offer to chairside_auth;
grant select (clinic_id, id, starts_at) on opening_fill to chairside_auth;
create policy auth on opening_offer for select to chairside_auth using (true);
create policy auth on opening_fill for select to chairside_auth using (true);

set local role chairside_auth;

-- Until the time itself begins: whoever comes too late is told that it is gone.
create function app.find_opening_offer(hash bytea, at timestamptz) returns table (clinic_id uuid, id uuid)
    language sql stable security definer rows 1
    set search_path = pg_catalog, pg_temp
begin atomic
    select o.clinic_id, o.id
      from public.opening_offer o
      join public.opening_fill f on f.clinic_id = o.clinic_id and f.id = o.fill_id
     where o.token_hash = hash
       and f.starts_at > at;
end;
revoke execute on function app.find_opening_offer from public;
grant execute on function app.find_opening_offer to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

-- What a patient was offered goes along when two records become one, and comes back; not where both were offered the same time.
create function app.move_offers(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'opening_offer', o.id
          from public.opening_offer o
         where o.clinic_id = app.clinic()
           and o.patient_id = side.giver
           and not exists (select from public.opening_offer other
                            where other.clinic_id = app.clinic()
                              and other.patient_id = side.taker
                              and other.fill_id = o.fill_id);
    end if;
    update public.opening_offer o
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'opening_offer'
       and o.clinic_id = app.clinic() and o.id = v.row_id and o.patient_id = side.giver;
end $$;
revoke execute on function app.move_offers from public;
grant execute on function app.move_offers to chairside_app;

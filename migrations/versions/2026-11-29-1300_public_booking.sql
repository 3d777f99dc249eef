-- A page on which patients book by themselves: what a clinic offers there, and what came of it.

create table booking_page (
    clinic_id          uuid not null default app.clinic() references clinic,
    open               boolean not null default false,
    needs_confirmation boolean not null default false, -- what is booked is a request until somebody who works here says yes
    shows_prices       boolean not null default true,
    notice_hours       int not null default 2 constraint booking_page_notice_is_sensible check (notice_hours between 0 and 720),
    days_ahead         int not null default 60 constraint booking_page_window_is_sensible check (days_ahead between 1 and 365),
    change_hours       int not null default 24 constraint booking_page_deadline_is_sensible check (change_hours between 0 and 720),
    answer_hours       int not null default 24 constraint booking_page_answer_is_sensible check (answer_hours between 1 and 168),
    policy_url         text,
    policy_words       text,
    embedders          text[] not null default '{}', -- origins whose pages may show it in a frame
    created_at         timestamptz not null default transaction_timestamp(),
    created_by         uuid not null default app.actor(),
    updated_at         timestamptz not null default transaction_timestamp(),
    updated_by         uuid not null default app.actor(),
    version            int not null default 1,
    primary key (clinic_id)
);
call app.fence('booking_page');

create table booking_service (
    clinic_id  uuid not null default app.clinic() references clinic,
    service_id uuid not null,
    position   int not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, service_id),
    constraint booking_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id)
);
call app.fence('booking_service', rights => 'select, insert, update, delete');

-- With whom; nobody named is anybody.
create table booking_provider (
    clinic_id   uuid not null default app.clinic() references clinic,
    service_id  uuid not null,
    provider_id uuid not null,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, service_id, provider_id),
    constraint booking_provider_is_of_a_service foreign key (clinic_id, service_id)
        references booking_service (clinic_id, service_id) on delete cascade,
    constraint booking_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id)
);
call app.fence('booking_provider', rights => 'select, insert, delete');

-- Somebody who books by themselves, from the time that they chose on. Until it is answered a request says who asks; afterwards their
-- record does.
create table public_booking (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    token_hash     bytea not null, -- of what their browser holds
    status         text not null default 'held' constraint public_booking_status_is_known
                   check (status in ('held', 'released', 'booked', 'requested', 'accepted', 'declined')),
    service_id     uuid not null,
    provider_id    uuid not null,
    operatory_id   uuid,
    starts_at      timestamptz not null,
    ends_at        timestamptz not null,
    hold_id        uuid, -- gone when it has run out
    expires_at     timestamptz not null, -- of the hold, or of the request
    extended       boolean not null default false,
    first_name     text,
    last_name      text,
    mobile         text,
    note           text,
    consented_at   timestamptz,
    policy_shown   text, -- where the words were that they agreed to
    newcomer       boolean not null default false, -- a record was made for them
    appointment_id uuid,
    answered_at    timestamptz,
    answered_by    uuid,
    answer         text,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    updated_at     timestamptz not null default transaction_timestamp(),
    updated_by     uuid not null default app.actor(),
    version        int not null default 1,
    primary key (clinic_id, id),
    constraint public_booking_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id),
    constraint public_booking_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint public_booking_operatory_is_known foreign key (clinic_id, operatory_id) references operatory (clinic_id, id),
    constraint public_booking_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
);
call app.fence('public_booking', rights => 'select, insert, update, delete');
create unique index public_booking_by_token on public_booking (clinic_id, token_hash);
create index public_booking_requested on public_booking (clinic_id, starts_at) where status = 'requested';
create index public_booking_held on public_booking (clinic_id, expires_at) where status in ('held', 'released');
create index public_booking_names on public_booking (clinic_id, starts_at) where mobile is not null;
create index public_booking_by_appointment on public_booking (clinic_id, appointment_id) where appointment_id is not null;
-- That somebody looked for a time is no fact of anybody; what they booked or asked for is.
drop trigger audit on public_booking;
create trigger audit after update of status on public_booking
    for each row when (new.status not in ('held', 'released')) execute function app.audit();

-- A hold that waits for the clinic's answer: longer than minutes, and not one of those that a person may have at once.
alter table hold add column awaiting boolean not null default false;

-- Who should come again, and when: what a clinic calls its patients in for, each patient's recall, and every attempt to reach them.

create table recall_type (
    clinic_id        uuid not null default app.clinic() references clinic,
    id               uuid not null default uuidv7(),
    name             text not null,
    every            int not null,
    unit             text not null,
    duration_minutes int, -- usual length; the service's own when none
    active           boolean not null default true,
    created_at       timestamptz not null default transaction_timestamp(),
    created_by       uuid not null default app.actor(),
    updated_at       timestamptz not null default transaction_timestamp(),
    updated_by       uuid not null default app.actor(),
    version          int not null default 1,
    primary key (clinic_id, id),
    constraint recall_type_unit_is_known check (unit in ('months', 'weeks')),
    constraint recall_type_interval_is_sensible check (every between 1 and 520)
);
call app.fence('recall_type');
create unique index recall_type_name_is_free on recall_type (clinic_id, lower(name));

-- The services that answer a recall, in order: the first is what is booked, any of them counts.
create table recall_type_service (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    type_id    uuid not null,
    service_id uuid not null,
    position   int not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint recall_type_service_type_is_known foreign key (clinic_id, type_id) references recall_type (clinic_id, id),
    constraint recall_type_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id),
    constraint recall_type_service_is_named_once unique (clinic_id, type_id, service_id)
);
call app.fence('recall_type_service', rights => 'select, insert, delete');

-- When it is due is counted from the last visit for it, or from the day it began while there was none; unless somebody has set the
-- day since that visit. `due_on` is that day, `previous_on` the visit's: both follow the visits.
create table recall (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    patient_id     uuid not null,
    type_id        uuid not null,
    every          int, -- the type's interval when none
    unit           text,
    begun_on       date not null,
    set_due_on     date, -- by hand
    set_at         timestamptz,
    previous_on    date,
    due_on         date not null,
    appointment_id uuid, -- the visit that is booked for it
    snoozed_until  date,
    closed_at      timestamptz,
    closed_by      uuid,
    closing_reason text,
    note           text,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    updated_at     timestamptz not null default transaction_timestamp(),
    updated_by     uuid not null default app.actor(),
    version        int not null default 1,
    primary key (clinic_id, id),
    constraint recall_unit_is_known check (unit in ('months', 'weeks')),
    constraint recall_interval_is_whole check ((every is null) = (unit is null)),
    constraint recall_interval_is_sensible check (every between 1 and 520),
    constraint recall_set_day_has_its_time check ((set_due_on is null) = (set_at is null)),
    constraint recall_closing_has_a_reason check ((closed_at is null) = (closing_reason is null)),
    constraint recall_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint recall_type_is_known foreign key (clinic_id, type_id) references recall_type (clinic_id, id),
    constraint recall_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
);
call app.fence('recall');
call app.keep_to_team('recall');
create unique index recall_is_one on recall (clinic_id, patient_id, type_id) where closed_at is null;
create index recall_by_patient on recall (clinic_id, patient_id);
create index recall_by_due_day on recall (clinic_id, due_on, id);
create trigger patient_is_there after insert on recall for each row execute function app.patient_is_there();

-- Somebody tried to reach the patient. An attempt that is taken back stays, marked.
create table recall_attempt (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    recall_id  uuid not null,
    patient_id uuid not null,
    kind       text not null,
    outcome    text not null,
    note       text,
    at         timestamptz not null,
    by         uuid not null default app.actor(),
    undone_at  timestamptz,
    undone_by  uuid,
    primary key (clinic_id, id),
    constraint recall_attempt_kind_is_known check (kind in ('call', 'letter', 'email', 'sms')),
    constraint recall_attempt_outcome_is_known check (outcome in ('no_answer', 'left_message', 'will_call_back', 'declined', 'booked', 'sent')),
    constraint recall_attempt_recall_is_known foreign key (clinic_id, recall_id) references recall (clinic_id, id),
    constraint recall_attempt_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('recall_attempt');
call app.keep_to_team('recall_attempt');
create index recall_attempt_by_recall on recall_attempt (clinic_id, recall_id, id) where undone_at is null;

-- Who waits for a time: for what, with whom, on which days, and how soon they can come.

create table waitlist_entry (
    clinic_id        uuid not null default app.clinic() references clinic,
    id               uuid not null default uuidv7(),
    patient_id       uuid not null,
    service_id       uuid not null,
    duration_minutes int, -- the service's own length when none
    weekdays         int[] not null default '{}', -- of ISO, 1 is Monday; every day when none
    parts            text[] not null default '{}', -- of the day; any when none
    from_on          date,
    until_on         date,
    notice_hours     int not null default 0, -- that they need before they can be here
    urgent           boolean not null default false,
    appointment_id   uuid, -- a visit that they have, and would like earlier
    earlier_than     timestamptz, -- when that visit was to begin
    expires_on       date, -- the last day on which they wait
    booked_id        uuid, -- the visit that ended the waiting
    closed_at        timestamptz,
    closed_by        uuid,
    closing_reason   text,
    note             text,
    created_at       timestamptz not null default transaction_timestamp(),
    created_by       uuid not null default app.actor(),
    updated_at       timestamptz not null default transaction_timestamp(),
    updated_by       uuid not null default app.actor(),
    version          int not null default 1,
    primary key (clinic_id, id),
    constraint waitlist_weekdays_are_of_a_week check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]),
    constraint waitlist_parts_are_known check (parts <@ array['morning', 'afternoon', 'evening']),
    constraint waitlist_window_runs_forward check (from_on <= until_on),
    constraint waitlist_notice_is_sensible check (notice_hours between 0 and 720),
    constraint waitlist_earlier_than_a_visit check ((appointment_id is null) = (earlier_than is null)),
    constraint waitlist_closing_has_a_reason check ((closed_at is null) = (closing_reason is null)),
    constraint waitlist_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint waitlist_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id),
    constraint waitlist_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint waitlist_booked_is_known foreign key (clinic_id, booked_id) references appointment (clinic_id, id)
);
call app.fence('waitlist_entry');
call app.keep_to_team('waitlist_entry');
create index waitlist_by_patient on waitlist_entry (clinic_id, patient_id);
create index waitlist_in_order on waitlist_entry (clinic_id, urgent desc, id) where closed_at is null and booked_id is null;
create trigger patient_is_there after insert on waitlist_entry for each row execute function app.patient_is_there();

-- With whom: any of them; everybody when none is named.
create table waitlist_provider (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    entry_id    uuid not null,
    patient_id  uuid not null,
    provider_id uuid not null,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint waitlist_provider_entry_is_known foreign key (clinic_id, entry_id) references waitlist_entry (clinic_id, id),
    constraint waitlist_provider_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint waitlist_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint waitlist_provider_is_named_once unique (clinic_id, entry_id, provider_id)
);
call app.fence('waitlist_provider', rights => 'select, insert, delete');
call app.keep_to_team('waitlist_provider');

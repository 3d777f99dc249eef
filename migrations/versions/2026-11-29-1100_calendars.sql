-- How visits of a kind are offered: for which services, by whom, with what else, and when. Minutes throughout.

create table calendar (
    clinic_id            uuid not null default app.clinic() references clinic,
    id                   uuid not null default uuidv7(),
    name                 text not null,
    modality             text not null default 'in_person',
    strategy             text not null default 'single',
    increment            int not null default 15,
    grid                 text not null default 'hours',
    buffer_before        int, -- the service's own when none
    buffer_after         int,
    buffers_inside_hours boolean not null default false,
    min_notice           int not null default 0,
    max_days_ahead       int,
    window_start         date, -- local days, both included
    window_end           date,
    per_day_limit        int, -- visits of each provider on a local day
    capacity             int not null default 1, -- seats at one time
    public               boolean not null default false,
    active               boolean not null default true,
    created_at           timestamptz not null default transaction_timestamp(),
    created_by           uuid not null default app.actor(),
    updated_at           timestamptz not null default transaction_timestamp(),
    updated_by           uuid not null default app.actor(),
    version              int not null default 1,
    primary key (clinic_id, id),
    constraint calendar_modality_is_known check (modality in ('in_person', 'phone', 'video')),
    constraint calendar_strategy_is_known check (strategy in ('single', 'round_robin', 'priority', 'collective')),
    constraint calendar_grid_is_known check (grid in ('hours', 'clock', 'gap')),
    constraint calendar_increment_is_sensible check (increment between 1 and 720),
    constraint calendar_buffers_are_sensible check (buffer_before between 0 and 240 and buffer_after between 0 and 240),
    constraint calendar_notice_is_sensible check (min_notice between 0 and 525600),
    constraint calendar_days_ahead_are_sensible check (max_days_ahead between 0 and 3650),
    constraint calendar_window_runs_forward check (window_start <= window_end),
    constraint calendar_window_is_whole check ((window_start is null) = (window_end is null)),
    constraint calendar_limit_is_sensible check (per_day_limit between 1 and 1000),
    constraint calendar_capacity_is_sensible check (capacity between 1 and 200)
);
call app.fence('calendar');
create unique index calendar_name_is_free on calendar (clinic_id, lower(name)) where active;

-- In order: the first is meant where none is named.
create table calendar_service (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    calendar_id uuid not null,
    service_id  uuid not null,
    position    int not null,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint calendar_service_calendar_is_known foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
    constraint calendar_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id),
    constraint calendar_service_is_named_once unique (clinic_id, calendar_id, service_id)
);
call app.fence('calendar_service', rights => 'select, insert, delete');

-- Who takes the visits; the lowest priority first, where the calendar goes by it.
create table calendar_provider (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    calendar_id uuid not null,
    provider_id uuid not null,
    priority    int not null,
    position    int not null,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint calendar_provider_calendar_is_known foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
    constraint calendar_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint calendar_provider_is_named_once unique (clinic_id, calendar_id, provider_id),
    constraint calendar_provider_priority_is_sensible check (priority between 1 and 1000)
);
call app.fence('calendar_provider', rights => 'select, insert, delete');

-- What else each visit needs: so many of some operatories and people, for a part of the visit or to its end.
create table calendar_need (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    calendar_id uuid not null,
    position    int not null,
    need        int not null,
    from_minute int not null default 0,
    to_minute   int,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint calendar_need_calendar_is_known foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
    constraint calendar_need_is_for_something check (need between 1 and 20),
    constraint calendar_need_runs_forward check (from_minute >= 0 and from_minute < to_minute and to_minute <= 720)
);
call app.fence('calendar_need', rights => 'select, insert, delete');
create index calendar_need_by_calendar on calendar_need (clinic_id, calendar_id, position);

create table calendar_resource (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    need_id      uuid not null,
    operatory_id uuid,
    provider_id  uuid,
    position     int not null,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint calendar_resource_need_is_known foreign key (clinic_id, need_id) references calendar_need (clinic_id, id) on delete cascade,
    constraint calendar_resource_operatory_is_known foreign key (clinic_id, operatory_id) references operatory (clinic_id, id),
    constraint calendar_resource_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint calendar_resource_is_one_of_them check ((operatory_id is null) <> (provider_id is null))
);
call app.fence('calendar_resource', rights => 'select, insert, delete');
create index calendar_resource_by_need on calendar_resource (clinic_id, need_id, position);

-- Through which calendar a visit was booked, and what it takes besides its provider, operatory and patient:
-- [{"resource_id", "from", "to"}], minutes from its start; to its end where `to` is null.
alter table appointment add column calendar_id uuid;
alter table appointment add column also jsonb not null default '[]';
alter table appointment add constraint appointment_calendar_is_known
    foreign key (clinic_id, calendar_id) references calendar (clinic_id, id) not valid;
alter table appointment validate constraint appointment_calendar_is_known;
alter table appointment add constraint appointment_also_names_resources
    check (jsonb_typeof(also) = 'array'
           and not jsonb_path_exists(also, '$[*] ? (@.type() != "object" || !exists(@.resource_id))')) not valid;
alter table appointment validate constraint appointment_also_names_resources;
-- Whose turn it is: their last visit of a calendar.
create index appointment_by_calendar on appointment (clinic_id, calendar_id, provider_id, id) where calendar_id is not null;

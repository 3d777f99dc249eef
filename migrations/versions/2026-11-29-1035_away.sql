-- Spans of days of a provider: away, or at work in another zone. A span is one row, added and taken back in one act; a day with
-- hours of its own (hours_override) stays what it is, inside of a vacation, too.

create table vacation (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    provider_id uuid not null,
    first_on    date not null,
    last_on     date not null, -- included
    reason      text,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint vacation_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint vacation_runs_forward check (first_on <= last_on),
    constraint vacation_is_within_a_year check (last_on - first_on < 366),
    constraint vacation_is_apart exclude using gist
        (clinic_id with =, provider_id with =, daterange(first_on, last_on, '[]') with &&)
);
call app.fence('vacation', rights => 'select, insert, delete');
-- && is not leakproof: both ends are compared instead.
create index vacation_by_day on vacation (clinic_id, provider_id, last_on);

create table travel (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    provider_id uuid not null,
    first_on    date not null,
    last_on     date not null, -- included
    timezone    text not null,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint travel_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint travel_runs_forward check (first_on <= last_on),
    constraint travel_is_within_a_year check (last_on - first_on < 366),
    constraint travel_is_apart exclude using gist
        (clinic_id with =, provider_id with =, daterange(first_on, last_on, '[]') with &&)
);
call app.fence('travel', rights => 'select, insert, delete');
create index travel_by_day on travel (clinic_id, provider_id, last_on);

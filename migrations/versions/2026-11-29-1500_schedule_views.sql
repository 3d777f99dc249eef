-- How somebody likes to look at the schedule, under a name; for others too where they say so.

create table schedule_view (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    member_id  uuid not null default app.actor(), -- whose it is
    name       text not null,
    view       text not null,
    span       text not null, -- of an agenda: a day or a week of it
    by         text not null,
    of         uuid, -- the one provider or operatory of a week
    columns    uuid[] not null, -- of a day: none means all
    shared     boolean not null default false,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint schedule_view_is_known check (view in ('day', 'week', 'agenda')),
    constraint schedule_view_span_is_known check (span in ('day', 'week')),
    constraint schedule_view_columns_are_known check (by in ('operatory', 'provider')),
    constraint schedule_view_columns_are_few check (cardinality(columns) <= 200)
);
call app.fence('schedule_view', rights => 'select, insert, update, delete');
create unique index schedule_view_is_one on schedule_view (clinic_id, member_id, lower(name));
create index schedule_view_of_all on schedule_view (clinic_id) where shared;

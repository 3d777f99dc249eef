-- The clinic's own list of what is done to teeth, in its own codes. What of it holds from which day on are versions: what was planned
-- under one keeps it.

create table procedure (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    code        text not null,
    archived_at timestamptz,
    archived_by uuid,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id),
    constraint procedure_archival_has_an_author check ((archived_at is null) = (archived_by is null))
);
call app.fence('procedure', rights => 'select, insert, update');
create unique index procedure_code_is_free on procedure (clinic_id, lower(code));

-- Never changed: of several for one day the last written counts.
create table procedure_version (
    clinic_id        uuid not null default app.clinic() references clinic,
    id               uuid not null default uuidv7(),
    procedure_id     uuid not null,
    effective_on     date not null,
    name             text not null,
    category         text not null,
    price            bigint not null, -- minor units of the currency
    currency         text not null,
    duration_minutes int not null,
    area             text not null, -- what has to be said of where it is done
    min_surfaces     int,
    max_surfaces     int,
    permanent_teeth  boolean not null,
    primary_teeth    boolean not null,
    created_at       timestamptz not null default transaction_timestamp(),
    created_by       uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint procedure_version_area_is_known check (area in ('mouth', 'arch', 'quadrant', 'tooth', 'surfaces', 'tooth_range')),
    constraint procedure_version_price_is_not_negative check (price >= 0),
    constraint procedure_version_length_is_sensible check (duration_minutes between 5 and 720),
    constraint procedure_version_surfaces_are_counted
        check (case when area = 'surfaces' then coalesce(min_surfaces >= 1 and max_surfaces between min_surfaces and 5, false)
                    else min_surfaces is null and max_surfaces is null end),
    constraint procedure_version_is_for_some_teeth check (permanent_teeth or primary_teeth),
    constraint procedure_version_procedure_is_known foreign key (clinic_id, procedure_id) references procedure (clinic_id, id)
);
call app.fence('procedure_version', rights => 'select, insert');
create index procedure_version_by_day on procedure_version (clinic_id, procedure_id, effective_on desc, id desc);

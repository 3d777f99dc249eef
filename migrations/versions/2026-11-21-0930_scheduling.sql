-- Who works where and when; visits, the steps they go through, and the claims that keep two from meeting.

create table operatory (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    name       text not null,
    position   int not null,
    active     boolean not null default true,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id)
);
call app.fence('operatory');

create table provider (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    name         text not null,
    title        text,
    member_id    uuid,
    npi          text,
    specialties  text[] not null default '{}',
    timezone     text, -- the clinic's when none
    colour       int not null, -- an index into the palette of the screens
    operatory_id uuid, -- where they usually work
    active       boolean not null default true,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    updated_at   timestamptz not null default transaction_timestamp(),
    updated_by   uuid not null default app.actor(),
    version      int not null default 1,
    primary key (clinic_id, id),
    constraint provider_member_is_known foreign key (clinic_id, member_id) references membership (clinic_id, principal_id),
    constraint provider_member_is_free unique (clinic_id, member_id),
    constraint provider_operatory_is_known foreign key (clinic_id, operatory_id) references operatory (clinic_id, id)
);
call app.fence('provider');

-- The usual week: the clinic's own (no provider), and that of each provider who keeps other hours. A provider whose `weekly`
-- is null follows the clinic.
create table weekly_hours (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    provider_id uuid,
    weekly      jsonb,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id),
    constraint weekly_hours_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint weekly_hours_are_one unique nulls not distinct (clinic_id, provider_id)
);
call app.fence('weekly_hours');

-- Another day than usual: its blocks replace the whole local day; none of them is a day off.
create table hours_override (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    provider_id uuid not null,
    date        date not null,
    blocks      jsonb not null,
    reason      text,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint hours_override_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint hours_override_is_one unique (clinic_id, provider_id, date)
);
call app.fence('hours_override', rights => 'select, insert, delete');

create table holiday (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    date       date not null,
    name       text not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint holiday_is_one unique (clinic_id, date)
);
call app.fence('holiday', rights => 'select, insert, delete');

create table appointment (
    clinic_id             uuid not null default app.clinic() references clinic,
    id                    uuid not null default uuidv7(),
    patient_id            uuid not null,
    provider_id           uuid not null,
    operatory_id          uuid,
    service_id            uuid, -- the main reason
    starts_at             timestamptz not null,
    ends_at               timestamptz not null,
    buffer_before_minutes int not null default 0,
    buffer_after_minutes  int not null default 0,
    status                text not null default 'scheduled' constraint appointment_status_is_known check (status in
                              ('requested', 'scheduled', 'confirmed', 'arrived', 'in_chair', 'completed', 'cancelled', 'no_show')),
    overbooking_reason    text,
    notes                 text,
    created_at            timestamptz not null default transaction_timestamp(),
    created_by            uuid not null default app.actor(),
    updated_at            timestamptz not null default transaction_timestamp(),
    updated_by            uuid not null default app.actor(),
    version               int not null default 1,
    primary key (clinic_id, id),
    constraint appointment_runs_forward check (starts_at < ends_at),
    constraint appointment_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint appointment_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint appointment_operatory_is_known foreign key (clinic_id, operatory_id) references operatory (clinic_id, id),
    constraint appointment_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id)
);
call app.fence('appointment');
create index appointment_by_start on appointment (clinic_id, starts_at, id);
create index appointment_by_patient on appointment (clinic_id, patient_id, starts_at, id);
create index appointment_by_provider on appointment (clinic_id, provider_id, starts_at, id);

-- What is planned for a visit.
create table appointment_item (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    appointment_id uuid not null,
    patient_id     uuid not null,
    position       int not null,
    service_id     uuid not null,
    quantity       int not null default 1 check (quantity > 0),
    tooth          int, -- FDI
    surfaces       text,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint appointment_item_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint appointment_item_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint appointment_item_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id)
);
create index appointment_item_by_appointment on appointment_item (clinic_id, appointment_id, position);
call app.fence('appointment_item', rights => 'select, insert, delete');

-- What happened to a visit, when, by whom and why. A step that is undone stays, marked.
create table appointment_step (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    appointment_id uuid not null,
    patient_id     uuid not null,
    step           text not null check (step in ('confirmation', 'arrival', 'seating', 'completion', 'cancellation', 'no_show')),
    status_before  text not null, -- what undoing it restores
    reason         text,
    at             timestamptz not null,
    by             uuid not null default app.actor(),
    undone_at      timestamptz,
    undone_by      uuid,
    primary key (clinic_id, id),
    constraint appointment_step_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint appointment_step_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
create index appointment_step_by_appointment on appointment_step (clinic_id, appointment_id, id) where undone_at is null;
call app.fence('appointment_step');

-- What was done, as it was called and priced on that day. Undoing the completion marks its items.
create table completed_item (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    appointment_id uuid not null,
    step_id        uuid not null,
    patient_id     uuid not null,
    provider_id    uuid not null,
    position       int not null,
    service_id     uuid not null,
    description    text not null,
    quantity       int not null check (quantity > 0),
    unit_price     bigint not null check (unit_price >= 0), -- minor units
    list_price     bigint not null,
    currency       text not null,
    price_reason   text,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    undone_at      timestamptz,
    primary key (clinic_id, id),
    constraint completed_item_price_has_a_reason check (unit_price = list_price or price_reason is not null),
    constraint completed_item_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint completed_item_step_is_known foreign key (clinic_id, step_id) references appointment_step (clinic_id, id),
    constraint completed_item_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint completed_item_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint completed_item_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id)
);
create index completed_item_by_appointment on completed_item (clinic_id, appointment_id, position) where undone_at is null;
call app.fence('completed_item');

-- The time that a visit or a hold takes of one provider, operatory or patient, buffers included. An inactive claim is a
-- booking over another's time, made on purpose: it becomes active when that time is released.
create table claim (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    resource_id    uuid not null,
    appointment_id uuid, -- none: a hold
    starts_at      timestamptz not null,
    ends_at        timestamptz not null,
    during         tstzrange generated always as (tstzrange(starts_at, ends_at)) stored,
    active         boolean not null default true,
    expires_at     timestamptz,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    primary key (clinic_id, id),
    -- Whoever looks for what overlaps a time need not look back further than this.
    constraint claim_is_within_a_day check (ends_at - starts_at <= interval '24 hours'),
    constraint claim_of_a_hold_expires check (appointment_id is not null or expires_at is not null),
    constraint claim_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint claim_resource_is_free exclude using gist (clinic_id with =, resource_id with =, during with &&) where (active)
);
-- && is not leakproof, so behind the fence no index answers it: a btree bounds the start on both sides instead.
create index claim_by_start on claim (clinic_id, resource_id, starts_at);
create unique index claim_is_one on claim (clinic_id, appointment_id, resource_id) where appointment_id is not null;
-- A provider's past is long, the claims that may expire are few.
create index claim_expiring on claim (clinic_id, resource_id, expires_at) where active and expires_at is not null;
call app.fence('claim', audited => false, rights => 'select, insert, update, delete');

-- Bookings of one resource form a queue, always entered in the same order, so that they never deadlock; whoever reaches the
-- front clears the holds that have expired.
create function app.queue_for(resources uuid[], at timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint;
begin
    for place in
        select distinct hashtextextended(app.clinic()::text || resource::text, 0) as place
          from unnest(resources) as resource
         where resource is not null
         order by place
    loop
        perform pg_advisory_xact_lock(place);
    end loop;
    delete from public.claim
     where claim.resource_id = any(resources)
       and claim.active
       and claim.expires_at is not null
       and claim.expires_at <= at;
end $$;
grant execute on function app.queue_for to chairside_app;

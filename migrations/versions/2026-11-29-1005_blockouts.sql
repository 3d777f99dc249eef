-- Time that nobody is booked in: a meeting, a repair, a break that day. It keeps a provider, an operatory, or both.

create table blockout (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    provider_id  uuid,
    operatory_id uuid,
    starts_at    timestamptz not null,
    ends_at      timestamptz not null,
    reason       text not null,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint blockout_runs_forward check (starts_at < ends_at),
    constraint blockout_is_of_somebody check (provider_id is not null or operatory_id is not null),
    constraint blockout_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint blockout_operatory_is_known foreign key (clinic_id, operatory_id) references operatory (clinic_id, id)
);
call app.fence('blockout', rights => 'select, insert, delete');
create index blockout_by_start on blockout (clinic_id, starts_at);

alter table claim add column blockout_id uuid;
alter table claim add constraint claim_blockout_is_known
    foreign key (clinic_id, blockout_id) references blockout (clinic_id, id) on delete cascade;
create index claim_by_blockout on claim (clinic_id, blockout_id) where blockout_id is not null;
alter table claim drop constraint claim_of_a_hold_expires;
alter table claim add constraint claim_of_a_hold_expires
    check (appointment_id is not null or blockout_id is not null or expires_at is not null) not valid;
alter table claim validate constraint claim_of_a_hold_expires;

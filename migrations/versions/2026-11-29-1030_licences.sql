-- What entitles those who treat: the number under which they prescribe, sealed, and their licences with the day they run out.

alter table provider add column dea_sealed bytea;

create table licence (
    clinic_id     uuid not null default app.clinic() references clinic,
    id            uuid not null default uuidv7(),
    provider_id   uuid not null,
    authority     text not null, -- a state or whoever else gives it
    number_sealed bytea not null,
    expires_on    date, -- its last day
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    updated_at    timestamptz not null default transaction_timestamp(),
    updated_by    uuid not null default app.actor(),
    version       int not null default 1,
    primary key (clinic_id, id),
    constraint licence_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id)
);
call app.fence('licence', rights => 'select, insert, update, delete');
create index licence_by_provider on licence (clinic_id, provider_id);

-- How a provider signs, as a picture: for prescriptions and notes. One counts at a time; of one that was replaced or removed the row
-- stays, and the bytes go.
create table provider_signature (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    provider_id uuid not null,
    size        int not null constraint provider_signature_size_is_sensible check (size between 1 and 102400),
    removed_at  timestamptz,
    removed_by  uuid,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id),
    constraint provider_signature_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id)
);
call app.fence('provider_signature');
create unique index provider_signature_is_one on provider_signature (clinic_id, provider_id) where removed_at is null;

-- The picture, encrypted.
create table provider_signature_image (
    clinic_id    uuid not null default app.clinic() references clinic,
    signature_id uuid not null,
    sealed       bytea not null,
    primary key (clinic_id, signature_id),
    constraint provider_signature_image_is_of_one foreign key (clinic_id, signature_id) references provider_signature (clinic_id, id)
);
alter table provider_signature_image alter column sealed set storage external;
call app.fence('provider_signature_image', audited => false, rights => 'select, insert, update, delete');

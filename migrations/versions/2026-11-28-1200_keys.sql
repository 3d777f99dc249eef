-- Data keys, each wrapped by a key-encryption key that the database never sees. Not audited: a wrapped key, or the half of a
-- patient's, must not outlive its destruction in what the audit keeps; rotations are recorded as acts.

create table clinic_key (
    clinic_id  uuid not null default app.clinic() references clinic,
    version    int not null constraint clinic_key_version_counts check (version > 0),
    kek        text not null, -- what wraps it
    wrapped    bytea, -- null: destroyed
    made_in    xid8 not null default pg_current_xact_id(),
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    retired_at timestamptz, -- nothing lies under it any more
    primary key (clinic_id, version),
    constraint clinic_key_is_destroyed_once_retired check (wrapped is not null or retired_at is not null)
);
call app.fence('clinic_key', audited => false, rights => 'select, insert');
grant update (kek, wrapped, retired_at) on clinic_key to chairside_app;

-- For what is a person's and belongs to no clinic.
create table deployment_key (
    version    int primary key constraint deployment_key_version_counts check (version > 0),
    kek        text not null,
    wrapped    bytea,
    made_in    xid8 not null default pg_current_xact_id(),
    created_at timestamptz not null default transaction_timestamp(),
    retired_at timestamptz,
    constraint deployment_key_is_destroyed_once_retired check (wrapped is not null or retired_at is not null)
);
grant select, insert on deployment_key to chairside_app;
grant update (kek, wrapped, retired_at) on deployment_key to chairside_app;

-- A patient's key is made of the clinic's and this; without it, it cannot be made again.
create table patient_key (
    clinic_id  uuid not null default app.clinic() references clinic,
    patient_id uuid not null,
    salt       bytea not null constraint patient_key_salt_is_long check (octet_length(salt) = 32),
    created_at timestamptz not null default transaction_timestamp(),
    primary key (clinic_id, patient_id),
    constraint patient_key_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('patient_key', audited => false, rights => 'select, insert, delete');

-- Addresses from which a letter came back for good, or whose reader reported it as unwanted: nothing goes to patients there until
-- somebody says otherwise.
create table stopped_address (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    address    text not null, -- in small letters
    reason     text not null constraint stopped_address_reason_is_known check (reason in ('bounced', 'complained')),
    stopped_at timestamptz not null,
    lifted_at  timestamptz,
    lifted_by  uuid,
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    primary key (clinic_id, id)
);
call app.fence('stopped_address');
create unique index stopped_address_is_one on stopped_address (clinic_id, address) where lifted_at is null;

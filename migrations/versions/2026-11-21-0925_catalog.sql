-- What the clinic does and what it asks for it. A service is never deleted: visits and charges name it.

create table service (
    clinic_id             uuid not null default app.clinic() references clinic,
    id                    uuid not null default uuidv7(),
    code                  text not null,
    name                  text not null,
    duration_minutes      int not null constraint service_has_a_length check (duration_minutes between 5 and 720),
    price                 bigint not null constraint service_price_is_not_negative check (price >= 0), -- minor units
    currency              text not null,
    buffer_before_minutes int not null default 0 check (buffer_before_minutes between 0 and 240),
    buffer_after_minutes  int not null default 0 check (buffer_after_minutes between 0 and 240),
    active                boolean not null default true,
    created_at            timestamptz not null default transaction_timestamp(),
    created_by            uuid not null default app.actor(),
    updated_at            timestamptz not null default transaction_timestamp(),
    updated_by            uuid not null default app.actor(),
    version               int not null default 1,
    primary key (clinic_id, id),
    -- Codes of one letter and four digits are another organisation's, and licensed.
    constraint service_code_is_our_own check (code !~ '^[Dd][0-9]{4}')
);
create unique index service_code_is_free on service (clinic_id, lower(code));
call app.fence('service');

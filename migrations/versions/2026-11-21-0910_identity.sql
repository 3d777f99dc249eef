-- People and how they sign in. Neither belongs to a clinic: one person may work for several.

create table principal (
    id                  uuid primary key default uuidv7(),
    kind                text not null default 'human' check (kind in ('human', 'service_account', 'agent', 'system')),
    parent_principal_id uuid references principal,
    email               text constraint principal_email_is_free unique check (email = lower(email)),
    name                text not null,
    password_hash       text,
    password_changed_at timestamptz,
    mfa_enrolled_at     timestamptz,
    suspended_at        timestamptz,
    last_active_at      timestamptz,
    created_at          timestamptz not null default transaction_timestamp(),
    updated_at          timestamptz not null default transaction_timestamp(),
    version             int not null default 1
);

create table session (
    id             uuid primary key default uuidv7(),
    principal_id   uuid not null references principal,
    token_hash     bytea not null constraint session_token_is_one unique,
    auth_level     text not null default 'password',
    mfa_at         timestamptz,
    step_up_at     timestamptz not null default transaction_timestamp(),
    ip             inet,
    agent          text,
    idle_minutes   int not null,
    idle_ends_at   timestamptz not null,
    ends_at        timestamptz not null,
    created_at     timestamptz not null default transaction_timestamp(),
    revoked_at     timestamptz,
    revoked_reason text
);
create index session_by_principal on session (principal_id) where revoked_at is null;

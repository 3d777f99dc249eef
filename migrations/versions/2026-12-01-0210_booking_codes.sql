-- Where a clinic wants it, whoever books proves that the number is theirs: by a code that is sent there.
alter table booking_page add column asks_code boolean not null default false;

-- A code is made from its row, the salt and the deployment's secret, and kept nowhere. Once it has proved the number, whoever holds
-- the token has proved it until `expires_at`.
create table booking_code (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    salt       bytea not null,
    token_hash bytea not null, -- of what their browser holds
    mobile     text not null,  -- as it was written
    locale     text not null,
    tries      int not null default 0,
    expires_at timestamptz not null,
    proved_at  timestamptz,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id)
);
call app.fence('booking_code', rights => 'select, insert, update, delete');
create unique index booking_code_by_token on booking_code (clinic_id, token_hash);
create index booking_code_over on booking_code (clinic_id, expires_at);
-- That somebody asked for a code is no fact of anybody; what they booked with it is.
drop trigger audit on booking_code;

alter table message
    add column booking_code_id uuid,
    drop constraint message_kind_is_known,
    drop constraint message_is_about_one_thing,
    add constraint message_kind_is_known check (kind in (
        'invitation', 'sign_up', 'invoice', 'receipt', 'password_reset', 'password_changed', 'email_change', 'email_changed',
        'reminder', 'text', 'offer', 'offer_gone', 'booking_code')) not valid,
    add constraint message_is_about_one_thing
        check (num_nonnulls(invitation_id, sign_up_id, invoice_id, payment_id, person_link_id, reminder_id, offer_id,
                            booking_code_id)
               = case kind when 'text' then 0 else 1 end) not valid;
alter table message validate constraint message_kind_is_known;
alter table message validate constraint message_is_about_one_thing;
-- Codes go when they are over; that a text was sent stays, and names its id alone.
create unique index message_of_a_booking_code_is_one on message (clinic_id, booking_code_id) where booking_code_id is not null;

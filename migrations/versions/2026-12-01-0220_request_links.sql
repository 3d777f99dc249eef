-- Whoever asked for a time and waits for the answer has a link that shows how it stands, until the time that they asked for; they may
-- withdraw it there. `answer` is for those who work here, `answer_words` are said to whoever asked.
alter table public_booking
    add column link_salt bytea,
    add column link_hash bytea,
    add column answer_words text,
    drop constraint public_booking_status_is_known,
    add constraint public_booking_status_is_known
        check (status in ('held', 'released', 'booked', 'requested', 'accepted', 'declined', 'withdrawn')) not valid;
alter table public_booking validate constraint public_booking_status_is_known;
create unique index public_booking_by_link on public_booking (link_hash) where link_hash is not null;

grant usage, create on schema app to chairside_auth;
grant select (clinic_id, id, link_hash, starts_at) on public_booking to chairside_auth;
create policy auth on public_booking for select to chairside_auth using (true);

set local role chairside_auth;

create function app.find_booking_request(hash bytea, at timestamptz) returns table (clinic_id uuid, id uuid)
    language sql stable security definer rows 1
    set search_path = pg_catalog, pg_temp
begin atomic
    select b.clinic_id, b.id
      from public.public_booking b
     where b.link_hash = hash
       and b.starts_at > at;
end;
revoke execute on function app.find_booking_request from public;
grant execute on function app.find_booking_request to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;

-- The texts with that link: when it was asked, and when it was answered.
alter table message
    add column booking_id uuid,
    drop constraint message_kind_is_known,
    drop constraint message_is_about_one_thing,
    add constraint message_kind_is_known check (kind in (
        'invitation', 'sign_up', 'invoice', 'receipt', 'password_reset', 'password_changed', 'email_change', 'email_changed',
        'reminder', 'text', 'offer', 'offer_gone', 'booking_code', 'booking_request', 'booking_answer')) not valid,
    add constraint message_is_about_one_thing
        check (num_nonnulls(invitation_id, sign_up_id, invoice_id, payment_id, person_link_id, reminder_id, offer_id,
                            booking_code_id, booking_id)
               = case kind when 'text' then 0 else 1 end) not valid,
    add constraint message_booking_is_known foreign key (clinic_id, booking_id) references public_booking (clinic_id, id) not valid;
alter table message validate constraint message_kind_is_known;
alter table message validate constraint message_is_about_one_thing;
alter table message validate constraint message_booking_is_known;
create unique index message_of_a_booking_is_one on message (clinic_id, booking_id, kind) where booking_id is not null;

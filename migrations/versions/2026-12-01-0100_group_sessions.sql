-- Visits of a group: a session of a calendar with more than one seat. It owns the time of whoever gives it and of its room; each seat
-- is a visit of its own, which claims its patient and nobody else.

create table group_session (
    clinic_id             uuid not null default app.clinic() references clinic,
    id                    uuid not null default uuidv7(),
    calendar_id           uuid not null,
    service_id            uuid not null,
    provider_id           uuid not null,
    operatory_id          uuid,
    starts_at             timestamptz not null,
    ends_at               timestamptz not null,
    buffer_before_minutes int not null default 0,
    buffer_after_minutes  int not null default 0,
    also                  jsonb not null default '[]', -- what it takes besides, as a visit has it
    capacity              int not null, -- seats; the calendar's when it was opened
    by_hand               boolean not null default false, -- opened empty by somebody: it stays when its last seat is given up
    ended_at              timestamptz, -- it does not take place; its time was given back
    ended_by_act          uuid, -- it was cancelled with all its seats, by this act; none: its last seat was given up
    end_reason            text,
    created_at            timestamptz not null default transaction_timestamp(),
    created_by            uuid not null default app.actor(),
    updated_at            timestamptz not null default transaction_timestamp(),
    updated_by            uuid not null default app.actor(),
    version               int not null default 1,
    primary key (clinic_id, id),
    constraint group_session_runs_forward check (starts_at < ends_at and ends_at - starts_at <= interval '12 hours'),
    constraint group_session_capacity_is_sensible check (capacity between 1 and 200),
    constraint group_session_act_ended_it check (ended_by_act is null or ended_at is not null),
    constraint group_session_calendar_is_known foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
    constraint group_session_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id),
    constraint group_session_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint group_session_operatory_is_known foreign key (clinic_id, operatory_id) references operatory (clinic_id, id)
);
call app.fence('group_session');
create index group_session_by_start on group_session (clinic_id, starts_at, id);
create index group_session_by_calendar on group_session (clinic_id, calendar_id, starts_at);

alter table appointment add column group_session_id uuid;
alter table appointment add constraint appointment_group_session_is_known
    foreign key (clinic_id, group_session_id) references group_session (clinic_id, id) not valid;
alter table appointment validate constraint appointment_group_session_is_known;
alter table appointment add constraint appointment_seat_is_of_a_calendar
    check (group_session_id is null or calendar_id is not null) not valid;
alter table appointment validate constraint appointment_seat_is_of_a_calendar;
create index appointment_by_group_session on appointment (clinic_id, group_session_id) where group_session_id is not null;

-- A hold of a seat keeps the seat, and its patient where it has one.
alter table hold add column group_session_id uuid;
alter table hold add constraint hold_group_session_is_known
    foreign key (clinic_id, group_session_id) references group_session (clinic_id, id) not valid;
alter table hold validate constraint hold_group_session_is_known;
create index hold_by_group_session on hold (clinic_id, group_session_id) where group_session_id is not null;

alter table claim add column group_session_id uuid;
alter table claim add constraint claim_group_session_is_known
    foreign key (clinic_id, group_session_id) references group_session (clinic_id, id) not valid;
alter table claim validate constraint claim_group_session_is_known;
create unique index claim_of_session_is_one on claim (clinic_id, group_session_id, resource_id) where group_session_id is not null;
alter table claim drop constraint claim_of_a_hold_expires;
alter table claim add constraint claim_of_a_hold_expires check (
    appointment_id is not null or blockout_id is not null or outside_calendar_id is not null or group_session_id is not null
    or expires_at is not null) not valid;
alter table claim validate constraint claim_of_a_hold_expires;

-- Whoever takes seats stands in the queue of the calendar and counts there. This is the promise behind it: the row of the session is
-- locked before its seats are counted, by whoever takes one and by whoever takes seats away.
create function app.group_session_has_seats() returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    seats int;
begin
    select s.capacity into seats
      from public.group_session s
     where s.clinic_id = new.clinic_id and s.id = new.group_session_id
       for no key update;
    if (select count(*) from public.appointment a
         where a.clinic_id = new.clinic_id
           and a.group_session_id = new.group_session_id
           and a.status not in ('cancelled', 'no_show')) > seats then
        raise exception 'every seat of this session is taken'
            using errcode = 'check_violation', constraint = 'group_session_has_seats', table = 'appointment';
    end if;
    return null;
end $$;
create trigger group_session_has_seats after insert or update of status, group_session_id on appointment for each row
    when (new.group_session_id is not null and new.status not in ('cancelled', 'no_show'))
    execute function app.group_session_has_seats();

create function app.group_session_seats_stay() returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if (select count(*) from public.appointment a
         where a.clinic_id = new.clinic_id
           and a.group_session_id = new.id
           and a.status not in ('cancelled', 'no_show')) > new.capacity then
        raise exception 'more seats of this session are taken'
            using errcode = 'check_violation', constraint = 'group_session_seats_stay', table = 'group_session';
    end if;
    return null;
end $$;
create trigger group_session_seats_stay after update of capacity on group_session for each row
    when (new.capacity < old.capacity) execute function app.group_session_seats_stay();

-- What is booked on the page of a service that is given in groups is booked by its calendar.
alter table public_booking add column calendar_id uuid;
alter table public_booking add constraint public_booking_calendar_is_known
    foreign key (clinic_id, calendar_id) references calendar (clinic_id, id) not valid;
alter table public_booking validate constraint public_booking_calendar_is_known;

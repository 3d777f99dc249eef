-- Visits that repeat: the rule by which they were booked together. Each is a visit of its own from then on, moved and cancelled
-- alone or with those that follow it; the rule only says how they came about.

create table visit_series (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    patient_id   uuid not null,
    unit         text not null,
    every        int not null,
    weekdays     int[] not null default '{}', -- ISO, where it counts weeks
    month_day    int, -- where it counts months; of a shorter month its last day
    first_on     date not null,
    local_time   time not null, -- on the clinic's clock, whatever that does
    times        int,
    until_on     date,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint visit_series_unit_is_known check (unit in ('day', 'week', 'month')),
    constraint visit_series_every_is_sensible check (every between 1 and 52),
    constraint visit_series_weekdays_are_of_weeks
        check (weekdays <@ '{1,2,3,4,5,6,7}' and (unit = 'week') = (cardinality(weekdays) > 0)),
    constraint visit_series_month_day_is_of_months check ((unit = 'month') = (month_day is not null) and month_day between 1 and 31),
    constraint visit_series_ends_somehow check ((times is null) <> (until_on is null)),
    constraint visit_series_is_not_endless check (times between 1 and 52),
    constraint visit_series_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('visit_series', rights => 'select, insert');
call app.keep_to_team('visit_series');
create index visit_series_by_patient on visit_series (clinic_id, patient_id);
create trigger patient_is_there after insert on visit_series for each row execute function app.patient_is_there();

alter table appointment add column series_id uuid, add column series_number int;
alter table appointment add constraint appointment_series_is_known
    foreign key (clinic_id, series_id) references visit_series (clinic_id, id) not valid;
alter table appointment validate constraint appointment_series_is_known;
alter table appointment add constraint appointment_has_a_number_in_its_series
    check ((series_id is null) = (series_number is null) and series_number > 0) not valid;
alter table appointment validate constraint appointment_has_a_number_in_its_series;
create unique index appointment_number_in_series_is_one on appointment (clinic_id, series_id, series_number) where series_id is not null;

-- The act by which a step was taken of several visits at once; undoing the act undoes the step of each.
alter table appointment_step add column act_id uuid;
create index appointment_step_by_act on appointment_step (clinic_id, act_id) where act_id is not null;

create function app.move_series(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'visit_series', s.id
          from public.visit_series s
         where s.clinic_id = app.clinic() and s.patient_id = side.giver;
    end if;
    update public.visit_series s
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'visit_series'
       and s.clinic_id = app.clinic() and s.id = v.row_id and s.patient_id = side.giver;
end $$;
revoke execute on function app.move_series from public;
grant execute on function app.move_series to chairside_app;

-- What was booked over others waits behind them. A claim that waits is let in, oldest first, as soon as nothing is in its way any
-- more: a visit, a blocked time, a hold, whichever it was. Of resources whose queue one stands in.
create index claim_waiting on claim (clinic_id, resource_id, starts_at) where not active;

create function app.let_in(resources uuid[], at timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    since timestamptz := at - interval '24 hours';
    waiting record;
begin
    for waiting in
        select claim.id, claim.resource_id, claim.starts_at, claim.ends_at, claim.starts_at - interval '24 hours' as since
          from public.claim
         where claim.resource_id = any(resources)
           and not claim.active
           and claim.starts_at > since
         order by claim.created_at, claim.id
    loop
        update public.claim
           set active = true
         where claim.id = waiting.id
           and not exists (select
                             from public.claim taken
                            where taken.resource_id = waiting.resource_id
                              and taken.active
                              and taken.starts_at > waiting.since
                              and taken.starts_at < waiting.ends_at
                              and taken.ends_at > waiting.starts_at);
    end loop;
end $$;
grant execute on function app.let_in to chairside_app;

-- Whoever reaches the front clears the holds that have expired, each with all that it took, in one order; and lets in what waited
-- behind them, or behind a hold that was cleared by somebody who stood in another queue.
create or replace function app.queue_for(resources uuid[], at timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint;
    since timestamptz := at - interval '24 hours';
begin
    for place in
        select distinct hashtextextended(app.clinic()::text || resource::text, 0) as place
          from unnest(resources) as resource
         where resource is not null
         order by place
    loop
        perform pg_advisory_xact_lock(place);
    end loop;
    if exists (select from public.claim
                where claim.resource_id = any(resources)
                  and claim.active
                  and claim.expires_at is not null
                  and claim.expires_at <= at) then
        with gone as materialized (
            select hold.id
              from public.hold
             where hold.id in (select claim.hold_id
                                 from public.claim
                                where claim.resource_id = any(resources)
                                  and claim.active
                                  and claim.expires_at is not null
                                  and claim.expires_at <= at)
             order by hold.id
               for update
        )
        delete from public.hold using gone where hold.id = gone.id;
        delete from public.claim
         where claim.resource_id = any(resources)
           and claim.active
           and claim.expires_at is not null
           and claim.expires_at <= at;
    end if;
    if exists (select from public.claim
                where claim.resource_id = any(resources)
                  and not claim.active
                  and claim.starts_at > since) then
        perform app.let_in(resources, at);
    end if;
end $$;

-- A time that somebody is about to book. It keeps others away until it expires, and is put off once.

create table hold (
    clinic_id             uuid not null default app.clinic() references clinic,
    id                    uuid not null default uuidv7(),
    provider_id           uuid not null,
    operatory_id          uuid,
    patient_id            uuid,
    service_id            uuid,
    starts_at             timestamptz not null,
    ends_at               timestamptz not null,
    buffer_before_minutes int not null default 0,
    buffer_after_minutes  int not null default 0,
    expires_at            timestamptz not null,
    extended              boolean not null default false,
    created_at            timestamptz not null default transaction_timestamp(),
    created_by            uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint hold_runs_forward check (starts_at < ends_at),
    constraint hold_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint hold_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint hold_operatory_is_known foreign key (clinic_id, operatory_id) references operatory (clinic_id, id),
    constraint hold_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id)
);
call app.fence('hold', audited => false, rights => 'select, insert, update, delete');
-- That somebody is about to be booked then is on the schedule for all to see.
call app.keep_to_team('hold', '{insert,update}');
create index hold_by_start on hold (clinic_id, starts_at);
create index hold_by_whom on hold (clinic_id, created_by, expires_at);
create trigger patient_is_there after insert on hold for each row when (new.patient_id is not null)
    execute function app.patient_is_there();

alter table claim add column hold_id uuid;
alter table claim add constraint claim_hold_is_known foreign key (clinic_id, hold_id) references hold (clinic_id, id) on delete cascade;
create index claim_by_hold on claim (clinic_id, hold_id) where hold_id is not null;

-- Whoever reaches the front clears the holds that have expired, each with all that it took, in one order.
create or replace function app.queue_for(resources uuid[], at timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint;
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
end $$;

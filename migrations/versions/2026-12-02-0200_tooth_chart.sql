-- The tooth chart: what was found at teeth, is there, was done and is planned. A row is never changed and never erased: what was
-- wrong is struck through with a reason, and stays to be read.

-- How numbers of teeth are written and read here; kept are FDI numbers. Nobody said: as the clinic's country has it.
alter table clinic add column tooth_notation text,
    add constraint clinic_tooth_notation_is_known check (tooth_notation in ('fdi', 'universal', 'palmer'));

-- Where a mouth is not as old as its owner. Without a row the age decides.
create table dentition (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    patient_id  uuid not null,
    stage       text not null, -- by_age: as if nobody had said
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id),
    constraint dentition_is_one unique (clinic_id, patient_id),
    constraint dentition_stage_is_known check (stage in ('by_age', 'primary', 'mixed', 'permanent')),
    constraint dentition_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('dentition');
call app.keep_to_team('dentition');
create trigger patient_is_there after insert on dentition for each row execute function app.patient_is_there();

create table finding (
    clinic_id     uuid not null default app.clinic() references clinic,
    id            uuid not null default uuidv7(),
    patient_id    uuid not null,
    act_id        uuid not null, -- what was written down together
    teeth         text[] not null, -- FDI; an extra tooth is the nearest one and an ordinal, 11+1
    surfaces      text[] not null default '{}', -- of M O I D B F L B5 F5 L5, in this order
    condition     text not null,
    layer         text not null,
    material      text,
    detail        text,
    pontics       text[] not null default '{}', -- which of the teeth a bridge replaces
    note          text,
    noted_on      date not null,
    provider_id   uuid, -- under whose name it was written down, where that is another
    fulfils_id    uuid, -- the planned finding that was done with it
    replaces_id   uuid, -- the one that was wrong
    struck_at     timestamptz,
    struck_by     uuid,
    strike_reason text,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    version       int not null default 1,
    primary key (clinic_id, id),
    constraint finding_teeth_are_teeth
        check (cardinality(teeth) between 1 and 52
               and array_to_string(teeth, ' ') ~ '^(([1-4][1-8]|[5-8][1-5])([+][1-9])?( |$))+$'),
    constraint finding_surfaces_are_surfaces check (surfaces <@ '{M,O,I,D,B,F,L,B5,F5,L5}'),
    constraint finding_layer_is_known check (layer in ('condition', 'existing', 'existing_other', 'planned', 'done', 'referred')),
    constraint finding_replaces_its_own check (pontics <@ teeth),
    constraint finding_is_struck_by_somebody
        check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (strike_reason is null)),
    constraint finding_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint finding_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint finding_fulfils_is_known foreign key (clinic_id, fulfils_id) references finding (clinic_id, id),
    constraint finding_replaces_is_known foreign key (clinic_id, replaces_id) references finding (clinic_id, id)
);
call app.fence('finding', rights => 'select, insert');
grant update (struck_at, struck_by, strike_reason, version) on finding to chairside_app;
call app.keep_to_team('finding');
create index finding_by_patient on finding (clinic_id, patient_id);
create index finding_by_provider on finding (clinic_id, provider_id) where provider_id is not null;
-- Done once: a plan is fulfilled by one finding that stands.
create unique index finding_fulfils_once on finding (clinic_id, fulfils_id) where struck_at is null and fulfils_id is not null;
create index finding_by_replaced on finding (clinic_id, replaces_id) where replaces_id is not null;
create trigger patient_is_there after insert on finding for each row execute function app.patient_is_there();

create function app.move_charts(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'finding', f.id
          from public.finding f
         where f.clinic_id = app.clinic() and f.patient_id = side.giver
         union all
        -- One mouth, one stage: what the record that stays says of it stands.
        select merge, 'dentition', d.id
          from public.dentition d
         where d.clinic_id = app.clinic() and d.patient_id = side.giver
           and not exists (select from public.dentition other
                            where other.clinic_id = app.clinic() and other.patient_id = side.taker);
    end if;
    update public.finding f
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'finding'
       and f.clinic_id = app.clinic() and f.id = v.row_id and f.patient_id = side.giver;
    update public.dentition d
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'dentition'
       and d.clinic_id = app.clinic() and d.id = v.row_id and d.patient_id = side.giver;
end $$;
revoke execute on function app.move_charts from public;
grant execute on function app.move_charts to chairside_app;

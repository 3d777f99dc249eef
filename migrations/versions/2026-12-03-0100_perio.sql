-- Periodontal exams: what was probed at six sites of each tooth. An exam is open while it is probed; signed, nothing of it changes
-- any more. What was begun by mistake is struck through with a reason, and stays to be read.

create table perio_exam (
    clinic_id     uuid not null default app.clinic() references clinic,
    id            uuid not null default uuidv7(),
    patient_id    uuid not null,
    examined_on   date not null,
    provider_id   uuid, -- under whose name it was written down, where that is another
    note          text,
    merged_from   uuid, -- the record in which it was begun, where that was merged into this one
    signed_at     timestamptz,
    signed_by     uuid,
    struck_at     timestamptz,
    struck_by     uuid,
    strike_reason text,
    status        text not null generated always as
        (case when struck_at is not null then 'struck' when signed_at is not null then 'signed' else 'open' end) stored,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    updated_at    timestamptz not null default transaction_timestamp(),
    updated_by    uuid not null default app.actor(),
    version       int not null default 1,
    primary key (clinic_id, id),
    constraint perio_exam_is_of_one_patient unique (clinic_id, id, patient_id),
    constraint perio_exam_is_signed_by_somebody check ((signed_at is null) = (signed_by is null)),
    constraint perio_exam_is_struck_by_somebody
        check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (strike_reason is null)),
    constraint perio_exam_is_signed_or_struck check (signed_at is null or struck_at is null),
    constraint perio_exam_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint perio_exam_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id)
);
call app.fence('perio_exam', rights => 'select, insert');
grant update (examined_on, provider_id, note, signed_at, signed_by, struck_at, struck_by, strike_reason, updated_at, updated_by, version)
    on perio_exam to chairside_app;
call app.keep_to_team('perio_exam');
create index perio_exam_by_patient on perio_exam (clinic_id, patient_id, examined_on desc);
create index perio_exam_by_provider on perio_exam (clinic_id, provider_id) where provider_id is not null;
-- One mouth is probed once at a time. Two records that are merged may each bring the one that is open in them.
create unique index perio_exam_open_once on perio_exam (clinic_id, patient_id, merged_from) nulls not distinct where status = 'open';
create trigger patient_is_there after insert on perio_exam for each row execute function app.patient_is_there();

-- Sites in the order MB B DB ML L DL, entrances of furcations in the order B L M D. Null was not measured, or not looked for.
create table perio_tooth (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    exam_id     uuid not null,
    patient_id  uuid not null, -- the exam's
    tooth       text not null, -- FDI
    depth       smallint[] not null default '{null,null,null,null,null,null}', -- probing depth, mm
    margin      smallint[] not null default '{null,null,null,null,null,null}', -- from the enamel, mm; recession positive
    keratinised smallint[] not null default '{null,null,null,null,null,null}', -- from the margin to the mucogingival junction, mm
    bleeding    boolean[] not null default '{null,null,null,null,null,null}',
    suppuration boolean[] not null default '{null,null,null,null,null,null}',
    plaque      boolean[] not null default '{null,null,null,null,null,null}',
    calculus    boolean[] not null default '{null,null,null,null,null,null}',
    furcations  smallint[] not null default '{null,null,null,null}', -- Hamp I to III
    mobility    smallint, -- Miller
    skipped     boolean not null default false,
    primary key (clinic_id, id),
    constraint perio_tooth_is_of_its_exam foreign key (clinic_id, exam_id, patient_id)
        references perio_exam (clinic_id, id, patient_id) on update cascade,
    constraint perio_tooth_is_once unique (clinic_id, exam_id, tooth),
    constraint perio_tooth_is_a_permanent_tooth check (tooth ~ '^[1-4][1-8]$'),
    constraint perio_tooth_has_six_sites
        check (cardinality(depth) = 6 and cardinality(margin) = 6 and cardinality(keratinised) = 6 and cardinality(bleeding) = 6
               and cardinality(suppuration) = 6 and cardinality(plaque) = 6 and cardinality(calculus) = 6),
    constraint perio_tooth_depth_is_measured check (0 <= all (depth) and 19 >= all (depth)),
    constraint perio_tooth_margin_is_measured check (-19 <= all (margin) and 19 >= all (margin)),
    constraint perio_tooth_keratinised_is_measured check (0 <= all (keratinised) and 19 >= all (keratinised)),
    constraint perio_tooth_margin_has_a_depth
        check ((margin[1] is null or depth[1] is not null)
               and (margin[2] is null or depth[2] is not null)
               and (margin[3] is null or depth[3] is not null)
               and (margin[4] is null or depth[4] is not null)
               and (margin[5] is null or depth[5] is not null)
               and (margin[6] is null or depth[6] is not null)),
    constraint perio_tooth_furcations_are_classes
        check (cardinality(furcations) = 4 and 1 <= all (furcations) and 3 >= all (furcations)),
    constraint perio_tooth_furcations_are_where_roots_part
        check ((furcations[1] is null or tooth ~ '^[1-4][678]$')
               and (furcations[2] is null or tooth ~ '^[34][678]$')
               and (furcations[3] is null or tooth ~ '^[12][4678]$' )
               and (furcations[4] is null or tooth ~ '^[12][4678]$')),
    constraint perio_tooth_mobility_is_a_class check (mobility between 0 and 3),
    constraint perio_tooth_skipped_is_empty
        check (not skipped or (num_nonnulls(mobility) = 0
               and array_remove(depth, null) = '{}' and array_remove(furcations, null) = '{}'))
);
call app.fence('perio_tooth');
call app.keep_to_team('perio_tooth');
create index perio_tooth_by_patient on perio_tooth (clinic_id, patient_id);

-- Whatever somebody signed stays as they signed it, whoever asks and by whatever way; a merge of records may move it to another.
create function app.perio_is_signed() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_table_name = 'perio_exam' then
        if old.signed_at is not null
           and (to_jsonb(new) - '{patient_id,merged_from,status}'::text[]) is distinct from (to_jsonb(old) - '{patient_id,merged_from,status}'::text[]) then
            raise exception 'a signed exam stays as it is' using errcode = 'check_violation', table = tg_table_name, constraint = 'perio_exam_is_signed';
        end if;
        return new;
    end if;
    if tg_op = 'UPDATE' then
        -- Only a merge gives it to another patient, by the foreign key.
        if new.patient_id <> old.patient_id and to_jsonb(new) - 'patient_id' = to_jsonb(old) - 'patient_id' then
            return new;
        end if;
    end if;
    if exists (select from public.perio_exam exam
                where exam.clinic_id = new.clinic_id and exam.id = new.exam_id and exam.status <> 'open') then
        raise exception 'a signed exam stays as it is' using errcode = 'check_violation', table = tg_table_name, constraint = 'perio_exam_is_signed';
    end if;
    return new;
end $$;
create trigger stays_as_signed before update on perio_exam for each row execute function app.perio_is_signed();
create trigger stays_as_signed before insert or update on perio_tooth for each row execute function app.perio_is_signed();

create function app.move_perio(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'perio_exam', e.id
          from public.perio_exam e
         where e.clinic_id = app.clinic() and e.patient_id = side.giver;
    end if;
    -- Their teeth go along by the foreign key.
    update public.perio_exam e
       set patient_id = side.taker,
           merged_from = case when back then nullif(e.merged_from, side.taker) else coalesce(e.merged_from, side.giver) end
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'perio_exam'
       and e.clinic_id = app.clinic() and e.id = v.row_id and e.patient_id = side.giver;
end $$;
revoke execute on function app.move_perio from public;
grant execute on function app.move_perio to chairside_app;
